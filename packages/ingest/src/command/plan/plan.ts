/** What `fulgur ingest` is to do: the plan that a file holds or flags make. */
import type { PropertyType } from "../../mapping/property-type.ts";
import type { BatchLimits } from "../../options/ingest-options.ts";
import type { NodeTarget, RelationshipTarget } from "../../options/targets.ts";

export interface Plan {
  /** How people call it: the plan's file, or the files of the flags. */
  readonly name: string;
  /** Files in it are meant from this folder. */
  readonly folder: string;
  /** A connection file. */
  readonly connection?: string | undefined;
  readonly database?: string | undefined;
  /** The folder that keeps how far the steps are; absent: none does. */
  readonly checkpoint?: string | undefined;
  /** The folder of dead-letter files, one for each step. */
  readonly rejected?: string | undefined;
  readonly steps: readonly Step[];
}

/** What one step writes, from where and how: options of `ingest()`, and where they stand. */
export interface Step {
  /** Unique, and fit to be the name of a file. */
  readonly name: string;
  /** `plan.yaml:7:5`; absent for flags. */
  readonly place?: string | undefined;
  readonly source: StepSource;
  readonly query?: string | undefined;
  readonly nodes?: NodeTarget | undefined;
  readonly relationships?: RelationshipTarget | undefined;
  readonly types?: { readonly [field: string]: PropertyType } | undefined;
  readonly batchSize?: number | BatchLimits | undefined;
  readonly concurrency?: number | undefined;
  readonly partitionBy?: string | readonly string[] | undefined;
  readonly ledger?: boolean | undefined;
  readonly rejected?: string | undefined;
  readonly maxRejected?: number | undefined;
  readonly constraints?: "check" | "create" | "ignore" | undefined;
  readonly maxTransactionRetryTime?: number | undefined;
}

/** The files of a step, and how they are read: options of the readers. */
export interface StepSource {
  /** Paths and globs; `-` is standard input. */
  readonly files: string | readonly string[];
  /** Default: by the name's ending. */
  readonly format?: SourceFormat | undefined;
  /** The columns to read; all others are passed over. */
  readonly columns?: readonly string[] | undefined;
  /** A field that is added to each row: its number in its file, from 1. */
  readonly rowNumber?: string | undefined;
  /** Only so many rows, from the beginning. */
  readonly limit?: number | undefined;
  /** For Parquet and Arrow; see `ColumnarOptions`. */
  readonly decimals?: "float" | "string" | undefined;
  /** For text formats: characters. */
  readonly longestRow?: number | undefined;
  /** For CSV; see `CsvOptions`. */
  readonly delimiter?: string | undefined;
  readonly quote?: string | undefined;
  readonly header?: boolean | undefined;
  readonly names?: readonly string[] | undefined;
  readonly infer?: boolean | undefined;
  readonly inferFrom?: number | undefined;
  readonly nulls?: readonly string[] | undefined;
  readonly listDelimiter?: string | undefined;
  readonly encoding?: string | undefined;
}

export const sourceFormats = ["csv", "jsonl", "json", "parquet", "arrow"] as const;

export type SourceFormat = (typeof sourceFormats)[number];
