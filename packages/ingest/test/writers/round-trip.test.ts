import { ColumnTable, columnOf, columns } from "@fulgur/neo4j-codec";
import {
  DateTime,
  Date as Day,
  Duration,
  float,
  LocalDateTime,
  LocalTime,
  vector,
  wgs84Point,
} from "@fulgur/neo4j-driver";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ReadFilesOptions, readFiles } from "../../src/readers/read-files.ts";
import { writeRows } from "../../src/writers/open-writer.ts";
import type { WriteOptions } from "../../src/writers/write-options.ts";
import { rowsOf, temporaryFolder } from "../readers/read-all.ts";

type Row = Record<string, unknown>;

/** The rows that a file of these batches is read as. */
async function through(
  path: string,
  batches: readonly (ColumnTable | readonly Row[])[],
  write: WriteOptions = {},
  read: ReadFilesOptions = {},
) {
  await writeRows(path, batches, write);
  return rowsOf(await readFiles(path, { ...(write.format && { format: write.format }), ...read }));
}

const text = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r", " ", "é", "="), maxLength: 4 }),
);
const integer = fc.oneof(
  fc.integer(),
  fc.constantFrom(2n ** 53n + 1n, -(2n ** 63n), 2n ** 63n - 1n, Number.MAX_SAFE_INTEGER),
);
const double = fc.double({ noNaN: true });
const seconds = fc.integer({ min: -9_000_000_000, max: 9_000_000_000 });
const day = fc.integer({ min: -700_000, max: 700_000 }).map((days) => Day.fromEpochDays(days));
const local = fc
  .tuple(seconds, fc.nat(999_999))
  .map(([s, micros]) => LocalDateTime.fromEpochSeconds(s, micros * 1_000));
const instant = fc.tuple(seconds, fc.nat(999_999_999)).map(([s, n]) => DateTime.fromEpochSeconds(s, n, 0));
const clock = fc
  .tuple(fc.nat(86_399_999), fc.nat(999_999))
  .map(([millis, nanos]) => LocalTime.fromNanosecondOfDay(millis * 1_000_000 + nanos));

const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null, freq: 4 });

/** Batches of rows of the same columns. */
function batchesOf(row: { [name: string]: fc.Arbitrary<unknown> }): fc.Arbitrary<Row[][]> {
  const one = fc.record(Object.fromEntries(Object.entries(row).map(([name, of]) => [name, orNull(of)])));
  return fc.array(fc.array(one, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });
}

const scalars = { b: fc.boolean(), i: integer, f: double.map(float), s: text, d: day, l: local, t: instant, c: clock };

describe("rows that are written and read again", () => {
  const at = { path: "" };
  const folder = () => (at.path = temporaryFolder()("file"));

  it.each<[string, WriteOptions["format"]]>([
    ["Parquet", "parquet"],
    ["Arrow", "arrow"],
  ])("are the same in %s, whatever their types", async (_, format) => {
    const path = folder();
    const lists = { li: fc.array(orNull(integer), { maxLength: 3 }), ls: fc.array(orNull(text), { maxLength: 3 }) };
    await fc.assert(
      fc.asyncProperty(
        batchesOf({ ...scalars, ...lists }),
        fc.integer({ min: 1, max: 9 }),
        async (batches, groupRows) => {
          const types = {
            b: "boolean",
            i: "integer",
            f: "float",
            s: "string",
            d: "date",
            l: "localdatetime",
            t: "datetime_ns",
            c: "localtime",
            li: "integer[]",
            ls: "string[]",
          } as const;
          expect(await through(path, batches, { format, groupRows, types })).toEqual(batches.flat().map(exact));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("are the same in CSV with declared types, but that the empty text is null", async () => {
    const path = folder();
    const types = {
      b: "boolean",
      i: "integer",
      f: "float",
      s: "string",
      d: "date",
      l: "localdatetime",
      t: "datetime",
      c: "localtime",
    } as const;
    await fc.assert(
      fc.asyncProperty(
        batchesOf(scalars),
        fc.boolean(),
        fc.constantFrom(",", ";", "\t"),
        async (batches, crlf, delimiter) => {
          const read = await through(path, batches, { format: "csv", crlf, delimiter }, { types, delimiter });
          expect(read).toEqual(batches.flat().map((row) => ({ ...exact(row), s: row["s"] || null })));
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each(["jsonl", "json"] as const)(
    "are the same in %s, but that what JSON has no type for is text",
    async (format) => {
      const path = folder();
      const nested = fc.record({ a: fc.array(integer, { maxLength: 2 }), b: text });
      await fc.assert(
        fc.asyncProperty(batchesOf({ b: fc.boolean(), i: integer, s: text, d: day, n: nested }), async (batches) => {
          const expected = batches.flat().map((row) => ({ ...row, d: row["d"] && String(row["d"]) }));
          expect(await through(path, batches, { format })).toEqual(expected.map(exact));
        }),
        { numRuns: 60 },
      );
    },
  );

  it("come from columns as they do from rows", async () => {
    const table = columns({
      id: Int32Array.of(1, 2),
      big: BigInt64Array.of(1n, 2n ** 60n),
      x: Float64Array.of(1, 2.5),
      s: ["a", null],
    });
    for (const format of ["csv", "jsonl", "json", "parquet", "arrow"] as const) {
      const read = await through(folder(), [table, table], { format });
      const x = format.startsWith("json") ? [1, 2.5] : [float(1), float(2.5)];
      const rows = [0, 1].map((i) => ({ id: i + 1, big: i === 0 ? 1 : 2n ** 60n, x: x[i], s: i === 0 ? "a" : null }));
      expect(read).toEqual([...rows, ...rows]);
    }
  });

  it.each(["csv", "jsonl", "json", "parquet", "arrow"] as const)(
    "are none in %s, if there were none",
    async (format) => {
      expect(await through(folder(), [], { format })).toEqual([]);
      const none = new ColumnTable(0, ["a", "b"], [columnOf([]), columnOf([])]);
      expect(await through(folder(), [none], { format })).toEqual([]);
    },
  );

  it("have the forms that the docs say where a file has no type for them", async () => {
    const row = {
      point: wgs84Point(1, 2),
      takes: Duration.parse("P1DT2H"),
      vector: vector([1, 0.5]),
      map: { a: [1, 2n ** 60n] },
      bytes: Uint8Array.of(1, 2),
      mixed: [1, "a"],
    };
    const texts = { takes: "P1DT7200S", map: '{"a":[1,1152921504606846976]}', mixed: '[1,"a"]' };
    for (const format of ["parquet", "arrow"] as const) {
      const [read] = await through(folder(), [[row]], { format });
      expect(read).toMatchObject({ ...texts, bytes: row.bytes });
      expect((read as Row)["vector"]).toEqual(Float64Array.of(1, 0.5));
      expect(JSON.parse((read as Row)["point"] as string)).toMatchObject({ srid: 4326, x: 1, y: 2 });
    }
    const [read] = await through(folder(), [[row]], { format: "csv" });
    expect(read).toMatchObject({ ...texts, bytes: "AQI=", vector: "[1.0,0.5]" });
  });
});

/** As the readers give numbers: bigints only where a number would be rounded. */
function exact(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, exactValue(value)]));
}

function exactValue(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  return Array.isArray(value) ? value.map(exactValue) : value;
}
