import type { bolt, RecordBatch } from "@fulgur/neo4j-codec";

/** Everything that a server says about a result: the answers to RUN and to the last PULL or DISCARD in one object. */
export type ResultMetadata = bolt.RunSuccess &
  bolt.PullSuccess & {
    /** Both answers as they came, under the names of the wire, with what this version of Bolt doesn't declare. */
    readonly raw: readonly (Readonly<Record<string, unknown>> | undefined)[];
  };

/**
 * The result of one RUN: batches of records while they arrive, then the metadata.
 *
 * Records are pulled `fetchSize` at a time, and the next are asked for before the buffer is dry, so that memory stays
 * bounded whatever the result's size. A failure reaches every method that is waiting, after the records that came before
 * it; a stream that nobody looks at causes no unhandledRejection.
 */
export interface ResultStream extends AsyncIterable<unknown[]> {
  /** The column names, once the server has accepted the query. */
  keys(): Promise<string[]>;
  /** The next batch, or `undefined` when there are no more records. */
  next(): Promise<RecordBatch | undefined>;
  /** Throws the remaining records away, on the server where possible. */
  discard(): Promise<ResultMetadata>;
  /**
   * The metadata, when the result has ended. It reads nothing: take all batches, or {@link discard}. Where all records were asked for at
   * once, all of them are let in: whoever waits for this must not depend on a reader.
   */
  summary(): Promise<ResultMetadata>;
  /** The same for whoever only wants to hear of the end: the network goes on waiting for a slow reader. */
  ended(): Promise<ResultMetadata>;
  /** The columns' names, if the server has already said them. */
  readonly fields: readonly string[] | undefined;
  /** The database that the server chose, where RUN named none and the version says so, once it has accepted the query. */
  readonly homeDatabase: string | undefined;
  /** How many records have come, read or not. */
  readonly received: number;
  /** Whether the server was asked to throw its rest away, so that nobody knows how many records there would have been. */
  readonly isDiscarded: boolean;
  /** Whether the server has sent all of it (records may still be buffered here), or it failed. */
  readonly done: boolean;
  /** Each record as a plain object. Leaving the loop early discards the rest. */
  objects(): AsyncIterableIterator<Record<string, unknown>>;
  /** Each record as an array of its values in column order. Leaving the loop early discards the rest. */
  [Symbol.asyncIterator](): AsyncIterableIterator<unknown[]>;
}
