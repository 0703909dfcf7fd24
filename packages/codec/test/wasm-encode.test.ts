import {
  brandedStructure,
  Date,
  DateTime,
  Duration,
  float,
  int,
  LocalDateTime,
  Point,
  vector,
} from "@fulgur/neo4j-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Packer } from "../src/plain/packer.ts";
import { createRowEncoder } from "../src/wasm/encode.ts";
import { codec } from "./engines.ts";

void brandedStructure;

const wasm = codec({ engine: "wasm" });
const plain = codec({ engine: "plain" });
const rows = (row: (i: number) => unknown, count = 120): unknown[] => Array.from({ length: count }, (_, i) => row(i));

/** Whether the encoder took the rows; and what it wrote has to be what the plain engine writes. */
function taken(list: readonly unknown[], generate?: boolean): boolean {
  const packer = new Packer();
  packer.beginValue();
  packer.nil();
  const before = packer.mark();
  const wrote = createRowEncoder(wasm.profile, "any", generate)?.write(list, packer, 400) ?? false;
  if (!wrote) expect(packer.mark()).toBe(before);
  else {
    const list2 = plain.encodeValue([null, ...list]);
    const header = list.length + 1 < 16 ? 1 : list.length + 1 < 256 ? 2 : list.length + 1 < 65_536 ? 3 : 5;
    expect(Buffer.compare(packer.takeValue(), list2.subarray(header))).toBe(0);
  }
  return wrote;
}

const byColumns: Record<string, (i: number) => unknown> = {
  "integers of every width": (i) => ({
    a: i,
    b: -i * 999,
    c: [2 ** 31, -(2 ** 31) - 1, 2 ** 53 - 1, -(2 ** 53 - 1), -16, -17, 127, 128][i % 8],
  }),
  "floats and numbers of both kinds": (i) => ({
    a: i / 3,
    b: [-0, 0, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 1e300, -(2 ** 60)][i % 7],
    c: float(i),
  }),
  bigints: (i) => ({ a: BigInt(i) * 10n ** 15n, b: i % 2 ? 2n ** 63n - 1n : -(2n ** 63n) }),
  "booleans and nulls": (i) => ({
    a: i % 2 === 0,
    b: i % 3 ? null : true,
    c: null,
    d: i % 4 ? i : null,
    e: i % 5 ? `s${i}` : null,
    f: i % 6 ? float(1) : null,
  }),
  "nulls first": (i) => ({
    a: i < 40 ? null : i,
    b: i < 40 ? null : `x${i}`,
    c: i < 40 ? null : Date.fromEpochDays(i),
  }),
  strings: (i) => ({
    a: `name ${i}`,
    b: "",
    c: "x".repeat(i * 3),
    d: ["ż", "稲妻", "\u{1f680}", "a", "\u0000"][i % 5],
  }),
  "keys that are odd": (i) => ({
    "": i,
    "ż ó": i,
    constructor: i,
    ["k".repeat(400)]: i,
    '"': i,
    "sixteen bytes ..": i,
  }),
  "maps without a prototype": (i) => Object.assign(Object.create(null), { a: i }),
  "temporal and spatial values": (i) => ({
    date: Date.fromEpochDays(i - 60),
    at: DateTime.fromEpochSeconds(2 ** 31 + i, i, 3600),
    local: i % 3 ? LocalDateTime.fromEpochSeconds(-i, 5) : null,
    span: new Duration(i, -i, 2 ** 40, i),
    point: new Point(4326, i / 7, -i),
    id: i,
  }),
  "date-times in zones": (i) => ({
    at: DateTime.fromEpochSecondsInZone(1e9 + i, 0, i % 2 ? "Europe/Paris" : "Asia/Tokyo"),
    n: `ż${i}`,
  }),
};

/** Here and there a value or a row unlike the others: its bytes are put in place. */
const withOddOnes: Record<string, (i: number) => unknown> = {
  "keys in another order": (i) => (i === 70 ? { b: 1, a: 2 } : { a: 1, b: 2 }),
  "a key more": (i) => (i === 70 ? { a: "x", b: 2 } : { a: "x" }),
  "a key less": (i) => (i === 70 ? {} : { a: 1 }),
  "undefined values": (i) => ({ a: `${i}`, b: i % 7 === 3 ? undefined : "ż" }),
  "another kind of value": (i) => ({
    a: i === 70 ? "x" : i,
    b: i === 71 ? [1, { c: "ż" }] : `ż${i}`,
    c: i === 2 ? 1 : true,
  }),
  "numbers and bigints": (i) => ({ a: i % 3 ? i : BigInt(i), b: i % 3 ? BigInt(i) : i }),
  "strings and floats": (i) => ({ a: i % 3 ? float(i) : i, b: i % 3 ? `${i}` : float(i) }),
  "rows that are no maps": (i) => (i % 9 === 5 ? [null, i, "x", Date.fromEpochDays(1)][i % 4] : { a: i, b: `${i}` }),
  "Map objects among rows": (i) => (i % 9 === 5 ? new Map([["a", `${i}`]]) : { a: `ż${i}` }),
  lists: (i) => ({ a: i, b: [i, i / 3, `x${i}`], c: [], d: Float64Array.of(i, -0), e: Int8Array.of(i % 100) }),
  bytes: (i) => ({ a: `${i}`, b: Uint8Array.of(i), c: new Uint8Array(i * 10) }),
  vectors: (i) => ({ a: vector(Float32Array.of(i)), id: i }),
  "structures of two kinds": (i) => ({ a: i === 70 ? Date.fromEpochDays(1) : new Duration(1, 2, 3, 4), b: i }),
  "points of two and three dimensions": (i) => ({ a: i % 2 ? new Point(7203, 1, 2) : new Point(9157, 1, 2, 3), b: i }),
  "Float objects of Infinity, bigints at the edge": (i) => ({
    a: float(1 / 0),
    b: i % 2 ? 2n ** 63n - 1n : -(2n ** 63n),
  }),
};

/** Maps in the rows are columns as well, as long as they are alike. */
const nested: Record<string, (i: number) => unknown> = {
  "maps in rows": (i) => ({ id: i, props: { name: `n${i}`, deep: { x: i / 3, y: null } }, last: "ż" }),
  "maps with a key more here and there": (i) => ({ id: i, p: i === 70 ? { a: 1, b: 2 } : { a: 1 } }),
  "maps that are null later": (i) => ({ id: i, p: i > 60 ? null : { a: `${i}` } }),
  "maps that are null at first": (i) => ({ id: i, p: i < 60 ? null : { a: `${i}` } }),
  "empty maps": (i) => ({ id: i, p: {}, q: { r: {} } }),
  "maps only": (i) => ({ a: { b: { c: i, d: { e: { f: i } } } } }),
};

const byValues: Record<string, (i: number) => unknown> = {
  "rows of two kinds": (i) => (i % 3 === 0 ? { a: 1 } : { b: 1 }),
  "nothing but lists": (i) => ({ a: [i] }),
  "integers by int()": (i) => ({ a: int(i) }),
  "no keys": () => ({}),
  "no maps": (i) => i,
  arrays: (i) => [i],
  "values of classes": (i) => Date.fromEpochDays(i),
  "Map objects": (i) => new Map([["a", i]]),
};

describe("rows to send, by columns", () => {
  for (const [name, row] of Object.entries({ ...byColumns, ...withOddOnes, ...nested })) {
    it(`writes the bytes of the plain engine for ${name}`, () => {
      expect(taken(rows(row))).toBe(true);
      expect(taken(rows(row), false)).toBe(true);
      const parameters = { rows: rows(row), other: 1 };
      expect(wasm.encodeMessage({ type: "RUN", query: "UNWIND", parameters, extra: {} })).toEqual(
        plain.encodeMessage({ type: "RUN", query: "UNWIND", parameters, extra: {} }),
      );
    });
  }

  for (const [name, row] of Object.entries(byValues)) {
    it(`leaves ${name} to the plain engine, and writes nothing itself`, () => {
      expect(taken(rows(row))).toBe(false);
      expect(taken(rows(row), false)).toBe(false);
      expect(wasm.encodeValue(rows(row))).toEqual(plain.encodeValue(rows(row)));
    });
  }

  it("writes lists of any length, beyond what one call holds", () => {
    for (const count of [50, 255, 256, 2243, 2244, 20_000, 66_000]) {
      expect(taken(rows((i) => ({ id: i, name: `n${i}`, w: i / 2 }), count))).toBe(true);
    }
  });

  it("takes a late row that is unlike the others, and takes back what it wrote for one that can't be sent", () => {
    expect(taken(rows((i) => (i === 9999 ? { a: "x" } : { a: i, b: i }), 10_000))).toBe(true);
    expect(taken(rows((i) => (i === 9999 ? Symbol("x") : { a: i, b: i }), 10_000))).toBe(false);
    expect(taken(rows((i) => ({ a: i === 9999 ? "\ud800" : "x", b: i }), 10_000))).toBe(false);
  });

  it("learns another shape where rows change, from one list to the next or within one", () => {
    const packer = new Packer();
    const encoder = createRowEncoder(wasm.profile, "any");
    const lists = [rows((i) => ({ a: i })), rows((i) => ({ a: `x${i}` })), rows((i) => ({ a: i < 60 ? i : [i] }))];
    for (const list of [...lists, ...lists]) {
      packer.beginValue();
      packer.listHeader(list.length);
      expect(encoder?.write(list, packer, 400)).toBe(true);
      expect(Buffer.compare(packer.takeValue(), plain.encodeValue(list))).toBe(0);
    }
  });

  it("writes long texts in smaller steps, and leaves huge ones to the plain engine", () => {
    expect(taken(rows((i) => ({ a: "x".repeat(2000), b: i }), 3000))).toBe(true);
    expect(taken(rows((i) => ({ a: "ż".repeat(100_000), b: i }), 60))).toBe(false);
  });

  it("gives the plain engine's errors, with their paths", () => {
    const bad: Record<string, (i: number) => unknown> = {
      "half a surrogate pair": (i) => ({ a: i === 70 ? "\ud800" : "x" }),
      "halves that join": (i) => ({ a: i === 70 ? "\ud83d" : i === 71 ? "\ude80" : "x" }),
      "an integer too large": (i) => ({ a: i === 70 ? 2n ** 63n : 1n }),
      "a function": (i) => ({ a: i === 70 ? () => 1 : 1 }),
      "a class of the user's": (i) =>
        i === 70
          ? new (class Row {
              a = 1;
            })()
          : { a: 1 },
      "half a pair in a key": () => ({ "\udc00": 1 }),
    };
    for (const row of Object.values(bad)) {
      const errors = [wasm, plain].map((each) => {
        try {
          return each.encodeMessage({ type: "RUN", query: "", parameters: { rows: rows(row) }, extra: {} });
        } catch (error) {
          const { name, message, path } = error as { name: string; message: string; path: string };
          return { name, message, path };
        }
      });
      expect(errors[0]).toMatchObject({ name: "ParameterError" });
      expect(errors[0]).toEqual(errors[1]);
    }
  });

  it("reads getters like any property, and follows the limit of nesting", () => {
    expect(
      taken(
        rows((i) => ({
          get a() {
            return i;
          },
        })),
      ),
    ).toBe(true);
    for (const maxDepth of [1, 2, 3]) {
      const list = rows((i) => ({ a: i, at: Date.fromEpochDays(i) }));
      const results = (["wasm", "plain"] as const).map((engine) => {
        try {
          return codec({ engine, maxDepth }).encodeValue(list);
        } catch (error) {
          return (error as Error).message;
        }
      });
      expect(results[0]).toEqual(results[1]);
    }
  });

  it("writes the plain engine's bytes for any rows of one shape", () => {
    const value = fc.oneof(
      fc.integer(),
      fc.double(),
      fc.string({ unit: "binary" }),
      fc.boolean(),
      fc.constant(null),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    );
    const column = fc.oneof(
      fc.array(fc.double({ noDefaultInfinity: false }), { minLength: 50, maxLength: 60 }),
      fc.array(fc.option(fc.string({ unit: "binary" })), { minLength: 50, maxLength: 60 }),
      fc.array(fc.option(fc.boolean()), { minLength: 50, maxLength: 60 }),
      fc.array(fc.oneof(fc.integer(), fc.maxSafeInteger()), { minLength: 50, maxLength: 60 }),
      fc.array(value, { minLength: 50, maxLength: 60 }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), column, { minKeys: 1, maxKeys: 6 }), (columns) => {
        const list = rows(
          (i) => Object.fromEntries(Object.entries(columns).map(([key, values]) => [key, values[i]])),
          50,
        );
        expect(Buffer.compare(wasm.encodeValue(list), plain.encodeValue(list))).toBe(0);
      }),
      { numRuns: 200 },
    );
  });
});
