/**
 * Where units of work come from: a session's own, or that of one `executeQuery`. It knows whose connections, which
 * database, which bookmarks; it borrows a connection late and begins transactions on it.
 */
import { type bolt, telemetryApi } from "@fulgur/neo4j-codec";
import {
  type AccessMode,
  type Clock,
  type ConnectionProvider,
  isRetryableError,
  type ProvidedConnection,
  retry,
} from "@fulgur/neo4j-pool";
import { BookmarkKeeper } from "./bookmarks.ts";
import type { CheckedSessionConfig } from "./session-config.ts";
import { type TransactionConfig, transactionExtra } from "./transaction-config.ts";
import { TransactionWork } from "./transaction-work.ts";

/** What the sessions of a driver share. */
export interface DriverContext {
  readonly provider: ConnectionProvider;
  readonly clock: Clock;
  readonly maxTransactionRetryTime: number;
  readonly disableAutoCommitRetries: boolean;
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
}

export interface BeginOptions {
  readonly mode: AccessMode;
  readonly config: TransactionConfig;
  readonly telemetry: Telemetry;
  readonly fetchSize?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly ended?: (() => void) | undefined;
}

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

  async borrow(mode: AccessMode, signal: AbortSignal | undefined): Promise<Borrowed> {
    const { impersonatedUser, notificationFilter, connectionAcquisitionTimeout: timeout } = this.#config;
    signal?.throwIfAborted();
    const asked = this.bookmarks.toSend();
    const bookmarks = asked instanceof Promise ? await asked : asked;
    const database = this.#database;
    const provided = await this.#driver.provider.acquire({
      mode,
      database,
      bookmarks,
      impersonatedUser,
      signal,
      timeout,
    });
    this.#database ??= provided.database;
    const session = { mode, database: this.#database, bookmarks, impersonatedUser, notificationFilter };
    return { provided, bookmarks, extra: (config) => transactionExtra(session, config) };
  }

  /** Borrows a connection for a transaction, which sends BEGIN when it first has something to do. */
  async begin({ mode, config, telemetry, fetchSize, signal, ended }: BeginOptions): Promise<TransactionWork> {
    const { provided, bookmarks, extra } = await this.borrow(mode, signal);
    return new TransactionWork({
      provided,
      begin: () => {
        report(provided, telemetry);
        return provided.connection.begin(extra(config));
      },
      fetchSize: fetchSize ?? this.#config.fetchSize,
      signal,
      committed: (bookmark) => this.bookmarks.received(bookmark, bookmarks),
      ended: ended ?? (() => {}),
    });
  }

  /** Tries `attempt` again while its errors are retryable and time is left. */
  retry<T>(attempt: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const { clock, maxTransactionRetryTime, provider } = this.#driver;
    return retry(attempt, {
      clock,
      signal,
      maxRetryTime: this.#config.maxTransactionRetryTime ?? maxTransactionRetryTime,
      // A driver that has never reached a server has nothing to go back to: a wrong address should be heard of at once.
      isRetryable: (error) => isRetryableError(error) && provider.hasConnected,
    });
  }
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
