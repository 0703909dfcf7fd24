/** Columns with what the options ask for. */
import type { ColumnTable } from "@fulgur/neo4j-codec";
import { expandTable } from "./expand.ts";
import { parseDates } from "./parse-dates.ts";

export function columnsBy(
  table: ColumnTable,
  options: { readonly expand: boolean; readonly parseDates: boolean },
): ColumnTable {
  const expanded = options.expand ? expandTable(table) : table;
  return options.parseDates ? parseDates(expanded) : expanded;
}
