/** A session: units of work one after the other, each seeing what the ones before it wrote. */
import { callSite, SessionError, TransactionError, TransactionNestingError } from "@fulgur/neo4j-core";
import { type AccessMode, unlessAborted } from "@fulgur/neo4j-pool";
import { inspect } from "@fulgur/neo4j-types";
import { runAutoCommit } from "./auto-commit.ts";
import type { Bookmarks } from "./bookmarks.ts";
import { type Call, type CallLimits, readCallLimits } from "./call.ts";
import { type ManagedWork, runManaged } from "./managed.ts";
import { checkFlag } from "./option-checks.ts";
import { checkParameters, type Parameters } from "./parameters.ts";
import { type PreparedQuery, prepareQuery, type QueryInput } from "./query.ts";
import { Result } from "./result.ts";
import type { ResultReader, RunningQuery } from "./result-reader.ts";
import type { AnyRow } from "./row.ts";
import { checkAccessMode } from "./session-config.ts";
import { Transaction } from "./transaction.ts";
import {
  type BeginConfig,
  type CallConfig,
  type ManagedConfig,
  readCallConfig,
  withConfig,
} from "./transaction-config.ts";
import type { TransactionWork } from "./transaction-work.ts";
import { configOf, refuseUnlessFunction } from "./unit-of-work.ts";
import { wasClosed } from "./warnings/unclosed.ts";
import { Api, type Workspace } from "./workspace.ts";

/**
 * Cheap and short-lived; it borrows a connection only while something runs. Do one thing at a time with it: for several
 * at once use several sessions. Queries by themselves that overlap all the same run one after the other, in the order of the calls; beside
 * a transaction nothing else can run. (SES-01, SES-27, ASY-03)
 */
export class Session {
  readonly #workspace: Workspace;
  /** The last auto-commit result. */
  #result: ResultReader<never> | undefined;
  #transaction: TransactionWork | "beginning" | undefined;
  /** Whether that is a managed one, whose end is not in the user's hand. */
  #isManaged = false;
  /** Resolves when everything that was asked for before has at least been sent. */
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;
  /** Gives back the connection of the last auto-commit result, whatever is under way on it. */
  #giveResultUp: (() => void) | undefined;
  #isGivenUp = false;

  /** @internal Sessions are made by drivers. */
  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Whether `close` was called. (SES-04) */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Runs a query in a transaction of its own, which the server commits. It is sent at once and, since its work can't be
   * repeated safely, it is not tried again; unless the server says of a failure that nothing was done. (TX-02, TX-04)
   * An earlier result of this session that was not read to its end is fetched into memory first. (SES-07)
   * `signal` and `totalTimeout` count until the result has come to its end.
   *
   * @returns a result whose reading rejects with what went wrong: a SessionError after `close`, a TransactionError beside
   * an open transaction, a ParameterError for a parameter that can't be sent, a ConfigurationError, or the server's error
   */
  run<Row extends object = AnyRow>(
    query: QueryInput,
    parameters?: Parameters | null,
    config?: CallConfig,
  ): Result<Row> {
    const earlier = this.#result;
    let prepared: PreparedQuery | undefined;
    let started = false;
    let running: Promise<RunningQuery>;
    try {
      prepared = prepareQuery(query, parameters);
      const { config: given, limits } = readCallConfig(config);
      checkParameters(prepared.parameters);
      this.#refuseUnlessFree("run a query");
      const whole = { ...prepared, config: withConfig(prepared.config, given) };
      const call = this.#workspace.call("session.run", limits, callSite(this.run));
      running = this.#inTurn(async () => {
        if (earlier?.isStreaming) await unlessAborted(earlier.buffer(), call.signal);
        return runAutoCommit(this.#workspace, whole, {
          call,
          borrowed: (giveUp) => {
            this.#giveResultUp = giveUp;
            if (this.#isGivenUp) giveUp();
          },
          resetting: (release) => this.#waitFor(release),
        });
      }, call);
      started = true;
    } catch (error) {
      running = Promise.reject(error);
    }
    const { text = "", parameters: sent = {} } = prepared ?? {};
    const result = new Result<Row>({ query: { text, parameters: sent }, running, warnings: this.#workspace.warnings });
    if (started) this.#result = Result.readerOf(result as unknown as Result<never>);
    return result;
  }

  /**
   * Begins a transaction that you end: by `commit`, `rollback` or `close`. One at a time; an auto-commit result that was not
   * read to its end loses the rest. `signal` and `totalTimeout` count for the whole transaction, until it has ended; an abort rolls it
   * back. (TX-05, SES-09)
   *
   * @throws TransactionNestingError when one is open; SessionError after `close`
   */
  async beginTransaction(config?: BeginConfig): Promise<Transaction> {
    const { config: given, limits } = readCallConfig(config, ["accessMode"]);
    const mode = config?.accessMode ?? this.#workspace.config.defaultAccessMode;
    checkAccessMode("accessMode", mode);
    this.#refuseUnlessFree("begin a transaction");
    this.#transaction = "beginning";
    const call = this.#workspace.call("the transaction", limits, callSite(this.beginTransaction));
    let isOver = false;
    const ended = (release?: Promise<void>) => {
      // Told twice when it can't begin: by then the session may have another one.
      if (!isOver) this.#transaction = undefined;
      isOver = true;
      call.end();
      this.#waitFor(release);
    };
    try {
      const work = await this.#inTurn(async () => {
        await this.#endResult();
        return this.#workspace.begin({ mode, config: given, telemetry: { api: Api.explicit }, call, ended });
      }, call);
      this.#transaction = work;
      await work.begun(this);
      return new Transaction(work);
    } catch (error) {
      ended();
      throw error;
    }
  }

  /**
   * Begins a transaction for `work`, commits it when `work` returns and rolls it back when it throws: as {@link executeWrite}, but once, and
   * with a transaction that `work` may end itself. (TX-09)
   *
   * @returns what `work` returned
   */
  async withTransaction<T>(work: (transaction: Transaction) => PromiseLike<T> | T, config?: BeginConfig): Promise<T> {
    refuseUnlessFunction(work, "transaction");
    const transaction = await this.beginTransaction(config);
    try {
      const value = await work(transaction);
      if (!transaction.closed) await transaction.commit();
      return value;
    } finally {
      await transaction.close();
    }
  }

  /**
   * Runs `work` in a transaction that is committed when `work` returns and rolled back when it throws. `work` is called when the transaction
   * has begun, not while no server can be had; with `beginInFlight` a round trip earlier. It is tried again for as long as `maxTransactionRetryTime` says after an error that another
   * attempt may overcome, so `work` must do the same each time; but not before the driver has reached any server, since then its address is
   * more likely wrong. Servers that read are enough for it, whatever the session's `defaultAccessMode`; nobody keeps it from writing but
   * the server. `signal` and `totalTimeout` count for all attempts together. (TX-17, TX-21)
   *
   * @returns what `work` returned
   */
  executeRead<T>(work: ManagedWork<T>, config?: ManagedConfig): Promise<T> {
    return this.#execute("executeRead", "READ", work, config);
  }

  /** As {@link executeRead}, on a server that takes writes. (TX-18) */
  executeWrite<T>(work: ManagedWork<T>, config?: ManagedConfig): Promise<T> {
    return this.#execute("executeWrite", "WRITE", work, config);
  }

  /**
   * What another session must have seen to see this one's work: the bookmark of the last commit, before it those that the
   * session was given. An auto-commit result that was not read to its end loses the rest. (SES-08)
   */
  async lastBookmarks(): Promise<Bookmarks> {
    await this.#turn;
    await this.#endResult();
    return this.#workspace.bookmarks.last;
  }

  /**
   * Ends what is under way: an open transaction is rolled back, a managed one, too, and an unread result is thrown away together with its
   * failure. A second call does nothing. A server that doesn't answer is waited for as long as a connection would be
   * (`connectionAcquisitionTimeout`); then the connection is given up: reset, and cut where that isn't answered either. (SES-03)
   *
   * @param limits `signal` and `totalTimeout` (milliseconds) end the waiting earlier: it rejects with the signal's reason, or with a
   * CallTimeoutError, and the session is closed all the same. (ASY-06)
   */
  async close(limits?: CallLimits | null): Promise<void> {
    if (this.#closed) return;
    const checked = readCallLimits(limits, "closing a session") ?? {};
    this.#closed = true;
    wasClosed(this);
    const call = this.#workspace.call("session.close", checked, callSite(this.close));
    try {
      const isDone = await unlessAborted(this.#workspace.isDoneInTime(this.#endAll()), call.signal);
      if (!isDone) this.#giveUp(this.#closedError("wait for a server that doesn't answer"));
    } catch (error) {
      this.#giveUp(error);
      throw error;
    } finally {
      call.end();
    }
  }

  async #endAll(): Promise<void> {
    await this.#turn;
    await this.#result?.abandon("session closed").catch(() => {});
    if (typeof this.#transaction !== "object") return;
    if (this.#isManaged) this.#transaction.interrupt(this.#closedError("go on with its transaction"));
    await this.#transaction.close(this);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Prints its database, if it was told one, and what it is doing. */
  [inspect](): string {
    const { database } = this.#workspace.config;
    const about = database === undefined ? [] : [`database ${JSON.stringify(database)}`];
    const state = this.#closed ? "closed" : this.#transaction === undefined ? "open" : "in a transaction";
    return `Session(${[...about, state].join(", ")})`;
  }

  async #execute<T>(
    name: string,
    mode: AccessMode,
    work: ManagedWork<T>,
    config: ManagedConfig | undefined,
  ): Promise<T> {
    const { config: given, limits } = readCallConfig(config, ["beginInFlight"]);
    const beginInFlight = checkFlag("beginInFlight", config?.beginInFlight);
    this.#refuseUnlessFree("run a transaction");
    refuseUnlessFunction(work, "transaction");
    this.#transaction = "beginning";
    this.#isManaged = true;
    const call = this.#workspace.call(name, limits, callSite(mode === "READ" ? this.executeRead : this.executeWrite));
    try {
      await unlessAborted(
        this.#turn.then(() => this.#endResult()),
        call.signal,
      );
      return await runManaged(this.#workspace, work, {
        mode,
        config: withConfig(configOf(work), given),
        api: Api.managed,
        call,
        beginInFlight,
        begun: (transaction) => {
          this.#transaction = transaction;
          if (this.#closed) transaction.interrupt(this.#closedError("go on with its transaction"));
        },
        ended: (release) => this.#waitFor(release),
      });
    } finally {
      call.end();
      this.#transaction = undefined;
      this.#isManaged = false;
    }
  }

  /** Starts what may not begin before earlier calls have. Whoever cancels is answered at once, and has no turn. */
  #inTurn<T>(start: () => Promise<T>, call: Call): Promise<T> {
    const { signal } = call;
    const started = this.#turn.then(() => {
      signal?.throwIfAborted();
      return start();
    });
    this.#turn = started.catch(() => call.end());
    return unlessAborted(started, signal);
  }

  /** Nobody waits for the server any more: whatever has a connection, or gets one, gives it back. */
  #giveUp(reason: unknown): void {
    this.#isGivenUp = true;
    this.#giveResultUp?.();
    if (typeof this.#transaction === "object") this.#transaction.interrupt(reason);
  }

  /** What comes next has its turn when a connection that is being reset is back. */
  #waitFor(release: Promise<void> | undefined): void {
    if (release !== undefined) this.#turn = Promise.all([this.#turn, this.#workspace.returned(release)]);
  }

  async #endResult(): Promise<void> {
    const result = this.#result;
    if (!result?.isStreaming) return;
    result.close("consumed");
    await result.discard().catch(() => {});
  }

  #closedError(what: string): SessionError {
    return new SessionError(`The session is closed: it can't ${what}. Make a new one by driver.session().`, {
      session: this,
    });
  }

  #refuseUnlessFree(what: string): void {
    if (this.#closed) throw this.#closedError(what);
    if (this.#transaction === undefined) return;
    const Nested = what === "run a query" ? TransactionError : TransactionNestingError;
    throw new Nested(
      `The session has an open transaction: it can't ${what} beside it. Use the transaction, end it first, or use another session.`,
      { transaction: this.#transaction },
    );
  }
}
