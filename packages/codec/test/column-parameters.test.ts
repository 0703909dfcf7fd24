import { type ColumnInput, ColumnTable, columns } from "@fulgur/neo4j-codec";
import { Date, float } from "@fulgur/neo4j-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codec, engines } from "./engines.ts";

const plain = codec({ engine: "plain" });
const sizes = [0, 1, 49, 50, 300, 5000];
const bits = (length: number, isNull: (i: number) => boolean): Uint8Array => {
  const validity = new Uint8Array((length + 7) >> 3);
  for (let i = 0; i < length; i++) if (!isNull(i)) validity[i >> 3] |= 1 << (i & 7);
  return validity;
};

/** By kind of column, the column and the equal row's value. */
const kinds: Record<string, [column: (n: number) => ColumnInput, value: (i: number) => unknown]> = {
  Int32Array: [(n) => Int32Array.from({ length: n }, (_, i) => i * 999_983), (i) => (i * 999_983) | 0],
  Int8Array: [(n) => Int8Array.from({ length: n }, (_, i) => i), (i) => (i << 24) >> 24],
  Uint8Array: [(n) => Uint8Array.from({ length: n }, (_, i) => i), (i) => i & 255],
  Uint32Array: [(n) => Uint32Array.from({ length: n }, (_, i) => 2 ** 32 - 1 - i), (i) => 2 ** 32 - 1 - i],
  Float64Array: [(n) => Float64Array.from({ length: n }, (_, i) => i / 2), (i) => float(i / 2)],
  Float32Array: [(n) => Float32Array.from({ length: n }, (_, i) => i / 2), (i) => float(i / 2)],
  BigInt64Array: [
    (n) => BigInt64Array.from({ length: n }, (_, i) => BigInt(i) - 2n ** 63n),
    (i) => BigInt(i) - 2n ** 63n,
  ],
  BigUint64Array: [
    (n) => BigUint64Array.from({ length: n }, (_, i) => 2n ** 63n - 1n - BigInt(i)),
    (i) => 2n ** 63n - 1n - BigInt(i),
  ],
  "typed array with nulls": [
    (n) => ({ values: Int32Array.from({ length: n }, (_, i) => i), validity: bits(n, (i) => i % 3 === 0) }),
    (i) => (i % 3 === 0 ? null : i),
  ],
  "floats with nulls": [
    (n) => ({ values: Float64Array.from({ length: n }, (_, i) => i), validity: bits(n, (i) => i % 3 === 1) }),
    (i) => (i % 3 === 1 ? null : float(i)),
  ],
  strings: [(n) => Array.from({ length: n }, (_, i) => `name ${i}`), (i) => `name ${i}`],
  "strings beyond ASCII, and nulls": [
    (n) => Array.from({ length: n }, (_, i) => ["ż", null, "\u{1f680}", ""][i % 4]),
    (i) => ["ż", null, "\u{1f680}", ""][i % 4],
  ],
  numbers: [(n) => Array.from({ length: n }, (_, i) => i / 2), (i) => i / 2],
  booleans: [(n) => Array.from({ length: n }, (_, i) => i % 2 === 0), (i) => i % 2 === 0],
  dates: [(n) => Array.from({ length: n }, (_, i) => Date.fromEpochDays(i)), (i) => Date.fromEpochDays(i)],
  "values of all kinds": [
    (n) => Array.from({ length: n }, (_, i) => [1, "x", null, [i], { a: i }, 2n][i % 6]),
    (i) => [1, "x", null, [i], { a: i }, 2n][i % 6],
  ],
};

describe("rows to send, given by columns", () => {
  for (const engine of engines) {
    const one = codec({ engine });
    for (const [name, [column, value]] of Object.entries(kinds)) {
      it(`have the bytes of the equal row objects: ${name}, in the ${engine} engine`, () => {
        for (const size of sizes) {
          const rows = Array.from({ length: size }, (_, i) => ({ id: i, x: value(i) }));
          const table = columns({ id: Int32Array.from({ length: size }, (_, i) => i), x: column(size) });
          expect(Buffer.compare(one.encodeValue(table), plain.encodeValue(rows))).toBe(0);
          expect(
            Buffer.compare(
              one.encodeValue(columns({ x: column(size) })),
              plain.encodeValue(rows.map(({ x }) => ({ x }))),
            ),
          ).toBe(0);
        }
      });
    }

    it(`are a parameter like any other, and can stand in lists and maps, in the ${engine} engine`, () => {
      const table = columns({ a: [1, 2], ż: ["x", null] });
      const rows = [
        { a: 1, ż: "x" },
        { a: 2, ż: null },
      ];
      const run = (list: unknown) =>
        one.encodeMessage({ type: "RUN", query: "UNWIND", parameters: { list, in: [{ list }] }, extra: {} });
      expect(run(table)).toEqual(run(rows));
    });

    it(`say which row and column can't be sent, in the ${engine} engine`, () => {
      const bad = (x: unknown[]) => () =>
        one.encodeMessage({
          type: "RUN",
          query: "",
          parameters: { rows: columns({ a: x.map((_, i) => i), x }) },
          extra: {},
        });
      const many = Array.from({ length: 100 }, (_, i): unknown => `${i}`);
      for (const [value, why] of [
        [undefined, /undefined/],
        ["\ud800", /surrogate/],
        [Symbol("s"), /symbol/],
        [2n ** 63n, /64 bits/],
      ] as const) {
        expect(bad([1, value])).toThrow(
          expect.objectContaining({ name: "ParameterError", path: "rows[1].x", message: expect.stringMatching(why) }),
        );
        expect(bad(many.with(70, value))).toThrow(
          expect.objectContaining({ name: "ParameterError", path: "rows[70].x" }),
        );
      }
      expect(() => codec({ engine, maxDepth: 2 }).encodeValue([columns({ a: Array(60).fill(1) })])).toThrow(
        /deeper than 2/,
      );
      expect(() => codec({ engine, maxDepth: 1 }).encodeValue(columns({ a: [1] }))).toThrow(/deeper than 1/);
      expect(codec({ engine, maxDepth: 3 }).encodeValue([columns({ a: Array(60).fill(1) })])[0]).toBe(0x91);
    });

    it(`may not have a column twice, in the ${engine} engine`, () => {
      const {
        columns: [a],
      } = columns({ a: [1] });
      if (a === undefined) throw new Error("no column");
      expect(() => one.encodeValue(new ColumnTable(1, ["a", "a"], [a, a]))).toThrow(/the column "a" twice/);
    });
  }

  it("are refused where they are no columns, or of different lengths", () => {
    const refused = (input: Record<string, unknown>) => () => columns(input as Record<string, ColumnInput>);
    expect(refused({ a: [1], b: [1, 2] })).toThrow(expect.objectContaining({ name: "ParameterError", path: "b" }));
    for (const bad of [1, "abc", null, undefined, {}, { values: [1], validity: new Uint8Array(1) }, new Set([1])]) {
      expect(refused({ a: bad })).toThrow(expect.objectContaining({ name: "ParameterError", path: "a" }));
    }
    expect(refused({ a: { values: new Int32Array(9), validity: new Uint8Array(1) } })).toThrow(/a bit a cell/);
  });

  it("have the same bytes in both engines, whatever they hold", () => {
    const wasm = codec({ engine: "wasm" });
    const cell = fc.oneof(
      fc.integer(),
      fc.double(),
      fc.string({ unit: "binary" }),
      fc.boolean(),
      fc.constant(null),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    );
    const column = fc.oneof(
      fc.array(cell, { minLength: 50, maxLength: 50 }),
      fc.array(fc.option(fc.string({ unit: "binary" })), { minLength: 50, maxLength: 50 }),
      fc.float64Array({ minLength: 50, maxLength: 50 }),
      fc.int32Array({ minLength: 50, maxLength: 50 }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), column, { minKeys: 1, maxKeys: 5 }), (input) => {
        const table = columns(input);
        const rows = Array.from({ length: 50 }, (_, i) =>
          Object.fromEntries(
            Object.entries(input).map(([name, values]) => [
              name,
              values instanceof Float64Array ? float(values[i] as number) : values[i],
            ]),
          ),
        );
        expect(Buffer.compare(wasm.encodeValue(table), plain.encodeValue(table))).toBe(0);
        if (!Object.hasOwn(input, "__proto__"))
          expect(Buffer.compare(plain.encodeValue(table), plain.encodeValue(rows))).toBe(0);
      }),
    );
  });
});
