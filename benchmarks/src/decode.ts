import type { Codec } from "@fulgur/neo4j-codec";
import { Packr } from "msgpackr";
import { type Candidate, interleave, type Timing } from "./interleave.ts";
import { codecWith, columnsWithFulgur, decodeWithFulgur, fulgurs, networkBuffers } from "./peers/fulgur.ts";
import { decodeWithNpmDriver } from "./peers/npm-driver.ts";
import { plainData } from "./peers/plain-data.ts";
import { type Workload, workloads } from "./workloads.ts";

const batchSize = 1000;
/** Whose speed is told beside the npm driver's. */
export const references = ["msgpackr, maps", "msgpackr, records"];

function batches<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / batchSize) }, (_, index) =>
    rows.slice(index * batchSize, (index + 1) * batchSize),
  );
}

function msgpackr(name: string, data: readonly object[], options: object): Candidate {
  const packr = new Packr(options);
  const packed = batches(data).map((batch) => Buffer.from(packr.pack(batch)));
  return fromBatches(name, packed, (bytes) => packr.unpack(bytes) as unknown[]);
}

function json(data: readonly object[]): Candidate {
  const texts = batches(data).map((batch) => Buffer.from(JSON.stringify(batch)));
  return fromBatches("JSON.parse", texts, (bytes) => JSON.parse(bytes.toString("utf8")) as unknown[]);
}

function fromBatches(name: string, batches: readonly Buffer[], decode: (bytes: Buffer) => unknown[]): Candidate {
  return {
    name,
    run: () => batches.reduce((count, bytes) => count + decode(bytes).length, 0),
    keep: (rows) => {
      for (const bytes of batches) for (const row of decode(bytes)) rows.push(row);
    },
  };
}

/** Times the decoding of one workload by everyone. */
export function benchDecode(name: string, rounds: number): { bytes: number; rows: number; timings: Timing[] } {
  const made = workloads[name]?.();
  if (made === undefined)
    throw new Error(`No workload is named ${name}; there are: ${Object.keys(workloads).join(", ")}`);
  const buffers = networkBuffers(made);
  // Not its rows: a client has the bytes only, and those who make garbage outside the heap pay for all that lies in it.
  const { fields, read } = made;
  const rows = made.rows.length;
  const workload = { name, fields, ...(read !== undefined && { read }) };
  const inRows = (name: string, codec: Codec): Candidate => ({
    name,
    run: () => decodeWithFulgur(buffers, workload, codec),
    keep: (kept) => void decodeWithFulgur(buffers, workload, codec, kept),
  });
  const ours = fulgurs.map(({ name, codec }) => inRows(name, codec()));
  // As plain arrays of numbers they cost V8 more than reading them; an application can ask for typed arrays.
  if (name === "vectors") ours.push(inRows("fulgur, typed lists", codecWith({ floatLists: "typed" })));
  const codec = codecWith({});
  const columns: Candidate = {
    name: "fulgur, columns",
    run: () => columnsWithFulgur(buffers, workload, codec),
    keep: (kept) => void columnsWithFulgur(buffers, workload, codec, kept),
  };
  const npm: Candidate = {
    name: "npm neo4j-driver",
    run: () => decodeWithNpmDriver(buffers, workload),
    keep: (kept) => void decodeWithNpmDriver(buffers, workload, kept),
  };
  const candidates = [npm, ...ours, ...(read === undefined ? [columns, ...plainPeers(made)] : [])];
  return {
    bytes: buffers.reduce((sum, buffer) => sum + buffer.length, 0),
    rows,
    timings: interleave(candidates, "npm neo4j-driver", references, rounds),
  };
}

/** The same rows in formats without Neo4j's types: those whose fields are computed when read have no equal there. */
function plainPeers({ fields, rows }: Workload): Candidate[] {
  const data = rows.map((row) => Object.fromEntries(fields.map((field, index) => [field, plainData(row[index])])));
  return [
    msgpackr("msgpackr, maps", data, { useRecords: false }),
    msgpackr("msgpackr, records", data, { useRecords: true }),
    json(data),
  ];
}
