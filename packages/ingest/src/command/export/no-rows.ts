import { columnOf } from "@fulgur/neo4j-codec";
import { ColumnTable } from "@fulgur/neo4j-driver";

/** A result without rows: what it says is which columns there are. */
export function noRows(keys: readonly string[]): ColumnTable {
  return new ColumnTable(
    0,
    keys,
    keys.map(() => columnOf([])),
  );
}
