/** One row of a result: its values in column order, and the column names that all rows of the result share. */
import { type BrokenValue, isBrokenValue } from "@fulgur/neo4j-codec";
import { BrokenRecordError, DriverError } from "@fulgur/neo4j-core";
import { inspect, inspectLine } from "@fulgur/neo4j-types";
import type { AnyRow } from "./row.ts";

/** The column names of a result, made once for all of its records. */
export class RecordHeader {
  readonly keys: readonly string[];
  /** Where a name is; the first of duplicates. */
  readonly index: ReadonlyMap<string, number>;

  constructor(keys: readonly string[]) {
    this.keys = Object.freeze([...keys]);
    const index = new Map<string, number>();
    for (const [at, key] of keys.entries()) if (!index.has(key)) index.set(key, at);
    this.index = index;
  }
}

/**
 * One row of a result. Names find the first column of that name; every column is reachable by its index. A value that
 * could not be decoded throws a BrokenRecordError when it is read; the others stay readable. (REC-01 to REC-17)
 */
export class Record<Row extends object = AnyRow> implements Iterable<unknown> {
  readonly #header: RecordHeader;
  readonly #values: readonly unknown[];

  /** @internal Records are made by results. */
  constructor(header: RecordHeader, values: readonly unknown[]) {
    this.#header = header;
    this.#values = values;
  }

  /** The column names, in order; shared with the other records of the result. */
  get keys(): readonly (keyof Row & string)[] {
    return this.#header.keys as readonly (keyof Row & string)[];
  }

  /** How many columns there are. */
  get length(): number {
    return this.#values.length;
  }

  /**
   * The value of a column, by name or by index from 0.
   *
   * @param fallback what to return when there is no such column (a value of null is not replaced)
   * @throws DriverError when there is no such column and no fallback; it lists the columns. (REC-07)
   */
  get<K extends keyof Row & string>(key: K): Row[K];
  get<K extends keyof Row & string, F>(key: K, fallback: F): Row[K] | F;
  get(key: number, fallback?: unknown): unknown;
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

  /** The value of a column by its index from 0. Throws a RangeError where there is none. (REC-05) */
  at(index: number): unknown {
    if (!this.has(index)) throw new RangeError(`The record has ${this.length} columns; none has the index ${index}.`);
    return this.#read(index);
  }

  /** Whether there is such a column. */
  has(key: string | number): boolean {
    return typeof key === "number"
      ? Number.isInteger(key) && key >= 0 && key < this.#values.length
      : this.#header.index.has(key);
  }

  /** The values in column order. */
  values(): unknown[] {
    return Array.from(this.#values, (_, at) => this.#read(at));
  }

  /** Pairs of name and value, in column order. */
  entries(): [string, unknown][] {
    return Array.from(this.#values, (_, at) => [this.#header.keys[at]!, this.#read(at)]);
  }

  /** A plain object; the last of columns with one name wins, and `__proto__` is a property like any other. */
  toObject(): Row {
    const object: { [key: string]: unknown } = {};
    for (let at = 0; at < this.#values.length; at++) {
      const key = this.#header.keys[at]!;
      if (key === "__proto__") {
        Object.defineProperty(object, key, {
          value: this.#read(at),
          enumerable: true,
          configurable: true,
          writable: true,
        });
      } else {
        object[key] = this.#read(at);
      }
    }
    return object as Row;
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

  toJSON(): unknown {
    return this.toObject();
  }

  /** One readable line; a value that can't be decoded is shown as such. */
  [inspect](): string {
    const fields: { [key: string]: unknown } = {};
    for (const [at, key] of this.#header.keys.entries()) {
      const value = this.#values[at];
      fields[key] = isBrokenValue(value) ? "(can't be decoded)" : value;
    }
    return `Record ${inspectLine(fields)}`;
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
