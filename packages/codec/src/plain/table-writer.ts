import type { Column } from "../columns/column.ts";
import type { ColumnTable } from "../columns/column-table.ts";

/** What writes the rows of a table: the writer, for one row's map after the other. */
export interface CellSink {
  float(value: number): void;
  any(value: unknown): void;
}

/** How the cells of a column are written, by row. */
export function cellWriter(column: Column): (sink: CellSink, row: number) => void {
  if (column.type !== "float64") return (sink, row) => sink.any(column.get(row));
  // Floats are FLOAT even where they are whole: the column says so.
  const { values } = column;
  return (sink, row) => (column.isNull(row) ? sink.any(null) : sink.float(values[row] as number));
}

/** Why a table can't be sent: its rows would be maps that have a key twice. */
export function repeatedName({ names }: ColumnTable): string | undefined {
  return names.find((name, i) => names.indexOf(name) !== i);
}
