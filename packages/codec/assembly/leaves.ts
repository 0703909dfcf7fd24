// The values of a shape program's leaves: the predicted kind goes straight into its slot, any other one to cells.ts.
import { classAt, FALSE, FLOAT, INTEGER, LIST_SIZED, LIST_TINY, markerAt, STRING_SIZED, STRING_TINY, TRUE } from "./classes";
import { depth, leaveEncoded, putInteger, putOther, putString } from "./cells";
import { INPUT, MAX_VECTOR_ITEMS, VECTORS } from "./layout";
import { COLUMN, LITERAL, LITERAL_LENGTH, MASK, STRICT } from "./operations";
import { headAt, integer, integerAt, size, skip, start, stringAt, stringsAt } from "./read";
import { addSpan, findSpan, isSpan, MAX_SPAN, spanAddress } from "./spans";
import { addString, backToStrings, putAscii, strings, wide } from "./string-list";
import { isAscii, isUtf8 } from "./strings";

function columnOf(operation: usize): u32 {
  return <u32>load<u16>(operation, COLUMN);
}

function onlyOf(operation: usize): u8 {
  return load<u8>(operation, STRICT);
}

/** Items in the vectors' area. */
export let vectorItems: u32 = 0;

export function beginLeaves(): void {
  vectorItems = 0;
}

/** Forgets the items of an alternative that was not taken. */
export function backToVectors(items: u32): void {
  vectorItems = items;
}

export function int32Leaf(p: usize, end: usize, slot: usize, operation: usize, row: u32): usize {
  const marker = markerAt(p);
  if (<u8>marker == INTEGER) {
    const bytes = marker >> 8;
    const next = p + 1 + bytes;
    if (next > end) return 0;
    if (bytes == 2) store<i32>(slot, <i32>(<i16>bswap<u16>(load<u16>(p, 1))));
    else if (bytes == 0) store<i32>(slot, <i32>load<i8>(p));
    else if (bytes == 4) store<i32>(slot, <i32>bswap<u32>(load<u32>(p, 1)));
    else if (bytes == 1) store<i32>(slot, <i32>load<i8>(p, 1));
    else {
      const value = <i64>bswap<u64>(load<u64>(p, 1));
      if (<i64>(<i32>value) == value) store<i32>(slot, <i32>value);
      else putInteger(p, next, value, slot, columnOf(operation), row, onlyOf(operation));
    }
    return next;
  }
  return putOther(p, end, slot, columnOf(operation), row, onlyOf(operation));
}

export function wideIntegerLeaf(p: usize, end: usize, slot: usize, operation: usize, row: u32): usize {
  const next = integerAt(p, end);
  if (next == 0) return putOther(p, end, slot, columnOf(operation), row, onlyOf(operation));
  if (integer >= -9007199254740991 && integer <= 9007199254740991) store<f64>(slot, <f64>integer);
  else leaveEncoded(p, next, slot, columnOf(operation), row);
  return next;
}

export function int64Leaf(p: usize, end: usize, slot: usize, operation: usize, row: u32): usize {
  const next = integerAt(p, end);
  if (next == 0) return putOther(p, end, slot, columnOf(operation), row, onlyOf(operation));
  store<i64>(slot, integer);
  return next;
}

export function floatLeaf(p: usize, end: usize, slot: usize, operation: usize, row: u32): usize {
  if (p + 9 <= end && classAt(p) == FLOAT) {
    store<u64>(slot, bswap<u64>(load<u64>(p, 1)));
    return p + 9;
  }
  return putOther(p, end, slot, columnOf(operation), row, onlyOf(operation));
}

export function booleanLeaf(p: usize, end: usize, slot: usize, operation: usize, row: u32): usize {
  if (p < end) {
    const kind = classAt(p);
    if (kind == TRUE || kind == FALSE) {
      store<i32>(slot, <i32>(kind == TRUE));
      return p + 1;
    }
  }
  return putOther(p, end, slot, columnOf(operation), row, onlyOf(operation));
}

export function stringLeaf(p: usize, end: usize, slot: usize, operation: usize, row: u32): usize {
  const marker = markerAt(p);
  if (<u8>marker == STRING_TINY) {
    // Nearly all strings: at most 15 bytes, one load and one test. A longer tiny form would fail the test of its size.
    const length = marker >> 8;
    const next = p + 1 + length;
    if (next > end) return 0;
    if (length < 16 && (i8x16.bitmask(v128.load(p, 1)) & ((1 << length) - 1)) == 0) {
      putAscii(slot, p + 1, length);
      return next;
    }
  } else if (marker == (<u32>STRING_SIZED | (1 << 8))) {
    const length = <u32>load<u8>(p, 1);
    const next = p + 2 + length;
    if (next > end) return 0;
    if (isAscii(p + 2, length)) {
      putAscii(slot, p + 2, length);
      return next;
    }
  }
  const next = stringAt(p, end);
  if (next == 0) return putOther(p, end, slot, columnOf(operation), row, onlyOf(operation));
  return putString(slot, columnOf(operation), row, true) ? next : 0;
}

export function anyLeaf(p: usize, end: usize, slot: usize): usize {
  const next = skip(p, end, depth);
  store<u32>(slot, <u32>(p - INPUT));
  store<u32>(slot, <u32>(next - INPUT), 4);
  return next;
}

/** The string that `stringAt` found between `p` and `next`, by its number in the dictionary if there is room for it. */
export function putSpan(p: usize, next: usize, slot: usize, column: u32, row: u32): usize {
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

export function spanStringLeaf(p: usize, end: usize, slot: usize, operation: usize, row: u32): usize {
  const marker = markerAt(p);
  if (<u8>marker == STRING_TINY) {
    // What the dictionary holds was validated when it was added.
    const length: u32 = 1 + (marker >> 8);
    if (p + length > end) return 0;
    const id = length <= MAX_SPAN ? findSpan(p, length) : -1;
    if (id >= 0) {
      store<i32>(slot, id);
      return p + length;
    }
  }
  const next = stringAt(p, end);
  if (next == 0) return putOther(p, end, slot, columnOf(operation), row, onlyOf(operation));
  return putSpan(p, next, slot, columnOf(operation), row);
}

export function spanStringsLeaf(p: usize, end: usize, slot: usize, operation: usize, row: u32): usize {
  // An operation without a literal remembers in its place what it found last: often that comes again.
  const remembers = load<u8>(operation, LITERAL_LENGTH) == 0;
  if (remembers) {
    const last = load<u32>(operation, LITERAL + 4);
    if (last != 0 && p + last <= end && isSpan(p, <usize>load<u32>(operation, LITERAL), last)) {
      store<u32>(slot, load<u32>(operation, MASK));
      return p + last;
    }
  }
  const next = stringsAt(p, end);
  if (next == 0) return putOther(p, end, slot, columnOf(operation), row, onlyOf(operation));
  const length = <u32>(next - p);
  if (length <= MAX_SPAN) {
    let id = findSpan(p, length);
    if (id < 0) {
      if (skip(p, end, depth) == 0) return 0;
      id = addSpan(p, length);
    }
    if (id >= 0) {
      if (remembers) {
        store<u32>(operation, <u32>spanAddress, LITERAL);
        store<u32>(operation, length, LITERAL + 4);
        store<u32>(operation, <u32>id, MASK);
      }
      store<i32>(slot, id);
      return next;
    }
  }
  if (skip(p, end, depth) == 0) return 0;
  leaveEncoded(p, next, slot, columnOf(operation), row);
  return next;
}

export function stringsLeaf(p: usize, end: usize, slot: usize, operation: usize, row: u32): usize {
  let q = headAt(p, end, LIST_TINY, LIST_SIZED);
  const count = size;
  if (q == 0 || count > <u32>(end - q)) return putOther(p, end, slot, columnOf(operation), row, onlyOf(operation));
  const before = strings;
  const wideBefore = wide;
  for (let i: u32 = 0; i < count; i++) {
    q = stringAt(q, end);
    if (q == 0 || !addString()) {
      // Not a string, or not UTF-8.
      backToStrings(before, wideBefore);
      return putOther(p, end, slot, columnOf(operation), row, onlyOf(operation));
    }
  }
  store<u32>(slot, before);
  store<u32>(slot, count, 4);
  return q;
}

export function floatsLeaf(p: usize, end: usize, slot: usize, operation: usize, row: u32): usize {
  let q = headAt(p, end, LIST_TINY, LIST_SIZED);
  const count = size;
  // A float is 9 bytes; the division keeps a hostile count from overflowing.
  if (q == 0 || count > <u32>(end - q) / 9 || count > MAX_VECTOR_ITEMS - vectorItems)
    return putOther(p, end, slot, columnOf(operation), row, onlyOf(operation));
  // One marker means a float; the others are compared with the first.
  const first = load<u8>(q);
  if (count > 0 && classAt(q) != FLOAT) return putOther(p, end, slot, columnOf(operation), row, onlyOf(operation));
  let to = VECTORS + (<usize>vectorItems << 3);
  let others: u32 = 0;
  let i: u32 = 1;
  for (; i < count; i += 2) {
    others |= <u32>((load<u8>(q) ^ first) | (load<u8>(q, 9) ^ first));
    // Two floats at a time, their bytes turned round.
    v128.store(
      to,
      v128.shuffle<u8>(v128.load(q, 1), v128.load(q, 10), 7, 6, 5, 4, 3, 2, 1, 0, 23, 22, 21, 20, 19, 18, 17, 16),
    );
    q += 18;
    to += 16;
  }
  if (i == count) {
    others |= <u32>(load<u8>(q) ^ first);
    store<u64>(to, bswap<u64>(load<u64>(q, 1)));
    q += 9;
  }
  if (others != 0) return putOther(p, end, slot, columnOf(operation), row, onlyOf(operation));
  store<u32>(slot, vectorItems);
  store<u32>(slot, count, 4);
  vectorItems += count;
  return q;
}
