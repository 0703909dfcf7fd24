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
import type { ActiveOpaque, ActiveStructure, FloatListMode, IntegerMode, Profile } from "../profile.ts";
import type { Source } from "../tables.ts";
import { unsafeInteger, withoutNulls } from "../values.ts";
import { Cursor, hex } from "./cursor.ts";
import { type KeyNode, KeyTree } from "./key-tree.ts";
import { objectOf } from "./object-factory.ts";
import { StructureMismatch } from "./structure-mismatch.ts";

const anyOf = (source: Source): unknown => source.any();

/** Longer lists of strings aren't remembered. */
const longestKnown = 64;
const readString = (source: Source): string => source.string();
/** Lists up to this size get their room at once: more, and nested lists that claim much and hold little would cost too much. */
const maxPrepared = 4096;

/**
 * Reads PackStream values of a range of bytes. It is the judge of both engines: what the WebAssembly pass can't take,
 * it reads, so that values, errors and offsets are the same. Where the framing is whole and only a value is wrong,
 * {@link readField} gives a {@link BrokenValue} instead of throwing.
 */
export class Reader extends Cursor implements Source {
  /** The list of strings that a structure had last, and its bytes. */
  #knownStrings: { readonly bytes: Uint8Array; readonly list: readonly string[] } | undefined;
  /** The name of the column that is being read, for errors about its value. */
  column: string | undefined = undefined;

  readonly #structures: readonly (ActiveStructure | undefined)[];
  readonly #keys: KeyTree;
  /** A stack of the values of the maps that are being read, innermost last, and its height. What is above is of no use, but small. */
  readonly #mapValues: unknown[] = [];
  #mapHeight = 0;
  /** Whether the fields that are being read are a node's or relationship's: a property that is null is left out (GRA-22). */
  #inEntity = false;
  #integers: IntegerMode;
  #bigints: boolean;
  #typedFloats: boolean;

  constructor(profile: Profile) {
    super(profile);
    this.#structures = profile.structureByTag;
    this.#keys = new KeyTree(profile.codeGeneration);
    this.#typedFloats = profile.floatLists === "typed";
    this.#integers = profile.integers;
    this.#bigints = profile.integers === "bigint";
  }

  #continuesWith(bytes: Uint8Array): boolean {
    const at = this.position;
    if (this.end - at < bytes.length) return false;
    for (let i = 0; i < bytes.length; i++) if (this.input[at + i] !== bytes[i]) return false;
    return true;
  }

  override reset(bytes: Uint8Array, start: number, end: number, origin: number = start): this {
    this.#mapHeight = 0;
    this.#inEntity = false;
    if (this.#mapValues.length > maxPrepared) this.#mapValues.length = 0;
    return super.reset(bytes, start, end, origin);
  }

  /** Reads lists of floats in another way from now on. */
  set floatLists(mode: FloatListMode) {
    this.#typedFloats = mode === "typed";
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
    const start = this.position;
    try {
      return this.any();
    } catch (error) {
      if (!(error instanceof StructureMismatch)) throw error;
      this.position = start;
      this.depth = 0;
      this.#mapHeight = 0;
      this.#inEntity = false;
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
    const start = this.position;
    const row: unknown[] = new Array(size <= maxPrepared ? size : 0);
    try {
      for (let i = 0; i < size; i++) row[i] = this.any();
      return row;
    } catch (error) {
      if (!(error instanceof StructureMismatch)) throw error;
    }
    // Once more, value by value: the others are whole.
    this.position = start;
    this.depth = 0;
    this.#mapHeight = 0;
    this.#inEntity = false;
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

  /** Reads one value of any type. @throws StructureMismatch or PackStreamError. */
  any(): unknown {
    const at = this.position;
    if (at >= this.end) this.failEnd(at);
    const marker = this.input[at] as number;
    this.position = at + 1;
    const markerClass = this.classes[marker] as number;
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
        return this.#shown(this.integerOf(markerClass, at), at);
      case 9: // FLOAT64
        return this.floatOf(at);
      case 10: // TINY_STRING
        return this.stringOf(this.tinySize(marker, at, 1, "a string"), at);
      case 11: // SIZED_STRING
        return this.stringOf(this.size(marker, at, 1, "a string"), at);
      case 12: // TINY_LIST
        return this.#list(this.tinySize(marker, at, 1, "a list"), at);
      case 13: // SIZED_LIST
        return this.#list(this.size(marker, at, 1, "a list"), at);
      case 14: // TINY_MAP
        return this.#map(this.tinySize(marker, at, 2, "a map"), at, anyOf);
      case 15: // SIZED_MAP
        return this.#map(this.size(marker, at, 2, "a map"), at, anyOf);
      case 16: // TINY_STRUCTURE
        return this.#structure(this.payloads[marker], at);
      case 17: // SIZED_BYTES
        return this.take(this.size(marker, at, 1, "bytes"));
      case 18: // OPAQUE
        return this.#opaque(marker, at);
      default:
        return this.failMarker(marker, at);
    }
  }

  integer(): number | bigint {
    const at = this.position;
    const marker = this.marker();
    const markerClass = this.classes[marker] as number;
    if (markerClass === INLINE_INTEGER) return (marker << 24) >> 24;
    if (markerClass >= INT8 && markerClass <= INT64) return this.integerOf(markerClass, at);
    return this.#mismatch("an integer", marker, at);
  }

  float(): number {
    const at = this.position;
    const marker = this.marker();
    return this.classes[marker] === FLOAT64 ? this.floatOf(at) : this.#mismatch("a float", marker, at);
  }

  boolean(): boolean {
    const at = this.position;
    const marker = this.marker();
    const markerClass = this.classes[marker];
    if (markerClass === TRUE) return true;
    return markerClass === FALSE ? false : this.#mismatch("a boolean", marker, at);
  }

  string(): string {
    const at = this.position;
    const marker = this.marker();
    const markerClass = this.classes[marker] as number;
    if (markerClass !== TINY_STRING && markerClass !== SIZED_STRING) return this.#mismatch("a string", marker, at);
    return this.stringOf(this.stringSize(marker, markerClass, at), at);
  }

  bytes(): Uint8Array {
    const at = this.position;
    const marker = this.marker();
    if (this.classes[marker] !== SIZED_BYTES) return this.#mismatch("bytes", marker, at);
    return this.take(this.size(marker, at, 1, "bytes"));
  }

  uuid(): unknown {
    const at = this.position;
    const marker = this.marker();
    const isUuid = this.profile.opaqueByMarker[marker]?.table.type === "uuid";
    return isUuid ? this.#opaque(marker, at) : this.#mismatch("a UUID", marker, at);
  }

  list<T>(item: (source: Source) => T): T[] {
    const at = this.position;
    const marker = this.marker();
    const markerClass = this.classes[marker] as number;
    if (markerClass !== TINY_LIST && markerClass !== SIZED_LIST) return this.#mismatch("a list", marker, at);
    const size = this.listSize(marker, markerClass, at);
    this.enter(at);
    const list: T[] = [];
    for (let i = 0; i < size; i++) list.push(item(this));
    this.depth--;
    return list;
  }

  strings(): readonly string[] {
    const at = this.position;
    const known = this.#knownStrings;
    if (known !== undefined && this.#continuesWith(known.bytes)) {
      this.enter(at);
      this.depth--;
      this.position += known.bytes.length;
      return known.list;
    }
    const list = Object.freeze(this.list(readString));
    if (this.position - at <= longestKnown) this.#knownStrings = { bytes: this.input.slice(at, this.position), list };
    return list;
  }

  map<T>(item: (source: Source) => T): Record<string, T> {
    const at = this.position;
    const marker = this.marker();
    const markerClass = this.classes[marker] as number;
    if (markerClass !== TINY_MAP && markerClass !== SIZED_MAP) return this.#mismatch("a map", marker, at);
    return this.#map(this.mapSize(marker, markerClass, at), at, item, this.#inEntity);
  }

  structure(name: string): unknown {
    const at = this.position;
    const marker = this.marker();
    if (this.classes[marker] !== TINY_STRUCTURE) return this.#mismatch(`a ${name}`, marker, at);
    const active = this.position < this.end ? this.#structures[this.input[this.position] as number] : undefined;
    if (active !== undefined && active.table.name !== name && active.table.value !== name)
      return this.#mismatch(`a ${name}`, marker, at);
    return this.#structure(this.payloads[marker] as number, at);
  }

  nullable<T>(item: (source: Source) => T): T | null {
    if (this.position < this.end && this.classes[this.input[this.position] as number] === NULL) {
      this.position++;
      return null;
    }
    return item(this);
  }

  table(name: string): unknown {
    const at = this.position;
    const raw = this.map(anyOf);
    try {
      return readMap(name, raw, this.profile);
    } catch (error) {
      return this.#broken(error instanceof PackStreamError ? error.reason : `${name} can't be read`, at);
    }
  }

  /** An integer as the user wants it. */
  #shown(value: number | bigint, at: number): number | bigint {
    if (this.#integers === "auto") return value;
    if (this.#integers === "bigint") return BigInt(value);
    return typeof value === "number" ? value : this.#broken(unsafeInteger, at);
  }

  #list(size: number, at: number): unknown[] | Float64Array {
    this.enter(at);
    if (this.#typedFloats && size > 0) {
      const floats = this.floats(size);
      if (floats !== undefined) {
        this.depth--;
        return floats;
      }
    }
    const list: unknown[] = new Array(size <= maxPrepared ? size : 0);
    for (let i = this.floatsInto(list, 0, size); i < size; i++) list[i] = this.any();
    this.depth--;
    return list;
  }

  #map<T>(size: number, at: number, item: (source: Source) => T, leaveNullsOut = false): Record<string, T> {
    this.enter(at);
    if (size === 0) {
      this.depth--;
      return {};
    }
    const values = this.#mapValues;
    const base = this.#mapHeight;
    let node: KeyNode | undefined = this.#keys.root;
    let strayKeys: string[] | undefined;
    for (let i = 0; i < size; i++) {
      const start = this.position;
      const known: KeyNode | undefined = node?.next(this.input, start, this.end);
      if (known !== undefined) {
        this.position = start + known.encoded.length;
        node = known;
      } else {
        const key = this.key();
        const next: KeyNode | undefined = node && this.#keys.add(node, key, this.input.slice(start, this.position));
        if (next === undefined) {
          strayKeys ??= node === undefined ? [] : node.path();
          strayKeys.push(key);
        }
        node = next;
      }
      // In two steps: a map within raises the height and brings it back.
      const value = item(this);
      values[this.#mapHeight++] = value;
    }
    this.depth--;
    const object = node === undefined ? objectOf(strayKeys as string[], values, base) : node.object(values, base);
    const end = this.#mapHeight;
    this.#mapHeight = base;
    if (leaveNullsOut) {
      for (let i = base; i < end; i++) if (values[i] === null) return withoutNulls(object as Record<string, T>);
    }
    return object as Record<string, T>;
  }

  #structure(size: number, at: number): unknown {
    this.need(size + 1, at, "a structure");
    const tag = this.input[this.position++] as number;
    const active = this.#structures[tag];
    if (active === undefined) {
      return this.#broken(`the structure's tag ${hex(tag)} is not known in Bolt ${this.profile.version}`, at);
    }
    if (size !== active.size) {
      const { name } = active.table;
      return this.#broken(`${name} has ${active.size} fields in Bolt ${this.profile.version}, not ${size}`, at);
    }
    this.enter(at);
    const outer = this.#inEntity;
    this.#inEntity = active.isEntity;
    let value: unknown;
    try {
      value = active.table.read(this, size, active.make);
    } catch (error) {
      if (error instanceof StructureMismatch || error instanceof PackStreamError) throw error;
      return this.#broken(error instanceof Error ? error.message : `${active.table.name} can't be made`, at);
    }
    this.#inEntity = outer;
    this.depth--;
    return value;
  }

  #opaque(marker: number, at: number): unknown {
    const { make, table } = this.profile.opaqueByMarker[marker] as ActiveOpaque;
    this.need(table.fixedBytes, at, `a value of type ${table.type}`);
    return make(this.take(table.fixedBytes));
  }

  #mismatch(expected: string, marker: number, at: number): never {
    if (this.classes[marker] === RESERVED) this.failMarker(marker, at);
    return this.#broken(`a structure's field has to be ${expected}`, at);
  }

  #broken(reason: string, at: number): never {
    const where = this.column === undefined ? reason : `${reason} (column ${JSON.stringify(this.column)})`;
    throw new StructureMismatch(this.errorAt(where, at));
  }
}
