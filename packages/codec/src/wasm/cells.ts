import { isBrokenValue } from "../broken-value.ts";
import type { Reader } from "../plain/reader.ts";
import type { FloatListMode } from "../profile.ts";
import type { WasmMemory } from "./memory.ts";
import {
  TAG_BOOLEAN,
  TAG_ENCODED,
  TAG_FLOAT64,
  TAG_INT32,
  TAG_INT64,
  TAG_NULL,
  TAG_PREDICTED,
  TAG_STRING,
} from "./operations.ts";
import { ownTexts, type StringsRead, sharedTexts } from "./texts.ts";

/** Thrown where a value can't be decoded: the plain reader then reads the whole row, and says what and where. */
export const broken: unique symbol = Symbol("broken");

/** By what a cell is (see LeafCell), the method of {@link Cells} for one that isn't as predicted. */
export const otherOf = { integer: "otherInteger", strings: "otherStrings", any: "other" } as const;

/**
 * Reads the cells of the region that is in the memory: those that aren't of the predicted kind, and encoded ones. There is
 * one for each memory, which each region's pass sets up anew.
 */
export class Cells {
  readonly memory: WasmMemory;
  #reader: Reader | undefined;
  #strings: StringsRead = { count: 0, used: 0, wideUnits: 0 };
  #texts: readonly string[] | undefined;
  #detach = false;
  #typedFloats = false;

  constructor(memory: WasmMemory) {
    this.memory = memory;
  }

  /**
   * Says what is in the memory now.
   *
   * @param detach whether strings are of their own, not parts of a longer one.
   */
  begin(reader: Reader, strings: StringsRead, floatLists: FloatListMode, detach: boolean): void {
    this.#reader = reader;
    this.#strings = strings;
    this.#typedFloats = floatLists === "typed";
    this.#detach = detach;
    this.#texts = undefined;
  }

  /** The region was left: its text is kept no longer. */
  end(): void {
    this.#texts = undefined;
  }

  /** Has `run` find all strings empty, unless they are of their own anyway. */
  withoutText(run: () => void): void {
    const texts = this.#texts;
    if (!this.#detach) this.#texts = new Array<string>(this.#strings.count).fill("");
    try {
      run();
    } finally {
      this.#texts = texts;
    }
  }

  /** The strings of the region, which cells name by their numbers. */
  get texts(): readonly string[] {
    this.#texts ??= (this.#detach ? ownTexts : sharedTexts)(this.memory, this.#strings);
    return this.#texts;
  }

  /** A cell that isn't of its column's predicted kind, by the index of its slot in 32-bit words. */
  other(tag: number, slot: number, row: number): unknown {
    const { i32, f64, i64 } = this.memory;
    switch (tag) {
      case TAG_NULL:
        return null;
      case TAG_ENCODED:
        return this.encoded(i32[slot], i32[slot + 1], row);
      case TAG_INT32:
        return i32[slot];
      case TAG_FLOAT64:
        return f64[slot >> 1];
      case TAG_STRING:
        return this.texts[i32[slot] as number];
      case TAG_BOOLEAN:
        return i32[slot] === 1;
      case TAG_INT64:
        return i64[slot >> 1];
      default:
        throw new RangeError(`a cell has the tag ${tag}, not ${TAG_PREDICTED}`);
    }
  }

  /** The same for an integer field of a structure, whose integers are as the wire has them. */
  otherInteger(tag: number, slot: number, row: number): unknown {
    if (tag !== TAG_ENCODED) return this.other(tag, slot, row);
    const { i32 } = this.memory;
    return this.#readerAt(i32[slot], i32[slot + 1], row).integer();
  }

  /** The same for a structure's list of strings. */
  otherStrings(tag: number, slot: number, row: number): unknown {
    if (tag !== TAG_ENCODED) return this.other(tag, slot, row);
    const { i32 } = this.memory;
    return this.#readerAt(i32[slot], i32[slot + 1], row).strings();
  }

  /** A value that stayed encoded: the plain reader reads it. */
  encoded(start: number, end: number, row: number): unknown {
    const value = this.#readerAt(start, end, row).readField();
    if (isBrokenValue(value)) throw broken;
    return value;
  }

  /** A list of strings, the numbers of which follow each other. */
  strings(texts: readonly string[], first: number, length: number): string[] {
    const list = new Array<string>(length);
    for (let i = 0; i < length; i++) list[i] = texts[first + i] as string;
    return list;
  }

  /** A list of floats. */
  floats(start: number, length: number): number[] | Float64Array {
    const { f64, areas } = this.memory;
    const from = areas.vectors / 8 + start;
    if (this.#typedFloats && length > 0) return f64.slice(from, from + length);
    // Made at its full length: growing by push costs three times as much.
    const list = new Array<number>(length);
    for (let i = 0; i < length; i++) list[i] = f64[from + i];
    return list;
  }

  /** Where the message of a row begins and ends in the memory. */
  rowAt(row: number): readonly [start: number, end: number] {
    const { u32, areas } = this.memory;
    const at = areas.rows / 4 + row * 2;
    return [areas.input + u32[at], areas.input + u32[at + 1]];
  }

  #readerAt(start: number, end: number, row: number): Reader {
    const { input } = this.memory.areas;
    return (this.#reader as Reader).reset(this.memory.u8, input + start, input + end, this.rowAt(row)[0]);
  }
}
