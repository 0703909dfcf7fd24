// Generated from spec/fulgur/bolt/v1 by codegen. Edit the spec, then run `pnpm run generate`.

/** The states of a server's side of a connection. */
export const states = [
  /** The handshake is done: HELLO is next. */
  "NEGOTIATION",
  /** Nobody is logged on: LOGON is next. */
  "AUTHENTICATION",
  /** Waits for a query or a transaction. */
  "READY",
  /** The result of a query with its own transaction is open. */
  "STREAMING",
  /** An explicit transaction is open, and no result of it. */
  "TX_READY",
  /** An explicit transaction is open, and at least one result of it. */
  "TX_STREAMING",
  /** A request failed: RESET is next. */
  "FAILED",
  /** The connection is closed. */
  "DEFUNCT",
] as const;

/** A state of the server's side of a connection. */
export type State = (typeof states)[number];

/** What a SUCCESS said, where a move depends on it. */
export type Outcome = "hasMore" | "final" | "finalOthersOpen";

/** A range of versions, both ends included, possibly bound to a patch. Several are alternatives; none: always. */
export interface When {
  readonly since?: number;
  readonly until?: number;
  readonly patch?: string;
  readonly unlessPatch?: string;
}

/** Where a SUCCESS to a request leads. */
export interface Move {
  readonly request: string;
  readonly from: readonly State[];
  readonly to: State;
  /** Absent: any SUCCESS. */
  readonly outcome?: Outcome;
  readonly on: readonly When[];
}

/** Every move. */
export const moves: readonly Move[] = [
  {
    request: "GOODBYE",
    from: ["NEGOTIATION", "AUTHENTICATION", "READY", "STREAMING", "TX_READY", "TX_STREAMING", "FAILED"],
    to: "DEFUNCT",
    on: [],
  },
  { request: "HELLO", from: ["NEGOTIATION"], to: "READY", on: [{ until: 0x0500 }] },
  { request: "HELLO", from: ["NEGOTIATION"], to: "AUTHENTICATION", on: [{ since: 0x0501 }] },
  { request: "LOGON", from: ["AUTHENTICATION"], to: "READY", on: [{ since: 0x0501 }] },
  { request: "LOGOFF", from: ["READY"], to: "AUTHENTICATION", on: [{ since: 0x0501 }] },
  { request: "PULL", from: ["STREAMING"], to: "STREAMING", outcome: "hasMore", on: [] },
  { request: "PULL", from: ["STREAMING"], to: "READY", outcome: "final", on: [] },
  { request: "PULL", from: ["TX_STREAMING"], to: "TX_STREAMING", outcome: "hasMore", on: [] },
  { request: "PULL", from: ["TX_STREAMING"], to: "TX_READY", outcome: "final", on: [] },
  { request: "PULL", from: ["TX_STREAMING"], to: "TX_STREAMING", outcome: "finalOthersOpen", on: [] },
  { request: "DISCARD", from: ["STREAMING"], to: "STREAMING", outcome: "hasMore", on: [] },
  { request: "DISCARD", from: ["STREAMING"], to: "READY", outcome: "final", on: [] },
  { request: "DISCARD", from: ["TX_STREAMING"], to: "TX_STREAMING", outcome: "hasMore", on: [] },
  { request: "DISCARD", from: ["TX_STREAMING"], to: "TX_READY", outcome: "final", on: [] },
  { request: "DISCARD", from: ["TX_STREAMING"], to: "TX_STREAMING", outcome: "finalOthersOpen", on: [] },
  { request: "RESET", from: ["READY", "STREAMING", "TX_READY", "TX_STREAMING", "FAILED"], to: "READY", on: [] },
  { request: "ROUTE", from: ["READY"], to: "READY", on: [] },
  { request: "TELEMETRY", from: ["READY"], to: "READY", on: [{ since: 0x0504 }] },
  { request: "RUN", from: ["READY"], to: "STREAMING", on: [] },
  { request: "RUN", from: ["TX_READY", "TX_STREAMING"], to: "TX_STREAMING", on: [] },
  { request: "BEGIN", from: ["READY"], to: "TX_READY", on: [] },
  { request: "COMMIT", from: ["TX_READY", "TX_STREAMING"], to: "READY", on: [] },
  { request: "ROLLBACK", from: ["TX_READY", "TX_STREAMING"], to: "READY", on: [] },
];

/** Where a request is answered by IGNORED. */
export const ignoredIn: { readonly [request: string]: readonly State[] } = {
  PULL: ["FAILED"],
  DISCARD: ["FAILED"],
  ROUTE: ["FAILED"],
  TELEMETRY: ["FAILED"],
  RUN: ["FAILED"],
  COMMIT: ["FAILED"],
  ROLLBACK: ["FAILED"],
};

/**
 * Where a request is answered by FAILURE and the connection stays open. In a state that is named nowhere the server
 * answers FAILURE and closes.
 */
export const refusedIn: { readonly [request: string]: readonly State[] } = {
  HELLO: ["AUTHENTICATION"],
  PULL: ["TX_READY"],
  DISCARD: ["TX_READY"],
};
