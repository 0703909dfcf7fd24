import { type Codec, type Column, type ColumnTable, columns, type RecordBatch } from "@fulgur/neo4j-codec";
import {
  Date,
  DateTime,
  Duration,
  float,
  LocalDateTime,
  Node,
  Point,
  Relationship,
  Time,
  UUID,
  vector,
} from "@fulgur/neo4j-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codec, expectSame } from "./engines.ts";
import { pieces, plainDecoder, recordsOf, wasmDecoder } from "./wasm-streams.ts";

/** The batches that rows come back in. */
function batchesOf(
  one: Codec,
  rows: readonly (readonly unknown[])[],
  engine: "wasm" | "plain",
  size = 30_000,
): RecordBatch[] {
  const decoder = engine === "wasm" ? wasmDecoder(one, { threshold: 1, numberRows: false }) : plainDecoder(one);
  const batches: RecordBatch[] = [];
  for (const piece of pieces(recordsOf(one, rows), size)) {
    for (const item of decoder.push(piece)) if (item.type === "RECORD") batches.push(item as RecordBatch);
  }
  decoder.end();
  return batches;
}

const namesOf = (row: readonly unknown[]): string[] => row.map((_, i) => `c${i}`);

/** Columns taken before the rows, after them, and after the batch left the memory: all say what the rows say. */
function check(rows: readonly (readonly unknown[])[], options = {}): ColumnTable[] {
  const one = codec(options);
  const names = namesOf(rows[0] ?? []);
  const tables: ColumnTable[] = [];
  for (const engine of ["wasm", "plain"] as const) {
    // Made while the batch is in the memory: each is the last one until the next push, so decode piece by piece.
    const decoder = engine === "wasm" ? wasmDecoder(one, { threshold: 1, numberRows: false }) : plainDecoder(one);
    for (const piece of pieces(recordsOf(one, rows), 30_000)) {
      for (const item of decoder.push(piece)) {
        if (item.type !== "RECORD") continue;
        const batch = item as RecordBatch;
        const table = batch.columns(names);
        expect(table.length).toBe(batch.length);
        const all = table.columns.map((column) => column.toArray());
        const found = batch.rows();
        expectSame(
          found.map((_, i) => all.map((column) => column[i])),
          found,
        );
        for (const [c, column] of table.columns.entries()) {
          expect(column.length).toBe(batch.length);
          for (const i of [0, batch.length >> 1, batch.length - 1]) expectSame(column.get(i), found[i]?.[c]);
          expect(column.get(batch.length)).toBeUndefined();
        }
        if (engine === "wasm") tables.push(table);
      }
    }
    for (const batch of batchesOf(one, rows, engine)) {
      const found = batch.rows().map((row) => [...row]);
      const all = batch.columns(names).columns.map((column) => column.toArray());
      expectSame(
        found.map((_, i) => all.map((column) => column[i])),
        found,
      );
    }
  }
  return tables;
}

const many = (row: (i: number) => unknown[], count = 400): unknown[][] =>
  Array.from({ length: count }, (_, i) => row(i));
const typesOf = (tables: readonly ColumnTable[]): unknown[] =>
  (tables.at(-1)?.columns ?? []).map((column) => column.type);
const at = (column: Column | undefined, ...path: string[]): Column | undefined => {
  let found = column;
  for (const step of path) {
    if (found?.type === "structure") found = found.fields[step];
    else if (found?.type === "map") found = found.columns[found.keys.indexOf(step)];
    else return undefined;
  }
  return found;
};

describe("records by columns", () => {
  it("have typed arrays chosen by what is in them", () => {
    const tables = check(
      many((i) => [
        i,
        i * 2 ** 31,
        2n ** 60n + BigInt(i),
        i / 2 + 0.25,
        i % 2 === 0,
        `name ${i}`,
        null,
        float(i),
        ["ż", "b"][i % 2],
      ]),
    );
    expect(typesOf(tables)).toEqual([
      "int32",
      "int53",
      "int64",
      "float64",
      "boolean",
      "string",
      "null",
      "float64",
      "dictionary",
    ]);
    const [a, b, c, d, e, f] = (tables.at(-1)?.columns ?? []) as unknown as [
      Column,
      Column,
      Column,
      Column,
      Column,
      Column,
    ];
    expect(a).toMatchObject({ values: expect.any(Int32Array), validity: undefined });
    expect(b).toMatchObject({ values: expect.any(Float64Array) });
    expect(c).toMatchObject({ values: expect.any(BigInt64Array) });
    expect(d).toMatchObject({ values: expect.any(Float64Array) });
    expect(e).toMatchObject({ values: expect.any(Uint8Array) });
    if (f.type !== "string") throw new Error("no strings");
    expect(f.offsets).toHaveLength(f.length + 1);
    expect(Buffer.from(f.bytes.subarray(f.offsets[1], f.offsets[2])).toString()).toBe(f.get(1));
    expect(f.text.substring(f.offsets[1] as number, f.offsets[2])).toBe(f.get(1));
  });

  it("say which cells are null", () => {
    const tables = check(
      many((i) => [
        i % 3 ? i : null,
        i % 4 ? `ż${i}` : null,
        i % 5 ? i / 3 : null,
        i % 2 ? true : null,
        i % 7 ? ["a", "b"][i % 2] : null,
      ]),
    );
    for (const [i, column] of (tables.at(-1)?.columns ?? []).entries()) {
      expect(column.validity).toBeInstanceOf(Uint8Array);
      const nulls = column.toArray().filter((value) => value === null).length;
      const bits = Array.from(column.validity ?? []).reduce(
        (sum, byte) => sum + byte.toString(2).replaceAll("0", "").length,
        0,
      );
      expect([i, bits]).toEqual([i, column.length - nulls]);
    }
  });

  it("have the parts of nodes as columns", () => {
    const tables = check(
      many((i) => [
        new Node(i, ["Person"], { name: `n${i}`, age: i, at: i % 3 ? Date.fromEpochDays(i) : null }, `4:abc:${i}`),
        i % 4 ? { x: i, y: { z: "ż" } } : null,
      ]),
    );
    const [node, map] = tables.at(-1)?.columns ?? [];
    expect(at(node)).toMatchObject({ type: "structure", name: "Node" });
    expect(at(node, "properties", "age")).toMatchObject({ type: "int32", values: expect.any(Int32Array) });
    expect(at(node, "properties", "name")?.type).toBe("string");
    expect(at(node, "properties", "at")).toMatchObject({ type: "structure", name: "Date" });
    expect(at(map, "y", "z")?.get(1)).toBe("ż");
    expect(at(map, "x")?.get(4)).toBeNull();
  });

  it("fall back to values where nothing fits", () => {
    const tables = check(
      many((i) => [
        [1, "x", null, [i]][i % 4],
        i % 2 ? { a: i } : { b: i },
        vector(Float32Array.of(i)),
        UUID.fromString("0d3a9f3e-0000-4000-8000-000000000001"),
      ]),
    );
    expect(typesOf(tables)).toEqual(["values", "values", "values", "values"]);
  });

  it("have temporal, spatial and list columns", () => {
    const tables = check(
      many((i) => [
        Date.fromEpochDays(i),
        DateTime.fromEpochSecondsInZone(1e9 + i, 0, "Europe/Paris"),
        i % 3 ? DateTime.fromEpochSeconds(2 ** 33 + i, i, 3600) : null,
        LocalDateTime.fromEpochSeconds(-i, 5),
        new Duration(i, -i, 2 ** 40, i),
        new Point(4326, i / 7, -i),
        Time.fromNanosecondOfDay(i, 60),
        [i / 3 + 0.1, i / 7 + 0.1],
        Array.from({ length: i % 4 }, (_, k) => `x${k}`),
        i % 2 ? [float(i)] : null,
        new Relationship(i, 1, 2, "KNOWS", {}, `r${i}`, "a", "b"),
      ]),
    );
    const last = tables.at(-1)?.columns ?? [];
    expect(last[7]).toMatchObject({ type: "list", items: { type: "float64", values: expect.any(Float64Array) } });
    expect(last[5]).toMatchObject({ type: "structure", name: "Point2D" });
    expect(at(last[5], "x")).toMatchObject({ type: "float64" });
  });

  it("follow the integers option", () => {
    for (const integers of ["bigint", "number", "auto"] as const) {
      check(
        many((i) => [i, i * 2 ** 33, [i], { a: i }, new Node(i, [], { a: i }, "x")]),
        { integers },
      );
      check(
        many((i) => [i % 2 ? 2n ** 60n : i, i]),
        { integers },
      );
    }
  });

  it("hold broken values", () => {
    // An unknown time zone breaks the value, not the record.
    const rows = many((i) => [
      i,
      i === 200 ? DateTime.fromEpochSecondsInZone(0, 0, "Nowhere/Else") : i,
      { a: i % 3 ? i : null },
    ]);
    const tables = check(rows);
    expect(tables.some((table) => table.columns[1]?.type === "values")).toBe(true);
  });

  it("are those of numbers as well, which are read straight into rows until columns are asked for", () => {
    const one = codec();
    const rows = many((i) => [i, float(i), i % 3 ? i : null], 3000);
    const decoder = wasmDecoder(one, { threshold: 1, numberRows: true });
    decoder.expect({ statement: "numbers", fields: ["a", "b", "c"] });
    const tables: ColumnTable[] = [];
    const found: unknown[][] = [];
    for (const piece of pieces(recordsOf(one, rows), 8000)) {
      for (const item of decoder.push(piece)) {
        if (item.type !== "RECORD") continue;
        tables.push((item as RecordBatch).columns(["a", "b", "c"]));
        found.push(...(item as RecordBatch).rows());
      }
    }
    expect(found).toEqual(rows.map((_, i) => [i, i, i % 3 ? i : null]));
    const values = tables.flatMap((table) => {
      const all = table.columns.map((column) => column.toArray());
      return Array.from({ length: table.length }, (_, i) => all.map((column) => column[i]));
    });
    expect(values).toEqual(found);
    // Only the bytes tell that whole numbers are floats.
    expect(tables[0]?.columns[1]?.type).toBe("int32");
    expect(typesOf(tables)).toEqual(["int32", "float64", "int32"]);
  });

  it("give lists of floats as the floatLists option says", () => {
    for (const floatLists of ["typed", "array"] as const) {
      check(
        many((i) => [
          i,
          Array.from({ length: i % 5 }, () => float(i)),
          i % 7 ? [float(0.5), float(i)] : null,
          { v: [float(i)] },
        ]),
        { floatLists },
      );
    }
  });

  it("need a name for each value", () => {
    for (const engine of ["wasm", "plain"] as const) {
      for (const batch of batchesOf(
        codec(),
        many((i) => [i, "x"]),
        engine,
      )) {
        expect(() => batch.columns(["a"])).toThrow(/2 values, 1 names/);
      }
    }
  });

  it("stay as they are when the decoder goes on, and still give rows", () => {
    const rows = many((i) => [i, `n${i}`, 2n ** 55n * BigInt(i % 2), i % 3 ? { k: `v${i}` } : null], 5000);
    const one = codec();
    const decoder = wasmDecoder(one, { threshold: 1, numberRows: false });
    const batches: [RecordBatch, ColumnTable][] = [];
    for (const piece of pieces(recordsOf(one, rows), 30_000)) {
      for (const item of decoder.push(piece))
        if (item.type === "RECORD")
          batches.push([item as RecordBatch, (item as RecordBatch).columns(["a", "b", "c", "d"])]);
    }
    const fromColumns = batches.flatMap(([, table]) => {
      const all = table.columns.map((column) => column.toArray());
      return Array.from({ length: table.length }, (_, i) => all.map((column) => column[i]));
    });
    const expected = batchesOf(one, rows, "plain").flatMap((batch) => batch.rows());
    expectSame(fromColumns, expected);
    expectSame(
      batches.flatMap(([batch]) => batch.rows()),
      expected,
    );
  });

  it("can be sent as they came", () => {
    const one = codec();
    const rows = many((i) => [i, `n${i}`, i % 3 ? i / 2 : null, float(i), { a: [i] }]);
    const names = ["a", "b", "c", "d", "e"];
    for (const batch of batchesOf(one, rows, "wasm").slice(-1)) {
      const sent = one.encodeValue(batch.columns(names));
      const objects = rows
        .slice(-batch.length)
        .map((row) => Object.fromEntries(row.map((value, i) => [names[i], value])));
      expect(Buffer.compare(sent, one.encodeValue(objects))).toBe(0);
      const [a] = batch.columns(names).columns;
      expect(one.encodeValue(columns({ a: a as Column }))).toEqual(
        one.encodeValue(objects.map((row) => ({ a: row["a"] }))),
      );
    }
  });

  it("say what the rows say, whatever the values are", () => {
    const scalar = fc.oneof(
      fc.integer(),
      fc.maxSafeInteger(),
      fc.double(),
      fc.boolean(),
      fc.string({ unit: "binary" }),
      fc.constant(null),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    );
    const value = fc.oneof(
      scalar,
      fc.array(scalar, { maxLength: 4 }),
      fc.dictionary(fc.string(), scalar, { maxKeys: 3 }),
      fc.integer({ min: -1e6, max: 1e6 }).map((days) => Date.fromEpochDays(days)),
    );
    const of = (arbitrary: fc.Arbitrary<unknown>) => fc.array(arbitrary, { minLength: 40, maxLength: 40 });
    const column = fc.oneof(
      of(fc.option(fc.integer())),
      of(fc.option(fc.double())),
      of(fc.option(fc.string({ unit: "binary" }))),
      of(fc.option(fc.constantFrom("a", "ż", "long enough for nobody to mind"))),
      of(fc.option(fc.record({ a: fc.integer(), b: fc.option(fc.string()) }))),
      of(fc.array(fc.double(), { maxLength: 3 })),
      of(value),
    );
    fc.assert(
      fc.property(fc.array(column, { minLength: 1, maxLength: 4 }), (all) => {
        check(Array.from({ length: 40 }, (_, i) => all.map((values) => values[i])));
      }),
      { numRuns: 150 },
    );
  });
});
