// npm's neo4j-driver, by each way to read a result. See passes.mjs.
import neo4j from "neo4j-driver";
import { count, fetchSize, ingestQuery, ingestRows, mode, passes, port, query, workload } from "./passes.mjs";

const db = neo4j.driver(`bolt://127.0.0.1:${port}`, neo4j.auth.basic("neo4j", "replayed"), {
  fetchSize: Number(fetchSize),
});

function addNode(sums, node) {
  const { id, name, age, email, score } = node.properties;
  sums.rows++;
  sums.whole +=
    id.toNumber() + name.length + age.toNumber() + email.length + node.labels[0].length + node.elementId.length;
  sums.decimal += score;
}
function addRow(sums, id, name, score) {
  sums.rows++;
  sums.whole += id.toNumber() + name.length;
  sums.decimal += score;
}
function addObject(sums, { id, name, city, score, active, visits }) {
  sums.rows++;
  sums.whole += id.toNumber() + name.length + city.length + Number(active) + (visits === null ? 0 : visits.toNumber());
  sums.decimal += score;
}
const addRecord =
  workload === "nodes"
    ? (sums, record) => addNode(sums, record.get("n"))
    : (sums, record) => addRow(sums, record.get("id"), record.get("name"), record.get("score"));

const modes = {
  subscribe: (sums, session) =>
    new Promise((resolve, reject) => {
      session
        .run(query)
        .subscribe({ onNext: (record) => addRecord(sums, record), onCompleted: resolve, onError: reject });
    }),
  async "for await"(sums, session) {
    for await (const record of session.run(query)) addRecord(sums, record);
  },
  async eager(sums, session) {
    const { records } = await session.run(query);
    for (const record of records) addRecord(sums, record);
  },
  "objects by subscribe": (sums, session) =>
    new Promise((resolve, reject) => {
      session.run(query).subscribe({
        onNext: (record) => addObject(sums, record.toObject()),
        onCompleted: resolve,
        onError: reject,
      });
    }),
  async objects(sums, session) {
    const { records } = await session.run(query);
    const objects = records.map((record) => record.toObject());
    for (const object of objects) addObject(sums, object);
  },
  async ingest(sums, session) {
    for (let batch = 0; batch < Number(count); batch++) {
      await session.run(ingestQuery, { rows });
      sums.rows += rows.length;
    }
  },
};

// Integers as Integer objects: a number would be sent as a FLOAT.
const rows = mode === "ingest" ? ingestRows(5000, (value) => neo4j.int(value)) : [];
const run = modes[mode];
await passes(
  async (sums) => {
    const session = db.session();
    await run(sums, session);
    await session.close();
  },
  () => db.close(),
);
