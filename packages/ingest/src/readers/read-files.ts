/** Rows of files whose names say what they are. */
import type { RowSource } from "../source/row-source.ts";
import { readArrow } from "./arrow/read-arrow.ts";
import type { ColumnarOptions } from "./columnar-options.ts";
import type { CsvOptions } from "./csv/csv-options.ts";
import { readCsv } from "./csv/read-csv.ts";
import { findFiles } from "./find-files.ts";
import { type FileFormat, fileFormats, formatOfName, formatOfNames } from "./formats.ts";
import type { FileInput } from "./input.ts";
import type { JsonOptions } from "./json/json-options.ts";
import { readJson } from "./json/read-json.ts";
import { readJsonLines } from "./json/read-json-lines.ts";
import { checkOneOf } from "./option-checks.ts";
import { readParquet } from "./parquet/read-parquet.ts";

/** The options of the format's own reader, and the format. */
export interface ReadFilesOptions extends CsvOptions, JsonOptions, ColumnarOptions {
  /** What the files are, whatever they are called. Default: what their names end with. */
  readonly format?: FileFormat | undefined;
}

/**
 * The rows of files, all of one format: paths, patterns such as `data/*.csv.gz`, `"-"` for standard input, `file:` URLs, bytes and streams.
 * The files of a pattern are read in the order of their names. What further options there are depends on the format.
 *
 * @throws ConfigurationError for options that can't be right and where nothing says what the format is; ReadError for a file that doesn't
 *   exist and a pattern that fits none
 */
export async function readFiles(
  input: FileInput | readonly FileInput[],
  { format: given, ...options }: ReadFilesOptions = {},
): Promise<RowSource<Record<string, unknown>>> {
  const wanted = checkOneOf("format", given, fileFormats);
  const inputs = Array.isArray(input) ? (input as readonly FileInput[]) : [input as FileInput];
  const found = await Promise.all(inputs.map((one) => (typeof one === "string" ? findFiles(one) : [one])));
  const files: readonly FileInput[] = found.flat();
  const format = wanted ?? formatOfNames(files.map(nameOf));
  switch (format) {
    case "csv":
      return readCsv(files, files.every(hasTabs) ? { delimiter: "\t", ...options } : options);
    case "jsonl":
      return readJsonLines(files, options);
    case "json":
      return readJson(files, options);
    case "parquet":
      return readParquet(files, options);
    case "arrow":
      return readArrow(files, options);
  }
}

function nameOf(input: FileInput): string | undefined {
  if (typeof input === "string") return input;
  if (input instanceof URL) return input.pathname;
  return typeof input === "object" && input !== null && "name" in input ? input.name : undefined;
}

function hasTabs(input: FileInput): boolean {
  const name = nameOf(input);
  return name !== undefined && formatOfName(name) === "csv" && /\.(tsv|tab)(\.gz)?$/i.test(name);
}
