/** One row of a result: its values in column order, and the column names that all rows of the result share. */
import { type BrokenValue, isBrokenValue } from "@fulgur/neo4j-codec";
import { BrokenRecordError, DriverError } from "@fulgur/neo4j-core";
import { inspect, inspectLine, jsonValue } from "@fulgur/neo4j-types";
import { isPlain, PlainData } from "./plain-data.ts";
import { RecordHeader } from "./record-header.ts";
import type { AnyRow } from "./row.ts";
import { valueKey } from "./value-key.ts";

export { RecordHeader } from "./record-header.ts";

/**
 * One row of a result. Names find the first column of that name; every column is reachable by its index. A value that
 * could not be decoded throws a BrokenRecordError when it is read; the others stay readable. (REC-01 to REC-17)
 */
export class Record<Row extends object = AnyRow> implements Iterable<unknown> {
  readonly #header: RecordHeader;
  readonly #values: readonly unknown[];

  /** @internal Records are made by results, and by {@link Record.from}. */
  constructor(header: RecordHeader, values: readonly unknown[]) {
    this.#header = header;
    this.#values = values;
  }

  /**
   * A record of one's own, for tests and for code that takes records. (REC-02)
   *
   * @param source pairs of name and value (a Map, for one), or an object; equal names are kept apart by their index.
   */
  static from<Row extends object = AnyRow>(source: Iterable<readonly [string, unknown]>): Record<Row>;
  static from<Row extends object>(source: Row): Record<Row>;
  static from<Row extends object>(source: Iterable<readonly [string, unknown]> | Row): Record<Row> {
    if (typeof source !== "object" || source === null) {
      throw new TypeError("A record is made of pairs of name and value, or of an object.");
    }
    if (source instanceof Record) return new Record<Row>(source.#header, source.#values);
    const pairs =
      Symbol.iterator in source ? [...(source as Iterable<readonly [string, unknown]>)] : Object.entries(source);
    for (const [at, pair] of pairs.entries()) {
      if (Array.isArray(pair) && pair.length === 2 && typeof pair[0] === "string") continue;
      throw new TypeError(`A record is made of pairs of name and value; item ${at} is none.`);
    }
    const header = new RecordHeader(pairs.map(([name]) => name));
    return new Record<Row>(
      header,
      pairs.map(([, value]) => value),
    );
  }

  /** The column names, in order; shared with the other records of the result, and frozen. (REC-10) */
  get keys(): readonly string[] {
    return this.#header.keys;
  }

  /** How many columns there are. */
  get length(): number {
    return this.#values.length;
  }

  /**
   * The value of a column, by name or by index from 0.
   *
   * @param fallback what to return when there is no such column (a value of null is not replaced)
   * @throws DriverError when there is no such column and no fallback; it lists the columns. (REC-07, REC-08)
   */
  get<K extends keyof Row & string>(key: K): Row[K];
  get<K extends keyof Row & string, F>(key: K, fallback: F): Row[K] | F;
  get(key: (keyof Row & string) | number, fallback?: unknown): unknown;
  get(key: string | number, fallback?: unknown): unknown {
    const at = typeof key === "number" ? key : this.#header.index.get(key);
    const values = this.#values;
    if (at !== undefined && at >= 0 && at < values.length && Number.isInteger(at)) {
      const value = values[at];
      return typeof value === "object" && isBrokenValue(value) ? this.#read(at) : value;
    }
    // Not a rest parameter: this is called for every value of a result.
    // biome-ignore lint/complexity/noArguments: an undefined fallback is one, too
    if (arguments.length > 1) return fallback;
    throw this.#noColumn(key);
  }

  /** The value of a column by its index from 0; there are no negative ones. Throws a RangeError where there is none. (REC-05) */
  at(index: number): unknown {
    return this.#read(this.index(index));
  }

  /** Whether there is such a column. */
  has(key: string | number): boolean {
    return typeof key === "number"
      ? Number.isInteger(key) && key >= 0 && key < this.#values.length
      : this.#header.index.has(key);
  }

  /**
   * Where a column is: the index of a name, or the index itself. (REC-09)
   *
   * @throws DriverError for a name that no column has; RangeError for an index beyond the columns; TypeError for what is neither
   */
  index(key: string | number): number {
    if (typeof key === "string") {
      const at = this.#header.index.get(key);
      if (at === undefined) throw this.#noColumn(key);
      return at;
    }
    if (!Number.isInteger(key)) throw new TypeError("A column is named by its name or by a whole number from 0.");
    if (this.has(key)) return key;
    throw new RangeError(`The record has ${this.length} columns; none has the index ${key}.`);
  }

  /** One value by name or index, the first by default, or the fallback if there is no such column. (REC-13) */
  value(key: (keyof Row & string) | number = 0, fallback: unknown = null): unknown {
    return this.has(key) ? this.#read(this.index(key)) : fallback;
  }

  /**
   * The values in column order, or those of the given columns in the given order; null for a name that no column has. Throws a RangeError
   * for an index beyond the columns. (REC-11)
   */
  values(...keys: readonly (string | number)[]): unknown[] {
    return this.entries(...keys).map(([, value]) => value);
  }

  /** Pairs of name and value, as {@link values}. (REC-12) */
  entries(...keys: readonly (string | number)[]): [string, unknown][] {
    if (keys.length === 0)
      return Array.from(this.#values, (_, at) => [this.#header.keys[at] as string, this.#read(at)]);
    return keys.map((key) => {
      if (typeof key === "string" && !this.has(key)) return [key, null];
      const at = this.index(key);
      return [this.#header.keys[at] as string, this.#read(at)];
    });
  }

  /** A record of the columns from `start` up to `end`, which are as Array's `slice` has them. (REC-06) */
  slice(start?: number, end?: number): Record {
    return new Record(new RecordHeader(this.#header.keys.slice(start, end)), this.#values.slice(start, end));
  }

  /** A plain object; the last of columns with one name wins, and `__proto__` is a property like any other. (REC-14) */
  toObject(): Row {
    const object: { [key: string]: unknown } = {};
    for (let at = 0; at < this.#values.length; at++) {
      const key = this.#header.keys[at] as string;
      const value = this.#read(at);
      if (key === "__proto__") {
        Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
      } else {
        object[key] = value;
      }
    }
    return object as Row;
  }

  /**
   * The columns, or the given ones, as plain data that can be written as JSON, for a first look: nodes are their properties,
   * relationships `[start, type, end]`, paths lists of nodes and types. Labels, ids and relationships' properties are lost;
   * integers beyond the safe ones become text. {@link toObject} has the values as they are. (REC-14, REC-15, REC-16)
   */
  data(...keys: readonly (string | number)[]): AnyRow {
    const plain = new PlainData(this.#values);
    return Object.fromEntries(this.entries(...keys).map(([key, value]) => [key, plain.of(value)]));
  }

  /**
   * Whether the values are equal: to those of a list or another iterable in column order, to those of a map or object by name, to another
   * record's in both. (REC-03)
   */
  equals(other: unknown): boolean {
    if (other instanceof Record) return this.toKey() === other.toKey();
    if (other instanceof Map) return valueKey(this.toObject()) === valueKey(other);
    if (typeof other !== "object" || other === null) return false;
    if (Symbol.iterator in other) return valueKey(this.values()) === valueKey([...(other as Iterable<unknown>)]);
    return isPlain(other) && valueKey(this.toObject()) === valueKey(other);
  }

  /** Text that is the same for equal records and for no others: a key for Map and Set. (REC-04) */
  toKey(): string {
    return `Record:${valueKey(this.#header.keys)}${valueKey(this.values())}`;
  }

  /** Calls `visit` with each value, its name and the record. */
  forEach(visit: (value: unknown, key: string, record: this) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }

  /** What `mapper` makes of each value, in column order. */
  map<T>(mapper: (value: unknown, key: string, record: this) => T): T[] {
    return this.entries().map(([key, value]) => mapper(value, key, this));
  }

  /** The values, in column order. (REC-01) */
  *[Symbol.iterator](): IterableIterator<unknown> {
    for (let at = 0; at < this.#values.length; at++) yield this.#read(at);
  }

  /**
   * All columns in the form that `JSON.stringify` writes, which never throws: integers that aren't safe as text, bytes as lists, a value that
   * could not be decoded as `{"brokenValue": why}`. (REC-16)
   */
  toJSON(): unknown {
    const json = (value: unknown) => (isBrokenValue(value) ? { brokenValue: value.cause.reason } : jsonValue(value));
    return Object.fromEntries(this.#header.keys.map((key, at) => [key, json(this.#values[at])]));
  }

  /** One readable line; a value that can't be decoded is shown as such. */
  toString(): string {
    const shown = (value: unknown) => (isBrokenValue(value) ? "(can't be decoded)" : value);
    return `Record ${inspectLine(Object.fromEntries(this.#header.keys.map((key, at) => [key, shown(this.#values[at])])))}`;
  }

  [inspect](): string {
    return this.toString();
  }

  #read(at: number): unknown {
    const value = this.#values[at];
    if (typeof value === "object" && isBrokenValue(value)) throw this.#broken(value, at);
    return value;
  }

  #broken({ cause }: BrokenValue, at: number): BrokenRecordError {
    return new BrokenRecordError(
      `Column ${JSON.stringify(this.#header.keys[at])} (index ${at}) holds a value that can't be decoded: ${cause.reason}.`,
      { cause },
    );
  }

  #noColumn(key: unknown): DriverError {
    const columns = this.#header.keys.map((name) => JSON.stringify(name)).join(", ");
    const named = typeof key === "string" || typeof key === "number" ? JSON.stringify(key) : `of type ${typeof key}`;
    return new DriverError(`The record has no column ${named}. Its columns are ${columns || "none"}.`);
  }
}
