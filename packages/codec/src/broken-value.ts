import type { PackStreamError } from "@fulgur/neo4j-types";

const brand = Symbol.for("fulgur.neo4j.BrokenValue");

/**
 * Stands in a record for a value that could not be decoded: an unknown structure, a wrong number or type of fields, an
 * unknown time zone, an integer that the `integers` option can't hold. It replaces the whole column's value, since a
 * list or map is not whole without its parts; the rest of the record, and the stream, stay usable.
 */
export class BrokenValue {
  /** What was wrong, and where in the message. */
  readonly cause: PackStreamError;

  constructor(cause: PackStreamError) {
    this.cause = cause;
  }

  get [brand](): true {
    return true;
  }
}

/** Whether a value stands for one that could not be decoded, whichever copy of the package made it. */
export function isBrokenValue(value: unknown): value is BrokenValue {
  return typeof value === "object" && value !== null && (value as { [brand]?: unknown })[brand] === true;
}
