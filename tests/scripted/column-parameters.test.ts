/** Tables as parameters: rows that are sent by columns, of Apache Arrow too. */
import {
  type ColumnTable,
  cartesianPoint,
  Date,
  DateTime,
  Duration,
  float,
  LocalDateTime,
  LocalTime,
  Node,
  ParameterError,
  rows,
} from "@fulgur/neo4j-driver";
import { answering } from "@fulgur/neo4j-testing";
import * as arrow from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf } from "./decoded-columns.ts";
import { failureOf, play } from "./play.ts";

/** What a server gets as `$rows`. */
async function received(table: unknown, engine: "wasm" | "plain" = "wasm"): Promise<unknown> {
  let got: unknown;
  const conversation = answering((_, parameters) => {
    got = (parameters as { rows: unknown }).rows;
    return { fields: [], records: [] };
  });
  await play(conversation, (db) => db.executeQuery("UNWIND $rows AS row RETURN row", { rows: table }), {
    config: { engine },
  });
  return got;
}

const rowsOf = (table: arrow.Table): unknown[] => table.toArray().map((row) => (row as arrow.StructRow).toJSON());

describe.each(["wasm", "plain"] as const)("with the %s engine rows by columns", (engine) => {
  it("are a LIST of MAPs, in which floats stay floats (MAP-13)", async () => {
    const table = rows({
      id: Int32Array.of(1, 2),
      small: Uint8Array.of(3, 4),
      score: Float64Array.of(1, 2.5),
      name: ["Ada", null],
      big: BigInt64Array.of(2n ** 60n, 1n),
      some: { values: Int32Array.of(5, 6), validity: Uint8Array.of(0b10) },
    });
    expect(await received(table, engine)).toEqual([
      { id: 1, small: 3, score: 1, name: "Ada", big: 2n ** 60n, some: null },
      { id: 2, small: 4, score: 2.5, name: null, big: 1, some: 6 },
    ]);
    expect(await received(rows(new Map([["a", [1, "x"]]])), engine)).toEqual([{ a: 1 }, { a: "x" }]);
    expect(await received(rows({}), engine)).toEqual([]);
  });

  it("may be an Arrow table of any types that Cypher has, in several batches, or a part of one (MAP-13, MAP-14)", async () => {
    const columns = {
      i: [1, null, 3, 4],
      f: [0.5, 1, null, 2],
      s: ["\ufeffa", "ü", null, ""],
      t: [true, false, null, true],
      l: [[1.5, 2], [], null, [3]],
      w: [["a"], ["b", null], null, []],
    };
    const made = arrow.tableFromArrays({});
    expect(made.numRows).toBe(0);
    const types = {
      i: new arrow.Int32(),
      f: new arrow.Float64(),
      s: new arrow.Utf8(),
      t: new arrow.Bool(),
      l: new arrow.List(new arrow.Field("item", new arrow.Float32(), true)),
      w: new arrow.List(new arrow.Field("item", new arrow.Utf8(), true)),
    };
    const vectors = Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [
        name,
        arrow.vectorFromArray(values as never[], types[name as keyof typeof types] as arrow.DataType),
      ]),
    );
    const table = new arrow.Table(vectors);
    const expected = [0, 1, 2, 3].map((row) =>
      Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[row]])),
    );
    expect(await received(rows(table), engine)).toEqual(expected);
    expect(await received(rows(table.slice(1, 4)), engine)).toEqual(expected.slice(1));
    const twice = table.slice(1, 3).concat(table);
    expect(twice.batches.length).toBeGreaterThan(1);
    expect(await received(rows(twice), engine)).toEqual([...expected.slice(1, 3), ...expected]);
  });

  it("have Arrow's dates and times as Neo4j's, by the unit and the zone of their types", async () => {
    const of = (type: arrow.DataType, values: BigInt64Array | Int32Array) =>
      new arrow.Vector([arrow.makeData({ type, length: values.length, data: values } as never)]);
    const seconds = 1_709_208_000;
    const table = new arrow.Table({
      day: of(new arrow.DateDay(), Int32Array.of(19_782)),
      ms: of(new arrow.TimestampMillisecond(), BigInt64Array.of(BigInt(seconds) * 1000n + 5n)),
      ns: of(new arrow.TimestampNanosecond("UTC"), BigInt64Array.of(-1n)),
      us: of(new arrow.TimestampMicrosecond("Europe/Paris"), BigInt64Array.of(BigInt(seconds) * 1_000_000n + 1n)),
      s: of(new arrow.TimestampSecond("-02:30"), BigInt64Array.of(BigInt(seconds))),
      time: of(new arrow.TimeMicrosecond(), BigInt64Array.of(43_200_000_001n)),
      span: of(new arrow.DurationMillisecond(), BigInt64Array.of(-1500n)),
    });
    expect(await received(rows(table), engine)).toEqual([
      {
        day: new Date(2024, 2, 29),
        ms: new LocalDateTime(2024, 2, 29, 12, 0, 0, 5_000_000),
        ns: DateTime.parse("1969-12-31T23:59:59.999999999Z"),
        us: DateTime.fromEpochSecondsInZone(seconds, 1000, "Europe/Paris"),
        s: DateTime.fromEpochSeconds(seconds, 0, -9000),
        time: new LocalTime(12, 0, 0, 1000),
        span: new Duration(0, 0, -2, 500_000_000),
      },
    ]);
  });

  it("have timestamps that no double can hold to the nanosecond, before 1970 too, and none where there is none", async () => {
    const counts = [1_709_208_000_123_456_789n, null, -(2n ** 63n), -1_709_208_000_000_000_001n];
    const type = new arrow.TimestampNanosecond();
    const data = BigInt64Array.from(counts, (count) => count ?? 0n);
    const nullBitmap = Uint8Array.of(0b1101);
    const vector = new arrow.Vector([arrow.makeData({ type, length: 4, data, nullBitmap, nullCount: 1 })]);
    const expected = [
      "2024-02-29T12:00:00.123456789",
      null,
      "1677-09-21T00:12:43.145224192",
      "1915-11-03T11:59:59.999999999",
    ].map((at) => ({ at: at && LocalDateTime.parse(at) }));
    const table = new arrow.Table({ at: vector });
    expect(await received(rows(table), engine)).toEqual(expected);
    expect(await received(rows(table.slice(1, 3)), engine)).toEqual(expected.slice(1, 3));
  });

  it("have lists of small numbers as LISTs, which would be BYTES by themselves (MAP-14)", async () => {
    const type = new arrow.List(new arrow.Field("item", new arrow.Uint8(), true));
    const table = new arrow.Table({ l: arrow.vectorFromArray([[1, 255], null, []], type) });
    expect(await received(rows(table), engine)).toEqual([{ l: [1, 255] }, { l: null }, { l: [] }]);
  });

  it("have dictionaries, structs, vectors and bytes of Arrow as their values (MAP-14)", async () => {
    const table = new arrow.Table({
      word: arrow.vectorFromArray(["a", "b", null, "a"]),
      point: arrow.vectorFromArray(
        [{ x: 1, y: "p" }, null, { x: 2, y: null }, { x: 3, y: "q" }],
        new arrow.Struct<{ x: arrow.Int32; y: arrow.Utf8 }>([
          new arrow.Field("x", new arrow.Int32(), true),
          new arrow.Field("y", new arrow.Utf8(), true),
        ]),
      ),
      embedding: arrow.vectorFromArray(
        [[1, 2], [3, 4], null, [5, 6]],
        new arrow.FixedSizeList(2, new arrow.Field("item", new arrow.Float32(), true)),
      ),
      bytes: arrow.vectorFromArray([Uint8Array.of(1), Uint8Array.of(), null, Uint8Array.of(2)], new arrow.Binary()),
    });
    const expected = [
      { word: "a", point: { x: 1, y: "p" }, embedding: [1, 2], bytes: Uint8Array.of(1) },
      { word: "b", point: null, embedding: [3, 4], bytes: Uint8Array.of() },
      { word: null, point: { x: 2, y: null }, embedding: null, bytes: null },
      { word: "a", point: { x: 3, y: "q" }, embedding: [5, 6], bytes: Uint8Array.of(2) },
    ];
    expect(await received(rows(table), engine)).toEqual(expected);
    expect(await received(rows(table.slice(1, 4)), engine)).toEqual(expected.slice(1));
  });

  it("may be the columns of a result", async () => {
    const records = [
      [1, "a", new Date(2024, 2, 29), cartesianPoint(1, 2), [1, 2], float(0.5)],
      [2, null, null, null, null, float(2)],
    ];
    const names = ["i", "s", "d", "p", "l", "f"];
    const table: ColumnTable = columnsOf(names, records, engine);
    expect(await received(rows(table), engine)).toEqual([
      { i: 1, s: "a", d: new Date(2024, 2, 29), p: cartesianPoint(1, 2), l: [1, 2], f: 0.5 },
      { i: 2, s: null, d: null, p: null, l: null, f: 2 },
    ]);
  });
});

it("rows of an Arrow table are those that the library has, whatever is in it", async () => {
  const cell = { i: fc.integer(), s: fc.string({ unit: "binary" }), b: fc.boolean(), n: fc.constant(null) };
  const nullable = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ i: nullable(cell.i), s: nullable(cell.s), b: nullable(cell.b) }), { maxLength: 60 }),
      fc.nat(10),
      async (all, from) => {
        const table = new arrow.Table({
          i: arrow.vectorFromArray(
            all.map(({ i }) => i),
            new arrow.Int32(),
          ),
          s: arrow.vectorFromArray(
            all.map(({ s }) => s),
            new arrow.Utf8(),
          ),
          b: arrow.vectorFromArray(
            all.map(({ b }) => b),
            new arrow.Bool(),
          ),
        }).slice(from);
        const sent = rows(table);
        const cells = sent.columns.map((column) => column.toArray());
        const found = Array.from({ length: sent.length }, (_, row) =>
          Object.fromEntries(sent.names.map((name, at) => [name, cells[at]?.[row]])),
        );
        expect(found).toEqual(rowsOf(table));
      },
    ),
    { numRuns: 60 },
  );
});

describe("what can't be sent by columns", () => {
  it("is told by the column's name (MAP-20)", () => {
    expect(() => rows({ a: [1], b: [1, 2] })).toThrow(/"b".*2 cells/);
    expect(() => rows({ a: 1 })).toThrow(ParameterError);
    expect(() => rows(null as never)).toThrow(/Arrow Table/);
    expect(() => rows([{ a: 1 }])).toThrow(/Arrow Table/);
    expect(() => rows(new Map([[1, [1]]]) as never)).toThrow(/strings/);
    const decimals = new arrow.Vector([
      arrow.makeData({ type: new arrow.Decimal(2, 10), length: 1, data: new Uint32Array(4) }),
    ]);
    expect(() => rows({ d: decimals })).toThrow(/"?d"? has the type Decimal/);
  });

  it("is a column that comes twice", () => {
    const column = arrow.vectorFromArray([1], new arrow.Int32());
    const { data } = new arrow.Table({ a: column, b: column }).batches[0]!;
    const fields = ["a", "a"].map((name) => new arrow.Field(name, new arrow.Int32(), true));
    const struct = arrow.makeData({ type: new arrow.Struct(fields), length: 1, nullCount: 0, children: data.children });
    const twice = new arrow.RecordBatch(new arrow.Schema(fields), struct as never);
    expect(() => rows(twice)).toThrow(ParameterError);
    expect(() => rows(twice)).toThrow('the table has the column "a" twice');
  });

  it("is a graph's value in a column, too (QRY-05)", async () => {
    const node = new Node(1, ["A"], {}, "4:x:1");
    for (const table of [columnsOf(["n"], [[node]], "plain"), rows({ n: [node] }), rows({ n: [[node]] })]) {
      const error = await failureOf(received(table));
      expect(error).toBeInstanceOf(ParameterError);
      expect(error.message).toMatch(/rows\[0\]\.n.* is a Node/);
    }
  });
});
