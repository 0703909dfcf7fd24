// Fields of a flat structure, from the columns behind the structure's own.
import { SIZE, SLOTS_AT } from "./operations";
import { writeFloat, writeInteger } from "./write";
import { writeText } from "./write-text";

function columnOf(operation: usize, field: u32): usize {
  return operation + (<usize>field + 1) * SIZE;
}

function slotOf(column: usize, row: u32): usize {
  return <usize>load<u32>(column, SLOTS_AT) + (<usize>row << 3);
}

/** An integer field's column holds doubles: a safe integer each. */
export function writeIntegerField(to: usize, operation: usize, field: u32, row: u32): usize {
  return writeInteger(to, <i64>load<f64>(slotOf(columnOf(operation, field), row)));
}

export function writeFloatField(to: usize, operation: usize, field: u32, row: u32): usize {
  return writeFloat(to, load<f64>(slotOf(columnOf(operation, field), row)));
}

/** 0: the strings' lengths don't fit their text. */
export function writeStringField(to: usize, operation: usize, field: u32, row: u32): usize {
  const column = columnOf(operation, field);
  return writeText(to, column, slotOf(column, row));
}
