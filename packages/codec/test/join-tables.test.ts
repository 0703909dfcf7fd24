import { type Codec, type Column, ColumnTable, columnOf, createCodec, joinTables, rowsFrom } from "@fulgur/neo4j-codec";
import { Date, float, Node } from "@fulgur/neo4j-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DictionaryColumn } from "../src/columns/column.ts";
import { codec, expectSame } from "./engines.ts";
import { anything } from "./values.ts";
import { plainDecoder, recordsOf, wasmDecoder } from "./wasm-streams.ts";

/** The columns of rows that arrive in portions. */
function tablesOf(one: Codec, portions: readonly (readonly (readonly unknown[])[])[], engine: "wasm" | "plain") {
  const decoder = engine === "wasm" ? wasmDecoder(one) : plainDecoder(one);
  const tables: ColumnTable[] = [];
  const rows: unknown[][] = [];
  for (const portion of portions) {
    for (const item of decoder.push(recordsOf(one, portion))) {
      if (item.type !== "RECORD") continue;
      tables.push(item.columns(namesOf(portion)));
      rows.push(...item.rows());
    }
  }
  return { tables, rows };
}

const namesOf = (rows: readonly (readonly unknown[])[]) => (rows[0] ?? []).map((_, i) => `c${i}`);
const rowsOf = (table: ColumnTable) => {
  const columns = table.columns.map((column) => column.toArray());
  return Array.from({ length: table.length }, (_, i) => columns.map((column) => column[i]));
};

function joined(portions: readonly (readonly unknown[])[], engine: "wasm" | "plain" = "wasm", one = codec()) {
  const { tables, rows } = tablesOf(
    one,
    portions.map((values) => values.map((value) => [value])),
    engine,
  );
  const [column] = joinTables(["c0"], tables).columns;
  expectSame(
    column?.toArray(),
    rows.map(([value]) => value),
  );
  return column;
}

describe.each(["wasm", "plain"] as const)("tables of the %s engine", (engine) => {
  it("joined have the rows of all, in order, wherever they were cut, and from any row on (RES-13)", () => {
    const one = codec();
    const portions = fc.integer({ min: 1, max: 3 }).chain((width) => {
      const rows = fc.array(fc.array(anything, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 });
      return fc.tuple(fc.array(rows, { minLength: 1, maxLength: 4 }), fc.nat(6));
    });
    fc.assert(
      fc.property(portions, ([all, start]) => {
        const { tables, rows } = tablesOf(one, all, engine);
        const table = joinTables(namesOf(all[0] ?? []), tables);
        expect(table.length).toBe(rows.length);
        expectSame(rowsOf(table), rows);
        expectSame(rowsOf(rowsFrom(table, start)), rows.slice(start));
        const [first, ...later] = tables;
        const rest = joinTables(table.names, [rowsFrom(first as ColumnTable, 1), ...later]);
        expectSame(rowsOf(rest), rows.slice(1));
      }),
      { numRuns: 150 },
    );
  });

  it("joined keep the type that their cells have in common", () => {
    const types = (portions: readonly (readonly unknown[])[]) => joined(portions, engine)?.type;
    expect(types([[1], [2, null], [null]])).toBe("int32");
    expect(types([[1], [2 ** 40]])).toBe("int53");
    expect(types([[1], [2n ** 60n], [null]])).toBe("int64");
    expect(types([[1], [0.5]])).toBe("number");
    expect(types([[0.25], [0.5]])).toBe("float64");
    expect(types([[2n ** 60n], [0.5]])).toBe("values");
    expect(types([[true], [null], [false]])).toBe("boolean");
    expect(types([["a"], ["ż", null]])).toBe("string");
    expect(types([[null], [null]])).toBe("null");
    expect(types([["a"], [1]])).toBe("values");
    expect(types([[[1]], [[]], [[0.5], null]])).toBe("list");
    expect(types([[{ a: 1 }], [{ a: null }]])).toBe("map");
    expect(types([[{ a: 1 }], [{ b: 1 }]])).toBe("values");
    expect(types([[new Date(2024, 1, 1)], [null, new Date(2024, 1, 2)]])).toBe("structure");
  });

  it("joined have the columns of nodes' properties, whichever nodes have which", () => {
    const nodes = (...all: object[]) => all.map((properties, i) => new Node(i, ["P"], properties as never));
    const column = joined([nodes({ a: 1 }), nodes({ b: "x" }), nodes({})], engine);
    if (column?.type !== "structure") throw new Error("no structures");
    expect(column.fields["labels"]?.toArray()).toEqual([["P"], ["P"], ["P"]]);
  });
});

describe("joined tables", () => {
  it("stay of bigints where integers are bigints, and of floats where they are whole", () => {
    const one = createCodec({ version: "6.1", integers: "bigint" });
    expect(joined([[1n], [2n]], "wasm", one)?.type).toBe("int64");
    expect(joined([[float(1)], [float(2)]])?.type).toBe("float64");
  });

  it("of strings that repeat in some portions only are of strings", () => {
    const repeating = Array.from({ length: 500 }, (_, i) => ["ä", "b"][i % 2]);
    const unique = Array.from({ length: 500 }, (_, i) => `name ${i}`);
    expect(joined([repeating, repeating])?.type).toBe("dictionary");
    expect(joined([repeating, unique, repeating])?.type).toBe("string");
  });

  it("stay coded where few rows came as they are, and take no string for a list that looks like it", () => {
    const texts = Array.from({ length: 500 }, (_, i) => ['["a"]', "b"][i % 2]);
    const lists = Array.from({ length: 500 }, (_, i) => [["a"], ["b", "c"]][i % 2]);
    const coded = (values: readonly unknown[]) => {
      const places = values.map((value) => JSON.stringify(value));
      const dictionary = [...new Set(places)];
      const indices = Int32Array.from(places, (place) => dictionary.indexOf(place));
      return new DictionaryColumn(
        indices,
        dictionary.map((text) => JSON.parse(text)),
        undefined,
      );
    };
    const joinedOf = (...parts: readonly Column[]) =>
      joinTables(
        ["c"],
        parts.map((part) => new ColumnTable(part.length, ["c"], [part])),
      ).columns[0];
    expect(joinedOf(coded(texts), columnOf(["b", null, '["a"]']))?.type).toBe("dictionary");
    expect(joinedOf(coded(lists), columnOf([["a"], null]))?.type).toBe("dictionary");
    const both = joinedOf(coded(texts), coded(lists), columnOf([null, '["a"]', ["a"]]));
    expectSame(both?.toArray(), [...texts, ...lists, null, '["a"]', ["a"]]);
    expectSame(joinedOf(coded(lists), coded(texts))?.toArray(), [...lists, ...texts]);
  });

  it("of typed lists stay typed, beside empty lists, which are arrays", () => {
    const one = createCodec({ version: "6.1", floatLists: "typed" });
    const column = joined([[[0.5, 1.5]], [[]], [[2.5]]], "wasm", one);
    expect(column?.get(0)).toBeInstanceOf(Float64Array);
    expect(column?.get(1)).toEqual([]);
  });

  it("of nothing have their columns all the same", () => {
    const table = joinTables(["a", "b"], []);
    expect([table.length, table.names, table.columns.map(({ type }) => type)]).toEqual([
      0,
      ["a", "b"],
      ["null", "null"],
    ]);
    expect(columnOf([]).type).toBe("null");
  });
});
