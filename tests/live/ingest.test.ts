/** Ingestion into a real Neo4j: what is written, and that a job which is killed goes on as if nothing had been. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { auth, cypher, type Driver, driver } from "@fulgur/neo4j-driver";
import { type IngestWarning, ingest, type RejectedRow } from "@fulgur/neo4j-ingest";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { documentedCode, runDocumented } from "./documented-code.ts";
import { type JobArguments, nobody, noProperty, rowCount } from "./ingest-job.ts";
import { anyServer, type Server } from "./server.ts";

let server: Server;
let db: Driver;
let folder: string;
beforeAll(async () => {
  server = await anyServer();
  db = driver(server.uri, auth.basic(server.username, server.password));
  folder = mkdtempSync(join(tmpdir(), "fulgur-ingest-"));
});
afterAll(async () => {
  await db?.close();
  await server?.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

const script = fileURLToPath(new URL("./ingest-job.ts", import.meta.url));

/** Runs the job, and kills it so many milliseconds after it has written so many batches; gives whether it was finished before. */
function runAndKill(job: JobArguments, batches: number, delay: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--conditions=@fulgur/source", script, JSON.stringify(job)], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    let errors = "";
    let isKilling = false;
    const kill = () => {
      if (isKilling) return;
      isKilling = true;
      setTimeout(() => child.kill("SIGKILL"), delay);
    };
    if (batches === 0) kill();
    child.stdout.on("data", (text: Buffer) => {
      out += text;
      if (out.split("\n").length > batches) kill();
    });
    child.stderr.on("data", (text: Buffer) => (errors += text));
    child.on("close", (code, signal) => {
      if (signal === null && code !== 0) reject(new Error(errors));
      else resolve(out.includes("finished"));
    });
  });
}

async function one<T extends object>(query: string): Promise<T> {
  return (await db.executeQuery<T>(query)).records[0]!.toObject();
}

const end = { label: "Person", key: "id" };
const people = (count: number) => Array.from({ length: count }, (_, id) => ({ id, name: `p ${id}`, "a `b": id / 2 }));

describe("nodes and relationships", () => {
  afterEach(async () => {
    await db.executeQuery("MATCH (n) DETACH DELETE n");
    const { records } = await db.executeQuery<{ name: string }>("SHOW CONSTRAINTS YIELD name");
    for (const record of records)
      await db.executeQuery(cypher`DROP CONSTRAINT ${cypher.identifier(record.get("name"))}`);
  });

  it("are merged by a key whose constraint was made, and a second time nothing changes", async () => {
    const options = {
      nodes: { labels: ["Person", "Human"], key: "id" },
      source: people(3000),
      constraints: "create",
      concurrency: 4,
      batchSize: 500,
    } as const;
    const first = await ingest(db, options);
    expect(first.counters).toMatchObject({ nodesCreated: 3000, labelsAdded: 6000 });
    expect((await ingest(db, options)).counters.nodesCreated).toBe(0);
    expect(await one("SHOW CONSTRAINTS YIELD type, labelsOrTypes AS labels, properties")).toMatchObject({
      labels: ["Person"],
      properties: ["id"],
    });
    const found = await one(
      "MATCH (p:Person:Human) RETURN count(p) AS count, sum(p.id) AS ids, sum(p.`a ``b`) AS halves",
    );
    expect(found).toEqual({ count: 3000, ids: 4498500, halves: 2249250 });
  });

  it("without a constraint are warned of, and with one are not", async () => {
    const warnings: IngestWarning[] = [];
    const options = {
      nodes: { labels: "Person", key: "id" },
      source: people(1),
      onWarning: (w: IngestWarning) => void warnings.push(w),
    };
    await ingest(db, options);
    expect(warnings).toMatchObject([{ code: "INGEST_NO_INDEX", name: "IngestWarning" }]);
    expect(warnings[0]!.message).toMatch(/:`Person` by `id`.*reads all nodes.*CREATE CONSTRAINT IF NOT EXISTS FOR/);
    await db.executeQuery("CREATE INDEX person FOR (p:Person) ON (p.id)");
    await ingest(db, options);
    await db.executeQuery("DROP INDEX person");
    await ingest(db, { ...options, constraints: "ignore" });
    expect(warnings).toHaveLength(1);
  });

  it("merged by a relationship's key without an index are warned of, and no constraint is made for it", async () => {
    const warnings: IngestWarning[] = [];
    const options = {
      relationships: { type: "SINCE", from: end, to: end, key: "year", missingEnds: "create" },
      // What would break a uniqueness constraint: the same key between other nodes.
      source: [1, 2, 3].map((to) => ({ from: 0, to, year: 1950 })),
      constraints: "create",
      onWarning: (w: IngestWarning) => void warnings.push(w),
    } as const;
    expect((await ingest(db, options)).counters.relationshipsCreated).toBe(3);
    expect(await one("SHOW CONSTRAINTS YIELD entityType RETURN collect(entityType) AS kinds")).toEqual({
      kinds: ["NODE"],
    });
    expect(warnings).toMatchObject([{ code: "INGEST_NO_INDEX" }]);
    const advice = "CREATE CONSTRAINT IF NOT EXISTS FOR ()-[r:`SINCE`]-() REQUIRE r.`year` IS UNIQUE";
    expect(warnings[0]!.message).toMatch(/relationships :`SINCE` by `year`: .*between its two nodes/);
    expect(warnings[0]!.message).toContain(advice);
    // With the one that it advises, rows that have different keys are merged, and nobody is warned.
    await db.executeQuery("MATCH ()-[r:SINCE]->() DELETE r");
    await db.executeQuery(advice);
    const source = [1, 2, 3].map((to) => ({ from: 0, to, year: 1950 + to }));
    for (const created of [3, 0]) {
      expect((await ingest(db, { ...options, source })).counters.relationshipsCreated).toBe(created);
    }
    expect(warnings).toHaveLength(1);
    // It is of another type, and created ones are never looked for.
    await ingest(db, { ...options, relationships: { ...options.relationships, type: "OTHER", mode: "create" } });
    expect(warnings).toHaveLength(1);
  });

  it.each(["known to be unique", "not known to be unique"])(
    "have ends by a key that is %s; without one the row is rejected",
    async (how) => {
      await ingest(db, {
        nodes: { labels: "Person", key: "id" },
        source: people(300),
        constraints: how === "known to be unique" ? "create" : "ignore",
      });
      // A row that matches twice must not hide one that doesn't match at all.
      if (how !== "known to be unique") await db.executeQuery("CREATE (:Person {id: 7})");
      const source = Array.from({ length: 600 }, (_, row) => ({
        from: row % 300,
        to: row % 100 === 50 ? 1000 : (row * 7) % 300,
        row,
      }));
      const rejected: RejectedRow[] = [];
      const result = await ingest(db, {
        relationships: { type: "KNOWS", from: end, to: end },
        source,
        rejected: (row) => void rejected.push(row),
        concurrency: 3,
        batchSize: 60,
        onWarning: () => {},
      });
      expect(result).toMatchObject({ rows: 594, rejected: 6, unmatched: 0 });
      expect(rejected.map(({ row }) => row).sort((a, b) => a - b)).toEqual([51, 151, 251, 351, 451, 551]);
      expect(rejected[0]!.reason).toBe("There is no node for the relationship's `to`.");
      const found = await one<{ rows: number; keys: string[][] }>(
        "MATCH ()-[k:KNOWS]->() RETURN count(DISTINCT k.row) AS rows, collect(DISTINCT keys(k)) AS keys",
      );
      expect(found).toEqual({ rows: 594, keys: [["row"]] });
    },
  );

  it("may be skipped or made where an end is missing", async () => {
    const target = { type: "KNOWS", from: end, to: end, properties: [] as string[] };
    const options = {
      source: [
        { from: 1, to: 2 },
        { from: 2, to: null },
      ],
      constraints: "ignore",
    } as const;
    const skipped = await ingest(db, { ...options, relationships: { ...target, missingEnds: "skip" } });
    expect(skipped).toMatchObject({ rows: 2, unmatched: 2, rejected: 0 });
    const made = await ingest(db, { ...options, relationships: { ...target, missingEnds: "create" }, maxRejected: 1 });
    expect(made).toMatchObject({ rows: 1, rejected: 1 });
    expect(made.counters).toMatchObject({ nodesCreated: 2, relationshipsCreated: 1 });
  });

  it("are written by one batch after the other where their keys are equal: the last one counts", async () => {
    await ingest(db, {
      nodes: { labels: "Person", key: "id" },
      source: Array.from({ length: 4000 }, (_, n) => ({ id: n % 40, n })),
      concurrency: 4,
      batchSize: 100,
      constraints: "create",
    });
    expect(await one("MATCH (p:Person) RETURN count(p) AS count, min(p.n) AS least")).toEqual({
      count: 40,
      least: 3960,
    });
  });

  it("of one label don't deadlock, though every batch writes all nodes", async () => {
    await ingest(db, { nodes: { labels: "Person", key: "id" }, source: people(64), constraints: "create" });
    const { retried, rows } = await ingest(db, {
      relationships: { type: "KNOWS", from: end, to: end, key: "row" },
      source: Array.from({ length: 6000 }, (_, row) => ({ from: row % 64, to: (row * 37 + 11) % 64, row })),
      concurrency: 4,
      batchSize: 200,
    });
    expect({ retried, rows }).toEqual({ retried: 0, rows: 6000 });
  });

  it("come from columns of all kinds", async () => {
    const table = await db
      .session()
      .run("UNWIND range(1, 500) AS id RETURN id, 'n' + id AS name, toFloat(id) AS half")
      .columns();
    await ingest(db, { nodes: { labels: "Person", key: "id" }, source: table, batchSize: 90, constraints: "create" });
    const found =
      "MATCH (p:Person) RETURN count(DISTINCT p.name) AS names, sum(p.id) AS ids, valueType(max(p.half)) AS type";
    expect(await one(found)).toEqual({ names: 500, ids: 125250, type: "FLOAT NOT NULL" });
  });

  it("that can't be written are rejected by the server's reason, whatever it is", async () => {
    await db.executeQuery("CREATE CONSTRAINT FOR (p:Person) REQUIRE p.id IS UNIQUE");
    await db.executeQuery("CREATE (:Person {id: 5})");
    const bad: Record<number, unknown> = { 20: [[1]], 30: () => 1, 40: { a: 1 } };
    const source = Array.from({ length: 100 }, (_, id) => ({ id, value: bad[id] ?? "fine" }));
    const rejected: RejectedRow[] = [];
    await ingest(db, {
      nodes: { labels: "Person", key: "id", mode: "create" },
      source,
      rejected: (row) => void rejected.push(row),
    });
    expect(rejected.map(({ row, code }) => [row, code]).sort(([a], [b]) => Number(a) - Number(b))).toEqual([
      [6, "Neo.ClientError.Schema.ConstraintValidationFailed"],
      [21, "Neo.ClientError.Statement.TypeError"],
      [31, undefined],
      [41, "Neo.ClientError.Statement.TypeError"],
    ]);
    expect(await one("MATCH (p:Person) RETURN count(p) AS count")).toEqual({ count: 97 });
  });
});

describe("docs/ingest.md", () => {
  const blocks = documentedCode("ingest.md");
  it("has code", () => expect(blocks).toHaveLength(5));
  it.each(blocks)("prints what it says: $title", async (block) => {
    const { uri, username, password } = server;
    const env = { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password };
    expect(await runDocumented(block, env)).toEqual(block.prints);
  });
});

describe("a job that is killed", () => {
  const kinds = ["create", "merge", "relationships", "query"] as const;
  /** After how many batches of each run, and milliseconds: before the first one, early, and late. */
  const moments = [
    [0, 600],
    [1, 0],
    [9, 3],
    [3, 17],
    [25, 1],
  ] as const;

  it.each(kinds)(
    "and goes on has written each row once: %s",
    async (kind) => {
      await db.executeQuery("MATCH (n) WHERE n:KilledNode OR n:KilledPerson DETACH DELETE n");
      await db.executeQuery("CREATE CONSTRAINT killed_node IF NOT EXISTS FOR (n:KilledNode) REQUIRE n.row IS UNIQUE");
      // Doubled rows are to be seen, not refused.
      if (kind === "create" || kind === "query") await db.executeQuery("DROP CONSTRAINT killed_node");
      await db.executeQuery(
        "CREATE CONSTRAINT killed_person IF NOT EXISTS FOR (n:KilledPerson) REQUIRE n.id IS UNIQUE",
      );
      await db.executeQuery("UNWIND range(0, 499) AS id CREATE (:KilledPerson {id: id})");
      const files = { checkpoint: join(folder, `${kind}.checkpoint`), rejected: join(folder, `${kind}.rejected`) };
      const job: JobArguments = {
        uri: server.uri,
        username: server.username,
        password: server.password,
        kind,
        ...files,
      };
      for (const [batches, delay] of moments) await runAndKill(job, batches, delay);
      expect(await runAndKill(job, Number.POSITIVE_INFINITY, 0)).toBe(true);
      // Once more: there is nothing left to do.
      expect(await runAndKill(job, Number.POSITIVE_INFINITY, 0)).toBe(true);

      const isBad = kind === "relationships" ? nobody : noProperty;
      const all = Array.from({ length: rowCount }, (_, row) => row);
      const good = all.filter((row) => !isBad(row));
      const pattern = kind === "relationships" ? "()-[n:KILLED]->()" : "(n:KilledNode)";
      const found = await one<{ count: number; rows: number; sum: number; wrong: number }>(
        `MATCH ${pattern} RETURN count(n) AS count, count(DISTINCT n.row) AS rows, sum(n.row) AS sum,
       sum(CASE WHEN n.value = 'value ' + toString(n.row) THEN 0 ELSE 1 END) AS wrong`,
      );
      const sum = good.reduce((total, row) => total + row, 0);
      expect(found).toEqual({ count: good.length, rows: good.length, sum, wrong: 0 });
      const rejected = readFileSync(files.rejected, "utf8").trimEnd().split("\n");
      const numbers = rejected.map((line) => (JSON.parse(line) as { row: number }).row - 1);
      expect(numbers.sort((a, b) => a - b)).toEqual(all.filter(isBad));
      expect(await one("MATCH (l:FulgurIngestLedger) RETURN count(l) AS left")).toEqual({ left: 0 });
    },
    180_000,
  );
});
