import { Packr } from "msgpackr";
import { type Candidate, interleave, type Timing } from "./interleave.ts";
import { codecFor, decodeWithFulgur, networkBuffers } from "./peers/fulgur.ts";
import { decodeWithNpmDriver } from "./peers/npm-driver.ts";
import { plainData } from "./peers/plain-data.ts";
import { workloads } from "./workloads.ts";

const batchSize = 1000;

function batches<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / batchSize) }, (_, index) =>
    rows.slice(index * batchSize, (index + 1) * batchSize),
  );
}

function msgpackr(name: string, data: readonly object[], options: object): Candidate {
  const packr = new Packr(options);
  const packed = batches(data).map((batch) => Buffer.from(packr.pack(batch)));
  return { name, run: () => packed.reduce((count, bytes) => count + (packr.unpack(bytes) as unknown[]).length, 0) };
}

function json(data: readonly object[]): Candidate {
  const texts = batches(data).map((batch) => Buffer.from(JSON.stringify(batch)));
  return {
    name: "JSON.parse",
    run: () => texts.reduce((count, bytes) => count + (JSON.parse(bytes.toString("utf8")) as unknown[]).length, 0),
  };
}

/** Times the decoding of one workload by everyone. */
export function benchDecode(name: string, rounds: number): { bytes: number; rows: number; timings: Timing[] } {
  const workload = workloads[name]?.();
  if (workload === undefined)
    throw new Error(`No workload is named ${name}; there are: ${Object.keys(workloads).join(", ")}`);
  const { fields, rows } = workload;
  const buffers = networkBuffers(workload);
  const data = rows.map((row) => Object.fromEntries(fields.map((field, index) => [field, plainData(row[index])])));
  const ours = (["auto", "wasm", "plain"] as const).map((engine): Candidate => {
    const codec = codecFor(engine);
    return { name: `fulgur ${engine}`, run: () => decodeWithFulgur(buffers, fields, codec, name) };
  });
  const candidates: Candidate[] = [
    { name: "npm neo4j-driver", run: () => decodeWithNpmDriver(buffers, fields) },
    ...ours,
    msgpackr("msgpackr, maps", data, { useRecords: false }),
    msgpackr("msgpackr, records", data, { useRecords: true }),
    json(data),
  ];
  return {
    bytes: buffers.reduce((sum, buffer) => sum + buffer.length, 0),
    rows: rows.length,
    timings: interleave(candidates, "npm neo4j-driver", rounds),
  };
}
