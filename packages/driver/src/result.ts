/**
 * The result of one query: records while they arrive, then the summary. It is an async iterable that holds a bounded
 * part of the result, and thenable to the whole of it. All ways of reading share one stream: each record comes once.
 */
import { ResultNotSingleError } from "@fulgur/neo4j-core";
import { EagerResult } from "./eager.ts";
import type { Record } from "./record.ts";
import type { ResultBatch } from "./result-batch.ts";
import { type ResultOrigin, ResultReader } from "./result-reader.ts";
import type { AnyRow } from "./row.ts";
import type { ResultSummary } from "./summary.ts";

/** What a result reads from; for the session or transaction that it belongs to. */
export let readerOf: (result: Result<never>) => ResultReader<never>;

export class Result<Row extends object = AnyRow> implements AsyncIterable<Record<Row>>, PromiseLike<EagerResult<Row>> {
  readonly #reader: ResultReader<Row>;
  #eager: Promise<EagerResult<Row>> | undefined;

  static {
    readerOf = (result) => result.#reader;
  }

  /** @internal Results are made by running a query. */
  constructor(origin: ResultOrigin) {
    this.#reader = new ResultReader(origin, this);
  }

  /** Whether the records can no longer be read: after `consume`, after awaiting, or when the transaction has ended. */
  get closed(): boolean {
    return this.#reader.closed;
  }

  /** The column names, as soon as the server has accepted the query. (RES-04, RES-28) */
  async keys(): Promise<readonly string[]> {
    return (await this.#asked.header()).keys;
  }

  /** The next record; `done` again and again after the last. (RES-03) */
  next(): Promise<IteratorResult<Record<Row>, undefined>> {
    return nextRecord(this.#reader);
  }

  /**
   * Leaving a loop early keeps the rest: another loop goes on, `consume` throws it away. (RES-02)
   *
   * @throws ResultConsumedError (at the first record) after `consume`, after awaiting, or when the transaction has ended
   */
  [Symbol.asyncIterator](): AsyncIterator<Record<Row>, undefined> {
    return new RecordIterator(this.#reader);
  }

  /** The records in the portions in which they arrived: the fast way through a large result. */
  batches(): AsyncIterableIterator<ResultBatch<Row>> {
    const next = async (): Promise<IteratorResult<ResultBatch<Row>>> => {
      const reader = this.#asked;
      while (!reader.hasRow) if (!(await reader.load())) return { done: true, value: undefined };
      return { done: false, value: reader.takeBatch() };
    };
    const iterator = { next, [Symbol.asyncIterator]: () => iterator };
    return iterator;
  }

  /** The next record, which stays the next; null after the last. (RES-08) */
  async peek(): Promise<Record<Row> | null> {
    const reader = this.#asked;
    while (!reader.hasRow) if (!(await reader.load())) return null;
    return reader.look();
  }

  /** Up to `count` records. (RES-07) */
  async fetch(count: number): Promise<Record<Row>[]> {
    if (!(count >= 0)) throw new RangeError("fetch() takes a number of records from 0.");
    const records: Record<Row>[] = [];
    while (records.length < count) {
      const { done, value } = await this.next();
      if (done) break;
      records.push(value);
    }
    return records;
  }

  /**
   * The first record, or null if there is none; the rest of the result is thrown away. With `strict`, none or several
   * are a ResultNotSingleError. (RES-06)
   */
  single(options: { readonly strict: true }): Promise<Record<Row>>;
  single(options?: { readonly strict?: boolean }): Promise<Record<Row> | null>;
  async single({ strict = false }: { readonly strict?: boolean } = {}): Promise<Record<Row> | null> {
    const [first, second] = await this.fetch(2);
    await this.consume();
    if (!strict || (first !== undefined && second === undefined)) return first ?? null;
    const found = first === undefined ? "none" : "several";
    throw new ResultNotSingleError(`The result should have exactly one record, but it has ${found}.`, { result: this });
  }

  /** What is left of the result, as plain objects. */
  async rows(): Promise<Row[]> {
    const rows: Row[] = [];
    const reader = this.#asked;
    do {
      if (reader.hasRow) for (const row of reader.takeBatch().objects()) rows.push(row);
    } while (await reader.load());
    return rows;
  }

  /**
   * Throws away what is left, on the server where possible, and gives the summary; the same one at each call. (RES-05)
   */
  consume(): Promise<ResultSummary> {
    const reader = this.#asked;
    if (reader.closed && reader.summary !== undefined) return reader.summary;
    const refusal = reader.refusal();
    if (refusal !== undefined) return Promise.reject(refusal);
    reader.close("consumed");
    return reader.discard();
  }

  /** The summary: of a result that was read to its end, else as `consume`. */
  summary(): Promise<ResultSummary> {
    return this.#asked.summary ?? this.consume();
  }

  /** Awaiting a result gives all of it, as with npm's driver. */
  then<A = EagerResult<Row>, B = never>(
    onFulfilled?: ((result: EagerResult<Row>) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.toEagerResult().then(onFulfilled, onRejected);
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<EagerResult<Row> | B> {
    return this.toEagerResult().catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<EagerResult<Row>> {
    return this.toEagerResult().finally(onFinally);
  }

  /** All that is left of the result, in memory; the same one at each call. (RES-20) */
  toEagerResult(): Promise<EagerResult<Row>> {
    return (this.#eager ??= this.#collect(this.#asked));
  }

  /** Throws away what is left, and any failure with it. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#reader.isOver) await this.consume().catch(() => {});
  }

  /** The reader, where somebody asks for something: a failure that nobody has asked for is told at commit. */
  get #asked(): ResultReader<Row> {
    this.#reader.observed = true;
    return this.#reader;
  }

  async #collect(reader: ResultReader<Row>): Promise<EagerResult<Row>> {
    const records: Record<Row>[] = [];
    do {
      while (reader.hasRow) records.push(reader.take());
    } while (await reader.load());
    const [{ keys }, summary] = [await reader.header(), await reader.summary!];
    reader.close("awaited");
    return new EagerResult(records, summary, keys);
  }
}

/** Iterates by hand: an async generator costs several promises for each record. It has no `return`: the rest is kept. */
class RecordIterator<Row extends object> implements AsyncIterator<Record<Row>, undefined> {
  readonly #reader: ResultReader<Row>;

  constructor(reader: ResultReader<Row>) {
    this.#reader = reader;
  }

  next(): Promise<IteratorResult<Record<Row>, undefined>> {
    return nextRecord(this.#reader);
  }
}

function nextRecord<Row extends object>(reader: ResultReader<Row>): Promise<IteratorResult<Record<Row>, undefined>> {
  reader.observed = true;
  // The usual case takes no async function: most of the cost of iterating lies there.
  if (reader.hasRow) return Promise.resolve({ done: false, value: reader.take() });
  return nextOfLaterBatch(reader);
}

async function nextOfLaterBatch<Row extends object>(
  reader: ResultReader<Row>,
): Promise<IteratorResult<Record<Row>, undefined>> {
  if (!(await reader.load())) return { done: true, value: undefined };
  return nextRecord(reader);
}
