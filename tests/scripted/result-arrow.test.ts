/** Results as tables and record batches of Apache Arrow. */
import {
  type ArrowOptions,
  arrowTable,
  ConfigurationError,
  cartesianPoint,
  DateTime,
  DriverError,
  Duration,
  float,
  LocalDateTime,
  LocalTime,
  Date as Neo4jDate,
  Node,
  Path,
  type Record,
  Relationship,
  resultTransformers,
  rows,
  Time,
  UUID,
  vector,
} from "@fulgur/neo4j-driver";
import * as arrow from "apache-arrow";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { columnsOf, type EngineName } from "./decoded-columns.ts";
import { failureOf } from "./play.ts";
import { cellsOf, throughIPC, typesOf } from "./read-arrow.ts";
import { withRecords } from "./with-records.ts";

const query = "RETURN 1";
/** So many rows that the wasm engine makes columns; the last has nulls only. */
function repeated(row: readonly unknown[], count = 300): unknown[][] {
  return [...Array.from({ length: count }, () => [...row]), row.map(() => null)];
}

const namesOf = (row: readonly unknown[]) => row.map((_, i) => `c${i}`);

function tableOf(
  names: readonly string[],
  records: readonly (readonly unknown[])[],
  engine: EngineName,
  options: ArrowOptions = {},
): arrow.Table {
  return throughIPC(arrowTable(arrow, columnsOf(names, records, engine), options));
}

function arrowOf(row: readonly unknown[], engine: EngineName, options: ArrowOptions = {}): arrow.Table {
  return tableOf(namesOf(row), repeated(row), engine, options);
}

describe.each(["wasm", "plain"] as const)("a table of Apache Arrow, by the %s engine,", (engine) => {
  it.each<[what: string, value: unknown, type: string, cell?: unknown]>([
    ["integers of 32 bits", 7, "Int32"],
    ["other integers", 2 ** 40, "Int64", BigInt(2 ** 40)],
    ["integers beyond the safe ones", -(2n ** 60n), "Int64", -(2n ** 60n)],
    ["negative integers of more than 32 bits", -(2 ** 40) - 1, "Int64", -BigInt(2 ** 40) - 1n],
    ["floats", 0.5, "Float64"],
    ["whole floats beside others", [float(2), 0.5], "List<Float64>", [2, 0.5]],
    ["booleans", true, "Bool"],
    ["bytes", Uint8Array.of(1, 2), "Binary"],
    ["lists", [1, 2], "List<Int32>"],
    ["empty lists", [], "List<Null>"],
    ["lists of lists", [["a"], ["b", "c"]], "List<List<Utf8>>"],
    ["maps", { a: 1, b: { c: true } }, "Struct<{a:Int32, b:Struct<{c:Bool}>}>"],
    ["days", new Neo4jDate(1969, 2, 28), "Date32<DAY>", Date.UTC(1969, 1, 28)],
    ["times", new LocalTime(12, 0, 0, 5), "Time64<NANOSECOND>", 43_200_000_000_005n],
    ["times with an offset, as text", new Time(12, 0, 0, 0, 3600), "Utf8", "12:00:00+01:00"],
    [
      "durations",
      new Duration(14, 3, -5, 7),
      "Struct<{months:Int64, days:Int64, seconds:Int64, nanoseconds:Int64}>",
      { months: 14n, days: 3n, seconds: -5n, nanoseconds: 7n },
    ],
    ["points", cartesianPoint(1, 2.5), "Struct<{srid:Int32, x:Float64, y:Float64}>", { srid: 7203, x: 1, y: 2.5 }],
    [
      "points in space",
      cartesianPoint(1, 2, 3),
      "Struct<{srid:Int32, x:Float64, y:Float64, z:Float64}>",
      { srid: 9157, x: 1, y: 2, z: 3 },
    ],
    [
      "nodes",
      new Node(1, ["A", "B"], { name: "Ada" }, "4:x:1"),
      "Struct<{elementId:Utf8, labels:List<Utf8>, properties:Struct<{name:Utf8}>}>",
      { elementId: "4:x:1", labels: ["A", "B"], properties: { name: "Ada" } },
    ],
    [
      "relationships",
      new Relationship(1, 2, 3, "KNOWS", { since: 1 }, "5:x:1", "4:x:2", "4:x:3"),
      "Struct<{elementId:Utf8, startNodeElementId:Utf8, endNodeElementId:Utf8, type:Utf8, properties:Struct<{since:Int32}>}>",
      {
        elementId: "5:x:1",
        startNodeElementId: "4:x:2",
        endNodeElementId: "4:x:3",
        type: "KNOWS",
        properties: { since: 1 },
      },
    ],
  ])("has %s, and nulls (RES-13)", async (_, value, type, cell = value) => {
    const table = arrowOf([value], engine, { dictionaries: false });
    expect(typesOf(table).map((name) => name.replaceAll(/Dictionary<Int32, (\w+)>/g, "$1"))).toEqual([type]);
    const [cells] = cellsOf(table);
    expect(cells).toHaveLength(301);
    expect([cells?.[0], cells?.[299], cells?.[300]]).toEqual([cell, cell, null]);
    expect(table.getChildAt(0)?.nullCount).toBe(1);
  });

  it("has moments as timestamps: of microseconds where they suffice, else nanoseconds; with the zone that all have (RES-19)", async () => {
    const seconds = BigInt(Date.UTC(2024, 1, 29, 12)) * 1000n;
    const cases: [unknown, string, bigint][] = [
      [new LocalDateTime(2024, 2, 29, 12), "Timestamp<MICROSECOND>", seconds],
      [new LocalDateTime(2024, 2, 29, 12, 0, 0, 123_456_000), "Timestamp<MICROSECOND>", seconds + 123_456n],
      [new LocalDateTime(2024, 2, 29, 12, 0, 0, 1), "Timestamp<NANOSECOND>", seconds * 1000n + 1n],
      [DateTime.parse("2024-02-29T12:00Z"), "Timestamp<MICROSECOND, UTC>", seconds],
      [DateTime.parse("2024-02-29T13:00+01:00"), "Timestamp<MICROSECOND, +01:00>", seconds],
      [DateTime.parse("2024-02-29T09:30-02:30"), "Timestamp<MICROSECOND, -02:30>", seconds],
      // Arrow names no offset with seconds.
      [DateTime.parse("2024-02-29T12:09:21+00:09:21"), "Timestamp<MICROSECOND, UTC>", seconds],
      [DateTime.parse("2024-02-29T13:00[Europe/Paris]"), "Timestamp<MICROSECOND, Europe/Paris>", seconds],
      [
        DateTime.parse("1924-02-29T12:00:00.000000001Z"),
        "Timestamp<NANOSECOND, UTC>",
        BigInt(Date.UTC(1924, 1, 29, 12)) * 1_000_000n + 1n,
      ],
      [new LocalDateTime(-9999, 1, 1), "Timestamp<MICROSECOND>", BigInt(Date.UTC(-9999, 0, 1)) * 1000n],
    ];
    const table = arrowOf(
      cases.map(([value]) => value),
      engine,
    );
    expect(typesOf(table)).toEqual(cases.map(([, type]) => type));
    for (const [i, [, , count]] of cases.entries()) {
      expect([table.getChildAt(i)?.data[0]?.values[0], table.getChildAt(i)?.get(300)]).toEqual([count, null]);
    }
  });

  it("has instants of several zones in UTC, and years that no timestamp has as text (RES-19)", () => {
    const records = [
      [
        DateTime.parse("2024-02-29T13:00+01:00"),
        new LocalDateTime(999_999, 1, 1, 0, 0, 0, 1),
        new Neo4jDate(99_999_999, 1, 2),
        new LocalDateTime(400_000, 1, 1),
        new LocalDateTime(290_000, 1, 1),
      ],
      [DateTime.parse("2024-02-29T12:00[Asia/Tokyo]"), null, null, null, null],
    ];
    const table = tableOf(["z", "l", "d", "far", "near"], records, engine);
    expect(typesOf(table)).toEqual(["Timestamp<MICROSECOND, UTC>", "Utf8", "Utf8", "Utf8", "Timestamp<MICROSECOND>"]);
    expect(table.getChild("far")?.get(0)).toBe("+400000-01-01T00:00:00");
    expect(table.getChild("near")?.data[0]?.values[0]).toBe(
      BigInt(new LocalDateTime(290_000, 1, 1).epochSeconds) * 1_000_000n,
    );
    const counts = table.getChild("z")?.data[0]?.values as BigInt64Array;
    expect([...counts]).toEqual(
      [Date.UTC(2024, 1, 29, 12), Date.UTC(2024, 1, 29, 3)].map((time) => BigInt(time) * 1000n),
    );
    expect(table.getChild("l")?.get(0)).toBe("+999999-01-01T00:00:00.000000001");
    expect(table.getChild("d")?.get(0)).toBe("+99999999-01-02");
  });

  it("has vectors, and on request lists of one length, in one array of their numbers", async () => {
    const row = [vector(Float32Array.of(0.5, 1.5)), vector([1, 2], "INT8"), [0.5, 1.5, 2.5]];
    const table = arrowOf(row, engine);
    expect(typesOf(table)).toEqual(["FixedSizeList[2]<Float32>", "FixedSizeList[2]<Int8>", "List<Float64>"]);
    expect(cellsOf(table).map(([first]) => first)).toEqual([
      [0.5, 1.5],
      [1, 2],
      [0.5, 1.5, 2.5],
    ]);
    expect(table.getChildAt(0)?.data[0]?.children[0]?.values.slice(0, 4)).toEqual(Float32Array.of(0.5, 1.5, 0.5, 1.5));
    const fixed = tableOf(
      ["l", "m"],
      [
        [[0.5, 1.5], [1]],
        [[2.5, 3.5], []],
      ],
      engine,
      { fixedSizeLists: true },
    );
    expect(typesOf(fixed)).toEqual(["FixedSizeList[2]<Float64>", "List<Int32>"]);
    expect(cellsOf(fixed)).toEqual([
      [
        [0.5, 1.5],
        [2.5, 3.5],
      ],
      [[1], []],
    ]);
  });

  it("has the union of the keys of maps and of nodes that differ; a UUID is text", async () => {
    const records = [
      [{ a: 1 }, new Node(1, [], { x: 1 }, "n1"), UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")],
      [{ b: "x" }, new Node(2, ["L"], { y: true }, "n2"), null],
    ];
    const table = tableOf(["m", "n", "u"], records, engine);
    expect(cellsOf(table)).toEqual([
      [
        { a: 1, b: null },
        { a: null, b: "x" },
      ],
      [
        { elementId: "n1", labels: [], properties: { x: 1, y: null } },
        { elementId: "n2", labels: ["L"], properties: { x: null, y: true } },
      ],
      ["00112233-4455-6677-8899-aabbccddeeff", null],
    ]);
  });

  it("expands nodes, and gives columns of one name names of their own, which Arrow needs", async () => {
    const node = new Node(1, ["P"], { name: "Ada", born: new Neo4jDate(1815, 12, 10) }, "4:x:1");
    const table = tableOf(["n", "i", "i"], repeated([node, 1, "one"]), engine, { expand: true, dictionaries: false });
    expect(table.schema.fields.map(({ name, type }) => [name, String(type)])).toEqual([
      ["n().prop.name", "Utf8"],
      ["n().prop.born", "Date32<DAY>"],
      ["n().element_id", "Utf8"],
      ["n().labels", "List<Utf8>"],
      ["i", "Int32"],
      ["i_2", "Utf8"],
    ]);
    expect(cellsOf(table).map(([first]) => first)).toEqual(["Ada", Date.UTC(1815, 11, 10), "4:x:1", ["P"], 1, "one"]);
  });
});

it("whole floats are floats where the decoder has seen many of them", () => {
  const records = Array.from({ length: 300 }, (_, i) => [float(i)]);
  expect(typesOf(tableOf(["f"], records, "wasm"))).toEqual(["Float64"]);
});

it("columns at hand are typed by their values and by their arrays, like those of a result (RES-13)", () => {
  const columns = rows({
    s: ["a", null],
    b: [true, null],
    i: [1, 2],
    f: [0.5, null],
    l: [["a"], []],
    u8: Uint8Array.of(0, 255),
    u32: Uint32Array.of(0, 2 ** 32 - 1),
    u64: BigUint64Array.of(0n, 2n ** 63n - 1n),
    i16: Int16Array.of(-1, 1),
    f32: Float32Array.of(0.5, 1),
    some: { values: Float64Array.of(0.5, 1), validity: Uint8Array.of(0b10) },
  });
  const table = throughIPC(arrowTable(arrow, columns));
  const types = ["Utf8", "Bool", "Int32", "Float64", "List<Utf8>", "Int64", "Int64", "Int64", "Int16"];
  expect(typesOf(table)).toEqual([...types, "Float32", "Float64"]);
  expect(cellsOf(table).map(([, second]) => second)).toEqual([
    null,
    null,
    2,
    null,
    [],
    255n,
    2n ** 32n - 1n,
    2n ** 63n - 1n,
    1,
    1,
    1,
  ]);
  const instants = arrowTable(arrow, rows({ at: [new Date(-1), null, new Date(1500)] })).getChildAt(0) as arrow.Vector;
  expect([String(instants.type), instants.get(1)]).toEqual(["Timestamp<MICROSECOND, UTC>", null]);
  expect([...instants.data[0]!.values]).toEqual([-1000n, 0n, 1_500_000n]);
  expect(() => arrowTable(arrow, rows({ u: BigUint64Array.of(1n, 2n ** 63n) }))).toThrow(/"u" has in row 1 .*Int64/);
});

it("points of the plane and of space, and TC39's values, are one column each (RES-13)", () => {
  const columns = rows({
    p: [cartesianPoint(1, 2), null, cartesianPoint(1, 2, 3)],
    d: [Temporal.PlainDate.from("2024-02-29"), null, Temporal.PlainDate.from("1969-12-31")],
    z: [Temporal.ZonedDateTime.from("1970-01-01T01:00:01+01:00[Europe/Paris]"), null, null],
  });
  const table = throughIPC(arrowTable(arrow, columns));
  expect(typesOf(table)).toEqual([
    "Struct<{srid:Int32, x:Float64, y:Float64, z:Float64}>",
    "Date32<DAY>",
    "Timestamp<MICROSECOND, Europe/Paris>",
  ]);
  expect(cellsOf(table)).toEqual([
    [{ srid: 7203, x: 1, y: 2, z: null }, null, { srid: 9157, x: 1, y: 2, z: 3 }],
    [Date.UTC(2024, 1, 29), null, -86_400_000],
    [1000, null, null],
  ]);
  const flat = arrowTable(arrow, rows({ p: [cartesianPoint(1, 2), { srid: 1 }] }), { mixed: "json" });
  expect(typesOf(flat)).toEqual(["Utf8"]);
});

it("toTable has the columns as a table of Arrow, expanded on request (RES-13)", async () => {
  await withRecords(["m"], [[{ a: 1, b: "x" }], [{ a: 2 }]], async (session) => {
    const table = throughIPC(await session.run(query).toTable({ arrow, expand: true }));
    expect(table.schema.fields.map(({ name }: { name: string }) => name)).toEqual(["m{}.a", "m{}.b"]);
    expect(cellsOf(table)).toEqual([
      [1, 2],
      ["x", null],
    ]);
  });
});

describe("strings in Arrow", () => {
  const records = Array.from({ length: 3000 }, (_, i) => [["red", "grün", null][i % 3], `unique ${i}`, i]);
  const dictionary = expect.stringContaining("Dictionary");

  it("are coded by a dictionary where the decoder has found them to repeat, or as is asked for (RES-13)", async () => {
    await withRecords(["colour", "name", "i"], records, async (session) => {
      for (const [dictionaries, types] of [
        ["auto", [dictionary, "Utf8", "Int32"]],
        [true, [dictionary, dictionary, "Int32"]],
        [false, ["Utf8", "Utf8", "Int32"]],
      ] as const) {
        const table = throughIPC(await session.run(query).toArrow(arrow, { dictionaries }));
        expect(typesOf(table)).toEqual(types);
        const cells = cellsOf(table);
        expect(records.map((_, row) => cells.map((column) => column[row]))).toEqual(records);
      }
    });
  });

  it("have each word once in a dictionary, also of one hash, and no bytes for what is null", async () => {
    // FNV's hash of both is the same, in 32 bits.
    const words = ["costarring", null, "liquid", "costarring", "liquid"];
    const table = arrowTable(arrow, rows({ words }), { dictionaries: true });
    expect(cellsOf(throughIPC(table))).toEqual([words]);
    expect([...(table.getChildAt(0)?.data[0]?.dictionary ?? [])]).toEqual(["costarring", "liquid"]);
    await withRecords(["colour", "name", "i"], records, async (session) => {
      const spelled = await session.run(query).toArrow(arrow, { dictionaries: false });
      const size = new TextEncoder().encode(records.map(([colour]) => colour ?? "").join("")).length;
      expect(spelled.getChild("colour")?.data[0]?.values.length).toBe(size);
    });
  });

  it("are not copied, nor are numbers, where they are as Arrow has them", async () => {
    await withRecords(
      ["name", "i", "f"],
      records.map(([, name, i]) => [name, i, float(i as number)]),
      async (session) => {
        for await (const batch of session.run(query).batches()) {
          const columns = batch.columns();
          const { data } = batch.toArrow(arrow);
          const [name, i, f] = data.children;
          // The library makes a view of its own of bytes.
          expect(name?.values.buffer).toBe((columns.column("name") as { bytes?: Uint8Array }).bytes?.buffer);
          expect(i?.values).toBe((columns.column("i") as { values?: Int32Array }).values);
          expect(f?.values).toBe((columns.column("f") as { values?: Float64Array }).values);
        }
      },
    );
  });
});

describe("values that have no Arrow type in common", () => {
  const node = new Node(1, ["A"], {}, "4:x:1");
  const records = [
    [1, { deep: [1] }, new Path(node, node, []), 2n ** 60n],
    ["x", { deep: ["x"] }, null, 0.5],
    [null, null, null, null],
  ];

  it("are an error that names the column, or JSON if that was asked for (RES-13)", async () => {
    await withRecords(["m", "n", "p", "b"], records, async (session) => {
      expect(await failureOf(session.run(query).toArrow(arrow))).toMatchObject({
        constructor: DriverError,
        message: expect.stringMatching(/"m".*json/),
      });
      const table = throughIPC(await session.run(query).toArrow(arrow, { mixed: "json" }));
      expect(typesOf(table)).toEqual(["Utf8", "Struct<{deep:List<Utf8>}>", "Utf8", "Utf8"]);
      const [m, n, p, b] = cellsOf(table);
      expect([m, n, b]).toEqual([
        ["1", '"x"', null],
        [{ deep: ["1"] }, { deep: ['"x"'] }, null],
        ['"1152921504606846976"', "0.5", null],
      ]);
      expect(JSON.parse(p?.[0] as string)).toMatchObject({ start: { elementId: "4:x:1" } });
    });
  });

  it("names the column within a column", async () => {
    await withRecords(["n"], [[{ deep: [1] }], [{ deep: ["x"] }]], async (session) => {
      expect((await failureOf(session.run(query).toArrow(arrow))).message).toContain('"n.deep[]"');
    });
  });

  it("is another library, or an option, that is refused before anything is read", async () => {
    await withRecords(["n"], [[1], [2]], async (session) => {
      const result = session.run(query);
      await expect(result.toArrow({} as never)).rejects.toThrow(/import \* as arrow/);
      await expect(result.toArrow(arrow, { mixed: "text" } as never)).rejects.toBeInstanceOf(ConfigurationError);
      await expect(result.toArrow(arrow, { dictionaries: 7 } as never)).rejects.toThrow(/"auto"/);
      await expect(result.toArrow(arrow, { schema: {} } as never)).rejects.toThrow(/Schema/);
      await expect(result.toArrow(arrow, { parseDates: true } as never)).rejects.toThrow(/parseDates/);
      expect(() => resultTransformers.arrow("apache-arrow" as never)).toThrow(ConfigurationError);
      expect(await result.value<Record>()).toEqual([1, 2]);
    });
  });
});
