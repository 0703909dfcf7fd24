import type { bolt, ExpectedResult, RecordBatch } from "@fulgur/neo4j-codec";
import type { CallSite } from "../errors/call-site.ts";
import { appendCallSite } from "../errors/call-site.ts";
import { ResultConsumedError, ResultFailedError } from "../errors/usage-errors.ts";
import type { Answer } from "./answer.ts";
import { Deferred } from "./deferred.ts";
import type { ResultMetadata, ResultStream } from "./result-stream.ts";
import { RowIterator } from "./row-iterator.ts";

/** What a stream needs of its connection. */
export interface StreamSource {
  /** Asks for `n` more records of a result. */
  pull(stream: RunStream, n: number): void;
  /** Throws the rest of a result away, on the server. */
  drop(stream: RunStream): void;
  /** Stops the network's flow, if nothing else needs it. */
  pause(): void;
  resume(): void;
}

/** With all records asked for at once, the network is stopped when so many are unread, and goes on at half of it. */
const mostUnread = 65_536;

type Raw = Readonly<Record<string, unknown>>;

type Waiter = Deferred<RecordBatch | undefined>;

/** The {@link ResultStream} of one RUN: pulls, buffers, and passes on. */
export class RunStream implements ResultStream {
  readonly query: string;
  readonly site: CallSite | undefined;
  /** The answer to RUN. */
  readonly runAnswer: Answer<"RUN">;
  /** The answer to each PULL and DISCARD. */
  readonly pullAnswer: Answer<"PULL" | "DISCARD">;
  readonly #source: StreamSource;
  readonly #fetchSize: number;
  readonly #keys = new Deferred<string[]>();
  readonly #summary = new Deferred<ResultMetadata>();
  #fields: readonly string[] | undefined;
  #run: bolt.RunSuccess | undefined;
  #rawRun: Raw | undefined;
  #batches: RecordBatch[] = [];
  #unread = 0;
  /** How many records have come. */
  received = 0;
  /** How many of them had come before the last PULL, and how many that one brought: a server may send less than it was asked for. */
  #before = 0;
  #portion = 0;
  #waiters: Waiter[] = [];
  /** `pulling`: an answer with records is under way; `idle`: the server has more and was not asked for it. */
  #phase: "pulling" | "idle" | "ended" | "failed" = "pulling";
  #isDropping = false;
  #isSummaryWanted = false;
  isDiscarded = false;
  #error: Error | undefined;
  /** What the server says at its end. */
  metadata: ResultMetadata | undefined;
  readonly #ended: (() => void)[] = [];

  /** @param fetchSize how many records to pull at a time, -1 for all. */
  constructor(source: StreamSource, query: string, fetchSize: number, site: CallSite | undefined) {
    this.#source = source;
    this.query = query;
    this.#fetchSize = fetchSize;
    this.site = site;
    this.runAnswer = new RunAnswer(this);
    this.pullAnswer = new PullAnswer(this);
  }

  /** The number that PULL names the result by, in an explicit transaction. */
  get qid(): number | bigint | undefined {
    return this.#run?.qid;
  }

  get fields(): readonly string[] | undefined {
    return this.#fields;
  }

  get homeDatabase(): string | undefined {
    return this.#run?.db;
  }

  get done(): boolean {
    return this.#phase === "ended" || this.#phase === "failed";
  }

  /** What it failed by. */
  get failure(): Error | undefined {
    return this.#error;
  }

  keys(): Promise<string[]> {
    return this.#keys.promise;
  }

  summary(): Promise<ResultMetadata> {
    this.#isSummaryWanted = true;
    this.#source.resume();
    return this.#summary.promise;
  }

  ended(): Promise<ResultMetadata> {
    return this.#summary.promise;
  }

  next(): Promise<RecordBatch | undefined> {
    const batch = this.#batches.shift();
    if (batch !== undefined) {
      this.#unread -= batch.length;
      this.#pullAhead();
      return Promise.resolve(batch);
    }
    if (this.#error !== undefined && !this.#isDropping) return Promise.reject(this.#error);
    if (this.done || this.#isDropping) return Promise.resolve(undefined);
    const waiter: Waiter = new Deferred();
    this.#waiters.push(waiter);
    this.#pullAhead();
    return waiter.promise;
  }

  discard(): Promise<ResultMetadata> {
    if (!this.#isDropping) {
      this.#isDropping = true;
      this.#batches = [];
      this.#unread = 0;
      for (const waiter of this.#waiters.splice(0)) waiter.resolve(undefined);
      if (this.#phase === "idle") this.#askForRest();
      this.#source.resume();
    }
    return this.#summary.promise;
  }

  objects(): AsyncIterableIterator<Record<string, unknown>> {
    return new RowIterator(this, (batch) => batch.objects(this.#fields ?? []));
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<unknown[]> {
    return new RowIterator(this, (batch) => batch.rows());
  }

  /** Told once, when the stream has ended or failed. */
  onEnd(ended: () => void): void {
    if (this.done) ended();
    else this.#ended.push(ended);
  }

  /** The server holds its rest no longer. Records that wait here can still be read. */
  dropped(cause: Error | undefined): void {
    if (this.#phase !== "idle") return;
    this.fail(
      cause === undefined
        ? new ResultConsumedError("The transaction ended before all of this result was read.", { result: this })
        : new ResultFailedError("The rest of this result is lost: its transaction failed.", { result: this, cause }),
    );
  }

  /** Ends it with an error. Batches that came before can still be read, unless `now`: then it is cancelled, by somebody else's error. */
  fail(error: Error, now = false): void {
    if (this.done) return;
    this.#phase = "failed";
    this.#error = now ? error : appendCallSite(error, this.site);
    if (now) {
      this.#batches = [];
      this.#unread = 0;
    }
    this.#keys.reject(error);
    this.#summary.reject(error);
    for (const waiter of this.#waiters.splice(0)) waiter.reject(error);
    for (const ended of this.#ended.splice(0)) ended();
  }

  /** The connection is lost; if an answer is under way, that tells it better. */
  lost(error: Error): void {
    if (this.#phase === "idle") this.fail(error);
  }

  /** @internal The answer to RUN. */
  answered(metadata: bolt.RunSuccess, raw: Raw | undefined): void {
    this.#run = metadata;
    this.#rawRun = raw;
    this.#fields = metadata.fields;
    this.#keys.resolve([...metadata.fields]);
  }

  /** @internal Records of an answer to PULL. */
  came(batch: RecordBatch): void {
    this.received += batch.length;
    if (this.#isDropping || this.#phase !== "pulling") return;
    const waiter = this.#waiters.shift();
    if (waiter !== undefined) {
      waiter.resolve(batch);
      return;
    }
    this.#batches.push(batch);
    this.#unread += batch.length;
    if (this.#fetchSize === -1 && this.#unread > mostUnread && !this.#isSummaryWanted) this.#source.pause();
  }

  /** @internal The answer to PULL or DISCARD. */
  pulled(metadata: bolt.PullSuccess, raw: Raw | undefined): void {
    if (this.#phase !== "pulling") return;
    if (metadata.hasMore) {
      this.#phase = "idle";
      this.#portion = this.received - this.#before;
      if (this.#isDropping) this.#askForRest();
      else this.#pullAhead();
      return;
    }
    this.#phase = "ended";
    this.metadata = together(this.#run, metadata, [this.#rawRun, raw]);
    this.#summary.resolve(this.metadata);
    for (const waiter of this.#waiters.splice(0)) waiter.resolve(undefined);
    for (const ended of this.#ended.splice(0)) ended();
  }

  /** Asks for more when half of the last portion is left unread, so that the next arrives while that is being read. */
  #pullAhead(): void {
    if (this.#unread <= mostUnread / 2) this.#source.resume();
    if (this.#phase !== "idle" || this.#unread > this.#portion / 2) return;
    this.#ask(() => this.#source.pull(this, this.#fetchSize));
  }

  #askForRest(): void {
    this.isDiscarded = true;
    this.#ask(() => this.#source.drop(this));
  }

  #ask(request: () => void): void {
    this.#phase = "pulling";
    this.#before = this.received;
    try {
      request();
    } catch (error) {
      this.fail(error as Error);
    }
  }
}

/** Both answers in the object of the second one, which is nobody else's: a new one would cost as much as a small result. */
function together(
  run: bolt.RunSuccess | undefined,
  end: bolt.PullSuccess,
  raw: readonly (Raw | undefined)[],
): ResultMetadata {
  const all = end as unknown as { [name: string]: unknown };
  for (const name in run) if (!(name in all)) all[name] = run[name as keyof bolt.RunSuccess];
  all["raw"] = raw;
  return all as unknown as ResultMetadata;
}

/** Leads the answer to one of its requests to a stream. */
abstract class StreamAnswer {
  protected readonly stream: RunStream;

  constructor(stream: RunStream) {
    this.stream = stream;
  }

  get query(): string {
    return this.stream.query;
  }

  get site(): CallSite | undefined {
    return this.stream.site;
  }

  failed(error: Error): void {
    this.stream.fail(error);
  }
}

class RunAnswer extends StreamAnswer implements Answer<"RUN"> {
  success(metadata: bolt.RunSuccess, raw?: Raw): void {
    this.stream.answered(metadata, raw);
  }
}

class PullAnswer extends StreamAnswer implements Answer<"PULL" | "DISCARD"> {
  success(metadata: bolt.PullSuccess, raw?: Raw): void {
    this.stream.pulled(metadata, raw);
  }

  records(batch: RecordBatch): void {
    this.stream.came(batch);
  }

  expected(): ExpectedResult | undefined {
    const { fields, query } = this.stream;
    return fields === undefined ? undefined : { statement: query, fields };
  }
}
