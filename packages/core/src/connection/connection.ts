import type { BoltVersion, bolt, Codec } from "@fulgur/neo4j-codec";
import type { AuthToken } from "../auth/tokens.ts";
import type { CallSite } from "../errors/call-site.ts";
import type { State } from "../gen/states.ts";
import type { ResultStream } from "./result-stream.ts";

/** The server at the other end. */
export interface ServerIdentity {
  /** `host:port` as it was connected to. */
  readonly address: string;
  /** What the server calls itself, such as `Neo4j/2026.09.0`. */
  readonly agent: string;
  /** The Bolt version in use, such as `6.1`. */
  readonly protocolVersion: BoltVersion;
  /** The server's name for the connection, such as `bolt-61`. */
  readonly connectionId: string;
  /** The address under which the server wants to be known, if it said so (Bolt 5.8). */
  readonly advertisedAddress?: string;
}

/** The options of {@link Connection.run} that are not sent. */
export interface RunOptions {
  /** How many records a PULL asks for; -1 for all at once. Default: the connection's. */
  readonly fetchSize?: number;
  /** Cancels: before the query is sent nothing is sent; afterwards the connection is reset and stays usable. */
  readonly signal?: AbortSignal;
  /** Where the query was asked for, for the stack of its errors. Default: where `run` is called. */
  readonly site?: CallSite;
}

/**
 * One connection to a server: requests go out in the order of the calls, all requests of one tick in one write.
 *
 * A request that fails rejects with a `Neo4jError`; those sent behind it reject with the same error, since the server
 * ignores them. The connection itself stays usable: the next request sends RESET first. What a lost connection was to do
 * rejects with `ServiceUnavailable` (or `SessionExpired` with a `neo4j` scheme), a lost COMMIT with `IncompleteCommit`.
 */
export interface Connection {
  readonly version: BoltVersion;
  readonly server: ServerIdentity;
  /** The server's name for this connection, such as `bolt-61`. */
  readonly id: string;
  readonly hints: bolt.Hints;
  /** The server's state after the last answer. */
  readonly state: State;
  /** Whether requests can be made: neither closed nor lost. */
  readonly isOpen: boolean;
  /** Whether it could do new work at once: open, READY, and nothing under way. */
  readonly isIdle: boolean;
  /** In ms, by the injected clock (else Unix time). */
  readonly createdAt: number;
  /** When something was last sent or received, in ms. */
  readonly lastUsedAt: number;
  readonly codec: Codec;
  /** RUN and PULL in one write. Outside a transaction `extra` configures one; inside, leave it out. */
  run(
    query: string,
    parameters?: Readonly<Record<string, unknown>>,
    extra?: bolt.TransactionExtra,
    options?: RunOptions,
  ): ResultStream;
  /** @param site where the transaction was asked for, for the stack of its errors. Default: where this is called. */
  begin(extra?: bolt.TransactionExtra, site?: CallSite): Promise<bolt.BeginSuccess>;
  /** @param site as of {@link begin}. */
  commit(site?: CallSite): Promise<bolt.CommitSuccess>;
  /** Rolls back; after a failure in the transaction by RESET, since the server has already undone it. `site` as of {@link begin}. */
  rollback(site?: CallSite): Promise<void>;
  /** Interrupts what runs, and brings the server back to READY: an open transaction is rolled back. */
  reset(): Promise<void>;
  route(
    routing?: Readonly<Record<string, string>>,
    bookmarks?: readonly string[],
    extra?: bolt.RouteExtra,
  ): Promise<bolt.RoutingTableData>;
  /** Reports the use of an API, if the server asks for it and it isn't disabled; else it resolves without sending. */
  telemetry(api: number): Promise<void>;
  /** Authenticates after {@link logoff}. A refused token closes the connection. Needs Bolt 5.1. */
  logon(auth: AuthToken): Promise<void>;
  /** Ends the authentication. Needs Bolt 5.1. */
  logoff(): Promise<void>;
  /** Says GOODBYE and closes. What is still under way rejects. */
  close(): Promise<void>;
  /** The same as {@link close}. */
  goodbye(): Promise<void>;
  /** Closes at once, without a word; what is under way rejects with `error`. */
  destroy(error?: Error): void;
  [Symbol.asyncDispose](): Promise<void>;
}
