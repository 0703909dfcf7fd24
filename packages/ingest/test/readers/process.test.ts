/** What only a process of its own shows: standard input and output, and how much memory is enough. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";

const folder = fileURLToPath(new URL("../..", import.meta.url));

/** Runs a module that has `from` of the package's sources; gives what it prints. */
function run(
  code: string,
  { input, flags = [] }: { input?: Uint8Array; flags?: readonly string[] } = {},
): Promise<string> {
  const given = ["--conditions=@fulgur/source", ...flags, "--input-type=module", "--eval", code];
  const child = spawn(process.execPath, given, { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part) => {
      text += part;
    });
    child.on("error", reject).on("close", (exit) => {
      if (exit === 0) resolve(text);
      else reject(new Error(`exit code ${exit}: ${text}`));
    });
  });
}

describe("a process", () => {
  it("reads from standard input and writes to standard output, packed or not", async () => {
    const code = `
      import { readFiles } from "./src/readers/read-files.ts";
      import { writeRows } from "./src/writers/open-writer.ts";
      async function* rows() {
        const source = await readFiles("-", { format: "csv" });
        for await (const { file, rows } of source.chunks()) yield rows.map((row) => ({ file, ...row }));
      }
      await writeRows("-", rows(), { format: "jsonl" });
    `;
    const text = "id,name\n1,Ada\n2,Grace\n";
    for (const input of [Buffer.from(text), gzipSync(text)]) {
      expect(await run(code, { input })).toBe('{"file":"-","id":1,"name":"Ada"}\n{"file":"-","id":2,"name":"Grace"}\n');
    }
  }, 60_000);

  it("reads the 3,000,000 flights of vega-datasets within 64 MB of heap", async () => {
    const code = `
      import { readParquet } from "./src/readers/parquet/read-parquet.ts";
      let [rows, miles] = [0, 0];
      for await (const chunk of readParquet("node_modules/vega-datasets/data/flights-3m.parquet").chunks()) {
        rows += chunk.rows.length;
        for (const { distance } of chunk.rows) miles += distance;
      }
      console.log(rows, miles);
    `;
    expect(await run(code, { flags: ["--max-old-space-size=64"] })).toBe("3000000 2194861208\n");
  }, 120_000);
});
