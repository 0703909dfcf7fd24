/** Dates as JavaScript has them, for charts and other libraries. */
import { type Column, ColumnTable, columnOf } from "@fulgur/neo4j-codec";
import { kindOf, type LocalDateTime } from "@fulgur/neo4j-types";

const kinds: readonly (string | undefined)[] = ["Date", "DateTime", "LocalDateTime"];

/**
 * Columns of nothing but `Date`, `DateTime`, `LocalDateTime` and null as columns of JavaScript's `Date`: an instant, to the millisecond,
 * whose zone is gone. A day is its midnight in UTC, a local date-time is read as UTC. A column that holds anything else, or a year that a
 * JavaScript `Date` can't have, stays what it is. (RES-19)
 */
export function parseDates({ length, names, columns }: ColumnTable): ColumnTable {
  return new ColumnTable(length, names, columns.map(parsed));
}

function parsed(column: Column): Column {
  if (column.type !== "structure" && column.type !== "values") return column;
  const values = column.toArray();
  if (!values.every((value) => value === null || kinds.includes(kindOf(value)))) return column;
  try {
    return columnOf(values.map((value) => (value === null ? null : (value as LocalDateTime).toStandardDate())));
  } catch {
    return column;
  }
}
