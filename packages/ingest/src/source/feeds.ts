/** Feeds of rows that come one by one, or lie in memory. */

import { type Portion, plainPortion, type RowFeed } from "./row-feed.ts";
import { ObjectRows, type RowSet } from "./row-set.ts";
import type { ReadableStreamOf } from "./source.ts";

/** What is in memory already, in one piece. */
export class MemoryFeed implements RowFeed {
  readonly #rows: RowSet;
  #at: number;

  /** @param start how many rows are passed over */
  constructor(rows: RowSet, start: number) {
    this.#rows = rows;
    this.#at = start;
  }

  async take(most: number): Promise<Portion | undefined> {
    const from = this.#at;
    if (from >= this.#rows.length) return undefined;
    const rows = this.#rows.slice(from, from + most);
    this.#at += rows.length;
    return plainPortion(rows, from + 1);
  }

  async close(): Promise<void> {}
}

/** Rows that come one after the other. */
abstract class OneByOne implements RowFeed {
  #next = 1;
  #skip: number;

  constructor(start: number) {
    this.#skip = start;
  }

  async take(most: number): Promise<Portion | undefined> {
    while (this.#skip > 0) {
      const passed = await this.read(Math.min(this.#skip, 10_000));
      if (passed.length === 0) return undefined;
      this.#skip -= passed.length;
      this.#next += passed.length;
    }
    const rows = await this.read(most);
    if (rows.length === 0) return undefined;
    const first = this.#next;
    this.#next += rows.length;
    return plainPortion(new ObjectRows(rows), first);
  }

  abstract close(): Promise<void>;
  /** So many rows, or what is left. */
  protected abstract read(most: number): Promise<unknown[]> | unknown[];
}

/** An iterable: it is asked in a loop, without a promise for each row. */
export class IterableFeed extends OneByOne {
  readonly #iterator: Iterator<unknown>;

  constructor(source: Iterable<unknown>, start: number) {
    super(start);
    this.#iterator = source[Symbol.iterator]();
  }

  async close(): Promise<void> {
    try {
      this.#iterator.return?.();
    } catch {
      // Whoever closes it has a reason that says more.
    }
  }

  protected read(most: number): unknown[] {
    const rows: unknown[] = [];
    while (rows.length < most) {
      const { done, value } = this.#iterator.next();
      if (done) break;
      rows.push(value);
    }
    return rows;
  }
}

/** An async iterable, such as a generator or a stream of Node's. */
export class AsyncIterableFeed extends OneByOne {
  readonly #iterator: AsyncIterator<unknown>;

  constructor(source: AsyncIterable<unknown>, start: number) {
    super(start);
    this.#iterator = source[Symbol.asyncIterator]();
  }

  async close(): Promise<void> {
    try {
      await this.#iterator.return?.();
    } catch {
      // As above.
    }
  }

  protected async read(most: number): Promise<unknown[]> {
    const rows: unknown[] = [];
    while (rows.length < most) {
      const { done, value } = await this.#iterator.next();
      if (done) break;
      rows.push(value);
    }
    return rows;
  }
}

/** A web stream, also where those aren't async iterables. */
export class WebStreamFeed extends OneByOne {
  readonly #reader: ReturnType<ReadableStreamOf<unknown>["getReader"]>;

  constructor(source: ReadableStreamOf<unknown>, start: number) {
    super(start);
    this.#reader = source.getReader();
  }

  async close(): Promise<void> {
    try {
      await this.#reader.cancel();
      this.#reader.releaseLock();
    } catch {
      // As above.
    }
  }

  protected async read(most: number): Promise<unknown[]> {
    const rows: unknown[] = [];
    while (rows.length < most) {
      const { done, value } = await this.#reader.read();
      if (done) break;
      rows.push(value);
    }
    return rows;
  }
}
