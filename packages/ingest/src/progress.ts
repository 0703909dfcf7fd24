/** How far an ingestion is. */
export interface IngestProgress {
  /** Rows that are committed. */
  readonly rows: number;
  /** Batches that are committed. */
  readonly batches: number;
  /** Milliseconds since the beginning. */
  readonly elapsed: number;
}
