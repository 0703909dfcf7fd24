/**
 * The result of one query: records while they arrive, then the summary. It is an async iterable that holds a bounded
 * part of the result, and thenable to the whole of it. All ways of reading share one stream: each record comes once.
 */
import {
  type RecordBatch,
  ResultConsumedError,
  ResultFailedError,
  type ResultMetadata,
  ResultNotSingleError,
  type ResultStream,
} from "@fulgur/neo4j-core";
import { EagerResult } from "./eager.ts";
import type { Parameters } from "./query.ts";
import { Record, RecordHeader } from "./record.ts";
import { ResultBatch } from "./result-batch.ts";
import type { AnyRow } from "./row.ts";
import { type ResultSummary, resultSummary, type ServerInfo } from "./summary.ts";

/** A query that the server has accepted. */
export interface RunningQuery {
  readonly stream: ResultStream;
  readonly keys: readonly string[];
  readonly server: ServerInfo;
  /** Resolves when the stream has ended and its owner has drawn the consequences: connection back, bookmark noted. */
  readonly settled: Promise<ResultMetadata>;
}

/** @internal What a session or a transaction gives a result to live on. */
export interface ResultOrigin {
  /** The failure that an error of this result belongs to; a transaction has one for all of its results. */
  readonly failureOf?: (error: unknown) => Failure;
  readonly query: { readonly text: string; readonly parameters: Parameters };
  readonly running: Promise<RunningQuery>;
}

/** What ended a result, and whether somebody has heard of it. */
export interface Failure {
  readonly error: unknown;
  told: boolean;
}

const noRows: readonly unknown[][] = [];

export class Result<Row extends object = AnyRow> implements AsyncIterable<Record<Row>>, PromiseLike<EagerResult<Row>> {
  readonly #query: ResultOrigin["query"];
  readonly #running: Promise<RunningQuery>;
  #header: RecordHeader | undefined;
  /** The rows at hand and the next one's index. */
  #rows: readonly unknown[][] = noRows;
  #at = 0;
  /** Later batches, when the whole result had to be fetched before the next query. */
  readonly #buffered: ResultBatch<Row>[] = [];
  #loading: Promise<boolean> | undefined;
  #buffering: Promise<void> | undefined;
  #hadRecords = false;
  #exhausted = false;
  /** Why it may no longer be read, though it didn't fail. */
  #consumed: "consumed" | "awaited" | "out of scope" | undefined;
  #failure: Failure | undefined;
  readonly #failureOf: (error: unknown) => Failure;
  /** A failure that the stream has met and no reader yet. */
  #background: { readonly error: unknown } | undefined;
  #serverIsDone = false;
  #observed = false;
  #eager: Promise<EagerResult<Row>> | undefined;
  #summary: Promise<ResultSummary> | undefined;

  /** @internal Results are made by running a query. */
  constructor({ query, running, failureOf = (error) => ({ error, told: false }) }: ResultOrigin) {
    this.#failureOf = failureOf;
    this.#query = query;
    this.#running = running;
    // A failure that nobody looks at must not end the process; whoever looks still gets it.
    running.then(
      ({ settled }) =>
        settled.then(
          () => {
            this.#serverIsDone = true;
          },
          // Records that came before the failure stay readable: whoever reads on meets it after them.
          (error: unknown) => {
            this.#serverIsDone = true;
            this.#background ??= { error };
          },
        ),
      (error: unknown) => {
        this.#serverIsDone = true;
        this.#fail(error);
      },
    );
  }

  /** Whether the records can no longer be read: after `consume`, after awaiting, or when the transaction has ended. */
  get closed(): boolean {
    return this.#consumed !== undefined;
  }

  /** The column names, as soon as the server has accepted the query. (RES-04, RES-28) */
  async keys(): Promise<readonly string[]> {
    this.#observed = true;
    return (await this.#start()).header.keys;
  }

  /** The next record; `done` again and again after the last. (RES-03) */
  next(): Promise<IteratorResult<Record<Row>, undefined>> {
    this.#observed = true;
    if (this.#at < this.#rows.length) return Promise.resolve({ done: false, value: this.#take() });
    return this.#nextOfLaterBatch();
  }

  /**
   * Leaving a loop early keeps the rest: another loop goes on, `consume` throws it away. (RES-02)
   *
   * @throws ResultConsumedError (at the first record) after `consume`, after awaiting, or when the transaction has ended
   */
  [Symbol.asyncIterator](): AsyncIterator<Record<Row>, undefined> {
    return { next: () => this.next() };
  }

  /** The records in the portions in which they arrived: the fast way through a large result. */
  batches(): AsyncIterableIterator<ResultBatch<Row>> {
    const next = async (): Promise<IteratorResult<ResultBatch<Row>>> => {
      this.#observed = true;
      if (this.#at >= this.#rows.length && !(await this.#load())) return { done: true, value: undefined };
      const batch = new ResultBatch<Row>(this.#header!, this.#rows.slice(this.#at));
      this.#at = this.#rows.length;
      return batch.length > 0 ? { done: false, value: batch } : next();
    };
    const iterator = { next, [Symbol.asyncIterator]: () => iterator };
    return iterator;
  }

  /** The next record, which stays the next; null after the last. (RES-08) */
  async peek(): Promise<Record<Row> | null> {
    this.#observed = true;
    while (this.#at >= this.#rows.length) if (!(await this.#load())) return null;
    return new Record<Row>(this.#header!, this.#rows[this.#at]!);
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
    for await (const batch of this.batches()) for (const row of batch.objects()) rows.push(row);
    return rows;
  }

  /**
   * Throws away what is left, on the server where possible, and gives the summary; the same one at each call. (RES-05)
   */
  consume(): Promise<ResultSummary> {
    this.#observed = true;
    if (this.#summary !== undefined && this.#consumed !== undefined) return this.#summary;
    const refusal = this.#refusal();
    if (refusal !== undefined) return Promise.reject(refusal);
    this.#leave("consumed");
    this.#summary ??= this.#end(true);
    return this.#summary;
  }

  /** The summary: of a result that was read to its end, else as `consume`. */
  summary(): Promise<ResultSummary> {
    return this.#summary ?? this.consume();
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
    this.#observed = true;
    return (this.#eager ??= this.#collect());
  }

  /** Throws away what is left, and any failure with it. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#failure === undefined && !this.#exhausted) await this.consume().catch(() => {});
  }

  /** @internal The failure, if there is one and nobody has looked at this result. */
  get unobservedFailure(): { readonly error: unknown } | undefined {
    return this.#observed ? undefined : (this.#failure ?? this.#background);
  }

  /** @internal Whether the server has something left to send for it. */
  get isStreaming(): boolean {
    return !this.#serverIsDone;
  }

  /** @internal Fetches the rest, so that the connection can do something else; a failure waits for the reader. (SES-07) */
  buffer(): Promise<void> {
    this.#buffering ??= (async () => {
      await this.#loading?.catch(() => {});
      if (this.#consumed !== undefined || this.#exhausted || this.#failure !== undefined) return;
      const { header, running } = await this.#start();
      for (let batch = await nextBatch(running); batch !== undefined; batch = await nextBatch(running)) {
        this.#buffered.push(new ResultBatch<Row>(header, batch.rows()));
      }
      await running.settled;
    })().catch((error: unknown) => this.#fail(error));
    return this.#buffering;
  }

  /** @internal Throws the rest away without it being this result's fault or wish; resolves when the server has. */
  async abandon(): Promise<void> {
    if (this.#failure !== undefined) return;
    const ended = this.#exhausted || this.#summary !== undefined;
    this.#leave("out of scope");
    if (!ended) {
      this.#summary = this.#end(true);
      await this.#summary;
    }
    await this.#summary;
  }

  /** @internal Something ended the transaction, and this result with it: another result's failure, or the signal. (TX-16) */
  failedWith(failure: Failure): void {
    if (this.#failure !== undefined || this.#exhausted || this.#consumed !== undefined) return;
    this.#failure = failure;
    this.#drop();
  }

  /** @internal The transaction has ended, and this result with it. (TX-33) */
  endScope(): void {
    this.#leave("out of scope");
  }

  #take(): Record<Row> {
    return new Record<Row>(this.#header!, this.#rows[this.#at++]!);
  }

  async #nextOfLaterBatch(): Promise<IteratorResult<Record<Row>, undefined>> {
    if (!(await this.#load())) return { done: true, value: undefined };
    return this.next();
  }

  /** Brings the next batch to hand; false at the end. Readers that wait at the same time wait for the same batch. */
  #load(): Promise<boolean> {
    const refusal = this.#refusal();
    if (refusal !== undefined) return Promise.reject(refusal);
    if (this.#exhausted) return Promise.resolve(false);
    return (this.#loading ??= this.#loadBatch().finally(() => {
      this.#loading = undefined;
    }));
  }

  async #loadBatch(): Promise<boolean> {
    const { running } = await this.#start();
    await this.#buffering;
    const before = this.#refusal();
    if (before !== undefined) throw before;
    const batch = this.#buffering === undefined ? await this.#nextOfStream(running) : this.#buffered.shift();
    if (batch !== undefined) {
      this.#hadRecords = true;
      this.#rows = batch.values;
      this.#at = 0;
      return true;
    }
    this.#drop();
    await this.#whileReading(running.settled);
    this.#exhausted = true;
    this.#summary ??= this.#end(false);
    return false;
  }

  async #nextOfStream(running: RunningQuery): Promise<ResultBatch<Row> | undefined> {
    const raw = await this.#whileReading(nextBatch(running));
    // Meanwhile the result may have been consumed, or its transaction ended.
    const refusal = this.#refusal();
    if (refusal !== undefined) throw refusal;
    return raw && new ResultBatch<Row>(this.#header!, raw.rows());
  }

  /** Waits until the server has accepted the query. */
  async #start(): Promise<{ header: RecordHeader; running: RunningQuery }> {
    const running = await this.#whileReading(this.#running);
    this.#header ??= new RecordHeader(running.keys);
    return { header: this.#header, running };
  }

  async #collect(): Promise<EagerResult<Row>> {
    const records: Record<Row>[] = [];
    for (;;) {
      while (this.#at < this.#rows.length) records.push(this.#take());
      if (!(await this.#load())) break;
    }
    const summary = await this.#summary!;
    this.#leave("awaited");
    return new EagerResult(records, summary, this.#header!.keys);
  }

  /** The summary, after throwing the rest away if `discard`. */
  #end(discard: boolean): Promise<ResultSummary> {
    const ended = (async () => {
      const { header, running } = await this.#start();
      const discarded = discard && !this.#exhausted;
      if (discarded) await this.#whileReading(running.stream.discard());
      const metadata = await this.#whileReading(running.settled);
      const ending = { hasColumns: header.keys.length > 0, hadRecords: this.#hadRecords, discarded };
      return resultSummary(this.#query, metadata, running.server, ending);
    })();
    ended.catch(() => {});
    return ended;
  }

  /** Awaits a step of the stream; its failure is this result's, and is told as it is to the first who asks. */
  async #whileReading<T>(step: Promise<T>): Promise<T> {
    try {
      return await step;
    } catch (error) {
      this.#fail(error);
      throw this.#tellFailure();
    }
  }

  #fail(error: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = this.#failureOf(error);
    if (this.#buffering === undefined) this.#drop();
  }

  /** The failure itself at first, afterwards an error that says that it has been told. (RES-25) */
  #tellFailure(): unknown {
    const failure = this.#failure!;
    if (!failure.told) {
      failure.told = true;
      return failure.error;
    }
    return new ResultFailedError("The result failed, or its transaction did; the cause says why.", {
      cause: failure.error,
      result: this,
    });
  }

  #refusal(): unknown {
    if (this.#failure !== undefined && this.#buffered.length === 0) return this.#tellFailure();
    if (this.#consumed === undefined) return undefined;
    return new ResultConsumedError(
      {
        consumed: "The result was consumed: its records are gone. Read them before consume().",
        awaited: "The result was awaited: its records are in what awaiting it gave.",
        "out of scope": "The result went out of scope when its transaction or session ended. Read its records before.",
      }[this.#consumed],
      { result: this },
    );
  }

  #leave(why: "consumed" | "awaited" | "out of scope"): void {
    this.#consumed ??= why;
    this.#drop();
  }

  #drop(): void {
    this.#rows = noRows;
    this.#at = 0;
    if (this.#consumed !== undefined) this.#buffered.length = 0;
  }
}

/** A failure is told when its owner has drawn the consequences: whoever hears of it finds the connection back in the pool. */
async function nextBatch({ stream, settled }: RunningQuery): Promise<RecordBatch | undefined> {
  try {
    return await stream.next();
  } catch (error) {
    await settled;
    throw error;
  }
}
