import type { PackStreamError } from "@fulgur/neo4j-types";

/**
 * Thrown within the reader where the bytes are framed well, but don't make a value: the record's field becomes a
 * BrokenValue, and the stream goes on. Never leaves the codec.
 */
export class StructureMismatch extends Error {
  override readonly cause: PackStreamError;

  constructor(cause: PackStreamError) {
    super(cause.message);
    this.cause = cause;
  }
}
