// One record by the shape program: an interpreter of straight-line code, but for alternatives, which are tried in turn.
import { classAt, NULL } from "./classes";
import { mark, putOther } from "./cells";
import { readStructure } from "./gen/structures";
import { ALTERNATIVES as STACK, MAX_ALTERNATIVE_DEPTH, PROGRAM } from "./layout";
import {
  anyLeaf,
  backToVectors,
  booleanLeaf,
  floatLeaf,
  floatsLeaf,
  int32Leaf,
  int64Leaf,
  spanStringLeaf,
  spanStringsLeaf,
  stringLeaf,
  stringsLeaf,
  vectorItems,
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
import { backToStrings, strings, wide } from "./string-list";
import { NULL as TAG_NULL } from "./tags";

/** Where an alternative begins. The table holds first where all of them go on, then the beginning of each. */
function alternative(operation: usize, index: u32): usize {
  return <usize>load<u32>(<usize>load<u32>(operation, TARGET) + 4 + (<usize>index << 2));
}

/** Reads the record in [p, end) into row `row`; false if it isn't one, of this shape or at all. */
export function readRow(p: usize, end: usize, row: u32): bool {
  let operation = PROGRAM;
  // A level of the stack: the operation, how many alternatives were tried, where the value begins, and what the areas held.
  let level: u32 = 0;
  let next: usize = 0;
  const offset = <usize>row << 3;
  while (true) {
    // Kind, strictness, hint and length of the literal in one load.
    const word = load<u32>(operation);
    const literal = word >> 24;
    next = 0;
    if (literal == 0 || ((load<u64>(p) & load<u64>(operation, MASK)) == load<u64>(operation, LITERAL) && p + literal <= end)) {
      p += literal;
      let slot = <usize>load<u32>(operation, SLOTS_AT) + offset;
      // Columns of one kind side by side are read in a loop of their own.
      // A leaf may look at the byte at `end`, but takes nothing that ends behind it.
      switch (word & 0xff) {
        case INT32:
          while (true) {
            next = int32Leaf(p, end, slot, operation, row);
            if (next == 0 || literal != 0 || load<u32>(operation + SIZE) != word) break;
            p = next;
            operation += SIZE;
            slot = <usize>load<u32>(operation, SLOTS_AT) + offset;
          }
          break;
        case FLOAT64:
          while (true) {
            next = floatLeaf(p, end, slot, operation, row);
            if (next == 0 || literal != 0 || load<u32>(operation + SIZE) != word) break;
            p = next;
            operation += SIZE;
            slot = <usize>load<u32>(operation, SLOTS_AT) + offset;
          }
          break;
        case STRING:
          while (true) {
            next = stringLeaf(p, end, slot, operation, row);
            if (next == 0 || literal != 0 || load<u32>(operation + SIZE) != word) break;
            p = next;
            operation += SIZE;
            slot = <usize>load<u32>(operation, SLOTS_AT) + offset;
          }
          break;
        case SPAN_STRING:
          while (true) {
            next = spanStringLeaf(p, end, slot, operation, row);
            if (next == 0 || literal != 0 || load<u32>(operation + SIZE) != word) break;
            p = next;
            operation += SIZE;
            slot = <usize>load<u32>(operation, SLOTS_AT) + offset;
          }
          break;
        case SPAN_STRINGS:
          next = spanStringsLeaf(p, end, slot, operation, row);
          break;
        case STRUCTURE:
          next = readStructure((word >> 16) & 0xff, p, end, load<u16>(operation, COUNT), operation, row);
          if (next == 0) next = putOther(p, end, slot, load<u16>(operation, COLUMN), row, load<u8>(operation, STRICT));
          break;
        case ANY:
          next = anyLeaf(p, end, slot);
          break;
        case WIDE_INTEGER:
          next = wideIntegerLeaf(p, end, slot, operation, row);
          break;
        case INT64:
          next = int64Leaf(p, end, slot, operation, row);
          break;
        case BOOLEAN:
          next = booleanLeaf(p, end, slot, operation, row);
          break;
        case FLOATS:
          next = floatsLeaf(p, end, slot, operation, row);
          break;
        case STRINGS:
          next = stringsLeaf(p, end, slot, operation, row);
          break;
        case NOTHING:
          next = p;
          break;
        case ALTERNATIVES: {
          if (p < end && classAt(p) == NULL && load<u8>(operation, STRICT) == ANYTHING) {
            mark(load<u16>(operation, COLUMN), row, TAG_NULL);
            p += 1;
            operation = <usize>load<u32>(<usize>load<u32>(operation, TARGET));
            continue;
          }
          if (level >= MAX_ALTERNATIVE_DEPTH) return false;
          const entry = STACK + (<usize>level << 5);
          store<u32>(entry, <u32>operation);
          store<u32>(entry, 0, 4);
          store<u32>(entry, <u32>p, 8);
          store<u32>(entry, <u32>wide, 12);
          store<u32>(entry, vectorItems, 16);
          store<u32>(entry, strings, 20);
          level += 1;
          operation = alternative(operation, load<u8>(operation, HINT));
          continue;
        }
        case CHOSEN: {
          level -= 1;
          const choice = load<u8>(operation, HINT);
          const from = <usize>load<u32>(STACK + (<usize>level << 5));
          store<i32>(slot, <i32>choice);
          store<u8>(from, choice, HINT);
          operation = <usize>load<u32>(operation, TARGET);
          continue;
        }
        case END:
          return p == end;
        default:
          return false;
      }
      if (next != 0) {
        p = next;
        operation += SIZE;
        continue;
      }
    }
    // Not so: the next alternative of the innermost choice; after the last one the value stays encoded.
    for (;;) {
      if (level == 0) return false;
      const entry = STACK + (<usize>(level - 1) << 5);
      const from = <usize>load<u32>(entry);
      const tried = load<u32>(entry, 4) + 1;
      const count = <u32>load<u16>(from, COUNT);
      p = <usize>load<u32>(entry, 8);
      backToStrings(load<u32>(entry, 20), <usize>load<u32>(entry, 12));
      backToVectors(load<u32>(entry, 16));
      if (tried < count) {
        store<u32>(entry, tried, 4);
        operation = alternative(from, (<u32>load<u8>(from, HINT) + tried) % count);
        break;
      }
      level -= 1;
      const column = <u32>load<u16>(from, COLUMN);
      const slot = <usize>load<u32>(from, SLOTS_AT) + offset;
      next = putOther(p, end, slot, column, row, load<u8>(from, STRICT));
      if (next != 0) {
        p = next;
        operation = <usize>load<u32>(<usize>load<u32>(from, TARGET));
        break;
      }
      // Malformed, or not allowed in the structure around it.
    }
  }
}
