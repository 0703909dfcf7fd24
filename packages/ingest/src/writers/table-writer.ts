/** What writes rows into a file, whatever its format. */
import { ColumnTable, columnOf } from "@fulgur/neo4j-codec";
import { ConfigurationError } from "@fulgur/neo4j-driver";

/** Rows by columns, as a result's batches give them, or as plain objects. */
export type WrittenRows = ColumnTable | readonly Readonly<Record<string, unknown>>[];

/** A file that is being written. Its calls wait for the one before; memory stays bounded if each is awaited. */
export interface TableWriter {
  /**
   * Writes rows. The first ones say what the columns are: all others have the same, in any order if they are objects.
   *
   * @throws WriteError naming a column that changes its type, or a file that can't be written
   */
  write(rows: WrittenRows): Promise<void>;
  /** Ends the file. Only now it stands under its name, whole. */
  finish(): Promise<WrittenFile>;
  /** Leaves nothing of it. */
  abandon(): Promise<void>;
}

export interface WrittenFile {
  readonly rows: number;
  /** As they are in the file, packed if it is. */
  readonly bytes: number;
}

/** A format's own part: what is in the file. */
export interface FormatWriter {
  /** The columns' names differ. */
  write(table: ColumnTable): Promise<void>;
  /** What is left to write: all, if there were no rows. */
  end(names: readonly string[]): Promise<void>;
}

/** The rows as columns of the names that the file has. */
export function tableOf(rows: WrittenRows, names: readonly string[] | undefined): ColumnTable {
  if (rows instanceof ColumnTable) {
    if (names !== undefined && rows.names.length !== names.length) {
      throw new ConfigurationError(
        `The rows have ${rows.names.length} columns, and those before have ${names.length}.`,
      );
    }
    return new ColumnTable(rows.length, names ?? uniqueNames(rows.names), rows.columns);
  }
  const known = names ?? Object.keys(rows[0] ?? {});
  for (const row of rows) {
    const extra = Object.keys(row).find((name) => !known.includes(name));
    if (extra !== undefined) {
      const message = `A row has the column ${JSON.stringify(extra)}, which the first one hasn't: give all rows all columns, null where they have nothing.`;
      throw new ConfigurationError(message);
    }
  }
  const columns = known.map((name) =>
    columnOf(rows.map((row) => (Object.hasOwn(row, name) ? (row[name] ?? null) : null))),
  );
  return new ColumnTable(rows.length, known, columns);
}

/** Files find columns by their names: the second `x` is `x_2`. */
function uniqueNames(names: readonly string[]): readonly string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((text) => {
    let name = text;
    for (let n = 2; seen.has(name) || (name !== text && taken.has(name)); n++) name = `${text}_${n}`;
    seen.add(name);
    return name;
  });
}
