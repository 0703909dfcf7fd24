import { brandErrorClass, ConfigurationError } from "@fulgur/neo4j-types";

/** An auth token, or what should give one, is not usable. (ERR-32) */
export class AuthConfigurationError extends ConfigurationError {
  static {
    brandErrorClass(AuthConfigurationError, "AuthConfigurationError");
  }
}

/** A certificate or key can't be read or used. (ERR-32) */
export class CertificateConfigurationError extends ConfigurationError {
  static {
    brandErrorClass(CertificateConfigurationError, "CertificateConfigurationError");
  }
}

/** Client and server have no Bolt version in common. (ERR-33) */
export class UnsupportedServerProduct extends ConfigurationError {
  static {
    brandErrorClass(UnsupportedServerProduct, "UnsupportedServerProduct");
  }
}
