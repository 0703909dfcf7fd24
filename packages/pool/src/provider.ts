/** What the driver sees of pool and routing: ask for a connection that fits, give it back, tell what went wrong. */
import type { AuthToken, CallSite, Connection } from "@fulgur/neo4j-core";
import type { AccessMode, RoutingTable } from "./routing/table.ts";
import type { PoolCounts } from "./shelf.ts";

export type { AccessMode };

export interface ConnectionRequest {
  /** Steers routing: WRITE goes to a writer, READ to a reader. */
  readonly mode: AccessMode;
  /** The database; absent: the user's home database. */
  readonly database?: string | undefined;
  /** What the server that answers a routing question must have seen; a function is only called when there is one to ask. */
  readonly bookmarks?: readonly string[] | (() => readonly string[] | Promise<readonly string[]>) | undefined;
  readonly impersonatedUser?: string | undefined;
  /** Who is to be logged in; absent: the driver's own user. Needs Bolt 5.1. (AUTH-26) */
  readonly auth?: AuthToken | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Tests the connection before it is handed out; "login": whether the server still lets its user in, too. */
  readonly check?: boolean | "login" | undefined;
  /** Longest wait in milliseconds, where it isn't the pool's own. */
  readonly timeout?: number | undefined;
  /** Where in the user's program the connection is wanted. */
  readonly site?: CallSite | undefined;
}

/** What of a request for a connection matters to who is asked for a routing table, and for which. */
export type TableRequest = Pick<
  ConnectionRequest,
  "database" | "impersonatedUser" | "auth" | "bookmarks" | "timeout" | "signal"
>;

/** A borrowed connection and what was found out on the way to it. */
export interface ProvidedConnection {
  readonly connection: Connection;
  /** The database's name: the one asked for, or the home database where routing had to resolve it. */
  readonly database?: string | undefined;
  /**
   * There where the home database is a guess: the work is sent without a database's name, and the name that the server answers with is to
   * be told here and used from then on. (SES-14)
   */
  readonly resolved?: ((database: string) => void) | undefined;
  /** Gives the connection back. Never rejects; a second call does nothing. */
  release(): Promise<void>;
  /**
   * Draws the consequences of an error that the connection's work met (an address forgotten, a writer that no longer is
   * one), and returns the error that the caller should see.
   */
  failed(error: unknown): unknown;
  /** What is still being done about such errors, after which they may be worth another attempt; absent: nothing. Never rejects. (AUTH-16) */
  consequences(): Promise<void> | undefined;
}

export interface ConnectionProvider {
  /** Whether a server was ever reached: it let somebody in, or said why not. Until then a failure is more likely the configuration's than the server's. */
  readonly hasConnected: boolean;
  acquire(request: ConnectionRequest): Promise<ProvidedConnection>;
  /** What is known of the servers of a database, or of the home database; nothing is asked for it. */
  routingTable(database: string | undefined): RoutingTable | undefined;
  /** Asks for a new routing table, however fresh the known one is; does nothing where nothing is routed. */
  updateRoutingTable(request: TableRequest): Promise<void>;
  /** How many connections to an address are in which place. */
  counts(address: string): PoolCounts;
  /** Closes all connections, the borrowed ones too. */
  close(): Promise<void>;
}
