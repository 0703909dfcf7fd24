/** All errors of the driver in one place. */
export {
  type Attempt,
  ConfigurationError,
  type DiagnosticRecord,
  DriverError,
  type Effect,
  type ErrorDetails,
  type GqlClassification,
  Neo4jDriverBaseError,
  Neo4jError,
  PackStreamError,
  ParameterError,
} from "@fulgur/neo4j-types";
export { eachFailed, isOfOneAddress } from "./errors/addresses-tried.ts";
export * from "./errors/availability-errors.ts";
export { BoltProtocolError } from "./errors/bolt-protocol-error.ts";
export { appendCallSite, type CallSite, callerOf, callSite } from "./errors/call-site.ts";
export { CallTimeoutError, type TimeSpent } from "./errors/call-timeout-error.ts";
export * from "./errors/configuration-errors.ts";
export { errorFromFailure } from "./errors/failure.ts";
export { withCaret } from "./errors/position.ts";
export { effectsOf, markAuthHandled } from "./errors/rules.ts";
export * from "./errors/server-errors.ts";
export * from "./errors/usage-errors.ts";
