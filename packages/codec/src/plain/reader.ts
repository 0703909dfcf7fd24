import { PackStreamError } from "@fulgur/neo4j-types";
import { BrokenValue } from "../broken-value.ts";
import {
  FALSE,
  FLOAT64,
  INLINE_INTEGER,
  INT8,
  INT64,
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
import { readMap } from "../metadata.ts";
import type { ActiveOpaque, ActiveStructure, IntegerMode, Profile } from "../profile.ts";
import type { Source } from "../tables.ts";
import { firstInvalidUtf8, text } from "../text.ts";
import { unsafeInteger } from "../values.ts";
import { type KeyNode, KeyTree } from "./key-tree.ts";
import { objectOf } from "./object-factory.ts";
import { StructureMismatch } from "./structure-mismatch.ts";

const anyOf = (source: Source): unknown => source.any();

/**
 * Reads PackStream values of a range of bytes. It is the judge of both engines: what the WebAssembly pass can't take,
 * it reads, so that values, errors and offsets are the same.
 *
 * No size is believed before it is compared with the bytes that are left: a list of n items has at least n bytes, a
 * map 2n, a structure n. Bytes that aren't PackStream throw a PackStreamError; where the framing is whole and only a
 * value is wrong, {@link readField} gives a {@link BrokenValue} instead.
 */
export class Reader implements Source {
  /** The name of the column that is being read, for errors about its value. */
  column: string | undefined = undefined;

  readonly #profile: Profile;
  readonly #classes: Uint8Array;
  readonly #payloads: Uint8Array;
  readonly #structures: readonly (ActiveStructure | undefined)[];
  readonly #maxDepth: number;
  readonly #keys = new KeyTree();
  /** The values of the maps that are being read, innermost last. */
  readonly #mapValues: unknown[] = [];
  #integers: IntegerMode;
  #bigints: boolean;
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(this.#bytes.buffer);
  #position = 0;
  #end = 0;
  #origin = 0;
  #depth = 0;

  constructor(profile: Profile) {
    this.#profile = profile;
    this.#classes = profile.markerClass;
    this.#payloads = profile.markerPayload;
    this.#structures = profile.structureByTag;
    this.#maxDepth = profile.maxDepth;
    this.#integers = profile.integers;
    this.#bigints = profile.integers === "bigint";
  }

  /**
   * Points the reader at `bytes[start]` up to, not including, `bytes[end]`.
   *
   * @param origin where the message begins: offsets in errors count from there. Default: `start`.
   */
  reset(bytes: Uint8Array, start: number, end: number, origin: number = start): this {
    if (bytes !== this.#bytes) {
      // Not a subclass: a Buffer's slice would share its memory.
      this.#bytes =
        bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.#position = start;
    this.#end = end;
    this.#origin = origin;
    this.#depth = 0;
    if (this.#mapValues.length > 0) this.#mapValues.length = 0;
    return this;
  }

  /** Where the next value begins, in the array given to {@link reset}. */
  get position(): number {
    return this.#position;
  }

  /** Reads integers in another way from now on: metadata of the protocol is `"auto"` whatever the user wants for values. */
  set integers(mode: IntegerMode) {
    this.#integers = mode;
    this.#bigints = mode === "bigint";
  }

  /**
   * Reads one value of a record; a {@link BrokenValue} if it is framed well but can't be decoded.
   *
   * @throws PackStreamError if the bytes aren't PackStream.
   */
  readField(): unknown {
    const start = this.#position;
    try {
      return this.any();
    } catch (error) {
      if (!(error instanceof StructureMismatch)) throw error;
      this.#position = start;
      this.#depth = 0;
      this.#mapValues.length = 0;
      this.skip();
      return new BrokenValue(error.cause);
    }
  }

  /**
   * Reads the values of a record.
   *
   * @param columns their names, for errors about them.
   * @throws PackStreamError if the bytes aren't PackStream.
   */
  readRow(size: number, columns: readonly string[]): unknown[] {
    const start = this.#position;
    const row: unknown[] = new Array(size);
    try {
      for (let i = 0; i < size; i++) row[i] = this.any();
      return row;
    } catch (error) {
      if (!(error instanceof StructureMismatch)) throw error;
    }
    // Once more, value by value: the others are whole.
    this.#position = start;
    this.#depth = 0;
    this.#mapValues.length = 0;
    for (let i = 0; i < size; i++) {
      this.column = columns[i];
      row[i] = this.readField();
    }
    this.column = undefined;
    return row;
  }

  /**
   * Reads one value that has to be whole.
   *
   * @throws PackStreamError if the bytes aren't PackStream, or can't be decoded.
   */
  readValue(): unknown {
    try {
      return this.any();
    } catch (error) {
      throw error instanceof StructureMismatch ? error.cause : error;
    }
  }

  /** @throws PackStreamError unless everything has been read. */
  expectEnd(): void {
    const left = this.#end - this.#position;
    if (left > 0) this.#fail(`${left} ${left === 1 ? "byte" : "bytes"} after the end of the value`, this.#position);
  }

  /** The size of the structure that begins here, whose signature or tag comes next; `what` is for the error if none does. */
  structureHeader(what: string): { size: number; signature: number } {
    const at = this.#position;
    const marker = this.#marker();
    if (this.#classes[marker] !== TINY_STRUCTURE) this.#fail(`${what} has to be a structure`, at);
    const size = this.#payloads[marker] as number;
    this.#need(size + 1, at, "a structure");
    return { size, signature: this.#bytes[this.#position++] as number };
  }

  /** The size of the list that begins here; `what` is for the error if none does. */
  listHeader(what: string): number {
    const at = this.#position;
    const marker = this.#marker();
    const markerClass = this.#classes[marker] as number;
    if (markerClass !== TINY_LIST && markerClass !== SIZED_LIST) this.#fail(`${what} has to be a list`, at);
    return this.#listSize(marker, markerClass, at);
  }

  /** Throws a PackStreamError about the byte at a position of the array. */
  fail(reason: string, at: number): never {
    return this.#fail(reason, at);
  }

  /** Passes over one value, checking its framing. */
  skip(): void {
    const at = this.#position;
    const marker = this.#marker();
    const markerClass = this.#classes[marker] as number;
    switch (markerClass) {
      case RESERVED:
        this.#failMarker(marker, at);
        break;
      case TINY_STRING:
      case SIZED_STRING:
        this.#pass(this.#stringSize(marker, markerClass, at));
        break;
      case TINY_LIST:
      case SIZED_LIST: {
        const size = this.#listSize(marker, markerClass, at);
        this.#enter(at);
        for (let i = 0; i < size; i++) this.skip();
        this.#depth--;
        break;
      }
      case TINY_MAP:
      case SIZED_MAP: {
        const size = this.#mapSize(marker, markerClass, at);
        this.#enter(at);
        for (let i = 0; i < size; i++) {
          this.#key();
          this.skip();
        }
        this.#depth--;
        break;
      }
      case TINY_STRUCTURE: {
        const size = this.#payloads[marker] as number;
        this.#need(size + 1, at, "a structure");
        this.#position++;
        this.#enter(at);
        for (let i = 0; i < size; i++) this.skip();
        this.#depth--;
        break;
      }
      default:
        this.#pass(this.#fixedSize(marker, markerClass, at));
    }
  }

  /** Reads one value of any type. @throws StructureMismatch or PackStreamError. */
  any(): unknown {
    const at = this.#position;
    if (at >= this.#end) this.#failEnd(at);
    const marker = this.#bytes[at] as number;
    this.#position = at + 1;
    const markerClass = this.#classes[marker] as number;
    // marker-class.ts names these numbers: as literals they make a jump table.
    switch (markerClass) {
      case 1: // NULL
        return null;
      case 2: // FALSE
        return false;
      case 3: // TRUE
        return true;
      case 4: // INLINE_INTEGER
        return this.#bigints ? BigInt((marker << 24) >> 24) : (marker << 24) >> 24;
      case 5: // INT8
      case 6: // INT16
      case 7: // INT32
      case 8: // INT64
        return this.#shown(this.#integer(markerClass, at), at);
      case 9: // FLOAT64
        return this.#float(at);
      case 10: // TINY_STRING
        return this.#string(this.#tiny(marker, at, 1, "a string"), at);
      case 11: // SIZED_STRING
        return this.#string(this.#size(marker, at, 1, "a string"), at);
      case 12: // TINY_LIST
        return this.#list(this.#tiny(marker, at, 1, "a list"), at);
      case 13: // SIZED_LIST
        return this.#list(this.#size(marker, at, 1, "a list"), at);
      case 14: // TINY_MAP
        return this.#map(this.#tiny(marker, at, 2, "a map"), at, anyOf);
      case 15: // SIZED_MAP
        return this.#map(this.#size(marker, at, 2, "a map"), at, anyOf);
      case 16: // TINY_STRUCTURE
        return this.#structure(this.#payloads[marker], at);
      case 17: // SIZED_BYTES
        return this.#take(this.#size(marker, at, 1, "bytes"));
      case 18: // OPAQUE
        return this.#opaque(marker, at);
      default:
        return this.#failMarker(marker, at);
    }
  }

  integer(): number | bigint {
    const at = this.#position;
    const marker = this.#marker();
    const markerClass = this.#classes[marker] as number;
    if (markerClass === INLINE_INTEGER) return (marker << 24) >> 24;
    if (markerClass >= INT8 && markerClass <= INT64) return this.#integer(markerClass, at);
    return this.#mismatch("an integer", marker, at);
  }

  float(): number {
    const at = this.#position;
    const marker = this.#marker();
    return this.#classes[marker] === FLOAT64 ? this.#float(at) : this.#mismatch("a float", marker, at);
  }

  boolean(): boolean {
    const at = this.#position;
    const marker = this.#marker();
    const markerClass = this.#classes[marker];
    if (markerClass === TRUE) return true;
    return markerClass === FALSE ? false : this.#mismatch("a boolean", marker, at);
  }

  string(): string {
    const at = this.#position;
    const marker = this.#marker();
    const markerClass = this.#classes[marker] as number;
    if (markerClass !== TINY_STRING && markerClass !== SIZED_STRING) return this.#mismatch("a string", marker, at);
    return this.#string(this.#stringSize(marker, markerClass, at), at);
  }

  bytes(): Uint8Array {
    const at = this.#position;
    const marker = this.#marker();
    if (this.#classes[marker] !== SIZED_BYTES) return this.#mismatch("bytes", marker, at);
    return this.#take(this.#size(marker, at, 1, "bytes"));
  }

  uuid(): unknown {
    const at = this.#position;
    const marker = this.#marker();
    const isUuid = this.#profile.opaqueByMarker[marker]?.table.type === "uuid";
    return isUuid ? this.#opaque(marker, at) : this.#mismatch("a UUID", marker, at);
  }

  list<T>(item: (source: Source) => T): T[] {
    const at = this.#position;
    const marker = this.#marker();
    const markerClass = this.#classes[marker] as number;
    if (markerClass !== TINY_LIST && markerClass !== SIZED_LIST) return this.#mismatch("a list", marker, at);
    const size = this.#listSize(marker, markerClass, at);
    this.#enter(at);
    const list: T[] = [];
    for (let i = 0; i < size; i++) list.push(item(this));
    this.#depth--;
    return list;
  }

  map<T>(item: (source: Source) => T): Record<string, T> {
    const at = this.#position;
    const marker = this.#marker();
    const markerClass = this.#classes[marker] as number;
    if (markerClass !== TINY_MAP && markerClass !== SIZED_MAP) return this.#mismatch("a map", marker, at);
    return this.#map(this.#mapSize(marker, markerClass, at), at, item);
  }

  structure(name: string): unknown {
    const at = this.#position;
    const marker = this.#marker();
    if (this.#classes[marker] !== TINY_STRUCTURE) return this.#mismatch(`a ${name}`, marker, at);
    const active = this.#position < this.#end ? this.#structures[this.#bytes[this.#position] as number] : undefined;
    if (active !== undefined && active.table.name !== name && active.table.value !== name)
      return this.#mismatch(`a ${name}`, marker, at);
    return this.#structure(this.#payloads[marker] as number, at);
  }

  nullable<T>(item: (source: Source) => T): T | null {
    if (this.#position < this.#end && this.#classes[this.#bytes[this.#position] as number] === NULL) {
      this.#position++;
      return null;
    }
    return item(this);
  }

  table(name: string): unknown {
    const at = this.#position;
    const raw = this.map(anyOf);
    try {
      return readMap(name, raw, this.#profile);
    } catch (error) {
      return this.#broken(error instanceof PackStreamError ? error.reason : `${name} can't be read`, at);
    }
  }

  #marker(): number {
    if (this.#position >= this.#end) this.#failEnd(this.#position);
    return this.#bytes[this.#position++] as number;
  }

  /** Checks that `length` more bytes are there. */
  #need(length: number, at: number, what: string): void {
    if (length > this.#end - this.#position) {
      this.#fail(`${what} needs ${length} more bytes, ${this.#end - this.#position} are left`, at);
    }
  }

  /** Reads the size behind a SIZED_… marker and checks that so many items of `each` bytes can follow. */
  #size(marker: number, at: number, each: number, what: string): number {
    const width = this.#payloads[marker] as number;
    this.#need(width, at, `${what}'s size`);
    const position = this.#position;
    this.#position = position + width;
    const size =
      width === 1
        ? (this.#bytes[position] as number)
        : width === 2
          ? this.#view.getUint16(position)
          : this.#view.getUint32(position);
    this.#need(size * each, at, what);
    return size;
  }

  #tiny(marker: number, at: number, each: number, what: string): number {
    const size = this.#payloads[marker] as number;
    if (size * each > this.#end - this.#position) this.#need(size * each, at, what);
    return size;
  }

  #stringSize(marker: number, markerClass: number, at: number): number {
    return markerClass === TINY_STRING ? this.#tiny(marker, at, 1, "a string") : this.#size(marker, at, 1, "a string");
  }

  #listSize(marker: number, markerClass: number, at: number): number {
    return markerClass === TINY_LIST ? this.#tiny(marker, at, 1, "a list") : this.#size(marker, at, 1, "a list");
  }

  #mapSize(marker: number, markerClass: number, at: number): number {
    return markerClass === TINY_MAP ? this.#tiny(marker, at, 2, "a map") : this.#size(marker, at, 2, "a map");
  }

  /** The number of bytes behind a marker that is no container and no string. */
  #fixedSize(marker: number, markerClass: number, at: number): number {
    if (markerClass === SIZED_BYTES) return this.#size(marker, at, 1, "bytes");
    const inline =
      markerClass === NULL || markerClass === FALSE || markerClass === TRUE || markerClass === INLINE_INTEGER;
    const length = inline ? 0 : (this.#payloads[marker] as number);
    this.#need(length, at, "the value");
    return length;
  }

  #enter(at: number): void {
    if (++this.#depth > this.#maxDepth) this.#fail(`values are nested deeper than ${this.#maxDepth}`, at);
  }

  #integer(markerClass: number, at: number): number | bigint {
    const position = this.#position;
    const length = 1 << (markerClass - INT8);
    if (length > this.#end - position) this.#need(length, at, "an integer");
    this.#position = position + length;
    if (length === 1) return ((this.#bytes[position] as number) << 24) >> 24;
    if (length === 2) return this.#view.getInt16(position);
    if (length === 4) return this.#view.getInt32(position);
    const number = this.#view.getInt32(position) * 0x1_0000_0000 + this.#view.getUint32(position + 4);
    return Number.isSafeInteger(number) ? number : this.#view.getBigInt64(position);
  }

  /** An integer as the user wants it. */
  #shown(value: number | bigint, at: number): number | bigint {
    if (this.#integers === "auto") return value;
    if (this.#integers === "bigint") return BigInt(value);
    return typeof value === "number" ? value : this.#broken(unsafeInteger, at);
  }

  #float(at: number): number {
    const position = this.#position;
    if (8 > this.#end - position) this.#need(8, at, "a float");
    this.#position = position + 8;
    return this.#view.getFloat64(position);
  }

  #string(length: number, at: number): string {
    const start = this.#position;
    const end = start + length;
    this.#position = end;
    const decoded = text.decode(this.#bytes, start, end);
    return (
      decoded ?? this.#fail("a string is not valid UTF-8", Math.max(firstInvalidUtf8(this.#bytes, start, end), at))
    );
  }

  #list(size: number, at: number): unknown[] {
    this.#enter(at);
    // Not more than there are bytes: the size was checked.
    const list: unknown[] = new Array(size);
    for (let i = 0; i < size; i++) list[i] = this.any();
    this.#depth--;
    return list;
  }

  #key(): string {
    const at = this.#position;
    const marker = this.#marker();
    const markerClass = this.#classes[marker] as number;
    if (markerClass !== TINY_STRING && markerClass !== SIZED_STRING) this.#fail("a map's key has to be a string", at);
    return this.#string(this.#stringSize(marker, markerClass, at), at);
  }

  #map<T>(size: number, at: number, item: (source: Source) => T): Record<string, T> {
    if (size === 0) return {};
    this.#enter(at);
    const values = this.#mapValues;
    const base = values.length;
    let node: KeyNode | undefined = this.#keys.root;
    let strayKeys: string[] | undefined;
    for (let i = 0; i < size; i++) {
      const start = this.#position;
      const known: KeyNode | undefined = node?.next(this.#bytes, start, this.#end);
      if (known !== undefined) {
        this.#position = start + known.encoded.length;
        node = known;
      } else {
        const key = this.#key();
        const next: KeyNode | undefined = node && this.#keys.add(node, key, this.#bytes.slice(start, this.#position));
        if (next === undefined) {
          strayKeys ??= node === undefined ? [] : node.path();
          strayKeys.push(key);
        }
        node = next;
      }
      values.push(item(this));
    }
    this.#depth--;
    const object = node === undefined ? objectOf(strayKeys as string[], values, base) : node.object(values, base);
    values.length = base;
    return object as Record<string, T>;
  }

  #structure(size: number, at: number): unknown {
    this.#need(size + 1, at, "a structure");
    const tag = this.#bytes[this.#position++] as number;
    const active = this.#structures[tag];
    if (active === undefined) {
      return this.#broken(`the structure's tag ${hex(tag)} is not known in Bolt ${this.#profile.version}`, at);
    }
    if (size !== active.size) {
      const { name } = active.table;
      return this.#broken(`${name} has ${active.size} fields in Bolt ${this.#profile.version}, not ${size}`, at);
    }
    this.#enter(at);
    let value: unknown;
    try {
      value = active.table.read(this, size, active.make);
    } catch (error) {
      if (error instanceof StructureMismatch || error instanceof PackStreamError) throw error;
      return this.#broken(error instanceof Error ? error.message : `${active.table.name} can't be made`, at);
    }
    this.#depth--;
    return value;
  }

  #opaque(marker: number, at: number): unknown {
    const { make, table } = this.#profile.opaqueByMarker[marker] as ActiveOpaque;
    this.#need(table.fixedBytes, at, `a value of type ${table.type}`);
    return make(this.#take(table.fixedBytes));
  }

  /** Not `+=` where the size is read: that would take the position before the size. */
  #pass(length: number): void {
    this.#position += length;
  }

  /** A copy of the next bytes, which are known to be there. */
  #take(length: number): Uint8Array {
    const start = this.#position;
    this.#position = start + length;
    return this.#bytes.slice(start, start + length);
  }

  #mismatch(expected: string, marker: number, at: number): never {
    if (this.#classes[marker] === RESERVED) this.#failMarker(marker, at);
    return this.#broken(`a structure's field has to be ${expected}`, at);
  }

  #broken(reason: string, at: number): never {
    const where = this.column === undefined ? reason : `${reason} (column ${JSON.stringify(this.column)})`;
    throw new StructureMismatch(new PackStreamError(where, at - this.#origin));
  }

  #failMarker(marker: number, at: number): never {
    return this.#fail(`the marker ${hex(marker)} means nothing in Bolt ${this.#profile.version}`, at);
  }

  #failEnd(at: number): never {
    return this.#fail("a value is missing: the bytes end", at);
  }

  #fail(reason: string, at: number): never {
    throw new PackStreamError(reason, at - this.#origin);
  }
}

function hex(byte: number): string {
  return `0x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
