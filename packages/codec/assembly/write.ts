// Writing values in their shortest form. Whoever calls has made sure of the room.
import { M_FLOAT, M_INT_16, M_INT_32, M_INT_64, M_INT_8, M_LOWEST_INLINE, M_STRING_16, M_STRING_32, M_STRING_8, M_TINY_STRING, M_HIGHEST_INLINE } from "./gen/markers";

export function writeInteger(to: usize, value: i64): usize {
  if (value >= M_LOWEST_INLINE && value <= M_HIGHEST_INLINE) {
    store<u8>(to, <u8>value);
    return to + 1;
  }
  if (<i64>(<i8>value) == value) {
    store<u8>(to, M_INT_8);
    store<u8>(to, <u8>value, 1);
    return to + 2;
  }
  if (<i64>(<i16>value) == value) {
    store<u8>(to, M_INT_16);
    store<u16>(to, bswap<u16>(<u16>value), 1);
    return to + 3;
  }
  if (<i64>(<i32>value) == value) {
    store<u8>(to, M_INT_32);
    store<u32>(to, bswap<u32>(<u32>value), 1);
    return to + 5;
  }
  store<u8>(to, M_INT_64);
  store<u64>(to, bswap<u64>(<u64>value), 1);
  return to + 9;
}

export function writeFloat(to: usize, value: f64): usize {
  store<u8>(to, M_FLOAT);
  store<u64>(to, bswap<u64>(reinterpret<u64>(value)), 1);
  return to + 9;
}

/** A number of JavaScript's: INTEGER if it is whole and safe, else FLOAT; -0 is FLOAT. */
export function writeNumber(to: usize, value: f64): usize {
  // NaN and what no i64 holds fail the comparison.
  if (abs(value) <= 9007199254740991) {
    const whole = <i64>value;
    if (<f64>whole == value && (whole != 0 || reinterpret<u64>(value) == 0)) return writeInteger(to, whole);
  }
  return writeFloat(to, value);
}

/** Copies in steps of 16 bytes: what is too much is written over by the next value, or lies in the area's spare room. */
// @ts-ignore: a decorator of AssemblyScript's
@inline
export function copy(to: usize, from: usize, length: usize): usize {
  v128.store(to, v128.load(from));
  if (length > 16) {
    if (length > 128) memory.copy(to + 16, from + 16, length - 16);
    else for (let i: usize = 16; i < length; i += 16) v128.store(to + i, v128.load(from + i));
  }
  return to + length;
}

export function writeString(to: usize, from: usize, length: u32): usize {
  if (length < 16) {
    store<u8>(to, M_TINY_STRING | length);
    v128.store(to, v128.load(from), 1);
    return to + 1 + length;
  }
  if (length < 0x100) {
    store<u8>(to, M_STRING_8);
    store<u8>(to, <u8>length, 1);
    to += 2;
  } else if (length < 0x10000) {
    store<u8>(to, M_STRING_16);
    store<u16>(to, bswap<u16>(<u16>length), 1);
    to += 3;
  } else {
    store<u8>(to, M_STRING_32);
    store<u32>(to, bswap<u32>(length), 1);
    to += 5;
  }
  return copy(to, from, length);
}
