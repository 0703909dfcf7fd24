// Fields of a flat structure: exactly the declared kind, each in a column of its own behind the structure's.
import { FLOAT } from "./classes";
import { capacity, leaveEncoded, putInteger, putString } from "./cells";
import { CLASSES } from "./layout";
import { COLUMN, ONLY_INTEGER, SLOTS_AT, TARGET } from "./operations";
import { integer, integerAt, stringAt } from "./read";

/** Whether a structure begins here, with this head and tag. */
// @ts-ignore: decorator
@inline
export function isHead(p: usize, end: usize, head: u32, tag: u32): bool {
  return p + 2 <= end && <u32>load<u16>(p) == (head | (tag << 8));
}

// @ts-ignore: decorator
@inline
function slotOf(operation: usize, field: u32, row: u32): usize {
  return <usize>load<u32>(operation, SLOTS_AT) + (<usize>((field + 1) * capacity + row) << 3);
}

// @ts-ignore: decorator
@inline
function columnOf(operation: usize, field: u32): u32 {
  return <u32>load<u16>(operation, COLUMN) + field + 1;
}

export function integerField(p: usize, end: usize, operation: usize, field: u32, row: u32): usize {
  const next = integerAt(p, end);
  if (next == 0) return 0;
  const slot = slotOf(operation, field, row);
  if ((load<u32>(operation, TARGET) >> field) & 1) {
    // A wide field: always a double, since most of its values aren't int32.
    if (integer >= -9007199254740991 && integer <= 9007199254740991) store<f64>(slot, <f64>integer);
    else leaveEncoded(p, next, slot, columnOf(operation, field), row);
  } else if (<i64>(<i32>integer) == integer) {
    store<i32>(slot, <i32>integer);
  } else {
    putInteger(p, next, integer, slot, columnOf(operation, field), row, ONLY_INTEGER);
  }
  return next;
}

export function floatField(p: usize, end: usize, operation: usize, field: u32, row: u32): usize {
  if (p + 9 > end || load<u8>(CLASSES + <usize>load<u8>(p)) != FLOAT) return 0;
  store<u64>(slotOf(operation, field, row), bswap<u64>(load<u64>(p, 1)));
  return p + 9;
}

export function stringField(p: usize, end: usize, operation: usize, field: u32, row: u32): usize {
  const next = stringAt(p, end);
  if (next == 0) return 0;
  return putString(slotOf(operation, field, row), columnOf(operation, field), row, true) ? next : 0;
}
