// The dictionary of short encoded values: strings and lists of strings that a result repeats (labels, types, zone names).
// Entries lie at SPAN_BYTES one after the other, each a 32-bit length and its bytes.
// A cell holds the entry's number; JavaScript decodes each entry once. It only grows until JavaScript empties it.
import { SPAN_BYTES, SPAN_BYTES_SIZE, SPAN_ENTRIES, SPAN_TABLE } from "./layout";

/** Longer values aren't looked for. */
export const MAX_SPAN: u32 = 64;

let entries: u32 = 0;
let used: u32 = 0;

export function spanCount(): u32 {
  return entries;
}

/** Empties the dictionary. */
export function clearSpans(): void {
  memory.fill(SPAN_TABLE, 0, <usize>SPAN_ENTRIES * 16);
  entries = 0;
  used = 0;
}

const FACTOR: u64 = 0x9fb21c651e98df25;

function low(word: u64, bytes: u32): u64 {
  return bytes >= 8 ? word : word & ((<u64>1 << (bytes << 3)) - 1);
}

function hash(p: usize, length: u32, first: u64): u32 {
  let h: u64 = first * FACTOR;
  for (let i: u32 = 8; i < length; i += 8) h = (rotl<u64>(h, 23) ^ low(load<u64>(p + i), length - i)) * FACTOR;
  return <u32>(h >> 40) ^ length;
}

/** Whether the bytes at `p` are those of the entry at `q`. */
export function isSpan(p: usize, q: usize, length: u32): bool {
  for (let i: u32 = 0; i < length; i += 8) {
    if (low(load<u64>(p + i) ^ load<u64>(q + i), length - i) != 0) return false;
  }
  return true;
}

/** Where the bytes of the entry lie that was last found or added. */
export let spanAddress: usize = 0;

// In the table, a slot of 16 bytes: the first 8 bytes of the entry, where it lies, its number and its length.

/** The entry of these bytes, or -1: not there. `lastSlot` is then where it may be added, or 0: no room. */
export function findSpan(p: usize, length: u32): i32 {
  const first = low(load<u64>(p), length);
  let at = hash(p, length, first) & (SPAN_ENTRIES - 1);
  for (let probe = 0; probe < 8; probe++) {
    const slot = SPAN_TABLE + (<usize>at << 4);
    const address = load<u32>(slot, 8);
    if (address == 0) {
      lastSlot = slot;
      return -1;
    }
    if (load<u64>(slot) == first && <u32>load<u16>(slot, 14) == length) {
      if (length <= 8 || isSpan(p + 8, <usize>address + 8, length - 8)) {
        spanAddress = <usize>address;
        return <i32>load<u16>(slot, 12);
      }
    }
    at = (at + 1) & (SPAN_ENTRIES - 1);
  }
  lastSlot = 0;
  return -1;
}

let lastSlot: usize = 0;

/** Adds the bytes that `findSpan` did not find; the entry, or -1: no room. */
export function addSpan(p: usize, length: u32): i32 {
  if (lastSlot == 0 || entries >= SPAN_ENTRIES - (SPAN_ENTRIES >> 2) || used + length + 4 > SPAN_BYTES_SIZE - 8) return -1;
  const to = SPAN_BYTES + used;
  store<u32>(to, length);
  memory.copy(to + 4, p, length);
  used += length + 4;
  spanAddress = to + 4;
  store<u64>(lastSlot, low(load<u64>(p), length));
  store<u32>(lastSlot, <u32>(to + 4), 8);
  store<u16>(lastSlot, <u16>entries, 12);
  store<u16>(lastSlot, <u16>length, 14);
  entries += 1;
  return <i32>entries - 1;
}
