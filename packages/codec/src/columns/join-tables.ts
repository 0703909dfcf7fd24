import { cellsFrom } from "./cells-from.ts";
import type { Column } from "./column.ts";
import { ColumnTable } from "./column-table.ts";
import { joinColumns } from "./join-columns.ts";

/** A table without its first rows. */
export function rowsFrom(table: ColumnTable, start: number): ColumnTable {
  if (start === 0) return table;
  const length = Math.max(0, table.length - start);
  return new ColumnTable(
    length,
    table.names,
    table.columns.map((column) => cellsFrom(column, start)),
  );
}

/**
 * The rows of several tables as one, in order: a result of its batches.
 *
 * @param names the columns' names, which all of the tables have.
 */
export function joinTables(names: readonly string[], tables: readonly ColumnTable[]): ColumnTable {
  const length = tables.reduce((sum, table) => sum + table.length, 0);
  const columns = names.map((_, i) => joinColumns(tables.map((table) => table.columns[i] as Column)));
  return new ColumnTable(length, names, columns);
}
