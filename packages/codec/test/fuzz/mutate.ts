import type { Random } from "./random.ts";
import type { Span } from "./wire.ts";

/** A message's bytes and where its values lie. */
export interface Body {
  readonly bytes: Uint8Array;
  readonly spans: readonly Span[];
}

const markers = [
  0x00, 0x7f, 0x80, 0x81, 0x8f, 0x90, 0x91, 0x92, 0xa0, 0xa1, 0xb0, 0xb1, 0xb3, 0xb4, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4,
  0xc8, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xd0, 0xd1, 0xd2, 0xd4, 0xd5, 0xd6, 0xd8, 0xd9, 0xda, 0xdc, 0xe0, 0xef,
  0xf0, 0xff, 0x4e, 0x44,
];
const sizes = [
  [0x7f, 0xff, 0xff, 0xff],
  [0xff, 0xff, 0xff, 0xff],
  [0x80, 0, 0, 0],
  [0, 0, 0, 0],
  [0, 0xff],
  [0xff, 0xff],
];
const nests = [[0x91], [0xa1, 0x81, 0x61], [0xb1, 0x44], [0xd4, 0x01]];

/** Values replaced by others: framed as well as before, though not of the column's kind. */
export function replaceValue(random: Random, body: Body, donor: Body): Uint8Array {
  if (body.spans.length === 0 || donor.spans.length === 0) return body.bytes;
  const { start, end } = random.pick(body.spans);
  const from = random.pick(donor.spans);
  return spliced(body.bytes, start, end, donor.bytes.subarray(from.start, from.end));
}

/** One way to spoil bytes. */
export function mutate(random: Random, body: Body, donor: Body): Uint8Array {
  const { bytes, spans } = body;
  if (bytes.length === 0) return Uint8Array.of(random.pick(markers));
  const at =
    spans.length > 0 && random.oneIn(2)
      ? Math.min(random.pick(spans).start, bytes.length - 1)
      : random.below(bytes.length);
  switch (random.below(13)) {
    case 0:
      return changed(bytes, at, (bytes[at] as number) ^ (1 << random.below(8)));
    case 1:
    case 2:
      return changed(bytes, at, random.pick(markers));
    case 3:
      return bytes.slice(0, at);
    case 4:
      return spliced(bytes, at, at, Uint8Array.of(random.oneIn(2) ? random.pick(markers) : random.below(256)));
    case 5:
      return spliced(bytes, at, Math.min(bytes.length, at + 1 + random.small(20)), new Uint8Array(0));
    case 6:
      return changed(bytes, at, (bytes[at] as number) + random.pick([-1, 1]));
    case 7: {
      const from = random.below(donor.bytes.length + 1);
      return spliced(
        bytes,
        at,
        random.oneIn(2) ? bytes.length : at,
        donor.bytes.subarray(from, from + random.small(40)),
      );
    }
    case 8: {
      // The same again: a key twice, once its map's size fits.
      const { start, end } = spans.length > 0 ? random.pick(spans) : { start: at, end: Math.min(bytes.length, at + 3) };
      const begin = Math.max(0, start - random.below(4));
      return spliced(bytes, Math.min(end, bytes.length), Math.min(end, bytes.length), bytes.subarray(begin, end));
    }
    case 9:
      return spliced(
        bytes,
        Math.min(at + 1, bytes.length),
        Math.min(at + 5, bytes.length),
        Uint8Array.from(random.pick(sizes)),
      );
    case 10: {
      const nest = random.pick(nests);
      const depth = random.oneIn(4) ? 1 + random.below(600) : 1 + random.below(12);
      return spliced(
        bytes,
        at,
        at,
        Uint8Array.from({ length: nest.length * depth }, (_, i) => nest[i % nest.length] as number),
      );
    }
    default:
      return replaceValue(random, body, donor);
  }
}

function changed(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = byte;
  return copy;
}

/** `bytes` with [start, end) replaced. */
export function spliced(bytes: Uint8Array, start: number, end: number, by: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length - (end - start) + by.length);
  result.set(bytes.subarray(0, start));
  result.set(by, start);
  result.set(bytes.subarray(end), start + by.length);
  return result;
}
