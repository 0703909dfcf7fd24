/** What a batch's failure says of the batch. */
import { Neo4jError, ParameterError } from "@fulgur/neo4j-driver";

/**
 * `"data"`: something in the rows; the others can be written. `"too much"`: fewer rows may do. `"other"`: nothing that other rows would change.
 */
export type FailureKind = "data" | "too much" | "other";

const ofData =
  /^Neo\.ClientError\.(Schema\.ConstraintValidationFailed|Statement\.(TypeError|ArgumentError|ArithmeticError|SemanticError|ConstraintVerificationFailed|EntityNotFound|PropertyNotFound|InvalidType))$/;

const ofSize =
  /^Neo\.(TransientError\.General\.(MemoryPoolOutOfMemoryError|TransactionOutOfMemoryError|OutOfMemoryError|StackOverFlowError)|ClientError\.(Transaction\.TransactionTimedOut(ClientConfiguration)?|General\.TransactionOutOfMemoryError))$/;

export function kindOfFailure(error: unknown): FailureKind {
  if (error instanceof ParameterError) return "data";
  if (!(error instanceof Neo4jError)) return "other";
  if (ofData.test(error.code)) return "data";
  return ofSize.test(error.code) ? "too much" : "other";
}

/** The row in `$rows` that a value which can't be sent is in, where it says so. */
export function rowOfFailure(error: unknown): number | undefined {
  const [, index] = error instanceof ParameterError ? (/^rows\[(\d+)\]/.exec(error.path) ?? []) : [];
  return index === undefined ? undefined : Number(index);
}
