/** A session: units of work one after the other, each seeing what the ones before it wrote. */
import {
  type CallSite,
  callSite,
  Neo4jError,
  SessionError,
  TransactionError,
  TransactionNestingError,
} from "@fulgur/neo4j-core";
import type { AccessMode } from "@fulgur/neo4j-pool";
import type { Bookmarks } from "./bookmarks.ts";
import { type ManagedWork, runManaged } from "./managed.ts";
import { checkParameters, type Parameters } from "./parameters.ts";
import { type PreparedQuery, prepareQuery, type QueryInput } from "./query.ts";
import { Result, readerOf } from "./result.ts";
import type { ResultReader, RunningQuery } from "./result-reader.ts";
import type { AnyRow } from "./row.ts";
import { serverInfo } from "./summary.ts";
import { Transaction } from "./transaction.ts";
import { readTransactionConfig, type TransactionConfig } from "./transaction-config.ts";
import type { TransactionWork } from "./transaction-work.ts";
import { Api, report, type Workspace } from "./workspace.ts";

/** A transaction's configuration and the signal that cancels the call. */
export interface CallConfig extends TransactionConfig {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Cheap and short-lived; it borrows a connection only while something runs. Do one thing at a time with it: for several
 * at once use several sessions. (SES-01, SES-27)
 */
export class Session {
  readonly #workspace: Workspace;
  /** The last auto-commit result. */
  #result: ResultReader<never> | undefined;
  #transaction: TransactionWork | "beginning" | undefined;
  /** Resolves when everything that was asked for before has at least been sent. */
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

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
   *
   * @returns a result whose reading rejects with what went wrong: a SessionError after `close`, a TransactionError beside
   * an open transaction, a ParameterError for a parameter that can't be sent, a ConfigurationError, or the server's error
   */
  run<Row extends object = AnyRow>(query: QueryInput, parameters?: Parameters, config?: CallConfig): Result<Row> {
    const earlier = this.#result;
    let prepared: PreparedQuery | undefined;
    let started = false;
    let running: Promise<RunningQuery>;
    try {
      prepared = prepareQuery(query, parameters);
      const { signal, ...given } = readTransactionConfig(config);
      checkParameters(prepared.parameters);
      this.#refuseUnlessFree("run a query");
      const site = callSite(this.run);
      const whole = { ...prepared, config: { ...prepared.config, ...definedOf(given) } };
      running = this.#inTurn(() => this.#runAutoCommit(whole, earlier, site, signal));
      started = true;
    } catch (error) {
      running = Promise.reject(error);
    }
    const { text = "", parameters: sent = {} } = prepared ?? {};
    const result = new Result<Row>({ query: { text, parameters: sent }, running });
    if (started) this.#result = readerOf(result as unknown as Result<never>);
    return result;
  }

  /**
   * Begins a transaction that you end: by `commit`, `rollback` or `close`. One at a time; an auto-commit result that was not
   * read to its end loses the rest. (TX-05, SES-09)
   *
   * @throws TransactionNestingError when one is open; SessionError after `close`
   */
  async beginTransaction(config?: CallConfig): Promise<Transaction> {
    const { signal, ...given } = readTransactionConfig(config);
    this.#refuseUnlessFree("begin a transaction");
    this.#transaction = "beginning";
    try {
      const work = await this.#inTurn(async () => {
        await this.#endResult();
        return this.#workspace.begin({
          mode: this.#workspace.config.defaultAccessMode,
          config: given,
          telemetry: { api: Api.explicit },
          signal,
          ended: () => {
            this.#transaction = undefined;
          },
        });
      });
      this.#transaction = work;
      await work.begun(this);
      return new Transaction(work);
    } catch (error) {
      this.#transaction = undefined;
      throw error;
    }
  }

  /**
   * Runs `work` in a transaction that is committed when `work` returns and rolled back when it throws. It is tried again
   * for as long as `maxTransactionRetryTime` says after an error that another attempt may overcome, so `work` must do
   * the same each time. Servers that read are enough for it. (TX-17)
   *
   * @returns what `work` returned
   */
  executeRead<T>(work: ManagedWork<T>, config?: CallConfig): Promise<T> {
    return this.#execute("READ", work, config);
  }

  /** As {@link executeRead}, on a server that takes writes. (TX-18) */
  executeWrite<T>(work: ManagedWork<T>, config?: CallConfig): Promise<T> {
    return this.#execute("WRITE", work, config);
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
   * Ends what is under way: an open transaction is rolled back, an unread result thrown away together with its failure.
   * A second call does nothing. (SES-03)
   */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#turn;
    await this.#result?.abandon().catch(() => {});
    if (typeof this.#transaction === "object") await this.#transaction.close(this);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #execute<T>(mode: AccessMode, work: ManagedWork<T>, config: CallConfig | undefined): Promise<T> {
    const { signal, ...given } = readTransactionConfig(config);
    this.#refuseUnlessFree("run a transaction");
    if (typeof work !== "function") {
      throw new TypeError(`A managed transaction needs a function to run, not ${typeof work}.`);
    }
    this.#transaction = "beginning";
    try {
      await this.#turn;
      await this.#endResult();
      return await runManaged(this.#workspace, work, { mode, config: given, api: Api.managed, signal });
    } finally {
      this.#transaction = undefined;
    }
  }

  async #runAutoCommit(
    query: PreparedQuery,
    earlier: ResultReader<never> | undefined,
    site: CallSite,
    signal: AbortSignal | undefined,
  ): Promise<RunningQuery> {
    if (earlier?.isStreaming) await earlier.buffer();
    const telemetry = { api: Api.autoCommit as number | undefined };
    const { defaultAccessMode: mode, fetchSize } = this.#workspace.config;
    for (let attempt = 1; ; attempt++) {
      const { provided, bookmarks, extra } = await this.#workspace.borrow(mode, signal);
      report(provided, telemetry);
      const stream = provided.connection.run(query.text, query.parameters, extra(query.config), {
        site,
        ...(fetchSize === undefined ? {} : { fetchSize }),
        ...(signal === undefined ? {} : { signal }),
      });
      const settled = stream.summary().then(
        async (metadata) => {
          await provided.release();
          await this.#workspace.bookmarks.received(metadata.bookmark, bookmarks);
          return metadata;
        },
        async (error: unknown) => {
          const seen = provided.failed(error);
          await provided.release();
          throw seen;
        },
      );
      settled.catch(() => {});
      try {
        const keys = await stream.keys();
        return { stream, keys, server: serverInfo(provided.connection.server), settled };
      } catch (error) {
        const seen = await settled.then(
          () => error,
          (failure: unknown) => failure,
        );
        if (attempt > 1 || !this.#workspace.retriesAutoCommit || !isIdempotent(seen)) throw seen;
      }
    }
  }

  /** Starts what may not begin before earlier calls have. */
  #inTurn<T>(start: () => Promise<T>): Promise<T> {
    const started = this.#turn.then(start);
    this.#turn = started.catch(() => {});
    return started;
  }

  async #endResult(): Promise<void> {
    const result = this.#result;
    if (!result?.isStreaming) return;
    result.close("consumed");
    await result.discard().catch(() => {});
  }

  #refuseUnlessFree(what: string): void {
    if (this.#closed) {
      throw new SessionError(`The session is closed: it can't ${what}. Make a new one by driver.session().`, {
        session: this,
      });
    }
    if (this.#transaction === undefined) return;
    const Nested = what === "run a query" ? TransactionError : TransactionNestingError;
    throw new Nested(
      `The session has an open transaction: it can't ${what} beside it. Use the transaction, end it first, or use another session.`,
      { transaction: this.#transaction },
    );
  }
}

function definedOf(config: TransactionConfig): TransactionConfig {
  const { metadata, timeout } = config;
  return { ...(metadata === undefined ? {} : { metadata }), ...(timeout === undefined ? {} : { timeout }) };
}

/** The server's word that a failed query has done nothing. (TX-02) */
function isIdempotent(error: unknown): boolean {
  return error instanceof Neo4jError && error.diagnosticRecord["_idempotent"] === true;
}
