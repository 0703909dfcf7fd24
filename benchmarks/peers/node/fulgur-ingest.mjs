// `ingest()` of @fulgur/neo4j-ingest, by kinds of sources. See passes.mjs.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auth, driver } from "@fulgur/neo4j-driver";
import { ingest, readCsv } from "@fulgur/neo4j-ingest";
import { jobQuery, jobRows, jobRowsOneByOne } from "./ingest-job.mjs";
import { mode, passes, port } from "./passes.mjs";

const db = driver(`bolt://127.0.0.1:${port}`, auth.basic("neo4j", "replayed"));
const whole = (value) => value;
const folder = mkdtempSync(join(tmpdir(), "fulgur-rows-"));

// A server that replays has no constraints, and that isn't news.
const write = (source) =>
  ingest(db, { nodes: { labels: "Person", key: "id" }, source, onWarning() {} }).then(({ rows }) => rows);

function csvFile() {
  const file = join(folder, "rows.csv");
  const lines = jobRows(whole).map(({ id, age, name, email, score }) => `${id},${age},${name},${email},${score}`);
  writeFileSync(file, `id,age,name,email,score\n${lines.join("\n")}\n`);
  return file;
}

/** Each is made ready before the first pass. */
const modes = {
  "ingest()": () => {
    const rows = jobRows(whole);
    return () => write(rows);
  },
  "ingest(), keys in no order": () => {
    // A prime number that isn't one of the count's: each key still comes once.
    const rows = jobRows(whole).map((row, index, { length }) => ({ ...row, id: (index * 7919) % length }));
    return () => write(rows);
  },
  "ingest() of columns": () => {
    const rows = jobRows(whole);
    const columns = {
      id: Int32Array.from(rows, ({ id }) => id),
      age: Int32Array.from(rows, ({ age }) => age),
      name: rows.map(({ name }) => name),
      email: rows.map(({ email }) => email),
      score: Float64Array.from(rows, ({ score }) => score),
    };
    return () => write(columns);
  },
  "ingest() of a generator": () => () => write(jobRowsOneByOne()),
  "ingest() of a CSV file": () => {
    const file = csvFile();
    return () => write(readCsv(file));
  },
  "the CSV file read, nothing written": () => {
    const file = csvFile();
    return async () => {
      let count = 0;
      for await (const { rows } of readCsv(file).chunks()) count += rows.length;
      return count;
    };
  },
  "UNWIND by hand": () => {
    const rows = jobRows(whole);
    return async () => {
      const session = db.session();
      for (let from = 0; from < rows.length; from += 5000) {
        const batch = rows.slice(from, from + 5000);
        await session.executeWrite((tx) => tx.run(jobQuery, { rows: batch }));
      }
      await session.close();
      return rows.length;
    };
  },
};

const run = modes[mode]();
await passes(
  async (sums) => {
    sums.rows = await run();
  },
  async () => {
    rmSync(folder, { recursive: true, force: true });
    await db.close();
  },
);
