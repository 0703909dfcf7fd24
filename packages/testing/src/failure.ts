/** What kept a server from starting; a test may decide by it whether to skip or to fail. */
export type StartFailure =
  | "bad-option"
  | "java-missing"
  | "maven-missing"
  | "fetch-failed"
  | "compile-failed"
  | "start-failed"
  | "start-timeout";

/** Thrown by `startNeo4j`: the message says what happened, where, and what to do about it. */
export class Neo4jStartError extends Error {
  override readonly name = "Neo4jStartError";
  /** The kind of failure, stable for programs. */
  readonly reason: StartFailure;

  constructor(reason: StartFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
