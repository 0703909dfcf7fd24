import { DriverError } from "@fulgur/neo4j-driver";
import { brandErrorClass } from "@fulgur/neo4j-types";

/**
 * Rows could not be written, or too many of them were rejected. What was committed before stays, and a job with a checkpoint goes on from there; `cause` says why this
 * one wasn't.
 */
export class IngestError extends DriverError {
  /** The file of the rows that it is about, if they come from one. */
  readonly file: string | undefined;
  /** The number of the row that it is about, or of the first of them. */
  readonly row: number | undefined;

  static {
    brandErrorClass(IngestError, "IngestError");
  }

  constructor(
    message: string,
    details: { readonly cause?: unknown; readonly file?: string | undefined; readonly row?: number | undefined } = {},
  ) {
    super(message, { cause: details.cause });
    this.file = details.file;
    this.row = details.row;
  }
}
