import { PackStreamError } from "@fulgur/neo4j-types";
import {
  FALSE,
  FLOAT64,
  INLINE_INTEGER,
  INT8,
  NULL,
  RESERVED,
  SIZED_BYTES,
  SIZED_LIST,
  SIZED_MAP,
  SIZED_STRING,
  TINY_LIST,
  TINY_MAP,
  TINY_STRING,
  TINY_STRUCTURE,
  TRUE,
} from "../marker-class.ts";
import type { Profile } from "../profile.ts";
import { firstInvalidUtf8, text } from "../text.ts";

/**
 * A place in a range of PackStream bytes, and how to go on from there: markers, sizes, scalars.
 *
 * No size is believed before it is compared with the bytes that are left: a list of n items has at least n bytes, a
 * map 2n, a structure n. Bytes that aren't PackStream throw a PackStreamError.
 */
export class Cursor {
  /** Where the next value begins, in the array given to {@link reset}. */
  position = 0;

  protected readonly profile: Profile;
  protected readonly classes: Uint8Array;
  protected readonly payloads: Uint8Array;
  protected input: Uint8Array = new Uint8Array(0);
  protected depth = 0;
  readonly #maxDepth: number;
  #view: DataView = new DataView(this.input.buffer);
  #end = 0;
  #origin = 0;

  constructor(profile: Profile) {
    this.profile = profile;
    this.classes = profile.markerClass;
    this.payloads = profile.markerPayload;
    this.#maxDepth = profile.maxDepth;
  }

  /**
   * Points it at `bytes[start]` up to, not including, `bytes[end]`.
   *
   * @param origin where the message begins: offsets in errors count from there. Default: `start`.
   */
  reset(bytes: Uint8Array, start: number, end: number, origin: number = start): this {
    if (bytes !== this.input) {
      // Not a subclass: a Buffer's slice would share its memory.
      this.input =
        bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.position = start;
    this.#end = end;
    this.#origin = origin;
    this.depth = 0;
    return this;
  }

  /** @throws PackStreamError unless everything has been read. */
  expectEnd(): void {
    const left = this.#end - this.position;
    if (left > 0) this.fail(`${left} ${left === 1 ? "byte" : "bytes"} after the end of the value`, this.position);
  }

  /** The size of the structure that begins here, whose signature or tag comes next; `what` is for the error if none does. */
  structureHeader(what: string): { size: number; signature: number } {
    const at = this.position;
    const marker = this.marker();
    if (this.classes[marker] !== TINY_STRUCTURE) this.fail(`${what} has to be a structure`, at);
    const size = this.payloads[marker] as number;
    this.need(size + 1, at, "a structure");
    return { size, signature: this.input[this.position++] as number };
  }

  /** The size of the list that begins here; `what` is for the error if none does. */
  listHeader(what: string): number {
    const at = this.position;
    const marker = this.marker();
    const markerClass = this.classes[marker] as number;
    if (markerClass !== TINY_LIST && markerClass !== SIZED_LIST) this.fail(`${what} has to be a list`, at);
    return this.listSize(marker, markerClass, at);
  }

  /** Passes over one value, checking its framing. */
  skip(): void {
    const at = this.position;
    const marker = this.marker();
    const markerClass = this.classes[marker] as number;
    switch (markerClass) {
      case RESERVED:
        this.failMarker(marker, at);
        break;
      case TINY_STRING:
      case SIZED_STRING:
        this.#pass(this.stringSize(marker, markerClass, at));
        break;
      case TINY_LIST:
      case SIZED_LIST: {
        const size = this.listSize(marker, markerClass, at);
        this.enter(at);
        for (let i = 0; i < size; i++) this.skip();
        this.depth--;
        break;
      }
      case TINY_MAP:
      case SIZED_MAP: {
        const size = this.mapSize(marker, markerClass, at);
        this.enter(at);
        for (let i = 0; i < size; i++) {
          this.key();
          this.skip();
        }
        this.depth--;
        break;
      }
      case TINY_STRUCTURE: {
        const size = this.payloads[marker] as number;
        this.need(size + 1, at, "a structure");
        this.position++;
        this.enter(at);
        for (let i = 0; i < size; i++) this.skip();
        this.depth--;
        break;
      }
      default:
        this.#pass(this.#fixedSize(marker, markerClass, at));
    }
  }

  /** Where the readable bytes end. */
  protected get end(): number {
    return this.#end;
  }

  protected marker(): number {
    if (this.position >= this.#end) this.failEnd(this.position);
    return this.input[this.position++] as number;
  }

  /** Checks that `length` more bytes are there. */
  protected need(length: number, at: number, what: string): void {
    if (length > this.#end - this.position) {
      this.fail(`${what} needs ${length} more bytes, ${this.#end - this.position} are left`, at);
    }
  }

  /** Reads the size behind a SIZED_… marker and checks that so many items of `each` bytes can follow. */
  protected size(marker: number, at: number, each: number, what: string): number {
    const width = this.payloads[marker] as number;
    this.need(width, at, `${what}'s size`);
    const position = this.position;
    this.position = position + width;
    const size =
      width === 1
        ? (this.input[position] as number)
        : width === 2
          ? this.#view.getUint16(position)
          : this.#view.getUint32(position);
    this.need(size * each, at, what);
    return size;
  }

  protected tinySize(marker: number, at: number, each: number, what: string): number {
    const size = this.payloads[marker] as number;
    if (size * each > this.#end - this.position) this.need(size * each, at, what);
    return size;
  }

  protected stringSize(marker: number, markerClass: number, at: number): number {
    return markerClass === TINY_STRING
      ? this.tinySize(marker, at, 1, "a string")
      : this.size(marker, at, 1, "a string");
  }

  protected listSize(marker: number, markerClass: number, at: number): number {
    return markerClass === TINY_LIST ? this.tinySize(marker, at, 1, "a list") : this.size(marker, at, 1, "a list");
  }

  protected mapSize(marker: number, markerClass: number, at: number): number {
    return markerClass === TINY_MAP ? this.tinySize(marker, at, 2, "a map") : this.size(marker, at, 2, "a map");
  }

  /** The number of bytes behind a marker that is no container and no string. */
  #fixedSize(marker: number, markerClass: number, at: number): number {
    if (markerClass === SIZED_BYTES) return this.size(marker, at, 1, "bytes");
    const inline =
      markerClass === NULL || markerClass === FALSE || markerClass === TRUE || markerClass === INLINE_INTEGER;
    const length = inline ? 0 : (this.payloads[marker] as number);
    this.need(length, at, "the value");
    return length;
  }

  protected enter(at: number): void {
    if (++this.depth > this.#maxDepth) this.fail(`values are nested deeper than ${this.#maxDepth}`, at);
  }

  protected integerOf(markerClass: number, at: number): number | bigint {
    const position = this.position;
    const length = 1 << (markerClass - INT8);
    if (length > this.#end - position) this.need(length, at, "an integer");
    this.position = position + length;
    if (length === 1) return ((this.input[position] as number) << 24) >> 24;
    if (length === 2) return this.#view.getInt16(position);
    if (length === 4) return this.#view.getInt32(position);
    const number = this.#view.getInt32(position) * 0x1_0000_0000 + this.#view.getUint32(position + 4);
    return Number.isSafeInteger(number) ? number : this.#view.getBigInt64(position);
  }

  protected floatOf(at: number): number {
    const position = this.position;
    if (8 > this.#end - position) this.need(8, at, "a float");
    this.position = position + 8;
    return this.#view.getFloat64(position);
  }

  /** Reads floats into `list` from index `from` on, as long as floats follow; gives the index after the last. Vectors are long lists of them. */
  protected floatsInto(list: unknown[], from: number, size: number): number {
    const { input, classes } = this;
    const view = this.#view;
    const last = this.#end - 9;
    let { position } = this;
    let i = from;
    while (i < size && position <= last && classes[input[position] as number] === FLOAT64) {
      list[i++] = view.getFloat64(position + 1);
      position += 9;
    }
    this.position = position;
    return i;
  }

  /** Reads so many floats if nothing else follows; else it reads nothing. */
  protected floats(size: number): Float64Array | undefined {
    const { input, classes, position } = this;
    const end = position + size * 9;
    if (end > this.#end) return undefined;
    for (let at = position; at < end; at += 9) if (classes[input[at] as number] !== FLOAT64) return undefined;
    const list = new Float64Array(size);
    const view = this.#view;
    for (let i = 0, at = position + 1; i < size; i++, at += 9) list[i] = view.getFloat64(at);
    this.position = end;
    return list;
  }

  protected stringOf(length: number, at: number): string {
    const start = this.position;
    const end = start + length;
    this.position = end;
    const decoded = text.decode(this.input, start, end);
    return decoded ?? this.fail("a string is not valid UTF-8", Math.max(firstInvalidUtf8(this.input, start, end), at));
  }

  protected key(): string {
    const at = this.position;
    const marker = this.marker();
    const markerClass = this.classes[marker] as number;
    if (markerClass !== TINY_STRING && markerClass !== SIZED_STRING) this.fail("a map's key has to be a string", at);
    return this.stringOf(this.stringSize(marker, markerClass, at), at);
  }

  /** Not `+=` where the size is read: that would take the position before the size. */
  #pass(length: number): void {
    this.position += length;
  }

  /** A copy of the next bytes, which are known to be there. */
  protected take(length: number): Uint8Array {
    const start = this.position;
    this.position = start + length;
    return this.input.slice(start, start + length);
  }

  /** An error about the byte at a position, which the caller throws. */
  protected errorAt(reason: string, at: number): PackStreamError {
    return new PackStreamError(reason, at - this.#origin);
  }

  protected failMarker(marker: number, at: number): never {
    return this.fail(`the marker ${hex(marker)} means nothing in Bolt ${this.profile.version}`, at);
  }

  protected failEnd(at: number): never {
    return this.fail("a value is missing: the bytes end", at);
  }

  /** Throws a PackStreamError about the byte at a position of the array. */
  fail(reason: string, at: number): never {
    throw this.errorAt(reason, at);
  }
}

/** A byte as people write it. */
export function hex(byte: number): string {
  return `0x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
