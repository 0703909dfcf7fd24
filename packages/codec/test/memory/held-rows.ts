// Run in a process of its own with --expose-gc: holds a million decoded rows, drops them, and says what the heap was.
import { createCodec } from "@fulgur/neo4j-codec";

declare const gc: () => void;
const [engine = "wasm"] = process.argv.slice(2);
const rowCount = 1_000_000;
const fields = ["id", "name", "score", "node"];

const server = createCodec({ version: "6.1", role: "server", engine: "plain" });
const messages: Uint8Array[] = [];
for (let i = 0; i < 1000; i++) {
  const data = [i, `a name of its own ${i * 7919}`, i / 7, { labels: i % 3, city: ["Łódź", "Oslo"][i % 2] }];
  messages.push(server.encodeMessage({ type: "RECORD", data }));
}
const buffers = [Buffer.concat(messages)];
const codec = createCodec({ version: "6.1", engine: engine as "wasm" | "plain" });

function decode(rows: number): unknown[] {
  const held: unknown[] = [];
  const decoder = codec.decoder();
  decoder.expect({ statement: "held", fields });
  while (held.length < rows) {
    for (const buffer of buffers) {
      for (const item of decoder.push(buffer)) {
        if (item.type === "RECORD") for (const row of item.objects(fields)) held.push(row);
      }
    }
  }
  decoder.end();
  return held;
}

function heap(): number {
  gc();
  gc();
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
}

// What is made once (code, plans, the dictionary) is made.
decode(20_000);
const start = heap();
let held: unknown[] | undefined = decode(rowCount);
const full = heap();
const count = held.length;
held = undefined;
const end = heap();
process.stdout.write(JSON.stringify({ count, start, full, end }));
