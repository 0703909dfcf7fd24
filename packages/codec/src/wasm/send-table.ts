import type { Column, NumberColumn } from "../columns/column.ts";
import type { ColumnTable } from "../columns/column-table.ts";
import { Packer } from "../plain/packer.ts";
import type { SendCells, SendColumn } from "./send-cells.ts";
import { type ColumnKind, columnKindOf, type SendField } from "./send-shape.ts";

/** So many values of a column tell its kind. */
const maxLessons = 50;

/** What is to be written for each row of a table; `undefined`: the plain writer does it as well. */
export function tableFields({ names, columns }: ColumnTable): SendField[] | undefined {
  if (names.length === 0) return undefined;
  const scratch = new Packer();
  const fields: SendField[] = [];
  for (const [i, name] of names.entries()) {
    scratch.beginValue();
    if (i === 0) scratch.mapHeader(names.length);
    if (!scratch.string(name)) return undefined;
    const literal = scratch.takeValue();
    if (literal.length >= 0x1_0000) return undefined;
    const kind = kindOfColumn(columns[i] as Column);
    if (kind === undefined) return undefined;
    fields.push({ kind, literal, level: 1 });
  }
  return fields.every(({ kind }) => kind === "encoded") ? undefined : fields;
}

function kindOfColumn(column: Column): ColumnKind | undefined {
  switch (column.type) {
    case "int32":
    case "int53":
    case "number":
      return "number";
    case "float64":
      return "float";
    case "int64":
      return "bigint";
    case "boolean":
    case "null":
      return "boolean";
    case "string":
      return "string";
    default:
      return columnKindOf(Array.from({ length: Math.min(maxLessons, column.length) }, (_, i) => column.get(i)));
  }
}

/** Puts rows `from` to `to` of a table in the cells. @throws Unsendable */
export function fillCells(cells: SendCells, table: ColumnTable, from: number, to: number): void {
  for (const [i, column] of table.columns.entries()) fill(cells, cells.columns[i] as SendColumn, column, from, to);
}

function fill(cells: SendCells, into: SendColumn, column: Column, from: number, to: number): void {
  if (isNumeric(column)) {
    const { values } = column;
    const part = values.subarray(from, to);
    // Unsigned ones may not fit: each is looked at.
    if (isBigUnsigned(part)) {
      for (const [row, value] of part.entries()) cells.put(into, value, row);
    } else if (column.type === "int64") {
      cells.memory.i64.set(part as BigInt64Array, into.slots >> 1);
    } else {
      cells.memory.f64.set(part as Float64Array, into.slots >> 1);
    }
    if (column.validity === undefined) return;
    for (let i = from; i < to; i++) if (column.isNull(i)) cells.other(into, null, i - from);
    return;
  }
  const values = column.type === "values" ? column.values : undefined;
  if (into.kind === "string" && values !== undefined) {
    const { u32 } = cells.memory;
    const { slots } = into;
    let text = "";
    for (let i = from; i < to; i++) {
      const value = values[i];
      if (typeof value === "string") {
        u32[slots + (i - from) * 2 + 1] = value.length;
        text += value;
      } else {
        cells.other(into, value, i - from);
      }
    }
    into.text = text;
    return;
  }
  for (let i = from; i < to; i++) cells.put(into, column.get(i), i - from);
}

function isNumeric(column: Column): column is NumberColumn {
  return ["int32", "int53", "int64", "float64", "number"].includes(column.type);
}

function isBigUnsigned(values: unknown): values is BigUint64Array {
  return Object.prototype.toString.call(values) === "[object BigUint64Array]";
}
