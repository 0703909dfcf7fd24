/** The name of Python's driver, whose errors ours has: under it the suite leaves out nothing. */
import {
  BoltProtocolError,
  type Neo4jDriverBaseError,
  ResultConsumedError,
  ResultFailedError,
  TransactionError,
} from "@fulgur/neo4j-driver";
import type { BorrowedName } from "./borrowed-name.ts";

/** Its errors that aren't ours are told by the nearest of these. */
const exceptions = new Set([
  "AuthConfigurationError",
  "AuthError",
  "BrokenRecordError",
  "CertificateConfigurationError",
  "ClientError",
  "ConfigurationError",
  "ConstraintError",
  "CypherSyntaxError",
  "CypherTypeError",
  "DatabaseError",
  "DatabaseUnavailable",
  "DriverError",
  "Forbidden",
  "ForbiddenOnReadOnlyDatabase",
  "IncompleteCommit",
  "Neo4jError",
  "NotALeader",
  "ResultConsumedError",
  "ResultError",
  "ResultFailedError",
  "ResultNotSingleError",
  "ServiceUnavailable",
  "SessionError",
  "SessionExpired",
  "TokenExpired",
  "TransactionError",
  "TransactionNestingError",
  "TransientError",
  "UnsupportedServerProduct",
]);

export const python: BorrowedName = {
  errorType(error) {
    if (error instanceof BoltProtocolError) return "<class 'neo4j._exceptions.BoltProtocolError'>";
    return `<class 'neo4j.exceptions.${nearest(error)}'>`;
  },
  code: (error) => error.code,
  message,
  warning: (text) => text.replace("several", "multiple"),
  showsFailuresLate: () => false,
  hasNoExpectation: (test) => test.startsWith("tls.test_explicit_options."),
};

function nearest(error: Neo4jDriverBaseError): string {
  for (let kind: object | null = error.constructor; kind !== null; kind = Object.getPrototypeOf(kind)) {
    const { name } = kind as { readonly name?: string };
    if (name !== undefined && exceptions.has(name)) return name;
  }
  return "DriverError";
}

/** The suite looks for a word or two of Python's in the texts. */
function message(error: Neo4jDriverBaseError): string {
  const { message: text, cause } = error;
  if (error instanceof ResultFailedError && cause instanceof Error) return `${cause.name}: ${text}`;
  if (error instanceof ResultConsumedError) return `${text} (closed, by its transaction or consume())`;
  if (error instanceof TransactionError) return `${text} (closed)`;
  const [, version] = /^Another user than the driver's.*speaks (\d\.\d)/.exec(text) ?? [];
  if (version !== undefined) {
    return `User switching is not supported for Bolt Protocol Version(${version.replace(".", ", ")}): ${text}`;
  }
  return text;
}
