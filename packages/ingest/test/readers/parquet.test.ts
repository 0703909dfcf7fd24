import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Date, DateTime, float, LocalDateTime, LocalTime, Time } from "@fulgur/neo4j-driver";
import fc from "fast-check";
import { type ParquetWriteOptions, parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import type { ColumnarOptions } from "../../src/readers/columnar-options.ts";
import { readParquet } from "../../src/readers/parquet/read-parquet.ts";
import { ReadError } from "../../src/readers/read-error.ts";
import { readFiles } from "../../src/readers/read-files.ts";
import { readAll, rowsOf, streamOf, temporaryFolder } from "./read-all.ts";

type SchemaElement = NonNullable<ParquetWriteOptions["schema"]>[number];
type Column = readonly [element: Omit<SchemaElement, "name">, data: unknown[]];

/** The bytes of a file of these columns; those of groups are more than one element. */
function parquet(columns: Record<string, Column>, groupSize = 1_000, pageSize = 1_000_000): Uint8Array {
  const names = Object.keys(columns);
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: names.map((name) => ({ name, data: (columns[name] as Column)[1] })),
      schema: [
        { name: "root", num_children: names.length },
        ...names.map((name) => ({ name, repetition_type: "OPTIONAL" as const, ...(columns[name] as Column)[0] })),
      ],
      rowGroupSize: groupSize,
      pageSize,
    }),
  );
}

async function valuesOf(column: Column, options: ColumnarOptions = {}): Promise<unknown[]> {
  return (await rowsOf(readParquet(parquet({ v: column }), options))).map(({ v }) => v);
}

const timestamp = (unit: "MILLIS" | "MICROS" | "NANOS", isAdjustedToUTC: boolean) =>
  ({ type: "INT64", logical_type: { type: "TIMESTAMP", unit, isAdjustedToUTC } }) as const;

describe("reading Parquet", () => {
  it.each<[string, Column, unknown[]]>([
    ["INT32", [{ type: "INT32" }, [1, null, -5]], [1, null, -5]],
    ["INT64", [{ type: "INT64" }, [1n, null, 2n ** 53n + 1n]], [1, null, 2n ** 53n + 1n]],
    ["unsigned", [{ type: "INT32", converted_type: "UINT_32" }, [1, 4_294_967_295]], [1, 4_294_967_295]],
    ["DOUBLE", [{ type: "DOUBLE" }, [1, 2.5, null]], [float(1), float(2.5), null]],
    ["FLOAT", [{ type: "FLOAT" }, [0.5]], [float(0.5)]],
    ["BOOLEAN", [{ type: "BOOLEAN" }, [true, null, false]], [true, null, false]],
    ["STRING", [{ type: "BYTE_ARRAY", converted_type: "UTF8" }, ["é", null, ""]], ["é", null, ""]],
    ["bytes", [{ type: "BYTE_ARRAY" }, [Uint8Array.of(1, 255)]], [Uint8Array.of(1, 255)]],
    [
      "UUID",
      [
        { type: "FIXED_LEN_BYTE_ARRAY", type_length: 16, logical_type: { type: "UUID" } },
        ["01234567-89ab-cdef-0123-456789abcdef"],
      ],
      ["01234567-89ab-cdef-0123-456789abcdef"],
    ],
    ["DATE", [{ type: "INT32", converted_type: "DATE" }, [-1, null]], [new Date(1969, 12, 31), null]],
    [
      "TIME",
      [{ type: "INT64", logical_type: { type: "TIME", unit: "MICROS", isAdjustedToUTC: false } }, [1_500_000n]],
      [new LocalTime(0, 0, 1, 500_000_000)],
    ],
    [
      "TIME in UTC",
      [{ type: "INT32", logical_type: { type: "TIME", unit: "MILLIS", isAdjustedToUTC: true } }, [1_500]],
      [new Time(0, 0, 1, 500_000_000, 0)],
    ],
    [
      "TIME in milliseconds, as older files have it",
      [{ type: "INT32", converted_type: "TIME_MILLIS" }, [1_500]],
      [new Time(0, 0, 1, 500_000_000, 0)],
    ],
    [
      "TIME in microseconds, as older files have it",
      [{ type: "INT64", converted_type: "TIME_MICROS" }, [1_500_000n]],
      [new Time(0, 0, 1, 500_000_000, 0)],
    ],
    [
      "TIMESTAMP",
      [timestamp("MICROS", false), [-1n, null, -1n]],
      [
        new LocalDateTime(1969, 12, 31, 23, 59, 59, 999_999_000),
        null,
        new LocalDateTime(1969, 12, 31, 23, 59, 59, 999_999_000),
      ],
    ],
    [
      "TIMESTAMP in UTC",
      [timestamp("NANOS", true), [2n ** 62n + 1n]],
      [DateTime.fromEpochSeconds(4_611_686_018, 427_387_905, 0)],
    ],
    [
      "TIMESTAMP_MILLIS",
      [{ type: "INT64", converted_type: "TIMESTAMP_MILLIS" }, [1_001n]],
      [DateTime.fromEpochSeconds(1, 1_000_000, 0)],
    ],
    [
      "DECIMAL",
      [{ type: "INT64", converted_type: "DECIMAL", precision: 18, scale: 2 }, [12_345n, -5n, null]],
      [float(123.45), float(-0.05), null],
    ],
    [
      "DECIMAL without digits behind its point",
      [{ type: "INT64", converted_type: "DECIMAL", precision: 18, scale: 0 }, [123_456_789_012_345_678n]],
      [123_456_789_012_345_678n],
    ],
  ])("gives what %s becomes", async (_, column, expected) => {
    expect(await valuesOf(column)).toEqual(expected);
  });

  it("keeps decimals exact as texts, if they are wanted so", async () => {
    const element = {
      type: "FIXED_LEN_BYTE_ARRAY",
      type_length: 16,
      converted_type: "DECIMAL",
      precision: 38,
      scale: 10,
    } as const;
    const value = -12_345_678_901_234_567_890_123n;
    expect(await valuesOf([element, [value, 1n]], { decimals: "string" })).toEqual([
      "-1234567890123.4567890123",
      "0.0000000001",
    ]);
  });

  it("gives lists as arrays, groups and maps as objects, with what is in them", async () => {
    const bytes = new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: "list", data: [[1n, null], [], null] },
          { name: "floats", data: [[1, null], [1, 2.5], []] },
          { name: "group", data: [{ at: 1_000n, name: "a" }, null, { at: null, name: "b" }] },
        ],
        schema: [
          { name: "root", num_children: 3 },
          { name: "list", repetition_type: "OPTIONAL", converted_type: "LIST", num_children: 1 },
          { name: "list", repetition_type: "REPEATED", num_children: 1 },
          { name: "element", repetition_type: "OPTIONAL", type: "INT64" },
          { name: "floats", repetition_type: "OPTIONAL", converted_type: "LIST", num_children: 1 },
          { name: "list", repetition_type: "REPEATED", num_children: 1 },
          { name: "element", repetition_type: "OPTIONAL", type: "DOUBLE" },
          { name: "group", repetition_type: "OPTIONAL", num_children: 2 },
          { name: "at", repetition_type: "OPTIONAL", ...timestamp("MILLIS", false) },
          { name: "name", repetition_type: "OPTIONAL", type: "BYTE_ARRAY", converted_type: "UTF8" },
        ],
      }),
    );
    expect(await rowsOf(readParquet(bytes))).toEqual([
      { list: [1, null], floats: [float(1), null], group: { at: new LocalDateTime(1970, 1, 1, 0, 0, 1), name: "a" } },
      { list: [], floats: Float64Array.of(1, 2.5), group: null },
      { list: null, floats: new Float64Array(), group: { at: null, name: "b" } },
    ]);
  });

  const many = () =>
    parquet(
      { i: [{ type: "INT32" }, Array.from({ length: 100 }, (_, i) => i)], s: [{ type: "INT32" }, Array(100).fill(7)] },
      30,
    );

  it("numbers rows across row groups, and gives chunks of the size that is wanted", async () => {
    const { rows, chunks } = await readAll(readParquet({ name: "f", data: many() }, { chunkRows: 12 }));
    expect(rows).toEqual(Array.from({ length: 100 }, (_, i) => ({ file: "f", number: i + 1, row: { i, s: 7 } })));
    expect(chunks.map(({ rows }) => rows.length)).toEqual([12, 12, 6, 12, 12, 6, 12, 12, 6, 10]);
  });

  it("goes on behind a row, without decoding the row groups that are done", async () => {
    const bytes = many();
    const whole = await readAll(readParquet({ name: "f", data: bytes }));
    for (const row of [0, 1, 29, 30, 31, 99, 100]) {
      const rest = await readAll(readParquet({ name: "f", data: bytes }), { file: "f", row });
      expect(rest.rows).toEqual(whole.rows.filter(({ number }) => number > row));
    }
    // The first row group's bytes are no pages any more.
    const damaged = bytes.slice();
    damaged.fill(0xff, 4, 40);
    expect((await readAll(readParquet({ name: "f", data: damaged }), { file: "f", row: 30 })).rows).toHaveLength(70);
    const error = await readAll(readParquet({ name: "f", data: damaged })).catch((e) => e);
    expect(error).toBeInstanceOf(ReadError);
    expect(error.message).toMatch(/^The file "f", row 1: the column "i" can't be decoded: /);
  });

  it("gives what repeats, and so has a dictionary, as it gives everything else, from any row on", async () => {
    const column = <T>(values: readonly T[]) =>
      fc.array(fc.constantFrom(...values, null), { minLength: 60, maxLength: 60 });
    const columns = fc.record({
      s: column(["a", "b", "é"]),
      i: column([1n, 2n ** 60n]),
      f: column([1, 0.5]),
      t: column([5n, -5n]),
      n: column([null]),
      u: fc.array(fc.integer(), { minLength: 60, maxLength: 60 }),
    });
    const none = fc.constantFrom("OPTIONAL" as const, "REQUIRED" as const);
    await fc.assert(
      fc.asyncProperty(
        columns,
        none,
        fc.integer({ min: 5, max: 70 }),
        fc.integer({ min: 4, max: 80 }),
        fc.nat(60),
        async (data, repetition_type, groupSize, pageSize, row) => {
          const whole = data.s.map((value) => value ?? "");
          const bytes = parquet(
            {
              s: [{ type: "BYTE_ARRAY", converted_type: "UTF8" }, data.s],
              w: [{ type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type }, whole],
              i: [{ type: "INT64" }, data.i],
              f: [{ type: "DOUBLE" }, data.f],
              t: [timestamp("MICROS", false), data.t],
              n: [{ type: "INT64" }, data.n],
              u: [{ type: "INT32" }, data.u],
            },
            groupSize,
            pageSize,
          );
          const expected = whole.map((w, k) => ({
            ...{ s: data.s[k], w, i: data.i[k] === 1n ? 1 : data.i[k], n: null, u: data.u[k] },
            f: data.f[k] === null ? null : float(data.f[k] as number),
            t: data.t[k] === null ? null : LocalDateTime.fromEpochSeconds(0, Number(data.t[k]) * 1_000),
          }));
          expect(await rowsOf(readParquet({ name: "f", data: bytes }), { file: "f", row })).toEqual(
            expected.slice(row),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it("reads only the columns that are wanted, in their order", async () => {
    const [first] = await rowsOf(readParquet(many(), { columns: ["s"] }));
    expect(first).toEqual({ s: 7 });
    await expect(rowsOf(readParquet(many(), { columns: ["x"] }))).rejects.toThrow(
      /`columns` .* no column "x"; the file has "i", "s"/,
    );
  });

  it("ends with an error for a wanted column that is there twice: one of them would be lost", async () => {
    const bytes = new Uint8Array(
      parquetWriteBuffer({
        columnData: ["a", "a", "b"].map((name, i) => ({ name, data: [i], type: "INT32" })),
      }),
    );
    const refused = readAll(readParquet({ name: "f", data: bytes }));
    await expect(refused).rejects.toThrow(
      /^The file "f": it has two columns called "a", .*`columns` can name the others/,
    );
    expect(await rowsOf(readParquet(bytes, { columns: ["b"] }))).toEqual([{ b: 2 }]);
  });

  it("ends with an error for what is no Parquet, and what can only be read from its beginning on", async () => {
    await expect(readAll(readParquet({ name: "f", data: new Uint8Array(100) }))).rejects.toThrow(/^The file "f": /);
    await expect(readAll(readParquet({ name: "f", data: many().slice(0, -20) }))).rejects.toThrow(ReadError);
    await expect(readAll(readParquet(streamOf(many(), 10)))).rejects.toThrow(/its index is at its end: give a file/);
  });

  it("finds files by their names, and tells how far it is", async () => {
    const at = temporaryFolder();
    mkdirSync(at("x"));
    for (const name of ["x/b.parquet", "x/a.parquet"]) writeFileSync(at(name), many());
    const source = await readFiles(at("x/*.parquet"));
    const { rows } = await readAll(source);
    expect(rows.map(({ file }) => file)).toEqual([
      ...Array(100).fill(at("x/a.parquet")),
      ...Array(100).fill(at("x/b.parquet")),
    ]);
    const size = many().length * 2;
    expect(source.progress?.()).toEqual({ bytesRead: size, bytesTotal: size });
  });
});

describe("the flights of vega-datasets", () => {
  // Three million rows in eleven row groups; the test reads the end of them.
  const path = fileURLToPath(new URL("../../node_modules/vega-datasets/data/flights-3m.parquet", import.meta.url));

  it("are read by row group, from the last one only if the others are done", async () => {
    const source = readParquet(path);
    let rows = 0;
    let last: unknown;
    for await (const chunk of source.chunks({ file: path, row: 2_950_000 })) {
      rows += chunk.rows.length;
      last = chunk.rows.at(-1);
    }
    expect(rows).toBe(50_000);
    expect(last).toEqual({
      ...{ date: new LocalDateTime(2001, 7, 1), delay: 33, distance: 373 },
      origin: "ATL",
      destination: "CVG",
    });
  });
});
