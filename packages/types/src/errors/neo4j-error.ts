import { Neo4jDriverBaseError } from "./base-error.ts";
import { brandErrorClass } from "./brand.ts";

/**
 * An error that the server reported (ERR-02). Its classes (`ClientError`, `TransientError`, ...) are in `@fulgur/neo4j-core`.
 */
export class Neo4jError extends Neo4jDriverBaseError {
  static {
    brandErrorClass(Neo4jError, "Neo4jError");
  }
}
