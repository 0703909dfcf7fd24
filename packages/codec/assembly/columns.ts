// A whole region of a connection's bytes in one call: chunks joined, records read into columns.
import { beginCells, clearRow, unpredicted } from "./cells";
import { fastRow } from "./fast-row";
import { DIRTY, INPUT, ROWS, WIDE } from "./layout";
import { backToVectors, beginLeaves, vectorItems } from "./leaves";
import { readRow } from "./row";
import { spanCount } from "./spans";
import * as status from "./status";
import { backToStrings, strings, wide } from "./string-list";

/**
 * Reads records from [from, to) of the input until something else comes, `capacity` rows are full, or the region ends.
 * What happened is at STATUS.
 */
export function columns(from: usize, to: usize, columnCount: u32, capacity: u32, bigIntegers: bool, depth: i32): void {
  beginCells(capacity, bigIntegers, depth);
  beginLeaves();
  memory.fill(DIRTY, 0, columnCount);
  let p = INPUT + from;
  const end = INPUT + to;
  let rows: u32 = 0;
  let noops: u32 = 0;
  // Whether rows are first read as the plan predicts them; not if too many of them aren't so.
  let fast = true;
  let slowRows: u32 = 0;
  let reason = status.INCOMPLETE;
  while (p + 2 <= end) {
    let length = <usize>bswap<u16>(load<u16>(p));
    if (length == 0) {
      noops++;
      p += 2;
      continue;
    }
    if (rows == capacity) {
      reason = status.FULL;
      break;
    }
    const first = p + 2;
    let messageEnd = first + length;
    let next = messageEnd + 2;
    if (next > end) break;
    if (load<u16>(messageEnd) != 0) {
      // Several chunks: whole first, since only a whole message may be moved together.
      let q = messageEnd;
      for (;;) {
        if (q + 2 > end) break;
        length = <usize>bswap<u16>(load<u16>(q));
        q += 2 + length;
        if (length == 0) break;
      }
      if (length != 0 || q > end) break;
      next = q;
      q = messageEnd;
      for (;;) {
        length = <usize>bswap<u16>(load<u16>(q));
        if (length == 0) break;
        memory.copy(messageEnd, q + 2, length);
        messageEnd += length;
        q += 2 + length;
      }
    }
    let done = false;
    if (fast) {
      const wideBefore = wide;
      const stringsBefore = strings;
      const itemsBefore = vectorItems;
      const unpredictedBefore = unpredicted;
      done = fastRow(first, messageEnd, rows);
      if (!done) {
        backToStrings(stringsBefore, wideBefore);
        backToVectors(itemsBefore);
        clearRow(rows, columnCount, unpredictedBefore);
        slowRows++;
        fast = slowRows < 16 || slowRows << 2 < rows;
      }
    }
    if (!done && !readRow(first, messageEnd, rows)) {
      // The caller has it as it came, in chunks.
      reason = status.HANDED_BACK;
      break;
    }
    store<u32>(ROWS + (<usize>rows << 3), <u32>(first - INPUT));
    store<u32>(ROWS + (<usize>rows << 3), <u32>(messageEnd - INPUT), 4);
    rows++;
    p = next;
  }
  store<u32>(status.CONSUMED, <u32>(p - INPUT));
  store<u32>(status.ROWS_READ, rows);
  store<u32>(status.REASON, reason);
  store<u32>(status.NOOPS, noops);
  store<u32>(status.WIDE_UNITS, <u32>((wide - WIDE) >> 1));
  store<u32>(status.UNPREDICTED, unpredicted);
  store<u32>(status.SPANS, spanCount());
  store<u32>(status.STRINGS_READ, strings);
  store<u32>(status.SLOW_ROWS, slowRows);
}
