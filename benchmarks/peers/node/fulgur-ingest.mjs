// `ingest()` of @fulgur/neo4j-ingest. See passes.mjs.
import { auth, driver } from "@fulgur/neo4j-driver";
import { ingest } from "@fulgur/neo4j-ingest";
import { jobQuery, jobRows, jobRowsOneByOne } from "./ingest-job.mjs";
import { mode, passes, port } from "./passes.mjs";

const db = driver(`bolt://127.0.0.1:${port}`, auth.basic("neo4j", "replayed"));
const whole = (value) => value;
const nodes = { labels: "Person", key: "id" };

const modes = {
  "ingest()": () => {
    const rows = jobRows(whole);
    return () => ingest(db, { nodes, source: rows });
  },
  "ingest(), batches of 5,000": () => {
    const rows = jobRows(whole);
    return () => ingest(db, { nodes, source: rows, batchSize: 5000 });
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
      return { rows: rows.length };
    };
  },
  "ingest(), generator": () => () => ingest(db, { nodes, source: jobRowsOneByOne() }),
};

const run = modes[mode]();
await passes(
  async (sums) => {
    sums.rows = (await run()).rows;
  },
  () => db.close(),
);
