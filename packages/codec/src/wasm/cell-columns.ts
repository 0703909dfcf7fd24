import { withoutNulls } from "../values.ts";
import { type Cells, otherOf } from "./cells.ts";
import type { Cell, ChoiceCell, FlatCell, MapCells, StructureCells } from "./layout.ts";
import { leafColumn } from "./leaf-columns.ts";
import { makerOfFields } from "./make.ts";
import type { Areas } from "./memory.ts";
import { mayHoldNulls } from "./null-properties.ts";
import { objectsOfColumns } from "./objects-of-columns.ts";
import { structuresOfColumns } from "./structures-of-columns.ts";

/**
 * Reads a cell in some rows, given by their numbers: its values in their order. All rows of a batch at once, since a loop
 * for one kind of value costs far less than a call for each value.
 */
export type ReadColumn = (cells: Cells, rows: readonly number[]) => unknown[];

/** Where the columns lie, and which of them hold unpredicted cells. */
export interface Place {
  readonly capacity: number;
  readonly areas: Areas;
  readonly dirty: Uint8Array;
}

export function columnOfCell(cell: Cell, place: Place): ReadColumn {
  const slots = (place.areas.slots + cell.column * place.capacity * 8) / 4;
  const predicted = predictedColumn(cell, slots, place);
  if (place.dirty[cell.column] === 0) return predicted;
  const tags = place.areas.tags + cell.column * place.capacity;
  const other = otherOf[(cell.kind === "leaf" && cell.field) || "any"];
  return someUnpredicted(predicted, tags, slots, other);
}

function predictedColumn(cell: Cell, slots: number, place: Place): ReadColumn {
  if (cell.kind === "leaf") return leafColumn(cell, slots);
  return cell.kind === "flat" ? madeColumn(cell, place) : choiceColumn(cell, slots, place);
}

/** The rows whose cell is as predicted are read together: the columns below hold nothing of the others. */
function someUnpredicted(
  predicted: ReadColumn,
  tags: number,
  slots: number,
  other: (typeof otherOf)[keyof typeof otherOf],
): ReadColumn {
  return (cells, rows) => {
    const { u8 } = cells.memory;
    const usual: number[] = [];
    for (let i = 0; i < rows.length; i++) if (u8[tags + rows[i]!] === 0) usual.push(rows[i]!);
    const read = usual.length === 0 ? usual : predicted(cells, usual);
    if (usual.length === rows.length) return read;
    const values = new Array<unknown>(rows.length);
    let next = 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      const tag = u8[tags + row] as number;
      values[i] = tag === 0 ? read[next++] : cells[other](tag, slots + row * 2, row);
    }
    return values;
  };
}

/** Each alternative reads the rows that are of it. */
function choiceColumn({ alternatives }: ChoiceCell, slots: number, place: Place): ReadColumn {
  const reads = alternatives.map((one) => madeColumn(one, place));
  // Where there is one alternative, the pass doesn't say which it is.
  if (reads.length === 1) return reads[0] as ReadColumn;
  return (cells, rows) => {
    const { i32 } = cells.memory;
    const rowsOf = reads.map((): number[] => []);
    for (let i = 0; i < rows.length; i++) rowsOf[i32[slots + rows[i]! * 2]!]!.push(rows[i]!);
    const read = reads.map((one, choice) => (rowsOf[choice]!.length === 0 ? [] : one(cells, rowsOf[choice]!)));
    const next = reads.map(() => 0);
    const values = new Array<unknown>(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const choice = i32[slots + rows[i]! * 2] as number;
      values[i] = read[choice]![next[choice]!++];
    }
    return values;
  };
}

function madeColumn(made: FlatCell | MapCells | StructureCells, place: Place): ReadColumn {
  if (made.kind === "map") {
    const values = made.values.map((value) => columnOfCell(value, place));
    const objects = objectsOfColumns(made.keys);
    return (cells, rows) => objects(readAll(values, cells, rows), rows.length);
  }
  const make = makerOfFields(made.structure);
  const fields = made.fields.map((field, i) => {
    const column = columnOfCell(field, place);
    return mayHoldNulls(made, i, place.dirty) ? withoutNullsIn(column) : column;
  });
  return (cells, rows) => structuresOfColumns(make, readAll(fields, cells, rows), rows.length);
}

function withoutNullsIn(column: ReadColumn): ReadColumn {
  return (cells, rows) => {
    const values = column(cells, rows);
    for (let i = 0; i < values.length; i++) withoutNulls(values[i] as object);
    return values;
  };
}

/** Reads several columns in the same rows. */
export function readAll(columns: readonly ReadColumn[], cells: Cells, rows: readonly number[]): unknown[][] {
  return columns.map((column) => column(cells, rows));
}
