/**
 * Where units of work come from: a session's own, or that of one `executeQuery`. It knows whose connections, which
 * database, which bookmarks; it borrows a connection late and begins transactions on it.
 */
import { type bolt, telemetryApi } from "@fulgur/neo4j-codec";
import { type CallSite, type Logger, Neo4jDriverBaseError } from "@fulgur/neo4j-core";
import {
  type AccessMode,
  type Clock,
  type ConnectionProvider,
  isRetryableError,
  type ProvidedConnection,
  retry,
  sleep,
  unlessAborted,
} from "@fulgur/neo4j-pool";
import { BookmarkKeeper } from "./bookmark-keeper.ts";
import { Call, type CallLimits } from "./call.ts";
import { type CheckedRetryConfig, nothingSet } from "./retry-config.ts";
import type { CheckedSessionConfig } from "./session-config.ts";
import { type TransactionConfig, transactionExtra } from "./transaction-config.ts";
import { type EndTrace, traceTransaction } from "./transaction-trace.ts";
import { TransactionWork } from "./transaction-work.ts";
import type { TransactionWorkOptions } from "./transaction-work-options.ts";
import type { Warnings } from "./warnings/warnings.ts";

/** What the sessions of a driver share. */
export interface DriverContext {
  readonly provider: ConnectionProvider;
  readonly clock: Clock;
  readonly retry: CheckedRetryConfig & { readonly maxTransactionRetryTime: number };
  readonly disableAutoCommitRetries: boolean;
  /** How long a server may be silent at the end of a session, and to ROLLBACK, in milliseconds. */
  readonly patience: number;
  /** `neo4j.session` */
  readonly log: Logger;
  readonly warnings: Warnings;
}

/** Which interface of the driver is used, for servers that count it; each call is reported once. */
export const Api = {
  managed: telemetryApi.MANAGED_TRANSACTION,
  explicit: telemetryApi.UNMANAGED_TRANSACTION,
  autoCommit: telemetryApi.AUTO_COMMIT,
  executeQuery: telemetryApi.EXECUTE_QUERY,
} as const;

/** What is still to be reported about one call; empty after the server has acknowledged it. */
export interface Telemetry {
  api: number | undefined;
}

/** A borrowed connection with what its BEGIN or RUN will carry. */
export interface Borrowed {
  readonly provided: ProvidedConnection;
  readonly bookmarks: readonly string[];
  extra(config: TransactionConfig): bolt.TransactionExtra;
  /** To be told the database that a BEGIN or RUN without one was answered with. */
  resolved(database: string | undefined): void;
  /** Tells tracers of a transaction that begins on it. */
  trace(): EndTrace | undefined;
}

export interface BeginOptions {
  readonly mode: AccessMode;
  readonly config: TransactionConfig;
  readonly telemetry: Telemetry;
  readonly call: Call;
  readonly fetchSize?: number | undefined;
  /** Where its queries are asked for, if that isn't where they are run. */
  readonly querySite?: CallSite | undefined;
  readonly ended?: TransactionWorkOptions["ended"] | undefined;
}

/** How long work waits, in milliseconds, for a connection that is being reset to be had again, before it takes another one. */
const longestReset = 1000;

export class Workspace {
  readonly #driver: DriverContext;
  readonly #config: CheckedSessionConfig;
  readonly bookmarks: BookmarkKeeper;
  /** The home database once it is known: work that belongs together stays in one database. (SES-14) */
  #database: string | undefined;

  constructor(driver: DriverContext, config: CheckedSessionConfig) {
    this.#driver = driver;
    this.#config = config;
    this.#database = config.database;
    this.bookmarks = new BookmarkKeeper(config.bookmarks, config.bookmarkManager);
  }

  get config(): CheckedSessionConfig {
    return this.#config;
  }

  get retriesAutoCommit(): boolean {
    return !this.#driver.disableAutoCommitRetries;
  }

  get warnings(): Warnings {
    return this.#driver.warnings;
  }

  /** One call of the user's, to be ended when it is over. */
  call(name: string, limits: CallLimits, site: CallSite): Call {
    return new Call(name, limits, this.#driver.clock, site);
  }

  async borrow(mode: AccessMode, call: Call): Promise<Borrowed> {
    const { impersonatedUser, auth, notificationFilter, connectionAcquisitionTimeout: timeout } = this.#config;
    const { signal, site } = call;
    signal?.throwIfAborted();
    call.enter("acquire");
    const database = this.#database;
    const provided = await this.#driver.provider.acquire({
      mode,
      database,
      bookmarks: () => this.bookmarks.toSend(),
      impersonatedUser,
      auth,
      signal,
      timeout,
      site,
    });
    const toSend = this.#bookmarksFor(provided, signal);
    const bookmarks = toSend instanceof Promise ? await toSend : toSend;
    call.enter("run");
    this.#database ??= provided.database;
    const session = { mode, database: this.#database, bookmarks, impersonatedUser, notificationFilter };
    return {
      provided,
      bookmarks,
      extra: (config) => transactionExtra(session, config),
      resolved: (answered) => {
        if (answered === undefined || provided.resolved === undefined) return;
        this.#database ??= answered;
        provided.resolved(answered);
      },
      trace: () => traceTransaction({ address: provided.connection.server.address, database: this.#database, mode }),
    };
  }

  /** Asked for when there is a connection, not when one was asked for: meanwhile others may have committed something. (BKM-08) */
  #bookmarksFor(
    provided: ProvidedConnection,
    signal: AbortSignal | undefined,
  ): readonly string[] | Promise<readonly string[]> {
    const failed = async (error: unknown): Promise<never> => {
      await provided.release();
      throw error;
    };
    try {
      signal?.throwIfAborted();
      const bookmarks = this.bookmarks.toSend();
      return bookmarks instanceof Promise ? unlessAborted(bookmarks, signal).catch(failed) : bookmarks;
    } catch (error) {
      return failed(error);
    }
  }

  /** Borrows a connection for a transaction, which sends BEGIN when it first has something to do. */
  async begin({ mode, config, telemetry, call, fetchSize, querySite, ended }: BeginOptions): Promise<TransactionWork> {
    const { provided, bookmarks, extra, resolved, trace } = await this.borrow(mode, call);
    return new TransactionWork({
      provided,
      endTrace: trace(),
      begin: async () => {
        report(provided, telemetry);
        resolved((await provided.connection.begin(extra(config), call.site)).db);
      },
      fetchSize: fetchSize ?? this.#config.fetchSize,
      signal: call.signal,
      call: (name, limits, site) => this.call(name, limits, site),
      isDoneInTime: (work) => this.isDoneInTime(work),
      site: querySite,
      begunAt: call.site,
      warnings: this.#driver.warnings,
      committed: (bookmark) => this.bookmarks.received(bookmark, bookmarks),
      ended: ended ?? (() => {}),
    });
  }

  /** Whether `work` was done while a silent server is worth waiting for. */
  async isDoneInTime(work: Promise<void>): Promise<boolean> {
    const patience = this.#config.connectionAcquisitionTimeout ?? this.#driver.patience;
    const timer = new AbortController();
    const late = sleep(this.#driver.clock, patience, timer.signal).then(
      () => false,
      () => true,
    );
    try {
      return await Promise.race([work.then(() => true), late]);
    } finally {
      timer.abort();
    }
  }

  /** A connection that is being reset, for whoever was cancelled, is worth waiting for, but not for ever. */
  async returned(release: Promise<void>): Promise<void> {
    const timer = new AbortController();
    await Promise.race([release, sleep(this.#driver.clock, longestReset, timer.signal).catch(() => {})]);
    timer.abort();
  }

  /** Tries `attempt` again while its errors are retryable and time is left. */
  retry<T>(attempt: () => Promise<T>, call: Call): Promise<T> {
    const { clock, provider, log } = this.#driver;
    const { retry: own } = this.#config;
    const policy = own === nothingSet ? this.#driver.retry : { ...this.#driver.retry, ...own };
    return retry(attempt, {
      ...policy,
      clock,
      signal: call.signal,
      maxRetryTime: policy.maxTransactionRetryTime,
      // A driver that has never reached a server has nothing to go back to: a wrong address should be heard of at once.
      isRetryable: (error) => isRetryableError(error) && provider.hasConnected,
      onFailure: ({ error }, again) => {
        if (again) call.retries(error);
        if (again) log.info(() => `an attempt failed by ${describe(error)}; there will be another one`);
      },
    });
  }
}

/** An error's name and code; its text may quote values. */
function describe(error: unknown): string {
  if (!(error instanceof Neo4jDriverBaseError)) return error instanceof Error ? error.name : typeof error;
  return error.serverCode === undefined ? error.name : `${error.name} ${error.code}`;
}

/** Reports the use of an interface in front of its first request, unless that was acknowledged before. */
export function report({ connection }: ProvidedConnection, telemetry: Telemetry): void {
  if (telemetry.api === undefined) return;
  connection.telemetry(telemetry.api).then(
    () => {
      telemetry.api = undefined;
    },
    () => {},
  );
}
