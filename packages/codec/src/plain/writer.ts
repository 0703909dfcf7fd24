import { DateTime, fitsInteger, kind, kindOf } from "@fulgur/neo4j-types";
import { M } from "../gen/markers.ts";
import { writeMap } from "../metadata.ts";
import type { ActiveStructure, Profile } from "../profile.ts";
import type { Sink } from "../tables.ts";
import { text } from "../text.ts";
import { structureNameOf } from "../values.ts";
import { fromNpmValue } from "./npm-values.ts";
import type { Output } from "./output.ts";
import { typeName, Unsendable } from "./unsendable.ts";

const two32 = 0x1_0000_0000;

/**
 * Writes JavaScript values as PackStream, each in its shortest form. A value that can't be sent throws
 * {@link Unsendable}, which the caller turns into a ParameterError with the path.
 */
export class Writer implements Sink {
  readonly #profile: Profile;
  readonly #out: Output;
  readonly #structures: ReadonlyMap<string, ActiveStructure>;
  readonly #maxDepth: number;
  #depth = 0;

  constructor(profile: Profile, output: Output) {
    this.#profile = profile;
    this.#out = output;
    this.#structures = profile.structureByValue;
    this.#maxDepth = profile.maxDepth;
  }

  /** Begins anew after an error. */
  reset(): void {
    this.#depth = 0;
  }

  any(value: unknown): void {
    switch (typeof value) {
      case "string":
        return this.string(value);
      case "number":
        return Number.isSafeInteger(value) && !(value === 0 && 1 / value < 0)
          ? this.#integer(value)
          : this.float(value);
      case "boolean":
        return this.#byte(value ? M.TRUE : M.FALSE);
      case "bigint":
        return this.integer(value);
      case "object":
        return value === null ? this.#byte(M.NULL) : this.#object(value);
      default:
        throw new Unsendable(
          `there is no Cypher type for ${typeof value === "undefined" ? "undefined" : `a ${typeof value}`}`,
          value,
        );
    }
  }

  /** The parameters of a query: unlike in maps further in, `undefined` is an error. */
  parameters(values: object): void {
    if (!isPlain(values) && !isMapObject(values)) throw new Unsendable("parameters have to be a plain object", values);
    const entries = isMapObject(values) ? values : Object.entries(values);
    for (const [key, value] of entries) {
      if (value === undefined) throw new Unsendable("it is undefined", value).within(values, String(key));
    }
    this.any(values);
  }

  integer(value: number | bigint): void {
    if (typeof value === "number") {
      if (!Number.isSafeInteger(value)) throw new Unsendable("a safe whole number is needed", value);
      return this.#integer(value);
    }
    if (typeof value !== "bigint") throw new Unsendable("a whole number is needed", value);
    if (!fitsInteger(value)) throw new Unsendable("the integer doesn't fit in 64 bits", value);
    const number = Number(value);
    if (Number.isSafeInteger(number)) return this.#integer(number);
    const out = this.#out;
    out.ensure(9);
    out.bytes[out.position] = M.INT_64;
    out.view.setBigInt64(out.position + 1, value);
    out.position += 9;
  }

  float(value: number): void {
    if (typeof value !== "number") throw new Unsendable("a number is needed", value);
    const out = this.#out;
    out.ensure(9);
    out.bytes[out.position] = M.FLOAT;
    out.view.setFloat64(out.position + 1, value);
    out.position += 9;
  }

  boolean(value: boolean): void {
    if (typeof value !== "boolean") throw new Unsendable("a boolean is needed", value);
    this.#byte(value ? M.TRUE : M.FALSE);
  }

  string(value: string): void {
    if (typeof value !== "string") throw new Unsendable("a string is needed", value);
    const out = this.#out;
    const units = value.length;
    out.ensure(units * 3 + 5);
    // The header is as long as ASCII would need; else the bytes move up.
    const guess = units < 16 ? 1 : units < 0x100 ? 2 : units < 0x1_0000 ? 3 : 5;
    const start = out.position;
    const length = text.encode(value, out.bytes, start + guess);
    if (length < 0) throw new Unsendable("the string has half of a surrogate pair", value);
    const header = length < 16 ? 1 : length < 0x100 ? 2 : length < 0x1_0000 ? 3 : 5;
    if (header !== guess) out.bytes.copyWithin(start + header, start + guess, start + guess + length);
    if (header === 1) out.bytes[start] = M.TINY_STRING + length;
    else this.#sized(start, header, length, M.STRING_8, M.STRING_16, M.STRING_32);
    out.position = start + header + length;
  }

  bytes(value: Uint8Array): void {
    if (!isUint8Array(value)) throw new Unsendable("a Uint8Array is needed", value);
    const { length } = value;
    const header = length < 0x100 ? 2 : length < 0x1_0000 ? 3 : 5;
    const out = this.#out;
    out.ensure(length + header);
    this.#sized(out.position, header, length, M.BYTES_8, M.BYTES_16, M.BYTES_32);
    out.bytes.set(value, out.position + header);
    out.position += header + length;
  }

  uuid(value: unknown): void {
    if (kindOf(value) !== "UUID") throw new Unsendable("a UUID is needed", value);
    this.#branded("UUID", value as object);
  }

  list<T>(values: readonly T[], item: (sink: Sink, value: T) => void): void {
    if (!Array.isArray(values)) throw new Unsendable("a list is needed", values);
    this.#enter(values);
    this.#listHeader(values.length);
    let i = 0;
    try {
      for (; i < values.length; i++) item(this, values[i] as T);
    } catch (error) {
      throw error instanceof Unsendable ? error.within(values, i) : error;
    }
    this.#depth--;
  }

  map<T>(values: Readonly<Record<string, T>>, item: (sink: Sink, value: T) => void): void {
    if (typeof values !== "object" || values === null) throw new Unsendable("a map is needed", values);
    this.#map(values, Object.entries(values), item as (sink: Sink, value: unknown) => void);
  }

  structure(name: string, value: unknown): void {
    const found = kindOf(value);
    const active = found === undefined ? undefined : this.#structures.get(structureNameOf(found, value as object));
    if (active === undefined || (active.table.name !== name && active.table.value !== name)) {
      throw new Unsendable(`a ${name} is needed`, value);
    }
    this.#branded(found as string, value as object);
  }

  table(name: string, value: unknown): void {
    if (typeof value !== "object" || value === null) throw new Unsendable(`the map ${name} is needed`, value);
    this.any(writeMap(name, value as Record<string, unknown>, this.#profile));
  }

  nullable<T>(value: T | null | undefined, item: (sink: Sink, value: T) => void): void {
    if (value === null || value === undefined) this.#byte(M.NULL);
    else item(this, value);
  }

  /** The marker of a structure and the byte behind it: a tag, or a message's signature. */
  structureHeader(size: number, tag: number): void {
    const out = this.#out;
    out.ensure(2);
    out.bytes[out.position] = M.TINY_STRUCTURE + size;
    out.bytes[out.position + 1] = tag;
    out.position += 2;
  }

  #byte(byte: number): void {
    const out = this.#out;
    out.ensure(1);
    out.bytes[out.position++] = byte;
  }

  #integer(value: number): void {
    const out = this.#out;
    out.ensure(9);
    const { bytes, view, position } = out;
    if (value >= -16 && value < 128) {
      bytes[position] = value;
      out.position = position + 1;
    } else if (value >= -128 && value < 128) {
      bytes[position] = M.INT_8;
      bytes[position + 1] = value;
      out.position = position + 2;
    } else if (value >= -0x8000 && value < 0x8000) {
      bytes[position] = M.INT_16;
      view.setInt16(position + 1, value);
      out.position = position + 3;
    } else if (value >= -0x8000_0000 && value < 0x8000_0000) {
      bytes[position] = M.INT_32;
      view.setInt32(position + 1, value);
      out.position = position + 5;
    } else {
      const high = Math.floor(value / two32);
      bytes[position] = M.INT_64;
      view.setInt32(position + 1, high);
      view.setUint32(position + 5, value - high * two32);
      out.position = position + 9;
    }
  }

  #object(value: object): void {
    if (Array.isArray(value)) return this.#array(value);
    const found = (value as { readonly [kind]?: unknown })[kind];
    if (typeof found === "string") return this.#branded(found, value);
    if (isPlain(value)) return this.#plainMap(value as Record<string, unknown>);
    return this.#special(value);
  }

  /** Objects that are neither lists, plain, nor of the types package. */
  #special(value: object): void {
    switch (Object.prototype.toString.call(value).slice("[object ".length, -1)) {
      case "Map":
        return this.#mapObject(value as ReadonlyMap<unknown, unknown>);
      case "Set":
        return this.#array([...(value as ReadonlySet<unknown>)], value);
      case "Date":
        return this.#date(value as globalThis.Date);
      case "Uint8Array":
        return this.bytes(value as Uint8Array);
      case "ArrayBuffer":
      case "SharedArrayBuffer":
        return this.bytes(new Uint8Array(value as ArrayBuffer));
      case "Float32Array":
      case "Float64Array":
        // Floats even where they are whole: the array says so.
        return this.list(Array.from(value as Float64Array), (sink, item) => sink.float(item));
      case "Int8Array":
      case "Int16Array":
      case "Int32Array":
      case "Uint8ClampedArray":
      case "Uint16Array":
      case "Uint32Array":
      case "BigInt64Array":
      case "BigUint64Array":
        return this.#array(Array.from(value as Int32Array), value);
    }
    let known: unknown;
    try {
      known = fromNpmValue(value);
    } catch (error) {
      throw new Unsendable((error as Error).message, value);
    }
    if (known !== undefined) return this.any(known);
    throw new Unsendable(`there is no Cypher type for objects of the class ${typeName(value)}`, value);
  }

  #array(values: readonly unknown[], container: object = values): void {
    this.#enter(container);
    const { length } = values;
    this.#listHeader(length);
    let i = 0;
    try {
      for (; i < length; i++) this.any(values[i]);
    } catch (error) {
      throw error instanceof Unsendable ? error.within(container, i) : error;
    }
    this.#depth--;
  }

  #plainMap(value: Record<string, unknown>): void {
    this.#enter(value);
    const keys = Object.keys(value);
    const out = this.#out;
    const start = out.position;
    this.#mapHeader(keys.length);
    let left = keys.length;
    let i = 0;
    try {
      for (; i < keys.length; i++) {
        const key = keys[i] as string;
        const item = value[key];
        if (item === undefined) {
          left--;
          continue;
        }
        this.string(key);
        this.any(item);
      }
    } catch (error) {
      throw error instanceof Unsendable ? error.within(value, keys[i] as string) : error;
    }
    this.#depth--;
    if (left < keys.length) this.#shrinkMap(start - this.#out.position, keys.length, left);
  }

  #mapObject(value: ReadonlyMap<unknown, unknown>): void {
    const entries: [string, unknown][] = [];
    for (const [key, item] of value) {
      if (typeof key !== "string") throw new Unsendable("a Map's keys have to be strings", key);
      if (item !== undefined) entries.push([key, item]);
    }
    this.#map(value, entries, (sink, item) => sink.any(item));
  }

  #map(container: object, entries: readonly [string, unknown][], item: (sink: Sink, value: unknown) => void): void {
    this.#enter(container);
    this.#mapHeader(entries.length);
    let current = "";
    try {
      for (const [key, value] of entries) {
        current = key;
        this.string(key);
        item(this, value);
      }
    } catch (error) {
      throw error instanceof Unsendable ? error.within(container, current) : error;
    }
    this.#depth--;
  }

  #date(value: globalThis.Date): void {
    let instant: DateTime;
    try {
      instant = DateTime.fromStandardDate(value);
    } catch (error) {
      throw new Unsendable((error as Error).message, value);
    }
    this.#branded("DateTime", instant);
  }

  /** A value of the types package, or of a structure without a class. */
  #branded(found: string, value: object): void {
    const active = this.#structures.get(structureNameOf(found, value));
    if (active === undefined) return this.#unstructured(found, value);
    let fields: readonly unknown[];
    try {
      fields = active.take(value as never);
    } catch (error) {
      throw new Unsendable((error as Error).message, value);
    }
    this.#enter(value);
    this.structureHeader(active.size, active.table.tag);
    active.table.write(this, fields, active.size);
    this.#depth--;
  }

  /** A number with its type given, a value with a marker of its own, or one that this version can't carry. */
  #unstructured(found: string, value: object): void {
    if (found === "Int") return this.integer((value as { readonly value: bigint }).value);
    if (found === "Float") return this.float((value as { readonly value: number }).value);
    const type = found.toLowerCase();
    const opaque = this.#profile.opaqueByType.get(type);
    if (opaque !== undefined) {
      const { bytes } = value as { readonly bytes: Uint8Array };
      const { first, fixedBytes } = opaque.table;
      if (bytes.length !== fixedBytes) throw new Unsendable(`a ${found} has ${fixedBytes} bytes`, value);
      this.#byte(first);
      const out = this.#out;
      out.ensure(fixedBytes);
      out.bytes.set(bytes, out.position);
      out.position += fixedBytes;
      return;
    }
    const why = this.#profile.unavailable.get(structureNameOf(found, value)) ?? this.#profile.unavailable.get(type);
    if (why === undefined) throw new Unsendable(`there is no Cypher type for a ${found}`, value);
    throw new Unsendable(`${found} ${why}, this connection speaks ${this.#profile.version}`, value);
  }

  #enter(container: object): void {
    if (++this.#depth > this.#maxDepth) {
      throw new Unsendable(`it is nested deeper than ${this.#maxDepth}`, container, container);
    }
  }

  #listHeader(size: number): void {
    const out = this.#out;
    out.ensure(5);
    if (size < 16) return this.#byte(M.TINY_LIST + size);
    const header = size < 0x100 ? 2 : size < 0x1_0000 ? 3 : 5;
    this.#sized(out.position, header, size, M.LIST_8, M.LIST_16, M.LIST_32);
    out.position += header;
  }

  #mapHeader(size: number): void {
    const out = this.#out;
    out.ensure(5);
    if (size < 16) return this.#byte(M.TINY_MAP + size);
    const header = size < 0x100 ? 2 : size < 0x1_0000 ? 3 : 5;
    this.#sized(out.position, header, size, M.MAP_8, M.MAP_16, M.MAP_32);
    out.position += header;
  }

  /** Corrects the header of a map that ends here, of which some entries were left out. `back` is where it began, from here. */
  #shrinkMap(back: number, written: number, left: number): void {
    const out = this.#out;
    const end = out.position;
    const start = end + back;
    const width = (size: number): number => (size < 16 ? 1 : size < 0x100 ? 2 : size < 0x1_0000 ? 3 : 5);
    const saved = width(written) - width(left);
    if (saved > 0) out.bytes.copyWithin(start + width(left), start + width(written), end);
    out.position = start;
    this.#mapHeader(left);
    out.position = end - saved;
  }

  #sized(at: number, header: number, size: number, marker8: number, marker16: number, marker32: number): void {
    const { bytes, view } = this.#out;
    if (header === 2) {
      bytes[at] = marker8;
      bytes[at + 1] = size;
    } else if (header === 3) {
      bytes[at] = marker16;
      view.setUint16(at + 1, size);
    } else {
      bytes[at] = marker32;
      view.setUint32(at + 1, size);
    }
  }
}

/** Turns what the writer throws into what the user gets. */
export function parameterErrorOf(error: unknown, root: string): unknown {
  return error instanceof Unsendable ? error.toParameterError(root) : error;
}

function isUint8Array(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && (value as Uint8Array)[Symbol.toStringTag] === "Uint8Array";
}

function isMapObject(value: object): value is ReadonlyMap<unknown, unknown> {
  return Object.prototype.toString.call(value) === "[object Map]";
}

/** Whether an object is a literal's, of this realm or another, or has no prototype. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  const isRoot = Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, "isPrototypeOf");
  return isRoot && Object.prototype.toString.call(value) === "[object Object]";
}
