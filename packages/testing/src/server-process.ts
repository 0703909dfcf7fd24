import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import type { Readable, Writable } from "node:stream";
import { Tail } from "./command.ts";
import { Neo4jStartError } from "./failure.ts";
import { type Java, javaProgram } from "./java.ts";

/** The launcher's exit code when another program took the port first. */
const portTaken = 98;

/** One start of the launcher. */
export interface ServerStart {
  readonly java: Java;
  readonly jar: string;
  readonly jvmFlags: readonly string[];
  /** The launcher's first block: settings and secrets. */
  readonly input: string;
  /** For messages: such as `Neo4j 2026.09.0 (Java 25.0.3)`. */
  readonly title: string;
  /** Milliseconds until it must be ready. */
  readonly startTimeout: number;
  /** Milliseconds that a stop may take before the process is killed. */
  readonly stopTimeout: number;
  readonly env: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
  /** Ends the earlier server whose home it is given; called when it answers for that home, so that nobody's end leaves it behind. */
  readonly takeOver?: (() => Promise<void>) | undefined;
}

/** A launcher that said READY. */
export interface ServerProcess {
  readonly pid: number;
  readonly home: string;
  stop(): Promise<void>;
  /** Ends it and keeps its home for a next start: in order, or as a crash would. */
  leave(crash: boolean): Promise<void>;
}

/** Flags by which a JVM starts fast and keeps quiet; `archive` is a class-data archive for this Java and jar. */
export function jvmFlags(
  java: Java,
  options: { readonly fast: boolean; readonly jit: "fast" | "full"; readonly heap: string; readonly archive?: string },
): readonly string[] {
  const flags = [`-Xmx${options.heap}`, "-XX:-UsePerfData", `-Djava.io.tmpdir=${tmpdir()}`];
  // Netty and JNA do what these allow; without them Java prints a page of warnings.
  if (java.major >= 22) flags.push("--enable-native-access=ALL-UNNAMED");
  if (java.major >= 23) flags.push("--sun-misc-unsafe-memory-access=allow");
  if (options.fast) flags.push("-XX:+UseSerialGC");
  if (options.fast && options.jit === "fast") flags.push("-XX:TieredStopAtLevel=1");
  // An archive that doesn't fit is ignored, which must not look like an error.
  if (options.archive !== undefined)
    flags.push(`-XX:SharedArchiveFile=${options.archive}`, "-Xshare:auto", "-Xlog:disable");
  return flags;
}

/**
 * Starts the launcher and waits until it is ready or has ended. Gives `undefined` when its port was taken.
 *
 * @throws Neo4jStartError `start-failed`, `start-timeout`
 */
export async function startServerProcess(start: ServerStart): Promise<ServerProcess | undefined> {
  const program = javaProgram(start.java, "java");
  const child = spawn(program, [...start.jvmFlags, "-jar", start.jar], {
    env: start.env,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const tail = new Tail(16_384);
  let home: string | undefined;
  const removeHome = async () => {
    if (home !== undefined) await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(`could not be run (${program}): ${error.message}`));
    child.once("close", (code, signal) =>
      resolve(signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`),
    );
  });
  const ready = new Promise<"ready">((resolve) => {
    eachLine(child.stdout, (line) => {
      if (line.startsWith("HOME ")) {
        home = line.slice(5);
        void start.takeOver?.().then(() => child.stdin.write("go\n"));
      } else if (line === "READY") resolve("ready");
      else if (line !== "") report(line);
    });
  });
  eachLine(child.stderr, report);
  function report(line: string): void {
    tail.add(`${line}\n`);
    start.log(line);
  }

  // A process that ends early breaks this pipe; its end is what we report.
  child.stdin.on("error", () => {});
  child.stdin.write(start.input);

  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(resolve, start.startTimeout, "late");
  });
  const outcome = await Promise.race([ready, ended, late]);
  clearTimeout(timer);
  if (outcome === "ready" && home !== undefined && child.pid !== undefined) {
    letProcessEnd(child);
    return {
      pid: child.pid,
      home,
      stop: stopper(child, ended, start.stopTimeout, removeHome),
      leave: async (crash) => {
        if (crash) child.kill("SIGKILL");
        else await new Promise((written) => child.stdin.write("keep\n", written));
        await stopper(child, ended, start.stopTimeout, async () => {})();
      },
    };
  }
  if (outcome === "late") {
    child.kill("SIGKILL");
    await ended;
  }
  await removeHome();
  if (child.exitCode === portTaken) return undefined;
  if (outcome === "late") {
    throw new Neo4jStartError(
      "start-timeout",
      `${start.title} was not ready within ${start.startTimeout} ms and was ended. Give startTimeout more, or see what it printed:\n${tail.text || "(nothing)"}`,
    );
  }
  throw new Neo4jStartError(
    "start-failed",
    `${start.title} ${outcome} while it started. ${innermostCause(tail.text)}\n${tail.text}`,
  );
}

function stopper(
  child: ServerChild,
  ended: Promise<string>,
  timeout: number,
  removeHome: () => Promise<void>,
): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    child.ref();
    if (child.exitCode === null && child.signalCode === null && !child.killed) {
      // The end of its input is the launcher's order to stop.
      child.stdin.destroy();
      const timer = setTimeout(() => child.kill("SIGKILL"), timeout);
      await ended;
      clearTimeout(timer);
    }
    await ended;
    await removeHome();
  };
  return () => {
    stopping ??= stop();
    return stopping;
  };
}

type ServerChild = ChildProcessByStdio<Writable, Readable, Readable>;

/** A forgotten server must not keep its owner alive: when the owner ends, so does the server. */
function letProcessEnd(child: ServerChild): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    (stream as { unref?: () => void }).unref?.();
  }
}

function eachLine(stream: Readable, take: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  });
  void once(stream, "end").then(
    () => rest !== "" && take(rest),
    () => {},
  );
}

/** Of a page of stack traces, the line that says why. */
function innermostCause(output: string): string {
  const causes =
    output.match(/^(?:Caused by: |Exception in thread ).*$/gm) ?? output.match(/^[\w.$]+(?:Exception|Error): .*$/gm);
  const last = causes?.at(-1);
  return last === undefined ? "Its output:" : `${last}\nIts output:`;
}
