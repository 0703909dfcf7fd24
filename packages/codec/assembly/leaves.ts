// The values of a shape program's leaves: the predicted kind goes straight into its slot, any other one to cells.ts.
import { FALSE, FLOAT, INTEGER, LIST_SIZED, LIST_TINY, TRUE } from "./classes";
import { depth, leaveEncoded, putInteger, putOther, putString } from "./cells";
import { CLASSES, INPUT, PAYLOADS, VECTORS } from "./layout";
import { headAt, integer, integerAt, size, skip, start, stringAt, stringsAt } from "./read";
import { addSpan, findSpan, MAX_SPAN } from "./spans";
import { isUtf8 } from "./strings";

/** Items in the vectors' area. */
export let vectorItems: u32 = 0;

export function beginLeaves(): void {
  vectorItems = 0;
}

/** Forgets the items of an alternative that was not taken. */
export function backToVectors(items: u32): void {
  vectorItems = items;
}

// @ts-ignore: decorator
@inline
export function int32Leaf(p: usize, end: usize, slot: usize, column: u32, row: u32, only: u8): usize {
  const b = <usize>load<u8>(p);
  if (p < end && load<u8>(CLASSES + b) == INTEGER) {
    if (load<u8>(PAYLOADS + b) == 0) {
      store<i32>(slot, <i32>(<i8>b));
      return p + 1;
    }
    const next = integerAt(p, end);
    if (next == 0) return 0;
    if (<i64>(<i32>integer) == integer) store<i32>(slot, <i32>integer);
    else putInteger(p, next, integer, slot, column, row, only);
    return next;
  }
  return putOther(p, end, slot, column, row, only);
}

export function wideIntegerLeaf(p: usize, end: usize, slot: usize, column: u32, row: u32, only: u8): usize {
  const next = integerAt(p, end);
  if (next == 0) return putOther(p, end, slot, column, row, only);
  if (integer >= -9007199254740991 && integer <= 9007199254740991) store<f64>(slot, <f64>integer);
  else leaveEncoded(p, next, slot, column, row);
  return next;
}

export function int64Leaf(p: usize, end: usize, slot: usize, column: u32, row: u32, only: u8): usize {
  const next = integerAt(p, end);
  if (next == 0) return putOther(p, end, slot, column, row, only);
  store<i64>(slot, integer);
  return next;
}

// @ts-ignore: decorator
@inline
export function floatLeaf(p: usize, end: usize, slot: usize, column: u32, row: u32, only: u8): usize {
  if (p + 9 <= end && load<u8>(CLASSES + <usize>load<u8>(p)) == FLOAT) {
    store<u64>(slot, bswap<u64>(load<u64>(p, 1)));
    return p + 9;
  }
  return putOther(p, end, slot, column, row, only);
}

export function booleanLeaf(p: usize, end: usize, slot: usize, column: u32, row: u32, only: u8): usize {
  if (p < end) {
    const kind = load<u8>(CLASSES + <usize>load<u8>(p));
    if (kind == TRUE || kind == FALSE) {
      store<i32>(slot, <i32>(kind == TRUE));
      return p + 1;
    }
  }
  return putOther(p, end, slot, column, row, only);
}

export function stringLeaf(p: usize, end: usize, slot: usize, column: u32, row: u32, only: u8): usize {
  const next = stringAt(p, end);
  if (next == 0) return putOther(p, end, slot, column, row, only);
  return putString(slot, column, row, true) ? next : 0;
}

export function anyLeaf(p: usize, end: usize, slot: usize): usize {
  const next = skip(p, end, depth);
  store<u32>(slot, <u32>(p - INPUT));
  store<u32>(slot, <u32>(next - INPUT), 4);
  return next;
}

export function spanStringLeaf(p: usize, end: usize, slot: usize, column: u32, row: u32, only: u8): usize {
  const next = stringAt(p, end);
  if (next == 0) return putOther(p, end, slot, column, row, only);
  const length = <u32>(next - p);
  if (length <= MAX_SPAN) {
    let id = findSpan(p, length);
    if (id < 0) {
      if (!isUtf8(start, size)) return 0;
      id = addSpan(p, length);
    }
    if (id >= 0) {
      store<i32>(slot, id);
      return next;
    }
  }
  return putString(slot, column, row, false) ? next : 0;
}

export function spanStringsLeaf(p: usize, end: usize, slot: usize, column: u32, row: u32, only: u8): usize {
  const next = stringsAt(p, end);
  if (next == 0) return putOther(p, end, slot, column, row, only);
  const length = <u32>(next - p);
  if (length <= MAX_SPAN) {
    let id = findSpan(p, length);
    if (id < 0) {
      if (skip(p, end, depth) == 0) return 0;
      id = addSpan(p, length);
    }
    if (id >= 0) {
      store<i32>(slot, id);
      return next;
    }
  }
  if (skip(p, end, depth) == 0) return 0;
  leaveEncoded(p, next, slot, column, row);
  return next;
}

export function floatsLeaf(p: usize, end: usize, slot: usize, column: u32, row: u32, only: u8): usize {
  let q = headAt(p, end, LIST_TINY, LIST_SIZED);
  const count = size;
  // A float is 9 bytes; the division keeps a hostile count from overflowing.
  if (q == 0 || count > <u32>(end - q) / 9) return putOther(p, end, slot, column, row, only);
  let to = VECTORS + (<usize>vectorItems << 3);
  for (let i: u32 = 0; i < count; i++) {
    if (load<u8>(CLASSES + <usize>load<u8>(q)) != FLOAT) return putOther(p, end, slot, column, row, only);
    store<u64>(to, bswap<u64>(load<u64>(q, 1)));
    q += 9;
    to += 8;
  }
  store<u32>(slot, vectorItems);
  store<u32>(slot, count, 4);
  vectorItems += count;
  return q;
}
