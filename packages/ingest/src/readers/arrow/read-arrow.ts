/** Rows of Apache Arrow's files and streams. */
import { DriverError, ParameterError } from "@fulgur/neo4j-driver";
import type { RowChunk, RowSource } from "../../source/row-source.ts";
import { type CheckedColumnarOptions, type ColumnarOptions, checkColumnarOptions } from "../columnar-options.ts";
import type { FileInput, InputFile } from "../input.ts";
import { ReadError, reasonOf } from "../read-error.ts";
import { sourceOfEach } from "../source-of-files.ts";
import { BatchRows } from "./batch-rows.ts";
import { type OpenArrow, openArrow } from "./open-arrow.ts";

/**
 * The rows of Apache Arrow's files (also called Feather, version 2) and streams: plain objects by the columns' names, read by record batch.
 * Needs the package `apache-arrow`. What the types become is what the driver's `rows` sends of a table; columns of floats are `Float`s, and
 * Decimals are as the option `decimals` says. A file that comes as a stream, or packed, can be read if its schema stands at its beginning too, as most
 * libraries write it; JavaScript's doesn't. Batches that are compressed within the format can only be read by versions of the library that do.
 *
 * @throws ConfigurationError for options that can't be right, also while reading: for a column that a file hasn't, and without the library
 * @throws ReadError while reading, for a file that isn't Arrow, is damaged, or has a type that Cypher has no counterpart of
 */
export function readArrow(
  input: FileInput | readonly FileInput[],
  options: ColumnarOptions = {},
): RowSource<Record<string, unknown>> {
  return sourceOfEach(input, checkColumnarOptions(options, "readArrow"), chunksOf);
}

async function* chunksOf(
  file: InputFile,
  after: number,
  count: (bytes: number) => void,
  options: CheckedColumnarOptions,
): AsyncGenerator<RowChunk<Record<string, unknown>>> {
  let opened: OpenArrow | undefined;
  let rows: BatchRows | undefined;
  let done = 0;
  try {
    opened = await openArrow(file, count);
    const { reader } = opened;
    for await (const batch of reader) {
      rows ??= new BatchRows(reader.schema, options, file.name);
      // Rows that are done are passed over without being made.
      for (let at = Math.max(after - done, 0); at < batch.numRows; at += options.chunkRows) {
        const part = batch.slice(at, Math.min(at + options.chunkRows, batch.numRows));
        yield { file: file.name, rows: rows.of(part), firstRow: done + at + 1 };
      }
      done += batch.numRows;
      opened.batchDone();
    }
  } catch (error) {
    if (error instanceof DriverError && !(error instanceof ParameterError)) throw error;
    const why = /codec not found/.test(String(error)) ? compressed : reasonOf(error);
    throw new ReadError(why, { file: file.name, row: done + 1 }, error);
  } finally {
    await opened?.close();
  }
}

/** What the library says of it doesn't say what to do; other languages' libraries compress unless they are told not to. */
const compressed =
  "its record batches are compressed, which the package apache-arrow reads only with a codec in its `compressionRegistry`: write it without compression, or as Parquet";
