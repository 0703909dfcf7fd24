import { isBrokenValue } from "../broken-value.ts";
import type { Reader } from "../plain/reader.ts";
import type { FloatListMode } from "../profile.ts";
import { text } from "../text.ts";
import type { WasmMemory } from "./memory.ts";
import {
  TAG_ASCII,
  TAG_BOOLEAN,
  TAG_ENCODED,
  TAG_FLOAT64,
  TAG_INT32,
  TAG_INT64,
  TAG_NULL,
  TAG_PREDICTED,
  TAG_UTF16,
} from "./operations.ts";
import { OwnText, type TextParts } from "./own-text.ts";

/** Thrown where a value can't be decoded: the plain reader then reads the whole row, and says what and where. */
export const broken: unique symbol = Symbol("broken");

/**
 * Reads the cells of the region that is in the memory: those that aren't of the predicted kind, and encoded ones. There is
 * one for each memory, which each region's pass sets up anew.
 */
export class Cells {
  readonly memory: WasmMemory;
  #reader: Reader | undefined;
  #used = 0;
  #wideUnits = 0;
  #ascii: TextParts | undefined;
  #utf16: TextParts | undefined;
  #detach = false;
  #typedFloats = false;

  constructor(memory: WasmMemory) {
    this.memory = memory;
  }

  /**
   * Says what is in the memory now.
   *
   * @param used how many bytes of the input were read.
   * @param detach whether strings are of their own, not parts of a longer one.
   */
  begin(reader: Reader, used: number, wideUnits: number, floatLists: FloatListMode, detach: boolean): void {
    this.#reader = reader;
    this.#used = used;
    this.#wideUnits = wideUnits;
    this.#typedFloats = floatLists === "typed";
    this.#detach = detach;
    this.#ascii = undefined;
    this.#utf16 = undefined;
  }

  /** The region was left: its text is kept no longer. */
  end(): void {
    this.#ascii = undefined;
    this.#utf16 = undefined;
  }

  /** Has `run` find all text empty, unless strings are of their own anyway. */
  withoutText(run: () => void): void {
    const [ascii, utf16] = [this.#ascii, this.#utf16];
    if (!this.#detach) this.#ascii = this.#utf16 = "";
    try {
      run();
    } finally {
      this.#ascii = ascii;
      this.#utf16 = utf16;
    }
  }

  /** The whole input as one string: a string of ASCII is a part of it, at the same place. */
  get ascii(): TextParts {
    if (this.#ascii === undefined) {
      const { input } = this.memory.areas;
      const { u8 } = this.memory;
      const whole = text.ascii(u8, input, input + this.#used);
      const part = (start: number, end: number): string => text.ascii(u8, input + start, input + end);
      this.#ascii = this.#detach ? new OwnText(whole, part) : whole;
    }
    return this.#ascii;
  }

  /** All the other strings, as one. */
  get utf16(): TextParts {
    if (this.#utf16 === undefined) {
      const { wide } = this.memory.areas;
      const { u8 } = this.memory;
      const whole = text.utf16(u8, wide, wide + this.#wideUnits * 2);
      const part = (start: number, end: number): string => text.utf16(u8, wide + start * 2, wide + end * 2);
      this.#utf16 = this.#detach ? new OwnText(whole, part) : whole;
    }
    return this.#utf16;
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
      case TAG_ASCII:
        return this.ascii.substring(i32[slot], i32[slot + 1]);
      case TAG_UTF16:
        return this.utf16.substring(i32[slot], i32[slot + 1]);
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

  /** A value that stayed encoded: the plain reader reads it. */
  encoded(start: number, end: number, row: number): unknown {
    const value = this.#readerAt(start, end, row).readField();
    if (isBrokenValue(value)) throw broken;
    return value;
  }

  /** A list of ASCII strings, parts of the text. */
  strings(text: TextParts, start: number, length: number): string[] {
    const { i32, areas } = this.memory;
    const from = areas.vectors / 4 + start * 2;
    const list = new Array<string>(length);
    for (let i = 0, at = from; i < length; i++, at += 2) {
      list[i] = text.substring(i32[at] as number, i32[at + 1] as number);
    }
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
