import type { ErrorDetails } from "./base-error.ts";
import { brandErrorClass } from "./brand.ts";
import { DriverError } from "./driver-error.ts";

/** Bytes that aren't PackStream, or a structure that can't be turned into a value. */
export class PackStreamError extends DriverError {
  /** Where in the bytes of the message: 0 is its first. */
  readonly offset: number;
  /** What is wrong there, without the place. */
  readonly reason: string;

  static {
    brandErrorClass(PackStreamError, "PackStreamError");
  }

  /** @param reason what is wrong; never a piece of the data itself. */
  constructor(reason: string, offset: number, details?: ErrorDetails) {
    super(`${reason} at byte ${offset}`, details);
    this.offset = offset;
    this.reason = reason;
  }
}
