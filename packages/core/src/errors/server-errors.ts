import { brandErrorClass, type ErrorDetails, Neo4jError } from "@fulgur/neo4j-types";
import { isAuthHandled, ruleOf } from "./rules.ts";

/** A place in a query's text. */
export interface InputPosition {
  /** How many characters come before it. */
  readonly offset: number;
  /** The first line is 1. */
  readonly line: number;
  /** The first column is 1. */
  readonly column: number;
}

/** The request is wrong; another one may succeed. (ERR-05) */
export class ClientError extends Neo4jError {
  /** The place in the query that it is about, if the server named one. */
  readonly position: InputPosition | undefined;

  static {
    brandErrorClass(ClientError, "ClientError");
  }

  constructor(message: string, details: ErrorDetails & { readonly position?: InputPosition | undefined } = {}) {
    super(message, details);
    this.position = details.position;
  }

  override isRetryable(): boolean {
    return isAuthHandled(this) || ruleOf(this.code).retry === "always";
  }
}

/** The query isn't Cypher. `position` and the message's last lines say where. (ERR-06) */
export class CypherSyntaxError extends ClientError {
  static {
    brandErrorClass(CypherSyntaxError, "CypherSyntaxError");
  }
}

/** A value has the wrong type. (ERR-07) */
export class CypherTypeError extends ClientError {
  static {
    brandErrorClass(CypherTypeError, "CypherTypeError");
  }
}

/** A constraint was violated. (ERR-08) */
export class ConstraintError extends ClientError {
  static {
    brandErrorClass(ConstraintError, "ConstraintError");
  }
}

/** The server doesn't accept the credentials. (ERR-09) */
export class AuthError extends ClientError {
  static {
    brandErrorClass(AuthError, "AuthError");
  }
}

/** The token was good once. (ERR-10) */
export class TokenExpired extends AuthError {
  static {
    brandErrorClass(TokenExpired, "TokenExpired");
  }
}

/** The user, or the kind of transaction, may not do this. (ERR-11) */
export class Forbidden extends ClientError {
  static {
    brandErrorClass(Forbidden, "Forbidden");
  }
}

/** The server failed. (ERR-12) */
export class DatabaseError extends Neo4jError {
  static {
    brandErrorClass(DatabaseError, "DatabaseError");
  }

  override isRetryable(): boolean {
    return ruleOf(this.code).retry === "always";
  }
}

/** The server can't do it now; the same may succeed later. Retryable. (ERR-13) */
export class TransientError extends Neo4jError {
  static {
    brandErrorClass(TransientError, "TransientError");
  }

  override isRetryable(): boolean {
    return true;
  }
}

/** The database isn't available at the moment. (ERR-14) */
export class DatabaseUnavailable extends TransientError {
  static {
    brandErrorClass(DatabaseUnavailable, "DatabaseUnavailable");
  }
}

/** A write came to a member that leads no longer. (ERR-15) */
export class NotALeader extends TransientError {
  static {
    brandErrorClass(NotALeader, "NotALeader");
  }
}

/** A write came to a member that only reads. (ERR-16) */
export class ForbiddenOnReadOnlyDatabase extends TransientError {
  static {
    brandErrorClass(ForbiddenOnReadOnlyDatabase, "ForbiddenOnReadOnlyDatabase");
  }
}
