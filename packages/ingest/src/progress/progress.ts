/** How far an ingestion is. */
import type { SourceProgress } from "../source/row-source.ts";

export interface IngestProgress {
  /** Rows that are committed, by this call. */
  readonly rows: number;
  /** Batches that are committed, by this call. */
  readonly batches: number;
  /** Rows that earlier runs of the same job had done, those that they rejected included: this one passes them over. */
  readonly resumed: number;
  /** Rows that were refused, by their reader or by the server. */
  readonly rejected: number;
  /** Rows that wrote nothing, of those that are committed, because an end of their relationship doesn't exist, with `missingEnds: "skip"`. */
  readonly unmatched: number;
  /** Attempts beyond the first one of a batch: after transient failures and lost connections. */
  readonly retried: number;
  /** Batches that are at the server. */
  readonly inFlight: number;
  /** Rows that the next batch is to have. */
  readonly batchSize: number;
  /** Rows a second, since the beginning. */
  readonly rate: number;
  /** Milliseconds since the beginning. */
  readonly elapsed: number;
  /** Milliseconds of them in which rows were ready and everything waited for the server. */
  readonly serverWait: number;
  /** Milliseconds of them in which the next rows were read while the server could have had more. */
  readonly sourceWait: number;
  /** How far the source is read, where it says so. */
  readonly source?: SourceProgress | undefined;
}
