import { broken, type Cells } from "./cells.ts";
import type { AddRows } from "./materialise.ts";

/** Every so many batches a few rows are kept anew. */
const batchesBetween = 16;
const keptRows = 8;

/**
 * Makes the rows of batches by one function.
 *
 * It keeps a few of them, without their text: where a full collection finds no object of a shape that the function was
 * compiled for, V8 throws the compiled code away, and the next batches are made several times slower.
 */
export class RowMaker {
  readonly add: AddRows;
  #batches = 0;
  #kept: readonly unknown[] = [];

  constructor(add: AddRows) {
    this.add = add;
  }

  /** Makes `count` rows, and has `instead` make each one that throws because a value in it can't be decoded. */
  make(cells: Cells, count: number, instead: (row: number) => unknown): { rows: unknown[]; wasBroken: boolean } {
    // At its full length: growing by push takes a fifth of the time of short rows.
    const rows = new Array<unknown>(count);
    let wasBroken = false;
    for (let row = 0; row < count; row++) {
      try {
        this.add(cells, row, count, rows);
        break;
      } catch (error) {
        // A maker's error (an unknown zone, say) is no less a broken value than what a cell found.
        if (error !== broken && !(error instanceof Error)) throw error;
        wasBroken = true;
        while (rows[row] !== undefined) row++;
        rows[row] = instead(row);
      }
    }
    if (!wasBroken && this.#batches++ % batchesBetween === 0) this.#keepSome(cells, count);
    return { rows, wasBroken };
  }

  #keepSome(cells: Cells, count: number): void {
    const kept: unknown[] = [];
    try {
      cells.withoutText(() => this.add(cells, 0, Math.min(count, keptRows), kept));
    } catch {
      // Some values can't be made of empty text; then the rows before them will do.
    }
    this.#kept = kept;
  }

  /** The rows that are kept. */
  get kept(): readonly unknown[] {
    return this.#kept;
  }
}
