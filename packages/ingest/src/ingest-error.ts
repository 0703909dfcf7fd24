import { DriverError } from "@fulgur/neo4j-driver";
import { brandErrorClass } from "@fulgur/neo4j-types";

/** A batch could not be written. What was committed before stays; `cause` says why this one wasn't. */
export class IngestError extends DriverError {
  /** Rows that are committed: an ingestion that goes on begins with the row after them. */
  readonly rows: number;
  /** Batches that are committed. */
  readonly batches: number;

  static {
    brandErrorClass(IngestError, "IngestError");
  }

  constructor(cause: unknown, { rows, batches, batchRows }: { rows: number; batches: number; batchRows: number }) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`Batch ${batches + 1} (rows ${rows + 1} to ${rows + batchRows}) could not be written: ${reason}`, { cause });
    this.rows = rows;
    this.batches = batches;
  }
}
