/**
 * A transaction on its connection, from BEGIN to its end: what explicit, managed and one-flight transactions share. It is
 * `open`, then `committed`, `rolled back` or `failed`; the connection goes back when it leaves `open`.
 */
import { type CallSite, callSite, onAbort, type TransactionError } from "@fulgur/neo4j-core";
import type { ProvidedConnection } from "@fulgur/neo4j-pool";
import { type Call, type CallLimits, readCallLimits } from "./call.ts";
import { Interruption } from "./interruption.ts";
import { OpenResults } from "./open-results.ts";
import { checkParameters, type Parameters } from "./parameters.ts";
import { type PreparedQuery, prepareInTransaction, type QueryInput } from "./query.ts";
import { Result } from "./result.ts";
import type { Failure, RunningQuery } from "./result-reader.ts";
import { cancelledCommit, givenUp, refusal, type TransactionState } from "./transaction-errors.ts";
import { startQuery } from "./transaction-query.ts";
import type { TransactionWorkOptions } from "./transaction-work-options.ts";

export class TransactionWork {
  readonly #provided: ProvidedConnection;
  /** BEGIN's answer, once it was sent. */
  #beginning: Promise<unknown> | undefined;
  readonly #options: TransactionWorkOptions;
  readonly #results = new OpenResults();
  readonly #stopListening: (() => void) | undefined;
  readonly #interruption = new Interruption();
  #state: TransactionState = "open";
  #failure: Failure | undefined;
  #isCommitSent = false;
  #hasToldEnd = false;
  /** The COMMIT or ROLLBACK under way, which never rejects. */
  #ending: Promise<void> | undefined;
  /** Set with the first thing that ends the transaction. */
  #over: Promise<void> | undefined;

  constructor(options: TransactionWorkOptions) {
    const { provided, signal } = options;
    this.#options = options;
    this.#provided = provided;
    if (signal?.aborted) this.interrupt(signal.reason);
    else if (signal !== undefined) this.#stopListening = onAbort(signal, () => this.interrupt(signal.reason));
  }

  get state(): TransactionState {
    return this.#state;
  }

  /** What ended the transaction, if something did: a failure of BEGIN or of a query, or the signal. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /**
   * Ends it from outside, by the signal or since its session is closed: what is under way fails with `reason`, and the connection is
   * reset, which undoes everything. Where COMMIT was sent nobody knows what it came to. (ASY-05, ASY-06)
   */
  interrupt(reason: unknown): void {
    if (this.#state !== "open" && this.#state !== "ending") return;
    const error = this.#isCommitSent ? cancelledCommit(reason) : reason;
    this.#failure ??= { error, told: false };
    this.#results.failedWith(this.#failure);
    this.#interruption.raise(error);
    void this.#leave("failed");
  }

  /** What `step` gives, unless the transaction is interrupted first: then that is known at once. */
  unlessInterrupted<T>(step: Promise<T>): Promise<T> {
    return this.#interruption.unless(step);
  }

  /** Sends BEGIN and waits for its answer; a failed transaction has given its connection back when this rejects. */
  async begun(owner: object): Promise<void> {
    await this.#interruption.unless(this.#begin());
    if (this.#failure !== undefined) await this.close(owner);
    this.#throwIfFailed();
  }

  /** Runs a query. Whatever is wrong reaches whoever reads the result. What ends it early ends the transaction. */
  run<Row extends object>(
    owner: object,
    query: QueryInput,
    parameters: Parameters | null | undefined,
    limits?: CallLimits | null,
  ): Result<Row> {
    let prepared: PreparedQuery | undefined;
    let running: Promise<RunningQuery>;
    try {
      prepared = prepareInTransaction(query, parameters);
      const { site = callSite(Reflect.get(owner, "run")) } = this.#options;
      const checked = readCallLimits(limits, "a query in a transaction");
      const call = checked && this.#options.call("transaction.run", checked, site);
      running = this.#start(owner, prepared, { site, call, reader: () => reader });
    } catch (error) {
      running = Promise.reject(error);
    }
    const { text = "", parameters: sent = {} } = prepared ?? {};
    const result: Result<Row> = new Result<Row>({
      failureOf: (error) => {
        const failure = this.#failure;
        return failure !== undefined && failure.error === error ? failure : { error, told: false };
      },
      query: { text, parameters: sent },
      running,
      warnings: this.#options.warnings,
    });
    const reader = Result.readerOf(result as unknown as Result<never>);
    if (this.#state === "open") this.#results.add(reader);
    return result;
  }

  /** Ends what its results still stream, commits, and gives the connection back. (TX-11) */
  commit(owner: object, limits?: CallLimits | null): Promise<void> {
    return this.#within("commit", owner, limits, async (signal) => {
      this.#refuseUnlessOpen(owner, "commit");
      // Nothing is sent, and the transaction goes on.
      signal?.throwIfAborted();
      if (this.#failure !== undefined) {
        const refused = this.#refusal(owner, "commit");
        await this.#leave("failed");
        throw refused;
      }
      const committing = this.#end(() => this.#sendCommit(this.#siteOf(owner, "commit")));
      let bookmark: string | undefined;
      try {
        bookmark = await committing;
      } catch (error) {
        this.#fail(error);
        await this.#leave("failed");
        throw this.#failure!.error;
      }
      await this.#leave("committed");
      await this.#options.committed(bookmark);
    });
  }

  async #sendCommit(site: CallSite | undefined): Promise<string | undefined> {
    await this.#begin();
    this.#throwIfFailed();
    await this.#results.abandon(() => this.#failure);
    // Meanwhile it may have been interrupted.
    this.#throwIfFailed();
    this.#isCommitSent = true;
    return (await this.#provided.connection.commit(site)).bookmark;
  }

  /**
   * Undoes everything and gives the connection back. After a failure the server has undone it already. One that says nothing is waited for
   * as long as for a connection: what gives the connection up undoes everything, too. (TX-12, TX-32)
   */
  rollback(owner: object, limits?: CallLimits | null): Promise<void> {
    return this.#within("rollback", owner, limits, async (signal) => {
      if (this.#state === "failed" && !this.#interruption.isRaised) return;
      this.#refuseUnlessOpen(owner, "roll back");
      if (signal?.aborted) this.interrupt(signal.reason);
      signal?.throwIfAborted();
      if (this.#failure === undefined) await this.#rollBack(owner);
      await this.#leave("rolled back");
    });
  }

  async #rollBack(owner: object): Promise<void> {
    const rolling = this.#end(() => this.#sendRollback(this.#siteOf(owner, "rollback")));
    try {
      if (!(await this.#options.isDoneInTime(rolling))) this.interrupt(givenUp());
    } catch (error) {
      const seen = this.#interruption.isRaised ? error : this.#provided.failed(error);
      await this.#leave("failed");
      throw seen;
    }
  }

  async #sendRollback(site: CallSite | undefined): Promise<void> {
    await this.#results.abandon(() => this.#failure, { whatever: true });
    await this.#beginning;
    if (this.#failure === undefined && this.#beginning !== undefined) await this.#provided.connection.rollback(site);
  }

  /** Rolls back if the transaction is still open, and waits for its end; rejects by its limits alone. (TX-13) */
  close(owner: object, limits?: CallLimits | null): Promise<void> {
    return this.#within("close", owner, limits, async (signal) => {
      const isOver = this.#state !== "open" && this.#state !== "ending";
      if (signal?.aborted) this.interrupt(signal.reason);
      if (this.#state === "open") await this.rollback(owner).catch(() => {});
      else if (!this.#interruption.isRaised) await this.#ending;
      await this.#over;
      if (!isOver) signal?.throwIfAborted();
    });
  }

  /** The COMMIT or ROLLBACK, unless it is interrupted. */
  #end<T>(step: () => Promise<T>): Promise<T> {
    this.#state = "ending";
    const ending = this.#interruption.unless(step());
    const over = () => this.#over;
    this.#ending = ending.then(over, over);
    return ending;
  }

  /** A call of the user's that ends the transaction, which its own limits end early, and the transaction with it. */
  async #within(
    method: "commit" | "rollback" | "close",
    owner: object,
    limits: CallLimits | null | undefined,
    step: (signal: AbortSignal | undefined) => Promise<void>,
  ): Promise<void> {
    const checked = readCallLimits(limits, `transaction.${method}`);
    if (checked === undefined) return step(undefined);
    const call = this.#options.call(`transaction.${method}`, checked, callSite(Reflect.get(owner, method)));
    const stopListening = call.run((reason) => this.interrupt(reason));
    await step(call.signal).finally(stopListening);
  }

  /** Never rejects: a failure of BEGIN is the transaction's. What is over begins no more: the connection is somebody else's. */
  #begin(): Promise<unknown> {
    if (this.#over !== undefined) return Promise.resolve();
    return (this.#beginning ??= this.#options.begin().catch((error: unknown) => this.#fail(error)));
  }

  /** Where the user asks for its end: in a call of `owner`, or, if that can't end it, where it was begun. */
  #siteOf(owner: object, method: "commit" | "rollback"): CallSite | undefined {
    return method in owner ? callSite(Reflect.get(owner, method)) : this.#options.begunAt;
  }

  #refuseUnlessOpen(owner: object, what: string): void {
    if (this.#state !== "open") throw this.#refusal(owner, what);
  }

  #refusal(owner: object, what: string): TransactionError {
    const isCancelled = this.#interruption.isRaised;
    return refusal(what, { state: this.#state, isCancelled, cause: this.#failure?.error, owner });
  }

  async #start(
    owner: object,
    prepared: PreparedQuery,
    { site, call, reader }: { readonly site: CallSite; readonly call: Call | undefined; readonly reader: () => object },
  ): Promise<RunningQuery> {
    if (this.#failure !== undefined) throw this.#refusal(owner, "run another query");
    this.#refuseUnlessOpen(owner, "run a query");
    checkParameters(prepared.parameters);
    const { provided, fetchSize, signal } = this.#options;
    return startQuery(prepared, {
      provided,
      fetchSize,
      signal,
      site,
      call,
      begin: () => this.#begin(),
      interrupted: (reason) => this.interrupt(reason),
      failed: (error) => this.#failedBy(error, reader()),
    });
  }

  /** What a query's failure comes to. */
  async #failedBy(error: unknown, origin: object): Promise<never> {
    // If BEGIN has failed, that is the reason: everything behind it only follows.
    if (this.#failure === undefined) await this.#beginning;
    this.#fail(error, origin);
    await this.#provided.consequences();
    throw this.#failure!.error;
  }

  #throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Notes what ended the transaction; its other results end with it. (TX-16) */
  #fail(error: unknown, origin?: object): void {
    if (this.#failure !== undefined) return;
    const seen = this.#provided.failed(error);
    this.#failure = { error: seen, told: false };
    this.#results.failedWith(this.#failure, origin);
    // The server has undone it already: session and connection are free, whether or not anybody closes this. What came before the
    // failure can still be read.
    void this.#provided.release();
    this.#tellEnd();
  }

  /** Once: its session may have another transaction afterwards. */
  #tellEnd(released?: Promise<void>): void {
    if (this.#hasToldEnd) return;
    this.#hasToldEnd = true;
    this.#options.ended(released);
  }

  #leave(state: "committed" | "rolled back" | "failed"): Promise<void> {
    this.#over ??= (async () => {
      this.#state = state;
      this.#stopListening?.();
      this.#options.endTrace?.(state, this.#failure?.error);
      this.#results.close();
      const released = this.#provided.release();
      // Who cancels doesn't wait until the server has understood.
      if (!this.#interruption.isRaised) await released;
      this.#tellEnd(this.#interruption.isRaised ? released : undefined);
    })();
    return this.#over;
  }
}
