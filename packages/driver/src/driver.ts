/** A driver for one server or cluster, with its pool of connections. */
import {
  asyncMark,
  type CallSite,
  type Connection,
  callSite,
  DriverError,
  effectsOf,
  type Logger,
  Neo4jError,
  type OpenTransport,
  parseUri,
} from "@fulgur/neo4j-core";
import {
  type Clock,
  canChangeUser,
  createConnectionProvider,
  type DriverAuth,
  systemClock,
  usesProvider,
} from "@fulgur/neo4j-pool";
import { inspect } from "@fulgur/neo4j-types";
import { type BookmarkManager, bookmarkManager } from "./bookmark-manager.ts";
import { type CallLimits, checkCallLimits } from "./call.ts";
import { type CheckedConfig, type Config, checkConfig } from "./config.ts";
import type { EagerResult } from "./eager.ts";
import { type ExecuteQueryConfig, readExecuteQueryConfig } from "./execute-query-config.ts";
import { type ManagedWork, runManaged } from "./managed.ts";
import { runInOneFlight } from "./one-flight.ts";
import { checkParameters, type Parameters } from "./parameters.ts";
import { prepareQuery, type QueryInput } from "./query.ts";
import { eagerTransformer, type ResultTransformer } from "./result-transformers.ts";
import type { AnyRow } from "./row.ts";
import { Session } from "./session.ts";
import { type CheckedSessionConfig, checkSessionConfig, type SessionConfig } from "./session-config.ts";
import { type ServerInfo, serverInfo } from "./summary.ts";
import { wasClosed, watchUnclosed } from "./warnings/unclosed.ts";
import { Warnings } from "./warnings/warnings.ts";
import { Api, type DriverContext, Workspace } from "./workspace.ts";

/** @internal What tests put in the place of the machine's clock and network, and where the driver is made. */
export interface Seams {
  readonly site?: CallSite;
  readonly clock?: Clock;
  readonly openTransport?: OpenTransport;
}

/** What is asked of whichever server is at hand. */
type Question =
  | "getServerInfo"
  | "verifyAuthentication"
  | "supportsMultiDb"
  | "supportsUserImpersonation"
  | "supportsSessionAuth";

/** Shared by the whole application: its methods may be called at the same time, any number of times. (DRV-09) */
export class Driver {
  readonly #config: CheckedConfig;
  readonly #context: DriverContext;
  readonly #log: Logger;
  readonly #uri: string;
  #closing: Promise<void> | undefined;
  /** Whether connections are encrypted. (DRV-08) */
  readonly encrypted: boolean;
  /**
   * Chains the queries of `executeQuery`; give it to sessions to make them part of the chain. (DRV-16, EQ-21)
   */
  readonly executeQueryBookmarkManager: BookmarkManager = bookmarkManager();

  /** @internal Drivers are made by `driver()`. (CONN-18) */
  constructor(uri: string | URL, auth: DriverAuth, config: Config | undefined, seams: Seams = {}) {
    const { clock = systemClock, openTransport, site = callSite(Driver) } = seams;
    this.#config = checkConfig(config);
    this.encrypted = parseUri(uri).encrypted ?? this.#config.encrypted;
    this.#uri = uriWithoutQuery(uri);
    const { connectOptions, ...pool } = this.#config.provider;
    const { logging, debug } = this.#config;
    this.#log = logging.logger("neo4j");
    const warnings = new Warnings(this.#config.warnings, logging.logger("neo4j.notifications"));
    this.#context = {
      provider: createConnectionProvider(uri, auth, {
        ...pool,
        clock,
        managerDebugging: debug ? { otherUser: () => warnings.otherUser(), mark: asyncMark() } : undefined,
        connectOptions: {
          ...connectOptions,
          ...(openTransport === undefined ? {} : { openTransport }),
          onSummary: warnings.ended,
        },
      }),
      clock,
      log: logging.logger("neo4j.session"),
      warnings,
      retry: this.#config.retry,
      disableAutoCommitRetries: this.#config.disableAutoCommitRetries,
      patience: pool.connectionAcquisitionTimeout,
    };
    usesProvider(this, this.#context.provider);
    // No function here may use `this`: what the pool keeps would keep the driver, which then is never found unclosed.
    const encrypted = this.encrypted ? ", encrypted" : "";
    this.#log.info(() => `a driver for ${uriWithoutQuery(uri)}${encrypted}`);
    if (debug) watchUnclosed(this, "driver", site);
  }

  /** Whether `close` was called. (DRV-05) */
  get closed(): boolean {
    return this.#closing !== undefined;
  }

  /** A session; cheap, and nothing is sent. Throws a DriverError once the driver is closed. (DRV-10) */
  session(config?: SessionConfig): Session {
    this.#refuseIfClosed();
    const session = new Session(this.#workspace(config));
    if (this.#config.debug) watchUnclosed(session, "session", callSite(this.session));
    return session;
  }

  /**
   * Runs one query in a managed transaction and gives its whole result: the simplest way to run a query. (EQ-01)
   *
   * `CALL { … } IN TRANSACTIONS` begins transactions of its own and needs `session.run`. (EQ-03)
   *
   * @typeParam Row the columns and their types, such as `{ name: string; age: number }`
   * @throws the server's error, or a DriverError: ConfigurationError, ParameterError, ServiceUnavailable …
   */
  executeQuery<Row extends object = AnyRow>(
    query: QueryInput,
    parameters?: Parameters | null,
    config?: ExecuteQueryConfig & { readonly resultTransformer?: undefined },
  ): Promise<EagerResult<Row>>;
  executeQuery<T, Row extends object = AnyRow>(
    query: QueryInput,
    parameters: Parameters | null | undefined,
    config: ExecuteQueryConfig & { readonly resultTransformer: ResultTransformer<T, Row> },
  ): Promise<T>;
  async executeQuery(
    query: QueryInput,
    parameters?: Parameters | null,
    config?: ExecuteQueryConfig & { readonly resultTransformer?: ResultTransformer<unknown> | undefined },
  ): Promise<unknown> {
    this.#refuseIfClosed();
    const { mode, transformer, limits, commitInFlight, ...session } = readExecuteQueryConfig(config);
    const prepared = prepareQuery(query, parameters);
    checkParameters(prepared.parameters);
    const shared = session.bookmarkManager === undefined ? this.executeQueryBookmarkManager : session.bookmarkManager;
    const workspace = this.#workspace({ ...session, bookmarkManager: shared });
    const eager = transformer === eagerTransformer;
    const call = workspace.call("executeQuery", limits, callSite(this.executeQuery));
    try {
      if (eager && (mode === "READ" || commitInFlight))
        return await runInOneFlight(workspace, prepared, { mode, call });
      const work: ManagedWork<unknown> = (tx) => transformer(tx.run(prepared.text, prepared.parameters));
      const fetchSize = eager ? -1 : undefined;
      return await runManaged(workspace, work, {
        mode,
        config: prepared.config,
        api: Api.executeQuery,
        call,
        fetchSize,
        beginInFlight: true,
        querySite: call.site,
      });
    } finally {
      call.end();
    }
  }

  /**
   * Makes sure that a connection works that reads. Rejects with the reason if not; the driver is to be closed all the
   * same. (DRV-11)
   */
  async verifyConnectivity(config?: SessionConfig & CallLimits): Promise<void> {
    await this.getServerInfo(config);
  }

  /** The server that a working connection leads to; in a cluster, one of them. (DRV-12) */
  getServerInfo(config?: SessionConfig & CallLimits): Promise<ServerInfo> {
    return this.#withConnection("getServerInfo", config, (connection) => serverInfo(connection.server));
  }

  /**
   * Whether the server accepts who the driver says it is, or the owner of another token, right now: a connection that is logged in already logs
   * in anew. What else goes wrong is thrown. (DRV-14)
   *
   * @throws ConfigurationError with a token of one's own and a server whose Bolt is older than 5.1: it knows no change of users
   */
  async verifyAuthentication(config?: SessionConfig & CallLimits): Promise<boolean> {
    const nothing = () => undefined;
    try {
      await this.#withConnection("verifyAuthentication", { database: "system", ...config }, nothing, "login");
      return true;
    } catch (error) {
      if (error instanceof Neo4jError && effectsOf(error).includes("authenticationFailed")) return false;
      throw error;
    }
  }

  /** Whether the protocol knows several databases; all supported versions do. (DRV-13) */
  supportsMultiDb(): Promise<boolean> {
    return this.#withConnection("supportsMultiDb", undefined, () => true);
  }

  /** Whether the protocol knows impersonation; all supported versions do. */
  supportsUserImpersonation(): Promise<boolean> {
    return this.#withConnection("supportsUserImpersonation", undefined, () => true);
  }

  /** Whether the protocol lets a connection change its user. (DRV-15) */
  supportsSessionAuth(): Promise<boolean> {
    return this.#withConnection("supportsSessionAuth", undefined, ({ version }) => canChangeUser(version));
  }

  /**
   * Closes all connections, the borrowed ones too: what still runs fails. A second call does nothing. (DRV-04)
   */
  close(): Promise<void> {
    if (this.#closing === undefined) this.#log.info("the driver is closed");
    wasClosed(this);
    return (this.#closing ??= this.#context.provider.close());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Prints the URI, without a query string, and whether it is closed. */
  [inspect](): string {
    return `Driver(${this.#uri}, ${this.closed ? "closed" : "open"})`;
  }

  async #withConnection<T>(
    name: Question,
    config: (SessionConfig & CallLimits) | undefined,
    use: (connection: Connection) => T,
    check: true | "login" = true,
  ): Promise<T> {
    this.#refuseIfClosed();
    const { signal: wanted, totalTimeout, ...session } = config ?? {};
    const limits = checkCallLimits({ signal: wanted, totalTimeout });
    const workspace = this.#workspace(session);
    const call = workspace.call(name, limits, callSite(this[name]));
    const { database, impersonatedUser, auth, bookmarks, connectionAcquisitionTimeout: timeout } = workspace.config;
    const { signal, site } = call;
    const asked = { database, impersonatedUser, auth, bookmarks: [...bookmarks], timeout, signal, site };
    try {
      const request = { mode: "READ", ...asked } as const;
      const { connection, release } = await this.#context.provider.acquire({ ...request, check });
      try {
        return use(connection);
      } finally {
        await release();
      }
    } finally {
      call.end();
    }
  }

  #workspace(config: SessionConfig | undefined): Workspace {
    return new Workspace(this.#context, this.#checked(config));
  }

  /** A session's options, with the driver's where they say nothing. (DRV-35) */
  #checked(config: SessionConfig | undefined): CheckedSessionConfig {
    const checked = checkSessionConfig(config);
    const { database = this.#config.database, fetchSize = this.#config.fetchSize } = checked;
    return { ...checked, database, fetchSize };
  }

  #refuseIfClosed(): void {
    if (!this.closed) return;
    throw new DriverError("The driver is closed. Make a new one, or close it only when everything is done.");
  }
}

/** A routing context is the user's and the server's affair. */
function uriWithoutQuery(uri: string | URL): string {
  return String(uri).split("?", 1)[0]!;
}
