// Generated from spec/fulgur/bolt/v1 by codegen. Edit the spec, then run `pnpm run generate`.

import { any, boolean, float, integer, list, map, mapTablesOf, messagesOf, string, table } from "../table-rows.ts";
import type { MapTable, MessageTable } from "../tables.ts";

/** Which part of a driver's API an application used. */
export const telemetryApi = {
  /** A function that the driver runs again when that may help. */
  MANAGED_TRANSACTION: 0,
  /** A transaction that the application begins and commits. */
  UNMANAGED_TRANSACTION: 1,
  /** A query with its own transaction, in a session. */
  AUTO_COMMIT: 2,
  /** A query that the driver runs by itself. */
  EXECUTE_QUERY: 3,
} as const;
export type TelemetryApi = (typeof telemetryApi)[keyof typeof telemetryApi];

/**
 * How a client proves who it is. Which entries there are depends on the scheme; what a scheme lacks is left out, not
 * null.
 */
export interface Auth {
  /** `none`, `basic`, `bearer`, `kerberos`, or the name of a scheme that a plugin of the server knows. */
  readonly scheme: string;
  /** Who it is: the user's name; empty for `kerberos`, absent for `bearer`. */
  readonly principal?: string | undefined;
  /** The proof: a password, a token, a ticket in base64. */
  readonly credentials?: string | undefined;
  /** Which of the server's auth providers is asked. */
  readonly realm?: string | undefined;
  /** What else a scheme of a plugin wants. */
  readonly parameters?: { readonly [key: string]: unknown } | undefined;
}

/** What went wrong. */
export interface FailureMetadata {
  /**
   * The error's code: `Neo`, a class, a category and a title with dots between. Unlike the GQL status it says how to
   * treat the error.
   */
  readonly code: string;
  /** What happened, for people. Programs must not depend on its wording. */
  readonly message: string;
  /** The GQL status of the error: five characters. */
  readonly gqlStatus: string;
  /** What `gql_status` means, in words. */
  readonly description: string;
  /** More about it: the keys of DiagnosticRecord, and any others. */
  readonly diagnosticRecord: { readonly [key: string]: unknown };
  /** What led to it. */
  readonly cause?: FailureCause | undefined;
}

/** What led to a failure, and in turn to that, to any depth. It has no code of Neo4j's. */
export interface FailureCause {
  /** What happened, for people. */
  readonly message: string;
  /** The GQL status: five characters. */
  readonly gqlStatus: string;
  /** What `gql_status` means, in words. */
  readonly description: string;
  /** More about it: the keys of DiagnosticRecord, and any others. */
  readonly diagnosticRecord: { readonly [key: string]: unknown };
  /** What led to it. */
  readonly cause?: FailureCause | undefined;
}

/** The driver's own name and surroundings; an entry that isn't known is left out, never null. */
export interface BoltAgent {
  /** The driver and its version, such as `fulgur/1.0.0`. */
  readonly product: string;
  /** The operating system. */
  readonly platform?: string | undefined;
  /** The programming language and its version. */
  readonly language?: string | undefined;
  /** The runtime and its version. */
  readonly languageDetails?: string | undefined;
}

/** What HELLO says. The whole message may have at most 8192 bytes, as LOGON. */
export interface HelloExtra {
  /** The application and its version, such as `orders/2.1`. */
  readonly userAgent: string;
  /** Who connects, where HELLO logs on; later versions have LOGON. */
  readonly auth?: Auth | undefined;
  /** Changes to the protocol that the client asks for: `utc`. */
  readonly patchBolt?: readonly string[] | undefined;
  /** The routing context: the address and the query of the URI; null or absent asks the server not to route. */
  readonly routing?: { readonly [key: string]: string } | null | undefined;
  /** The least severe notifications wanted: `OFF`, `WARNING` or `INFORMATION`; absent leaves it to the server. */
  readonly notificationsMinimumSeverity?: string | undefined;
  /**
   * The kinds of notifications that aren't wanted: `HINT`, `UNRECOGNIZED`, `UNSUPPORTED`, `PERFORMANCE`, `DEPRECATION`,
   * `GENERIC`, `SECURITY`, `TOPOLOGY`, `SCHEMA`.
   */
  readonly notificationsDisabledClassifications?: readonly string[] | undefined;
  /** What the driver is; applications can't change it. */
  readonly boltAgent: BoltAgent;
}

/** What the server says of itself. */
export interface HelloSuccess {
  /** The product and its version, such as `Neo4j/5.26.0`. */
  readonly server: string;
  /** The connection's name in the server's logs. */
  readonly connectionId: string;
  /** What the server advises for this connection; may be absent. */
  readonly hints?: Hints | undefined;
  /** Those of the patches asked for that are in force from now on; absent if none. */
  readonly patchBolt?: readonly string[] | undefined;
  /** The version in use, such as `6.1`; present if a manifest was used. */
  readonly protocolVersion?: string | undefined;
  /** The credentials are right, but too old to be used. */
  readonly credentialsExpired?: boolean | undefined;
}

/** Advice from the server that holds as long as the connection does. Unknown hints are to be ignored. */
export interface Hints {
  /**
   * A server that is silent for longer while an answer is due is lost; NOOPs count as sound. Not positive: no such
   * limit. In seconds.
   */
  readonly connectionRecvTimeoutSeconds?: number | bigint | undefined;
  /** The server wants TELEMETRY. */
  readonly telemetryEnabled: boolean;
  /** The server routes requests that reach the wrong member of its cluster. */
  readonly ssrEnabled: boolean;
}

/** What the server says to a user who logged on. */
export interface LogonSuccess {
  /** The address under which the server wants to be reached. */
  readonly advertisedAddress?: string | undefined;
  /** The credentials are right, but too old to be used. */
  readonly credentialsExpired?: boolean | undefined;
}

/** A place in a query's text. */
export interface Position {
  /** Characters before it. */
  readonly offset: number | bigint;
  /** Its line, counted from 1. */
  readonly line: number | bigint;
  /** Its column, counted from 1. */
  readonly column: number | bigint;
}

/** A remark of the server about a query. From 5.6 on a status says it. */
export interface Notification {
  /** What it is about, such as `Neo.ClientNotification.Statement.CartesianProduct`. */
  readonly code?: string | undefined;
  /** One line for people. */
  readonly title?: string | undefined;
  /** Some sentences for people. */
  readonly description?: string | undefined;
  /** `WARNING` or `INFORMATION`. */
  readonly severity?: string | undefined;
  /** The kind of remark, such as `PERFORMANCE`; old servers have none. */
  readonly category?: string | undefined;
  /** The part of the query that it is about. */
  readonly position?: Position | undefined;
}

/**
 * One operator of a query's plan, and those that feed it. The names are the wire's own, which here are in camel case.
 */
export interface Plan {
  /** The operator, such as `ProduceResults@neo4j`. */
  readonly operatorType: string;
  /** The variables that it passes on. */
  readonly identifiers?: readonly string[] | undefined;
  /** What it works with; at the root also the planner, the runtime and their versions. */
  readonly args?: { readonly [key: string]: unknown } | undefined;
  /** The operators that feed it; absent for a leaf. */
  readonly children?: readonly Plan[] | undefined;
}

/** One operator of a query's plan, and what it cost. */
export interface Profile {
  /** The operator, such as `ProduceResults@neo4j`. */
  readonly operatorType: string;
  /** The variables that it passes on. */
  readonly identifiers?: readonly string[] | undefined;
  /** What it works with; at the root also the planner, the runtime and their versions. */
  readonly args?: { readonly [key: string]: unknown } | undefined;
  /** The operators that feed it; absent for a leaf. */
  readonly children?: readonly Profile[] | undefined;
  /** How often it asked the storage for something. */
  readonly dbHits?: number | bigint | undefined;
  /** How many rows it passed on. */
  readonly rows?: number | bigint | undefined;
  /** How often the storage had a page in memory. */
  readonly pageCacheHits?: number | bigint | undefined;
  /** How often the storage had to read a page. */
  readonly pageCacheMisses?: number | bigint | undefined;
  /** The hits' share of hits and misses, from 0 to 1. */
  readonly pageCacheHitRatio?: number | undefined;
  /** How long it worked; only some runtimes measure it. In nanoseconds. */
  readonly time?: number | bigint | undefined;
}

/** How many rows of which result. */
export interface PullExtra {
  /** The number of rows, at least 1; -1 is all that are left. */
  readonly n: number | bigint;
  /** The result's number in an explicit transaction; -1 is the latest RUN's. */
  readonly qid?: number | bigint | undefined;
}

/**
 * What follows the rows of a PULL or DISCARD: either that there are more, and nothing else, or the summary of the whole
 * result.
 */
export interface PullSuccess {
  /** There are more rows: pull again. */
  readonly hasMore: boolean;
  /** What CommitSuccess has as well, for a query that had its own transaction. */
  readonly bookmark?: string | undefined;
  /** The database that ran the query. */
  readonly db?: string | undefined;
  /** `r` if the query only read, `w` if it only wrote, `rw` for both, `s` if it changed the schema. */
  readonly type?: string | undefined;
  /** How long it took to use the result up. In milliseconds. */
  readonly tLast?: number | bigint | undefined;
  /** What was changed; absent if nothing was. */
  readonly stats?: Stats | undefined;
  /** How the query would be run; only for EXPLAIN. */
  readonly plan?: Plan | undefined;
  /** How the query was run; only for PROFILE. */
  readonly profile?: Profile | undefined;
  /** What the server has to remark; absent if nothing. */
  readonly notifications?: readonly Notification[] | undefined;
  /** How it went, in GQL's terms, and what the server has to remark. */
  readonly statuses?: readonly Status[] | undefined;
}

/** Whose routing table. */
export interface RouteExtra {
  /** The database's name; null or absent is the user's home database. */
  readonly db?: string | null | undefined;
  /** The user in whose name it is asked. */
  readonly impUser?: string | undefined;
}

/** The servers of one role. */
export interface RoutingServer {
  /** `ROUTE`, `READ` or `WRITE`. */
  readonly role: string;
  /** Host and port of each. */
  readonly addresses: readonly string[];
}

/** Which servers serve a database, in which role, and for how long this holds. */
export interface RoutingTableData {
  /** The table is good for this long after it came. In seconds. */
  readonly ttl: number | bigint;
  /** One entry for each role, in any order. */
  readonly servers: readonly RoutingServer[];
  /** The database: as it was asked for, or the home database's name if none was. */
  readonly db?: string | undefined;
}

/** The answer to ROUTE. */
export interface RouteSuccess {
  /** The routing table. */
  readonly rt: RoutingTableData;
}

/** What a query changed. A counter that isn't there is zero. */
export interface Stats {
  /** Data or schema was changed. */
  readonly containsUpdates: boolean;
  /** The system database was changed: users, roles, databases. */
  readonly containsSystemUpdates: boolean;
  /** Nodes created. */
  readonly nodesCreated: number | bigint;
  /** Nodes deleted. */
  readonly nodesDeleted: number | bigint;
  /** Relationships created. */
  readonly relationshipsCreated: number | bigint;
  /** Relationships deleted. */
  readonly relationshipsDeleted: number | bigint;
  /** Properties set or removed. */
  readonly propertiesSet: number | bigint;
  /** Labels added to nodes. */
  readonly labelsAdded: number | bigint;
  /** Labels removed from nodes. */
  readonly labelsRemoved: number | bigint;
  /** Indexes created. */
  readonly indexesAdded: number | bigint;
  /** Indexes dropped. */
  readonly indexesRemoved: number | bigint;
  /** Constraints created. */
  readonly constraintsAdded: number | bigint;
  /** Constraints dropped. */
  readonly constraintsRemoved: number | bigint;
  /** Changes to the system database. */
  readonly systemUpdates: number | bigint;
}

/** How a query went, in GQL's terms. One with a code of Neo4j's own is a notification, too. */
export interface Status {
  /** Five characters: `00` success, `01` a warning, `02` no data, `03` information, each with a detail. */
  readonly gqlStatus: string;
  /** What `gql_status` means, in words. */
  readonly statusDescription: string;
  /** What it is about, such as `Neo.ClientNotification.Statement.CartesianProduct`; only for notifications. */
  readonly neo4jCode?: string | undefined;
  /** One line for people; only for notifications. */
  readonly title?: string | undefined;
  /** Some sentences for people; only for notifications. */
  readonly description?: string | undefined;
  /** More about it: the keys of DiagnosticRecord, and any others. */
  readonly diagnosticRecord: { readonly [key: string]: unknown };
}

/**
 * The keys of a diagnostic record that have a known meaning. There may be others, so the record itself is kept as it
 * came.
 */
export interface DiagnosticRecord {
  /** The GQL operation. */
  readonly operation: string;
  /** The GQL operation's code. */
  readonly operationCode: string;
  /** The schema in use. */
  readonly currentSchema: string;
  /**
   * A status: the kind of remark, such as `PERFORMANCE`. A failure: `CLIENT_ERROR`, `DATABASE_ERROR` or
   * `TRANSIENT_ERROR`.
   */
  readonly classification?: string | undefined;
  /** `WARNING` or `INFORMATION`. */
  readonly severity?: string | undefined;
  /** The part of the query that it is about. */
  readonly position?: Position | undefined;
  /** A failure that left nothing behind: the same request may be sent again at once. */
  readonly idempotent?: boolean | undefined;
}

/** What a transaction is to be like. A RUN inside an explicit transaction sends none of it. */
export interface TransactionExtra {
  /** Bookmarks of the transactions whose effects must be visible to this one. */
  readonly bookmarks?: readonly string[] | undefined;
  /**
   * After this time the server ends the transaction; 0 is no limit; absent leaves it to the server. In milliseconds.
   */
  readonly txTimeout?: number | bigint | undefined;
  /** What the server's list of transactions and its query log say about the transaction. */
  readonly txMetadata?: { readonly [key: string]: unknown } | undefined;
  /** `r` if it only reads, `w` if it may write. */
  readonly mode?: string | undefined;
  /** The database's name; null or absent is the user's home database. */
  readonly db?: string | null | undefined;
  /** The user in whose name it runs. */
  readonly impUser?: string | undefined;
  /** The least severe notifications wanted: `OFF`, `WARNING` or `INFORMATION`; absent is what HELLO said. */
  readonly notificationsMinimumSeverity?: string | undefined;
  /** The kinds of notifications that aren't wanted; absent is what HELLO said, and an empty list disables none. */
  readonly notificationsDisabledClassifications?: readonly string[] | undefined;
}

/** What is known of a result before its first row. */
export interface RunSuccess {
  /** The names of the columns, in the order of each row's values. Neo4j always says them. */
  readonly fields: readonly string[];
  /** How long it took until the result was available. In milliseconds. */
  readonly tFirst?: number | bigint | undefined;
  /** The result's number in an explicit transaction: 0, 1, 2 and so on. */
  readonly qid?: number | bigint | undefined;
  /** The database that was chosen, if a query with its own transaction named none. */
  readonly db?: string | undefined;
}

/** What is known of a transaction when it opens. */
export interface BeginSuccess {
  /** The database that was chosen, if BEGIN named none. */
  readonly db?: string | undefined;
}

/** What a committed transaction leaves. */
export interface CommitSuccess {
  /** Names the database's state after the transaction; to be given to those who must see its effects. */
  readonly bookmark?: string | undefined;
}

/**
 * Says that the client closes the connection. Whatever comes after it is to be thrown away; the server may send one
 * more SUCCESS.
 */
export interface Goodbye {
  readonly type: "GOODBYE";
}

/** Opens the conversation. A FAILURE to it ends the connection. */
export interface Hello {
  readonly type: "HELLO";
  /** What the client is and wants. */
  readonly extra: HelloExtra;
}

/** Says who the user is, for this connection until LOGOFF. A FAILURE to it ends the connection. */
export interface Logon {
  readonly type: "LOGON";
  /** Who the user is. */
  readonly auth: Auth;
}

/** Forgets the user, so that another may log on. */
export interface Logoff {
  readonly type: "LOGOFF";
}

/** Asks for rows: a RECORD for each, then SUCCESS. */
export interface Pull {
  readonly type: "PULL";
  /** How many rows of which result. */
  readonly extra: PullExtra;
}

/** Throws rows away: SUCCESS without a RECORD. */
export interface Discard {
  readonly type: "DISCARD";
  /** How many rows of which result. */
  readonly extra: PullExtra;
}

/**
 * Brings the connection back to READY: stops what runs, rolls back what is open and forgets what failed. It overtakes
 * requests that wait.
 */
export interface Reset {
  readonly type: "RESET";
}

/** The request was done. */
export interface Success {
  readonly type: "SUCCESS";
  /** What there is to say: the keys that the request's `success` names. */
  readonly metadata: { readonly [key: string]: unknown };
}

/** One row of a result; sent after PULL, before its SUCCESS. */
export interface Record {
  readonly type: "RECORD";
  /** The row's values, one for each column. */
  readonly data: readonly unknown[];
}

/** The request was not looked at, because an earlier one failed or a RESET is waiting. */
export interface Ignored {
  readonly type: "IGNORED";
}

/** The request failed. If the connection stays open, requests are answered IGNORED until RESET. */
export interface Failure {
  readonly type: "FAILURE";
  /** What went wrong: the keys of FailureMetadata. */
  readonly metadata: { readonly [key: string]: unknown };
}

/** Asks which servers serve a database. */
export interface Route {
  readonly type: "ROUTE";
  /** The routing context that HELLO had; may be empty, not null. */
  readonly routing: { readonly [key: string]: string };
  /** Bookmarks of the transactions whose effects must be visible, such as the database's creation. */
  readonly bookmarks: readonly string[];
  /** Whose routing table. */
  readonly extra: RouteExtra;
}

/** Says which part of the API the next request comes from. Sent only where the server's hint wants it. */
export interface Telemetry {
  readonly type: "TELEMETRY";
  /** A number of TelemetryApi. */
  readonly api: number | bigint;
}

/** Starts a query: in a transaction of its own, or in the explicit one that is open. Its rows wait for PULL. */
export interface Run {
  readonly type: "RUN";
  /** The text in Cypher. */
  readonly query: string;
  /** The parameters by name, without the dollar sign. */
  readonly parameters: { readonly [key: string]: unknown };
  /** What the query's own transaction is to be like; empty inside an explicit transaction. */
  readonly extra: TransactionExtra;
}

/** Opens an explicit transaction. */
export interface Begin {
  readonly type: "BEGIN";
  /** What the transaction is to be like. */
  readonly extra: TransactionExtra;
}

/** Makes the open transaction's changes last. Open results are dropped. */
export interface Commit {
  readonly type: "COMMIT";
}

/** Undoes the open transaction. Open results are dropped. */
export interface Rollback {
  readonly type: "ROLLBACK";
}

/** What a client sends. */
export type Request = Goodbye | Hello | Logon | Logoff | Pull | Discard | Reset | Route | Telemetry | Run | Begin | Commit | Rollback;

/** What a server sends. */
export type Response = Success | Record | Ignored | Failure;

/** The declared maps by name. */
export interface MapTypes {
  readonly Auth: Auth;
  readonly FailureMetadata: FailureMetadata;
  readonly FailureCause: FailureCause;
  readonly BoltAgent: BoltAgent;
  readonly HelloExtra: HelloExtra;
  readonly HelloSuccess: HelloSuccess;
  readonly Hints: Hints;
  readonly LogonSuccess: LogonSuccess;
  readonly Position: Position;
  readonly Notification: Notification;
  readonly Plan: Plan;
  readonly Profile: Profile;
  readonly PullExtra: PullExtra;
  readonly PullSuccess: PullSuccess;
  readonly RouteExtra: RouteExtra;
  readonly RoutingServer: RoutingServer;
  readonly RoutingTableData: RoutingTableData;
  readonly RouteSuccess: RouteSuccess;
  readonly Stats: Stats;
  readonly Status: Status;
  readonly DiagnosticRecord: DiagnosticRecord;
  readonly TransactionExtra: TransactionExtra;
  readonly RunSuccess: RunSuccess;
  readonly BeginSuccess: BeginSuccess;
  readonly CommitSuccess: CommitSuccess;
}

/** What SUCCESS says in answer to a request, by the request's name. */
export interface SuccessTypes {
  readonly HELLO: HelloSuccess;
  readonly LOGON: LogonSuccess;
  readonly LOGOFF: { readonly [key: string]: unknown };
  readonly PULL: PullSuccess;
  readonly DISCARD: PullSuccess;
  readonly RESET: { readonly [key: string]: unknown };
  readonly ROUTE: RouteSuccess;
  readonly TELEMETRY: { readonly [key: string]: unknown };
  readonly RUN: RunSuccess;
  readonly BEGIN: BeginSuccess;
  readonly COMMIT: CommitSuccess;
  readonly ROLLBACK: { readonly [key: string]: unknown };
}

/** Every message of every version. */
export const messages: readonly MessageTable[] = /* @__PURE__ */ messagesOf([
  ["GOODBYE", 0x02, "request", [], { unanswered: true }],
  ["HELLO", 0x01, "request", [["extra", table("HelloExtra")]], { success: "HelloSuccess" }],
  ["LOGON", 0x6a, "request", [["auth", table("Auth")]], { on: [{ since: 0x0501 }], success: "LogonSuccess" }],
  ["LOGOFF", 0x6b, "request", [], { on: [{ since: 0x0501 }] }],
  ["PULL", 0x3f, "request", [["extra", table("PullExtra")]], { success: "PullSuccess" }],
  ["DISCARD", 0x2f, "request", [["extra", table("PullExtra")]], { success: "PullSuccess" }],
  ["RESET", 0x0f, "request", []],
  ["SUCCESS", 0x70, "response", [["metadata", map(any)]]],
  ["RECORD", 0x71, "response", [["data", list(any)]]],
  ["IGNORED", 0x7e, "response", []],
  ["FAILURE", 0x7f, "response", [["metadata", map(any)]]],
  [
    "ROUTE",
    0x66,
    "request",
    [["routing", map(string)], ["bookmarks", list(string)], ["extra", table("RouteExtra")]],
    { success: "RouteSuccess" },
  ],
  ["TELEMETRY", 0x54, "request", [["api", integer]], { on: [{ since: 0x0504 }] }],
  [
    "RUN",
    0x10,
    "request",
    [["query", string], ["parameters", map(any), { secret: true }], ["extra", table("TransactionExtra")]],
    { success: "RunSuccess" },
  ],
  ["BEGIN", 0x11, "request", [["extra", table("TransactionExtra")]], { success: "BeginSuccess" }],
  ["COMMIT", 0x12, "request", [], { success: "CommitSuccess" }],
  ["ROLLBACK", 0x13, "request", []],
]);

/** Every map with declared keys, by name. */
export const mapTables: { readonly [name: string]: MapTable } = /* @__PURE__ */ mapTablesOf({
  Auth: [
    ["scheme", string, { required: true }],
    ["principal", string, { optional: true }],
    ["credentials", string, { optional: true, secret: true }],
    ["realm", string, { optional: true }],
    ["parameters", map(any), { secret: true }],
  ],
  FailureMetadata: [
    ["code", string, { on: [{ until: 0x0506 }], defaultValue: "Neo.DatabaseError.General.UnknownError" }],
    [
      "code",
      string,
      { key: "neo4j_code", on: [{ since: 0x0507 }], defaultValue: "Neo.DatabaseError.General.UnknownError" },
    ],
    ["message", string, { defaultValue: "An unknown error occurred" }],
    ["gqlStatus", string, { on: [{ since: 0x0507 }], defaultValue: "50N42" }],
    ["description", string, { on: [{ since: 0x0507 }], missing: "generalProcessingException" }],
    ["diagnosticRecord", map(any), { on: [{ since: 0x0507 }], missing: "diagnosticRecord" }],
    ["cause", table("FailureCause"), { on: [{ since: 0x0507 }] }],
  ],
  FailureCause: [
    ["message", string, { defaultValue: "An unknown error occurred" }],
    ["gqlStatus", string, { defaultValue: "50N42" }],
    ["description", string, { missing: "generalProcessingException" }],
    ["diagnosticRecord", map(any), { missing: "diagnosticRecord" }],
    ["cause", table("FailureCause")],
  ],
  BoltAgent: [
    ["product", string, { required: true }],
    ["platform", string, { optional: true }],
    ["language", string, { optional: true }],
    ["languageDetails", string, { optional: true }],
  ],
  HelloExtra: [
    ["userAgent", string, { required: true }],
    ["auth", table("Auth"), { on: [{ until: 0x0500 }], flatten: true }],
    ["patchBolt", list(string), { on: [{ until: 0x0404 }] }],
    ["routing", map(string), { nullable: true }],
    ["notificationsMinimumSeverity", string, { on: [{ since: 0x0502 }], optional: true, refuseWhenUnavailable: true }],
    [
      "notificationsDisabledClassifications",
      list(string),
      { key: "notifications_disabled_categories", on: [{ since: 0x0502, until: 0x0504 }], refuseWhenUnavailable: true },
    ],
    ["notificationsDisabledClassifications", list(string), { on: [{ since: 0x0506 }], refuseWhenUnavailable: true }],
    ["boltAgent", table("BoltAgent"), { on: [{ since: 0x0503 }], required: true }],
  ],
  HelloSuccess: [
    ["server", string, { required: true }],
    ["connectionId", string, { required: true }],
    ["hints", table("Hints")],
    ["patchBolt", list(string), { on: [{ until: 0x0404 }] }],
    ["protocolVersion", string, { optional: true }],
    ["credentialsExpired", boolean, { on: [{ until: 0x0500 }], optional: true }],
  ],
  Hints: [
    ["connectionRecvTimeoutSeconds", integer, { key: "connection.recv_timeout_seconds", optional: true, unit: "s" }],
    [
      "telemetryEnabled",
      boolean,
      { key: "telemetry.enabled", on: [{ since: 0x0504 }], optional: true, defaultValue: false },
    ],
    ["ssrEnabled", boolean, { key: "ssr.enabled", on: [{ since: 0x0508 }], optional: true, defaultValue: false }],
  ],
  LogonSuccess: [
    ["advertisedAddress", string, { on: [{ since: 0x0508 }], optional: true }],
    ["credentialsExpired", boolean, { optional: true }],
  ],
  Position: [
    ["offset", integer],
    ["line", integer],
    ["column", integer],
  ],
  Notification: [
    ["code", string, { optional: true }],
    ["title", string, { optional: true }],
    ["description", string, { optional: true }],
    ["severity", string, { optional: true }],
    ["category", string, { optional: true }],
    ["position", table("Position")],
  ],
  Plan: [
    ["operatorType", string, { key: "operatorType" }],
    ["identifiers", list(string)],
    ["args", map(any)],
    ["children", list(table("Plan"))],
  ],
  Profile: [
    ["operatorType", string, { key: "operatorType" }],
    ["identifiers", list(string)],
    ["args", map(any)],
    ["children", list(table("Profile"))],
    ["dbHits", integer, { key: "dbHits", optional: true }],
    ["rows", integer, { optional: true }],
    ["pageCacheHits", integer, { key: "pageCacheHits", optional: true }],
    ["pageCacheMisses", integer, { key: "pageCacheMisses", optional: true }],
    ["pageCacheHitRatio", float, { key: "pageCacheHitRatio", optional: true }],
    ["time", integer, { optional: true, unit: "ns" }],
  ],
  PullExtra: [
    ["n", integer, { required: true }],
    ["qid", integer, { optional: true, defaultValue: -1 }],
  ],
  PullSuccess: [
    ["hasMore", boolean, { optional: true, defaultValue: false }],
    ["bookmark", string, { optional: true }],
    ["db", string, { optional: true }],
    ["type", string, { optional: true }],
    ["tLast", integer, { optional: true, unit: "ms" }],
    ["stats", table("Stats")],
    ["plan", table("Plan")],
    ["profile", table("Profile")],
    ["notifications", list(table("Notification")), { on: [{ until: 0x0504 }] }],
    ["statuses", list(table("Status")), { on: [{ since: 0x0506 }] }],
  ],
  RouteExtra: [
    ["db", string, { optional: true, nullable: true }],
    ["impUser", string, { optional: true }],
  ],
  RoutingServer: [
    ["role", string, { required: true }],
    ["addresses", list(string), { required: true }],
  ],
  RoutingTableData: [
    ["ttl", integer, { required: true, unit: "s" }],
    ["servers", list(table("RoutingServer")), { required: true }],
    ["db", string, { optional: true }],
  ],
  RouteSuccess: [
    ["rt", table("RoutingTableData"), { required: true }],
  ],
  Stats: [
    ["containsUpdates", boolean, { key: "contains-updates", optional: true, missing: "containsUpdates" }],
    [
      "containsSystemUpdates",
      boolean,
      { key: "contains-system-updates", optional: true, missing: "containsSystemUpdates" },
    ],
    ["nodesCreated", integer, { key: "nodes-created", optional: true, defaultValue: 0 }],
    ["nodesDeleted", integer, { key: "nodes-deleted", optional: true, defaultValue: 0 }],
    ["relationshipsCreated", integer, { key: "relationships-created", optional: true, defaultValue: 0 }],
    ["relationshipsDeleted", integer, { key: "relationships-deleted", optional: true, defaultValue: 0 }],
    ["propertiesSet", integer, { key: "properties-set", optional: true, defaultValue: 0 }],
    ["labelsAdded", integer, { key: "labels-added", optional: true, defaultValue: 0 }],
    ["labelsRemoved", integer, { key: "labels-removed", optional: true, defaultValue: 0 }],
    ["indexesAdded", integer, { key: "indexes-added", optional: true, defaultValue: 0 }],
    ["indexesRemoved", integer, { key: "indexes-removed", optional: true, defaultValue: 0 }],
    ["constraintsAdded", integer, { key: "constraints-added", optional: true, defaultValue: 0 }],
    ["constraintsRemoved", integer, { key: "constraints-removed", optional: true, defaultValue: 0 }],
    ["systemUpdates", integer, { key: "system-updates", optional: true, defaultValue: 0 }],
  ],
  Status: [
    ["gqlStatus", string, { required: true }],
    ["statusDescription", string, { required: true }],
    ["neo4jCode", string, { optional: true }],
    ["title", string, { optional: true }],
    ["description", string, { optional: true }],
    ["diagnosticRecord", map(any), { missing: "diagnosticRecord" }],
  ],
  DiagnosticRecord: [
    ["operation", string, { key: "OPERATION", optional: true, defaultValue: "" }],
    ["operationCode", string, { key: "OPERATION_CODE", optional: true, defaultValue: "0" }],
    ["currentSchema", string, { key: "CURRENT_SCHEMA", optional: true, defaultValue: "/" }],
    ["classification", string, { key: "_classification", optional: true }],
    ["severity", string, { key: "_severity", optional: true }],
    ["position", table("Position"), { key: "_position" }],
    ["idempotent", boolean, { key: "_idempotent", optional: true }],
  ],
  TransactionExtra: [
    ["bookmarks", list(string)],
    ["txTimeout", integer, { optional: true, unit: "ms" }],
    ["txMetadata", map(any)],
    ["mode", string, { optional: true, defaultValue: "w" }],
    ["db", string, { optional: true, nullable: true }],
    ["impUser", string, { optional: true }],
    ["notificationsMinimumSeverity", string, { on: [{ since: 0x0502 }], optional: true, refuseWhenUnavailable: true }],
    [
      "notificationsDisabledClassifications",
      list(string),
      { key: "notifications_disabled_categories", on: [{ since: 0x0502, until: 0x0504 }], refuseWhenUnavailable: true },
    ],
    ["notificationsDisabledClassifications", list(string), { on: [{ since: 0x0506 }], refuseWhenUnavailable: true }],
  ],
  RunSuccess: [
    ["fields", list(string), { defaultValue: [] }],
    ["tFirst", integer, { optional: true, unit: "ms" }],
    ["qid", integer, { optional: true }],
    ["db", string, { on: [{ since: 0x0508 }], optional: true }],
  ],
  BeginSuccess: [
    ["db", string, { on: [{ since: 0x0508 }], optional: true }],
  ],
  CommitSuccess: [
    ["bookmark", string, { optional: true }],
  ],
});
