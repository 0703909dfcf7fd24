/** Fields that are declared to have a type, and rows as they are sent. */
import {
  Date as CypherDate,
  cartesianPoint,
  DateTime,
  Duration,
  float,
  int,
  LocalDateTime,
  LocalTime,
  Time,
  wgs84Point,
} from "@fulgur/neo4j-driver";
import { describe, expect, it } from "vitest";
import { converter } from "../src/mapping/convert.ts";
import type { PropertyType } from "../src/mapping/property-type.ts";
import { Shape } from "../src/mapping/shape.ts";
import { ColumnRows, tableOf } from "../src/source/column-rows.ts";
import { plainPortion } from "../src/source/row-feed.ts";
import { ObjectRows } from "../src/source/row-set.ts";

const noon = new Date("2001-01-14T12:00:00.500Z");

describe("a field's type", () => {
  it.each<[PropertyType, unknown, unknown]>([
    ["integer", "17", 17],
    ["integer", " +17 ", 17],
    ["integer", 17, 17],
    ["integer", "9007199254740993", 9007199254740993n],
    ["integer", 5n, 5n],
    ["integer", "", null],
    ["float", "2.5", 2.5],
    ["float", "1e3", float(1000)],
    ["float", 2, float(2)],
    ["float", ".5", 0.5],
    ["string", "", ""],
    ["string", 5, "5"],
    ["string", noon, "2001-01-14T12:00:00.500Z"],
    ["boolean", " TRUE", true],
    ["boolean", 0, false],
    ["date", "2001-01-14", new CypherDate(2001, 1, 14)],
    ["date", noon, new CypherDate(2001, 1, 14)],
    ["datetime", "2001-01-14T12:00:00+01:00", DateTime.parse("2001-01-14T12:00:00+01:00")],
    ["datetime", "2001-01-14 12:00:00Z", DateTime.parse("2001-01-14T12:00:00Z")],
    ["datetime", noon, DateTime.fromStandardDate(noon)],
    ["localdatetime", "2001-01-14 21:55", new LocalDateTime(2001, 1, 14, 21, 55)],
    ["localdatetime", noon, new LocalDateTime(2001, 1, 14, 12, 0, 0, 500_000_000)],
    ["time", "12:00:00+01:00", Time.parse("12:00:00+01:00")],
    ["localtime", "12:00", new LocalTime(12, 0)],
    ["duration", "P1DT2S", Duration.parse("P1DT2S")],
    ["duration", Duration.parse("P1D"), Duration.parse("P1D")],
    ["point", { x: 1, y: "2" }, cartesianPoint(1, 2)],
    ["point", { longitude: 13.4, latitude: 52.5, height: 3 }, wgs84Point(13.4, 52.5, 3)],
    ["integer[]", ["1", 2, null], [1, 2, null]],
    ["float[]", Float32Array.of(1, 2.5), [float(1), 2.5]],
    ["float", float(2), float(2)],
    ["integer", int(7), int(7)],
    ["integer[]", "", null],
    ["date", null, null],
    ["date", undefined, null],
  ])("%s takes %o", (type, given, wanted) => {
    expect(converter(type)(given)).toEqual(wanted);
  });

  it.each<[PropertyType, unknown, RegExp]>([
    ["integer", "1.5", /a text that isn't a whole number/],
    ["integer", 1.5, /a number that isn't whole/],
    ["integer", "9223372036854775808", /beyond 64 bits/],
    ["integer", {}, /type object/],
    ["float", "1,5", /a text that isn't a number/],
    ["boolean", "yes", /neither true nor false/],
    ["date", "14.1.2001", /ISO 8601/],
    ["date", new Date(Number.NaN), /invalid Date/],
    ["date", 5, /type number/],
    ["point", { x: 1 }, /x and y/],
    ["integer[]", "1,2", /no array/],
    ["integer[]", ["1", "x"], /whole number/],
    ["string", {}, /type object/],
  ])("%s refuses %o, and says nothing of the value", (type, given, why) => {
    expect(() => converter(type)(given)).toThrow(why);
    if (typeof given === "string") expect(() => converter(type)(given)).not.toThrow(given);
  });
});

const portion = (rows: object[], first = 1) => plainPortion(new ObjectRows(rows), first);

describe("rows", () => {
  it("stay the same objects when nothing has to be done", () => {
    const rows = [{ a: 1, b: 2 }];
    const untyped = new Shape({ fields: undefined, types: new Map() }).of(portion(rows));
    expect(untyped.rows.parameter).toBe(rows);
    const all = new Shape({ fields: ["b", "a", "c"], types: new Map() }).of(portion(rows));
    expect(all.rows.parameter).toBe(rows);
  });

  it("lose the fields that nobody reads, and are not changed themselves", () => {
    const rows = [
      { a: 1, b: 2, c: 3 },
      { a: 4 },
      new Map([
        ["a", 5],
        ["z", 6],
      ]),
    ];
    const shaped = new Shape({
      fields: ["a", "b"],
      types: new Map([
        ["a", "string"],
        ["c", "date"],
      ]),
    }).of(portion(rows));
    expect(shaped.rows.parameter).toEqual([
      { a: "1", b: 2 },
      { a: "4", b: null },
      { a: "5", b: null },
    ]);
    expect(rows[0]).toEqual({ a: 1, b: 2, c: 3 });
  });

  it("that can't be converted are put aside with their numbers; the others keep theirs", () => {
    const rows = [{ a: "1" }, { a: "x" }, { a: "3" }];
    const {
      rows: left,
      numbers,
      rejected,
    } = new Shape({ fields: undefined, types: new Map([["a", "integer"]]) }).of({
      ...portion(rows, 11),
      file: "f.csv",
    });
    expect([left.parameter, numbers]).toEqual([
      [{ a: 1 }, { a: 3 }],
      [11, 13],
    ]);
    expect(rejected).toEqual([
      {
        file: "f.csv",
        row: 12,
        content: { a: "x" },
        reason: `The field "a" can't be an integer: it is a text that isn't a whole number.`,
      },
    ]);
  });

  it("in columns are converted column by column", () => {
    const table = tableOf({ a: ["1", "x", "3"], b: Int32Array.of(1, 2, 3), c: [7, 8, 9] });
    const shape = new Shape({ fields: ["a", "b"], types: new Map([["a", "integer"]]) });
    const { rows, numbers, rejected } = shape.of(plainPortion(new ColumnRows(table), 1));
    expect([rows.row(0), rows.row(1), numbers]).toEqual([{ a: 1, b: 1 }, { a: 3, b: 3 }, [1, 3]]);
    expect(rejected.map(({ row, content }) => [row, content])).toEqual([[2, { a: "x", b: 2, c: 8 }]]);
  });
});
