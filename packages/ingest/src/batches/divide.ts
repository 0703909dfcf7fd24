/** Divides rows among cells. Every row comes through here, so it counts what it costs: there are no arrays that grow, and no closures. */
import { numberAt, type RowNumbers } from "../source/row-feed.ts";
import type { RowSet } from "../source/row-set.ts";
import type { Cells } from "./cells.ts";

/** The rows of one cell. */
export interface CellRows {
  readonly cell: number;
  readonly rows: RowSet;
  readonly numbers: RowNumbers;
}

/** In the order of the cells, those without rows left out; within a cell rows stay in their order. */
export function divided(rows: RowSet, numbers: RowNumbers, cells: Cells): CellRows[] {
  const { length } = rows;
  const cellOf = new Uint16Array(length);
  const counts = new Uint32Array(cells.count);
  for (let i = 0; i < length; i++) {
    const cell = cells.of(rows, i);
    cellOf[i] = cell;
    counts[cell]!++;
  }
  const indices = Array.from(counts, (count) => new Uint32Array(count));
  const filled = new Uint32Array(cells.count);
  for (let i = 0; i < length; i++) {
    const cell = cellOf[i]!;
    indices[cell]![filled[cell]!++] = i;
  }
  return indices.flatMap((own, cell) =>
    own.length === 0 ? [] : [{ cell, rows: rows.pick(own), numbers: numbersOf(numbers, own) }],
  );
}

function numbersOf(numbers: RowNumbers, indices: Uint32Array): Float64Array {
  const { length } = indices;
  const picked = new Float64Array(length);
  for (let i = 0; i < length; i++) picked[i] = numberAt(numbers, indices[i]!);
  return picked;
}
