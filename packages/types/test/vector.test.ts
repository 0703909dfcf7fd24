import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Point, UUID, Vector, vector } from "../src/index.ts";

describe("a vector (MAP-18)", () => {
  it.each([
    [new Int8Array([1, -2]), "INT8"],
    [new Int16Array([1, -2]), "INT16"],
    [new Int32Array([1, -2]), "INT32"],
    [new BigInt64Array([1n, -2n]), "INT64"],
    [new Float32Array([1, -2]), "FLOAT32"],
    [new Float64Array([1, -2]), "FLOAT64"],
  ])("holds a typed array as it is: %#", (data, elementType) => {
    const made = vector(data as Float64Array);
    expect(made).toBeInstanceOf(Vector);
    expect(made.elementType).toBe(elementType);
    expect(made.data).toBe(data);
    expect([...made]).toEqual([...data]);
    expect(made.equals(vector(Array.from(data as Float64Array), elementType as "FLOAT64"))).toBe(true);
  });

  it("takes numbers as FLOAT64 and bigints as INT64 unless told otherwise", () => {
    expect(vector([1, 2]).elementType).toBe("FLOAT64");
    expect(vector([1n]).data).toEqual(BigInt64Array.of(1n));
    expect(vector([1, 2], "INT64").data).toEqual(BigInt64Array.of(1n, 2n));
    expect(vector(Float64Array.of(0.5), "FLOAT32").data).toEqual(Float32Array.of(0.5));
    expect(vector(Float64Array.of(7), "INT8").data).toEqual(Int8Array.of(7));
  });

  it.each([
    [[128], "INT8", "element 0 doesn't fit into INT8"],
    [[0, -32_769], "INT16", "element 1 doesn't fit into INT16"],
    [[2 ** 31], "INT32", "doesn't fit into INT32"],
    [[2n ** 63n], "INT64", "doesn't fit into INT64"],
    [[2 ** 63], "INT64", "doesn't fit into INT64"],
    [[1.5], "INT8", "element 0 isn't whole"],
    [[Number.NaN], "INT64", "element 0 isn't whole"],
  ] as const)("refuses elements that would change: %#", (elements, type, message) => {
    expect(() => vector(elements, type)).toThrow(RangeError);
    expect(() => vector(elements, type)).toThrow(message);
  });

  it("refuses other arrays, elements and types", () => {
    expect(() => vector(new Uint8Array(1) as never)).toThrow(TypeError);
    expect(() => vector(new Uint8Array(1) as never)).toThrow("not Uint8Array");
    expect(() => new Vector([1] as never)).toThrow("a vector holds one of");
    expect(() => vector(["1"] as never)).toThrow("element 0 has to be a number, not string");
    expect(() => vector([null] as never)).toThrow("not null");
    expect(() => vector([1], "constructor" as never)).toThrow("unknown vector element type");
  });

  it("equals by type and elements", () => {
    expect(vector([1], "INT8").equals(vector([1], "INT16"))).toBe(false);
    expect(vector([Number.NaN]).equals(vector([Number.NaN]))).toBe(true);
    expect(vector([1, 2]).equals(vector([1, 3]))).toBe(false);
  });
});

describe("a UUID (MAP-18)", () => {
  it("turns any 16 bytes into text and back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const uuid = new UUID(bytes);
        expect(UUID.fromString(uuid.toString())).toEqual(uuid);
        expect(UUID.fromString(uuid.toString().toUpperCase()).equals(uuid)).toBe(true);
      }),
    );
  });

  it("keeps the order of the text", () => {
    const { bytes } = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    expect([...bytes]).toEqual(Array.from({ length: 16 }, (_, i) => i * 17));
  });

  it("refuses other texts and lengths", () => {
    for (const text of ["", "00112233445566778899aabbccddeeff", "g0112233-4455-6677-8899-aabbccddeeff"]) {
      expect(() => UUID.fromString(text)).toThrow("a UUID's text has the form");
    }
    expect(() => new UUID(new Uint8Array(15))).toThrow("a UUID has 16 bytes");
    expect(() => new UUID(new Array(16).fill(0) as never)).toThrow(RangeError);
  });
});

describe("a point", () => {
  it("has as many coordinates as its reference system (SPA-04)", () => {
    expect(() => new Point(7203, 1, 2, 3)).toThrow("a point with srid 7203 has 2 coordinates, not 3");
    expect(() => new Point(4979, 1, 2)).toThrow("a point with srid 4979 has 3 coordinates, not 2");
    expect(() => new Point(4326, "1" as never, 2)).toThrow(TypeError);
  });

  it("keeps a reference system that isn't known (SPA-01)", () => {
    expect(new Point(1, 1, 2).z).toBeUndefined();
    expect(new Point(1, 1, 2, 3).srid).toBe(1);
  });

  it("equals by reference system and coordinates (SPA-06)", () => {
    expect(new Point(7203, 1, 2).equals(new Point(7203, 1, 2))).toBe(true);
    expect(new Point(7203, 1, 2).equals(new Point(4326, 1, 2))).toBe(false);
    expect(new Point(1, 1, 2).equals(new Point(1, 1, 2, 0))).toBe(false);
    expect(new Point(7203, Number.NaN, 2).equals(new Point(7203, Number.NaN, 2))).toBe(true);
    expect(new Point(7203, 1, 2).equals([1, 2])).toBe(false);
  });
});
