import { Neo4jDriverBaseError } from "./base-error.ts";
import { brandErrorClass } from "./brand.ts";

/** An error that the driver itself found (ERR-18). Not retryable unless a class says otherwise. */
export class DriverError extends Neo4jDriverBaseError {
  static {
    brandErrorClass(DriverError, "DriverError");
  }
}
