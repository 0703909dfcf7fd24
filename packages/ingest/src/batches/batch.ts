/** What is written in one transaction, and the stretch of the source that it is a part of. */
import { numberAt, numbersFrom, type RowNumbers } from "../source/row-feed.ts";
import type { RowSet } from "../source/row-set.ts";
import type { RejectedRow } from "../source/row-source.ts";

/** A stretch of one file, or of the source, without a gap. */
export interface Window {
  /** Windows are counted in the order of the source. */
  readonly index: number;
  readonly file: string | undefined;
  /** The first and the last row's number, those of rejected rows included. */
  readonly first: number;
  readonly last: number;
  readonly batches: readonly Batch[];
  /** Rows that could not be read or converted. */
  readonly rejected: readonly RejectedRow[];
  /** Rows that an earlier run has done. */
  readonly resumed: number;
}

export interface Batch {
  /** Of its window. */
  readonly window: number;
  readonly file: string | undefined;
  readonly rows: RowSet;
  readonly numbers: RowNumbers;
  /** How it was divided from the rest of its window, see {@link Cells}: its cell, and the parts that it locks. */
  readonly scheme: string;
  readonly cell: number;
  readonly locks: number;
}

export function firstOf({ numbers }: Batch): number {
  return numberAt(numbers, 0);
}

export function lastOf({ numbers, rows }: Batch): number {
  return numberAt(numbers, rows.length - 1);
}

/** Some of a batch's rows as a batch. */
export function partOf(batch: Batch, from: number, to: number): Batch {
  return { ...batch, rows: batch.rows.slice(from, to), numbers: numbersFrom(batch.numbers, from, to) };
}

/** A row as whoever looks after rejected ones wants it. */
export function rejectedRow({ file, rows, numbers }: Batch, index: number, reason: string, code?: string): RejectedRow {
  return {
    file,
    row: numberAt(numbers, index),
    content: rows.row(index),
    reason,
    ...(code === undefined ? {} : { code }),
  };
}
