import type { ErrorDetails } from "./base-error.ts";
import { brandErrorClass } from "./brand.ts";
import { DriverError } from "./driver-error.ts";

/** A wrong option, or a feature that the server's version doesn't have (ERR-31). */
export class ConfigurationError extends DriverError {
  /** The option's name, when it is about one. */
  readonly option: string | undefined;

  static {
    brandErrorClass(ConfigurationError, "ConfigurationError");
  }

  constructor(message: string, details: ErrorDetails & { readonly option?: string | undefined } = {}) {
    super(message, details);
    this.option = details.option;
  }
}
