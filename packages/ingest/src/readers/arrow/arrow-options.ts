import { checkNames, checkOneOf, checkWhole, refuseUnknown } from "../option-checks.ts";

export interface ArrowFileOptions {
  /** The columns that rows have. Default: all. */
  readonly columns?: readonly string[] | undefined;
  /** What a Decimal becomes that has digits behind its point: a `Float`, the nearest, or its exact text. Default `"float"`. */
  readonly decimals?: "float" | "string" | undefined;
  /** Rows a chunk. Default 5000. */
  readonly chunkRows?: number | undefined;
}

/** @throws ConfigurationError naming the option that is unknown or wrong */
export function checkArrowFileOptions(options: ArrowFileOptions) {
  refuseUnknown(options, ["columns", "decimals", "chunkRows"], "readArrow");
  return {
    columns: checkNames("columns", options.columns),
    decimals: checkOneOf("decimals", options.decimals, ["float", "string"]) ?? "float",
    chunkRows: checkWhole("chunkRows", options.chunkRows) ?? 5_000,
  };
}

export type CheckedArrowFileOptions = ReturnType<typeof checkArrowFileOptions>;
