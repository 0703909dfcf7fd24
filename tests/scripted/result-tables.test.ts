/** Results by columns, as tables, and as tables of Apache Arrow. */
import {
  type ColumnTable,
  ConfigurationError,
  DateTime,
  DriverError,
  float,
  LocalDateTime,
  Date as Neo4jDate,
  Node,
  Point,
  resultTransformers,
  type Session,
} from "@fulgur/neo4j-driver";
import { answering } from "@fulgur/neo4j-testing";
import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { failureOf, play } from "./play.ts";

type Records = readonly (readonly unknown[])[];

function withRecords<T>(
  fields: readonly string[],
  records: Records,
  use: (session: Session) => Promise<T>,
  { engine = "wasm", fetchSize = 1000 }: { engine?: "wasm" | "plain"; fetchSize?: number } = {},
): Promise<T> {
  return play(
    answering(() => ({ fields, records })),
    async (db) => {
      await using session = db.session({ fetchSize });
      return await use(session);
    },
    { config: { engine } },
  );
}

const cellsOf = (table: ColumnTable) => table.columns.map((column) => column.toArray());

describe.each(["wasm", "plain"] as const)("with the %s engine a result", (engine) => {
  it("is a table of its columns, also where it has no rows (RES-13)", async () => {
    const records = Array.from({ length: 10 }, (_, i) => [i + 1, i + 2]);
    await withRecords(
      ["n", "m"],
      records,
      async (session) => {
        const table = await session.run("UNWIND range(1, 10) AS n RETURN n, n + 1 AS m").toTable();
        expect([table.names, table.length]).toEqual([["n", "m"], 10]);
        for (const column of table.columns)
          expect(column).toMatchObject({ type: "int32", values: expect.any(Int32Array) });
        expect(table.column("m")?.toArray()).toEqual(records.map(([, m]) => m));
      },
      { engine },
    );
    await withRecords(
      ["n", "m"],
      [],
      async (session) => {
        const table = await session.run("RETURN 1").toTable({ expand: true });
        expect([table.names, table.length]).toEqual([["n", "m"], 0]);
      },
      { engine },
    );
  });

  it("has the same columns whatever the portions, and those of what is left of it", async () => {
    const records = Array.from({ length: 50 }, (_, i) => [
      i === 49 ? 2n ** 60n : i,
      i % 7 === 0 ? null : `name ${i}`,
      float(i),
      [i],
      { a: i },
      new Node(i, ["P"], i % 2 === 0 ? { x: i } : { y: true }, `n${i}`),
    ]);
    const fields = ["i", "s", "f", "l", "m", "n"];
    await withRecords(
      fields,
      records,
      async (session) => {
        const table = await session.run("RETURN 1").columns();
        expect(table.columns.map(({ type }) => type).slice(0, 2)).toEqual(["int64", "string"]);
        const result = session.run("RETURN 1");
        const all = await session.run("RETURN 1").values();
        expect(cellsOf(table)).toEqual(fields.map((_, c) => all.map((row) => row[c])));
        await result.fetch(3);
        const rest = await result.columns();
        expect(cellsOf(rest)).toEqual(cellsOf(table).map((cells) => cells.slice(3)));
      },
      { engine, fetchSize: 4 },
    );
  });

  it("is a table with nodes expanded and dates parsed, on request (RES-14, RES-19)", async () => {
    const record = [new Node(1, ["P"], { born: new Neo4jDate(2000, 1, 2) }, "n1"), new Neo4jDate(2024, 2, 29)];
    await withRecords(
      ["n", "d"],
      [record],
      async (session) => {
        const table = await session.run("RETURN 1").toTable({ expand: true, parseDates: true });
        expect(Object.fromEntries(table.names.map((name, i) => [name, table.columns[i]?.get(0)]))).toEqual({
          "n().prop.born": new Date("2000-01-02Z"),
          "n().element_id": "n1",
          "n().labels": ["P"],
          d: new Date("2024-02-29Z"),
        });
        const resultTransformer = resultTransformers.table({ parseDates: true });
        const same = await session.executeRead((tx) => resultTransformer(tx.run("RETURN 1")));
        expect(same.column("d")?.get(0)).toEqual(new Date("2024-02-29Z"));
      },
      { engine },
    );
  });
});

describe("a result as a table of Apache Arrow", () => {
  const rows = [
    [1, 2 ** 40, 2n ** 60n, 0.5, true, "ä", "x", [1, 2], { a: "b" }, null, Uint8Array.of(1, 2)],
    [2, 1, 5, 1.5, false, "", "y", [], { a: null }, null, Uint8Array.of()],
    [null, null, null, null, null, null, null, null, null, null, null],
  ];
  const fields = ["i", "w", "b", "f", "t", "s", "d", "l", "m", "z", "y"];

  it("has Arrow's types and the result's values (RES-13)", async () => {
    await withRecords(
      fields,
      rows,
      async (session) => {
        const table = await session.run("RETURN 1").toTable({ arrow });
        expect(table).toBeInstanceOf(arrow.Table);
        const types = table.schema.fields.map(({ type }) =>
          String(type)
            .replace(/List<.*>/, "List")
            .replace(/Struct<.*>/, "Struct"),
        );
        expect([table.numRows, types]).toEqual([
          3,
          ["Int32", "Int64", "Int64", "Float64", "Bool", "Utf8", "Utf8", "List", "Struct", "Null", "Binary"],
        ]);
        const plain = JSON.parse(
          JSON.stringify(
            [...table].map((row) => row.toJSON()),
            (_, value) => (typeof value === "bigint" ? String(value) : value),
          ),
        );
        expect(plain[0]).toMatchObject({
          i: 1,
          w: String(2 ** 40),
          b: String(2n ** 60n),
          f: 0.5,
          t: true,
          s: "ä",
          d: "x",
          m: { a: "b" },
        });
        expect(plain[1]).toMatchObject({ i: 2, b: "5", t: false, s: "", m: { a: null } });
        for (const field of fields) expect(table.getChild(field)?.get(2)).toBeNull();
        expect([...table.getChild("l")!.get(0)]).toEqual([1, 2]);
        expect([...table.getChild("y")!.get(0)]).toEqual([1, 2]);
      },
      { fetchSize: 1 },
    );
  });

  it("can be written and read by Arrow's own tools, dictionaries included (RES-13)", async () => {
    const many = Array.from({ length: 3000 }, (_, i) => [["red", "green", null][i % 3], `unique ${i}`, i]);
    await withRecords(["colour", "name", "i"], many, async (session) => {
      const table = await session.run("RETURN 1").toTable({ arrow });
      expect(String(table.schema.fields[0]?.type)).toContain("Dictionary");
      const back = arrow.tableFromIPC(arrow.tableToIPC(table));
      expect(back.numRows).toBe(3000);
      expect(many.map((_, i) => fields3.map((field) => back.getChild(field)?.get(i)))).toEqual(many);
    });
  });

  it("has dates as timestamps where they are parsed, else the parts that they have on the wire (RES-19)", async () => {
    const instant = DateTime.parse("2024-02-29T12:00Z");
    const record = [
      new Neo4jDate(2024, 2, 29),
      instant,
      new LocalDateTime(2024, 2, 29, 12, 0, 0, 0),
      new Point(7203, 1, 2),
    ];
    await withRecords(["d", "z", "l", "p"], [record, [null, null, null, null]], async (session) => {
      const parsed = await session.run("RETURN 1").toTable({ arrow, parseDates: true });
      expect(String(parsed.schema.fields[1]?.type)).toContain("Timestamp<MILLISECOND");
      expect(parsed.getChild("z")?.get(0)).toBe(Date.UTC(2024, 1, 29, 12));
      expect([parsed.getChild("d")?.get(1), parsed.getChild("p")?.get(0).toJSON()]).toEqual([
        null,
        { srid: 7203, x: 1, y: 2 },
      ]);
      const plain = await session.run("RETURN 1").toTable({ arrow });
      expect(plain.getChild("d")?.get(0).toJSON()).toEqual({ days: 19_782 });
    });
  });

  it("names a column that Arrow has no type for, and refuses what isn't Arrow before it reads (RES-13)", async () => {
    await withRecords(
      ["n", "m"],
      [
        [1, { deep: [1] }],
        [2, { deep: ["x"] }],
      ],
      async (session) => {
        const error = await failureOf(session.run("RETURN 1").toTable({ arrow }));
        expect(error).toBeInstanceOf(DriverError);
        expect(error.message).toContain('"m.deep[]"');
        const result = session.run("RETURN 1");
        await expect(result.toTable({ arrow: {} as never })).rejects.toBeInstanceOf(ConfigurationError);
        await expect(result.toTable({ expnd: true } as never)).rejects.toThrow(/expand/);
        expect(await result.value()).toEqual([1, 2]);
      },
    );
  });
});

const fields3 = ["colour", "name", "i"];
