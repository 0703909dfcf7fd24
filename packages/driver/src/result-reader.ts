/**
 * What a result reads from: the rows at hand, the stream behind them, and how it all ended. Readers that come at the same
 * time share it, so each row comes once. Users never see it; sessions and transactions end results through it.
 */
import { type RecordBatch, ResultConsumedError } from "@fulgur/neo4j-core";
import { Graph, inspectLine } from "@fulgur/neo4j-types";
import { Record, RecordHeader } from "./record.ts";
import { ResultBatch } from "./result-batch.ts";
import {
  type Closing,
  type Failure,
  incompleteGraph,
  nextBatch,
  type ResultOrigin,
  type RunningQuery,
  tell,
  whyClosed,
} from "./result-origin.ts";
import { type ResultSummary, resultSummary } from "./summary.ts";

export type { Closing, Failure, ResultOrigin, RunningQuery } from "./result-origin.ts";

export class ResultReader<Row extends object> {
  readonly #origin: ResultOrigin;
  /** The result, for errors that are about it. */
  readonly #result: object;
  #header: RecordHeader | undefined;
  /** The rows at hand, how many they are, and the next one's index. */
  #batch: RecordBatch | undefined;
  #count = 0;
  #at = 0;
  /** The values of the rows at hand, once one of them was asked for. */
  #rows: readonly unknown[][] | undefined;
  /** How many rows were before the ones at hand. */
  #passed = 0;
  /** Later batches, when the whole result had to be fetched before the next query. */
  readonly #buffered: RecordBatch[] = [];
  #loading: Promise<boolean> | undefined;
  /** The stream's answer that a load waits for: what is buffered comes after it. */
  #fetching: Promise<unknown> | undefined;
  #buffering: Promise<void> | undefined;
  #exhausted = false;
  #closed: Closing | undefined;
  #failure: Failure | undefined;
  /** A failure that the stream has met and no reader yet. */
  #background: { readonly error: unknown } | undefined;
  #serverIsDone = false;
  #summary: Promise<ResultSummary> | undefined;
  /** Whether anybody has asked the result for anything. */
  observed = false;

  constructor(origin: ResultOrigin, result: object) {
    this.#origin = origin;
    this.#result = result;
    const serverIsDone = () => void (this.#serverIsDone = true);
    // A failure that nobody looks at must not end the process; whoever looks still gets it.
    origin.running.then(
      ({ settled }) =>
        settled.then(serverIsDone, (error: unknown) => {
          // Records that came before the failure stay readable: whoever reads on meets it after them.
          this.#background ??= { error };
          serverIsDone();
        }),
      (error: unknown) => {
        this.#fail(error);
        serverIsDone();
      },
    );
  }

  get closed(): boolean {
    return this.#closed !== undefined;
  }

  /** Whether not even the summary is to be had: the transaction has ended. */
  get isOutOfScope(): boolean {
    return this.#closed === "out of scope";
  }

  /** What the result prints: the beginning of its query, and whether something is left to read. */
  toString(): string {
    const left = this.#exhausted && !this.hasRow ? "read" : "open";
    const state = this.#failure !== undefined ? "failed" : this.#closed === undefined ? left : "closed";
    return `Result(${inspectLine(this.#origin.query.text.trim())}, ${state})`;
  }

  /** The index in the result of the next row. */
  get position(): number {
    return this.#passed + this.#at;
  }

  /** Whether it was read to its end, or failed: nothing is left to throw away. */
  get isOver(): boolean {
    return this.#exhausted || this.#failure !== undefined;
  }

  /** Whether the server has something left to send for it. */
  get isStreaming(): boolean {
    return !this.#serverIsDone;
  }

  /** The failure, if there is one and nobody has asked the result for anything. */
  get unobservedFailure(): { readonly error: unknown } | undefined {
    return this.observed ? undefined : (this.#failure ?? this.#background);
  }

  /** The summary of a result that has ended in some way. */
  get summary(): Promise<ResultSummary> | undefined {
    return this.#summary;
  }

  /** Waits until the server has accepted the query. */
  async header(): Promise<RecordHeader> {
    return (await this.#start()).header;
  }

  /** Whether a row is at hand, that is without waiting. */
  get hasRow(): boolean {
    return this.#at < this.#count;
  }

  /** The row at hand. */
  take(): Record<Row> {
    const rows = (this.#rows ??= this.#batch!.rows());
    return new Record<Row>(this.#header!, rows[this.#at++]!);
  }

  /** The row at hand, which stays at hand. */
  look(): Record<Row> {
    const rows = (this.#rows ??= this.#batch!.rows());
    return new Record<Row>(this.#header!, rows[this.#at]!);
  }

  /** All rows at hand. */
  takeBatch(): ResultBatch<Row> {
    const batch = new ResultBatch<Row>(this.#header!, this.#batch!, this.#at);
    this.#drop();
    return batch;
  }

  /** Brings the next batch to hand; false at the end. Readers that wait at the same time wait for the same batch. */
  load(): Promise<boolean> {
    const refusal = this.refusal();
    if (refusal !== undefined) return Promise.reject(refusal);
    if (this.#exhausted) return Promise.resolve(false);
    return (this.#loading ??= this.#loadBatch().finally(() => {
      this.#loading = undefined;
    }));
  }

  /** Why it can't be read, if it can't. A failure is told as it is to the first who asks. */
  refusal(): unknown {
    if (this.#failure !== undefined && this.#buffered.length === 0) return this.#tellFailure();
    if (this.#closed === undefined) return undefined;
    return new ResultConsumedError(whyClosed[this.#closed], { result: this.#result });
  }

  /** Fetches the rest, so that the connection can do something else; a failure waits for the reader. (SES-07) */
  buffer(): Promise<void> {
    this.#buffering ??= (async () => {
      await this.#fetching?.catch(() => {});
      if (this.#closed !== undefined || this.isOver) return;
      const running = await this.#origin.running;
      this.#header ??= new RecordHeader(running.keys);
      for (let batch = await nextBatch(running); batch !== undefined; batch = await nextBatch(running)) {
        this.#buffered.push(batch);
      }
      await running.settled;
    })().catch((error: unknown) => this.#fail(error));
    return this.#buffering;
  }

  /** The graph of all rows: those at hand, read or not, and the rest, which is fetched and stays to be read. (RES-09) */
  async graph(): Promise<Graph> {
    const before = this.refusal() ?? incompleteGraph(this.#passed, this.#result);
    if (before !== undefined) throw before;
    await this.buffer();
    const after =
      this.#failure === undefined
        ? (this.refusal() ?? incompleteGraph(this.#passed, this.#result))
        : this.#tellFailure();
    if (after !== undefined) throw after;
    const graph = new Graph();
    for (const batch of [this.#batch, ...this.#buffered]) for (const row of batch?.rows() ?? []) graph.add(row);
    return graph;
  }

  /** Ends the reading; what is at hand is gone. */
  close(why: Closing): void {
    this.#closed ??= why;
    this.#buffered.length = 0;
    this.#drop();
  }

  /** Throws away what is left, on the server where possible; the same summary at each call. */
  discard(): Promise<ResultSummary> {
    return (this.#summary ??= this.#end(!this.#exhausted));
  }

  /** Throws away what is left, as `discard` does; whoever reads on is at the end. */
  async exhaust(): Promise<void> {
    await this.discard();
    this.#buffered.length = 0;
    this.#drop();
    this.#exhausted = true;
  }

  /** Ends the result without it being its fault or wish; resolves when the server has thrown the rest away. (TX-33) */
  async abandon(why: Closing = "out of scope"): Promise<void> {
    if (this.#failure !== undefined) return;
    this.close(why);
    await this.discard();
  }

  /** Something ended the transaction, and this result with it: another result's failure, or the signal. (TX-16) */
  failedWith(failure: Failure): void {
    if (this.isOver || this.#closed !== undefined) return;
    this.#failure = failure;
    this.#drop();
  }

  async #loadBatch(): Promise<boolean> {
    const { running } = await this.#start();
    await this.#buffering;
    const refusal = this.refusal();
    if (refusal !== undefined) throw refusal;
    const batch = this.#buffering === undefined ? await this.#nextOfStream(running) : this.#buffered.shift();
    if (batch !== undefined) {
      this.#drop();
      this.#batch = batch;
      this.#count = batch.length;
      return true;
    }
    await this.#whileReading(running.settled);
    this.#exhausted = true;
    this.#summary ??= this.#end(false);
    return false;
  }

  async #nextOfStream(running: RunningQuery): Promise<RecordBatch | undefined> {
    const fetching = nextBatch(running);
    this.#fetching = fetching;
    const batch = await this.#whileReading(fetching).finally(() => void (this.#fetching = undefined));
    // Meanwhile the result may have been consumed, or its transaction ended.
    const refusal = this.refusal();
    if (refusal !== undefined) throw refusal;
    return batch;
  }

  async #start(): Promise<{ header: RecordHeader; running: RunningQuery }> {
    const running = await this.#whileReading(this.#origin.running);
    this.#header ??= new RecordHeader(running.keys);
    return { header: this.#header, running };
  }

  /** The summary, after throwing the rest away if `discard`. */
  #end(discard: boolean): Promise<ResultSummary> {
    const ended = (async () => {
      const { header, running } = await this.#start();
      // A failure is told below, when its consequences have been drawn.
      if (discard) await running.stream.discard().catch(() => {});
      const metadata = await this.#whileReading(running.settled);
      const { received, isDiscarded: discarded } = running.stream;
      const ending = { hasColumns: header.keys.length > 0, hadRecords: received > 0, discarded };
      return resultSummary(this.#origin.query, metadata, running.server, ending);
    })();
    ended.catch(() => {});
    return ended;
  }

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
    this.#failure = this.#origin.failureOf?.(error) ?? { error, told: false };
    if (this.#buffering === undefined) this.#drop();
  }

  #tellFailure(): unknown {
    return tell(this.#failure!, this.#result);
  }

  #drop(): void {
    this.#passed += this.#count;
    this.#batch = undefined;
    this.#rows = undefined;
    this.#count = 0;
    this.#at = 0;
  }
}
