// Single small messages, where a batch can't help: what one SUCCESS, one RUN and one short RECORD cost.
import { createCodec } from "@fulgur/neo4j-codec";
import { Bench } from "tinybench";
import { decodeWithNpmDriver } from "../src/peers/npm-driver.ts";

const server = createCodec({ version: "6.1", role: "server" });
const client = createCodec({ version: "6.1" });
const record = Buffer.from(server.encodeMessage({ type: "RECORD", data: [1, "Alice", true] }));
const fields = ["id", "name", "active"];
const run = { type: "RUN", query: "RETURN $x", parameters: { x: 1 }, extra: { mode: "r" } } as const;

const bench = new Bench({ name: "single small messages", time: 500 });
bench.add("decode one record, fulgur", () => {
  const decoder = client.decoder();
  for (const message of decoder.push(record)) if (message.type === "RECORD") message.objects(fields);
});
bench.add("decode one record, npm neo4j-driver", () => void decodeWithNpmDriver([record], fields));
bench.add("encode one RUN, fulgur", () => void client.encodeMessage(run));
await bench.run();
console.table(bench.table());
