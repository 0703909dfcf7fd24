/** What to write, where from and how. */
import type { PropertyType } from "../mapping/property-type.ts";
import type { IngestProgress } from "../progress/progress.ts";
import type { RejectedRow } from "../source/row-source.ts";
import type { Source } from "../source/source.ts";
import type { IngestWarning } from "../warning.ts";
import type { NodeTarget, RelationshipTarget } from "./targets.ts";

/** How large batches become. They grow and shrink with the time that the server takes for them. */
export interface BatchLimits {
  /** How long a batch should take, in milliseconds. Default 200. */
  readonly targetTime?: number | undefined;
  /** Rows of the smallest batch. Default 100. */
  readonly minRows?: number | undefined;
  /** Rows of the largest batch. Default 5000. */
  readonly maxRows?: number | undefined;
  /** The most memory of a batch, in bytes, by an estimate from some of its rows. It counts more than `minRows`. Default 8 MiB. */
  readonly maxBytes?: number | undefined;
}

export interface IngestOptions<Row> {
  /** Cypher for a batch, which is in `$rows`; or for one row, which is in `row`, if it doesn't mention `$rows`. */
  readonly query?: string | undefined;
  /** Writes nodes. */
  readonly nodes?: NodeTarget | undefined;
  /** Writes relationships. */
  readonly relationships?: RelationshipTarget | undefined;
  /** The rows. They are taken only as fast as the server writes them. */
  readonly source: Source<Row>;
  /** Types of the rows' fields. What is in a field is converted before it is sent; a row where that can't be done is rejected. */
  readonly types?: { readonly [field: string]: PropertyType } | undefined;
  /** Rows per transaction: a number, or limits between which it is found. */
  readonly batchSize?: number | BatchLimits | undefined;
  /**
   * How many batches may be at the server at once, each in a session of its own. Rows with the same key never are, so that they are
   * written in their order, and no two batches lock the same node. Default 2; 1 for a `query` without `partitionBy`.
   */
  readonly concurrency?: number | undefined;
  /** For a `query`: the fields that say which rows must not be at the server in two batches at once. */
  readonly partitionBy?: string | readonly string[] | undefined;
  /**
   * A file that keeps how far the job is. If it is there, the job goes on from there, with the same options and the same source; a job that
   * is finished does nothing. It is never deleted: to run the job anew, delete it.
   */
  readonly checkpoint?: string | undefined;
  /**
   * Whether each batch notes in the graph, in its own transaction, that it was written: in nodes with the label `FulgurIngestLedger`, one
   * for each batch in flight, which are deleted at the end. Only so can it be known, when a connection is lost during COMMIT or the process is killed, whether the
   * batch was written. Default: true unless rows are merged by a key, which changes nothing when it is done twice.
   */
  readonly ledger?: boolean | undefined;
  /** Where rejected rows go: a file, to which a line of JSON is added for each, or a function. */
  readonly rejected?: string | ((row: RejectedRow) => void | Promise<void>) | undefined;
  /** How many rows may be rejected before the job is stopped. Default 0; with `rejected` 1000. */
  readonly maxRejected?: number | undefined;
  /**
   * What is done about the constraint or index without which merging and matching by a key reads all nodes of a label: `"check"` warns,
   * `"create"` creates uniqueness constraints and waits for their indexes, `"ignore"` doesn't look. A relationship's key gets none, since it
   * is unique only between the same two nodes: `"create"` warns of it as `"check"` does. Default `"check"`.
   */
  readonly constraints?: "check" | "create" | "ignore" | undefined;
  /** Called after each batch; no more rows are read before it is through. What it throws ends the ingestion. */
  readonly onProgress?: ((progress: IngestProgress) => void | Promise<void>) | undefined;
  /** Told of what will be slow or can't be done. Default: a process warning. */
  readonly onWarning?: ((warning: IngestWarning) => void) | undefined;
  /** The database; absent: the user's home database. */
  readonly database?: string | undefined;
  /** How long a batch is tried again after failures that pass, in milliseconds. Default: as the driver's. */
  readonly maxTransactionRetryTime?: number | undefined;
  /** Cancels; what is committed stays, and a job with a checkpoint can go on. */
  readonly signal?: AbortSignal | undefined;
}
