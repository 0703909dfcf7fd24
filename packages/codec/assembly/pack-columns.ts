// Columns that JavaScript filled, to the encoded maps of a list: the reverse of columns.ts.
import { M_FALSE, M_NULL, M_TRUE } from "./gen/markers";
import { writeStructure } from "./gen/structures";
import { OUTPUT, PROGRAM } from "./layout";
import { BOOLEAN, COUNT, FLOAT64, INT64, KIND, SIZE, SLOTS_AT, STRING, STRUCTURE, TARGET, WIDE_INTEGER } from "./operations";
import { PARTS, STRUCTURE_NUMBER, TAGS_AT } from "./pack-operations";
import { ENCODED, NULL } from "./tags";
import { copy, writeFloat, writeInteger, writeNumber } from "./write";
import { writeText } from "./write-text";

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
      const column = operation;
      const kind = load<u8>(column, KIND);
      // The columns of a structure's fields stand behind its own.
      const parts: u32 = kind == STRUCTURE ? load<u8>(column, PARTS) : 0;
      operation += <usize>parts * SIZE;
      // The key, and before the first one the map's head. Literals lie well inside the memory.
      to = copy(to, <usize>load<u32>(column, TARGET), <usize>load<u16>(column, COUNT));
      const slot = <usize>load<u32>(column, SLOTS_AT) + (<usize>row << 3);
      const tags = <usize>load<u32>(column, TAGS_AT);
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
      switch (kind) {
        case WIDE_INTEGER:
          to = writeNumber(to, load<f64>(slot));
          break;
        case FLOAT64:
          to = writeFloat(to, load<f64>(slot));
          break;
        case INT64:
          to = writeInteger(to, load<i64>(slot));
          break;
        case STRING:
          to = writeText(to, column, slot);
          if (to == 0) return 0;
          break;
        case STRUCTURE:
          to = writeStructure(load<u8>(column, STRUCTURE_NUMBER), to, parts, column, row);
          if (to == 0) return 0;
          break;
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
