/** Everything that rows can be taken from. */
import type { ColumnInput, ColumnTable } from "@fulgur/neo4j-codec";
import type { RowSource } from "./row-source.ts";

/** Rows by columns: an array, a typed array or a column of a result for each field. */
export type ColumnSource = Readonly<Record<string, ColumnInput>>;

/** The part of a web `ReadableStream` that is used; also of those of other realms. */
export interface ReadableStreamOf<Row> {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Row | undefined }>;
    cancel(reason?: unknown): Promise<void>;
    releaseLock(): void;
  };
}

/**
 * Rows: an iterable, an async iterable (a Node stream is one), a web stream, columns, a table of columns (one of Apache Arrow's, too), or a reader of files. With a
 * checkpoint it has to give the same rows in the same order when the job goes on: those that are done are passed over.
 */
export type Source<Row> =
  | Iterable<Row>
  | AsyncIterable<Row>
  | ReadableStreamOf<Row>
  | RowSource<Row>
  | ColumnTable
  | ColumnSource;
