// npm's neo4j-driver with batches written by hand. See passes.mjs.
import neo4j from "neo4j-driver";
import { jobQuery, jobRows } from "./ingest-job.mjs";
import { mode, passes, port } from "./passes.mjs";

const db = neo4j.driver(`bolt://127.0.0.1:${port}`, neo4j.auth.basic("neo4j", "replayed"));
// Integers as Integer objects: a number would be sent as a FLOAT. They are made before the clock runs.
const rows = jobRows((value) => neo4j.int(value));
const size = 5000;

const modes = {
  "UNWIND by hand": async (sums, session) => {
    for (let from = 0; from < rows.length; from += size) {
      const batch = rows.slice(from, from + size);
      await session.executeWrite((tx) => tx.run(jobQuery, { rows: batch }));
      sums.rows += batch.length;
    }
  },
};

const run = modes[mode];
await passes(
  async (sums) => {
    const session = db.session();
    await run(sums, session);
    await session.close();
  },
  () => db.close(),
);
