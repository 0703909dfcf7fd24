import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface, type Interface } from "node:readline";

/** What a program of peers/ says of one pass. The sums show that every field was read, and that all have read the same. */
export interface Pass {
  readonly ms: number;
  /** Milliseconds of processor time, all threads. */
  readonly cpu: number;
  readonly rows: number;
  readonly whole: number;
  readonly decimal: number;
}

/** A child that does something for each line that it reads, and answers by a line. */
export class Program {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;
  readonly #command: string;

  constructor(command: string, args: readonly string[], options: { readonly cwd?: string } = {}) {
    this.#command = [command, ...args].join(" ");
    this.#child = spawn(command, args, { ...options, stdio: ["pipe", "pipe", "inherit"] });
    this.#child.on("error", () => {});
    this.#reader = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream });
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  /** The next line that it prints. */
  async line(): Promise<string> {
    const { done, value } = await this.#lines.next();
    if (done) throw new Error(`It ended without an answer: ${this.#command}`);
    return value;
  }

  async pass(): Promise<Pass> {
    this.#child.stdin?.write("go\n");
    return JSON.parse(await this.line()) as Pass;
  }

  /** The most memory that it has held, in MB, where the system tells (Linux). */
  peakMemory(): number | undefined {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, "latin1");
      const kilobytes = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
      return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
    } catch {
      return undefined;
    }
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.stdin?.end("end\n");
    await ended;
    this.#reader.close();
  }
}
