// Columns that JavaScript filled, to the encoded maps of a list: the reverse of columns.ts.
import { M_FALSE, M_NULL, M_TRUE } from "./gen/markers";
import { OUTPUT, PROGRAM, TEXT } from "./layout";
import { BOOLEAN, COUNT, FLOAT64, INT64, KIND, SIZE, SLOTS_AT, STRING, TARGET, WIDE_INTEGER } from "./operations";
import { ASCII, TAGS_AT, TEXT_AT, TEXT_END } from "./pack-operations";
import { ENCODED, NULL } from "./tags";
import { copy, writeFloat, writeInteger, writeNumber, writeString } from "./write";

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

/** Bytes that JavaScript encoded: start (from `encoded` on) and length. */
function copyEncoded(to: usize, encoded: usize, slot: usize): usize {
  return copy(to, encoded + <usize>load<u32>(slot), <usize>load<u32>(slot, 4));
}

/**
 * Writes `rows` maps to the output, each as the program says.
 *
 * @param rowSlots, rowTags where whole rows that JavaScript encoded are; no tags (0): there is none.
 * @param encoded where the bytes begin that JavaScript encoded.
 * @returns how many bytes; 0: the strings' lengths don't fit their text.
 */
export function packRows(rows: u32, columnCount: u32, rowSlots: usize, rowTags: usize, encoded: usize): u32 {
  let to = OUTPUT;
  const end = PROGRAM + <usize>columnCount * SIZE;
  for (let row: u32 = 0; row < rows; row++) {
    if (rowTags != 0 && load<u8>(rowTags + row) == ENCODED) {
      to = copyEncoded(to, encoded, rowSlots + (<usize>row << 3));
      continue;
    }
    for (let operation = PROGRAM; operation < end; operation += SIZE) {
      // The key, and before the first one the map's head. Literals lie well inside the memory.
      to = copy(to, <usize>load<u32>(operation, TARGET), <usize>load<u16>(operation, COUNT));
      const slot = <usize>load<u32>(operation, SLOTS_AT) + (<usize>row << 3);
      const tags = <usize>load<u32>(operation, TAGS_AT);
      if (tags != 0) {
        const tag = load<u8>(tags + row);
        if (tag == NULL) {
          store<u8>(to, M_NULL);
          to += 1;
          continue;
        }
        if (tag == ENCODED) {
          to = copyEncoded(to, encoded, slot);
          continue;
        }
      }
      switch (load<u8>(operation, KIND)) {
        case WIDE_INTEGER:
          to = writeNumber(to, load<f64>(slot));
          break;
        case FLOAT64:
          to = writeFloat(to, load<f64>(slot));
          break;
        case INT64:
          to = writeInteger(to, load<i64>(slot));
          break;
        case STRING: {
          const from = <usize>load<u32>(operation, TEXT_AT);
          const units = load<u32>(slot, 4);
          let length = <i32>units;
          if (load<u8>(operation, ASCII) == 0) {
            length = bytesOfUnits(TEXT + from, TEXT + <usize>load<u32>(operation, TEXT_END), units);
            if (length < 0) return 0;
          }
          store<u32>(operation, <u32>from + length, TEXT_AT);
          to = writeString(to, TEXT + from, <u32>length);
          break;
        }
        case BOOLEAN:
          store<u8>(to, load<u8>(slot) != 0 ? M_TRUE : M_FALSE);
          to += 1;
          break;
        default:
          return 0;
      }
    }
  }
  return <u32>(to - OUTPUT);
}
