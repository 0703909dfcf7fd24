/** A table in the form of Apache Arrow, whose library is given by whoever wants it. Strings and numbers are not copied. */
import type { Column, ColumnTable } from "@fulgur/neo4j-codec";
import { columnOf, type DictionaryColumn, type ValuesColumn } from "@fulgur/neo4j-codec";
import { DriverError } from "@fulgur/neo4j-core";

// biome-ignore lint/suspicious/noExplicitAny: a library of any version, of which only these names are known
type Any = any;
type AnyClass = new (...values: Any[]) => Any;

/** What is needed of `apache-arrow`: `import * as arrow from "apache-arrow"` has it. */
export interface ArrowLibrary {
  readonly makeData: (properties: Any) => Any;
  readonly Table: AnyClass;
  readonly RecordBatch: AnyClass;
  readonly Schema: AnyClass;
  readonly Field: AnyClass;
  readonly Vector: AnyClass;
  readonly Struct: AnyClass;
  readonly List: AnyClass;
  readonly Dictionary: AnyClass;
  readonly Utf8: AnyClass;
  readonly Binary: AnyClass;
  readonly Bool: AnyClass;
  readonly Null: AnyClass;
  readonly Int32: AnyClass;
  readonly Int64: AnyClass;
  readonly Float64: AnyClass;
  readonly TimestampMillisecond: AnyClass;
}

export function isArrowLibrary(value: unknown): value is ArrowLibrary {
  if (typeof value !== "object" || value === null) return false;
  const { makeData, Table, RecordBatch } = value as Partial<ArrowLibrary>;
  return [makeData, Table, RecordBatch].every((part) => typeof part === "function");
}

/** @throws DriverError naming a column whose values have no type in common that Arrow has */
export function arrowTable(arrow: ArrowLibrary, { length, names, columns }: ColumnTable): Any {
  const writer = new ArrowWriter(arrow);
  const children = columns.map((column, i) => writer.data(column, names[i] as string));
  const fields = writer.fields(names, children);
  const struct = arrow.makeData({ type: new arrow.Struct(fields), length, nullCount: 0, children });
  return new arrow.Table(new arrow.RecordBatch(new arrow.Schema(fields), struct));
}

class ArrowWriter {
  readonly #arrow: ArrowLibrary;

  constructor(arrow: ArrowLibrary) {
    this.#arrow = arrow;
  }

  fields(names: readonly string[], children: readonly Any[]): Any[] {
    return names.map((name, i) => new this.#arrow.Field(name, children[i].type, true));
  }

  /** @param path the column's name, and those of the columns that it is within */
  data(column: Column, path: string): Any {
    const { makeData, Null, Bool, Int32, Int64, Float64, Utf8 } = this.#arrow;
    const { length, validity: nullBitmap } = column;
    const cells = { length, nullBitmap };
    switch (column.type) {
      case "null":
        return makeData({ type: new Null(), length });
      case "boolean":
        return makeData({ type: new Bool(), ...cells, data: bits(column.values) });
      case "int32":
        return makeData({ type: new Int32(), ...cells, data: column.values });
      case "int53":
        return makeData({
          type: new Int64(),
          ...cells,
          data: BigInt64Array.from(column.values as Float64Array, BigInt),
        });
      case "int64":
        return makeData({ type: new Int64(), ...cells, data: column.values });
      case "float64":
      case "number":
        return makeData({ type: new Float64(), ...cells, data: column.values });
      case "string":
        return makeData({ type: new Utf8(), ...cells, valueOffsets: column.offsets, data: column.bytes });
      case "dictionary":
        return this.#dictionary(column, path);
      case "list": {
        const child = this.data(column.items, `${path}[]`);
        const type = new this.#arrow.List(new this.#arrow.Field("item", child.type, true));
        return makeData({ type, ...cells, valueOffsets: column.offsets, child });
      }
      case "map":
        return this.#struct(column, column.keys, column.columns, path);
      case "structure":
        return this.#struct(column, Object.keys(column.fields), Object.values(column.fields), path);
      case "values":
        return this.#values(column, path);
    }
  }

  #struct({ length, validity }: Column, names: readonly string[], columns: readonly Column[], path: string): Any {
    const children = columns.map((column, i) => this.data(column, `${path}.${names[i]}`));
    const type = new this.#arrow.Struct(this.fields(names, children));
    return this.#arrow.makeData({ type, length, nullBitmap: validity, children });
  }

  #dictionary(column: DictionaryColumn, path: string): Any {
    const { makeData, Dictionary, Int32, Utf8, Vector } = this.#arrow;
    const { length, validity, indices, dictionary } = column;
    const values = columnOf(dictionary);
    if (values.type !== "string") return this.data(columnOf(column.toArray()), path);
    const type = new Dictionary(new Utf8(), new Int32());
    const entries = new Vector([this.data(values, path)]);
    return makeData({ type, length, nullBitmap: validity, data: indices, dictionary: entries });
  }

  #values(column: ValuesColumn, path: string): Any {
    const { makeData, Binary, TimestampMillisecond } = this.#arrow;
    const { length, values } = column;
    const nullBitmap = columnOf(values.map((value) => (value === null ? null : true))).validity;
    if (values.every((value) => value === null || value instanceof Date)) {
      const data = BigInt64Array.from(values as (Date | null)[], (value) => BigInt(value?.getTime() ?? 0));
      return makeData({ type: new TimestampMillisecond("UTC"), length, nullBitmap, data });
    }
    if (values.every((value) => value === null || value instanceof Uint8Array)) {
      const parts = values as readonly (Uint8Array | null)[];
      const valueOffsets = new Int32Array(length + 1);
      for (const [i, part] of parts.entries()) valueOffsets[i + 1] = (valueOffsets[i] as number) + (part?.length ?? 0);
      const data = new Uint8Array(valueOffsets[length] as number);
      for (const [i, part] of parts.entries()) if (part !== null) data.set(part, valueOffsets[i]);
      return makeData({ type: new Binary(), length, nullBitmap, valueOffsets, data });
    }
    const advice =
      "leave it out, or make them one type in the query; `expand` gives lists and maps columns of their own";
    throw new DriverError(`The column ${JSON.stringify(path)} has values of no type that Arrow has: ${advice}.`);
  }
}

function bits(bytes: Uint8Array): Uint8Array {
  const packed = new Uint8Array((bytes.length + 7) >> 3);
  for (const [i, byte] of bytes.entries()) if (byte !== 0) packed[i >> 3] = (packed[i >> 3] as number) | (1 << (i & 7));
  return packed;
}
