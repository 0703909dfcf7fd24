/**
 * A table of Apache Arrow into the graph, out of it as columns, through DuckDB, and its answer into the graph again: no row is made in this
 * program. It takes the server from NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD, writes nodes with labels that begin with `FulgurColumns`,
 * and deletes nothing.
 */
import { driver, rows } from "@fulgur/neo4j-driver";
import * as arrow from "apache-arrow";
import { openDuckDB } from "./duckdb.ts";

const sensors = ["attic", "cellar", "garden"];
const count = 30_000;
const days = Int32Array.from({ length: count }, (_, i) => 19_723 + Math.floor(i / 100));

const readings = new arrow.Table({
  id: arrow.vectorFromArray(Int32Array.from({ length: count }, (_, i) => i)),
  sensor: arrow.vectorFromArray(Array.from({ length: count }, (_, i) => sensors[i % 3] as string)),
  day: new arrow.Vector([arrow.makeData({ type: new arrow.DateDay(), length: count, data: days })]),
  celsius: arrow.vectorFromArray(Float64Array.from({ length: count }, (_, i) => (i % 3) * 5 + Math.sin(i / 5000) * 10)),
});

const db = driver.fromEnv();
try {
  await db.executeQuery(
    "CREATE CONSTRAINT fulgur_columns_reading IF NOT EXISTS FOR (r:FulgurColumnsReading) REQUIRE r.id IS UNIQUE",
  );
  await db.executeQuery(
    "UNWIND $rows AS row MERGE (r:FulgurColumnsReading {id: row.id}) SET r.sensor = row.sensor, r.day = row.day, r.celsius = row.celsius",
    { rows: rows(readings) },
  );

  const session = db.session();
  const query = "MATCH (r:FulgurColumnsReading) RETURN r.sensor AS sensor, r.day AS day, r.celsius AS celsius";
  const table = await session.run(query).toArrow(arrow);
  await session.close();
  console.log(
    `${table.numRows} readings: ${table.schema.fields.map(({ name, type }) => `${name} ${type}`).join(", ")}`,
  );

  const duckdb = await openDuckDB();
  duckdb.insertArrowFromIPCStream(arrow.tableToIPC(table), { name: "readings", create: true });
  const means = duckdb.query(
    `SELECT sensor, count(*)::INTEGER AS readings, max(day) AS latest, round(avg(celsius), 3) AS mean
     FROM readings GROUP BY sensor ORDER BY sensor`,
  );

  // DuckDB brings a version of Arrow of its own: tables are known by their shape.
  await db.executeQuery(
    `UNWIND $rows AS row MERGE (s:FulgurColumnsSensor {name: row.sensor})
     SET s.readings = row.readings, s.latest = row.latest, s.mean = row.mean`,
    { rows: rows(means) },
  );
  duckdb.close();

  const { records } = await db.executeQuery(
    "MATCH (s:FulgurColumnsSensor) RETURN s.name AS name, s.readings AS readings, s.latest AS latest, s.mean AS mean ORDER BY name",
  );
  for (const { name, readings, latest, mean } of records.map((record) => record.toObject())) {
    console.log(`${name}: ${readings} readings until ${latest}, ${mean} degrees on average`);
  }
} finally {
  await db.close();
}
