/** Files that are being written. */
import { type ColumnTable, isBrokenValue } from "@fulgur/neo4j-codec";
import { DriverError } from "@fulgur/neo4j-driver";
import { ArrowWriter } from "./arrow-writer.ts";
import { ColumnTypes } from "./column-types.ts";
import { CsvWriter } from "./csv-writer.ts";
import { JsonWriter } from "./json-writer.ts";
import { type Output, type OutputTarget, openOutput } from "./output.ts";
import { ParquetWriter } from "./parquet-writer.ts";
import { type FormatWriter, type TableWriter, tableOf, type WrittenFile, type WrittenRows } from "./table-writer.ts";
import { WriteError } from "./write-error.ts";
import { checkWriteOptions, type WriteOptions } from "./write-options.ts";

/**
 * Begins a file of rows: CSV, JSON lines, a JSON array, Parquet or Arrow, as its name's ending or the option `format` says. It appears under its
 * name only when it is finished, and replaces what is there. What values become is in docs/ingest-files.md.
 *
 * @throws ConfigurationError for options that can't be right; WriteError for a folder that isn't there, and the like
 */
export async function openWriter(target: OutputTarget, options: WriteOptions = {}): Promise<TableWriter> {
  const checked = checkWriteOptions(target, options);
  const output = await openOutput(target, checked.gzip);
  return new FileWriter(output, formatWriter(output, checked));
}

/**
 * Writes rows as they come, and the file is whole or not there at all: see {@link openWriter}.
 *
 * @param rows tables, as a result's batches give them (`batch.columns()`), or arrays of plain objects
 * @throws ConfigurationError and WriteError as {@link openWriter} and {@link TableWriter} do, and the errors of `rows`
 */
export async function writeRows(
  target: OutputTarget,
  rows: Iterable<WrittenRows> | AsyncIterable<WrittenRows>,
  options: WriteOptions = {},
): Promise<WrittenFile> {
  const writer = await openWriter(target, options);
  try {
    for await (const part of rows) await writer.write(part);
    return await writer.finish();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

function formatWriter(output: Output, options: ReturnType<typeof checkWriteOptions>): FormatWriter {
  switch (options.format) {
    case "csv":
      return new CsvWriter(output, options);
    case "jsonl":
      return new JsonWriter(output, false);
    case "json":
      return new JsonWriter(output, true);
    case "parquet":
      return new ParquetWriter(output, new ColumnTypes(options.types), options.groupRows);
    case "arrow":
      return new ArrowWriter(output, new ColumnTypes(options.types), options.groupRows, options.isStream);
  }
}

class FileWriter implements TableWriter {
  readonly #output: Output;
  readonly #format: FormatWriter;
  #names: readonly string[] | undefined;
  #rows = 0;
  #state: "open" | "finished" | "abandoned" = "open";

  constructor(output: Output, format: FormatWriter) {
    this.#output = output;
    this.#format = format;
  }

  async write(rows: WrittenRows): Promise<void> {
    this.#checkOpen();
    // Rows of a result without any still say what the columns are; an empty array doesn't.
    if (Array.isArray(rows) && rows.length === 0) return;
    const table = tableOf(rows, this.#names);
    this.#names ??= table.names;
    checkWhole(table);
    if (table.length > 0) await this.#format.write(table);
    this.#rows += table.length;
  }

  async finish(): Promise<WrittenFile> {
    this.#checkOpen();
    await this.#format.end(this.#names ?? []);
    await this.#output.finish();
    this.#state = "finished";
    return { rows: this.#rows, bytes: this.#output.bytes };
  }

  async abandon(): Promise<void> {
    if (this.#state !== "open") return;
    this.#state = "abandoned";
    await this.#output.abandon();
  }

  #checkOpen(): void {
    if (this.#state !== "open") throw new DriverError(`Nothing more can be written: the file is ${this.#state}.`);
  }
}

/** What could not be decoded has no value to be written. */
function checkWhole({ names, columns }: ColumnTable): void {
  for (const [i, column] of columns.entries()) {
    if (column.type !== "values" || !column.values.some(isBrokenValue)) continue;
    const broken = column.values.find(isBrokenValue);
    throw new WriteError("a value in it could not be decoded", { column: names[i] }, broken?.cause);
  }
}
