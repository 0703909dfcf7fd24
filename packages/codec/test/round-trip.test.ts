import { boltVersions, createCodec } from "@fulgur/neo4j-codec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, codec, engines, expectSame } from "./engines.ts";
import { anything, structures, unsupported, uuids, vectors, zoned } from "./values.ts";

describe.each(engines)("in the %s engine, what is written is read again", (engine) => {
  it("for any nested value (MAP-18)", () => {
    const each = codec({ engine });
    fc.assert(fc.property(anything, (value) => expectSame(each.decodeValue(each.encodeValue(value)), value)));
  });

  it("in the shortest form: reading and writing again gives the same bytes", () => {
    const each = codec({ engine });
    fc.assert(
      fc.property(anything, (value) => {
        const bytes = each.encodeValue(value);
        expect(each.encodeValue(each.decodeValue(bytes))).toStrictEqual(bytes);
      }),
    );
  });

  describe.each(boltVersions)("in Bolt %s", (version) => {
    it.each(Object.keys(structures))("%s", (name) => {
      const each = createCodec({ version, engine });
      fc.assert(
        fc.property(structures[name] as fc.Arbitrary<object>, (value) => {
          expectSame(each.decodeValue(each.encodeValue(value)), value);
        }),
        { numRuns: 30 },
      );
    });

    it("date-times with a zone", () => {
      const each = createCodec({ version, engine, ...(version === "4.4" ? { patches: ["utc"] } : {}) });
      fc.assert(
        fc.property(zoned, (value) => expectSame(each.decodeValue(each.encodeValue(value)), value)),
        { numRuns: 30 },
      );
    });
  });

  it("4.4's date-times: wall clock without the patch, UTC with it (TMP-10)", () => {
    const wall = createCodec({ version: "4.4", engine });
    const utc = createCodec({ version: "4.4", engine, patches: ["utc"] });
    const value = wall.decodeValue(bytesOf("b346 c91fa4 2a c90e10"));
    expect(String(value)).toBe("1970-01-01T02:15:00.000000042+01:00");
    expect(Buffer.from(utc.encodeValue(value)).toString("hex")).toBe("b349c911942ac90e10");
    expect(utc.decodeValue(utc.encodeValue(value))).toStrictEqual(value);
  });

  it("vectors and unsupported types from 6.0, UUIDs from 6.1 (MAP-18)", () => {
    for (const [version, values] of [
      ["6.0", fc.oneof(vectors, unsupported)],
      ["6.1", fc.oneof(vectors, unsupported, uuids)],
    ] as const) {
      const each = createCodec({ version, engine });
      fc.assert(fc.property(values, (value) => expectSame(each.decodeValue(each.encodeValue(value)), value)));
    }
  });
});

describe.each(engines)("integers in the %s engine", (engine) => {
  const limits = [0, 127, -16, 128, -17, 32_767, 32_768, -32_769, 2 ** 31, -(2 ** 31) - 1, 2 ** 53 - 1, -(2 ** 53) + 1];
  const wide = [2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n)];

  it("auto: numbers when safe, bigints beyond (MAP-03)", () => {
    const each = codec({ engine });
    for (const value of [...limits, ...wide]) expect(each.decodeValue(each.encodeValue(value))).toBe(value);
  });

  it("bigint: always, in nested values and the ids of nodes, too", () => {
    const each = codec({ engine, integers: "bigint" });
    for (const value of [...limits, ...wide]) expect(each.decodeValue(each.encodeValue(value))).toBe(BigInt(value));
    expect(each.decodeValue(bytesOf("92 01 a1 8161 02"))).toStrictEqual([1n, { a: 2n }]);
    expect(each.decodeValue(bytesOf("b44e 03 90 a1816101 8133"))).toMatchObject({
      identity: 3n,
      properties: { a: 1n },
    });
  });

  it("number: an unsafe one is refused, never rounded", () => {
    const each = codec({ engine, integers: "number" });
    for (const value of limits) expect(each.decodeValue(each.encodeValue(value))).toBe(value);
    for (const value of wide) expect(() => each.decodeValue(each.encodeValue(value))).toThrow(/beyond what a number/);
  });
});
