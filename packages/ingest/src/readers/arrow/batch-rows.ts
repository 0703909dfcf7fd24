/** Record batches as rows. */
import { ConfigurationError, float, rows } from "@fulgur/neo4j-driver";
import { exactInteger, kindOf } from "@fulgur/neo4j-types";
import { type CheckedColumnarOptions, refuseTwice } from "../columnar-options.ts";
import { decimalOf } from "../decimal.ts";
import { type RowOf, rowOf } from "../row-of.ts";
import type { ArrowBatch, ArrowSchema, ArrowType } from "./arrow-library.ts";

const decimalType = 7;

/** Makes rows of the batches of one schema. */
export class BatchRows {
  readonly #fields: readonly { readonly name: string; readonly type: ArrowType; readonly index: number }[];
  readonly #decimals: "float" | "string";
  readonly #row: RowOf;

  /** @throws ConfigurationError for a column that there isn't, ReadError for one that is there twice */
  constructor({ fields }: ArrowSchema, { columns, decimals }: CheckedColumnarOptions, file: string | undefined) {
    const names = fields.map(({ name }) => name);
    refuseTwice(names, columns ?? names, file);
    this.#decimals = decimals;
    this.#fields = (columns ?? names).map((name) => {
      const index = names.indexOf(name);
      if (index >= 0) return { name, type: (fields[index] as { readonly type: ArrowType }).type, index };
      const has = names.map((one) => JSON.stringify(one)).join(", ");
      const message = `The option \`columns\` of readArrow can't be used: there is no column ${JSON.stringify(name)}; the file has ${has}.`;
      throw new ConfigurationError(message, { option: "columns" });
    });
    this.#row = rowOf(this.#fields.map(({ name }) => name));
  }

  /** @throws ParameterError for a type that Cypher has no counterpart of */
  of(batch: ArrowBatch): Record<string, unknown>[] {
    const cells = this.#cells(batch);
    const values = new Array<unknown>(cells.length);
    return Array.from({ length: batch.numRows }, (_, row) => {
      for (let i = 0; i < cells.length; i++) values[i] = (cells[i] as unknown[])[row];
      return this.#row(values);
    });
  }

  /** By column, the values as the driver sends them. */
  #cells(batch: ArrowBatch): unknown[][] {
    const input = new Map<string, unknown>();
    for (const { name, type, index } of this.#fields) {
      const vector = batch.getChildAt(index);
      if (type.typeId === decimalType) input.set(name, this.#decimalsOf(vector, batch.numRows, type.scale ?? 0));
      else input.set(name, vector ?? new Array(batch.numRows).fill(null));
    }
    return rows(input).columns.map((column, i) => {
      const values = column.toArray();
      if (column.type === "float64") return values.map((value) => (value === null ? null : float(value as number)));
      if (column.type === "int64")
        return values.map((value) => (value === null ? null : exactInteger(value as bigint)));
      return nested.has(this.#fields[i]?.type.typeId as number) ? values.map(exactly) : values;
    });
  }

  #decimalsOf(vector: { get(index: number): unknown } | null, length: number, scale: number): unknown[] {
    return Array.from({ length }, (_, i) => {
      const words = vector?.get(i) as Uint32Array | null | undefined;
      return words === null || words === undefined ? null : decimalOf(littleEndian(words), scale, this.#decimals);
    });
  }
}

/** List, Struct, FixedSizeList. */
const nested: ReadonlySet<number> = new Set([12, 13, 16]);

/**
 * A value with numbers for the bigints in it that a number holds, and arrays for typed ones of integers, which are parts of the batch. Those of
 * floats stay: in an array whole ones would be integers.
 */
function exactly(value: unknown): unknown {
  if (typeof value === "bigint") return exactInteger(value);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(exactly);
  if (ArrayBuffer.isView(value)) {
    const isFloat = /Float/.test(Object.prototype.toString.call(value));
    return isFloat ? value : Array.from(value as unknown as ArrayLike<number | bigint>, exactly);
  }
  if (kindOf(value) !== undefined) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, exactly(item)]));
}

/** Of two's complement, the lowest word first. */
function littleEndian(words: Uint32Array): bigint {
  const value = words.reduceRight((all, word) => (all << 32n) | BigInt(word), 0n);
  return BigInt.asIntN(words.length * 32, value);
}
