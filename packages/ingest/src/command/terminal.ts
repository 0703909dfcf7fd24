/** Where a command reads and writes: the process's streams, or a test's. */
import { once } from "node:events";
import type { ReadStream, WriteStream } from "node:tty";
import { harmless } from "./display/width.ts";
import { UsageError } from "./failure.ts";

export type Output = NodeJS.WritableStream & Partial<Pick<WriteStream, "isTTY" | "columns">>;

export interface Streams {
  readonly stdin: ReadStream;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: NodeJS.ProcessEnv;
}

export class Terminal {
  readonly stdin: ReadStream;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: NodeJS.ProcessEnv;
  readonly #secrets: string[] = [];
  #purpose: string | undefined;

  constructor({ stdin, stdout, stderr, env }: Streams) {
    [this.stdin, this.stdout, this.stderr, this.env] = [stdin, stdout, stderr, env];
  }

  /** Columns of the screen that results go to; Infinity where it isn't one. */
  get width(): number {
    if (this.stdout.isTTY === true) return this.stdout.columns ?? 80;
    return Number.POSITIVE_INFINITY;
  }

  /** Whether messages may be coloured and redrawn. */
  get isLively(): boolean {
    return this.stderr.isTTY === true && this.env["TERM"] !== "dumb";
  }

  /** A secret that no message shows, whoever made it. */
  keepSecret(secret: string): void {
    // JSON writes some characters otherwise.
    if (secret.length >= 4) this.#secrets.push(secret, JSON.stringify(secret).slice(1, -1));
  }

  /** Writes a result; waits while its reader is slower than we are. */
  async print(text: string): Promise<void> {
    if (!this.stdout.write(text)) await once(this.stdout, "drain");
  }

  /** Writes a line for people. */
  say(line: string): void {
    this.stderr.write(`${this.messageOf(line)}\n`);
  }

  /** A message without secrets and without what could move the cursor; its own lines stay. */
  messageOf(text: string): string {
    return this.withoutSecrets(text).split("\n").map(harmless).join("\n");
  }

  withoutSecrets(text: string): string {
    return this.#secrets.reduce((text, secret) => text.replaceAll(secret, "****"), text);
  }

  /**
   * Standard input is one thing only.
   *
   * @throws UsageError where it is two
   */
  claimStandardInput(purpose: string): void {
    if (this.#purpose !== undefined) {
      throw new UsageError(
        `Standard input can't be both ${this.#purpose} and ${purpose}: name a file for one of them.`,
      );
    }
    this.#purpose = purpose;
  }

  /** The whole of standard input. */
  async readStandardInput(purpose: string): Promise<string> {
    this.claimStandardInput(purpose);
    const parts: Uint8Array[] = [];
    for await (const part of this.stdin) parts.push(part as Uint8Array);
    return Buffer.concat(parts).toString("utf8");
  }
}
