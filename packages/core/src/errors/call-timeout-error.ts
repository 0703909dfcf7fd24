import { brandErrorClass, DriverError, type ErrorDetails } from "@fulgur/neo4j-types";

/** What a call spent its time on, in milliseconds. */
export interface TimeSpent {
  /** Waiting for a connection: one that comes free, or a new one; a routing table where one was needed. */
  readonly acquire: number;
  /** While a connection was at work for it. */
  readonly run: number;
  /** Between two attempts. */
  readonly wait: number;
}

/**
 * A call took longer than its `totalTimeout`. What it had begun was rolled back; where that isn't sure, because COMMIT was on its way, there
 * is an IncompleteCommit with this as its `cause` instead. Not retryable: the time is over.
 */
export class CallTimeoutError extends DriverError {
  /** The limit, in milliseconds. */
  readonly totalTimeout: number;
  readonly spent: TimeSpent;

  static {
    brandErrorClass(CallTimeoutError, "CallTimeoutError");
  }

  constructor(message: string, details: ErrorDetails & { readonly totalTimeout: number; readonly spent: TimeSpent }) {
    super(message, details);
    this.totalTimeout = details.totalTimeout;
    this.spent = details.spent;
  }
}
