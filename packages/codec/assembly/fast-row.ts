// One record by the fast shape program, where it is what the plan predicts: only the latest choice is remembered to come back
// to, and where only one shape was ever seen there is no choice. Where it isn't so, row.ts reads the record from its beginning.
//
// What comes next is mostly known from a marker that a branch compares, not from a table that is loaded: so the
// processor goes on before the marker has arrived. Values may be read beyond `end`, into bytes that are something else:
// no more than a few hundred a value, all of it within the memory, and in the end the record must end at `end`.
import { mark, putOther } from "./cells";
import { M_FLOAT, M_INT_16, M_INT_32, M_INT_8, M_LOWEST_INLINE, M_NULL, M_STRING_8, M_TINY_STRING } from "./gen/markers";
import { readStructure } from "./gen/structures";
import { ALTERNATIVES as STACK, FAST_PROGRAM } from "./layout";
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
import { findSpan } from "./spans";
import { backToStrings, putAscii, strings, wide } from "./string-list";
import { isAscii } from "./strings";
import { NULL as TAG_NULL } from "./tags";

// The latest choice, where row.ts has its stack: its operation (0: none), where its value begins, where its alternatives
// go on, which of them to try next and which not again, and what the areas held.
const CHOICE = STACK;
const CHOICE_AT = STACK + 4;
const JOIN = STACK + 8;
const UNTRIED = STACK + 12;
const TRIED = STACK + 16;
const WIDE_BEFORE = STACK + 20;
const ITEMS_BEFORE = STACK + 24;
const STRINGS_BEFORE = STACK + 28;

function matches(p: usize, operation: usize): bool {
  return (load<u64>(p) & load<u64>(operation, MASK)) == load<u64>(operation, LITERAL);
}

/** Where a choice remembers the alternative that was taken last of those whose first byte is as the one at `p`. */
function guessFor(choice: usize, p: usize): usize {
  const table = <usize>load<u32>(choice, TARGET) + 4;
  return table + (<usize>load<u16>(choice, COUNT) << 2) + (<usize>load<u8>(p) & 15);
}

/**
 * Where the first alternative of a choice begins, from number `from` on and but for `not`, whose head and first key are
 * at `p`; 0 if there is none. The choice then has its number as its hint.
 */
function matching(choice: usize, p: usize, from: u32, not: u32): usize {
  const table = <usize>load<u32>(choice, TARGET) + 4;
  const count = <u32>load<u16>(choice, COUNT);
  for (; from < count; from++) {
    const operation = <usize>load<u32>(table + (<usize>from << 2));
    if (from != not && matches(p, operation)) {
      store<u8>(choice, <u8>from, HINT);
      store<u8>(guessFor(choice, p), <u8>from);
      return operation;
    }
  }
  return 0;
}

function remember(choice: usize, p: usize, untried: u32, tried: u32): void {
  store<u32>(CHOICE, <u32>choice);
  store<u32>(CHOICE_AT, <u32>p);
  store<u32>(JOIN, load<u32>(<usize>load<u32>(choice, TARGET)));
  store<u32>(UNTRIED, untried);
  store<u32>(TRIED, tried);
  store<u32>(WIDE_BEFORE, <u32>wide);
  store<u32>(ITEMS_BEFORE, vectorItems);
  store<u32>(STRINGS_BEFORE, strings);
}

/** Where another alternative of the latest choice begins; 0 if there is none. */
function another(): usize {
  const choice = <usize>load<u32>(CHOICE);
  if (choice == 0) return 0;
  const from = matching(choice, <usize>load<u32>(CHOICE_AT), load<u32>(UNTRIED), load<u32>(TRIED));
  if (from == 0) return 0;
  store<u32>(UNTRIED, <u32>load<u8>(choice, HINT) + 1);
  backToStrings(load<u32>(STRINGS_BEFORE), <usize>load<u32>(WIDE_BEFORE));
  backToVectors(load<u32>(ITEMS_BEFORE));
  return from;
}

/** Reads the record in [p, end) into row `row`; false if it isn't as predicted: then its cells are of no use. */
export function fastRow(p: usize, end: usize, row: u32): bool {
  let operation = FAST_PROGRAM;
  const offset = <usize>row << 3;
  store<u32>(CHOICE, 0);
  store<u32>(JOIN, 0);
  while (true) {
    // Kind, strictness, hint and length of the literal in one load.
    const word = load<u32>(operation);
    const literal = word >> 24;
    if (literal != 0) {
      if (!matches(p, operation)) {
        // Another alternative may begin alike.
        operation = another();
        if (operation == 0) return false;
        p = <usize>load<u32>(CHOICE_AT);
        continue;
      }
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
        // Both heads that short strings have, without a branch between them: which it is can't be guessed.
        const marker = load<u8>(p);
        const sized = <u32>(marker == M_STRING_8);
        const length = select<u32>(load<u8>(p, 1), <u32>marker - M_TINY_STRING, sized);
        if (sized != 0 || length < 16) {
          const at = p + 1 + sized;
          if (length <= 32) {
            const high = <u32>i8x16.bitmask(v128.load(at)) | (<u32>i8x16.bitmask(v128.load(at, 16)) << 16);
            if ((<u64>high & ((<u64>1 << length) - 1)) == 0) {
              putAscii(slot, at, length);
              p = at + length;
              break;
            }
          } else if (isAscii(at, length)) {
            putAscii(slot, at, length);
            p = at + length;
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
        // One whose head and first key are there, beginning with the one that was last taken of those that begin alike.
        const hint = <u32>load<u8>(guessFor(operation, p));
        let from = <usize>load<u32>(table + (<usize>hint << 2));
        let untried: u32 = 0;
        if (!matches(p, from)) {
          from = matching(operation, p, 0, hint);
          if (from == 0) {
            // A value of another kind.
            p = putOther(p, end, slot, load<u16>(operation, COLUMN), row, load<u8>(operation, STRICT));
            if (p == 0) return false;
            operation = <usize>load<u32>(<usize>load<u32>(operation, TARGET));
            continue;
          }
          untried = <u32>load<u8>(operation, HINT) + 1;
        }
        remember(operation, p, untried, hint);
        operation = from;
        continue;
      }
      case CHOSEN:
        store<i32>(slot, <i32>((word >> 16) & 0xff));
        operation = <usize>load<u32>(operation, TARGET);
        if (operation == <usize>load<u32>(JOIN)) store<u32>(CHOICE, 0);
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
