// Fulgur, by each way to read a result. See passes.mjs.
import { auth, driver } from "@fulgur/neo4j-driver";
import { addColumns } from "./columns.mjs";
import { count, fetchSize, ingestQuery, ingestRows, mode, passes, port, query, workload } from "./passes.mjs";

const db = driver(`bolt://127.0.0.1:${port}`, auth.basic("neo4j", "replayed"), { fetchSize: Number(fetchSize) });

function addRow(sums, id, name, score) {
  sums.rows++;
  sums.whole += id + name.length;
  sums.decimal += score;
}
function addNode(sums, node) {
  const { id, name, age, email, score } = node.properties;
  sums.rows++;
  sums.whole += id + name.length + age + email.length + node.labels[0].length + node.elementId.length;
  sums.decimal += score;
}
function addObject(sums, { id, name, city, score, active, visits }) {
  sums.rows++;
  sums.whole += id + name.length + city.length + Number(active) + (visits ?? 0);
  sums.decimal += score;
}
const addValues =
  workload === "nodes" ? (sums, row) => addNode(sums, row[0]) : (sums, row) => addRow(sums, row[0], row[1], row[2]);
const addRecord =
  workload === "nodes"
    ? (sums, record) => addNode(sums, record.get("n"))
    : (sums, record) => addRow(sums, record.get("id"), record.get("name"), record.get("score"));

const modes = {
  async batches(sums, session) {
    for await (const batch of session.run(query).batches()) for (const row of batch.values) addValues(sums, row);
  },
  async "batches of records"(sums, session) {
    for await (const batch of session.run(query).batches()) for (const row of batch.records()) addRecord(sums, row);
  },
  async "for await"(sums, session) {
    for await (const record of session.run(query)) addRecord(sums, record);
  },
  async eager(sums, session) {
    const { records } = await session.run(query);
    for (const record of records) addRecord(sums, record);
  },
  async rows(sums, session) {
    for (const row of await session.run(query).rows()) {
      if (workload === "mixed") addObject(sums, row);
      else if (workload === "nodes") addNode(sums, row.n);
      else addRow(sums, row.id, row.name, row.score);
    }
  },
  async columns(sums, session) {
    addColumns(sums, await session.run(query).columns(), false);
  },
  async "columns, strings made"(sums, session) {
    addColumns(sums, await session.run(query).columns(), true);
  },
  async "batches of columns"(sums, session) {
    for await (const batch of session.run(query).batches()) addColumns(sums, batch.columns(), false);
  },
  async "batches of columns, strings made"(sums, session) {
    for await (const batch of session.run(query).batches()) addColumns(sums, batch.columns(), true);
  },
  async ingest(sums, session) {
    for (let batch = 0; batch < Number(count); batch++) {
      await session.run(ingestQuery, { rows }).consume();
      sums.rows += rows.length;
    }
  },
};

const rows = mode === "ingest" ? ingestRows(5000, (value) => value) : [];
const run = modes[mode];
await passes(
  async (sums) => {
    const session = db.session();
    await run(sums, session);
    await session.close();
  },
  () => db.close(),
);
