/** Strings of one column as text behind each other, or as a dictionary's words. */
import { columnOf } from "@fulgur/neo4j-codec";
import type { Cells, Form, TextForm } from "./arrow-form.ts";

type Dictionary = Form & { readonly form: "dictionary" };

/** Text of strings and nulls; `undefined` where one of them is no text, as with half of a surrogate pair. */
export function textOf(strings: readonly (string | null)[]): TextForm | undefined {
  const column = columnOf(strings);
  const { length, validity } = column;
  if (column.type === "string") {
    return { form: "text", length, validity, offsets: column.offsets, bytes: column.bytes };
  }
  if (column.type !== "null") return undefined;
  return { form: "text", length, validity, offsets: new Int32Array(length + 1), bytes: new Uint8Array() };
}

/** The text of a column that was coded by a dictionary. */
export function spelled({ length, validity, indices, words }: Dictionary): TextForm {
  const offsets = new Int32Array(length + 1);
  for (let i = 0; i < length; i++) {
    const word = isNull(validity, i) ? undefined : (indices[i] as number);
    const size = word === undefined ? 0 : (words.offsets[word + 1] as number) - (words.offsets[word] as number);
    offsets[i + 1] = (offsets[i] as number) + size;
  }
  const bytes = new Uint8Array(offsets[length] as number);
  for (let i = 0; i < length; i++) {
    const to = offsets[i] as number;
    const size = (offsets[i + 1] as number) - to;
    const from = words.offsets[indices[i] as number] as number;
    // Words are short: a call to copy them costs more than the bytes.
    for (let k = 0; k < size; k++) bytes[to + k] = words.bytes[from + k] as number;
  }
  return { form: "text", length, validity, offsets, bytes };
}

/** A column's text coded by a dictionary of its words, in the order of first sight. */
export function coded(text: TextForm): Dictionary {
  const { length, validity, offsets, bytes } = text;
  const indices = new Int32Array(length);
  let mask = 1023;
  let slots = new Int32Array(mask + 1).fill(-1);
  /** Of each word: its hash, and the cell that has it first. */
  const hashes: number[] = [];
  const firsts: number[] = [];
  const place = (hash: number): number => {
    let slot = hash & mask;
    while (slots[slot] !== -1) slot = (slot + 1) & mask;
    return slot;
  };
  for (let i = 0; i < length; i++) {
    if (isNull(validity, i)) continue;
    const from = offsets[i] as number;
    const to = offsets[i + 1] as number;
    let hash = 0x811c9dc5;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    hash ^= hash >>> 15;
    let slot = hash & mask;
    let word = slots[slot] as number;
    while (word !== -1) {
      if (hashes[word] === hash && isSame(text, firsts[word] as number, from, to)) break;
      slot = (slot + 1) & mask;
      word = slots[slot] as number;
    }
    if (word === -1) {
      word = firsts.push(i) - 1;
      hashes.push(hash);
      slots[slot] = word;
      if (firsts.length * 2 > mask) {
        mask = mask * 2 + 1;
        slots = new Int32Array(mask + 1).fill(-1);
        for (let known = 0; known < hashes.length; known++) slots[place(hashes[known] as number)] = known;
      }
    }
    indices[i] = word;
  }
  return { form: "dictionary", length, validity, indices, words: cellsOf(text, firsts) };
}

function isSame({ offsets, bytes }: TextForm, cell: number, from: number, to: number): boolean {
  const start = offsets[cell] as number;
  if ((offsets[cell + 1] as number) - start !== to - from) return false;
  for (let k = 0; k < to - from; k++) if (bytes[start + k] !== bytes[from + k]) return false;
  return true;
}

/** The text of some cells. */
function cellsOf({ offsets, bytes }: TextForm, cells: readonly number[]): TextForm {
  const own = new Int32Array(cells.length + 1);
  for (const [i, cell] of cells.entries()) {
    own[i + 1] = (own[i] as number) + (offsets[cell + 1] as number) - (offsets[cell] as number);
  }
  const all = new Uint8Array(own[cells.length] as number);
  for (const [i, cell] of cells.entries()) all.set(bytes.subarray(offsets[cell], offsets[cell + 1]), own[i]);
  return { form: "text", length: cells.length, validity: undefined, offsets: own, bytes: all };
}

export function isNull(validity: Cells["validity"], index: number): boolean {
  return validity !== undefined && ((validity[index >> 3] as number) & (1 << (index & 7))) === 0;
}
