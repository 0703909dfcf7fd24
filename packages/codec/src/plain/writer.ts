import { DateTime, fitsInteger, fromArrow, fromTemporal, kind, kindOf } from "@fulgur/neo4j-types";
import type { ColumnTable } from "../columns/column-table.ts";
import { writeMap } from "../metadata.ts";
import type { ActiveStructure, Profile } from "../profile.ts";
import type { Sink } from "../tables.ts";
import { structureNameOf } from "../values.ts";
import { fromNpmValue } from "./npm-values.ts";
import type { Packer } from "./packer.ts";
import { cellWriter, repeatedName } from "./table-writer.ts";
import { typeName, Unsendable } from "./unsendable.ts";

type WriteItem = (sink: Sink, value: unknown) => void;

const writeAny: WriteItem = (sink, value) => sink.any(value);

/** Typed arrays that are lists of numbers; a Uint8Array is bytes. Floats are FLOAT even where they are whole: the array says so. */
const listArrays: ReadonlySet<string> = new Set([
  "Float32Array",
  "Float64Array",
  "Int8Array",
  "Int16Array",
  "Int32Array",
  "Uint8ClampedArray",
  "Uint16Array",
  "Uint32Array",
  "BigInt64Array",
  "BigUint64Array",
]);

/** Writes the items of long lists of maps, such as the rows to ingest, faster than item by item. */
export interface RowWriter {
  /**
   * Writes exactly what {@link Writer} would write, or nothing.
   *
   * @param depth how many containers may still nest in the list.
   * @returns false if it wrote nothing: the items are not of one shape, or something in them can't be sent.
   */
  write(rows: readonly unknown[], packer: Packer, depth: number): boolean;
  /** The same for rows that are given by columns. */
  writeTable(table: ColumnTable, packer: Packer, depth: number): boolean;
}

/** What a writer may write: what clients may send as parameters, or every value, such as the nodes of a response. */
export type WriterScope = "parameters" | "any";

/** Shorter lists are written item by item. */
const manyRows = 50;

/**
 * Writes JavaScript values as PackStream. A value that can't be sent throws {@link Unsendable}, which the caller turns
 * into a ParameterError with the path.
 */
export class Writer implements Sink {
  readonly #profile: Profile;
  readonly #packer: Packer;
  readonly #structures: ReadonlyMap<string, ActiveStructure>;
  readonly #maxDepth: number;
  readonly #scope: WriterScope;
  readonly #rows: RowWriter | undefined;
  #depth = 0;

  constructor(profile: Profile, packer: Packer, scope: WriterScope, rows?: RowWriter) {
    this.#scope = scope;
    this.#rows = rows;
    this.#profile = profile;
    this.#packer = packer;
    this.#structures = profile.structureByValue;
    this.#maxDepth = profile.maxDepth;
  }

  /**
   * Begins anew, also after an error.
   *
   * @param depth how many containers the next value is in.
   */
  reset(depth = 0): void {
    this.#depth = depth;
  }

  any(value: unknown): void {
    switch (typeof value) {
      case "string":
        this.string(value);
        break;
      case "number":
        this.#packer.number(value);
        break;
      case "boolean":
        this.#packer.boolean(value);
        break;
      case "bigint":
        this.integer(value);
        break;
      case "object":
        if (value === null) this.#packer.nil();
        else this.#object(value);
        break;
      case "undefined":
        throw new Unsendable("it is undefined", value);
      default:
        throw new Unsendable(`there is no Cypher type for a ${typeof value}`, value);
    }
  }

  /** The parameters of a query: unlike in maps further in, `undefined` is an error. */
  parameters(values: object): void {
    const isMap = isMapObject(values);
    if (!isMap && !isPlain(values)) throw new Unsendable("parameters have to be a plain object", values);
    for (const [key, value] of isMap ? values : Object.entries(values)) {
      if (value === undefined) throw new Unsendable("it is undefined", value).within(values, String(key));
    }
    this.any(values);
  }

  integer(value: number | bigint): void {
    if (typeof value === "bigint") {
      if (!fitsInteger(value)) throw new Unsendable("the integer doesn't fit in 64 bits", value);
      const number = Number(value);
      if (Number.isSafeInteger(number)) this.#packer.integer(number);
      else this.#packer.wideInteger(value);
    } else {
      if (!Number.isSafeInteger(value)) throw new Unsendable("a safe whole number is needed", value);
      this.#packer.integer(value);
    }
  }

  float(value: number): void {
    if (typeof value !== "number") throw new Unsendable("a number is needed", value);
    this.#packer.float(value);
  }

  boolean(value: boolean): void {
    if (typeof value !== "boolean") throw new Unsendable("a boolean is needed", value);
    this.#packer.boolean(value);
  }

  string(value: string): void {
    if (typeof value !== "string") throw new Unsendable("a string is needed", value);
    if (!this.#packer.string(value)) throw new Unsendable("the string has half of a surrogate pair", value);
  }

  bytes(value: Uint8Array): void {
    if (tagOf(value) !== "Uint8Array") throw new Unsendable("a Uint8Array is needed", value);
    this.#packer.binary(value);
  }

  uuid(value: unknown): void {
    if (kindOf(value) !== "UUID") throw new Unsendable("a UUID is needed", value);
    this.#branded("UUID", value as object);
  }

  list<T>(values: readonly T[], item: (sink: Sink, value: T) => void): void {
    if (!Array.isArray(values)) throw new Unsendable("a list is needed", values);
    this.#list(values, values, item as WriteItem);
  }

  map<T>(values: Readonly<Record<string, T>>, item: (sink: Sink, value: T) => void): void {
    if (typeof values !== "object" || values === null) throw new Unsendable("a map is needed", values);
    this.#plainMap(values, item as WriteItem);
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
    this.#plainMap(writeMap(name, value as Record<string, unknown>, this.#profile), writeAny);
  }

  nullable<T>(value: T | null | undefined, item: (sink: Sink, value: T) => void): void {
    if (value === null || value === undefined) this.#packer.nil();
    else item(this, value);
  }

  #object(value: object): void {
    if (Array.isArray(value)) {
      this.#list(value, value, writeAny);
      return;
    }
    const found = (value as { readonly [kind]?: unknown })[kind];
    if (typeof found === "string") this.#branded(found, value);
    else if (isPlain(value)) this.#plainMap(value as Record<string, unknown>, writeAny);
    else this.#special(value);
  }

  /** Objects that are neither lists, plain, nor of the types package. */
  #special(value: object): void {
    const tag = tagOf(value);
    if (tag === "Map") {
      this.#mapObject(value as ReadonlyMap<unknown, unknown>);
    } else if (tag === "Set") {
      this.#list([...(value as ReadonlySet<unknown>)], value, writeAny);
    } else if (tag === "Uint8Array") {
      this.#packer.binary(value as Uint8Array);
    } else if (tag === "ArrayBuffer" || tag === "SharedArrayBuffer") {
      this.#packer.binary(new Uint8Array(value as ArrayBuffer));
    } else if (tag === "DataView") {
      const { buffer, byteOffset, byteLength } = value as DataView;
      this.#packer.binary(new Uint8Array(buffer, byteOffset, byteLength));
    } else if (tag === "Date") {
      this.#branded("DateTime", attempt(value, () => DateTime.fromStandardDate(value as globalThis.Date)) as object);
    } else if (listArrays.has(tag)) {
      this.#typedArray(value as Int32Array, tag);
    } else {
      const known = attempt(value, () => fromTemporal(value) ?? fromNpmValue(value) ?? fromArrow(value));
      if (known === undefined) {
        throw new Unsendable(`there is no Cypher type for objects of the class ${typeName(value)}`, value);
      }
      this.any(known);
    }
  }

  #typedArray(values: Int32Array | Float64Array | BigInt64Array, tag: string): void {
    this.#enter(values);
    this.#packer.listHeader(values.length);
    if (tag.startsWith("Float")) {
      this.#packer.floats(values as Float64Array);
    } else if (this.#packer.numbers(values as Int32Array) < values.length) {
      for (const [i, value] of (values as BigInt64Array).entries()) {
        try {
          this.integer(value);
        } catch (error) {
          throw error instanceof Unsendable ? error.within(values, i) : error;
        }
      }
    }
    this.#depth--;
  }

  /** @param container what the user gave for the list, for the path. */
  #list(values: readonly unknown[], container: object, item: WriteItem): void {
    this.#enter(container);
    const { length } = values;
    this.#packer.listHeader(length);
    if (length >= manyRows && item === writeAny && this.#rows !== undefined) {
      if (this.#rows.write(values, this.#packer, this.#maxDepth - this.#depth)) {
        this.#depth--;
        return;
      }
    }
    let i = item === writeAny ? this.#packer.numbers(values) : 0;
    try {
      for (; i < length; i++) item(this, values[i]);
    } catch (error) {
      throw error instanceof Unsendable ? error.within(container, i) : error;
    }
    this.#depth--;
  }

  /** Rows given by columns: a list of maps. */
  #table(table: ColumnTable): void {
    const { length, columns } = table;
    const twice = repeatedName(table);
    if (twice !== undefined) throw new Unsendable(`it has the column ${JSON.stringify(twice)} twice`, table);
    this.#enter(table);
    this.#packer.listHeader(length);
    const fast = length >= manyRows && this.#rows?.writeTable(table, this.#packer, this.#maxDepth - this.#depth);
    if (fast !== true) {
      const cells = columns.map(cellWriter);
      for (let row = 0; row < length; row++) this.#tableRow(table, row, cells);
    }
    this.#depth--;
  }

  #tableRow(table: ColumnTable, row: number, cells: readonly ReturnType<typeof cellWriter>[]): void {
    const { names, columns } = table;
    let column = -1;
    try {
      this.#enter(columns);
      this.#packer.mapHeader(names.length);
      for (column = 0; column < names.length; column++) {
        this.string(names[column] as string);
        (cells[column] as (typeof cells)[number])(this, row);
      }
      this.#depth--;
    } catch (error) {
      if (!(error instanceof Unsendable)) throw error;
      if (column >= 0) error.within(columns, names[column] as string);
      throw error.within(table, row);
    }
  }

  #plainMap(value: Readonly<Record<string, unknown>>, item: WriteItem): void {
    this.#enter(value);
    const packer = this.#packer;
    const keys = Object.keys(value);
    const start = packer.mark();
    packer.mapHeader(keys.length);
    let left = keys.length;
    let i = 0;
    try {
      for (; i < keys.length; i++) {
        const key = keys[i] as string;
        const entry = value[key];
        if (entry === undefined) {
          left--;
          continue;
        }
        this.string(key);
        item(this, entry);
      }
    } catch (error) {
      throw error instanceof Unsendable ? error.within(value, keys[i] as string) : error;
    }
    this.#depth--;
    if (left < keys.length) packer.shrinkMap(start, keys.length, left);
  }

  #mapObject(value: ReadonlyMap<unknown, unknown>): void {
    const entries = [...value].filter(([, entry]) => entry !== undefined);
    this.#enter(value);
    this.#packer.mapHeader(entries.length);
    for (const [key, entry] of entries) {
      if (typeof key !== "string") throw new Unsendable("a Map's keys have to be strings", key);
      try {
        this.string(key);
        this.any(entry);
      } catch (error) {
        throw error instanceof Unsendable ? error.within(value, key) : error;
      }
    }
    this.#depth--;
  }

  /** A value of the types package, or of a structure without a class. */
  #branded(found: string, value: object): void {
    const active = this.#structures.get(structureNameOf(found, value));
    if (active === undefined) {
      this.#unstructured(found, value);
      return;
    }
    if (this.#scope === "parameters" && !active.table.sendable) throw onlyReceived(found, value);
    const fields = attempt(value, () => active.take(value as never));
    this.#enter(value);
    this.#packer.structureHeader(active.size, active.table.tag);
    active.table.write(this, fields, active.size);
    this.#depth--;
  }

  /** A number with its type given, a value with a marker of its own, or one that this version can't carry. */
  #unstructured(found: string, value: object): void {
    const type = found.toLowerCase();
    const opaque = this.#profile.opaqueByType.get(type);
    if (found === "Int") {
      this.integer((value as { readonly value: bigint }).value);
    } else if (found === "Float") {
      this.float((value as { readonly value: number }).value);
    } else if (found === "ColumnTable") {
      this.#table(value as ColumnTable);
    } else if (opaque !== undefined) {
      const { bytes } = value as { readonly bytes: Uint8Array };
      const { first, fixedBytes } = opaque.table;
      if (tagOf(bytes) !== "Uint8Array" || bytes.length !== fixedBytes) {
        throw new Unsendable(`a ${found} has ${fixedBytes} bytes`, value);
      }
      this.#packer.opaque(first, bytes);
    } else {
      const { unavailable, version } = this.#profile;
      const why = unavailable.get(structureNameOf(found, value)) ?? unavailable.get(type);
      if (why === undefined) throw new Unsendable(`there is no Cypher type for a ${found}`, value);
      throw new Unsendable(`${found} ${why}, this connection speaks ${version}`, value);
    }
  }

  #enter(container: object): void {
    if (++this.#depth > this.#maxDepth) {
      throw new Unsendable(`it is nested deeper than ${this.#maxDepth}`, container, container);
    }
  }
}

/** Graph values, which a server takes neither as a reference nor as a value (QRY-05), and what stands for a value of a newer type. */
function onlyReceived(found: string, value: object): Unsendable {
  const reason =
    found === "UnsupportedType"
      ? "an UnsupportedType stands for a value of a type that needs a newer Bolt version"
      : `it is a ${found}, pass its properties or its elementId`;
  return new Unsendable(reason, value);
}

/** Does what may refuse a value with an error of its own. */
function attempt<T>(value: object, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new Unsendable((error as Error).message, value);
  }
}

/** Turns what the writer throws into what the user gets. */
export function parameterErrorOf(error: unknown, root: string): unknown {
  return error instanceof Unsendable ? error.toParameterError(root) : error;
}

/** `Map`, `Uint8Array` …: the same for objects of another realm. */
function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

function isMapObject(value: object): value is ReadonlyMap<unknown, unknown> {
  return tagOf(value) === "Map";
}

/** Whether an object is a literal's, of this realm or another, or has no prototype. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  const isRoot = Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, "isPrototypeOf");
  return isRoot && tagOf(value) === "Object";
}
