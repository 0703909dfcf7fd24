import type { bolt } from "@fulgur/neo4j-codec";
import { type DiagnosticRecord, Neo4jError } from "@fulgur/neo4j-types";
import { findPosition, withCaret } from "./position.ts";
import { ruleOf } from "./rules.ts";
import {
  AuthError,
  ClientError,
  ConstraintError,
  CypherSyntaxError,
  CypherTypeError,
  DatabaseError,
  DatabaseUnavailable,
  Forbidden,
  ForbiddenOnReadOnlyDatabase,
  NotALeader,
  TokenExpired,
  TransientError,
} from "./server-errors.ts";

type ErrorClass = new (message: string, details: ConstructorParameters<typeof ClientError>[1]) => Neo4jError;

/** The classes by the names that the spec's rules use. */
const classes: Readonly<Record<string, ErrorClass>> = {
  AuthError,
  ClientError,
  ConstraintError,
  CypherSyntaxError,
  CypherTypeError,
  DatabaseError,
  DatabaseUnavailable,
  Forbidden,
  ForbiddenOnReadOnlyDatabase,
  NotALeader,
  TokenExpired,
  TransientError,
};

/** What a server says about one link of a chain of errors. */
interface Link {
  readonly message?: string | undefined;
  readonly gqlStatus?: string | undefined;
  readonly description?: string | undefined;
  readonly diagnosticRecord?: DiagnosticRecord | undefined;
  readonly cause?: Link | undefined;
}

/**
 * The error that a FAILURE means: its class, code and retry flag by the rules of the spec, the chain of GQL causes
 * as `cause`, and for a mistake in the query's text its place with a caret under it. (ERR-05 to ERR-17, ERR-35)
 *
 * @param metadata the FAILURE's metadata in API form (`codec.readMetadata("FailureMetadata", raw)`).
 * @param query the text that the failed request sent. At most one line of it is shown, and never a parameter.
 */
export function errorFromFailure(metadata: bolt.FailureMetadata, query?: string): Neo4jError {
  const { code, message, gqlStatus, description, diagnosticRecord, cause } = metadata;
  const rule = ruleOf(code);
  const errorClass = classes[rule.errorClass ?? rule.code.split(".")[1] ?? ""] ?? DatabaseError;
  const position = findPosition(metadata);
  return new errorClass(withCaret(message, position, query), {
    code: rule.code,
    gqlStatus,
    gqlStatusDescription: description,
    diagnosticRecord,
    cause: cause === undefined ? undefined : errorFromCause(cause),
    position,
  });
}

/** A link of the chain: it has a GQL status, but no code of its own. */
function errorFromCause(link: Link): Neo4jError {
  return new Neo4jError(link.message ?? link.description ?? "", {
    gqlStatus: link.gqlStatus,
    gqlStatusDescription: link.description,
    diagnosticRecord: link.diagnosticRecord,
    cause: link.cause === undefined ? undefined : errorFromCause(link.cause),
  });
}
