import type { Random } from "./random.ts";

const encoder = new TextEncoder();

/** Where one value lies in a body. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Writes PackStream as no sane peer would: any form that the markers allow, and what they don't. Not our own writer: that one is under test. */
export class Wire {
  readonly #random: Random;
  #bytes = new Uint8Array(4096);
  #length = 0;
  #spans: Span[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  get length(): number {
    return this.#length;
  }

  /** What was written since the last time, and where its values are. */
  take(): { bytes: Uint8Array; spans: Span[] } {
    const taken = { bytes: this.#bytes.slice(0, this.#length), spans: this.#spans };
    this.#length = 0;
    this.#spans = [];
    return taken;
  }

  /** Says that a value began at `start` and is whole now. */
  closed(start: number): void {
    this.#spans.push({ start, end: this.#length });
  }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length++] = value;
  }

  raw(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#bytes.length) this.#grow(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** A number of so many bytes, big-endian. */
  number(value: number, width: number): void {
    for (let shift = width - 1; shift >= 0; shift--) this.byte(Math.floor(value / 2 ** (8 * shift)) & 0xff);
  }

  integer(value: bigint): void {
    const fits = (bits: bigint): boolean => value >= -(1n << (bits - 1n)) && value < 1n << (bits - 1n);
    let width = value >= -16n && value < 128n ? 0 : fits(8n) ? 1 : fits(16n) ? 2 : fits(32n) ? 4 : 8;
    if (width < 8 && this.#random.oneIn(12)) width = width === 0 ? 1 : width * 2;
    if (width > 0) this.byte(0xc8 + Math.log2(width));
    for (let shift = (width || 1) - 1; shift >= 0; shift--) this.byte(Number((value >> BigInt(8 * shift)) & 0xffn));
  }

  float(value: number): void {
    const bytes = new Uint8Array(9);
    bytes[0] = 0xc1;
    new DataView(bytes.buffer).setFloat64(1, value);
    this.raw(bytes);
  }

  text(text: string): void {
    this.string(encoder.encode(text));
  }

  string(bytes: Uint8Array): void {
    this.head(0x80, 0xd0, bytes.length);
    this.raw(bytes);
  }

  bytes(bytes: Uint8Array): void {
    this.head(undefined, 0xcc, bytes.length);
    this.raw(bytes);
  }

  list(size: number): void {
    this.head(0x90, 0xd4, size);
  }

  map(size: number): void {
    this.head(0xa0, 0xd8, size);
  }

  structure(size: number, tag: number): void {
    this.byte(0xb0 | (size & 15));
    this.byte(tag);
  }

  /** The shortest form, mostly. */
  head(tiny: number | undefined, sized: number, size: number): void {
    let width = tiny !== undefined && size < 16 ? 0 : size < 0x100 ? 1 : size < 0x1_0000 ? 2 : 4;
    if (width < 4 && this.#random.oneIn(24)) width = width === 0 ? 1 : width * 2;
    if (width === 0) {
      this.byte((tiny as number) | size);
    } else {
      this.byte(sized + Math.log2(width));
      this.number(size, width);
    }
  }

  #grow(more: number): void {
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
