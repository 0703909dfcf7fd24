/** The base of the errors, and those that are needed below `@fulgur/neo4j-core`, which has the rest of the hierarchy. */
export type { Attempt } from "./errors/attempt.ts";
export {
  type DiagnosticRecord,
  type ErrorDetails,
  type GqlClassification,
  Neo4jDriverBaseError,
} from "./errors/base-error.ts";
export { brandErrorClass } from "./errors/brand.ts";
export { ConfigurationError } from "./errors/configuration-error.ts";
export { DriverError } from "./errors/driver-error.ts";
export { Neo4jError } from "./errors/neo4j-error.ts";
export { PackStreamError } from "./errors/pack-stream-error.ts";
export { ParameterError } from "./errors/parameter-error.ts";
