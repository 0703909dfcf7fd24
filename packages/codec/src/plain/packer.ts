import { M } from "../gen/markers.ts";
import { text } from "../text.ts";
import { Output } from "./output.ts";

/** Up to this length a loop is faster than a native call. */
const shortText = 40;
const two32 = 0x1_0000_0000;
/** So many numbers of a list are written between two looks at the room. */
const blockSize = 1024;

/** Output of PackStream's primitives, each in its shortest form. What it is given is known to be right. */
export class Packer extends Output {
  nil(): void {
    this.#byte(M.NULL);
  }

  boolean(value: boolean): void {
    this.#byte(value ? M.TRUE : M.FALSE);
  }

  /** @param value a safe integer. */
  integer(value: number): void {
    this.ensure(9);
    this.position = this.#putInteger(value, this.position);
  }

  /** @param value fits in 64 bits, and not in a safe number. */
  wideInteger(value: bigint): void {
    this.ensure(9);
    this.bytes[this.position] = M.INT_64;
    this.view.setBigInt64(this.position + 1, value);
    this.position += 9;
  }

  float(value: number): void {
    this.ensure(9);
    this.bytes[this.position] = M.FLOAT;
    this.view.setFloat64(this.position + 1, value);
    this.position += 9;
  }

  /** @returns false if the string has a lone surrogate, which UTF-8 can't carry. */
  string(value: string): boolean {
    const units = value.length;
    this.ensure(units * 3 + 5);
    if (units <= shortText && this.#shortAscii(value, units)) return true;
    // The header is as long as ASCII would need; else the bytes move up.
    const guess = headerWidth(units, 16);
    const start = this.position;
    const length = text.encode(value, this.bytes, start + guess);
    if (length < 0) return false;
    const header = headerWidth(length, 16);
    if (header !== guess) this.bytes.copyWithin(start + header, start + guess, start + guess + length);
    this.#header(header, length, M.TINY_STRING, M.STRING_8, M.STRING_16, M.STRING_32);
    this.position += length;
    return true;
  }

  binary(value: Uint8Array): void {
    const header = headerWidth(value.length, 0);
    this.ensure(header);
    this.#header(header, value.length, 0, M.BYTES_8, M.BYTES_16, M.BYTES_32);
    this.append(value);
  }

  listHeader(size: number): void {
    this.ensure(5);
    this.#header(headerWidth(size, 16), size, M.TINY_LIST, M.LIST_8, M.LIST_16, M.LIST_32);
  }

  mapHeader(size: number): void {
    this.ensure(5);
    this.#header(headerWidth(size, 16), size, M.TINY_MAP, M.MAP_8, M.MAP_16, M.MAP_32);
  }

  /**
   * Corrects the header of the map that began at a mark, of whose entries some were left out.
   *
   * @param announced, written how many entries the header says, and how many there are.
   */
  shrinkMap(mark: number, announced: number, written: number): void {
    const header = headerWidth(announced, 16);
    if (header === 1) {
      this.patch(mark, M.TINY_MAP + written);
      return;
    }
    const entries = this.bytesSince(mark).subarray(header);
    this.backTo(mark);
    this.mapHeader(written);
    this.append(entries);
  }

  /** FLOATs, one after the other: as many as a list or typed array holds. */
  floats(values: ArrayLike<number>): void {
    const { length } = values;
    for (let i = 0; i < length; ) {
      const end = Math.min(length, i + blockSize);
      this.ensure((end - i) * 9);
      const { bytes, view } = this;
      let at = this.position;
      for (; i < end; i++, at += 9) {
        bytes[at] = M.FLOAT;
        view.setFloat64(at + 1, values[i] as number);
      }
      this.position = at;
    }
  }

  /**
   * The numbers that a list or typed array begins with, each an INTEGER or FLOAT by its value.
   *
   * @returns the index of the first item that is no number, or the length.
   */
  numbers(values: ArrayLike<unknown>): number {
    const { length } = values;
    for (let i = 0; i < length; ) {
      const end = Math.min(length, i + blockSize);
      this.ensure((end - i) * 9);
      let at = this.position;
      for (; i < end; i++) {
        const value = values[i];
        if (typeof value !== "number") {
          this.position = at;
          return i;
        }
        at = this.#putNumber(value, at);
      }
      this.position = at;
    }
    return length;
  }

  /** A number: INTEGER if it is whole and safe, else FLOAT; -0 is FLOAT. */
  number(value: number): void {
    this.ensure(9);
    this.position = this.#putNumber(value, this.position);
  }

  /** The marker of a structure and the byte behind it: a tag, or a message's signature. */
  structureHeader(size: number, tag: number): void {
    this.ensure(2);
    this.bytes[this.position] = M.TINY_STRUCTURE + size;
    this.bytes[this.position + 1] = tag;
    this.position += 2;
  }

  /** A value with a marker of its own. */
  opaque(marker: number, value: Uint8Array): void {
    this.ensure(value.length + 1);
    this.bytes[this.position] = marker;
    this.bytes.set(value, this.position + 1);
    this.position += value.length + 1;
  }

  /** Nearly all keys and most values are so: written here they cost no call. False, and nothing written, if one unit isn't ASCII. */
  #shortAscii(value: string, units: number): boolean {
    const { bytes } = this;
    let at = this.position;
    if (units < 16) {
      bytes[at++] = M.TINY_STRING + units;
    } else {
      bytes[at++] = M.STRING_8;
      bytes[at++] = units;
    }
    for (let i = 0; i < units; i++) {
      const unit = value.charCodeAt(i);
      if (unit > 0x7f) return false;
      bytes[at++] = unit;
    }
    this.position = at;
    return true;
  }

  #putNumber(value: number, at: number): number {
    if (Number.isSafeInteger(value) && (value !== 0 || 1 / value > 0)) return this.#putInteger(value, at);
    this.bytes[at] = M.FLOAT;
    this.view.setFloat64(at + 1, value);
    return at + 9;
  }

  #putInteger(value: number, at: number): number {
    const { bytes, view } = this;
    if (value >= -16 && value < 128) {
      bytes[at] = value;
      return at + 1;
    }
    if (value >= -128 && value < 128) {
      bytes[at] = M.INT_8;
      bytes[at + 1] = value;
      return at + 2;
    }
    if (value >= -0x8000 && value < 0x8000) {
      bytes[at] = M.INT_16;
      view.setInt16(at + 1, value);
      return at + 3;
    }
    if (value >= -0x8000_0000 && value < 0x8000_0000) {
      bytes[at] = M.INT_32;
      view.setInt32(at + 1, value);
      return at + 5;
    }
    const high = Math.floor(value / two32);
    bytes[at] = M.INT_64;
    view.setInt32(at + 1, high);
    view.setUint32(at + 5, value - high * two32);
    return at + 9;
  }

  #byte(byte: number): void {
    this.ensure(1);
    this.bytes[this.position++] = byte;
  }

  #header(width: number, size: number, tiny: number, marker8: number, marker16: number, marker32: number): void {
    const { bytes, view, position } = this;
    if (width === 1) {
      bytes[position] = tiny + size;
    } else if (width === 2) {
      bytes[position] = marker8;
      bytes[position + 1] = size;
    } else if (width === 3) {
      bytes[position] = marker16;
      view.setUint16(position + 1, size);
    } else {
      bytes[position] = marker32;
      view.setUint32(position + 1, size);
    }
    this.position = position + width;
  }
}

/** How many bytes a marker and its size take; below `tiny` the marker holds the size. */
function headerWidth(size: number, tiny: number): number {
  if (size < tiny) return 1;
  return size < 0x100 ? 2 : size < 0x1_0000 ? 3 : 5;
}
