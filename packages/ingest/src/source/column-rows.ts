/** Rows that lie in columns. They are sent by the codec's columnar way, and no row object is made of them. */
import { type Column, type ColumnInput, ColumnTable, columns, type NumericArray } from "@fulgur/neo4j-codec";
import { columns as arrowColumns, float } from "@fulgur/neo4j-types";
import type { RowSet } from "./row-set.ts";

export class ColumnRows implements RowSet {
  readonly table: ColumnTable;

  constructor(table: ColumnTable) {
    this.table = table;
  }

  get length(): number {
    return this.table.length;
  }

  get parameter(): unknown {
    return this.table;
  }

  row(index: number): unknown {
    return Object.fromEntries(this.table.names.map((name) => [name, this.value(index, name)]));
  }

  value(index: number, field: string): unknown {
    return this.table.column(field)?.get(index) ?? null;
  }

  slice(from: number, to: number): ColumnRows {
    if (from === 0 && to >= this.length) return this;
    const end = Math.min(to, this.length);
    return this.#of((column) => cut(column, from, end));
  }

  pick(indices: ArrayLike<number>): ColumnRows {
    return this.#of((column) => gather(column, indices));
  }

  concat(more: readonly RowSet[]): ColumnRows {
    const others = more.map((rows) => (rows as ColumnRows).table);
    return this.#of((column, name) => [column, ...others.map((table) => table.column(name))].flatMap(itemsOf));
  }

  /** The same rows with other columns: those named, each through `convert`. */
  withColumns(names: readonly string[], convert: (column: Column, name: string) => ColumnInput): ColumnRows {
    const chosen = names.flatMap((name) => {
      const column = this.table.column(name);
      return column === undefined ? [] : [[name, convert(column, name)] as const];
    });
    return new ColumnRows(columns(Object.fromEntries(chosen)));
  }

  #of(convert: (column: Column, name: string) => ColumnInput): ColumnRows {
    return this.withColumns([...new Set(this.table.names)], convert);
  }
}

/** Typed arrays stay typed arrays, and views of the same memory. */
function cut(column: Column, from: number, to: number): ColumnInput {
  if (isNumbers(column) && column.validity === undefined) return column.values.subarray(from, to);
  if (column.type === "values") return column.values.slice(from, to);
  const items: unknown[] = [];
  for (let i = from; i < to; i++) items.push(itemOf(column, i));
  return items;
}

function gather(column: Column, indices: ArrayLike<number>): ColumnInput {
  if (isNumbers(column) && column.validity === undefined) {
    const { values } = column;
    const picked = new (values.constructor as new (length: number) => NumericArray)(indices.length);
    for (let i = 0; i < indices.length; i++) picked[i] = values[indices[i] as number] as never;
    return picked;
  }
  if (column.type === "values") {
    const { values } = column;
    const picked = new Array<unknown>(indices.length);
    for (let i = 0; i < indices.length; i++) picked[i] = values[indices[i] as number] ?? null;
    return picked;
  }
  return Array.from(indices, (index) => itemOf(column, index));
}

/** A cell as a parameter: in an array a whole number would be an INTEGER, whatever its column was. */
export function itemOf(column: Column, index: number): unknown {
  const value = column.get(index) ?? null;
  return column.type === "float64" && typeof value === "number" && Number.isInteger(value) ? float(value) : value;
}

function itemsOf(column: Column | undefined): unknown[] {
  return column === undefined ? [] : Array.from({ length: column.length }, (_, i) => itemOf(column, i));
}

/** Columns whose values say by their array whether they are INTEGERs or FLOATs. */
function isNumbers(column: Column): column is Column & { readonly values: NumericArray } {
  return column.type === "int32" || column.type === "int53" || column.type === "int64" || column.type === "float64";
}

/** A table of the given columns, or of an Apache Arrow table's. Throws a ParameterError for what can't be one. */
export function tableOf(source: ColumnTable | Readonly<Record<string, ColumnInput>> | ArrowTable): ColumnTable {
  if (source instanceof ColumnTable) return source;
  return columns(isArrowTable(source) ? (arrowColumns(source) as Record<string, ColumnInput>) : source);
}

/** An Apache Arrow table, of any version of the library, as far as it tells one. */
export interface ArrowTable {
  readonly numRows: number;
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  getChildAt(index: number): unknown;
}

/** It is iterable, too, but by rows that are no plain objects. */
export function isArrowTable(source: object): source is ArrowTable {
  const { numRows, schema, getChildAt } = source as Partial<ArrowTable>;
  return typeof numRows === "number" && Array.isArray(schema?.fields) && typeof getChildAt === "function";
}
