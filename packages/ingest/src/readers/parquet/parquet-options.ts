import { checkNames, checkOneOf, checkWhole, refuseUnknown } from "../option-checks.ts";

export interface ParquetOptions {
  /** The columns that rows have; the others aren't read from the disk. Default: all. */
  readonly columns?: readonly string[] | undefined;
  /** What a DECIMAL becomes that has digits behind its point: a `Float`, the nearest, or its exact text. Default `"float"`. */
  readonly decimals?: "float" | "string" | undefined;
  /** Rows a chunk. Default 5000. */
  readonly chunkRows?: number | undefined;
}

/** @throws ConfigurationError naming the option that is unknown or wrong */
export function checkParquetOptions(options: ParquetOptions) {
  refuseUnknown(options, ["columns", "decimals", "chunkRows"], "readParquet");
  return {
    columns: checkNames("columns", options.columns),
    decimals: checkOneOf("decimals", options.decimals, ["float", "string"]) ?? "float",
    chunkRows: checkWhole("chunkRows", options.chunkRows) ?? 5_000,
  };
}

export type CheckedParquetOptions = ReturnType<typeof checkParquetOptions>;
