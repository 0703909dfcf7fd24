/** All that is left of a result, in memory. */
import { type ColumnTable, joinTables } from "@fulgur/neo4j-codec";
import type { Record } from "./record.ts";
import type { ResultReader } from "./result-reader.ts";

/** What `take` makes of each record. */
export async function restOf<Row extends object, T>(
  reader: ResultReader<Row>,
  take: (record: Record<Row>) => T,
): Promise<T[]> {
  const all: T[] = [];
  do {
    while (reader.hasRow) all.push(take(reader.take()));
  } while (await reader.load());
  return all;
}

/** The rows as plain objects. */
export async function rowsOf<Row extends object>(reader: ResultReader<Row>): Promise<Row[]> {
  const rows: Row[] = [];
  do {
    if (reader.hasRow) for (const row of reader.takeBatch().objects()) rows.push(row);
  } while (await reader.load());
  return rows;
}

/** The columns, without making rows. */
export async function columnsOf<Row extends object>(reader: ResultReader<Row>): Promise<ColumnTable> {
  const tables: ColumnTable[] = [];
  do {
    if (reader.hasRow) tables.push(reader.takeBatch().columns());
  } while (await reader.load());
  return joinTables((await reader.header()).keys, tables);
}
