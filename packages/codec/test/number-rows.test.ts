import { float, Node } from "@fulgur/neo4j-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numberRowReader } from "../src/plain/number-rows.ts";
import { bytesOf, chunked, codec, concat } from "./engines.ts";
import { heard, pieces, plainCodec, plainDecoder, recordBody, recordsOf, wasmDecoder } from "./wasm-streams.ts";

const plain = plainCodec();
const many = (count: number, row: (i: number) => unknown[]): unknown[][] =>
  Array.from({ length: count }, (_, i) => row(i));

/** Results that are read as rows of numbers, at least at first. */
const results: Record<string, (i: number) => unknown[]> = {
  "small integers": (i) => [i % 128, i - 30, -i, i * 1000, i * 100_000],
  "integers of every width": (i) => [
    [0, -16, -17, 127, 128, -128, -129, 32767, -32769, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 53 - 1, -(2 ** 53 - 1)][
      i % 14
    ],
    2 ** 40 + i,
  ],
  floats: (i) => [float(i / 3), float(-0), float(Number.NaN), float(Number.NEGATIVE_INFINITY), float(i)],
  booleans: (i) => [i % 2 === 0, i % 3 === 0 ? null : true],
  nulls: () => [null, null],
  "any of them": (i) => [[i, float(i / 7), true, null, false][i % 5], i % 2 ? float(1) : 1, i % 3 ? 3 : true],
  "rarely an integer that isn't safe": (i) => [i, i % 90 === 89 ? 2n ** 60n : i],
  "rarely a string": (i) => [i, i % 90 === 89 ? `s${i}` : i],
  "strings later": (i) => [i, i > 150 ? `s${i}` : i],
  "empty values that take one byte, later": (i) => [i, i > 150 ? ["", [], {}][i % 3] : 1, i],
  "nodes later": (i) => [i, i > 200 ? new Node(i, ["A"], { a: i }, "x") : null],
  "another number of columns later": (i) => (i > 150 ? [i, i] : [i]),
  "wide rows": (i) => Array.from({ length: 200 }, (_, k) => i * k),
};

for (const generate of [true, false]) {
  const options = { threshold: 1, numberRows: true, generate };

  describe(`rows of numbers, ${generate ? "by generated code" : "without generated code"}`, () => {
    for (const [name, row] of Object.entries(results)) {
      it(`are what the plain engine gives for ${name}, however the bytes are cut`, () => {
        const stream = recordsOf(plain, many(400, row));
        const expected = heard(plainDecoder(plain), [stream]).items;
        for (const size of [stream.length, 1400, 61]) {
          expect(heard(wasmDecoder(plain, options), pieces(stream, size)).items).toEqual(expected);
        }
      });

      it(`are what the plain engine gives for ${name}, as objects and in every mode of integers`, () => {
        const stream = recordsOf(plain, many(300, row));
        const width = row(0).length;
        for (const integers of ["auto", "number", "bigint"] as const) {
          const other = plainCodec({ integers });
          for (const first of ["c0", "__proto__", "c1", "1"]) {
            const fields = Array.from({ length: width }, (_, i) => (i === 0 ? first : `c${i}`));
            const expected = heard(plainDecoder(other), [stream], fields).items;
            expect(heard(wasmDecoder(other, options), pieces(stream, 900), fields).items).toEqual(expected);
          }
        }
      });
    }

    it("are the same in small chunks, and between NOOPs", () => {
      const rows = many(120, (i) => [i, float(i)]);
      const stream = concat(
        recordsOf(plain, rows),
        Uint8Array.of(0, 0, 0, 0),
        recordsOf(plain, rows, 3),
        recordsOf(plain, rows),
      );
      const [mine, theirs] = [wasmDecoder(plain, options), plainDecoder(plain)];
      expect(heard(mine, pieces(stream, 700)).items).toEqual(heard(theirs, [stream]).items);
      expect(mine.noops).toBe(theirs.noops);
    });

    it("fail as in the plain engine wherever a byte is changed or the stream is cut", () => {
      const good = recordsOf(
        plain,
        many(60, (i) => [i * 100, float(i), i % 2 === 0, i % 5 ? 2 ** 40 : null]),
      );
      fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 3 }),
          fc.integer({ min: 0, max: good.length }),
          fc.integer({ min: 50, max: good.length }),
          (changes, cut, size) => {
            const bytes = good.slice(0, cut);
            for (const [at, byte] of changes) bytes[at] = byte;
            const expected = heard(plainDecoder(plain), [bytes]).items;
            expect(heard(wasmDecoder(plain, options), pieces(bytes, size)).items).toEqual(expected);
          },
        ),
        { numRuns: 400 },
      );
    });

    it("never read a record that ends within a value, or behind the last one", () => {
      const literal = bytesOf("b1 71 92");
      const read = numberRowReader({ literal, kinds: ["integer", "float"] }, plain.profile, undefined, generate);
      const bodies = [
        "b1 71 92 01 c1 00 00 00 00",
        "b1 71 92 01",
        "b1 71 92 01 02 03",
        "b1 71 92 90 01",
        "b1 70 92 01 02",
      ];
      for (const body of bodies) {
        const bytes = concat(chunked(bytesOf(body)), new Uint8Array(64));
        const rows: unknown[] = [];
        expect(read(bytes, new DataView(bytes.buffer), 0, bytes.length, rows)).toBe(0);
        expect(rows).toEqual([]);
      }
      const bytes = concat(chunked(recordBody(plain, [1, float(2)])), new Uint8Array(64));
      const rows: unknown[] = [];
      expect(read(bytes, new DataView(bytes.buffer), 0, bytes.length, rows)).toBe(bytes.length - 64);
      expect(rows).toEqual([[1, 2]]);
    });
  });
}

describe("a batch of rows of numbers", () => {
  const fields = ["a", "b"];
  const stream = recordsOf(
    plain,
    many(300, (i) => [i, -i]),
  );

  it("gives rows and objects in any order, whatever was asked of the batch before", () => {
    const decoder = codec({ engine: "auto" }).decoder();
    decoder.expect({ statement: "RETURN numbers", fields });
    let next = 0;
    for (const piece of pieces(stream, 400)) {
      for (const item of decoder.push(piece)) {
        if (item.type !== "RECORD") throw new Error("only records are there");
        const rows = many(item.length, (i) => [next + i, -next - i]);
        const objects = rows.map(([a, b]) => ({ a, b }));
        if (next % 2 === 0) expect(item.rows()).toEqual(rows);
        const list = item.objects(fields);
        expect(list).toEqual(objects);
        list.length = 0;
        expect(item.objects(["b", "a"])).toEqual(rows.map(([b, a]) => ({ b, a })));
        expect(item.rows()).toEqual(rows);
        expect(item.rows()).toBe(item.rows());
        expect(item.objects(fields)).toEqual(objects);
        expect(item.objects(["a", "a"])).toEqual(rows.map(([, a]) => ({ a })));
        expect(item.broken).toBe(false);
        next += item.length;
        if (next % 3 === 0) item.objects(fields);
      }
    }
    expect(next).toBe(300);
  });
});
