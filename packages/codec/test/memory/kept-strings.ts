// Run in a process of its own with --expose-gc: keeps one value of every thousand rows, and says what that keeps alive.
import { createCodec } from "@fulgur/neo4j-codec";

declare const gc: () => void;
const [what = "string", detach = "false", engine = "wasm"] = process.argv.slice(2);
const fields = ["id", "text", "tag", "map"];
const server = createCodec({ version: "6.1", role: "server", engine: "plain" });
const codec = createCodec({ version: "6.1", engine: engine as "wasm" | "plain", detachStrings: detach === "true" });

/** What is kept of a row. */
const keep: Record<string, (row: Record<string, unknown>) => unknown> = {
  string: (row) => row["text"],
  "map key": (row) => Object.keys(row["map"] as object)[0],
  "repeated string": (row) => row["tag"],
  row: (row) => row,
};

const kept: unknown[] = [];
const run = (rounds: number): void => {
  for (let round = 0; round < rounds; round++) {
    const decoder = codec.decoder();
    // Keys differ from result to result, so that each is one that was read; no plan is kept, without a statement.
    const key = `a key that is longer than thirteen ${what === "map key" ? round : 0}`;
    decoder.expect({ fields });
    const messages: Uint8Array[] = [];
    for (let i = 0; i < 700; i++) {
      const data = [
        i,
        `${"żx"[i % 2]} a text of this row alone, ${round} ${i} ${"-".repeat(60)}`,
        `one of very few tags, ${i % 3}`,
        { [key]: i },
      ];
      messages.push(server.encodeMessage({ type: "RECORD", data }));
    }
    const rows = what === "single row" ? messages.slice(0, 1) : messages;
    let i = 0;
    for (const item of decoder.push(Buffer.concat(rows))) {
      if (item.type !== "RECORD") continue;
      for (const row of item.objects(fields)) if (i++ % 1000 === 0) kept.push((keep[what] ?? keep["row"])?.(row));
    }
  }
};
const heap = (): number => {
  gc();
  gc();
  return process.memoryUsage().heapUsed;
};

run(20);
kept.length = 0;
const start = heap();
run(300);
process.stdout.write(JSON.stringify({ count: kept.length, bytes: (heap() - start) / kept.length }));
