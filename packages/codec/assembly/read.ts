// Reading one value: each function takes where it begins and where the message ends, and gives where it ends, or 0 if it
// isn't what was asked for. What was read is left in a global: a pass is synchronous, and a tuple would be allocated.
import {
  FIXED,
  FLOAT,
  INTEGER,
  INVALID,
  LIST_SIZED,
  LIST_TINY,
  MAP_SIZED,
  MAP_TINY,
  markerAt,
  SIZED,
  STRING_SIZED,
  STRING_TINY,
  STRUCTURE_SIZED,
  STRUCTURE_TINY,
} from "./classes";
import { isUtf8 } from "./strings";

export let integer: i64 = 0;
/** Where the bytes of the last string or list begin, and how many (bytes; items). */
export let start: usize = 0;
export let size: u32 = 0;

/** A size of `bytes` bytes; sizes above 2^31-1 are refused by whoever compares them with the bytes left. */
function sizeAt(p: usize, bytes: u32): u32 {
  if (bytes == 1) return load<u8>(p);
  if (bytes == 2) return bswap<u16>(load<u16>(p));
  return bswap<u32>(load<u32>(p));
}

export function integerAt(p: usize, end: usize): usize {
  if (p >= end) return 0;
  const marker = markerAt(p);
  if (<u8>marker != INTEGER) return 0;
  const bytes = marker >> 8;
  if (bytes == 0) {
    integer = <i64>load<i8>(p);
    return p + 1;
  }
  const next = p + 1 + bytes;
  if (next > end) return 0;
  if (bytes == 1) integer = <i64>load<i8>(p, 1);
  else if (bytes == 2) integer = <i64>(<i16>bswap<u16>(load<u16>(p, 1)));
  else if (bytes == 4) integer = <i64>(<i32>bswap<u32>(load<u32>(p, 1)));
  else integer = <i64>bswap<u64>(load<u64>(p, 1));
  return next;
}

/** The head of a string, list, map or structure: `size` items or bytes begin at `start`. */
export function headAt(p: usize, end: usize, tiny: u8, sized: u8): usize {
  if (p >= end) return 0;
  const marker = markerAt(p);
  const kind = <u8>marker;
  const payload = marker >> 8;
  if (kind == tiny) {
    start = p + 1;
    size = payload;
    return start;
  }
  if (kind != sized) return 0;
  start = p + 1 + payload;
  if (start > end) return 0;
  size = sizeAt(p + 1, payload);
  return start;
}

/** A string's bytes, not yet known to be UTF-8. */
export function stringAt(p: usize, end: usize): usize {
  const from = headAt(p, end, STRING_TINY, STRING_SIZED);
  if (from == 0 || size > <u32>(end - from)) return 0;
  return from + size;
}

/** Passes over one value of any kind, validating all of it. `depth`: containers that may still be opened. */
export function skip(p: usize, end: usize, depth: i32): usize {
  if (p >= end) return 0;
  const marker = markerAt(p);
  const kind = <u8>marker;
  if (kind == INVALID) return 0;
  const payload = marker >> 8;
  p += 1;
  if (kind < INTEGER) return p;
  if (kind == INTEGER || kind == FLOAT || kind == FIXED) {
    p += payload;
    return p <= end ? p : 0;
  }
  let count = payload;
  if ((kind & 1) == 1) {
    // STRING_SIZED, LIST_SIZED, MAP_SIZED, STRUCTURE_SIZED, SIZED
    if (p + payload > end) return 0;
    count = sizeAt(p, payload);
    p += payload;
  }
  const left = <u32>(end - p);
  if (kind <= STRING_SIZED) return count <= left && isUtf8(p, count) ? p + count : 0;
  if (kind == SIZED) return count <= left ? p + count : 0;
  if (depth <= 0) return 0;
  if (kind <= LIST_SIZED) {
    if (count > left) return 0;
    for (; count > 0; count--) {
      p = skip(p, end, depth - 1);
      if (p == 0) return 0;
    }
    return p;
  }
  if (kind <= MAP_SIZED) {
    if (count > left >> 1) return 0;
    for (; count > 0; count--) {
      p = stringAt(p, end);
      if (p == 0 || !isUtf8(start, size)) return 0;
      p = skip(p, end, depth - 1);
      if (p == 0) return 0;
    }
    return p;
  }
  // A structure: the tag, then its fields.
  if (left < 1 || count > left - 1) return 0;
  p += 1;
  for (; count > 0; count--) {
    p = skip(p, end, depth - 1);
    if (p == 0) return 0;
  }
  return p;
}

/** A list of strings, its bytes not yet known to be UTF-8. */
export function stringsAt(p: usize, end: usize): usize {
  p = headAt(p, end, LIST_TINY, LIST_SIZED);
  if (p == 0) return 0;
  let count = size;
  if (count > <u32>(end - p)) return 0;
  for (; count > 0; count--) {
    p = stringAt(p, end);
    if (p == 0) return 0;
  }
  return p;
}
