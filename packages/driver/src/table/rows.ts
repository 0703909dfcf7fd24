/** A table as rows to send, without making them. */
import { type ColumnInput, ColumnTable, columns as sendableColumns } from "@fulgur/neo4j-codec";
import { ParameterError } from "@fulgur/neo4j-types";
import { arrowCells, isArrowTable, isArrowVector } from "./arrow-cells.ts";

/**
 * What {@link rows} takes: columns by name in a plain object or a Map, Apache Arrow's Table or RecordBatch, or columns of a result. A column is
 * an array of what each row's property is to be, a typed array, `{ values, validity }` of typed arrays, an Arrow Vector, or a column of a result.
 */
export type RowsInput = Readonly<{ [name: string]: unknown }> | ReadonlyMap<string, unknown> | object;

/**
 * A table as a parameter for `UNWIND $rows AS row`: over the wire a LIST of MAPs, one a row, packed from the columns without making row
 * objects. Arrays are not copied: they must not change until the query was sent. (MAP-13)
 *
 * ```ts
 * await db.executeQuery("UNWIND $rows AS row CREATE (:Person {id: row.id, name: row.name})", {
 *   rows: rows({ id: Int32Array.of(1, 2), name: ["Ada", null] }),
 * });
 * ```
 *
 * A column of floats is sent as FLOATs, whole ones too. Arrow's dates and timestamps become DATE, LOCAL DATETIME and, with a zone, ZONED DATETIME;
 * docs/columns.md has the other types. To send a table as one MAP of LISTs instead use {@link columns}.
 *
 * @throws ParameterError for columns of different lengths, names that aren't strings (MAP-20) or come twice, what isn't a column, and Arrow
 *   types without a counterpart
 */
export function rows(table: RowsInput): ColumnTable {
  if (table instanceof ColumnTable) return table;
  const input: { [name: string]: ColumnInput } = {};
  for (const [name, column] of entriesOf(table)) {
    if (typeof name !== "string") {
      throw new ParameterError("a table's column names have to be strings", { path: "", type: typeof name });
    }
    if (Object.hasOwn(input, name)) {
      const message = `the table has the column ${JSON.stringify(name)} twice, and a map can have a key only once`;
      throw new ParameterError(message, { path: name, type: "Array" });
    }
    const value = isArrowVector(column) ? arrowCells(column, name) : (column as ColumnInput);
    // Not by assignment: `__proto__` is a name like any other.
    Object.defineProperty(input, name, { value, enumerable: true });
  }
  return sendableColumns(input);
}

function entriesOf(table: unknown): Iterable<[unknown, unknown]> {
  if (isArrowTable(table)) {
    const { schema, numRows } = table;
    return schema.fields.map(({ name }, i) => [name, table.getChildAt(i) ?? new Array(numRows).fill(null)]);
  }
  if (table instanceof Map) return table;
  if (typeof table === "object" && table !== null && !Array.isArray(table)) return Object.entries(table);
  throw new ParameterError("a table is an object or Map of columns, an Arrow Table, or columns of a result", {
    path: "",
    type: table === null ? "null" : Array.isArray(table) ? "Array" : typeof table,
  });
}
