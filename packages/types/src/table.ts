import { arrowColumns, arrowList, isArrowTable, isArrowVector } from "./arrow.ts";
import { ParameterError } from "./errors/parameter-error.ts";
import { float } from "./number.ts";

/** A table by column: lists of one length, by name. */
export type Columns = Record<string, ArrayLike<unknown>>;

/** What can be given for a table: columns by name in a plain object or a Map, or an Apache Arrow Table. */
type TableInput = Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown> | object;

/**
 * A `Uint8Array` as a LIST of INTEGER, which as a parameter would be BYTES; or any other iterable or array as a LIST (MAP-12).
 */
export function list<T>(values: Iterable<T> | ArrayLike<T>): T[] {
  return Array.from(values);
}

/**
 * Numbers in row-major order as nested LISTs (MAP-12).
 *
 * @param data a typed array or an array; parts of a typed array are views of it, and floats stay FLOAT.
 * @param shape how many items each dimension has, the outermost first.
 * @throws ParameterError unless the shape multiplies up to the data's length.
 */
export function ndarray(data: ArrayLike<number | bigint>, shape: readonly number[]): unknown[] | ArrayLike<unknown> {
  const size = shape.reduce((all, dimension) => all * dimension, 1);
  if (shape.length === 0 || !shape.every((dimension) => Number.isInteger(dimension) && dimension >= 0)) {
    throw new ParameterError("a shape has to be a list of whole numbers", { path: "shape", type: typeof shape });
  }
  if (size !== data.length) {
    throw new ParameterError(`the shape ${shape.join(" x ")} needs ${size} numbers, not ${data.length}`, {
      path: "shape",
      type: "Array",
    });
  }
  return nested(data, shape, 0, 0, size);
}

function nested(data: ArrayLike<unknown>, shape: readonly number[], level: number, from: number, size: number) {
  const length = shape[level] as number;
  if (level === shape.length - 1) return part(data, from, length);
  const step = length === 0 ? 0 : size / length;
  const lists: unknown[] = [];
  for (let i = 0; i < length; i++) lists.push(nested(data, shape, level + 1, from + i * step, step));
  return lists;
}

function part(data: ArrayLike<unknown>, from: number, length: number): ArrayLike<unknown> {
  if (ArrayBuffer.isView(data) && !isBytes(data)) return (data as unknown as Int8Array).subarray(from, from + length);
  return Array.prototype.slice.call(data, from, from + length);
}

function isBytes(data: unknown): boolean {
  return Object.prototype.toString.call(data) === "[object Uint8Array]";
}

/**
 * A table as a MAP of LISTs, one a column (MAP-13). Columns may be arrays, typed arrays (also a `Uint8Array`: its numbers) and Arrow vectors
 * (MAP-14); dictionaries are decoded, missing values are `null`, floats stay FLOAT.
 *
 * @throws ParameterError for columns of different lengths, names that aren't strings (MAP-20), what isn't a column, and Arrow types without a
 *   counterpart.
 */
export function columns(table: TableInput): Columns {
  const found: [string, ArrayLike<unknown>][] = [];
  for (const [name, column] of entriesOf(table)) {
    if (typeof name !== "string") {
      throw new ParameterError("a table's column names have to be strings", { path: "", type: typeof name });
    }
    const values = columnOf(column, name);
    const first = found[0];
    if (first !== undefined && first[1].length !== values.length) {
      const lengths = `${JSON.stringify(first[0])} ${first[1].length}, ${JSON.stringify(name)} ${values.length}`;
      throw new ParameterError(`a table's columns have to be of one length: ${lengths}`, { path: name, type: "Array" });
    }
    found.push([name, values]);
  }
  return Object.fromEntries(found);
}

/**
 * A table as a LIST of MAPs, one a row, for `UNWIND $rows AS row` (MAP-13). Numbers of float columns are sent as FLOAT, even where they are
 * whole.
 *
 * @throws ParameterError as {@link columns} does.
 */
export function rows(table: TableInput): Record<string, unknown>[] {
  const found = Object.entries(columns(table)).map(([name, values]) => {
    const isFloat = /Float(16|32|64)Array/.test(Object.prototype.toString.call(values));
    return { name, values, isFloat };
  });
  return Array.from({ length: found[0]?.values.length ?? 0 }, (_, i) =>
    Object.fromEntries(
      found.map(({ name, values, isFloat }) => [name, isFloat ? float(values[i] as number) : values[i]]),
    ),
  );
}

/** An Arrow table as columns, an Arrow vector as a list; `undefined` for everything else: what a parameter is taken for. */
export function fromArrow(value: unknown): Columns | ArrayLike<unknown> | undefined {
  if (isArrowVector(value)) return arrowList(value, "");
  return isArrowTable(value) ? columns(value) : undefined;
}

function entriesOf(table: TableInput): Iterable<[unknown, unknown]> {
  if (typeof table !== "object" || table === null) {
    throw new ParameterError("a table is an object of columns, a Map of columns or an Arrow Table", {
      path: "",
      type: table === null ? "null" : typeof table,
    });
  }
  if (isArrowTable(table)) return arrowColumns(table);
  return table instanceof Map ? table : Object.entries(table);
}

function columnOf(column: unknown, name: string): ArrayLike<unknown> {
  if (isArrowVector(column)) return arrowList(column, name);
  if (Array.isArray(column)) return column;
  if (ArrayBuffer.isView(column) && "length" in column) {
    return isBytes(column) ? Array.from(column as Uint8Array) : (column as unknown as ArrayLike<unknown>);
  }
  throw new ParameterError("a table's column has to be an array, a typed array or an Arrow vector", {
    path: name,
    type: column === null ? "null" : typeof column,
  });
}
