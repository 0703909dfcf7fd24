import { brandErrorClass, DriverError, type ErrorDetails } from "@fulgur/neo4j-types";

const connectionException = { gqlStatus: "08000", gqlStatusDescription: "error: connection exception" };
const unknownResolution = {
  gqlStatus: "08007",
  gqlStatusDescription: "error: connection exception - transaction resolution unknown",
};

/** A session lost the server that it was routed to; another attempt finds another one. Retryable. (ERR-27) */
export class SessionExpired extends DriverError {
  static {
    brandErrorClass(SessionExpired, "SessionExpired");
  }

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, { code: "SessionExpired", ...connectionException, ...details });
  }

  override isRetryable(): boolean {
    return true;
  }
}

/** No server could be reached, or the connection to it was lost. Retryable. (ERR-28) */
export class ServiceUnavailable extends DriverError {
  static {
    brandErrorClass(ServiceUnavailable, "ServiceUnavailable");
  }

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, { code: "ServiceUnavailable", ...connectionException, ...details });
  }

  override isRetryable(): boolean {
    return true;
  }
}

/** No router could be asked for a routing table. (ERR-29) */
export class RoutingServiceUnavailable extends ServiceUnavailable {
  static {
    brandErrorClass(RoutingServiceUnavailable, "RoutingServiceUnavailable");
  }
}

/** No server takes writes. (ERR-29) */
export class WriteServiceUnavailable extends ServiceUnavailable {
  static {
    brandErrorClass(WriteServiceUnavailable, "WriteServiceUnavailable");
  }
}

/** No server takes reads. (ERR-29) */
export class ReadServiceUnavailable extends ServiceUnavailable {
  static {
    brandErrorClass(ReadServiceUnavailable, "ReadServiceUnavailable");
  }
}

/** The connection, or the server its database, was lost during COMMIT: nobody knows whether it took place, so it is not retryable. (ERR-30) */
export class IncompleteCommit extends ServiceUnavailable {
  static {
    brandErrorClass(IncompleteCommit, "IncompleteCommit");
  }

  constructor(message: string, details: ErrorDetails = {}) {
    super(message, { ...unknownResolution, ...details });
  }

  override isRetryable(): boolean {
    return false;
  }
}

/** The connection pool couldn't give a connection. (ERR-33) */
export class ConnectionPoolError extends DriverError {
  static {
    brandErrorClass(ConnectionPoolError, "ConnectionPoolError");
  }
}

/** No connection became free in time (`connectionAcquisitionTimeout`). (ERR-33) */
export class ConnectionAcquisitionTimeoutError extends ConnectionPoolError {
  static {
    brandErrorClass(ConnectionAcquisitionTimeoutError, "ConnectionAcquisitionTimeoutError");
  }
}
