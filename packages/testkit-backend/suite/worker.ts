/** A worker, seen from outside: gets a test, gives its outcome; started when needed, and again when it has died. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Outcome, ready } from "./outcome.ts";
import { NotReady, namespaceFlags, type Settings } from "./settings.ts";

/** Loopback, two more addresses that some tests of routing need, and the names that those of TLS do. */
const network = `
ip link set lo up
ip link add tk0 type veth peer name tk1 && ip addr add 10.77.0.1/24 dev tk0 && ip addr add 10.77.1.1/24 dev tk1 &&
ip link set tk0 up && ip link set tk1 up
echo '127.0.0.1 localhost thehost thehostbutwrong' > "$TMPDIR/hosts" && mount --bind "$TMPDIR/hosts" /etc/hosts
exec "$@"`;

/** Where the suite's authorities are: one that the system is to trust, which Node takes from here, and those that a driver is given. */
function authorities({ home }: Settings): NodeJS.ProcessEnv {
  const folder = join(home, "tests/tls/certs/driver");
  return {
    NODE_EXTRA_CA_CERTS: join(folder, "trusted/trustedRoot.crt"),
    TESTKIT_CUSTOM_CA_DIR: join(folder, "custom"),
  };
}

interface Running {
  readonly process: ChildProcess;
  readonly lines: AsyncIterator<string>;
}

const workers = new Set<Worker>();

/** Workers are groups of processes of their own: whoever ends the run has to end them. */
export function closeWorkers(): void {
  for (const worker of workers) worker.close();
}

export class Worker {
  readonly #settings: Settings;
  readonly #namespace: boolean;
  readonly #folder = mkdtempSync(join(tmpdir(), "testkit-"));
  readonly #log: string;
  #running: Running | undefined;

  /** @param log the file for what the backend and the stub servers print */
  constructor(settings: Settings, { namespace, log }: { readonly namespace: boolean; readonly log: string }) {
    this.#settings = settings;
    this.#namespace = namespace;
    this.#log = log;
    workers.add(this);
  }

  /** @throws NotReady when no worker can be started */
  async run(id: string): Promise<Outcome> {
    const { process, lines } = (this.#running ??= await this.#start());
    process.stdin!.write(`${id}\n`);
    const { limit } = this.#settings;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(`it took longer than ${limit} s`), limit * 1000);
    });
    const line = await Promise.race([lines.next(), late]);
    clearTimeout(timer);
    if (typeof line === "object" && !line.done) return JSON.parse(line.value) as Outcome;
    const why = typeof line === "string" ? line : "the backend or the worker ended";
    this.#kill();
    return { id, status: "failed", seconds: limit, why, text: `${why}; see ${this.#log}` };
  }

  close(): void {
    workers.delete(this);
    this.#kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(): Promise<Running> {
    const shard = fileURLToPath(new URL("shard.ts", import.meta.url));
    const node = [process.execPath, ...process.execArgv, shard, this.#settings.python];
    const [command = "", ...args] = this.#namespace
      ? ["unshare", ...namespaceFlags(), "sh", "-c", network, "sh", ...node]
      : node;
    const log = openSync(this.#log, "a");
    const child = spawn(command, args, {
      stdio: ["pipe", "pipe", log],
      env: {
        ...process.env,
        ...authorities(this.#settings),
        TEST_DRIVER_NAME: this.#settings.name,
        TMPDIR: this.#folder,
      },
      // A group of its own: stub servers that are left over end with it.
      detached: true,
    });
    // A worker that can't be started has no output, which is told as its end.
    child.on("error", () => {});
    child.stdin?.on("error", () => {});
    const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    if ((await lines.next()).value !== ready) throw new NotReady(`The backend doesn't start; ${this.#log} says why.`);
    return { process: child, lines };
  }

  #kill(): void {
    const pid = this.#running?.process.pid;
    this.#running = undefined;
    if (pid === undefined) return;
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }
}
