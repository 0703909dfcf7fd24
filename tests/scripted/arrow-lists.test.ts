/** Lists and vectors in Apache Arrow: of one size or of several, with nulls among them, as they come and as a schema asks for them. */
import { type ArrowOptions, arrowTable, DriverError, vector } from "@fulgur/neo4j-driver";
import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { columnsOf, type EngineName } from "./decoded-columns.ts";
import { cellsOf, throughIPC, typesOf } from "./read-arrow.ts";

/** One column, `x`, of these values, so many times that the wasm engine makes columns. */
function tableOf(values: readonly unknown[], engine: EngineName, options: ArrowOptions = {}): arrow.Table {
  const rows = Array.from({ length: values.length * 100 }, (_, i) => [values[i % values.length]]);
  return throughIPC(arrowTable(arrow, columnsOf(["x"], rows, engine), options));
}

/** The type and the first cells of that column. */
function columnOf(values: readonly unknown[], engine: EngineName, options?: ArrowOptions): [string, unknown[]] {
  const table = tableOf(values, engine, options);
  return [typesOf(table)[0] as string, cellsOf(table)[0]?.slice(-values.length) ?? []];
}

const schemaOf = (type: arrow.DataType) => ({ schema: new arrow.Schema([new arrow.Field("x", type, true)]) });
const listsOf = (type: arrow.DataType) => new arrow.List(new arrow.Field("item", type, true));
const fixedOf = (size: number, type: arrow.DataType) =>
  new arrow.FixedSizeList(size, new arrow.Field("item", type, true));

describe("lists that repeat", () => {
  it("are spelled out in Arrow, but those that are null have no items", () => {
    const table = tableOf([["a", "b"], null, ["c"]], "wasm");
    expect(cellsOf(table)[0]?.slice(-3)).toEqual([["a", "b"], null, ["c"]]);
    expect(table.getChildAt(0)?.data[0]?.children[0]?.length).toBe(300);
  });
});

describe.each(["wasm", "plain"] as const)("in Arrow, by the %s engine,", (engine) => {
  const floats = [null, [0.5, 1.5], [2.5, 3.5], null];
  const integers = [[1, 2], null, [3, 4]];

  it("lists of one size are a FixedSizeList on request, those that are null among them", () => {
    const fixed = { fixedSizeLists: true };
    expect(columnOf(floats, engine, fixed)).toEqual(["FixedSizeList[2]<Float64>", floats]);
    expect(columnOf(integers, engine, fixed)).toEqual(["FixedSizeList[2]<Int32>", integers]);
    const big = [[2n ** 60n, 1n], null];
    expect(columnOf(big, engine, fixed)).toEqual(["FixedSizeList[2]<Int64>", big]);
    const [vectors] = tableOf(floats, engine, fixed).getChildAt(0)?.data ?? [];
    expect(vectors?.nullCount).toBe(200);
    expect([...(vectors?.children[0]?.values.slice(2, 6) ?? [])]).toEqual([0.5, 1.5, 2.5, 3.5]);
  });

  it("lists of several sizes, with nulls among their items, or of nothing, are a List all the same", () => {
    const fixed = { fixedSizeLists: true };
    for (const [values, type] of [
      [[[0.5], [0.5, 1.5], null], "List<Float64>"],
      [
        [
          [1, null],
          [2, 3],
        ],
        "List<Int32>",
      ],
      [[[], null], "List<Null>"],
      [[["a"], ["b"]], "List<Utf8>"],
    ] as const) {
      expect(columnOf(values, engine, fixed)).toEqual([type, values]);
    }
  });

  it("lists have the size and the type of the schema, or the error names the column", () => {
    const rounded = fixedOf(2, new arrow.Float32());
    expect(columnOf(floats, engine, schemaOf(rounded))).toEqual([String(rounded), floats]);
    expect(columnOf(integers, engine, schemaOf(rounded))).toEqual([String(rounded), integers]);
    for (const values of [[[0.5], null], [[0.5], [1.5, 2.5]], [[0.5, null], null], [0.5]]) {
      expect(() => columnOf(values, engine, schemaOf(fixedOf(2, new arrow.Float64())))).toThrow(DriverError);
    }
    expect(columnOf([[0.5, null]], engine, schemaOf(rounded))[1]).toEqual([[0.5, null]]);
    const texts = fixedOf(1, new arrow.Utf8());
    expect(columnOf([["a"], ["b"]], engine, schemaOf(texts))[1]).toEqual([["a"], ["b"]]);
    expect(() => columnOf([["a"], null], engine, schemaOf(texts))).toThrow(/"x" has values that aren't FixedSizeList/);
  });

  it("vectors of several sizes are lists of their numbers; of several types they have nothing in common", () => {
    const vectors = [vector(Float32Array.of(0.5, 1.5)), null, vector(Float32Array.of(2.5)), vector(new Float32Array())];
    expect(columnOf(vectors, engine)).toEqual(["List<Float32>", [[0.5, 1.5], null, [2.5], []]]);
    const small = [vector([1, 2], "INT8"), vector([3], "INT8")];
    expect(columnOf(small, engine)).toEqual(["List<Int8>", [[1, 2], [3]]]);
    const wide = [vector(BigInt64Array.of(1n)), vector(BigInt64Array.of(2n, 3n))];
    expect(columnOf(wide, engine)).toEqual(["List<Int64>", [[1n], [2n, 3n]]]);
    const mixed = [vector(Float32Array.of(1)), vector(Float64Array.of(1))];
    expect(() => columnOf(mixed, engine)).toThrow(/"x" has values of no type that Arrow has/);
  });

  it("vectors are lists of the type that is asked for, of one size or not", () => {
    const vectors = [vector(Float32Array.of(0.5, 1.5)), null, vector(Float32Array.of(2.5, 3.5))];
    const cells = [[0.5, 1.5], null, [2.5, 3.5]];
    for (const type of [listsOf(new arrow.Float64()), listsOf(new arrow.Float32()), fixedOf(2, new arrow.Float64())]) {
      expect(columnOf(vectors, engine, schemaOf(type))).toEqual([String(type), cells]);
    }
    expect(() => columnOf(vectors, engine, schemaOf(fixedOf(3, new arrow.Float32())))).toThrow(/FixedSizeList\[3\]/);
    expect(() => columnOf(vectors, engine, schemaOf(listsOf(new arrow.Int32())))).toThrow(/"x\[\]".*Int32/);
  });
});
