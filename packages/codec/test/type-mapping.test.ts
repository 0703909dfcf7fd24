import { float, list, ndarray, PackStreamError, ParameterError, Point } from "@fulgur/neo4j-types";
import { tableFromArrays, vectorFromArray } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { bytesOf, chunked, codec, engines, expectSame, hex, replies } from "./engines.ts";

const sizes = [0, 1, 15, 16, 255, 256, 65_535, 65_536];

describe.each(engines)("the mapping of types in the %s engine", (engine) => {
  const each = codec({ engine });
  const there = (value: unknown) => hex(each.encodeValue(value));
  const andBack = (value: unknown) => each.decodeValue(each.encodeValue(value));

  it("null, also in lists and maps (MAP-01)", () => {
    expect([there(null), there([null]), there({ a: null })]).toEqual(["c0", "91c0", "a18161c0"]);
    for (const value of [null, [null], { a: null }]) expectSame(andBack(value), value);
  });

  it("booleans; a Boolean object is refused (MAP-02)", () => {
    expect([there(true), there(false)]).toEqual(["c3", "c2"]);
    expect(() => there(new Boolean(true))).toThrow(ParameterError);
  });

  it("floats, always in nine bytes (MAP-04)", () => {
    for (const value of [0.1, Number.NaN, 1 / 0, -1 / 0, -0, Number.MAX_VALUE, Number.MIN_VALUE]) {
      expect(there(value)).toMatch(/^c1.{16}$/);
      expect(Object.is(andBack(value), value)).toBe(true);
    }
    expect(there(float(1))).toBe("c13ff0000000000000");
  });

  it("strings of each size of head, and beyond ASCII; half a surrogate pair is refused (MAP-05)", () => {
    for (const size of sizes) {
      expect(andBack("x".repeat(size))).toBe("x".repeat(size));
      expect(andBack("é".repeat(size / 2))).toBe("é".repeat(size / 2));
    }
    expect(andBack("𝄞 and 🦊")).toBe("𝄞 and 🦊");
    expect(() => there("\ud83d")).toThrow(ParameterError);
  });

  it("bytes of each size of head come back as a Uint8Array (MAP-06)", () => {
    for (const size of sizes) expectSame(andBack(new Uint8Array(size).fill(7)), new Uint8Array(size).fill(7));
  });

  it("lists of each size of head: nested, mixed; a hole is undefined, which is refused (MAP-07)", () => {
    for (const size of sizes) expectSame(andBack(new Array(size).fill(1)), new Array(size).fill(1));
    const mixed = [1, "a", [true, [null]], { b: [] }];
    expectSame(andBack(mixed), mixed);
    // biome-ignore lint/suspicious/noSparseArray: that is what is tested
    expect(() => there([1, , 2])).toThrow("[1]");
  });

  it("maps of each size of head, with any keys in their order (MAP-08)", () => {
    for (const size of sizes.slice(0, 6)) {
      const map = Object.fromEntries(Array.from({ length: size }, (_, i) => [`key ${i}`, i]));
      expectSame(andBack(map), map);
    }
    const odd = JSON.parse('{"z": 1, "__proto__": {"polluted": true}, "constructor": 2, "": 3, "a": 4}') as object;
    const back = andBack(odd) as object;
    expect(Object.keys(back)).toEqual(["z", "__proto__", "constructor", "", "a"]);
    expect([Reflect.get({}, "polluted"), Object.getPrototypeOf(back)]).toEqual([undefined, Object.prototype]);
  });

  it("readonly tuples and Sets go out as LIST and come back as arrays (MAP-10, MAP-15, MAP-16)", () => {
    const tuple = Object.freeze(["foo", "bar"] as const);
    expectSame(andBack(tuple), ["foo", "bar"]);
    expectSame(andBack(new Set(tuple)), ["foo", "bar"]);
    expectSame(andBack(Float64Array.of(1, 2)), [1, 2]);
    expectSame(andBack(new Map([["a", new Set([1])]])), { a: [1] });
  });

  it("a Buffer, an ArrayBuffer, a DataView and parts of them are BYTES (MAP-11)", () => {
    const { buffer } = Uint8Array.of(0, 1, 2, 3);
    for (const value of [
      Buffer.from(buffer, 1, 2),
      new DataView(buffer, 1, 2),
      new Uint8Array(buffer, 1, 2),
      buffer.slice(1, 3),
    ]) {
      expectSame(andBack(value), Uint8Array.of(1, 2));
    }
  });

  it("typed arrays are LISTs of INTEGER or FLOAT, of each kind (MAP-12)", () => {
    const kinds = [Int8Array, Int16Array, Int32Array, Uint8ClampedArray, Uint16Array, Uint32Array];
    for (const kind of kinds) expect(there(kind.of(1, 2))).toBe("920102");
    expect([there(BigInt64Array.of(-1n)), there(BigUint64Array.of(1n))]).toEqual(["91ff", "9101"]);
    expect([there(Float32Array.of(1)), there(Float64Array.of(1))]).toEqual([
      "91c13ff0000000000000",
      "91c13ff0000000000000",
    ]);
    expect(() => there(BigUint64Array.of(2n ** 63n))).toThrow("64 bits");
    expect([there(list(Uint8Array.of(1, 2))), there(Uint8Array.of(1, 2))]).toEqual(["920102", "cc020102"]);
    expectSame(andBack(ndarray(Int32Array.of(1, 2, 3, 4), [2, 2])), [
      [1, 2],
      [3, 4],
    ]);
  });

  it("tables and vectors of Apache Arrow are MAPs of LISTs and LISTs (MAP-13, MAP-14)", () => {
    const table = tableFromArrays({ id: Int32Array.of(1, 2), name: ["a", null], score: Float64Array.of(1, 2.5) });
    expectSame(andBack({ table }), { table: { id: [1, 2], name: ["a", null], score: [1, 2.5] } });
    expectSame(andBack(vectorFromArray(["x", null])), ["x", null]);
    expect(there(vectorFromArray([1, 2]))).toBe("92c13ff0000000000000c14000000000000000");
  });

  it("nesting of 1,000 is read and written, a million and a cycle are errors, no overflow (MAP-17)", () => {
    const deep = codec({ engine, maxDepth: 1_001 });
    const nest = (levels: number) => {
      let value: unknown = 1;
      for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { a: value };
      return value;
    };
    const thousand = nest(1_000);
    expect(hex(deep.encodeValue(deep.decodeValue(deep.encodeValue(thousand))))).toBe(hex(deep.encodeValue(thousand)));
    expect(() => deep.encodeValue(nest(1_000_000))).toThrow(ParameterError);
    expect(() => deep.decodeValue(new Uint8Array(1_000_000).fill(0x91))).toThrow(PackStreamError);
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(() => deep.encodeValue(cycle)).toThrow("contains itself");
  });

  it("points: two structs, and a wrong number of coordinates breaks its field only (SPA-01, SPA-04)", () => {
    expect(there(new Point(7203, 1, 2)).slice(0, 10)).toBe("b358c91c23");
    expect(there(new Point(9157, 1, 2, 3)).slice(0, 10)).toBe("b459c923c5");
    expectSame(andBack(new Point(12, 1, 2, 3)), new Point(12, 1, 2, 3));
    const bad = "b171 92 b459 c91c23 c13ff0000000000000 c13ff0000000000000 c13ff0000000000000 01";
    const [seen] = replies(each, [chunked(bytesOf(bad))], ["p", "n"]) as [{ row: [{ cause: Error }, number] }];
    expect(seen.row[1]).toBe(1);
    expect(seen.row[0].cause.message).toContain("a point with srid 7203 has 2 coordinates, not 3");
  });
});
