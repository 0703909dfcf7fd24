import { text } from "../text.ts";

/** What a column's cells are, nulls apart; each {@link Column} of the union says by it how its cells lie. */
export type ColumnType = Column["type"];

/** The typed arrays whose items are INTEGERs or FLOATs, one a cell. */
export type NumericArray =
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** What all columns have. Nothing in a column changes when the decoder goes on; its arrays are nobody else's. */
interface Cells {
  /** How many cells there are. */
  readonly length: number;
  /**
   * As Apache Arrow has it: bit `i % 8` of byte `i >> 3` is 0 where cell `i` is null, and what the arrays hold there is open.
   * `undefined`: no cell is null.
   */
  readonly validity: Uint8Array | undefined;
  /** Whether a cell is null. */
  isNull(index: number): boolean;
  /** The cell's value, as a row would have it; `undefined` beyond the end. */
  get(index: number): unknown;
  /** All values, as rows would have them. */
  toArray(): unknown[];
}

/**
 * A column of a result, or of rows to send. The types of columns are chosen by what is in them, so that they may differ
 * from one batch of a result to the next.
 *
 * | `type` | holds |
 * |---|---|
 * | `"null"` | nothing but nulls |
 * | `"boolean"` | `values`: a byte a cell, 0 or 1 |
 * | `"int32"` | `values`: integers of 32 bits |
 * | `"int53"` | `values`: doubles, all of them safe integers, at least one beyond 32 bits |
 * | `"int64"` | `values`: a BigInt64Array, because at least one integer isn't safe, or the codec's `integers` is `"bigint"` |
 * | `"float64"` | `values`: floats |
 * | `"number"` | `values`: doubles, integers and floats mixed |
 * | `"string"` | `offsets` and `bytes`: cell `i` is the UTF-8 from `offsets[i]` to `offsets[i + 1]` (Arrow's Utf8) |
 * | `"dictionary"` | `indices` into `dictionary`: strings, or lists of them, that repeat; equal lists are one object |
 * | `"list"` | `offsets` into a column of all items, `items` (Arrow's List) |
 * | `"map"` | maps of the same keys: `keys`, and a column each, `columns` |
 * | `"structure"` | nodes, dates …: their fields by name, a column each |
 * | `"values"` | `values`: anything else, one value a cell, `null` where it is null |
 */
export type Column =
  | NullColumn
  | BooleanColumn
  | NumberColumn
  | StringColumn
  | DictionaryColumn
  | ListColumn
  | MapColumn
  | StructureColumn
  | ValuesColumn;

abstract class AnyColumn<Value> implements Cells {
  readonly length: number;
  readonly validity: Uint8Array | undefined;

  constructor(length: number, validity: Uint8Array | undefined) {
    this.length = length;
    this.validity = validity;
  }

  isNull(index: number): boolean {
    return this.validity !== undefined && ((this.validity[index >> 3] as number) & (1 << (index & 7))) === 0;
  }

  get(index: number): Value | null | undefined {
    if (!(index >= 0 && index < this.length)) return undefined;
    return this.isNull(index) ? null : this.value(index);
  }

  toArray(): (Value | null)[] {
    const values = new Array<Value | null>(this.length);
    for (let i = 0; i < this.length; i++) values[i] = this.isNull(i) ? null : this.value(i);
    return values;
  }

  /** The value of a cell that isn't null. */
  protected abstract value(index: number): Value;
}

/** A column of nothing but nulls. */
export class NullColumn extends AnyColumn<null> {
  readonly type = "null";

  constructor(length: number) {
    super(length, new Uint8Array((length + 7) >> 3));
  }

  protected value(): null {
    return null;
  }
}

/** A column of booleans. */
export class BooleanColumn extends AnyColumn<boolean> {
  readonly type = "boolean";
  readonly values: Uint8Array;

  constructor(values: Uint8Array, validity: Uint8Array | undefined) {
    super(values.length, validity);
    this.values = values;
  }

  protected value(index: number): boolean {
    return this.values[index] !== 0;
  }
}

/** A column of numbers. What comes from a decoder is an Int32Array, Float64Array or BigInt64Array. */
export class NumberColumn extends AnyColumn<number | bigint> {
  readonly type: "int32" | "int53" | "int64" | "float64" | "number";
  readonly values: NumericArray;

  /** Whether a safe integer of 64 bits is a number in a row. */
  readonly mayBeNumbers: boolean;

  constructor(
    type: NumberColumn["type"],
    values: NumericArray,
    validity: Uint8Array | undefined,
    mayBeNumbers: boolean = false,
  ) {
    super(values.length, validity);
    this.type = type;
    this.values = values;
    this.mayBeNumbers = mayBeNumbers;
  }

  override toArray(): (number | bigint | null)[] {
    if (this.validity !== undefined || this.mayBeNumbers) return super.toArray();
    return Array.from(this.values as Int32Array) as number[];
  }

  protected value(index: number): number | bigint {
    const value = this.values[index] as number | bigint;
    if (!this.mayBeNumbers) return value;
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
}

/** A column of strings, as UTF-8 one behind the other. */
export class StringColumn extends AnyColumn<string> {
  readonly type = "string";
  /** One more than there are cells, from 0 on, never falling. */
  readonly offsets: Int32Array;
  readonly bytes: Uint8Array;
  #text: string | undefined;

  constructor(offsets: Int32Array, bytes: Uint8Array, validity: Uint8Array | undefined) {
    super(offsets.length - 1, validity);
    this.offsets = offsets;
    this.bytes = bytes;
  }

  /** All the strings as one. Where it is as long as `bytes`, all are ASCII and `offsets` hold for it too. */
  get text(): string {
    this.#text ??= text.decode(this.bytes, 0, this.bytes.length) ?? "";
    return this.#text;
  }

  override toArray(): (string | null)[] {
    const { text: all, offsets } = this;
    if (all.length !== this.bytes.length) return super.toArray();
    const values = new Array<string | null>(this.length);
    for (let i = 0; i < values.length; i++)
      values[i] = this.isNull(i) ? null : all.substring(offsets[i], offsets[i + 1]);
    return values;
  }

  protected value(index: number): string {
    return text.decode(this.bytes, this.offsets[index] as number, this.offsets[index + 1] as number) ?? "";
  }
}

/** A column of values that repeat. */
export class DictionaryColumn<Value = unknown> extends AnyColumn<Value> {
  readonly type = "dictionary";
  readonly indices: Int32Array;
  readonly dictionary: readonly Value[];

  constructor(indices: Int32Array, dictionary: readonly Value[], validity: Uint8Array | undefined) {
    super(indices.length, validity);
    this.indices = indices;
    this.dictionary = dictionary;
  }

  protected value(index: number): Value {
    return this.dictionary[this.indices[index] as number] as Value;
  }
}

/** A column of lists. */
export class ListColumn extends AnyColumn<unknown[] | Float64Array> {
  readonly type = "list";
  /** One more than there are cells: where each cell's items begin. */
  readonly offsets: Int32Array;
  readonly items: Column;
  /** Whether a row has a Float64Array for a list of floats. */
  readonly typed: boolean;
  #values: unknown[] | undefined;

  constructor(offsets: Int32Array, items: Column, validity: Uint8Array | undefined, typed: boolean = false) {
    super(offsets.length - 1, validity);
    this.offsets = offsets;
    this.items = items;
    this.typed = typed;
  }

  protected value(index: number): unknown[] | Float64Array {
    const [from, to] = [this.offsets[index] as number, this.offsets[index + 1] as number];
    if (this.typed && to > from && this.items.type === "float64")
      return (this.items.values as Float64Array).slice(from, to);
    this.#values ??= this.items.toArray();
    return this.#values.slice(from, to);
  }
}

/** A column of maps with the same keys in the same order. */
export class MapColumn extends AnyColumn<Record<string, unknown>> {
  readonly type = "map";
  readonly keys: readonly string[];
  readonly columns: readonly Column[];
  /** Whether a null means that there is no such key: properties of nodes and relationships. */
  readonly sparse: boolean;
  readonly #make: (values: readonly unknown[]) => Record<string, unknown>;

  /** @param make makes a map of its values in the keys' order. */
  constructor(
    length: number,
    keys: readonly string[],
    columns: readonly Column[],
    validity: Uint8Array | undefined,
    make: (values: readonly unknown[]) => Record<string, unknown>,
    sparse: boolean,
  ) {
    super(length, validity);
    this.keys = keys;
    this.columns = columns;
    this.sparse = sparse;
    this.#make = make;
  }

  protected value(index: number): Record<string, unknown> {
    return this.#make(this.columns.map((column) => column.get(index)));
  }
}

/** A column of structures of one kind. */
export class StructureColumn extends AnyColumn<unknown> {
  readonly type = "structure";
  /** Which structure: `"Node"`, `"Date"` …, as the protocol's reference names it. */
  readonly name: string;
  /** By the names of the protocol's reference, the columns of its fields, as the wire has them. */
  readonly fields: Readonly<Record<string, Column>>;
  readonly #make: (...fields: unknown[]) => unknown;

  /** @param make makes a value of its fields. */
  constructor(
    length: number,
    name: string,
    fields: Readonly<Record<string, Column>>,
    validity: Uint8Array | undefined,
    make: (...fields: unknown[]) => unknown,
  ) {
    super(length, validity);
    this.name = name;
    this.fields = fields;
    this.#make = make;
  }

  /** A column of the same structure with other cells: each field's column, in the order of `fields`. */
  withCells(length: number, columns: readonly Column[], validity: Uint8Array | undefined): StructureColumn {
    const fields = Object.fromEntries(Object.keys(this.fields).map((field, i) => [field, columns[i] as Column]));
    return new StructureColumn(length, this.name, fields, validity, this.#make);
  }

  protected value(index: number): unknown {
    return this.#make(...Object.values(this.fields).map((column) => column.get(index)));
  }
}

/** A column of values of any kind. */
export class ValuesColumn extends AnyColumn<unknown> {
  readonly type = "values";
  readonly values: readonly unknown[];

  constructor(values: readonly unknown[]) {
    super(values.length, undefined);
    this.values = values;
  }

  override isNull(index: number): boolean {
    return this.values[index] === null;
  }

  protected value(index: number): unknown {
    return this.values[index];
  }
}
