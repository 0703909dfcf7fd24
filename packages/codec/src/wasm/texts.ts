import { text } from "../text.ts";
import type { WasmMemory } from "./memory.ts";

/** What a pass has listed of the strings in its region. */
export interface StringsRead {
  readonly count: number;
  /** How many bytes of the input they lie in. */
  readonly used: number;
  /** How many units of UTF-16 those take that aren't ASCII. */
  readonly wideUnits: number;
}

/** Makes part of a text from the bytes. */
type Decode = (bytes: Uint8Array, start: number, end: number) => string;

/** The highest bit of a start: the string lies in the UTF-16. */
const placeInWide = 0x7fff_ffff;
/** V8 copies shorter parts of a string; of longer ones it notes where they lie in the whole. */
const leastShared = 13;

/**
 * The strings of a region in the order in which they came, parts of one long text each. They are made in one loop, strings of
 * one length after the other, as the pass has gathered them (assembly/string-list.ts).
 */
export function sharedTexts(memory: WasmMemory, { count, used, wideUnits }: StringsRead): string[] {
  const texts = new Array<string>(count);
  if (count === 0) return texts;
  const { u8, areas } = memory;
  const ascii = text.ascii(u8, areas.input, areas.input + used);
  const wideBucket = areas.bucketCount - 1;
  for (let bucket = 0; bucket < wideBucket; bucket++) takeBucket(memory, bucket, ascii, texts);
  if (wideUnits === 0) return texts;
  takeBucket(memory, wideBucket, text.utf16(u8, areas.wide, areas.wide + wideUnits * 2), texts);
  return texts;
}

function takeBucket({ i32, areas }: WasmMemory, bucket: number, whole: string, texts: string[]): void {
  const places = areas.strings / 4;
  let at = (areas.buckets + bucket * areas.bucketBytes) / 4;
  for (const end = at + i32[areas.bucketCounts / 4 + bucket]!; at < end; at++) {
    const number = i32[at] as number;
    const place = places + number * 2;
    texts[number] = whole.slice((i32[place] as number) & placeInWide, i32[place + 1]);
  }
}

/** The same strings, each of its own: see docs/strings-and-memory.md. */
export function ownTexts(memory: WasmMemory, { count, used, wideUnits }: StringsRead): string[] {
  const { i32, u8, areas } = memory;
  const partOf = (whole: string, area: number, unit: number, decode: Decode) => (start: number, end: number) =>
    end - start < leastShared ? whole.substring(start, end) : decode(u8, area + start * unit, area + end * unit);
  const ascii = partOf(text.ascii(u8, areas.input, areas.input + used), areas.input, 1, text.ascii);
  const wide = partOf(text.utf16(u8, areas.wide, areas.wide + wideUnits * 2), areas.wide, 2, text.utf16);
  return Array.from({ length: count }, (_, i) => {
    const at = areas.strings / 4 + i * 2;
    const start = i32[at] as number;
    const end = i32[at + 1] as number;
    return start >= 0 ? ascii(start, end) : wide(start & placeInWide, end);
  });
}
