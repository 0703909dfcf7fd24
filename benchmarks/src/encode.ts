import { Packr } from "msgpackr";
import { type Candidate, interleave, type Timing } from "./interleave.ts";
import { codecFor, encodeWithFulgur } from "./peers/fulgur.ts";
import { encodeWithNpmDriver, npmInt } from "./peers/npm-driver.ts";
import { ingestRows } from "./workloads.ts";

const query = "UNWIND $rows AS row MERGE (p:Person {id: row.id}) SET p += row";
const batchSize = 5000;
const batchCount = 10;
const same = (value: number) => value;

function batchesOf(integer: (value: number) => unknown, decimal: (value: number) => unknown): unknown[][] {
  const rows = ingestRows(batchSize * batchCount, integer, decimal);
  return Array.from({ length: batchCount }, (_, index) => rows.slice(index * batchSize, (index + 1) * batchSize));
}

/** Times the encoding of ingest batches by everyone: 10 batches of 5,000 rows with five properties. */
export function benchEncode(rounds: number): { rows: number; timings: Timing[] } {
  const plain = batchesOf(same, same);
  const npm = batchesOf(npmInt, same);
  const packr = new Packr({ useRecords: false });
  const records = new Packr({ useRecords: true });
  const each = (encode: (rows: unknown[]) => number) => () =>
    plain.reduce((count, rows) => count + (encode(rows) > 0 ? rows.length : 0), 0);
  const ours = (["auto", "wasm", "plain"] as const).map((engine): Candidate => {
    const codec = codecFor(engine);
    return { name: `fulgur ${engine}`, run: () => encodeWithFulgur(query, plain, codec) };
  });
  const candidates: Candidate[] = [
    { name: "npm neo4j-driver", run: () => encodeWithNpmDriver(query, npm) },
    ...ours,
    { name: "msgpackr, maps", run: each((rows) => packr.pack({ query, rows }).length) },
    { name: "msgpackr, records", run: each((rows) => records.pack({ query, rows }).length) },
    { name: "JSON.stringify", run: each((rows) => Buffer.from(JSON.stringify({ query, rows })).length) },
  ];
  return { rows: batchSize * batchCount, timings: interleave(candidates, "npm neo4j-driver", rounds) };
}
