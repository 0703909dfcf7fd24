// The strings of a region, in the order in which they come: where each begins and ends, in the input, or with the highest bit
// of its start set, in the UTF-16. A cell holds a string's number, and JavaScript makes them all in one loop.
//
// It makes strings of one length after the other: V8 copies the bytes of short ones, and random lengths would cost more in
// wrong guesses of the processor than everything else. So their numbers are also gathered by length, in buckets.
import { BUCKET_BYTES, BUCKET_COUNT, BUCKET_COUNTS, BUCKETS, INPUT, STRINGS, WIDE } from "./layout";
import { size, start } from "./read";
import { isAscii, transcode } from "./strings";

/** Longer strings are parts of the text, whatever their length: one bucket has them. */
const LONGEST_COPIED: u32 = 12;
const WIDE_BUCKET: u32 = LONGEST_COPIED + 2;
/** In a start: the string lies in the UTF-16. */
export const IS_WIDE: u32 = 0x80000000;

/** How many there are. */
export let strings: u32 = 0;
/** Where the UTF-16 goes on. */
export let wide: usize = 0;

export function beginStrings(): void {
  strings = 0;
  wide = WIDE;
  memory.fill(BUCKET_COUNTS, 0, BUCKET_COUNT << 2);
}

function addToBucket(bucket: u32): void {
  const counter = BUCKET_COUNTS + (<usize>bucket << 2);
  const count = load<u32>(counter);
  store<u32>(BUCKETS + <usize>bucket * BUCKET_BYTES + (<usize>count << 2), strings);
  store<u32>(counter, count + 1);
  strings++;
}

/** Lists an ASCII string. */
function addAscii(at: usize, length: u32): void {
  const from = at - INPUT;
  store<u64>(STRINGS + (<usize>strings << 3), <u64>from | (<u64>(from + length) << 32));
  addToBucket(min<u32>(length, LONGEST_COPIED + 1));
}

/** Lists an ASCII string, and puts its number in a cell. */
export function putAscii(slot: usize, at: usize, length: u32): void {
  store<u32>(slot, strings);
  addAscii(at, length);
}

/** Lists the string that `stringAt` found. False: it isn't UTF-8. */
export function addString(): bool {
  if (isAscii(start, size)) {
    addAscii(start, size);
    return true;
  }
  const end = transcode(start, size, wide);
  if (end == 0) return false;
  const at = STRINGS + (<usize>strings << 3);
  store<u32>(at, <u32>((wide - WIDE) >> 1) | IS_WIDE);
  store<u32>(at, <u32>((end - WIDE) >> 1), 4);
  addToBucket(WIDE_BUCKET);
  wide = end;
  return true;
}

/** Forgets the strings of an alternative that was not taken. */
export function backToStrings(count: u32, wideBefore: usize): void {
  if (strings == count) return;
  strings = count;
  wide = wideBefore;
  for (let bucket: u32 = 0; bucket < BUCKET_COUNT; bucket++) {
    const counter = BUCKET_COUNTS + (<usize>bucket << 2);
    const numbers = BUCKETS + <usize>bucket * BUCKET_BYTES;
    let left = load<u32>(counter);
    while (left > 0 && load<u32>(numbers + (<usize>(left - 1) << 2)) >= count) left--;
    store<u32>(counter, left);
  }
}
