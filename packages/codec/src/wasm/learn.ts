import {
  FALSE,
  FLOAT64,
  INLINE_INTEGER,
  INT8,
  INT16,
  INT32,
  INT64,
  NULL,
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
import { EncodedCursor, NothingToLearn } from "./encoded-cursor.ts";
import { type MapShape, maxAlternatives, type RecordShape, Shape, type StructureShape } from "./shape.ts";

/** Plans don't go deeper; what lies below stays encoded. */
const maxDepth = 6;
/** A plan is learned from so many records. */
export const maxLessons = 64;
/** Maps with more keys stay encoded. */
const maxKeys = 128;

/** Learns from whole records what the next ones will look like. */
export class Learner {
  readonly #profile: Profile;
  readonly #cursor: EncodedCursor;

  constructor(profile: Profile) {
    this.#profile = profile;
    this.#cursor = new EncodedCursor(profile);
  }

  /**
   * Adds a record to what is known of a result; `undefined` where nothing is known yet.
   * Gives the same shape, extended, or `undefined` if the message isn't a record of it.
   */
  add(known: RecordShape | undefined, bytes: Uint8Array, start: number, end: number): RecordShape | undefined {
    const cursor = this.#cursor;
    cursor.reset(bytes, start, end);
    try {
      this.#recordHead();
      const columns = cursor.list();
      const literal = bytes.slice(start, cursor.at);
      if (known !== undefined && !equal(known.literal, literal)) return undefined;
      // A trial run first: what a malformed record said must not be kept.
      const values = cursor.at;
      for (let i = 0; i < columns; i++) cursor.skip(0);
      if (!cursor.isAtEnd) return undefined;
      cursor.at = values;
      const shape = known ?? { literal, columns: Array.from({ length: columns }, () => new Shape()) };
      for (const column of shape.columns) this.#value(column, 0);
      return shape;
    } catch (error) {
      if (error instanceof NothingToLearn) return undefined;
      throw error;
    }
  }

  /** Learns from the whole records, in one chunk each, that lie one after the other; `undefined` if there are none. */
  addAll(bytes: Uint8Array, from: number, end: number): RecordShape | undefined {
    const signature = this.#profile.responseByName.get("RECORD")?.table.signature;
    let shape: RecordShape | undefined;
    let at = from;
    for (let i = 0; i < maxLessons && at + 4 <= end; i++) {
      const size = (bytes[at] << 8) | bytes[at + 1];
      const next = at + 2 + size;
      if (size < 3 || next + 2 > end || bytes[next] !== 0 || bytes[next + 1] !== 0) break;
      if (bytes[at + 3] !== signature) break;
      const learned = this.add(shape, bytes, at + 2, next);
      if (learned === undefined) break;
      shape = learned;
      at = next + 2;
    }
    return shape;
  }

  /** What the pass later compares must be right here: the plan's literal is taken from this record. */
  #recordHead(): void {
    const cursor = this.#cursor;
    const record = this.#profile.responseByName.get("RECORD");
    if (cursor.class() !== TINY_STRUCTURE || cursor.head(TINY_STRUCTURE) !== record?.fields.length)
      throw new NothingToLearn();
    if (cursor.bytes[cursor.at] !== record.table.signature) throw new NothingToLearn();
    cursor.skipBytes(1);
  }

  #value(shape: Shape, depth: number): void {
    const cursor = this.#cursor;
    const start = cursor.at;
    switch (cursor.class()) {
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
        cursor.skip(depth);
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
    cursor.skip(depth);
  }

  #note(shape: Shape, start: number): void {
    const cursor = this.#cursor;
    let hash = 0;
    for (let i = start; i < cursor.at; i++) hash = (Math.imul(hash, 31) + cursor.bytes[i]) | 0;
    shape.note(hash, cursor.at - start);
  }

  #wide(shape: Shape): void {
    const cursor = this.#cursor;
    const view = new DataView(cursor.bytes.buffer, cursor.bytes.byteOffset);
    const value = view.getInt32(cursor.at + 1) * 0x1_0000_0000 + view.getUint32(cursor.at + 5);
    if (!Number.isSafeInteger(value)) shape.bigIntegers++;
    else if (value === (value | 0)) shape.integers++;
    else shape.wideIntegers++;
  }

  #listOf(shape: Shape, depth: number): void {
    const cursor = this.#cursor;
    const start = cursor.at;
    const size = cursor.list();
    let floats = 0;
    let strings = 0;
    for (let i = 0; i < size; i++) {
      const itemClass = cursor.class();
      if (itemClass === FLOAT64) floats++;
      else if (itemClass === TINY_STRING || itemClass === SIZED_STRING) strings++;
      cursor.skip(depth + 1);
    }
    if (size > 0 && floats === size) shape.floatLists++;
    else if (strings === size) {
      shape.stringLists++;
      this.#note(shape, start);
    } else shape.others++;
  }

  #map(shape: Shape, depth: number): void {
    const cursor = this.#cursor;
    const start = cursor.at;
    if (depth >= maxDepth) {
      shape.others++;
      cursor.skip(depth);
      return;
    }
    const size = cursor.head(TINY_MAP);
    if (size > maxKeys) {
      this.#leave(shape, start, depth);
      return;
    }
    const literals: Uint8Array[] = [];
    const keys: string[] = [];
    const places: number[] = [];
    let from = start;
    for (let i = 0; i < size; i++) {
      keys.push(cursor.key());
      literals.push(cursor.bytes.slice(from, cursor.at));
      places.push(cursor.at);
      cursor.skip(depth + 1);
      from = cursor.at;
    }
    if (size === 0) literals.push(cursor.bytes.slice(start, cursor.at));
    const end = cursor.at;
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
      cursor.at = places[i];
      this.#value(value, depth + 1);
    }
    cursor.at = end;
  }

  #structure(shape: Shape, depth: number): void {
    const cursor = this.#cursor;
    const start = cursor.at;
    const size = cursor.head(TINY_STRUCTURE);
    const structure = this.#profile.structureByTag[cursor.bytes[cursor.at]];
    cursor.at++;
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
      known = { kind: "structure", structure, literal: cursor.bytes.slice(start, cursor.at), fields, count: 0 };
      shape.alternatives.push(known);
    }
    known.count++;
    for (const field of known.fields) this.#value(field, depth + 1);
  }

  #leave(shape: Shape, start: number, depth: number): void {
    const cursor = this.#cursor;
    shape.others++;
    cursor.at = start;
    cursor.skip(depth);
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function equalAll(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.length === b.length && a.every((bytes, i) => equal(bytes, b[i]));
}
