/** Asks of each row, when a job goes on, whether it is done. */
import { type Cells, cellsOf } from "../batches/cells.ts";
import type { Partition } from "../mapping/write-plan.ts";
import type { RowSet } from "../source/row-set.ts";
import { type DoneRange, refusedScheme } from "./done-range.ts";

interface Known {
  readonly range: DoneRange;
  readonly cells: Cells;
}

export class DoneRows {
  readonly #byFile = new Map<string | undefined, Known[]>();

  constructor(ranges: readonly DoneRange[], partition: Partition | undefined) {
    for (const range of ranges) {
      const known = this.#byFile.get(range.file) ?? [];
      this.#byFile.set(range.file, known);
      known.push({ range, cells: cellsOf(range.scheme === refusedScheme ? "" : range.scheme, partition) });
    }
  }

  /** Whether any row from one number to another may be done. */
  touches(file: string | undefined, first: number, last: number): boolean {
    return this.#byFile.get(file)?.some(({ range }) => range.first <= last && range.last >= first) ?? false;
  }

  /** @param rows where the row is, for its cell */
  has(file: string | undefined, number: number, rows: RowSet, index: number): boolean {
    for (const { range, cells } of this.#byFile.get(file) ?? []) {
      if (range.scheme === refusedScheme || number < range.first || number > range.last) continue;
      if (cells.of(rows, index) === range.cell) return true;
    }
    return false;
  }

  /** Whether a row that can't be read or converted was seen to. */
  hasRefused(file: string | undefined, number: number): boolean {
    return (
      this.#byFile
        .get(file)
        ?.some(({ range }) => range.scheme === refusedScheme && range.first <= number && number <= range.last) ?? false
    );
  }
}
