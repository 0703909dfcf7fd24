import type { ReadColumn } from "./cell-columns.ts";
import type { LeafCell } from "./layout.ts";
import {
  ANY,
  BOOLEAN,
  FLOAT64,
  FLOATS,
  INT64,
  SPAN_STRING,
  SPAN_STRINGS,
  STRING,
  STRINGS,
  WIDE_INTEGER,
} from "./operations.ts";

/** @param slots the index of the column's first slot in 32-bit words. */
export function leafColumn({ predicts, field }: LeafCell, slots: number): ReadColumn {
  // A loop each, which sees only its own kind of value.
  switch (predicts) {
    case WIDE_INTEGER:
    case FLOAT64:
      return ({ memory: { f64 } }, rows) => {
        const values = new Array<unknown>(rows.length);
        for (let i = 0; i < rows.length; i++) values[i] = f64[slots / 2 + rows[i]!];
        return values;
      };
    case INT64:
      return ({ memory: { i64 } }, rows) => {
        const values = new Array<unknown>(rows.length);
        for (let i = 0; i < rows.length; i++) values[i] = i64[slots / 2 + rows[i]!];
        return values;
      };
    case STRING:
      return ({ texts, memory: { i32 } }, rows) => {
        const values = new Array<unknown>(rows.length);
        for (let i = 0; i < rows.length; i++) values[i] = texts[i32[slots + rows[i]! * 2]!];
        return values;
      };
    case BOOLEAN:
      return ({ memory: { i32 } }, rows) => {
        const values = new Array<unknown>(rows.length);
        for (let i = 0; i < rows.length; i++) values[i] = i32[slots + rows[i]! * 2] === 1;
        return values;
      };
    case SPAN_STRING:
      return ({ memory: { i32, spans } }, rows) => {
        const values = new Array<unknown>(rows.length);
        for (let i = 0; i < rows.length; i++) values[i] = spans[i32[slots + rows[i]! * 2]!];
        return values;
      };
    case SPAN_STRINGS:
      return ({ memory: { i32, lists } }, rows) => {
        const values = new Array<unknown>(rows.length);
        for (let i = 0; i < rows.length; i++) values[i] = lists[i32[slots + rows[i]! * 2]!];
        // Those of structures are frozen, and equal ones are one; all others are the caller's.
        return field === "strings" ? values : values.map((list) => (list as readonly string[]).slice());
      };
    case STRINGS:
      return (cells, rows) => {
        const { i32 } = cells.memory;
        const { texts } = cells;
        return rows.map((row) => cells.strings(texts, i32[slots + row * 2]!, i32[slots + row * 2 + 1]!));
      };
    case FLOATS:
      return (cells, rows) => {
        const { i32 } = cells.memory;
        return rows.map((row) => cells.floats(i32[slots + row * 2]!, i32[slots + row * 2 + 1]!));
      };
    case ANY:
      return (cells, rows) => {
        const { i32 } = cells.memory;
        return rows.map((row) => cells.encoded(i32[slots + row * 2]!, i32[slots + row * 2 + 1]!, row));
      };
    default:
      return ({ memory: { i32 } }, rows) => {
        const values = new Array<unknown>(rows.length);
        for (let i = 0; i < rows.length; i++) values[i] = i32[slots + rows[i]! * 2];
        return values;
      };
  }
}
