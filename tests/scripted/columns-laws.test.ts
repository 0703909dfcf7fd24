/** Laws of columns: whatever a result holds and however it arrives, columns and their Arrow table say what its rows say. */
import { type ColumnTable, createCodec, isBrokenValue, joinTables } from "@fulgur/neo4j-codec";
import {
  arrowTable,
  Date,
  DateTime,
  DriverError,
  Duration,
  float,
  LocalDateTime,
  LocalTime,
  Node,
  Point,
  Relationship,
  Time,
  vector,
} from "@fulgur/neo4j-driver";
import * as arrow from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, type EngineName, eachBatch } from "./decoded-columns.ts";

const engines = ["wasm", "plain"] as const;
const keys = fc.constantFrom("a", "b.c", "d\\e", "__proto__", "é");
const integers = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));
const strings = fc.oneof(
  fc.constantFrom("red", "green", "", "\ufeffbom"),
  fc.string({ unit: "binary", maxLength: 30 }),
);
const seconds = fc.integer({ min: -9e12, max: 9e12 });
const nanoseconds = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 999_999_999 }));
const properties = fc.record(
  { a: fc.integer(), "b.c": strings, "d\\e": fc.boolean(), é: fc.constant([1, 2]) },
  { requiredKeys: [] },
);
const anyProperties = fc.dictionary(keys, fc.oneof(fc.integer(), strings, fc.boolean()), { maxKeys: 3 });
const labels = fc.subarray(["A", "B", "C"]);

/** What one column may hold: each kind alone, so that it has a type. */
const kinds: { readonly [kind: string]: fc.Arbitrary<unknown> } = {
  small: fc.integer(),
  integers,
  floats: fc.double().map((value) => float(value)),
  numbers: fc.oneof(
    fc.integer(),
    fc.double().map((value) => float(value)),
  ),
  booleans: fc.boolean(),
  strings,
  repeated: fc.constantFrom("red", "green", "blue"),
  bytes: fc.uint8Array({ maxLength: 20 }),
  integerLists: fc.array(fc.oneof(fc.integer(), fc.constant(null)), { maxLength: 4 }),
  floatLists: fc.array(
    fc.double({ noNaN: true }).map((value) => float(value + 0.5)),
    { maxLength: 4 },
  ),
  stringLists: fc.array(strings, { maxLength: 3 }),
  maps: fc.record({ x: fc.integer(), y: fc.oneof(strings, fc.constant(null)) }),
  differentMaps: fc.dictionary(keys, fc.integer(), { maxKeys: 3 }),
  dates: fc.integer({ min: -365_243_219_162, max: 365_241_780_471 }).map((days) => Date.fromEpochDays(days)),
  localDateTimes: fc.tuple(seconds, nanoseconds).map(([s, n]) => LocalDateTime.fromEpochSeconds(s, n)),
  dateTimes: fc
    .tuple(seconds, nanoseconds, fc.constantFrom(0, 3600, -5430))
    .map(([s, n, o]) => DateTime.fromEpochSeconds(s, n, o)),
  zoned: fc
    .tuple(seconds, nanoseconds, fc.constantFrom("Europe/Paris", "UTC"))
    .map(([s, n, z]) => DateTime.fromEpochSecondsInZone(s, n, z)),
  localTimes: fc.integer({ min: 0, max: 86_399_999_999_999 }).map((n) => LocalTime.fromNanosecondOfDay(n)),
  times: fc.integer({ min: 0, max: 86_399_999_999_999 }).map((n) => Time.fromNanosecondOfDay(n, 3600)),
  durations: fc
    .tuple(fc.integer(), fc.integer(), fc.integer(), nanoseconds)
    .map(([m, d, s, n]) => new Duration(m, d, s, n)),
  points: fc.tuple(fc.double(), fc.double()).map(([x, y]) => new Point(7203, x, y)),
  vectors: fc.tuple(fc.float(), fc.float()).map((items) => vector(Float32Array.from(items))),
  nodes: fc.tuple(fc.nat(), labels, properties).map(([id, some, has]) => new Node(id, some, has, `4:x:${id}`)),
  sameNodes: fc.tuple(fc.nat(), fc.integer(), strings).map(([id, a, b]) => new Node(id, ["P"], { a, b }, `4:x:${id}`)),
  relationships: fc
    .tuple(fc.nat(), properties)
    .map(([id, has]) => new Relationship(id, 1, 2, "R", has, `5:x:${id}`, "4:x:1", "4:x:2")),
  nulls: fc.constant(null),
};

interface Case {
  readonly names: readonly string[];
  readonly rows: readonly unknown[][];
  /** How many bytes arrive at a time. */
  readonly size: number;
}

function cases(choices: readonly fc.Arbitrary<unknown>[]): fc.Arbitrary<Case> {
  return fc
    .tuple(
      fc.array(fc.constantFrom(...choices), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 260 }),
      fc.integer({ min: 300, max: 20_000 }),
      fc.boolean(),
    )
    .chain(([columns, count, size, nullable]) => {
      const cells = columns.map((values) => (nullable ? fc.option(values, { nil: null, freq: 4 }) : values));
      // A few rows that repeat: it is the decoder that has to see many.
      const some = fc.array(fc.tuple(...cells), { minLength: 1, maxLength: 12 });
      return some.map((few) => ({
        names: columns.map((_, i) => ["n", "m.x", "n"][i] as string),
        rows: Array.from({ length: count }, (_, i) => [...(few[i % few.length] as unknown[])]),
        size,
      }));
    });
}

/** Nodes whose properties have no type in common. */
const motley = fc.tuple(fc.nat(), labels, anyProperties).map(([id, some, has]) => new Node(id, some, has, `4:x:${id}`));

/** Arrow's own library leaves out byte order marks and keys called `__proto__` where it makes strings and objects of cells. */
const isShownByArrow = (value: unknown): boolean => {
  if (typeof value === "string") return !value.startsWith("\ufeff");
  if (Array.isArray(value)) return value.every(isShownByArrow);
  if (typeof value !== "object" || value === null) return true;
  const { properties } = value as { properties?: object };
  const map = properties ?? ([Object.prototype, null].includes(Object.getPrototypeOf(value)) ? value : {});
  return Object.entries(map).every(([key, item]) => key !== "__proto__" && isShownByArrow(item));
};

/** Columns of one kind each, and some of all kinds at once. */
const alone = Object.values(kinds);
const mixed = [...alone, motley, fc.oneof(...alone)];

const valuesOf = ({ rows, size }: Case, engine: EngineName): unknown[][] =>
  eachBatch(rows, engine, (batch) => batch.rows(), size).flat();
const rowsOf = (table: ColumnTable): unknown[][] => {
  const cells = table.columns.map((column) => column.toArray());
  return Array.from({ length: table.length }, (_, row) => cells.map((column) => column[row]));
};

describe.each(engines)("with the %s engine, of any result,", (engine) => {
  it("columns have the cells of its rows, whatever arrives when, and one by one as well as all at once", () => {
    fc.assert(
      fc.property(cases(mixed), (one) => {
        const values = valuesOf(one, engine);
        const table = columnsOf(one.names, one.rows, engine, one.size);
        expect(table.length).toBe(one.rows.length);
        expect(rowsOf(table)).toEqual(values);
        for (const [at, column] of table.columns.entries()) {
          for (let row = 0; row < table.length; row += 17) {
            expect(column.get(row)).toEqual(values[row]?.[at]);
            expect(column.isNull(row)).toBe(values[row]?.[at] === null);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it("rows that change their types half-way through have columns of both", () => {
    fc.assert(
      fc.property(cases(alone), cases(alone), ({ rows: before, size }, { rows: after }) => {
        const width = Math.min(before[0]?.length ?? 0, after[0]?.length ?? 0);
        const rows = [...before, ...after].map((row) => row.slice(0, width));
        const names = rows[0]?.map((_, i) => `c${i}`) ?? [];
        expect(rowsOf(columnsOf(names, rows, engine, size))).toEqual(valuesOf({ names, rows, size }, engine));
      }),
      { numRuns: 100 },
    );
  });

  it("the Arrow table has the same cells, also read by others", () => {
    fc.assert(
      fc.property(
        cases(alone.map((values) => values.filter(isShownByArrow))),
        fc.constantFrom("auto" as const, true, false),
        (one, dictionaries) => {
          const values = valuesOf(one, engine);
          const made = arrowTable(arrow, columnsOf(one.names, one.rows, engine, one.size), {
            dictionaries,
            mixed: "json",
          });
          const table = arrow.tableFromIPC(arrow.tableToIPC(made));
          expect(table.numRows).toBe(values.length);
          for (const at of one.names.keys()) {
            const { type } = made.schema.fields[at] as arrow.Field;
            const child = table.getChildAt(at) as arrow.Vector;
            for (let row = 0; row < values.length; row += 7) {
              expect(plain(child.get(row), type)).toEqual(expected(values[row]?.[at], type));
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

/** A cell of Arrow as plain data; numbers of whatever width as text. */
function plain(cell: unknown, type: arrow.DataType): unknown {
  if (cell === null || typeof cell === "boolean" || typeof cell === "string" || cell instanceof Uint8Array) return cell;
  if (cell instanceof arrow.Vector) return Array.from(cell, (item) => plain(item, cell.type));
  if (typeof cell !== "object") return arrow.DataType.isTimestamp(type) ? Math.floor(Number(cell)) : String(cell);
  const children = new Map((type as arrow.Struct).children.map((field) => [field.name, field.type as arrow.DataType]));
  const object = (cell as { toJSON(): { [name: string]: unknown } }).toJSON();
  return Object.fromEntries(
    Object.entries(object).map(([name, item]) => [name, plain(item, children.get(name) as arrow.DataType)]),
  );
}

/** What Arrow is to have of a row's value. */
function expected(value: unknown, own: arrow.DataType): unknown {
  const type = arrow.DataType.isDictionary(own) ? own.dictionary : own;
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number" || typeof value === "bigint") {
    return arrow.DataType.isUtf8(type)
      ? JSON.stringify(typeof value === "bigint" ? String(value) : value)
      : String(value);
  }
  if (typeof value === "string" || value instanceof Uint8Array) return value;
  const { DataType } = arrow;
  if (value instanceof Date) return DataType.isUtf8(type) ? String(value) : String(value.epochDays * 86_400_000);
  if (value instanceof LocalDateTime || value instanceof DateTime) {
    if (DataType.isUtf8(type)) return String(value);
    // The library gives milliseconds.
    return Math.floor(Number(value.epochSeconds) * 1000 + value.nanosecond / 1e6);
  }
  if (value instanceof LocalTime) return String(value.nanosecondOfDay);
  if (value instanceof Time) return String(value);
  if (DataType.isList(type) || DataType.isFixedSizeList(type)) {
    const item = type.children[0]?.type as arrow.DataType;
    const items = Array.isArray(value) ? value : [...(value as Iterable<unknown>)];
    return items.map((each) => expected(each, item));
  }
  const object = value as { readonly [name: string]: unknown };
  return Object.fromEntries(
    (type as arrow.Struct).children.map(({ name, type: inner }) => [name, expected(object[name] ?? null, inner)]),
  );
}

describe("a value that can't be decoded", () => {
  /** A date-time in a zone that nobody knows, after good ones. */
  function broken(engine: EngineName): ColumnTable {
    const server = createCodec({ version: "6.1", role: "server", engine: "plain" });
    const decoder = createCodec({ version: "6.1", engine }).decoder();
    const good = server.encodeMessage({
      type: "RECORD",
      data: [DateTime.fromEpochSecondsInZone(1, 2, "Europe/Paris"), 1],
    });
    const zone = new TextEncoder().encode("Europe/Nosuchplace");
    const body = [0xb1, 0x71, 0x92, 0xb3, 0x69, 1, 2, 0xd0, zone.length, ...zone, 1];
    const bytes = [...Array.from({ length: 200 }, () => [...good]).flat(), 0, body.length, ...body, 0, 0];
    const tables: ColumnTable[] = [];
    for (const item of decoder.push(Uint8Array.from(bytes))) {
      if (item.type === "RECORD")
        tables.push((item as unknown as { columns(names: string[]): ColumnTable }).columns(["z", "i"]));
    }
    return joinTables(["z", "i"], tables);
  }

  it.each(engines)(
    "stands in its place in the columns; in Arrow it is an error, or JSON that says why (%s)",
    (engine) => {
      const table = broken(engine);
      expect(table.columns.map(({ type }) => type)).toEqual(["values", "int32"]);
      expect(isBrokenValue(table.columns[0]?.get(200))).toBe(true);
      expect(table.columns[0]?.get(199)).toEqual(DateTime.fromEpochSecondsInZone(1, 2, "Europe/Paris"));
      expect(() => arrowTable(arrow, table)).toThrow(DriverError);
      expect(() => arrowTable(arrow, table)).toThrow(/"z" holds a value that can't be decoded/);
      const json = arrowTable(arrow, table, { mixed: "json" });
      expect(JSON.parse(json.getChild("z")?.get(200))).toEqual({ brokenValue: expect.stringMatching(/zone/) });
    },
  );
});
