import { columnOfCell, type ReadColumn, readAll } from "./cell-columns.ts";
import type { Cells } from "./cells.ts";
import { listsOfColumns } from "./lists-of-columns.ts";
import type { AddRows, Keys } from "./materialise.ts";
import type { Areas } from "./memory.ts";
import { objectsOfColumns } from "./objects-of-columns.ts";
import type { Program } from "./program.ts";

/** So many rows are tried together behind one that couldn't be made: there may be more of those. */
const fewRows = 16;

/** Makes rows without generated code: by closures, one a column, which read it in many rows at once. */
export function closureOfRows(program: Program, areas: Areas, dirty: Uint8Array, keys: Keys): AddRows {
  const place = { capacity: program.capacity, areas, dirty };
  const columns = program.columns.map((cell) => columnOfCell(cell, place));
  const make = keys === undefined ? listsOfColumns : objectsOfColumns(keys);
  const read: ReadColumn = (cells, rows) => make(readAll(columns, cells, rows), rows.length);
  return (cells, from, to, out) => {
    let size = from === 0 ? to : fewRows;
    for (let row = from; row < to; size *= 2) {
      const end = Math.min(row + size, to);
      addTogether(read, cells, row, end, out);
      row = end;
    }
  };
}

function addTogether(read: ReadColumn, cells: Cells, from: number, to: number, out: unknown[]): void {
  let made: unknown[];
  try {
    made = read(cells, numbers(from, to));
  } catch {
    // One of them can't be made. Those before it can, and its own error is to be thrown.
    for (let row = from; row < to; row++) out[row] = read(cells, [row])[0];
    return;
  }
  for (let row = from; row < to; row++) out[row] = made[row - from];
}

function numbers(from: number, to: number): number[] {
  const rows = new Array<number>(to - from);
  for (let row = from; row < to; row++) rows[row - from] = row;
  return rows;
}
