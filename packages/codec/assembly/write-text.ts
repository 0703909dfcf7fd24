// Strings of a column, each from where the one before ended.
import { TEXT } from "./layout";
import { ASCII, TEXT_AT, TEXT_END } from "./pack-operations";
import { writeString } from "./write";

/** How many bytes of well-formed UTF-8 make so many UTF-16 units; -1: they end within a character, or beyond `end`. */
function bytesOfUnits(from: usize, end: usize, units: u32): i32 {
  let at = from;
  while (units > 0) {
    if (at >= end) return -1;
    const b = load<u8>(at);
    if (b < 0x80) at += 1;
    else if (b < 0xe0) at += 2;
    else if (b < 0xf0) at += 3;
    else {
      // Two units: a string can't end between them.
      if (units < 2) return -1;
      units -= 1;
      at += 4;
    }
    units -= 1;
  }
  return at <= end ? <i32>(at - from) : -1;
}

/** Writes a string column's next string, of so many units as its slot says; where it ends, or 0: they don't fit the text. */
export function writeText(to: usize, operation: usize, slot: usize): usize {
  const from = <usize>load<u32>(operation, TEXT_AT);
  const units = load<u32>(slot, 4);
  let length = <i32>units;
  if (load<u8>(operation, ASCII) == 0) {
    length = bytesOfUnits(TEXT + from, TEXT + <usize>load<u32>(operation, TEXT_END), units);
    if (length < 0) return 0;
  }
  store<u32>(operation, <u32>from + length, TEXT_AT);
  return writeString(to, TEXT + from, <u32>length);
}
