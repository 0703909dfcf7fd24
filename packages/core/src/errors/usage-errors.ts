import { brandErrorClass, DriverError, type ErrorDetails } from "@fulgur/neo4j-types";

/** Keeps a reference to what was misused without printing it: sessions know configurations, and results know values. */
function hide(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, enumerable: false, configurable: true, writable: true });
}

/** A session was misused: used after close, or twice at once. (ERR-19) */
export class SessionError extends DriverError {
  /** The session. Not enumerable. */
  declare readonly session: unknown;

  static {
    brandErrorClass(SessionError, "SessionError");
  }

  constructor(message: string, details: ErrorDetails & { readonly session?: unknown } = {}) {
    super(message, details);
    hide(this, "session", details.session);
  }
}

/** A transaction was misused: used after it ended. (ERR-20) */
export class TransactionError extends DriverError {
  /** The transaction. Not enumerable. */
  declare readonly transaction: unknown;

  static {
    brandErrorClass(TransactionError, "TransactionError");
  }

  constructor(message: string, details: ErrorDetails & { readonly transaction?: unknown } = {}) {
    super(message, details);
    hide(this, "transaction", details.transaction);
  }
}

/** A transaction was begun where one is open already. (ERR-21) */
export class TransactionNestingError extends TransactionError {
  static {
    brandErrorClass(TransactionNestingError, "TransactionNestingError");
  }
}

/** A result was misused. (ERR-22) */
export class ResultError extends DriverError {
  /** The result. Not enumerable. */
  declare readonly result: unknown;

  static {
    brandErrorClass(ResultError, "ResultError");
  }

  constructor(message: string, details: ErrorDetails & { readonly result?: unknown } = {}) {
    super(message, details);
    hide(this, "result", details.result);
  }
}

/** A result was read that failed before, or whose transaction did; `cause` is that failure. (ERR-23) */
export class ResultFailedError extends ResultError {
  static {
    brandErrorClass(ResultFailedError, "ResultFailedError");
  }
}

/** A result was read after it was consumed, or after its transaction ended. (ERR-24) */
export class ResultConsumedError extends ResultError {
  static {
    brandErrorClass(ResultConsumedError, "ResultConsumedError");
  }
}

/** A result that was to have exactly one record has none, or several. (ERR-25) */
export class ResultNotSingleError extends ResultError {
  static {
    brandErrorClass(ResultNotSingleError, "ResultNotSingleError");
  }
}

/** A field was read that could not be decoded; `cause` says why. The record's other fields are fine. (ERR-26) */
export class BrokenRecordError extends DriverError {
  static {
    brandErrorClass(BrokenRecordError, "BrokenRecordError");
  }
}
