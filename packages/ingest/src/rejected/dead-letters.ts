/** The file of rejected rows: a line of JSON each, with the file, the row's number, the row, and why. */
import { type FileHandle, open, readFile, rename } from "node:fs/promises";
import { jsonValue } from "@fulgur/neo4j-types";
import type { RejectedRow } from "../source/row-source.ts";

/** What a checkpoint keeps of it. */
export interface DeadLetterState {
  /** How long the file was. */
  readonly bytes: number;
  /** Those of its rows, by {@link nameOf}, that lie beyond the place up to which all is done. */
  readonly unsettled: readonly string[];
}

/** A row's name: its file and number. */
export function nameOf(file: string | undefined, row: number): string {
  return JSON.stringify([file ?? null, row]);
}

export class DeadLetters {
  readonly #file: FileHandle;
  readonly #path: string;
  /** Whether lines have to be on the disk before anything else is done: a job that may be gone on with can't lose them. */
  readonly #isSafe: boolean;
  #bytes: number;
  /** Rows that lines were written for, by the index of their window, until that window is done. */
  readonly #unsettled = new Map<string, number>();
  /**
   * Rows that an earlier run has written lines for, perhaps without having got to note that they are done. They are met again: as rows that are done, or
   * as rejected ones, and then the line stays; or else they were written after all, and the line is taken out at the end.
   */
  readonly #doubtful: Set<string>;

  private constructor(path: string, file: FileHandle, bytes: number, isSafe: boolean, doubtful: Set<string>) {
    this.#path = path;
    this.#file = file;
    this.#bytes = bytes;
    this.#isSafe = isSafe;
    this.#doubtful = doubtful;
  }

  /** @param earlier what the checkpoint of an earlier run knows; lines of other jobs stay as they are */
  static async open(path: string, isSafe: boolean, earlier: DeadLetterState | undefined): Promise<DeadLetters> {
    const text = await contentOf(path);
    const whole = text.subarray(0, text.lastIndexOf(10) + 1);
    const file = await open(path, "a");
    // A line that was being written when the process ended.
    if (whole.length < text.length) await file.truncate(whole.length);
    const doubtful = new Set<string>();
    if (earlier !== undefined && whole.length >= earlier.bytes) {
      for (const name of earlier.unsettled) doubtful.add(name);
      for (const line of linesOf(whole.subarray(earlier.bytes))) doubtful.add(nameOf(line.file, line.row));
    }
    return new DeadLetters(path, file, whole.length, isSafe, doubtful);
  }

  /** Writes lines for rows of a window; not for those that have one. */
  async add(rows: readonly RejectedRow[], window: number): Promise<void> {
    const fresh = rows.filter(({ file, row }) => {
      const name = nameOf(file, row);
      const isNew = !this.#doubtful.delete(name) && !this.#unsettled.has(name);
      this.#unsettled.set(name, window);
      return isNew;
    });
    if (fresh.length === 0) return;
    const lines = Buffer.from(fresh.map(lineOf).join(""));
    await this.#file.appendFile(lines);
    if (this.#isSafe) await this.#file.datasync();
    this.#bytes += lines.length;
  }

  /** The row was met again, and is done: so its line was right. */
  confirm(file: string | undefined, row: number, window: number): void {
    const name = nameOf(file, row);
    if (this.#doubtful.delete(name)) this.#unsettled.set(name, window);
  }

  /** All windows before this one are done. */
  settled(before: number): void {
    for (const [name, window] of this.#unsettled) if (window < before) this.#unsettled.delete(name);
  }

  get state(): DeadLetterState {
    return { bytes: this.#bytes, unsettled: [...this.#unsettled.keys(), ...this.#doubtful] };
  }

  /** The job is finished: takes out the lines of rows that were written after all. */
  async finish(): Promise<void> {
    if (this.#doubtful.size === 0) return;
    const lines = (await contentOf(this.#path)).toString("utf8").split("\n");
    const kept = lines.filter((line) => {
      const row = parsed(line);
      return row === undefined || !this.#doubtful.has(nameOf(row.file, row.row));
    });
    const next = `${this.#path}.next`;
    const file = await open(next, "w");
    try {
      await file.writeFile(kept.join("\n"));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(next, this.#path);
    this.#doubtful.clear();
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

function lineOf({ file, row, content, code, reason }: RejectedRow): string {
  return `${JSON.stringify({ file, row, content: jsonValue(content), code, reason })}\n`;
}

function linesOf(text: Buffer): RejectedRow[] {
  return text
    .toString("utf8")
    .split("\n")
    .flatMap((line) => parsed(line) ?? []);
}

/** A line that was written as this does it. */
function parsed(line: string): RejectedRow | undefined {
  try {
    const row = JSON.parse(line) as RejectedRow;
    return typeof row.row === "number" ? row : undefined;
  } catch {
    return undefined;
  }
}

async function contentOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}
