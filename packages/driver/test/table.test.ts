import { type ColumnTable, columnOf, joinTables } from "@fulgur/neo4j-codec";
import { ConfigurationError, type RecordBatch } from "@fulgur/neo4j-core";
import {
  DateTime,
  Duration,
  LocalDateTime,
  Date as Neo4jDate,
  Node,
  Path,
  Point,
  Relationship,
  Time,
} from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { ColumnTable as Table } from "../src/index.ts";
import { RecordHeader } from "../src/record-header.ts";
import { ResultBatch } from "../src/result-batch.ts";
import { checkArrowLibrary } from "../src/table/arrow-library.ts";
import { checkArrowOptions, checkColumnsOptions } from "../src/table/columns-options.ts";
import { escapeColumnKey, expandTable } from "../src/table/expand.ts";
import { parseDates } from "../src/table/parse-dates.ts";

/** A table of columns, as a result would have it. */
function tableOf(columns: { readonly [name: string]: readonly unknown[] }): ColumnTable {
  const all = Object.values(columns);
  return new Table(
    all[0]?.length ?? 0,
    Object.keys(columns),
    all.map((values) => columnOf(values)),
  );
}

/** Each column's name and cells, in order. */
const cellsOf = (table: ColumnTable): [string, unknown[]][] =>
  table.columns.map((column, i) => [table.names[i] as string, column.toArray()]);

const expanded = (columns: { readonly [name: string]: readonly unknown[] }) => cellsOf(expandTable(tableOf(columns)));

describe("a batch's columns", () => {
  const columns = tableOf({ n: [1, 2, 3] });
  const refuse = (): never => {
    throw new Error("rows were made");
  };
  const batch = {
    type: "RECORD",
    length: 3,
    broken: false,
    rows: refuse,
    objects: refuse,
    columns: () => columns,
  } as RecordBatch;

  it("are made without rows, also of what is left of it (RES-13)", () => {
    const header = new RecordHeader(["n"]);
    expect(new ResultBatch(header, batch).columns()).toBe(columns);
    expect(cellsOf(new ResultBatch(header, batch, 1).columns())).toEqual([["n", [2, 3]]]);
  });
});

describe("an expanded table", () => {
  it("has a node's properties, its element id, and its labels in one cell (RES-14)", () => {
    const deep = { list: [1, [2]], "a.b": 3 };
    const nodes = [new Node(1, ["A", "B"], deep, "4:x:1"), new Node(2, [], { late: true }, "4:x:2")];
    expect(expanded({ n: nodes })).toEqual([
      ["n().prop.list", [[1, [2]], null]],
      ["n().prop.a.b", [3, null]],
      ["n().prop.late", [null, true]],
      ["n().element_id", ["4:x:1", "4:x:2"]],
      ["n().labels", [["A", "B"], []]],
    ]);
  });

  it("has a relationship's properties, its ids, those of its ends, and its type (RES-15)", () => {
    const knows = new Relationship(3, 1, 2, "KNOWS", { since: 1999 }, "5:x:3", "4:x:1", "4:x:2");
    expect(expanded({ r: [knows, null] })).toEqual([
      ["r->.prop.since", [1999, null]],
      ["r->.element_id", ["5:x:3", null]],
      ["r->.start.element_id", ["4:x:1", null]],
      ["r->.end.element_id", ["4:x:2", null]],
      ["r->.type", ["KNOWS", null]],
    ]);
  });

  it("has the items of lists and maps, however deep (RES-16)", () => {
    expect(expanded({ x: [[{ foo: "bar", baz: [42, 0] }, "foobar"]] })).toEqual([
      ["x[].0{}.foo", ["bar"]],
      ["x[].0{}.baz[].0", [42]],
      ["x[].0{}.baz[].1", [0]],
      ["x[].1", ["foobar"]],
    ]);
    const node = new Node(1, ["A"], {}, "4:x:1");
    expect(expanded({ x: [[node]], y: [Float64Array.of(0.5, 1.5)] }).map(([name]) => name)).toEqual([
      "x[].0().element_id",
      "x[].0().labels",
      "y[].0",
      "y[].1",
    ]);
  });

  it("has null where a row has nothing, and the union of all rows' columns (RES-17)", () => {
    expect(expanded({ m: [{ a: 1 }, { b: "x" }, {}, null], n: [1, 2, 3, 4] })).toEqual([
      ["m{}.a", [1, null, null, null]],
      ["m{}.b", [null, "x", null, null]],
      ["n", [1, 2, 3, 4]],
    ]);
    expect(expanded({ m: [[1], 7, "x", [null, 2]] })).toEqual([
      ["m", [null, 7, "x", null]],
      ["m[].0", [1, null, null, null]],
      ["m[].1", [null, null, null, 2]],
    ]);
    expect(expanded({ gone: [null, null], empty: [[], {}] })).toEqual([["gone", [null, null]]]);
    const [column] = expandTable(tableOf({ m: [{ a: 1 }, {}] })).columns;
    expect([column?.type, column?.validity]).toEqual(["int32", Uint8Array.of(0b01)]);
  });

  it("leaves everything else in one cell: paths, points, durations, times, bytes (RES-17)", () => {
    const node = new Node(1, [], {}, "4:x:1");
    const values = [new Path(node, node, []), new Point(7203, 1, 2), new Duration(1, 2, 3, 4), new Time(1, 2, 3, 4, 0)];
    for (const value of [...values, Uint8Array.of(1, 2)]) expect(expanded({ v: [value] })).toEqual([["v", [value]]]);
  });

  it("has a backslash before dots and backslashes in keys and names, not in properties (RES-18)", () => {
    expect(escapeColumnKey("a.b\\c")).toBe("a\\.b\\\\c");
    expect(expanded({ "n.x": [{ "a.b\\c": 1 }] })).toEqual([["n\\.x{}.a\\.b\\\\c", [1]]]);
    expect(expanded({ "n.x": [1] })).toEqual([["n\\.x", [1]]]);
    expect(expanded({ n: [new Node(1, [], { "p.q": 1 }, "4:x:1")] })[0]).toEqual(["n().prop.p.q", [1]]);
    const empty = expandTable(joinTables(["a.b", "c\\d"], []));
    expect([empty.names, empty.length]).toEqual([["a\\.b", "c\\\\d"], 0]);
  });
});

describe("a table with dates parsed", () => {
  const parsed = (values: readonly unknown[]) => cellsOf(parseDates(tableOf({ v: values })))[0]?.[1];
  const day = new Neo4jDate(2024, 2, 29);
  const zoned = DateTime.parse("2024-02-29T12:00:00.123456789[Europe/Paris]");

  it("has JavaScript's Date for days, date-times and nulls, and nothing else (RES-19)", () => {
    expect(parsed([day, null])).toEqual([new Date("2024-02-29T00:00:00Z"), null]);
    expect(parsed([zoned])).toEqual([new Date("2024-02-29T11:00:00.123Z")]);
    expect(parsed([new LocalDateTime(2024, 2, 29, 12, 0, 0, 0)])).toEqual([new Date("2024-02-29T12:00:00Z")]);
    expect(parsed([day, null, zoned])).toEqual([new Date("2024-02-29Z"), null, new Date("2024-02-29T11:00:00.123Z")]);
  });

  it("leaves columns of other things, or of years that Date can't have, as they are (RES-19)", () => {
    const others = [[day, "2024"], [day, new Time(1, 2, 3, 4, 0)], [null], ["2024-02-29"], [[day]]];
    for (const values of [...others, [day, new Neo4jDate(999_999, 1, 1)]]) expect(parsed(values)).toEqual(values);
  });
});

describe("the options of columns", () => {
  it("are checked by name and type", () => {
    expect(checkColumnsOptions({})).toEqual({ expand: false, parseDates: false });
    for (const wrong of [{ expnd: true }, { expand: 1 }, { parseDates: "yes" }, { arrow: {} }, null]) {
      expect(() => checkColumnsOptions(wrong as never)).toThrow(ConfigurationError);
    }
    expect(() => checkColumnsOptions({ expnd: true } as never)).toThrow(/expand/);
  });

  it("of Arrow are checked as well, and so is the library", () => {
    class Schema {
      readonly fields: readonly unknown[];
      constructor(fields: readonly unknown[]) {
        this.fields = fields;
      }
    }
    class Field {}
    const library = { makeData() {}, Table: class {}, RecordBatch: class {}, Schema, Field } as never;
    const defaults = { expand: false, dictionaries: "auto", fixedSizeLists: false, json: false };
    expect(checkArrowOptions(library, {})).toEqual(defaults);
    const schema = new Schema([new Field()]);
    expect(checkArrowOptions(library, { schema: schema as never })).toEqual({ ...defaults, schema });
    for (const wrong of [
      { mixed: 1 },
      { dictionaries: "all" },
      { schema: [] },
      { schema: null },
      // As another version of the library has them, whose classes are others.
      { schema: { fields: [new Field()] } },
      { schema: new Schema([{ name: "n" }]) },
      { fixedSizeLists: 2 },
      { parseDates: true },
    ]) {
      expect(() => checkArrowOptions(library, wrong as never)).toThrow(ConfigurationError);
    }
    expect(() => checkArrowLibrary(null)).toThrow(/import \* as arrow/);
    expect(() => checkArrowOptions({} as never, {})).toThrow(/import \* as arrow/);
    expect(() => checkArrowLibrary({ Table: class {} })).toThrow(ConfigurationError);
  });
});
