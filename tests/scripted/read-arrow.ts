/** What a table of Apache Arrow holds, as other programs see it. */
import * as arrow from "apache-arrow";

/** A table that has been through Arrow's own format, as other programs get it. */
export const throughIPC = (table: arrow.Table): arrow.Table => arrow.tableFromIPC(arrow.tableToIPC(table));
export const typesOf = (table: { readonly schema: arrow.Schema }) =>
  table.schema.fields.map(({ type }) => String(type));

/** A cell of Arrow as plain data. */
function plain(cell: unknown): unknown {
  if (cell === null || typeof cell !== "object") return cell;
  if (cell instanceof Uint8Array) return cell;
  if (cell instanceof arrow.Vector) return Array.from(cell, plain);
  const { toJSON } = cell as { toJSON?: () => object };
  if (toJSON !== undefined) return plain(toJSON.call(cell));
  return Object.fromEntries(Object.entries(cell).map(([key, value]) => [key, plain(value)]));
}
export const cellsOf = (table: arrow.Table): unknown[][] =>
  table.schema.fields.map((_, i) =>
    Array.from({ length: table.numRows }, (_, row) => plain(table.getChildAt(i)?.get(row))),
  );
