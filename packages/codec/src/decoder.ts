import type { ColumnTable } from "./columns/column-table.ts";
import type { Request, Response } from "./gen/messages.ts";

/**
 * What a peer said, other than records. A client's decoder yields responses: `SUCCESS` and `FAILURE` with their
 * `metadata` as the raw map of the wire (see {@link Codec.readMetadata}), and `IGNORED`. A server's decoder
 * (`role: "server"`) yields requests in API form, such as `{ type: "RUN", query, parameters, extra }`.
 */
export type Message = Exclude<Response, { readonly type: "RECORD" }> | Request;

/** The result whose records come next: what an engine may specialise itself for. */
export interface ExpectedResult {
  /** The query's text, if known: results of one statement share a plan. */
  readonly statement?: string;
  /** The column names, in order. Errors about a value name its column. */
  readonly fields: readonly string[];
}

/** Records that arrived together, in order. Nothing in it changes when the decoder goes on. */
export interface RecordBatch {
  readonly type: "RECORD";
  /** How many records there are, at least one. */
  readonly length: number;
  /** Whether some value is a {@link BrokenValue}. */
  readonly broken: boolean;
  /** The records' values in column order; made once, the same arrays at each call. */
  rows(): unknown[][];
  /**
   * The records as plain objects.
   *
   * @param fields the column names; the last of duplicate names wins, and `__proto__` is an own property like any other.
   */
  objects(fields: readonly string[]): Record<string, unknown>[];
  /**
   * The records by columns: typed arrays and the like, see {@link Column}. Asked for before the rows, the wasm engine makes none. The plain
   * engine makes them of the rows, so that it can't tell floats that are whole from integers.
   *
   * @param fields the columns' names, one for each of the records' values.
   * @throws RangeError for another number of names.
   */
  columns(fields: readonly string[]): ColumnTable;
}

/** Turns the bytes of one connection, in the order they arrive and cut anywhere, into messages and batches of records. */
export interface Decoder {
  /** How many NOOP chunks (keep-alives) have arrived. */
  readonly noops: number;
  /**
   * Adds bytes and gives what they complete. The bytes are copied: the caller may reuse their buffer at once. The
   * result is lazy: each item is decoded when it is asked for, so that {@link Decoder.expect} may be called between two items;
   * items that were not asked for come first at the next push.
   *
   * @throws PackStreamError (while iterating) at malformed input, after the items before it. The decoder then stays failed.
   */
  push(bytes: Uint8Array): Iterable<Message | RecordBatch>;
  /**
   * Announces the result that the next records belong to. Optional; without it errors don't name columns. With it,
   * records that have not as many values as the result has fields are malformed.
   */
  expect(result: ExpectedResult): void;
  /**
   * Says that no more bytes will come.
   *
   * @throws PackStreamError if they ended within a message.
   */
  end(): void;
}
