// Writing one cell of a column: 8 bytes in its slots and, where the value isn't of the predicted kind, a tag.
// The tags of a column are cleared when its first tag is written; a clean column's tags are never read.
import { classAt, FALSE, FLOAT, INTEGER, NULL, STRING_SIZED, STRING_TINY, TRUE, LIST_SIZED, LIST_TINY, MAP_SIZED, MAP_TINY } from "./classes";
import { DIRTY, INPUT, TAGS } from "./layout";
import {
  ANYTHING,
  ONLY_BOOLEAN,
  ONLY_FLOAT,
  ONLY_INTEGER,
  ONLY_LIST_OF_STRINGS,
  ONLY_MAP,
  ONLY_STRING,
} from "./operations";
import { integer, integerAt, skip, stringAt, stringsAt } from "./read";
import { addString, beginStrings, strings } from "./string-list";
import * as tag from "./tags";

/** Cells a column, this pass. */
export let capacity: u32 = 0;
/** Integers are given as 64 bits. */
export let bigIntegers: bool = false;
/** Containers that may nest in a value of the plan. */
export let depth: i32 = 0;
/** Cells left encoded. */
export let unpredicted: u32 = 0;

export function beginCells(cellsPerColumn: u32, big: bool, deepest: i32): void {
  capacity = cellsPerColumn;
  bigIntegers = big;
  depth = deepest;
  beginStrings();
  unpredicted = 0;
}

/** Forgets what was put into the cells of a row that is read once more. */
export function clearRow(row: u32, columnCount: u32, unpredictedBefore: u32): void {
  unpredicted = unpredictedBefore;
  for (let column: u32 = 0; column < columnCount; column++) {
    if (load<u8>(DIRTY + column)) store<u8>(TAGS + column * capacity + row, tag.PREDICTED);
  }
}

export function mark(column: u32, row: u32, what: u8): void {
  const tags = TAGS + column * capacity;
  if (!load<u8>(DIRTY + column)) {
    store<u8>(DIRTY + column, 1);
    memory.fill(tags, 0, capacity);
  }
  store<u8>(tags + row, what);
}

/** Leaves a value encoded: JavaScript's reader takes it. */
export function leaveEncoded(p: usize, next: usize, slot: usize, column: u32, row: u32): void {
  store<u32>(slot, <u32>(p - INPUT));
  store<u32>(slot, <u32>(next - INPUT), 4);
  mark(column, row, tag.ENCODED);
}

/**
 * An integer that isn't an int32, or isn't where one was predicted. In a structure (`only`) it is never made a bigint for
 * its kind's sake: the structure's maker does that.
 */
export function putInteger(p: usize, next: usize, value: i64, slot: usize, column: u32, row: u32, only: u8): void {
  if (bigIntegers && only == ANYTHING) {
    store<i64>(slot, value);
    mark(column, row, tag.INT64);
  } else if (<i64>(<i32>value) == value) {
    store<i32>(slot, <i32>value);
    mark(column, row, tag.INT32);
  } else if (value >= -9007199254740991 && value <= 9007199254740991) {
    store<f64>(slot, <f64>value);
    mark(column, row, tag.FLOAT64);
  } else {
    leaveEncoded(p, next, slot, column, row);
  }
}

/** Lists the string that `stringAt` found, and puts its number in a cell. `predicted`: it needs no tag. False: it isn't UTF-8. */
export function putString(slot: usize, column: u32, row: u32, predicted: bool): bool {
  store<u32>(slot, strings);
  if (!addString()) return false;
  if (!predicted) mark(column, row, tag.STRING);
  return true;
}

function isAllowed(p: usize, end: usize, kind: u8, only: u8): bool {
  if (only == ONLY_INTEGER) return kind == INTEGER;
  if (only == ONLY_FLOAT) return kind == FLOAT;
  if (only == ONLY_STRING) return kind == STRING_TINY || kind == STRING_SIZED;
  if (only == ONLY_BOOLEAN) return kind == FALSE || kind == TRUE;
  if (only == ONLY_MAP) return kind == MAP_TINY || kind == MAP_SIZED;
  if (only == ONLY_LIST_OF_STRINGS) return (kind == LIST_TINY || kind == LIST_SIZED) && stringsAt(p, end) != 0;
  return false;
}

/** A value of another kind than predicted. It stays in the batch, with a tag. Its end, or 0: malformed, or not allowed. */
export function putOther(p: usize, end: usize, slot: usize, column: u32, row: u32, only: u8): usize {
  if (p >= end) return 0;
  const kind = classAt(p);
  if (only != ANYTHING && !isAllowed(p, end, kind, only)) return 0;
  if (kind == NULL) {
    mark(column, row, tag.NULL);
    return p + 1;
  }
  if (kind == FALSE || kind == TRUE) {
    store<i32>(slot, <i32>(kind == TRUE));
    mark(column, row, tag.BOOLEAN);
    return p + 1;
  }
  if (kind == INTEGER) {
    const next = integerAt(p, end);
    if (next != 0) putInteger(p, next, integer, slot, column, row, only);
    return next;
  }
  if (kind == FLOAT) {
    if (p + 9 > end) return 0;
    store<u64>(slot, bswap<u64>(load<u64>(p, 1)));
    mark(column, row, tag.FLOAT64);
    return p + 9;
  }
  if (kind == STRING_TINY || kind == STRING_SIZED) {
    const next = stringAt(p, end);
    return next != 0 && putString(slot, column, row, false) ? next : 0;
  }
  const next = skip(p, end, depth);
  if (next == 0) return 0;
  unpredicted++;
  leaveEncoded(p, next, slot, column, row);
  return next;
}
