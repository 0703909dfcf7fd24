import type { ErrorDetails } from "./base-error.ts";
import { brandErrorClass } from "./brand.ts";
import { DriverError } from "./driver-error.ts";

/** A parameter that can't be sent: no Cypher type for it, or an integer out of range (MAP-03, MAP-09). */
export class ParameterError extends DriverError {
  /** Where it is, such as `people[3].born`; empty when the value isn't in a parameter map yet, as in `int(x)`. */
  readonly path: string;
  /** What it is: a `typeof` or a class's name. */
  readonly type: string;

  static {
    brandErrorClass(ParameterError, "ParameterError");
  }

  /** @param message what is wrong and what to do; never the value. */
  constructor(message: string, details: ErrorDetails & { readonly path: string; readonly type: string }) {
    super(message, details);
    this.path = details.path;
    this.type = details.type;
  }
}
