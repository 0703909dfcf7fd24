/** Rows on their way into chunks. */
import type { RejectedRow, RowChunk } from "../source/row-source.ts";

/** Collects the rows of one file, which are given with their numbers in order. */
export class RowChunks<Row> {
  readonly #file: string | undefined;
  #rows: Row[] = [];
  #numbers: number[] | undefined;
  #first = 0;
  #rejected: RejectedRow[] = [];

  constructor(file: string | undefined) {
    this.#file = file;
  }

  /** How many rows are collected, rejected ones too. */
  get size(): number {
    return this.#rows.length + this.#rejected.length;
  }

  add(row: Row, number: number): void {
    if (this.#rows.length === 0) this.#first = number;
    else if (this.#numbers === undefined && number !== this.#first + this.#rows.length) {
      this.#numbers = this.#rows.map((_, i) => this.#first + i);
    }
    this.#numbers?.push(number);
    this.#rows.push(row);
  }

  reject(row: number, content: unknown, reason: string): void {
    this.#rejected.push({ file: this.#file, row, content, reason });
  }

  take(): RowChunk<Row> {
    const [rows, rejected] = [this.#rows, this.#rejected];
    const chunk = {
      file: this.#file,
      rows,
      firstRow: rows.length > 0 ? this.#first : (rejected[0]?.row ?? 0),
      rowNumbers: this.#numbers,
      rejected: rejected.length > 0 ? rejected : undefined,
    };
    this.#rows = [];
    this.#numbers = undefined;
    this.#rejected = [];
    return chunk;
  }
}
