// One record by the shape program, where it is what the plan predicts: nothing is remembered to come back to. Where it
// isn't, row.ts reads it from its beginning.
//
// What comes next is mostly known from a marker that a branch compares, not from a table that is loaded: so the
// processor goes on before the marker has arrived. Values may be read beyond `end`, into bytes that are something else:
// no more than a few hundred a value, all of it within the memory, and in the end the record must end at `end`.
import { mark, putOther } from "./cells";
import { M_FLOAT, M_INT_16, M_INT_32, M_INT_8, M_LOWEST_INLINE, M_NULL, M_STRING_8, M_TINY_STRING } from "./gen/markers";
import { readStructure } from "./gen/structures";
import { INPUT, PROGRAM } from "./layout";
import {
  anyLeaf,
  booleanLeaf,
  floatLeaf,
  floatsLeaf,
  int32Leaf,
  int64Leaf,
  spanStringLeaf,
  spanStringsLeaf,
  stringLeaf,
  stringsLeaf,
  wideIntegerLeaf,
} from "./leaves";
import {
  ALTERNATIVES,
  ANY,
  ANYTHING,
  BOOLEAN,
  CHOSEN,
  COLUMN,
  COUNT,
  END,
  FLOAT64,
  FLOATS,
  HINT,
  INT32,
  INT64,
  LITERAL,
  MASK,
  NOTHING,
  SIZE,
  SLOTS_AT,
  SPAN_STRING,
  SPAN_STRINGS,
  STRICT,
  STRING,
  STRINGS,
  STRUCTURE,
  TARGET,
  WIDE_INTEGER,
} from "./operations";
import { findSpan } from "./spans";
import { isAscii } from "./strings";
import { NULL as TAG_NULL } from "./tags";

function matches(p: usize, operation: usize): bool {
  return (load<u64>(p) & load<u64>(operation, MASK)) == load<u64>(operation, LITERAL);
}

/** Reads the record in [p, end) into row `row`; false if it isn't as predicted: then its cells are of no use. */
export function fastRow(p: usize, end: usize, row: u32): bool {
  let operation = PROGRAM;
  const offset = <usize>row << 3;
  while (true) {
    // Kind, strictness, hint and length of the literal in one load.
    const word = load<u32>(operation);
    const literal = word >> 24;
    if (literal != 0) {
      if (!matches(p, operation)) return false;
      p += literal;
    }
    const slot = <usize>load<u32>(operation, SLOTS_AT) + offset;
    switch (word & 0xff) {
      case INT32: {
        const marker = load<u8>(p);
        if (<i8>marker >= <i8>M_LOWEST_INLINE) {
          store<i32>(slot, <i32>(<i8>marker));
          p += 1;
        } else if (marker == M_INT_16) {
          store<i32>(slot, <i32>(<i16>bswap<u16>(load<u16>(p, 1))));
          p += 3;
        } else if (marker == M_INT_32) {
          store<i32>(slot, <i32>bswap<u32>(load<u32>(p, 1)));
          p += 5;
        } else if (marker == M_INT_8) {
          store<i32>(slot, <i32>load<i8>(p, 1));
          p += 2;
        } else {
          p = int32Leaf(p, end, slot, operation, row);
          if (p == 0) return false;
        }
        break;
      }
      case FLOAT64:
        if (load<u8>(p) == M_FLOAT) {
          store<u64>(slot, bswap<u64>(load<u64>(p, 1)));
          p += 9;
        } else {
          p = floatLeaf(p, end, slot, operation, row);
          if (p == 0) return false;
        }
        break;
      case STRING: {
        const length = <u32>load<u8>(p) - M_TINY_STRING;
        if (length < 16) {
          if ((i8x16.bitmask(v128.load(p, 1)) & ((1 << length) - 1)) == 0) {
            const from = p + 1 - INPUT;
            store<u64>(slot, <u64>from | (<u64>(from + length) << 32));
            p += 1 + length;
            break;
          }
        } else if (length == <u32>M_STRING_8 - M_TINY_STRING) {
          const size = <u32>load<u8>(p, 1);
          if (isAscii(p + 2, size)) {
            const from = p + 2 - INPUT;
            store<u64>(slot, <u64>from | (<u64>(from + size) << 32));
            p += 2 + size;
            break;
          }
        }
        p = stringLeaf(p, end, slot, operation, row);
        if (p == 0) return false;
        break;
      }
      case NOTHING:
        break;
      case ALTERNATIVES: {
        if (load<u8>(p) == M_NULL && load<u8>(operation, STRICT) == ANYTHING) {
          if (p >= end) return false;
          mark(load<u16>(operation, COLUMN), row, TAG_NULL);
          p += 1;
          operation = <usize>load<u32>(<usize>load<u32>(operation, TARGET));
          continue;
        }
        const table = <usize>load<u32>(operation, TARGET) + 4;
        const count = <u32>load<u16>(operation, COUNT);
        if (count == 1) {
          operation = <usize>load<u32>(table);
          continue;
        }
        // The first one whose head and first key are there, beginning with the one that the row before took.
        const hint = <u32>load<u8>(operation, HINT);
        let from = <usize>load<u32>(table + (<usize>hint << 2));
        if (!matches(p, from)) {
          let i: u32 = 0;
          for (; i < count; i++) {
            from = <usize>load<u32>(table + (<usize>i << 2));
            if (matches(p, from)) break;
          }
          if (i == count) {
            // A value of another kind.
            p = putOther(p, end, slot, load<u16>(operation, COLUMN), row, load<u8>(operation, STRICT));
            if (p == 0) return false;
            operation = <usize>load<u32>(<usize>load<u32>(operation, TARGET));
            continue;
          }
          store<u8>(operation, <u8>i, HINT);
        }
        operation = from;
        continue;
      }
      case CHOSEN:
        store<i32>(slot, <i32>((word >> 16) & 0xff));
        operation = <usize>load<u32>(operation, TARGET);
        continue;
      case SPAN_STRING: {
        const length = <u32>load<u8>(p) - M_TINY_STRING;
        if (length < 16 && p + 1 + length <= end) {
          const id = findSpan(p, 1 + length);
          if (id >= 0) {
            store<i32>(slot, id);
            p += 1 + length;
            break;
          }
        }
        p = spanStringLeaf(p, end, slot, operation, row);
        if (p == 0) return false;
        break;
      }
      case SPAN_STRINGS:
        p = spanStringsLeaf(p, end, slot, operation, row);
        if (p == 0) return false;
        break;
      case STRINGS:
        p = stringsLeaf(p, end, slot, operation, row);
        if (p == 0) return false;
        break;
      case STRUCTURE: {
        const next = readStructure((word >> 16) & 0xff, p, end, load<u16>(operation, COUNT), operation, row);
        p = next != 0 ? next : putOther(p, end, slot, load<u16>(operation, COLUMN), row, load<u8>(operation, STRICT));
        if (p == 0) return false;
        break;
      }
      case ANY:
        p = anyLeaf(p, end, slot);
        if (p == 0) return false;
        break;
      case WIDE_INTEGER:
        p = wideIntegerLeaf(p, end, slot, operation, row);
        if (p == 0) return false;
        break;
      case INT64:
        p = int64Leaf(p, end, slot, operation, row);
        if (p == 0) return false;
        break;
      case BOOLEAN:
        p = booleanLeaf(p, end, slot, operation, row);
        if (p == 0) return false;
        break;
      case FLOATS:
        p = floatsLeaf(p, end, slot, operation, row);
        if (p == 0) return false;
        break;
      case END:
        return p == end;
      default:
        return false;
    }
    operation += SIZE;
  }
}
