/** Any source as one thing: rows with their numbers, so many at a time as are asked for. */

import type { RowSet } from "./row-set.ts";
import type { RejectedRow, SourceProgress } from "./row-source.ts";

/** The numbers of some rows in their file or source: that of the first one, if they follow without a gap, or one for each. */
export type RowNumbers = number | readonly number[] | Float64Array;

export function numberAt(numbers: RowNumbers, index: number): number {
  return typeof numbers === "number" ? numbers + index : (numbers[index] as number);
}

export function numbersFrom(numbers: RowNumbers, from: number, to: number): RowNumbers {
  return typeof numbers === "number" ? numbers + from : numbers.slice(from, to);
}

/** A piece of a source. */
export interface Portion {
  /** Absent for rows that come from no file. */
  readonly file: string | undefined;
  readonly rows: RowSet;
  readonly numbers: RowNumbers;
  /** What could not be read as a row. */
  readonly rejected: readonly RejectedRow[];
  /** The first and the last number in it, those of rejected rows too. */
  readonly first: number;
  readonly last: number;
}

export interface RowFeed {
  /** The next rows, `most` of them or fewer, all of one file; `undefined` at the end. */
  take(most: number): Promise<Portion | undefined>;
  /** Tells the source that no more is wanted. Never rejects. */
  close(): Promise<void>;
  progress?(): SourceProgress;
}

/** Rows that come from no file, one behind the other. */
export function plainPortion(rows: RowSet, first: number): Portion {
  return { file: undefined, rows, numbers: first, rejected: [], first, last: first + rows.length - 1 };
}
