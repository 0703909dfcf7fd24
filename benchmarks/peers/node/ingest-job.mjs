// What the programs that write a whole job have in common: the rows and the Cypher.
import { readFileSync } from "node:fs";
import { count, ingestRows } from "./passes.mjs";

/** Rows of a job, each different from the others. */
export function jobRows(integer) {
  return ingestRows(Number(count), integer);
}

/** The same one by one, for sources that nobody holds in memory. */
export function* jobRowsOneByOne() {
  const size = 1000;
  for (let from = 0; from < Number(count); from += size)
    yield* ingestRows(Math.min(size, Number(count) - from), (value) => value, from);
}

/** What `ingest()` makes of `nodes: { labels: "Person", key: "id" }`, for those who write it by hand. */
export const jobQuery = readFileSync(new URL("../job.cypher", import.meta.url), "utf8").trim();
