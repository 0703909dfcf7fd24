import { ParameterError } from "./errors/parameter-error.ts";
import { float } from "./number.ts";

/*
 * Apache Arrow's tables and vectors, known by their shape: nothing is imported, and any version of the library does.
 */

interface ArrowType {
  readonly typeId: number;
  /** Of a float: 0 for 16 bits. */
  readonly precision?: number;
  /** Of a dictionary: the type of its values. */
  readonly dictionary?: ArrowType;
  /** Of a struct: its fields. */
  readonly children?: readonly { readonly name: string }[];
}

interface ArrowVector {
  readonly type: ArrowType;
  readonly length: number;
  readonly nullCount: number;
  get(index: number): unknown;
  getChildAt(index: number): ArrowVector | null;
  toArray(): unknown;
}

interface ArrowTable {
  readonly numRows: number;
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  getChildAt(index: number): ArrowVector | null;
}

/** Arrow's numbers of the types that Cypher has a counterpart of. */
const NULL = 1;
const INT = 2;
const FLOAT = 3;
const BINARY = 4;
const UTF8 = 5;
const BOOL = 6;
const LIST = 12;
const STRUCT = 13;
const FIXED_SIZE_BINARY = 15;
const FIXED_SIZE_LIST = 16;
const LARGE_BINARY = 19;
const LARGE_UTF8 = 20;
const asTheyAre = new Set([NULL, INT, BINARY, UTF8, BOOL, FIXED_SIZE_BINARY, LARGE_BINARY, LARGE_UTF8]);
const times = new Set([8, 9, 10]);

export function isArrowVector(value: unknown): value is ArrowVector {
  if (typeof value !== "object" || value === null) return false;
  const { type, get, length, toArray } = value as Partial<ArrowVector>;
  return typeof type?.typeId === "number" && typeof get === "function" && typeof length === "number" && !!toArray;
}

export function isArrowTable(value: unknown): value is ArrowTable {
  if (typeof value !== "object" || value === null) return false;
  const { numRows, schema, getChildAt } = value as Partial<ArrowTable>;
  return typeof numRows === "number" && Array.isArray(schema?.fields) && typeof getChildAt === "function";
}

/** Each column of a table under its name, in order. */
export function* arrowColumns(table: ArrowTable): Generator<[name: string, column: unknown]> {
  for (const [i, { name }] of table.schema.fields.entries()) {
    const vector = table.getChildAt(i);
    yield [name, vector ?? new Array(table.numRows).fill(null)];
  }
}

/**
 * A vector as a list: a typed array where it holds floats without nulls, else an array.
 *
 * @throws ParameterError for types that Cypher has no counterpart of, and for times, whose unit would be lost.
 */
export function arrowList(vector: ArrowVector, path: string): ArrayLike<unknown> {
  const type = vector.type.dictionary ?? vector.type;
  const { typeId } = type;
  if (typeId === FLOAT) {
    const isPlain = vector.nullCount === 0 && type.precision !== 0 && vector.type.dictionary === undefined;
    return isPlain ? (vector.toArray() as Float64Array) : items(vector, (value) => float(value as number));
  }
  if (asTheyAre.has(typeId)) return items(vector, (value) => value);
  if (typeId === LIST || typeId === FIXED_SIZE_LIST) {
    return items(vector, (value, i) => arrowList(value as ArrowVector, `${path}[${i}]`));
  }
  if (typeId === STRUCT) {
    const fields = (type.children ?? []).map(({ name }, i) => {
      const child = vector.getChildAt(i);
      return { name, values: child === null ? undefined : arrowList(child, `${path}.${name}`) };
    });
    return items(vector, (_, i) => Object.fromEntries(fields.map(({ name, values }) => [name, values?.[i] ?? null])));
  }
  const advice = times.has(typeId)
    ? "rows(table) of the driver knows its unit; or make it with timestampColumn(), which is told the unit"
    : "convert it first";
  throw new ParameterError(`the Arrow column ${path} has the type ${String(type)}, which can't be sent: ${advice}`, {
    path,
    type: String(type),
  });
}

function items(vector: ArrowVector, convert: (value: unknown, index: number) => unknown): unknown[] {
  const list: unknown[] = [];
  for (let i = 0; i < vector.length; i++) {
    const value = vector.get(i);
    list.push(value === null || value === undefined ? null : convert(value, i));
  }
  return list;
}
