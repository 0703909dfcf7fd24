// Run by code-generation.test.ts in a process that forbids code from strings.
import { isDeepStrictEqual } from "node:util";
import { createCodec } from "@fulgur/neo4j-codec";
import { float, Node } from "@fulgur/neo4j-types";
import { canGenerateCode } from "../src/plain/object-factory.ts";

const fields = ["a", "b"];
const results: ((i: number) => unknown[])[] = [
  (i) => [i, i / 2 + 0.25],
  (i) => [new Node(i, ["A"], { name: `n${i}`, tags: [`t${i}`] }, `4:${i}`), { a: i, b: `x${i}` }],
  (i) => [i, i % 7 === 0 ? null : `s${i}`],
];
const server = createCodec({ version: "6.1", role: "server", engine: "plain" });

let same = 0;
let columns = false;
for (const engine of ["auto", "wasm"] as const) {
  for (const [n, row] of results.entries()) {
    const decoder = createCodec({ version: "6.1", engine }).decoder();
    decoder.expect({ statement: `result ${n}`, fields });
    const rows = Array.from({ length: 500 }, (_, i) => row(i));
    const seen: unknown[] = [];
    for (const data of rows) {
      for (const item of decoder.push(server.encodeMessage({ type: "RECORD", data }))) {
        if (item.type === "RECORD") seen.push(...item.rows());
      }
    }
    const all = rows.map((data) => server.encodeMessage({ type: "RECORD", data }));
    const bytes = new Uint8Array(all.reduce((sum, one) => sum + one.length, 0));
    let at = 0;
    for (const one of all) {
      bytes.set(one, at);
      at += one.length;
    }
    for (const item of decoder.push(bytes)) {
      if (item.type !== "RECORD") continue;
      columns ||= item.constructor.name === "ColumnBatch";
      seen.push(...item.objects(fields).map((object) => [object["a"], object["b"]]));
    }
    if (isDeepStrictEqual(seen, [...rows, ...rows])) same++;
  }
}

let refused = "";
try {
  createCodec({ version: "6.1", codeGeneration: true });
} catch (error) {
  refused = (error as Error).name;
}
const rows = Array.from({ length: 200 }, (_, i) => ({ id: i, at: float(i) }));
createCodec({ version: "6.1" }).encodeMessage({ type: "RUN", query: "RETURN 1", parameters: { rows }, extra: {} });
process.stdout.write(JSON.stringify({ canGenerate: canGenerateCode(), refused, same, columns }));
