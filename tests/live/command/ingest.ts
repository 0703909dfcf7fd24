import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { auth, type Driver, driver } from "@fulgur/neo4j-driver";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Bench, type Ended, environment, fulgur, type RunOptions, startFulgur } from "./fulgur.ts";

export function ingestTests(bench: () => Bench): void {
  const env = () => environment(bench());
  let db: Driver;
  beforeAll(() => {
    const { uri, username, password } = bench().server;
    db = driver(uri, auth.basic(username, password));
  });
  afterAll(() => db?.close());
  beforeEach(async () => {
    await db
      .executeQuery("MATCH (n:FulgurCommand) CALL (n) { DETACH DELETE n } IN TRANSACTIONS", {}, {})
      .catch(() => db.executeQuery("MATCH (n:FulgurCommand) DETACH DELETE n"));
  });

  const ingest = (args: readonly string[], options: RunOptions = {}): Promise<Ended> =>
    fulgur(["ingest", ...args], { ...options, env: env(), cwd: bench().folder });

  async function write(name: string, text: string): Promise<string> {
    await writeFile(join(bench().folder, name), text);
    return name;
  }

  async function count(cypher: string): Promise<unknown[]> {
    const { records } = await db.executeQuery(cypher);
    return records[0]?.values() ?? [];
  }

  const events = ({ stdout }: Pick<Ended, "stdout">): { event: string; [key: string]: unknown }[] =>
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));

  const people = "id,name,born\n1,Ada,1815-12-10\n2,Grace,1906-12-09\n3,Alan,1912-06-23\n";

  describe("fulgur ingest", { timeout: 180_000 }, () => {
    it("writes the steps of a plan, tells what it does, and leaves no checkpoint", async () => {
      await write("people.csv", people);
      await write("knows.jsonl", '{"a":1,"b":2,"since":1950}\n{"a":2,"b":3,"since":1951}\n');
      const plan = await write(
        "plan.yaml",
        `
steps:
  - name: people
    source: people.csv
    nodes: { labels: [FulgurCommand, Person], key: id }
    types: { id: integer, born: date }
    constraints: create
  - source: knows.jsonl
    relationships:
      type: KNOWS
      from: { label: FulgurCommand, key: id, field: a }
      to: { label: FulgurCommand, key: id, field: b }
`,
      );
      const { code, stdout, stderr } = await ingest([plan]);
      expect([code, stdout.split("\n")]).toEqual([
        0,
        [
          expect.stringMatching(/^step +state +rows +rejected +time +rows\/s +server wait +changes$/),
          expect.stringMatching(/^─+( +─+)+$/),
          expect.stringMatching(/^people +done +3 +0 .*3 nodes created/),
          expect.stringMatching(/^KNOWS +done +2 +0 .*2 relationships created/),
          expect.stringMatching(/^all +5 +0 /),
          "",
        ],
      ]);
      expect(stderr).toMatch(/^people: 3 rows, 100 %, .*0 rejected$/m);
      expect(await readdir(bench().folder)).not.toContain("plan.checkpoint");
      expect(
        await count(
          "MATCH (a:FulgurCommand:Person)-[k:KNOWS]->(b) WITH a, k, b ORDER BY k.since RETURN collect(a.name + b.name + k.since), min(a.born) = date('1815-12-10')",
        ),
      ).toEqual([["AdaGrace1950", "GraceAlan1951"], true]);
      // Nodes with a key are merged: once more changes nothing.
      expect((await ingest([plan, "--limit", "1"])).code).toBe(0);
      expect(await count("MATCH (n:FulgurCommand) RETURN count(n)")).toEqual([3]);
    });

    it("takes flags in the place of a plan, and rows from standard input", async () => {
      const args = ["-", "--format", "csv", "--nodes", "FulgurCommand", "--key", "id", "--type", "born=date"];
      const { code } = await ingest([...args, "--row-number", "row", "--constraints", "ignore"], { input: people });
      expect(code).toBe(0);
      expect(await count("MATCH (n:FulgurCommand {name: 'Alan'}) RETURN n.row, n.id")).toEqual([3, 3]);
    });

    it("ends with 3 when rows were rejected, which are in a file", async () => {
      await write("people.csv", "id,born\n1,1815-12-10\n2,never\n3,1912-06-23\n");
      const args = ["people.csv", "--nodes", "FulgurCommand", "--type", "born=date", "--rejected", "bad"];
      const { code, stdout } = await ingest(args);
      expect([code, stdout]).toEqual([3, expect.stringMatching(/^FulgurCommand +done +2 +1 /m)]);
      const [line = "", ...more] = (await readFile(join(bench().folder, "bad/fulgurcommand.jsonl"), "utf8"))
        .trimEnd()
        .split("\n");
      expect([JSON.parse(line), more]).toEqual([expect.objectContaining({ file: "people.csv", row: 2 }), []]);
    });

    it("ends with 1 when too many were rejected; what is committed stays", async () => {
      await write("people.csv", "id,born\n1,1815-12-10\n2,never\n3,never\n");
      const args = ["people.csv", "--nodes", "FulgurCommand", "--type", "born=date", "--max-rejected", "1"];
      const { code, stdout, stderr } = await ingest(args);
      expect([code, stdout]).toEqual([1, expect.stringMatching(/^FulgurCommand +failed/m)]);
      expect(stderr).toMatch(/^fulgur: The step FulgurCommand failed: .*reject.*What is committed stays/m);
    });

    it("refuses to take two things from standard input", async () => {
      const args = ["-", "--format", "csv", "--nodes", "FulgurCommand", "--password-file", "-"];
      const { code, stderr } = await ingest(args, { input: people });
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(/can't be both the rows of the step FulgurCommand and the password/),
      ]);
    });

    it("ends with 2 for a plan that can't be used, at its lines, and connects to nothing", async () => {
      const plan = await write("wrong.yaml", "steps:\n  - source: a.csv\n    nodes: { lable: A }\n");
      const nowhere = { NEO4J_URI: "bolt://127.0.0.1:1" };
      const { code, stderr } = await fulgur(["ingest", plan], { env: nowhere, cwd: bench().folder });
      expect(code).toBe(2);
      expect(stderr).toContain("wrong.yaml:3:14: steps[0].nodes.lable: there is no such key; did you mean labels?");
    });

    it("shows what it would do without a server, and with one which constraints are missing", async () => {
      await write("people.csv", people);
      const plan = await write(
        "dry.yaml",
        "steps:\n  - source: people.csv\n    nodes: { labels: FulgurDry, key: id }\n",
      );
      const nowhere = { NEO4J_URI: "bolt://127.0.0.1:1" };
      const dry = await fulgur(["ingest", plan, "--dry-run"], { env: nowhere, cwd: bench().folder });
      expect([dry.code, dry.stdout]).toEqual([0, expect.stringContaining("MERGE (n:`FulgurDry` {`id`: row.`id`})")]);
      const { stdout } = await ingest([plan, "--dry-run", "--check-constraints"]);
      expect(stdout).toMatch(/^FulgurDry: warning: .*\nNothing was written/m);
      expect(await count("MATCH (n:FulgurDry) RETURN count(n)")).toEqual([0]);
    });

    it("tells machines in lines of JSON, without the password", async () => {
      await write("people.csv", people);
      const plan = await write(
        "json.yaml",
        "steps:\n  - source: people.csv\n    nodes: { labels: [FulgurJson, FulgurCommand], key: id }\n",
      );
      const ended = await ingest([plan, "--json"]);
      const all = events(ended);
      expect(all.map(({ event }) => event)).toEqual(["step", "warning", "progress", "summary"]);
      expect(all[1]).toMatchObject({ step: "FulgurJson", code: "INGEST_NO_INDEX" });
      const steps = [{ step: "FulgurJson", state: "done", progress: { rows: 3 }, counters: { nodesCreated: 3 } }];
      expect(all[3]).toMatchObject({ exitCode: 0, steps });
      expect(ended.stdout + ended.stderr).not.toContain(bench().server.password);
    });
  });

  /** Large enough to be interrupted, and slow enough: a transaction has few rows. */
  async function longJob(name: string, rows: number): Promise<string> {
    const lines = Array.from({ length: rows }, (_, at) => `${at + 1}`);
    await write(`${name}.csv`, `id\n${lines.join("\n")}\n`);
    // Rows are created, not merged: only the ledger and the checkpoint keep any from being written twice.
    return write(
      `${name}.yaml`,
      `steps:\n  - {name: ${name}, source: ${name}.csv, nodes: {labels: FulgurCommand}, types: {id: integer}, batchSize: 20}\n`,
    );
  }

  const whole = "MATCH (n:FulgurCommand) RETURN count(n), count(DISTINCT n.id), sum(n.id)";
  const all = (rows: number) => [rows, rows, (rows * (rows + 1)) / 2];

  describe("a job that is interrupted", { timeout: 180_000 }, () => {
    const start = (plan: string) => startFulgur(["ingest", plan, "--json"], { env: env(), cwd: bench().folder });

    it("finishes what is in flight at the first Ctrl-C, and goes on with --resume", async () => {
      const rows = 4_000;
      const plan = await longJob("once", rows);
      const running = start(plan);
      await running.said(/"event":"progress"/);
      running.process.kill("SIGINT");
      const ended = await running.ended;
      expect([ended.code, ended.stderr]).toEqual([130, expect.stringMatching(/--resume goes on from there/)]);
      const summary = events(ended).at(-1) as unknown as { steps: { state: string; progress: { rows: number } }[] };
      expect(summary.steps).toMatchObject([{ state: "stopped" }]);
      const [written] = await count(whole);
      expect(written).toBe(summary.steps[0]?.progress.rows);
      expect(written).toBeLessThan(rows);
      const careless = await ingest([plan]);
      expect([careless.code, careless.stderr]).toEqual([
        2,
        expect.stringMatching(/--resume goes on.*--restart begins anew/),
      ]);
      const resumed = await ingest([plan, "--resume", "--json"]);
      expect([resumed.code, events(resumed).at(-1)]).toMatchObject([
        0,
        { steps: [{ state: "done", progress: { rows: rows - Number(written) } }] },
      ]);
      expect(await count(whole)).toEqual(all(rows));
    });

    it.each(["SIGINT", "SIGKILL"] as const)(
      "loses and doubles nothing when it is ended at once (%s)",
      async (signal) => {
        const rows = 4_000;
        const plan = await longJob(signal.toLowerCase(), rows);
        const running = start(plan);
        await running.said(/"event":"progress"/);
        if (signal === "SIGINT") {
          running.process.kill(signal);
          await running.said(/"event":"interrupted"/);
        }
        running.process.kill(signal);
        expect((await running.ended).code).toBe(signal === "SIGINT" ? 130 : null);
        expect((await ingest([plan, "--resume"])).code).toBe(0);
        expect(await count(whole)).toEqual(all(rows));
      },
    );
  });
}
