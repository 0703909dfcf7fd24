/** Rows on their way into groups that are worth a file's own index entries. */
import { ColumnTable, joinTables } from "@fulgur/neo4j-codec";

/** Collects tables of the same columns until they have enough rows. */
export class RowGroups {
  readonly #rows: number;
  #tables: ColumnTable[] = [];
  #length = 0;

  constructor(rows: number) {
    this.#rows = rows;
  }

  /** @returns a group, if there are enough rows for one. */
  add(table: ColumnTable): ColumnTable | undefined {
    if (table.length > 0) this.#tables.push(table);
    this.#length += table.length;
    return this.#length >= this.#rows ? this.take() : undefined;
  }

  /** What is left. */
  take(): ColumnTable | undefined {
    const [first] = this.#tables;
    if (first === undefined) return undefined;
    const group = this.#tables.length === 1 ? first : joinTables(first.names, this.#tables);
    this.#tables = [];
    this.#length = 0;
    return new ColumnTable(group.length, first.names, group.columns);
  }
}
