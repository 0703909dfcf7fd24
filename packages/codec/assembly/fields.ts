// Fields of a flat structure: exactly the declared kind, each in a column of its own behind the structure's.
import { classAt, FLOAT } from "./classes";
import { putSpan } from "./leaves";
import { capacity, leaveEncoded, putInteger, putString } from "./cells";
import { M_INT_16, M_INT_32, M_INT_64, M_INT_8, M_LOWEST_INLINE } from "./gen/markers";
import { COLUMN, ONLY_INTEGER, SLOTS_AT, TARGET } from "./operations";
import { stringAt } from "./read";

/** Whether a structure begins here, with this head and tag. */
export function isHead(p: usize, end: usize, head: u32, tag: u32): bool {
  return p + 2 <= end && <u32>load<u16>(p) == (head | (tag << 8));
}

function slotOf(operation: usize, field: u32, row: u32): usize {
  return <usize>load<u32>(operation, SLOTS_AT) + (<usize>((field + 1) * capacity + row) << 3);
}

function columnOf(operation: usize, field: u32): u32 {
  return <u32>load<u16>(operation, COLUMN) + field + 1;
}

/** What the plan says of a field: of an integer that it is wide, of a string that it is in the dictionary. */
function hasBit(operation: usize, field: u32): bool {
  return ((load<u32>(operation, TARGET) >> field) & 1) != 0;
}

export function integerField(p: usize, end: usize, operation: usize, field: u32, row: u32): usize {
  // By branches on the marker, which the processor guesses, not by the table of markers, for which it would wait.
  const marker = load<u8>(p);
  let value: i64;
  let next: usize;
  if (marker == M_INT_32) {
    value = <i64>(<i32>bswap<u32>(load<u32>(p, 1)));
    next = p + 5;
  } else if (<i8>marker >= <i8>M_LOWEST_INLINE) {
    value = <i64>(<i8>marker);
    next = p + 1;
  } else if (marker == M_INT_16) {
    value = <i64>(<i16>bswap<u16>(load<u16>(p, 1)));
    next = p + 3;
  } else if (marker == M_INT_64) {
    value = <i64>bswap<u64>(load<u64>(p, 1));
    next = p + 9;
  } else if (marker == M_INT_8) {
    value = <i64>load<i8>(p, 1);
    next = p + 2;
  } else return 0;
  if (next > end) return 0;
  const slot = slotOf(operation, field, row);
  if (hasBit(operation, field)) {
    // A wide field: always a double, since most of its values aren't int32.
    if (value >= -9007199254740991 && value <= 9007199254740991) store<f64>(slot, <f64>value);
    else leaveEncoded(p, next, slot, columnOf(operation, field), row);
  } else if (<i64>(<i32>value) == value) {
    store<i32>(slot, <i32>value);
  } else {
    putInteger(p, next, value, slot, columnOf(operation, field), row, ONLY_INTEGER);
  }
  return next;
}

export function floatField(p: usize, end: usize, operation: usize, field: u32, row: u32): usize {
  if (p + 9 > end || classAt(p) != FLOAT) return 0;
  store<u64>(slotOf(operation, field, row), bswap<u64>(load<u64>(p, 1)));
  return p + 9;
}

export function stringField(p: usize, end: usize, operation: usize, field: u32, row: u32): usize {
  const next = stringAt(p, end);
  if (next == 0) return 0;
  const slot = slotOf(operation, field, row);
  const column = columnOf(operation, field);
  if (hasBit(operation, field)) return putSpan(p, next, slot, column, row);
  return putString(slot, column, row, true) ? next : 0;
}
