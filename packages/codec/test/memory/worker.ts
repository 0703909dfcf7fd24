// Run as a worker: decodes and encodes with this thread's own instance of the module.
import { parentPort, workerData } from "node:worker_threads";
import { createCodec } from "@fulgur/neo4j-codec";
import { wasmMemory } from "../../src/wasm/memory.ts";

const { stream, fields, rounds } = workerData as { stream: Uint8Array; fields: string[]; rounds: number };
const codec = createCodec({ version: "6.1", engine: "wasm" });
let sum = 0;
let encoded = 0;
for (let i = 0; i < rounds; i++) {
  const decoder = codec.decoder();
  decoder.expect({ statement: "worker", fields });
  const rows: unknown[] = [];
  for (const item of decoder.push(stream)) if (item.type === "RECORD") rows.push(...item.objects(fields));
  for (const row of rows) sum += (row as { id: number; name: string }).id + (row as { name: string }).name.length;
  encoded = codec.encodeValue(rows).length;
}
parentPort?.postMessage({ sum, encoded, engine: codec.engine, memory: wasmMemory() !== undefined });
