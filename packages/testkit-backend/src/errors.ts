/** Errors as answers: whose fault it was, and what the driver says of it. */
import { isRetryableError, Neo4jDriverBaseError } from "@fulgur/neo4j-driver";
import type { Framed } from "./framing.ts";
import { borrowedName } from "./names/borrowed-name.ts";
import type { Store } from "./store.ts";
import { diagnosticRecordToSuite } from "./values/to-suite.ts";

/** The suite's own code failed in a managed transaction: stands for what a user's function threw. */
export class FrontendError extends Error {
  override readonly name = "FrontendError";
}

/** Driver errors are kept, so that the suite can throw them again in a managed transaction. */
export function answerOfError(error: unknown, errors: Store<unknown>): Framed {
  if (error instanceof FrontendError) return { name: "FrontendError", data: { msg: error.message } };
  if (error instanceof Neo4jDriverBaseError) {
    return { name: "DriverError", data: { id: errors.add(error), ...driverErrorData(error) } };
  }
  const msg = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { name: "BackendError", data: { msg } };
}

function driverErrorData(error: Neo4jDriverBaseError): object {
  const name = borrowedName();
  return {
    errorType: name.errorType(error),
    code: name.code(error),
    retryable: isRetryableError(error),
    ...gqlData(error),
    msg: name.message(error),
  };
}

function gqlData(error: Neo4jDriverBaseError): object {
  const { message, gqlStatus, gqlStatusDescription, diagnosticRecord, classification, rawClassification, cause } =
    error;
  return {
    msg: message,
    gqlStatus,
    statusDescription: gqlStatusDescription,
    diagnosticRecord: diagnosticRecordToSuite(diagnosticRecord),
    classification,
    rawClassification: rawClassification ?? null,
    cause: cause instanceof Neo4jDriverBaseError ? { name: "GqlError", data: gqlData(cause) } : null,
  };
}
