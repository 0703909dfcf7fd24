/** What readers of columnar files, Parquet and Arrow, let be chosen. */
import { checkNames, checkOneOf, checkWhole, refuseUnknown } from "./option-checks.ts";
import { ReadError } from "./read-error.ts";

export interface ColumnarOptions {
  /** The columns that rows have; of Parquet the others aren't read from the disk. Default: all. */
  readonly columns?: readonly string[] | undefined;
  /** What a decimal becomes that has digits behind its point: a `Float`, the nearest, or its exact text. Default `"float"`. */
  readonly decimals?: "float" | "string" | undefined;
  /** Rows a chunk. Default 5000. */
  readonly chunkRows?: number | undefined;
}

/**
 * @param reader whose options they are, such as "readParquet"
 * @throws ConfigurationError naming the option that is unknown or wrong
 */
export function checkColumnarOptions(options: ColumnarOptions, reader: string) {
  refuseUnknown(options, ["columns", "decimals", "chunkRows"], reader);
  return {
    columns: checkNames("columns", options.columns),
    decimals: checkOneOf("decimals", options.decimals, ["float", "string"]) ?? "float",
    chunkRows: checkWhole("chunkRows", options.chunkRows) ?? 5_000,
  };
}

/** @throws ReadError for a wanted column that a file has twice: a row could hold only one of them */
export function refuseTwice(names: readonly string[], wanted: readonly string[], file: string | undefined): void {
  const twice = wanted.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice === undefined) return;
  const why = `it has two columns called ${JSON.stringify(twice)}, and a row can hold one of them; \`columns\` can name the others`;
  throw new ReadError(why, { file });
}

export type CheckedColumnarOptions = ReturnType<typeof checkColumnarOptions>;
