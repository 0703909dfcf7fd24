import {
  Bool,
  Dictionary,
  Field,
  Float64,
  Int32,
  List,
  Struct,
  Table,
  TimestampMillisecond,
  tableFromArrays,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { describe, expect, it } from "vitest";
import { columns, float, fromArrow, list, ndarray, ParameterError, rows, timestampColumn } from "../src/index.ts";

describe("arrays of numbers as lists (MAP-12)", () => {
  it("list() makes a LIST of bytes, too", () => {
    expect(list(new Uint8Array([1, 2]))).toEqual([1, 2]);
    expect(list(new Set(["a"]))).toEqual(["a"]);
  });

  it("ndarray() nests them by a shape, as views that keep their type", () => {
    const data = Float64Array.of(1, 2, 3, 4, 5, 6);
    const nested = ndarray(data, [2, 3]) as Float64Array[];
    expect(nested).toEqual([Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)]);
    expect(nested[1]?.buffer).toBe(data.buffer);
    expect(ndarray([1, 2, 3, 4], [2, 1, 2])).toEqual([[[1, 2]], [[3, 4]]]);
    expect(ndarray(new Uint8Array([1, 2]), [2])).toEqual([1, 2]);
    expect(ndarray([], [0, 3])).toEqual([]);
    expect(() => ndarray(data, [2, 2])).toThrow("the shape 2 x 2 needs 4 numbers, not 6");
    expect(() => ndarray(data, [])).toThrow(ParameterError);
    expect(() => ndarray(data, [-2, -3])).toThrow(ParameterError);
  });
});

describe("tables (MAP-13)", () => {
  const plain = {
    id: Int32Array.of(1, 2),
    name: ["a", null],
    score: Float64Array.of(1, 2.5),
    raw: new Uint8Array([7, 8]),
  };

  it("are a map of columns", () => {
    expect(columns(plain)).toEqual({ ...plain, raw: [7, 8] });
    expect(columns(new Map(Object.entries(plain)))).toEqual(columns(plain));
    expect(columns({})).toEqual({});
  });

  it("are a list of rows, in which floats stay FLOAT", () => {
    expect(rows(plain)).toEqual([
      { id: 1, name: "a", score: float(1), raw: 7 },
      { id: 2, name: null, score: float(2.5), raw: 8 },
    ]);
    expect(rows({})).toEqual([]);
  });

  it("have columns of one length", () => {
    expect(() => columns({ a: [1, 2], b: [1] })).toThrow('columns have to be of one length: "a" 2, "b" 1');
    expect(() => columns({ a: 1 })).toThrow("has to be an array");
    expect(() => columns(null as never)).toThrow(ParameterError);
  });

  it("have column names that are strings (MAP-20)", () => {
    expect(() => columns(new Map([[1, [1]]]) as never)).toThrow("column names have to be strings");
  });

  it("of Apache Arrow do as well (MAP-13, MAP-14)", () => {
    const table = tableFromArrays({ id: Int32Array.of(1, 2), name: ["a", null], score: Float64Array.of(1, 2.5) });
    expect(columns(table)).toEqual({ id: [1, 2], name: ["a", null], score: Float64Array.of(1, 2.5) });
    expect(rows(table)[0]).toEqual({ id: 1, name: "a", score: float(1) });
    expect(fromArrow(table)).toEqual(columns(table));
    expect(fromArrow({})).toBeUndefined();
  });
});

describe("Arrow vectors (MAP-14)", () => {
  it("are lists: with nulls, of dictionaries, of 64-bit integers, nested", () => {
    expect(fromArrow(vectorFromArray([1, null, 3], new Int32()))).toEqual([1, null, 3]);
    expect(fromArrow(vectorFromArray(["a", "b", "a"], new Dictionary(new Utf8(), new Int32())))).toEqual([
      "a",
      "b",
      "a",
    ]);
    expect(fromArrow(vectorFromArray([1n, 2n ** 60n]))).toEqual([1n, 2n ** 60n]);
    expect(fromArrow(vectorFromArray([true, null], new Bool()))).toEqual([true, null]);
    const floats = new List(new Field("item", new Float64()));
    expect(fromArrow(vectorFromArray([[1, 2], null, []], floats))).toEqual([
      Float64Array.of(1, 2),
      null,
      new Float64Array(),
    ]);
    const struct = new Struct<{ a: Utf8 }>([new Field("a", new Utf8())]);
    expect(fromArrow(vectorFromArray([{ a: "x" }, null, { a: null }], struct))).toEqual([
      { a: "x" },
      null,
      { a: null },
    ]);
  });

  it("of floats with nulls force FLOAT", () => {
    expect(fromArrow(vectorFromArray([1, null, 2.5], new Float64()))).toEqual([float(1), null, float(2.5)]);
  });

  it("of times are refused, for their unit would be lost", () => {
    const table = new Table({ at: vectorFromArray([0, 1], new TimestampMillisecond()) });
    expect(() => columns(table)).toThrow(/the Arrow column at has the type Timestamp.*timestampColumn/);
  });
});

describe("columns of timestamps (TMP-13)", () => {
  it("are told their unit, and keep nulls", () => {
    const at = (values: (bigint | number | null)[], unit: "s" | "ms" | "us" | "ns", zone?: string) =>
      timestampColumn(values, unit, zone).map((value) => value && String(value));
    expect(at([0, null, -1], "s")).toEqual(["1970-01-01T00:00:00Z", null, "1969-12-31T23:59:59Z"]);
    expect(at([1_500], "ms")).toEqual(["1970-01-01T00:00:01.500Z"]);
    expect(at([-1n], "us")).toEqual(["1969-12-31T23:59:59.999999Z"]);
    expect(at([1n], "ns", "Europe/Paris")).toEqual(["1970-01-01T01:00:00.000000001+01:00[Europe/Paris]"]);
    expect(timestampColumn(BigInt64Array.of(-(2n ** 63n), 0n), "ns").map((value) => value && String(value))).toEqual([
      null,
      "1970-01-01T00:00:00Z",
    ]);
  });

  it("refuse other units and parts of one", () => {
    expect(() => timestampColumn([1], "m" as never)).toThrow('the unit has to be "s"');
    expect(() => timestampColumn([0, 1.5], "s")).toThrow(ParameterError);
    expect(() => timestampColumn([0], "s", "Mars/Phobos")).toThrow('"Mars/Phobos"');
  });
});
