import { Packr } from "msgpackr";
import { references } from "./decode.ts";
import { encodeWorkloads } from "./encode-workloads.ts";
import { type Candidate, interleave, type Timing } from "./interleave.ts";
import { codecWith, encodeWithFulgur, fulgurs } from "./peers/fulgur.ts";
import { encodeWithNpmDriver, npmInt } from "./peers/npm-driver.ts";

/** Times the encoding of one workload's batches by everyone. */
export function benchEncode(name: string, rounds: number): { rows: number; timings: Timing[] } {
  const workload = encodeWorkloads[name]?.();
  if (workload === undefined)
    throw new Error(`No workload is named ${name}; there are: ${Object.keys(encodeWorkloads).join(", ")}`);
  const { query } = workload;
  const plain = workload.rows((value) => value);
  const npm = workload.rows(npmInt);
  const own = workload.ours?.() ?? plain;
  const tables = workload.columns();
  checkBytes(query, own, tables);
  const packr = new Packr({ useRecords: false });
  const records = new Packr({ useRecords: true });
  const each = (encode: (rows: unknown[]) => number) => () =>
    plain.reduce((count, rows) => count + (encode(rows) > 0 ? rows.length : 0), 0);
  const ours = fulgurs.map(({ name, codec: make }): Candidate => {
    const codec = make();
    return { name, run: () => encodeWithFulgur(query, own, codec) };
  });
  const codec = codecWith({});
  const candidates: Candidate[] = [
    { name: "npm neo4j-driver", run: () => encodeWithNpmDriver(query, npm) },
    ...ours,
    { name: "fulgur, columns", run: () => encodeWithFulgur(query, tables, codec) },
    { name: "msgpackr, maps", run: each((rows) => packr.pack({ query, rows }).length) },
    { name: "msgpackr, records", run: each((rows) => records.pack({ query, rows }).length) },
    { name: "JSON.stringify", run: each((rows) => Buffer.from(JSON.stringify({ query, rows })).length) },
  ];
  return {
    rows: plain.reduce((count, rows) => count + rows.length, 0),
    timings: interleave(candidates, "npm neo4j-driver", references, rounds),
  };
}

/** What is compared has to be the same work: columns give the bytes that row objects give. */
function checkBytes(query: string, batches: readonly unknown[], tables: readonly unknown[]): void {
  const codec = codecWith({ engine: "plain" });
  for (const [at, rows] of batches.entries()) {
    const [byRows, byColumns] = [rows, tables[at]].map((rows) =>
      codec.encodeMessage({ type: "RUN", query, parameters: { rows }, extra: {} }),
    );
    if (!Buffer.from(byRows as Uint8Array).equals(byColumns as Uint8Array))
      throw new Error("Columns give other bytes than rows");
  }
}
