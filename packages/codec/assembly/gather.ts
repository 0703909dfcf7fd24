// The strings of a column, as UTF-8 one behind the other: what a column of strings is outside of this memory.
import { INPUT, OUTPUT, STRINGS, TEXT, WIDE } from "./layout";
import { IS_WIDE } from "./string-list";
import { PREDICTED } from "./tags";
import { copy } from "./write";

/** Writes well-formed UTF-16 as UTF-8; where it ends. */
function toUtf8(to: usize, from: usize, end: usize): usize {
  while (from < end) {
    const unit = <u32>load<u16>(from);
    from += 2;
    if (unit < 0x80) {
      store<u8>(to, unit);
      to += 1;
    } else if (unit < 0x800) {
      store<u8>(to, 0xc0 | (unit >> 6));
      store<u8>(to, 0x80 | (unit & 0x3f), 1);
      to += 2;
    } else if ((unit & 0xfc00) == 0xd800) {
      const point = 0x10000 + ((unit & 0x3ff) << 10) + (<u32>load<u16>(from) & 0x3ff);
      from += 2;
      store<u8>(to, 0xf0 | (point >> 18));
      store<u8>(to, 0x80 | ((point >> 12) & 0x3f), 1);
      store<u8>(to, 0x80 | ((point >> 6) & 0x3f), 2);
      store<u8>(to, 0x80 | (point & 0x3f), 3);
      to += 4;
    } else {
      store<u8>(to, 0xe0 | (unit >> 12));
      store<u8>(to, 0x80 | ((unit >> 6) & 0x3f), 1);
      store<u8>(to, 0x80 | (unit & 0x3f), 2);
      to += 3;
    }
  }
  return to;
}

/**
 * Copies a column's strings to the output area, and where each begins to the text area: 32 bits a row and one more. Rows
 * with a tag have none.
 *
 * @param tags 0: all are of the predicted kind.
 * @returns how many bytes.
 */
export function gatherStrings(slots: usize, rows: u32, tags: usize): u32 {
  let to = OUTPUT;
  for (let row: u32 = 0; row < rows; row++, slots += 8) {
    store<u32>(TEXT + (<usize>row << 2), <u32>(to - OUTPUT));
    if (tags != 0 && load<u8>(tags + row) != PREDICTED) continue;
    const at = STRINGS + (<usize>load<u32>(slots) << 3);
    const start = <i32>load<u32>(at);
    const end = <usize>load<u32>(at, 4);
    if (start >= 0) to = copy(to, INPUT + <usize>start, end - <usize>start);
    else to = toUtf8(to, WIDE + (<usize>(<u32>start & ~IS_WIDE) << 1), WIDE + (end << 1));
  }
  store<u32>(TEXT + (<usize>rows << 2), <u32>(to - OUTPUT));
  return <u32>(to - OUTPUT);
}
