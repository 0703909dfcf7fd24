/** Runs the `fulgur` command as users do: as a process of its own. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Server } from "../server.ts";

const program = fileURLToPath(new URL("../../../packages/ingest/src/command/fulgur.ts", import.meta.url));

/** What the tests of the command share: one server, and a folder for their files. */
export interface Bench {
  readonly server: Server;
  readonly folder: string;
}

/** The server as the command is told of it. */
export function environment({ server: { uri, username, password } }: Bench): NodeJS.ProcessEnv {
  return { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password };
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  /** Resolves when the output of either stream has such a line; rejects when the command ends without. */
  said(pattern: RegExp): Promise<void>;
}

export interface RunOptions {
  /** Added to an environment without any NEO4J_ variable. */
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  readonly cwd?: string;
}

export function startFulgur(args: readonly string[], { env, input, cwd }: RunOptions = {}): Running {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("NEO4J_")));
  const child = spawn(process.execPath, ["--conditions=@fulgur/source", program, ...args], {
    env: { ...clean, ...env },
    cwd,
  });
  let [stdout, stderr] = ["", ""];
  let listen = () => {};
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    listen();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    listen();
  });
  child.stdin.on("error", () => {});
  child.stdin.end(input ?? "");
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  const said = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      listen = () => {
        if (pattern.test(stdout) || pattern.test(stderr)) resolve();
      };
      listen();
      void ended.then(({ code }) => reject(new Error(`It ended with ${code} and never said ${pattern}: ${stderr}`)));
    });
  return { process: child, ended, said };
}

export function fulgur(args: readonly string[], options?: RunOptions): Promise<Ended> {
  return startFulgur(args, options).ended;
}
