import { readdir, readFile, watch, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type Bench, type Ended, environment, fulgur, startFulgur } from "./fulgur.ts";

export function exportTests(bench: () => Bench): void {
  const env = () => environment(bench());
  const run = (...args: string[]): Promise<Ended> => fulgur(args, { env: env(), cwd: bench().folder });
  const text = (file: string) => readFile(join(bench().folder, file), "utf8");

  const rows = `UNWIND [{id: 1, name: 'Ada', half: 0.5}, {id: 2, name: null, half: 1.0}] AS row
RETURN row.id AS id, row.name AS name, row.half AS half, date('2024-02-29') AS day`;

  describe("fulgur export", { timeout: 180_000 }, () => {
    it("writes CSV and JSON lines, packed where the name says so", async () => {
      const { code, stdout, stderr } = await run("export", rows, "--to", "rows.csv");
      expect([code, stdout]).toEqual([0, ""]);
      expect(stderr).toMatch(/^2 rows to rows\.csv \(56 bytes, [\d.]+ m?s\)\n$/);
      expect(await text("rows.csv")).toBe("id,name,half,day\n1,Ada,0.5,2024-02-29\n2,,1.0,2024-02-29\n");
      expect((await run("export", rows, "--to", "rows.jsonl.gz")).code).toBe(0);
      expect(gunzipSync(await readFile(join(bench().folder, "rows.jsonl.gz"))).toString()).toBe(
        '{"id":1,"name":"Ada","half":0.5,"day":"2024-02-29"}\n{"id":2,"name":null,"half":1.0,"day":"2024-02-29"}\n',
      );
    });

    it.each(["parquet", "arrow"])("writes %s, which ingest reads again", async (ending) => {
      const cypher =
        "UNWIND range(1, $n) AS id RETURN id, 'n' + id % 10 AS name, id * 1.0 AS size, localdatetime() AS at";
      expect((await run("export", cypher, "--param", "n=3000", "--to", `rows.${ending}`)).code).toBe(0);
      const label = `FulgurExport${ending}`;
      expect((await run("ingest", `rows.${ending}`, "--nodes", label)).code).toBe(0);
      const back = `MATCH (n:${label}) RETURN count(*) AS rows, sum(n.id) AS ids, count(DISTINCT n.name) AS names,
      count(CASE WHEN valueType(n.size) STARTS WITH 'FLOAT' THEN 1 END) AS floats,
      count(CASE WHEN valueType(n.at) STARTS WITH 'LOCAL DATETIME' THEN 1 END) AS times`;
      const { stdout } = await run("query", back, "--format", "csv");
      expect(stdout).toBe("rows,ids,names,floats,times\n3000,4501500,10,3000,3000\n");
    });

    it("writes columns of the types that it is told, where the first rows are null", async () => {
      const late = "UNWIND range(1, 100002) AS n RETURN CASE WHEN n > 100001 THEN n END AS late";
      const untold = await run("export", late, "--to", "late.parquet");
      expect([untold.code, untold.stderr]).toEqual([
        1,
        expect.stringMatching(/The column "late" .*`types` can declare .* such as "integer" or "json"/),
      ]);
      expect((await run("export", late, "--to", "late.parquet", "--type", "late=integer")).code).toBe(0);
      const wrong = await run("export", late, "--to", "late.parquet", "-t", "late=int");
      expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/"late" can't be "int"/)]);
    });

    it("writes a file without rows, too, and one to standard output", async () => {
      expect((await run("export", "MATCH (n:FulgurNobody) RETURN n.a AS a, n.b AS b", "--to", "none.csv")).code).toBe(
        0,
      );
      expect(await text("none.csv")).toBe("a,b\n");
      const piped = await run("export", "RETURN 1 AS one", "--to", "-", "--format", "csv");
      expect([piped.code, piped.stdout]).toEqual([0, "one\n1\n"]);
    });

    it("is all or nothing: after a failure or Ctrl-C, what was there before is still there", async () => {
      await writeFile(join(bench().folder, "kept.csv"), "before");
      const failing = "UNWIND range(1, 200000) AS n RETURN 1 / (200000 - n) AS x";
      const failed = await run("export", failing, "--to", "kept.csv");
      expect([failed.code, failed.stderr]).toEqual([1, expect.stringMatching(/\/ by zero/)]);
      const endless = startFulgur(["export", "UNWIND range(1, 100000000) AS n RETURN n", "--to", "kept.csv"], {
        env: env(),
        cwd: bench().folder,
      });
      await partial(bench().folder);
      endless.process.kill("SIGINT");
      expect(await endless.ended).toMatchObject({ code: 130, stderr: "fulgur: Interrupted.\n" });
      expect(await text("kept.csv")).toBe("before");
      expect((await readdir(bench().folder)).filter((file) => file.endsWith(".part"))).toEqual([]);
    });

    it("tells machines what it did in a line of JSON", async () => {
      const { code, stdout, stderr } = await run("export", rows, "--to", "rows.csv", "--json");
      expect([code, stderr]).toEqual([0, ""]);
      expect(JSON.parse(stdout)).toMatchObject({ event: "summary", exitCode: 0, file: "rows.csv", rows: 2, bytes: 56 });
    });

    it("refuses before the query is run what can't be right", async () => {
      for (const [args, message] of [
        [["export", rows], "Nothing says where the rows go"],
        [["export", rows, "--to", "rows.doc"], "give --format, one of csv, jsonl, json, parquet, arrow."],
        [["export", rows, "--to", "nowhere/rows.csv"], "The folder of nowhere/rows.csv can't be used"],
        [["export", "--to", "rows.csv"], "No query is given"],
        [["export", "MATCH (n) WHERE false FINISH", "--to", "x.csv"], "The query returns no columns"],
      ] as const) {
        const { code, stderr } = await run(...args);
        expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
      }
      // That one has been run.
      const done = await run("export", "CREATE (n:FulgurNobody) DELETE n", "--write", "--to", "x.csv");
      expect([done.code, done.stderr]).toEqual([
        1,
        "fulgur: The query returns no columns: it needs a RETURN. It was run all the same: 1 node created, 1 node deleted, 1 label added.\n",
      ]);
      const writing = await run("export", "CREATE (n:FulgurNobody) RETURN n", "--to", "x.csv");
      expect([writing.code, writing.stderr]).toEqual([1, expect.stringContaining("AccessMode")]);
    });
  });
}

/** Resolves when a file is being written. */
async function partial(folder: string): Promise<void> {
  if ((await readdir(folder)).some((file) => file.endsWith(".part"))) return;
  for await (const { filename } of watch(folder)) if (filename?.endsWith(".part")) return;
}
