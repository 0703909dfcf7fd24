// Columns that JavaScript filled, to the encoded maps of a list: the reverse of columns.ts.
import { M_FALSE, M_NULL, M_TRUE } from "./gen/markers";
import { writeStructure } from "./gen/structures";
import { LITERALS, OUTPUT, PROGRAM, TAGS, TEXT } from "./layout";
import { BOOLEAN, COLUMN, COUNT, FLOAT64, HINT, INT64, KIND, SIZE, SLOTS_AT, STRING, STRUCTURE, TARGET, WIDE_INTEGER } from "./operations";
import { NULL } from "./tags";
import { writeFloat, writeInteger, writeNumber, writeString } from "./write";

/** Cells a column, this call. */
export let packCapacity: u32 = 0;

/**
 * Turns a column of string lengths (UTF-16 units, 32 bits at each slot's second half) into starts and lengths in bytes.
 * `from`, `to`: the strings' UTF-8, one after the other, in the text area. False: the lengths don't fit the text.
 */
export function stringColumn(slots: usize, count: u32, from: u32, to: u32, ascii: bool): bool {
  let at = from;
  for (let row: u32 = 0; row < count; row++, slots += 8) {
    let units = load<u32>(slots, 4);
    const start = at;
    if (ascii) {
      at += units;
    } else {
      while (units > 0) {
        if (at >= to) return false;
        const b = load<u8>(TEXT + at);
        if (b < 0x80) at += 1;
        else if (b < 0xe0) at += 2;
        else if (b < 0xf0) at += 3;
        else {
          // Two units: a string can't end between them.
          if (units < 2) return false;
          units -= 1;
          at += 4;
        }
        units -= 1;
      }
    }
    if (at > to) return false;
    store<u32>(slots, start);
    store<u32>(slots, at - start, 4);
  }
  return at == to;
}

/**
 * Writes `rows` maps to the output: `headBytes` bytes of the literals before each, then what the program says of every
 * column. How many bytes that were.
 */
export function packRows(rows: u32, columnCount: u32, capacity: u32, headBytes: u32): u32 {
  packCapacity = capacity;
  let to = OUTPUT;
  const end = PROGRAM + <usize>columnCount * SIZE;
  for (let row: u32 = 0; row < rows; row++) {
    memory.copy(to, LITERALS, headBytes);
    to += headBytes;
    for (let operation = PROGRAM; operation < end; operation += SIZE) {
      const key = <usize>load<u32>(operation, TARGET);
      const keyBytes = <usize>load<u16>(operation, COUNT);
      // Literals lie well inside the memory, and so does what is written too much here.
      if (keyBytes <= 16) v128.store(to, v128.load(key));
      else memory.copy(to, key, keyBytes);
      to += keyBytes;
      const column = <u32>load<u16>(operation, COLUMN);
      if (load<u8>(operation, 1) != 0 && load<u8>(TAGS + column * capacity + row) == NULL) {
        store<u8>(to, M_NULL);
        to += 1;
        continue;
      }
      const slot = <usize>load<u32>(operation, SLOTS_AT) + (<usize>row << 3);
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
        case STRING:
          to = writeString(to, TEXT + <usize>load<u32>(slot), load<u32>(slot, 4));
          break;
        case BOOLEAN:
          store<u8>(to, load<u8>(slot) != 0 ? M_TRUE : M_FALSE);
          to += 1;
          break;
        case STRUCTURE:
          to = writeStructure(load<u8>(operation, HINT), to, load<u8>(operation, 3), operation, row);
          break;
        default:
          return 0;
      }
    }
  }
  return <u32>(to - OUTPUT);
}
