import {
  FALSE,
  FLOAT64,
  INLINE_INTEGER,
  INT8,
  INT16,
  INT32,
  INT64,
  NULL,
  OPAQUE,
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
import { text } from "../text.ts";
import { type MapShape, maxAlternatives, type RecordShape, Shape, type StructureShape } from "./shape.ts";

/** Thrown where the bytes teach nothing: malformed, or deeper than a plan should be. */
class NothingToLearn extends Error {}

/** Plans don't go deeper; what lies below stays encoded. */
const maxDepth = 6;
/** Maps with more keys stay encoded. */
const maxKeys = 128;

/** Learns from whole records what the next ones will look like. */
export class Learner {
  readonly #profile: Profile;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;
  /** Bytes of the last head that was read, and the size it gives. */
  #size = 0;

  constructor(profile: Profile) {
    this.#profile = profile;
  }

  /**
   * Adds a record to what is known of a result; `undefined` where nothing is known yet.
   * Gives the same shape, extended, or `undefined` if the message isn't a record of it.
   */
  add(known: RecordShape | undefined, bytes: Uint8Array, start: number, end: number): RecordShape | undefined {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    try {
      this.#recordHead();
      const columns = this.#list();
      const literal = bytes.slice(start, this.#at);
      if (known !== undefined && !equal(known.literal, literal)) return undefined;
      // A trial run first: what a malformed record said must not be kept.
      const values = this.#at;
      for (let i = 0; i < columns; i++) this.#skip(0);
      if (this.#at !== end) return undefined;
      this.#at = values;
      const shape = known ?? { literal, columns: Array.from({ length: columns }, () => new Shape()) };
      for (const column of shape.columns) this.#value(column, 0);
      return shape;
    } catch (error) {
      if (error instanceof NothingToLearn) return undefined;
      throw error;
    }
  }

  /** What the pass later compares must be right here: the plan's literal is taken from this record. */
  #recordHead(): void {
    const record = this.#profile.responseByName.get("RECORD");
    if (this.#class() !== TINY_STRUCTURE || this.#head(TINY_STRUCTURE) !== record?.fields.length)
      throw new NothingToLearn();
    if (this.#bytes[this.#at] !== record.table.signature) throw new NothingToLearn();
    this.#skipBytes(1);
  }

  #value(shape: Shape, depth: number): void {
    const start = this.#at;
    switch (this.#class()) {
      case NULL:
        shape.nulls++;
        break;
      case FALSE:
      case TRUE:
        shape.booleans++;
        break;
      case INLINE_INTEGER:
      case INT8:
      case INT16:
      case INT32:
        shape.integers++;
        break;
      case INT64:
        this.#wide(shape);
        break;
      case FLOAT64:
        shape.floats++;
        break;
      case TINY_STRING:
      case SIZED_STRING:
        this.#skip(depth);
        shape.strings++;
        this.#note(shape, start);
        return;
      case TINY_LIST:
      case SIZED_LIST:
        this.#listOf(shape, depth);
        return;
      case TINY_MAP:
      case SIZED_MAP:
        this.#map(shape, depth);
        return;
      case TINY_STRUCTURE:
        this.#structure(shape, depth);
        return;
      default:
        shape.others++;
    }
    this.#skip(depth);
  }

  #note(shape: Shape, start: number): void {
    let hash = 0;
    for (let i = start; i < this.#at; i++) hash = (Math.imul(hash, 31) + this.#bytes[i]) | 0;
    shape.note(hash, this.#at - start);
  }

  #wide(shape: Shape): void {
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset);
    const value = view.getInt32(this.#at + 1) * 0x1_0000_0000 + view.getUint32(this.#at + 5);
    if (!Number.isSafeInteger(value)) shape.bigIntegers++;
    else if (value === (value | 0)) shape.integers++;
    else shape.wideIntegers++;
  }

  #listOf(shape: Shape, depth: number): void {
    const start = this.#at;
    const size = this.#list();
    let floats = 0;
    let strings = 0;
    for (let i = 0; i < size; i++) {
      const itemClass = this.#class();
      if (itemClass === FLOAT64) floats++;
      else if (itemClass === TINY_STRING || itemClass === SIZED_STRING) strings++;
      this.#skip(depth + 1);
    }
    if (size > 0 && floats === size) shape.floatLists++;
    else if (strings === size) {
      shape.stringLists++;
      this.#note(shape, start);
    } else shape.others++;
  }

  #map(shape: Shape, depth: number): void {
    const start = this.#at;
    if (depth >= maxDepth) {
      shape.others++;
      this.#skip(depth);
      return;
    }
    const size = this.#head(TINY_MAP);
    if (size > maxKeys) {
      this.#leave(shape, start, depth);
      return;
    }
    const literals: Uint8Array[] = [];
    const keys: string[] = [];
    const places: number[] = [];
    let from = start;
    for (let i = 0; i < size; i++) {
      keys.push(this.#key());
      literals.push(this.#bytes.slice(from, this.#at));
      places.push(this.#at);
      this.#skip(depth + 1);
      from = this.#at;
    }
    if (size === 0) literals.push(this.#bytes.slice(start, this.#at));
    const end = this.#at;
    let known = shape.alternatives.find(
      (one): one is MapShape => one.kind === "map" && equalAll(one.literals, literals),
    );
    if (known === undefined) {
      // A literal can't set __proto__, and of equal keys the last one wins: the plain reader knows how.
      const usual = !keys.includes("__proto__") && new Set(keys).size === keys.length;
      if (!usual || shape.alternatives.length >= maxAlternatives) {
        this.#leave(shape, start, depth);
        return;
      }
      known = { kind: "map", keys, literals, values: keys.map(() => new Shape()), count: 0 };
      shape.alternatives.push(known);
    }
    known.count++;
    for (const [i, value] of known.values.entries()) {
      this.#at = places[i];
      this.#value(value, depth + 1);
    }
    this.#at = end;
  }

  #structure(shape: Shape, depth: number): void {
    const start = this.#at;
    const size = this.#head(TINY_STRUCTURE);
    const structure = this.#profile.structureByTag[this.#bytes[this.#at]];
    this.#at++;
    if (structure === undefined || structure.size !== size || depth >= maxDepth) {
      this.#leave(shape, start, depth);
      return;
    }
    let known = shape.alternatives.find(
      (one): one is StructureShape => one.kind === "structure" && one.structure === structure,
    );
    if (known === undefined) {
      if (shape.alternatives.length >= maxAlternatives) {
        this.#leave(shape, start, depth);
        return;
      }
      const fields = Array.from({ length: size }, () => new Shape());
      known = { kind: "structure", structure, literal: this.#bytes.slice(start, this.#at), fields, count: 0 };
      shape.alternatives.push(known);
    }
    known.count++;
    for (const field of known.fields) this.#value(field, depth + 1);
  }

  #leave(shape: Shape, start: number, depth: number): void {
    shape.others++;
    this.#at = start;
    this.#skip(depth);
  }

  #class(): number {
    if (this.#at >= this.#end) throw new NothingToLearn();
    return this.#profile.markerClass[this.#bytes[this.#at]];
  }

  #key(): string {
    const markerClass = this.#class();
    if (markerClass !== TINY_STRING && markerClass !== SIZED_STRING) throw new NothingToLearn();
    const size = this.#head(TINY_STRING);
    const start = this.#at;
    this.#skipBytes(size);
    const key = text.decode(this.#bytes, start, this.#at);
    if (key === undefined) throw new NothingToLearn();
    return key;
  }

  #list(): number {
    const markerClass = this.#class();
    if (markerClass !== TINY_LIST && markerClass !== SIZED_LIST) throw new NothingToLearn();
    return this.#head(TINY_LIST);
  }

  /** Reads a head and gives its size, not more than the bytes that are left. */
  #head(tiny: number): number {
    const marker = this.#bytes[this.#at];
    const payload = this.#profile.markerPayload[marker];
    this.#size = payload;
    const isTiny = this.#class() === tiny;
    this.#skipBytes(1);
    if (!isTiny) {
      const from = this.#at;
      this.#skipBytes(payload);
      this.#size = 0;
      for (let i = from; i < this.#at; i++) this.#size = this.#size * 256 + this.#bytes[i];
    }
    if (this.#size > this.#end - this.#at) throw new NothingToLearn();
    return this.#size;
  }

  #skipBytes(count: number): void {
    if (count > this.#end - this.#at) throw new NothingToLearn();
    this.#at += count;
  }

  #skip(depth: number): void {
    if (depth > 64) throw new NothingToLearn();
    const markerClass = this.#class();
    switch (markerClass) {
      case RESERVED:
        throw new NothingToLearn();
      case TINY_STRING:
      case SIZED_STRING:
        this.#skipBytes(this.#head(TINY_STRING));
        break;
      case SIZED_BYTES:
        this.#skipBytes(this.#head(-1));
        break;
      case TINY_LIST:
      case SIZED_LIST: {
        const size = this.#head(TINY_LIST);
        for (let i = 0; i < size; i++) this.#skip(depth + 1);
        break;
      }
      case TINY_MAP:
      case SIZED_MAP: {
        const size = this.#head(TINY_MAP);
        for (let i = 0; i < size; i++) {
          this.#key();
          this.#skip(depth + 1);
        }
        break;
      }
      case TINY_STRUCTURE: {
        const size = this.#head(TINY_STRUCTURE);
        this.#skipBytes(1);
        for (let i = 0; i < size; i++) this.#skip(depth + 1);
        break;
      }
      case INT8:
      case INT16:
      case INT32:
      case INT64:
      case FLOAT64:
      case OPAQUE:
        this.#skipBytes(1 + this.#fixedBytes(markerClass));
        break;
      default:
        this.#skipBytes(1);
    }
  }

  #fixedBytes(markerClass: number): number {
    switch (markerClass) {
      case INT8:
        return 1;
      case INT16:
        return 2;
      case INT32:
        return 4;
      case OPAQUE:
        return this.#profile.markerPayload[this.#bytes[this.#at]];
      default:
        return 8;
    }
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function equalAll(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.length === b.length && a.every((bytes, i) => equal(bytes, b[i]));
}
