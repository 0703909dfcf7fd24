/** How a CSV file is written, and what its fields mean. */
import { ConfigurationError } from "@fulgur/neo4j-driver";
import { checkFlag, checkNames, checkText, checkWhole, refuseUnknown } from "../option-checks.ts";
import { checkEncoding } from "../text-chunks.ts";
import type { FieldType } from "./csv-types.ts";

export interface CsvOptions {
  /** Between fields: one character. Default: whichever of `,` `;` `|` and tab is most frequent in the first line. */
  readonly delimiter?: string | undefined;
  /** Around fields that hold delimiters, quotes or line ends; within them it is doubled. Default `"`. */
  readonly quote?: string | undefined;
  /** Whether the first line of each file has the columns' names. Default: true, unless there are `names`. */
  readonly header?: boolean | undefined;
  /** The columns' names, in order. With `header: true` they stand instead of the file's own. */
  readonly names?: readonly string[] | undefined;
  /** The columns that rows have; the others aren't converted. Default: all. */
  readonly columns?: readonly string[] | undefined;
  /** By column: what its texts become. */
  readonly types?: Readonly<Record<string, FieldType>> | undefined;
  /** Whether the types of columns that `types` doesn't name are told by the first rows; else they are texts. Default true. */
  readonly infer?: boolean | undefined;
  /** By how many rows types are told, those of the file in which a column is first met. Default 1000. */
  readonly inferFrom?: number | undefined;
  /** Texts that stand for null, quoted ones too. Default: the empty text. */
  readonly nulls?: readonly string[] | undefined;
  /** Between the items of a list, in columns whose type is one. Default `;`. */
  readonly listDelimiter?: string | undefined;
  /** The name of the files' encoding, as `TextDecoder` knows it. A byte order mark of UTF-16 goes before it. Default utf-8. */
  readonly encoding?: string | undefined;
  /** Rows a chunk. Default 5000. */
  readonly chunkRows?: number | undefined;
  /**
   * Characters of a row, from 1: beyond it a quote is taken to be never closed, and reading ends with a {@link ReadError}.
   * Default 16 Mi.
   */
  readonly longestRow?: number | undefined;
}

const known = [
  ...["delimiter", "quote", "header", "names", "columns", "types", "infer", "inferFrom", "nulls", "listDelimiter"],
  ...["encoding", "chunkRows", "longestRow"],
];

/** @throws ConfigurationError naming the option that is unknown or wrong */
export function checkCsvOptions(options: CsvOptions) {
  refuseUnknown(options, known, "readCsv");
  const delimiter = options.delimiter === undefined ? undefined : checkSign("delimiter", options.delimiter);
  const quote = checkSign("quote", options.quote ?? '"');
  if (delimiter === quote) refuse("delimiter", "it can't be the quote too");
  const names = checkNames("names", options.names);
  const header = checkFlag("header", options.header) ?? names === undefined;
  if (!header && names === undefined) refuse("header", "a file without a header needs `names`");
  if (names?.length === 0) refuse("names", "it is an empty list");
  const twice = names?.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) refuse("names", `${JSON.stringify(twice)} is there twice`);
  const types = options.types ?? {};
  if (typeof types !== "object") refuse("types", "it must be an object of types by column");
  return {
    delimiter,
    quote,
    header,
    names,
    columns: checkNames("columns", options.columns),
    types,
    infer: checkFlag("infer", options.infer) ?? true,
    inferFrom: checkWhole("inferFrom", options.inferFrom) ?? 1_000,
    nulls: checkNames("nulls", options.nulls) ?? [""],
    listDelimiter: checkText("listDelimiter", options.listDelimiter) ?? ";",
    encoding: checkEncoding(options.encoding),
    chunkRows: checkWhole("chunkRows", options.chunkRows) ?? 5_000,
    longestRow: checkWhole("longestRow", options.longestRow) ?? 16 * 1024 * 1024,
  };
}

export type CheckedCsvOptions = ReturnType<typeof checkCsvOptions>;

function checkSign(option: string, value: unknown): string {
  if (typeof value === "string" && value.length === 1 && !"\r\n\ufeff".includes(value)) return value;
  return refuse(option, "it must be one character, and no line end");
}

function refuse(option: string, why: string): never {
  throw new ConfigurationError(`The option \`${option}\` of readCsv can't be used: ${why}.`, { option });
}
