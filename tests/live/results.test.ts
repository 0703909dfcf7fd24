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
  type Result,
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

  it("has in Arrow a type for each of Cypher's, and nulls (RES-13, RES-19)", async () => {
    const cases: [cypher: string, type: string, cell: unknown][] = [
      ["true", "Bool", true],
      ["1", "Int32", "1"],
      ["9007199254740993", "Int64", "9007199254740993"],
      ["-9223372036854775808", "Int64", "-9223372036854775808"],
      ["0.5", "Float64", "0.5"],
      ["'text'", "Utf8", "text"],
      ["[1, 2]", "List<Int32>", ["1", "2"]],
      ["{a: 1, b: 'x'}", "Struct<{a:Int32, b:Utf8}>", { a: "1", b: "x" }],
      ["date('1969-12-31')", "Date32<DAY>", "-86400000"],
      ["localtime('10:00:00.000000001')", "Time64<NANOSECOND>", "36000000000001"],
      ["time('10:00+01:00')", "Utf8", "10:00:00+01:00"],
      ["localdatetime('1969-12-31T23:59:59.999')", "Timestamp<MICROSECOND>", "-1"],
      ["localdatetime('1970-01-01T00:00:01.000000001')", "Timestamp<NANOSECOND>", "1000.000001"],
      ["datetime('1970-01-01T01:00:01+01:00')", "Timestamp<MICROSECOND, +01:00>", "1000"],
      ["datetime('1970-01-01T00:00:01[Europe/London]')", "Timestamp<MICROSECOND, Europe/London>", "-3599000"],
      [
        "duration('P1Y2DT3.5S')",
        "Struct<{months:Int64, days:Int64, seconds:Int64, nanoseconds:Int64}>",
        { months: "12", days: "2", seconds: "3", nanoseconds: "500000000" },
      ],
      ["point({x: 1, y: 2})", "Struct<{srid:Int32, x:Float64, y:Float64}>", { srid: "7203", x: "1", y: "2" }],
    ];
    const returned = cases.map(([cypher], i) => `CASE WHEN n < 100 THEN ${cypher} END AS c${i}`).join(", ");
    const resultTransformer = resultTransformers.arrow(arrow, { dictionaries: false });
    const made = await db.executeQuery(`UNWIND range(1, 100) AS n RETURN ${returned}`, {}, { resultTransformer });
    const table = arrow.tableFromIPC(arrow.tableToIPC(made));
    expect(table.schema.fields.map(({ type }) => String(type))).toEqual(cases.map(([, type]) => type));
    const plain = (cell: unknown): unknown => {
      if (cell === null || typeof cell === "string" || typeof cell === "boolean") return cell;
      if (cell instanceof arrow.Vector) return Array.from(cell, plain);
      if (typeof cell !== "object") return String(cell);
      const entries = Object.entries((cell as { toJSON(): object }).toJSON());
      return Object.fromEntries(entries.map(([key, value]) => [key, plain(value)]));
    };
    for (const [i, [cypher, , cell]] of cases.entries()) {
      const column = table.getChildAt(i) as arrow.Vector;
      expect(
        [0, 98, 99].map((row) => plain(column.get(row))),
        cypher,
      ).toEqual([cell, cell, null]);
    }
  });

  it("that fails, or is cancelled, half-way gives the batches before; then its session goes on (RES-13, ASY-06)", async () => {
    await using session = db.session({ fetchSize: 1000 });
    const failing = "UNWIND range(1, 5000) AS n RETURN 1 / (3000 - n) AS x";
    let seen = 0;
    const reading = async (result: Result, before: () => void = () => {}) => {
      for await (const batch of result.batches()) {
        seen += batch.toArrow(arrow).numRows;
        before();
      }
    };
    await expect(reading(session.run(failing))).rejects.toThrow(/by zero/);
    expect(seen).toBe(2999);
    await expect(session.run(failing).columns()).rejects.toThrow(/by zero/);
    await expect(session.run(failing).toArrow(arrow)).rejects.toThrow(/by zero/);
    const abort = new AbortController();
    const endless = session.run("UNWIND range(1, 100000000) AS n RETURN n", {}, { signal: abort.signal });
    const stop = () => seen > 5000 && abort.abort(new Error("enough"));
    await expect(reading(endless, () => void stop())).rejects.toThrow("enough");
    expect((await session.run("RETURN 1 AS n").columns()).length).toBe(1);
  });

  it("streams in record batches of one schema, whatever dictionaries they have (RES-13)", async () => {
    await using session = db.session({ fetchSize: 500 });
    const changing = `UNWIND range(1, 3000) AS n
      RETURN n, CASE WHEN n < 1500 THEN ['red', 'green', null][n % 3] ELSE ['blue', 'red'][n % 2] END AS colour`;
    const writer = new arrow.RecordBatchStreamWriter();
    const written = writer.toUint8Array();
    let schema: arrow.Schema | undefined;
    for await (const batch of session.run(changing).batches()) {
      const made = batch.toArrow(arrow, { schema, dictionaries: true });
      schema ??= made.schema;
      writer.write(made);
    }
    writer.finish();
    const table = arrow.tableFromIPC(await written);
    expect(String(table.schema.fields[1]?.type)).toContain("Dictionary");
    expect([...(table.getChild("colour") as arrow.Vector)]).toEqual(await session.run(changing).value("colour"));
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
