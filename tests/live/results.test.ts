/** Results of a real server, by every way of reading them; and the code of docs/results.md. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  auth,
  type Driver,
  driver,
  Date as Neo4jDate,
  type Node,
  type Path,
  resultTransformers,
} from "@fulgur/neo4j-driver";
import * as arrow from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentedCode, runDocumented } from "./documented-code.ts";
import { anyServer, type Server } from "./server.ts";

let server: Server;
beforeAll(async () => {
  server = await anyServer();
});
afterAll(() => server?.stop());

describe.each([
  ["results.md", 6],
  ["columns.md", 7],
] as const)("docs/%s", (page, count) => {
  const blocks = documentedCode(page);
  it("has code", () => expect(blocks).toHaveLength(count));
  it.each(blocks)("prints what it says: $title", async (block) => {
    const env = { NEO4J_URI: server.uri, NEO4J_USERNAME: server.username, NEO4J_PASSWORD: server.password };
    expect(await runDocumented(block, env)).toEqual(block.prints);
  });
});

describe.each(["wasm", "plain"] as const)("with the %s engine a result of a real server", (engine) => {
  let db: Driver;
  beforeAll(() => {
    db = driver(server.uri, auth.basic(server.username, server.password), { engine });
  });
  afterAll(() => db?.close());

  const query = `UNWIND range(1, 5000) AS i
    RETURN i, i * 1.0 AS f, CASE i % 3 WHEN 0 THEN null ELSE 'name ' + i END AS s, [i, i + 1] AS l, {a: i} AS m,
      date('2024-02-29') + duration({days: i}) AS d, i % 2 = 0 AS b`;

  it("is the same by rows, lists, columns and batches, whatever the portions (RES-11, RES-13)", async () => {
    for (const fetchSize of [7, 1000, -1]) {
      await using session = db.session({ fetchSize });
      const rows = await session.run(query).rows();
      expect(rows).toHaveLength(5000);
      expect(rows[1]).toEqual({
        i: 2,
        f: 2,
        s: "name 2",
        l: [2, 3],
        m: { a: 2 },
        d: new Neo4jDate(2024, 3, 2),
        b: true,
      });
      const values = await session.run(query).values();
      expect(values.map((row) => row[0])).toEqual(rows.map(({ i }) => i));
      const table = await session.run(query).columns();
      const cells = table.columns.map((column) => column.toArray());
      expect(values.map((_, row) => cells.map((column) => column[row]))).toEqual(values);
      if (engine === "wasm") expect(table.column("f")?.type).toBe("float64");
      let count = 0;
      for await (const batch of session.run(query).batches()) count += batch.columns().length;
      expect(count).toBe(5000);
    }
  });

  it("becomes an expanded table, and one of Arrow (RES-13, RES-14, RES-16)", async () => {
    const resultTransformer = resultTransformers.columns({ expand: true, parseDates: true });
    const table = await db.executeQuery(`${query} ORDER BY i DESC LIMIT 2`, {}, { resultTransformer });
    expect(table.names).toEqual(["i", "f", "s", "l[].0", "l[].1", "m{}.a", "d", "b"]);
    expect(table.column("l[].1")?.toArray()).toEqual([5001, 5000]);
    expect(table.column("d")?.get(0)).toBeInstanceOf(Date);
    const inArrow = await db.executeQuery(query, {}, { resultTransformer: resultTransformers.arrow(arrow) });
    expect(arrow.tableFromIPC(arrow.tableToIPC(inArrow)).getChild("s")?.get(4999)).toBe("name 5000");
  });

  it("has a graph of its nodes and relationships, and plain data of them (RES-09, RES-12, REC-15)", async () => {
    await using session = db.session();
    const transaction = await session.beginTransaction();
    const made =
      "CREATE p = (a:RT {name: 'a'})-[:NEXT {w: 1}]->(:RT {name: 'b'})-[:NEXT]->(a) RETURN p, a, nodes(p) AS ns";
    const result = transaction.run<{ p: Path; a: Node; ns: Node[] }>(made);
    const graph = await result.graph();
    expect([graph.nodes.size, graph.relationships.size]).toEqual([2, 2]);
    const record = (await result.single({ strict: true })).get("p");
    expect(record.start.graph).toBe(graph);
    const data = await transaction.run("MATCH (a:RT)-[r]->(b:RT) WHERE a.name = 'a' RETURN a, r, b").data();
    expect(data).toEqual([{ a: { name: "a" }, r: [{ name: "a" }, "NEXT", { name: "b" }], b: { name: "b" } }]);
    await transaction.rollback();
  });

  it("gives up what isn't read: the connection serves the next at once (RES-05, RES-06)", async () => {
    await using session = db.session({ fetchSize: 10 });
    const started = session.run("UNWIND range(1, 100000000) AS n RETURN n");
    expect((await started.single())?.get("n")).toBe(1);
    expect(await session.run("RETURN 2 AS two").value()).toEqual([2]);
  });
});

describe("columns", () => {
  it("go to DuckDB and back as Apache Arrow, in the example as it stands (MAP-13, RES-13)", async () => {
    const env = {
      ...process.env,
      NEO4J_URI: server.uri,
      NEO4J_USERNAME: server.username,
      NEO4J_PASSWORD: server.password,
    };
    const program = fileURLToPath(new URL("../../examples/columns/columns.ts", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=@fulgur/source", program], { env });
    expect(stdout.trim().split("\n")).toEqual([
      expect.stringMatching(/^30000 readings: sensor Dictionary<.*>, day Date32<DAY>, celsius Float64$/),
      expect.stringMatching(/^attic: 10000 readings until 2024-10-26, \d+(\.\d+)? degrees on average$/),
      expect.stringMatching(/^cellar: 10000 readings until 2024-10-26, /),
      expect.stringMatching(/^garden: 10000 readings until 2024-10-26, /),
    ]);
    await using db = driver(server.uri, auth.basic(server.username, server.password));
    await db.executeQuery("MATCH (n) WHERE any(label IN labels(n) WHERE label STARTS WITH 'FulgurColumns') DELETE n");
    await db.executeQuery("DROP CONSTRAINT fulgur_columns_reading");
  }, 120_000);
});
