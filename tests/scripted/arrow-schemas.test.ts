/** Record batches of one result, and tables of a schema that was asked for. */
import {
  arrowTable,
  DateTime,
  DriverError,
  Duration,
  float,
  LocalDateTime,
  LocalTime,
  Date as Neo4jDate,
  rows,
  UUID,
} from "@fulgur/neo4j-driver";
import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { columnsOf } from "./decoded-columns.ts";
import { failureOf } from "./play.ts";
import { cellsOf, throughIPC, typesOf } from "./read-arrow.ts";
import { withRecords } from "./with-records.ts";

const query = "RETURN 1";

describe("record batches of one result", () => {
  const changing = Array.from({ length: 9 }, (_, i) => [
    [null, 1, 2.5][Math.floor(i / 3)],
    i < 3 ? i : 2 ** 40 + i,
    i < 6 ? null : "s",
  ]);
  const schema = new arrow.Schema([
    new arrow.Field("v", new arrow.Float64(), true),
    new arrow.Field("i", new arrow.Int64(), true),
    new arrow.Field("s", new arrow.Utf8(), true),
  ]);

  it("have the types of their values, or those of a schema, and make one table then (RES-13)", async () => {
    await withRecords(
      ["v", "i", "s"],
      changing,
      async (session) => {
        const types: string[][] = [];
        for await (const batch of session.run(query).batches()) types.push(typesOf(batch.toArrow(arrow)));
        expect(types).toEqual([
          ["Null", "Int32", "Null"],
          ["Int32", "Int64", "Null"],
          ["Float64", "Int64", "Utf8"],
        ]);
        const batches: arrow.RecordBatch[] = [];
        for await (const batch of session.run(query).batches()) batches.push(batch.toArrow(arrow, { schema }));
        expect(batches).toHaveLength(3);
        const table = throughIPC(new arrow.Table(batches));
        expect(cellsOf(table)).toEqual([
          changing.map(([v]) => v),
          changing.map(([, i]) => BigInt(i as number)),
          changing.map(([, , s]) => s),
        ]);
      },
      { fetchSize: 3 },
    );
  });

  it("can be written while they arrive", async () => {
    await withRecords(
      ["v", "i", "s"],
      changing,
      async (session) => {
        const writer = new arrow.RecordBatchStreamWriter();
        const bytes = writer.toUint8Array();
        for await (const batch of session.run(query).batches()) writer.write(batch.toArrow(arrow, { schema }));
        writer.finish();
        expect(arrow.tableFromIPC(await bytes).numRows).toBe(9);
      },
      { fetchSize: 3 },
    );
  });

  it("that don't fit the schema are an error that names the column and the type", async () => {
    await withRecords(["v", "i", "s"], changing, async (session) => {
      const narrow = new arrow.Schema([
        schema.fields[0]!,
        new arrow.Field("i", new arrow.Int32(), true),
        schema.fields[2]!,
      ]);
      const error = await failureOf(session.run(query).toArrow(arrow, { schema: narrow }));
      expect(error).toBeInstanceOf(DriverError);
      expect(error.message).toMatch(/"i".*Int32/);
      const short = new arrow.Schema(schema.fields.slice(1));
      expect((await failureOf(session.run(query).toArrow(arrow, { schema: short }))).message).toMatch(
        /2 fields.*3 columns/,
      );
    });
  });

  it("of a result without rows have its columns", async () => {
    await withRecords(["a", "b"], [], async (session) => {
      const table = throughIPC(await session.run(query).toArrow(arrow));
      expect([table.numRows, typesOf(table)]).toEqual([0, ["Null", "Null"]]);
      const typed = new arrow.Schema([
        new arrow.Field("a", new arrow.List(new arrow.Field("item", new arrow.Utf8(), true)), true),
        new arrow.Field("b", new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()), true),
      ]);
      const same = throughIPC(await session.run(query).toArrow(arrow, { schema: typed }));
      expect(typesOf(same)).toEqual(typesOf({ schema: typed }));
    });
  });
});

const field = (name: string, type: arrow.DataType, nullable = true) => new arrow.Field(name, type, nullable);

describe.each(["wasm", "plain"] as const)("a table of a schema, by the %s engine,", (engine) => {
  /** One column, `x`, of these values, so many times that the wasm engine makes columns. */
  function columnOf(
    type: arrow.DataType,
    values: readonly unknown[],
    options: { mixed?: "json"; nullable?: boolean } = {},
  ) {
    const rows = Array.from({ length: values.length * 100 }, (_, i) => [values[i % values.length]]);
    const { nullable, ...others } = options;
    const schema = new arrow.Schema([field("x", type, nullable)]);
    const table = throughIPC(arrowTable(arrow, columnsOf(["x"], rows, engine), { schema, ...others }));
    expect(String(table.schema.fields[0]?.type)).toBe(String(type));
    return table.getChildAt(0)?.slice(0, values.length) as arrow.Vector;
  }
  const numbers = (type: arrow.DataType, values: readonly unknown[]) =>
    Array.from(columnOf(type, values).data[0]?.values.slice(0, values.length), String);

  it("has moments in the unit that is asked for, rounded down (RES-19)", () => {
    const moments = [
      new LocalDateTime(1969, 12, 31, 23, 59, 59, 999_999_999),
      new LocalDateTime(2024, 2, 29, 0, 0, 0, 1500),
    ];
    const seconds = Date.UTC(2024, 1, 29) / 1000;
    expect(numbers(new arrow.TimestampSecond(), moments)).toEqual(["-1", `${seconds}`]);
    expect(numbers(new arrow.TimestampMillisecond(), moments)).toEqual(["-1", `${seconds}000`]);
    expect(numbers(new arrow.TimestampMicrosecond(), moments)).toEqual(["-1", `${seconds}000001`]);
    expect(numbers(new arrow.TimestampNanosecond(), moments)).toEqual(["-1", `${seconds}000001500`]);
    const zoned = [DateTime.parse("2024-02-29T01:00+01:00")];
    expect(numbers(new arrow.TimestampSecond("Asia/Tokyo"), zoned)).toEqual([`${seconds}`]);
    expect(() => columnOf(new arrow.TimestampSecond(), zoned)).toThrow(/"x" has values that aren't Timestamp<SECOND>/);
    expect(() => columnOf(new arrow.TimestampSecond("UTC"), moments)).toThrow(/values that aren't/);
  });

  it("has moments up to the last nanosecond of 64 bits; of one beyond, column and row are told (RES-19)", () => {
    const [first, last] = ["1677-09-21T00:12:43.145224192", "2262-04-11T23:47:16.854775807"];
    const nanoseconds = new arrow.TimestampNanosecond();
    expect(numbers(nanoseconds, [LocalDateTime.parse(first), null, LocalDateTime.parse(last)])).toEqual([
      String(-(2n ** 63n)),
      "0",
      String(2n ** 63n - 1n),
    ]);
    for (const beyond of ["1677-09-21T00:12:43.145224191", "2262-04-11T23:47:16.854775808"]) {
      const values = [null, LocalDateTime.parse(last), LocalDateTime.parse(beyond)];
      expect(() => columnOf(nanoseconds, values)).toThrow(DriverError);
      expect(() => columnOf(nanoseconds, values)).toThrow(
        'The column "x" has in row 2 a value that doesn\'t fit Timestamp<NANOSECOND>',
      );
    }
    expect(() => columnOf(new arrow.TimestampMicrosecond(), [new LocalDateTime(400_000, 1, 1)])).toThrow(/row 0/);
  });

  it("has times and days in the unit that is asked for, rounded down (RES-19)", () => {
    const times = [new LocalTime(23, 59, 59, 999_999_999), null, new LocalTime(1, 0)];
    expect(numbers(new arrow.TimeSecond(), times)).toEqual(["86399", "0", "3600"]);
    expect(numbers(new arrow.TimeMillisecond(), times)).toEqual(["86399999", "0", "3600000"]);
    expect(numbers(new arrow.TimeMicrosecond(), times)).toEqual(["86399999999", "0", "3600000000"]);
    expect(numbers(new arrow.TimeNanosecond(), times)).toEqual(["86399999999999", "0", "3600000000000"]);
    const days = [new Neo4jDate(1969, 12, 31), null, new Neo4jDate(2024, 2, 29)];
    expect(numbers(new arrow.DateMillisecond(), days)).toEqual(["-86400000", "0", `${Date.UTC(2024, 1, 29)}`]);
  });

  it("has integers of other widths; of one that doesn't fit, column and row are told", () => {
    const cases = [
      [new arrow.Int8(), [-128, null, 127], [-129, 128]],
      [new arrow.Uint8(), [0, null, 255], [-1, 256]],
      [new arrow.Int16(), [-32_768, null, 32_767], [-32_769, 32_768]],
      [new arrow.Uint16(), [0, null, 65_535], [-1, 65_536]],
      [new arrow.Int32(), [-(2 ** 31), null, 2 ** 31 - 1], [-(2 ** 31) - 1, 2 ** 31]],
      [new arrow.Uint32(), [0, null, 2 ** 32 - 1], [-1, 2 ** 32]],
      [new arrow.Int64(), [-(2n ** 63n), null, 2n ** 63n - 1n], []],
      [new arrow.Int64(), [-(2 ** 53) + 1, null, 5], []],
    ] as const;
    for (const [type, values, beyond] of cases) {
      expect(Array.from(columnOf(type, values), (value) => (value === null ? null : BigInt(value)))).toEqual(
        values.map((value) => (value === null ? null : BigInt(value))),
      );
      for (const value of beyond) {
        expect(() => columnOf(type, [null, 1, value])).toThrow(`"x" has in row 2 a value that doesn't fit ${type}`);
      }
    }
    expect(() => columnOf(new arrow.Int32(), [1, float(0.5)])).toThrow(/"x" has values that aren't Int32/);
  });

  it("has floats of 32 bits, rounded, and integers as floats unless they would be rounded", () => {
    expect([...columnOf(new arrow.Float32(), [float(0.1), null])]).toEqual([Math.fround(0.1), null]);
    expect([...columnOf(new arrow.Float64(), [7, null, 2 ** 53 - 1])]).toEqual([7, null, 2 ** 53 - 1]);
    expect(() => columnOf(new arrow.Float64(), [1, 2n ** 53n + 1n])).toThrow(/"x" has in row 1 .*Float64/);
  });

  it("has lists and maps of the types that are asked for; the error names the column within and the item", () => {
    const lists = new arrow.List(field("item", new arrow.Int8()));
    expect([...(columnOf(lists, [[1, 2], null, [3]]).get(2) as arrow.Vector)]).toEqual([3]);
    expect(() =>
      columnOf(lists, [
        [1, 2],
        [3, 200],
      ]),
    ).toThrow('"x[]" has in item 3 a value that doesn\'t fit Int8');
    const fixed = new arrow.FixedSizeList(2, field("item", new arrow.Float32()));
    expect([
      ...(columnOf(fixed, [
        [0.5, 1.5],
        [2.5, 3.5],
      ]).get(1) as arrow.Vector),
    ]).toEqual([2.5, 3.5]);
    expect(() => columnOf(fixed, [[0.5, 1.5], [2.5]])).toThrow(/"x" has values that aren't FixedSizeList/);
    const maps = new arrow.Struct([
      field("b", new arrow.Int64()),
      field("a", new arrow.Utf8()),
      field("c", new arrow.Bool()),
    ]);
    expect(
      columnOf(maps, [{ a: "x", b: 1 }])
        .get(0)
        .toJSON(),
    ).toEqual({ b: 1n, a: "x", c: null });
    expect(() => columnOf(maps, [{ a: "x", d: 1 }])).toThrow(/"x" has values that aren't Struct/);
  });

  it("has no nulls where the field says so, or column and row are told", () => {
    expect([...columnOf(new arrow.Int32(), [1, 2], { nullable: false })]).toEqual([1, 2]);
    expect(() => columnOf(new arrow.Int32(), [1, null], { nullable: false })).toThrow('"x" has in row 1 a null');
    expect(() => columnOf(new arrow.Utf8(), [null], { nullable: false })).toThrow('"x" has in row 0 a null');
  });

  it("has JSON in a column of text where that was asked for, whatever the values of this batch have in common", () => {
    const json = { mixed: "json" } as const;
    const utf8 = new arrow.Utf8();
    expect([...columnOf(utf8, [1, null, 2], json)]).toEqual(["1", null, "2"]);
    expect([...columnOf(utf8, [true], json)]).toEqual(["true"]);
    expect([...columnOf(utf8, [[1, 2], null], json)]).toEqual(["[1,2]", null]);
    expect([...columnOf(utf8, [new Duration(0, 1, 0, 0)], json)]).toEqual(['"P1D"']);
    expect([...columnOf(utf8, [1, "a"], json)]).toEqual(["1", '"a"']);
    // What is text by itself stays as it is.
    expect([...columnOf(utf8, ["a", null, "b"], json)]).toEqual(["a", null, "b"]);
    expect([...columnOf(utf8, [new Neo4jDate(2024, 2, 29)], json)]).toEqual(["2024-02-29"]);
    expect([...columnOf(utf8, [new UUID(new Uint8Array(16))], json)]).toEqual(["00000000-0000-0000-0000-000000000000"]);
    expect([...columnOf(utf8, [null], json)]).toEqual([null]);
    expect(() => columnOf(utf8, [1, 2])).toThrow(/"x" has values that aren't Utf8/);
  });

  it("can't have types that the driver doesn't make, and says so whatever the values are", () => {
    const never = [
      new arrow.LargeUtf8(),
      new arrow.LargeBinary(),
      new arrow.FixedSizeBinary(4),
      new arrow.Uint64(),
      new arrow.Float16(),
      new arrow.Decimal(2, 10),
      new arrow.DurationSecond(),
      new arrow.IntervalDayTime(),
      new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8()),
      new arrow.Dictionary(new arrow.Int32(), new arrow.Int32()),
    ];
    for (const type of never) {
      expect(() => columnOf(type, [1]), String(type)).toThrow(`The schema asks for ${type} in the column "x"`);
      expect(() => columnOf(type, [1]), String(type)).toThrow(/the driver makes no such columns/);
    }
  });
});

it("what an array holds where there is nothing fits any type", () => {
  const validity = Uint8Array.of(0b101);
  const table = rows({
    i: { values: Int32Array.of(1, 1000, 3), validity },
    f: { values: BigInt64Array.of(1n, 2n ** 60n, 3n), validity },
    u: { values: BigUint64Array.of(1n, 2n ** 63n, 3n), validity },
  });
  const schema = new arrow.Schema([
    field("i", new arrow.Int8()),
    field("f", new arrow.Float64()),
    field("u", new arrow.Int64()),
  ]);
  expect(cellsOf(throughIPC(arrowTable(arrow, table, { schema })))).toEqual([
    [1, null, 3],
    [1, null, 3],
    [1n, null, 3n],
  ]);
});

it("a schema whose fields have other names, or another order, than the columns is refused: values would be taken for others", async () => {
  await withRecords(["a", "b"], [[1, 2]], async (session) => {
    for (const [names, message] of [
      [["b", "a"], 'The schema\'s field 0 is "b", and the column there is "a"'],
      [["a", "c"], 'The schema\'s field 1 is "c", and the column there is "b"'],
    ] as const) {
      const schema = new arrow.Schema(names.map((name) => field(name, new arrow.Int32())));
      const error = await failureOf(session.run(query).toArrow(arrow, { schema }));
      expect(error).toBeInstanceOf(DriverError);
      expect(error.message).toContain(message);
    }
  });
});
