// Fields of a flat structure, from the columns behind the structure's own.
import { COLUMN, SLOTS_AT } from "./operations";
import { packCapacity } from "./pack-columns";
import { writeFloat, writeInteger, writeString } from "./write";
import { TEXT } from "./layout";

function slotOf(operation: usize, field: u32, row: u32): usize {
  return <usize>load<u32>(operation, SLOTS_AT) + (<usize>((field + 1) * packCapacity + row) << 3);
}

/** An integer field's column holds doubles: a safe integer each. */
export function writeIntegerField(to: usize, operation: usize, field: u32, row: u32): usize {
  return writeInteger(to, <i64>load<f64>(slotOf(operation, field, row)));
}

export function writeFloatField(to: usize, operation: usize, field: u32, row: u32): usize {
  return writeFloat(to, load<f64>(slotOf(operation, field, row)));
}

export function writeStringField(to: usize, operation: usize, field: u32, row: u32): usize {
  const slot = slotOf(operation, field, row);
  return writeString(to, TEXT + <usize>load<u32>(slot), load<u32>(slot, 4));
}
