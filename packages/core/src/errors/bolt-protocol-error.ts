import { brandErrorClass, DriverError, type ErrorDetails } from "@fulgur/neo4j-types";

/** The peer broke the rules of the protocol. The connection is gone; a driver and a server that are sound never cause it. (ERR-34) */
export class BoltProtocolError extends DriverError {
  static {
    brandErrorClass(BoltProtocolError, "BoltProtocolError");
  }

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, { code: "ProtocolError", ...details });
  }
}
