import { DriverError } from "@fulgur/neo4j-core";
import { Date, DateTime, Duration, Node, Path, PathSegment, Point, Relationship } from "@fulgur/neo4j-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Record } from "../src/index.ts";

/** A record of these columns. */
const recordOf = (keys: readonly string[], values: readonly unknown[]): Record =>
  Record.from(keys.map((key, at) => [key, values[at]] as const));

const inspected = (value: object): string =>
  (value as { [key: symbol]: () => string })[Symbol.for("nodejs.util.inspect.custom")]!();

describe("a record", () => {
  const record = recordOf(["name", "age", "gone"], ["Ann", 7, null]);

  it("is made of an object, of pairs, or of a Map; equal names are found by the first (REC-02)", () => {
    for (const source of [{ a: 1, b: 2 }, Object.entries({ a: 1, b: 2 }), new Map(Object.entries({ a: 1, b: 2 }))]) {
      const made = Record.from(source);
      expect([made.keys, made.values()]).toEqual([
        ["a", "b"],
        [1, 2],
      ]);
    }
    const twins = Record.from([
      ["a", 1],
      ["a", 2],
    ]);
    expect([twins.length, twins.get("a"), twins.get(1), twins.index("a")]).toEqual([2, 1, 2, 0]);
    expect(Record.from(twins).entries()).toEqual(twins.entries());
    expect(() => Record.from([1] as never)).toThrow(TypeError);
    expect(() => Record.from([["a", 1], ["b"]] as never)).toThrow(/item 1/);
    expect(() => Record.from(null as never)).toThrow(TypeError);
  });

  it("gives values by name and by index, a null as it is (REC-05, REC-07, REC-08)", () => {
    expect([record.get("name"), record.get(1), record.get("gone"), record.get("gone", 1)]).toEqual([
      "Ann",
      7,
      null,
      null,
    ]);
    expect([record.at(0), record.at(2)]).toEqual(["Ann", null]);
    for (const beyond of [3, -1]) expect(() => record.at(beyond)).toThrow(RangeError);
  });

  it("lists its columns where there is no such one, unless told what to give instead (REC-07, REC-08)", () => {
    expect(() => record.get("nme")).toThrow(DriverError);
    expect(() => record.get("nme")).toThrow(/"nme".*"name", "age", "gone"/);
    for (const missing of [3, -1, 0.5, "x"]) {
      expect(() => record.get(missing)).toThrow(DriverError);
      expect(record.get(missing, "else")).toBe("else");
      expect(record.get(missing, undefined)).toBe(undefined);
      expect(record.has(missing)).toBe(false);
    }
  });

  it("says where a column is, and by three errors why it is nowhere (REC-09)", () => {
    expect([record.index("age"), record.index(2)]).toEqual([1, 2]);
    expect(() => record.index("nme")).toThrow(DriverError);
    for (const beyond of [3, -1]) expect(() => record.index(beyond)).toThrow(RangeError);
    for (const none of [1.5, Number.NaN, null, {}]) expect(() => record.index(none as never)).toThrow(TypeError);
  });

  it("is, spread or iterated, its values in column order (REC-01)", () => {
    expect([...record]).toEqual(["Ann", 7, null]);
    expect(record.length).toBe(3);
    expect(record.map((value, key) => `${key}=${value}`)).toEqual(["name=Ann", "age=7", "gone=null"]);
    const seen: unknown[] = [];
    record.forEach((value, key, of) => {
      seen.push([value, key, of === record]);
    });
    expect(seen[0]).toEqual(["Ann", "name", true]);
  });

  it("can't be changed: not its length, not its names, not by what it hands out (REC-01, REC-10)", () => {
    expect(() => {
      (record as { length: number }).length = 1;
    }).toThrow(TypeError);
    expect(() => {
      (record as { keys: unknown }).keys = [];
    }).toThrow(TypeError);
    expect(() => (record.keys as string[]).push("x")).toThrow(TypeError);
    for (const list of [record.values(), record.entries()]) list.length = 0;
    (record.toObject() as { name: string }).name = "Bob";
    expect(record.get("name")).toBe("Ann");
  });

  it("gives all values or chosen ones, with their names or without (REC-11, REC-12)", () => {
    expect(record.values()).toEqual(["Ann", 7, null]);
    expect(record.values("age", 0, "nobody")).toEqual([7, "Ann", null]);
    expect(record.entries(1, "nobody")).toEqual([
      ["age", 7],
      ["nobody", null],
    ]);
    for (const beyond of [3, -1]) {
      expect(() => record.values("age", beyond)).toThrow(RangeError);
      expect(() => record.entries(beyond)).toThrow(RangeError);
    }
  });

  it("gives one value, the first unless told, or what is given instead (REC-13)", () => {
    expect([record.value(), record.value("age"), record.value(1)]).toEqual(["Ann", 7, 7]);
    expect([record.value("nobody" as never), record.value(9, "else"), record.value(2, "else")]).toEqual([
      null,
      "else",
      null,
    ]);
    expect([Record.from({}).value(), Record.from({}).value(0, 1)]).toEqual([null, 1]);
  });

  it("has parts, which are records (REC-06)", () => {
    expect(record.slice(0, 1).toObject()).toEqual({ name: "Ann" });
    expect(record.slice(1).keys).toEqual(["age", "gone"]);
    expect(record.slice(1)).toBeInstanceOf(Record);
    expect(record.slice(2, 2).length).toBe(0);
    expect(record.slice(-1).entries()).toEqual([["gone", null]]);
  });

  it("becomes a plain object, whatever the columns are called", () => {
    expect(record.toObject()).toEqual({ name: "Ann", age: 7, gone: null });
    const odd = recordOf(["__proto__", "a", "a"], [1, 2, 3]).toObject();
    expect(Object.keys(odd)).toEqual(["__proto__", "a"]);
    expect(Object.getOwnPropertyDescriptor(odd, "__proto__")?.value).toBe(1);
    expect(odd["a"]).toBe(3);
    expect(Object.getPrototypeOf(odd)).toBe(Object.prototype);
  });

  it("prints as one line", () => {
    expect(inspected(record)).toBe('Record {name: "Ann", age: 7, gone: null}');
    expect(`${record}`).toBe(inspected(record));
    expect(`${recordOf(["__proto__"], [1])}`).toBe("Record {__proto__: 1}");
  });
});

describe("records are equal", () => {
  const record = recordOf(["a", "b"], [1, [2, { c: null }]]);

  it("to lists by the order of values, to objects and Maps by names, to records by both (REC-03)", () => {
    for (const list of [[1, [2, { c: null }]], new Set([1, [2, { c: null }]])]) expect(record.equals(list)).toBe(true);
    for (const list of [[[2, { c: null }], 1], [1], [1, [2, { c: null }], 3], []])
      expect(record.equals(list)).toBe(false);
    const reversed = { b: [2, { c: null }], a: 1 };
    for (const map of [reversed, new Map(Object.entries(reversed))]) expect(record.equals(map)).toBe(true);
    for (const map of [{ a: 1 }, { ...reversed, c: 1 }, { a: 1, b: 2 }]) expect(record.equals(map)).toBe(false);
    expect(record.equals(recordOf(["a", "b"], [1, [2, { c: null }]]))).toBe(true);
    expect(record.equals(Record.from(reversed))).toBe(false);
    expect(recordOf(["a", "b"], [1, 1]).equals(recordOf(["b", "a"], [1, 1]))).toBe(false);
    for (const other of [null, undefined, 1, "ab", () => {}, new Point(7203, 1, 2)])
      expect(record.equals(other)).toBe(false);
  });

  it("by the values of all types (REC-03)", () => {
    const node = (id: string, name: string) => new Node(1, ["P"], { name }, id);
    const same: [unknown, unknown][] = [
      [1, 1n],
      [2 ** 53, 2n ** 53n],
      [Number.NaN, Number.NaN],
      [0, -0],
      [Uint8Array.of(1, 2), Uint8Array.of(1, 2)],
      [Float64Array.of(1, 2), [1, 2]],
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      [new Date(2024, 2, 29), new Date(2024, 2, 29)],
      [node("x", "Ann"), node("x", "Bob")],
      [new Duration(1, 2, 3, 4), new Duration(1, 2, 3, 4)],
    ];
    for (const [one, other] of same) expect([recordOf(["v"], [one]).equals([other]), one]).toEqual([true, one]);
    const different: [unknown, unknown][] = [
      [1, "1"],
      [1, 1.5],
      [null, "null"],
      [null, undefined],
      [true, "true"],
      [[1, 2], Uint8Array.of(1, 2)],
      [
        [1, [2]],
        [[1], 2],
      ],
      [{ a: [1] }, { a: { 0: 1 } }],
      [['a","b'], ["a", "b"]],
      [new Date(2024, 2, 29), "2024-02-29"],
      [node("x", "Ann"), node("y", "Ann")],
      [new Date(2024, 2, 29), new DateTime(2024, 2, 29, 0, 0, 0, 0, 0)],
    ];
    for (const [one, other] of different) expect([recordOf(["v"], [one]).equals([other]), one]).toEqual([false, one]);
  });

  it("exactly when their keys are the same text (REC-04)", () => {
    const value = fc.oneof(fc.integer({ max: 2, min: 0 }), fc.constantFrom("0", "a", null, true, "true", 0n));
    const pairs = fc.array(fc.tuple(fc.constantFrom("a", "b"), fc.oneof(value, fc.array(value, { maxLength: 2 }))), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(pairs, pairs, (one, other) => {
        const [left, right] = [Record.from(one), Record.from(other)];
        const equal = left.equals([...right]) && left.keys.join() === right.keys.join();
        expect(left.toKey() === right.toKey()).toBe(equal);
        expect(left.equals(right)).toBe(equal);
      }),
      { numRuns: 500 },
    );
    expect(new Set([record, recordOf(["a", "b"], [1n, [2, { c: null }]])].map((each) => each.toKey())).size).toBe(1);
  });
});

describe("a record's data()", () => {
  const ann = new Node(1, ["Person"], { name: "Ann", id: 2n ** 60n }, "n1");
  const bob = new Node(2, ["Person"], { name: "Bob" }, "n2");
  const knows = new Relationship(3, 1, 2, "KNOWS", { since: 1999 }, "r1", "n1", "n2");
  const path = new Path(ann, bob, [new PathSegment(ann, knows, bob)]);
  const annData = { name: "Ann", id: "1152921504606846976" };

  it("is a plain object of all columns or of chosen ones (REC-14)", () => {
    const record = recordOf(["a", "b"], [1, null]);
    expect(record.data()).toEqual({ a: 1, b: null });
    expect(record.data("b", "nobody")).toEqual({ b: null, nobody: null });
    expect(record.data(0)).toEqual({ a: 1 });
    for (const beyond of [2, -1]) expect(() => record.data(beyond)).toThrow(RangeError);
  });

  it("has properties for nodes, [start, type, end] for relationships, and lists for paths, wherever they are (REC-15)", () => {
    const record = recordOf(["node", "list", "map", "path"], [ann, [knows, [bob]], { p: path, k: knows }, path]);
    const steps = [annData, "KNOWS", { name: "Bob" }];
    expect(record.data()).toEqual({
      node: annData,
      list: [[annData, "KNOWS", { name: "Bob" }], [{ name: "Bob" }]],
      map: { p: steps, k: steps },
      path: steps,
    });
    // Nothing is known of nodes that didn't come along.
    expect(recordOf(["r"], [knows]).data()).toEqual({ r: [{}, "KNOWS", {}] });
    expect(ann.graph).toBeUndefined();
  });

  it("leaves everything else as it is (REC-15)", () => {
    const values = [new Date(2024, 2, 29), new Point(7203, 1, 2), new Duration(1, 2, 3, 4), Uint8Array.of(1), 0.5, "x"];
    const data = recordOf(["v"], [values]).data();
    for (const [at, value] of values.entries()) expect(data["v"][at]).toBe(value);
    expect(recordOf(["v"], [Float64Array.of(1, 2)]).data()).toEqual({ v: [1, 2] });
    expect(Object.keys(recordOf(["v"], [JSON.parse('{"__proto__": 1}')]).data()["v"])).toEqual(["__proto__"]);
  });

  it("and the record itself can always be written as JSON (REC-16)", () => {
    const instant = DateTime.parse("2024-02-29T12:00[Europe/Paris]");
    const all = { big: 2n ** 60n, small: 3n, nan: Number.NaN, infinite: -Infinity, bytes: Uint8Array.of(1, 2) };
    const record = Record.from({
      ...all,
      at: instant,
      where: new Point(4326, 1, 2),
      node: ann,
      path,
      list: [[7n, 2n ** 60n]],
    });
    const written = JSON.parse(JSON.stringify(record));
    expect(written).toMatchObject({ big: "1152921504606846976", small: 3, nan: null, infinite: null, bytes: [1, 2] });
    expect(written).toMatchObject({ at: String(instant), node: { labels: ["Person"], properties: annData } });
    expect(written.list).toEqual([[7, "1152921504606846976"]]);
    expect(JSON.parse(JSON.stringify(record.data()))).toMatchObject({
      big: "1152921504606846976",
      small: 3,
      at: String(instant),
      node: annData,
    });
    expect(JSON.stringify(recordOf(["a", "__proto__", "a"], [1, 2, 3]))).toBe('{"a":3,"__proto__":2}');
  });
});
