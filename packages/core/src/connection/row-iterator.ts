import type { RecordBatch } from "@fulgur/neo4j-codec";
import type { ResultStream } from "./result-stream.ts";

/** Iterates a stream row by row. Written by hand: an async generator costs several promises for each row. */
export class RowIterator<Row> implements AsyncIterableIterator<Row> {
  readonly #stream: ResultStream;
  readonly #rowsOf: (batch: RecordBatch) => readonly Row[];
  #rows: readonly Row[] = [];
  #at = 0;
  #isLeft = false;

  constructor(stream: ResultStream, rowsOf: (batch: RecordBatch) => readonly Row[]) {
    this.#stream = stream;
    this.#rowsOf = rowsOf;
  }

  next(): Promise<IteratorResult<Row, undefined>> {
    if (this.#at < this.#rows.length) return Promise.resolve({ done: false, value: this.#rows[this.#at++]! });
    if (this.#isLeft) return Promise.resolve({ done: true, value: undefined });
    return this.#nextBatch();
  }

  /** Whoever leaves a loop early doesn't want the rest. */
  async return(): Promise<IteratorResult<Row, undefined>> {
    this.#isLeft = true;
    this.#rows = [];
    this.#at = 0;
    await this.#stream.discard();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #nextBatch(): Promise<IteratorResult<Row, undefined>> {
    const batch = await this.#stream.next();
    if (batch === undefined) return { done: true, value: undefined };
    this.#rows = this.#rowsOf(batch);
    this.#at = 0;
    return this.next();
  }
}
