import { DateTime, Date as Day, float, int, ParameterError, Point, UUID, vector } from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { codec, engines, hex } from "./engines.ts";

/** The error of a query's parameters. */
function refusal(parameters: object, engine: (typeof engines)[number], version: "4.4" | "5.4" | "6.0" | "6.1" = "6.1") {
  try {
    codec({ engine, version }).encodeMessage({
      type: "RUN",
      query: "RETURN $a",
      parameters: parameters as Record<string, unknown>,
      extra: {},
    });
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    return { path: error.path, type: error.type, message: error.message };
  }
  return undefined;
}

class Person {
  name = "secret value";
}

const cyclicList: unknown[] = [1];
cyclicList.push([cyclicList]);
const cyclicMap: Record<string, unknown> = { x: 1 };
cyclicMap["self"] = { in: [cyclicMap] };

describe.each(engines)("a parameter that can't be sent, in the %s engine (MAP-09)", (engine) => {
  const cases: readonly (readonly [what: string, parameters: object, path: string, type: string, message: RegExp])[] = [
    ["a function", { a: [1, { b: () => 1 }] }, "a[1].b", "function", /no Cypher type for a function/],
    ["a symbol", { a: Symbol("s") }, "a", "symbol", /no Cypher type for a symbol/],
    ["undefined at the top", { ok: 1, a: undefined }, "a", "undefined", /undefined/],
    ["undefined in a list", { a: [1, undefined] }, "a[1]", "undefined", /undefined/],
    ["a promise", { a: { b: Promise.resolve() } }, "a.b", "Promise", /class Promise/],
    ["a WeakMap", { a: new WeakMap() }, "a", "WeakMap", /class WeakMap/],
    ["a regular expression", { a: /x/ }, "a", "RegExp", /class RegExp/],
    ["an instance of a class", { people: [{}, { p: new Person() }] }, "people[1].p", "Person", /class Person/],
    ["a boxed string", { a: new String("x") }, "a", "String", /class String/],
    ["an integer above 64 bits (MAP-03)", { a: { b: [2n ** 63n] } }, "a.b[0]", "bigint", /64 bits/],
    ["an integer below 64 bits (MAP-03)", { a: -(2n ** 63n) - 1n }, "a", "bigint", /64 bits/],
    ["half of a surrogate pair", { a: ["ok", "\ud83d"] }, "a[1]", "string", /surrogate/],
    ["half of a pair in a long string", { a: `${"x".repeat(100)}\udc00` }, "a", "string", /surrogate/],
    ["half of a pair in a key", { a: { "\ud83d": 1 } }, 'a["\\ud83d"]', "string", /surrogate/],
    ["a Map with keys that aren't strings", { a: new Map([[1, 2]]) }, "a", "number", /keys have to be strings/],
    ["an invalid JavaScript Date", { a: new Date(Number.NaN) }, "a", "Date", /invalid/],
    ["a list that contains itself", { a: cyclicList }, "a[1][0]", "Array", /contains itself/],
    ["a map that contains itself", { a: { m: cyclicMap } }, "a.m.self.in[0]", "Object", /contains itself/],
    ["an odd key", { "my key": { "": Symbol("s") } }, '["my key"][""]', "symbol", /symbol/],
    [
      "a month of Temporal's",
      { a: { [Symbol.toStringTag]: "Temporal.PlainYearMonth", __proto__: new Person() } },
      "a",
      "Person",
      /class Person/,
    ],
  ];

  it.each(cases)("%s", (_, parameters, path, type, message) => {
    const error = refusal(parameters, engine);
    expect(error).toMatchObject({ path, type, message: expect.stringMatching(message) });
    expect(error?.message).not.toContain("secret");
  });

  it("too deep nesting", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 600; i++) deep = [deep];
    expect(refusal({ a: deep }, engine)).toMatchObject({
      type: "Array",
      message: expect.stringMatching(/deeper than 500/),
    });
  });

  it("names the version that a type needs (MAP-18)", () => {
    const sent = { v: [vector([1, 2])] };
    expect(refusal(sent, engine, "5.4")).toMatchObject({
      path: "v[0]",
      type: "Vector",
      message: expect.stringContaining("Vector needs Bolt 6.0, this connection speaks 5.4"),
    });
    expect(refusal({ u: new UUID(new Uint8Array(16)) }, engine, "6.0")?.message).toContain("UUID needs Bolt 6.1");
    expect(refusal(sent, engine, "6.0")).toBeUndefined();
  });

  it("leaves nothing behind: the next message is whole", () => {
    const each = codec({ engine });
    const good = { type: "RUN", query: "RETURN 1", parameters: { a: 1 }, extra: {} } as const;
    const before = hex(each.encodeMessage(good));
    expect(() => each.encodeMessage({ ...good, parameters: { a: [[[Symbol("s")]]] } })).toThrow(ParameterError);
    expect(hex(each.encodeMessage(good))).toBe(before);
    expect(() => each.encodeValue([Symbol("s")])).toThrow(ParameterError);
    expect(hex(each.encodeValue([1]))).toBe("9101");
  });
});

describe.each(engines)("parameters in the %s engine", (engine) => {
  const cases: readonly (readonly [what: string, value: unknown, hex: string])[] = [
    ["a safe whole number is INTEGER", 1, "01"],
    ["another number is FLOAT", 1.5, "c13ff8000000000000"],
    ["-0 is FLOAT", -0, "c18000000000000000"],
    ["NaN is FLOAT", Number.NaN, "c17ff8000000000000"],
    ["an unsafe whole number is FLOAT", 2 ** 53, "c14340000000000000"],
    ["a bigint is INTEGER", 1n, "01"],
    ["a wide bigint is INTEGER", -(2n ** 63n), "cb8000000000000000"],
    ["float() forces FLOAT (MAP-04)", float(1), "c13ff0000000000000"],
    ["int() forces INTEGER (MAP-03)", int("9007199254740993"), "cb0020000000000001"],
    ["a Uint8Array is BYTES", new Uint8Array([1, 2]), "cc020102"],
    ["a Buffer is BYTES", Buffer.from([1, 2]), "cc020102"],
    ["a DataView is BYTES (MAP-11)", new DataView(new Uint8Array([0, 1, 2]).buffer, 1), "cc020102"],
    ["an ArrayBuffer is BYTES", new Uint8Array([1, 2]).buffer, "cc020102"],
    ["another typed array is LIST", new Int16Array([1, -1]), "9201ff"],
    ["a typed array of floats is a LIST of FLOAT", new Float64Array([1]), "91c13ff0000000000000"],
    ["a BigInt64Array is LIST", new BigInt64Array([3n]), "9103"],
    ["a Set is LIST", new Set([1, "a"]), "92018161"],
    ["a Map is MAP", new Map([["a", 1]]), "a1816101"],
    ["an object without a prototype is MAP", Object.assign(Object.create(null), { a: 1 }), "a1816101"],
    ["undefined within a map is omitted", { a: undefined, b: 1 }, "a1816201"],
    ["null within a map is kept", { a: null }, "a18161c0"],
    ["__proto__ is a key like others", JSON.parse('{"__proto__": 1}'), "a1895f5f70726f746f5f5f01"],
    ["a JavaScript Date is a DATETIME in UTC (TMP-03)", new Date(-250), "b349ffca2cb4178000"],
    ["a date", new Day(1970, 1, 2), "b14401"],
    [
      "a point with whole coordinates sends floats",
      new Point(7203, 1, 2),
      "b358c91c23c13ff0000000000000c14000000000000000",
    ],
  ];

  it.each(cases)("%s", (_, value, expected) => {
    const each = codec({ engine });
    expect(hex(each.encodeValue(value))).toBe(expected);
    expect(hex(each.encodeValue([value]))).toBe(`91${expected}`);
  });

  it("maps shrink their header when entries are left out", () => {
    const each = codec({ engine });
    for (const [all, kept] of [
      [16, 15],
      [17, 16],
      [256, 255],
      [300, 3],
      [70_000, 65_535],
    ] as const) {
      const entries = Array.from({ length: all }, (_, i) => [`k${i}`, i < kept ? i : undefined] as const);
      const value = Object.fromEntries(entries);
      const expected = Object.fromEntries(entries.slice(0, kept));
      expect(each.decodeValue(each.encodeValue([value, 7]))).toEqual([expected, 7]);
      expect(each.encodeValue(value)).toStrictEqual(each.encodeValue(expected));
    }
  });

  it("objects of npm's neo4j-driver are taken for what they are", () => {
    const each = codec({ engine });
    const npm = (mark: string, fields: object): object => Object.assign(Object.create({ [mark]: true }), fields);
    const whole = (low: number, high = 0): object => npm("__isInteger__", { low, high });
    expect(hex(each.encodeValue(whole(5)))).toBe("05");
    expect(hex(each.encodeValue(whole(-1, -1)))).toBe("ff");
    expect(hex(each.encodeValue(whole(1, 0x200000)))).toBe("cb0020000000000001");
    expect(hex(each.encodeValue(npm("__isDate__", { year: whole(1970), month: whole(1), day: 2 })))).toBe("b14401");
    expect(hex(each.encodeValue(npm("__isPoint__", { srid: whole(1), x: 1, y: 2, z: undefined })))).toBe(
      hex(each.encodeValue(new Point(1, 1, 2))),
    );
    const duration = { months: whole(1), days: 2, seconds: whole(3), nanoseconds: 4n };
    expect(hex(each.encodeValue(npm("__isDuration__", duration)))).toBe("b44501020304");
    const parts = { year: 1970, month: 1, day: 1, hour: 1, minute: 0, second: 0, nanosecond: 5 };
    expect(hex(each.encodeValue(npm("__isDateTime__", { ...parts, timeZoneOffsetSeconds: whole(3600) })))).toBe(
      hex(each.encodeValue(DateTime.fromEpochSeconds(0, 5, 3600))),
    );
    expect(hex(each.encodeValue({ low: 1, high: 0 }))).toBe("a2836c6f7701846869676800");
  });

  it("large parameters leave in several chunks", () => {
    const each = codec({ engine });
    const rows = Array.from({ length: 3_000 }, (_, i) => ({ id: i, name: `name ${i} é`, score: i / 7, nested: [i] }));
    const bytes = each.encodeMessage({
      type: "RUN",
      query: "UNWIND $rows AS r RETURN r",
      parameters: { rows },
      extra: {},
    });
    expect(bytes.length).toBeGreaterThan(2 * 65_535);
    const [run] = [...codec({ engine, role: "server" }).decoder().push(bytes)];
    expect(run).toStrictEqual({ type: "RUN", query: "UNWIND $rows AS r RETURN r", parameters: { rows }, extra: {} });
  });

  it("what was handed out stays as it is", () => {
    const each = codec({ engine });
    const first = each.encodeMessage({ type: "RESET" });
    const second = each.encodeValue({ a: 1 });
    for (let i = 0; i < 2_000; i++) each.encodeValue([i, "other values", { x: i }]);
    expect(hex(first)).toBe("0002b00f0000");
    expect(hex(second)).toBe("a1816101");
  });
});
