/** Where rows come from and how they are counted: what readers give, and what batches, checkpoints and rejections are told by. */

/** A row's place: the file as it was named, and the row's number in it from 1, a header not counted. */
export interface RowPosition {
  readonly file: string;
  readonly row: number;
}

/** A row that can't be written, as its reader or the server refused it. */
export interface RejectedRow {
  /** Absent for rows that come from no file. */
  readonly file?: string | undefined;
  /** Its number in its file, or in the source, from 1. */
  readonly row: number;
  /** The row: its values, or the text that could not be read as a row. */
  readonly content: unknown;
  readonly reason: string;
  /** The server's code, where it was the server that refused the row. Readers leave it out. */
  readonly code?: string | undefined;
}

/** Rows that were read together. */
export interface RowChunk<Row> {
  /** Absent for rows that come from no file. */
  readonly file?: string | undefined;
  readonly rows: readonly Row[];
  /** The number of the first row. Those behind it follow without a gap, unless {@link rowNumbers} says otherwise. */
  readonly firstRow: number;
  /** The number of each row, where rejected ones lie between them. */
  readonly rowNumbers?: readonly number[] | undefined;
  /** What could not be read as a row; these have numbers too. */
  readonly rejected?: readonly RejectedRow[] | undefined;
}

/** How far a source is read, for an estimate of the time left. */
export interface SourceProgress {
  readonly bytesRead: number;
  /** Absent where nobody knows, as with standard input. */
  readonly bytesTotal?: number | undefined;
}

/** Rows with numbers, from the beginning or from where an earlier job stopped. Memory stays bounded whatever its size. */
export interface RowSource<Row> {
  /** The rows after a position, or all. The next chunk is read only when it is asked for; return() closes files. */
  chunks(after?: RowPosition | undefined): AsyncIterable<RowChunk<Row>>;
  progress?(): SourceProgress;
}
