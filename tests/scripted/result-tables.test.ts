/** Results by columns, and expanded. */
import {
  type ColumnTable,
  ConfigurationError,
  float,
  Date as Neo4jDate,
  Node,
  resultTransformers,
} from "@fulgur/neo4j-driver";
import { describe, expect, it } from "vitest";
import { withRecords } from "./with-records.ts";

const cellsOf = (table: ColumnTable) => table.columns.map((column) => column.toArray());

describe.each(["wasm", "plain"] as const)("with the %s engine a result", (engine) => {
  it("is a table of its columns, also where it has no rows (RES-13)", async () => {
    const records = Array.from({ length: 10 }, (_, i) => [i + 1, i + 2]);
    await withRecords(
      ["n", "m"],
      records,
      async (session) => {
        const table = await session.run("UNWIND range(1, 10) AS n RETURN n, n + 1 AS m").columns();
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
        const table = await session.run("RETURN 1").columns({ expand: true });
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
        const table = await session.run("RETURN 1").columns({ expand: true, parseDates: true });
        expect(Object.fromEntries(table.names.map((name, i) => [name, table.columns[i]?.get(0)]))).toEqual({
          "n().prop.born": new Date("2000-01-02Z"),
          "n().element_id": "n1",
          "n().labels": ["P"],
          d: new Date("2024-02-29Z"),
        });
        const named = await session.run("RETURN 1").toTable({ expand: true, parseDates: true });
        expect([named.names, cellsOf(named)]).toEqual([table.names, cellsOf(table)]);
        const resultTransformer = resultTransformers.columns({ parseDates: true });
        const same = await session.executeRead((tx) => resultTransformer(tx.run("RETURN 1")));
        expect(same.column("d")?.get(0)).toEqual(new Date("2024-02-29Z"));
      },
      { engine },
    );
  });
});

describe.each(["wasm", "plain"] as const)("expanded with the %s engine", (engine) => {
  it("nodes have the properties of what is left of a result, not of what was read before (RES-17)", async () => {
    const records = Array.from({ length: 200 }, (_, i) => [
      new Node(i, ["P"], i < 3 ? { a: i, x: i } : { a: i }, `n${i}`),
    ]);
    await withRecords(
      ["n"],
      records,
      async (session) => {
        const result = session.run("RETURN 1");
        await result.fetch(3);
        const { names, length } = await result.columns({ expand: true });
        expect([names, length]).toEqual([["n().prop.a", "n().element_id", "n().labels"], 197]);
      },
      { engine },
    );
  });

  it("lists of strings that repeat have a column for each item, too (RES-16)", async () => {
    const records = Array.from({ length: 300 }, (_, i) => [[["a", "b"], ["c"], null][i % 3]]);
    await withRecords(
      ["l"],
      records,
      async (session) => {
        const table = await session.run("RETURN 1").columns({ expand: true });
        expect(table.names).toEqual(["l[].0", "l[].1"]);
        expect(cellsOf(table).map((cells) => cells.slice(0, 3))).toEqual([
          ["a", "c", null],
          ["b", null, null],
        ]);
      },
      { engine },
    );
  });
});

it("a result whose options are wrong is not read", async () => {
  await withRecords(["n"], [[1], [2]], async (session) => {
    const result = session.run("RETURN 1");
    await expect(result.columns({ expnd: true } as never)).rejects.toThrow(/expand/);
    await expect(result.columns({ parseDates: 1 } as never)).rejects.toBeInstanceOf(ConfigurationError);
    await expect(result.toTable({ expnd: true } as never)).rejects.toThrow(/expand/);
    await expect(result.toTable({ arrow: {} as never })).rejects.toThrow(/apache-arrow/);
    expect(() => resultTransformers.columns({ expnd: true } as never)).toThrow(/expand/);
    expect(await result.value()).toEqual([1, 2]);
  });
});
