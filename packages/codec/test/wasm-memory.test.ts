import { float, Node } from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import type { RecordBatch } from "../src/decoder.ts";
import { concat } from "./engines.ts";
import { heard, pieces, plainCodec, plainDecoder, recordsOf, wasmDecoder } from "./wasm-streams.ts";

const codec = plainCodec();
const rows = (count: number, row: (i: number) => unknown[]): unknown[][] =>
  Array.from({ length: count }, (_, i) => row(i));
const person = (i: number): unknown[] => [
  i,
  `name ${i}`,
  new Node(i, ["P"], { id: i, tags: ["a", `t${i}`] }, `4:${i}`),
];

function same(stream: Uint8Array, size = stream.length): number {
  const { items, fromColumns } = heard(wasmDecoder(codec), pieces(stream, size));
  expect(items).toEqual(heard(plainDecoder(codec), [stream]).items);
  return fromColumns;
}

describe("the memory of the WebAssembly engine", () => {
  it("holds a batch that nobody looked at until it is needed for another: its values stay its own", () => {
    const decoder = wasmDecoder(codec);
    const other = wasmDecoder(codec);
    const batches: RecordBatch[] = [];
    for (let part = 0; part < 5; part++) {
      const stream = recordsOf(
        codec,
        rows(100, (i) => person(part * 100 + i)),
      );
      for (const item of decoder.push(stream)) if (item.type === "RECORD") batches.push(item);
      for (const item of other.push(
        recordsOf(
          codec,
          rows(50, (i) => [`other ${i}`]),
        ),
      )) {
        if (item.type === "RECORD") batches.push(item);
      }
    }
    const seen = batches.flatMap((batch) => batch.rows()).filter((row) => row.length === 3);
    expect(seen).toEqual(rows(500, person));
  });

  it("gives one batch as objects and as rows, in any order, any number of times", () => {
    for (const order of ["rows first", "objects first"]) {
      const [batch] = [...wasmDecoder(codec).push(recordsOf(codec, rows(80, person)))] as RecordBatch[];
      const fields = ["a", "b", "c"];
      const objects = rows(80, person).map(([a, b, c]) => ({ a, b, c }));
      if (order === "rows first") expect(batch?.rows()).toEqual(rows(80, person));
      expect(batch?.objects(fields)).toEqual(objects);
      expect(batch?.rows()).toEqual(rows(80, person));
      expect(batch?.rows()).toBe(batch?.rows());
      expect(batch?.objects(["x", "y", "z"])[7]).toEqual({ x: 7, y: "name 7", z: person(7)[2] });
      expect(batch?.length).toBe(80);
      expect(batch?.broken).toBe(false);
    }
  });

  it("does not keep the caller's bytes: they may be overwritten at once", () => {
    const decoder = wasmDecoder(codec);
    const stream = recordsOf(codec, rows(500, person));
    const seen: unknown[] = [];
    const buffer = new Uint8Array(3000);
    for (const piece of pieces(stream, 3000)) {
      buffer.set(piece);
      const items = decoder.push(buffer.subarray(0, piece.length));
      buffer.fill(0xff);
      for (const item of items) if (item.type === "RECORD") seen.push(...item.rows());
    }
    expect(seen).toEqual(rows(500, person));
  });

  it("reads records of 60 to 130 KB, around the size of the region, and far beyond", () => {
    const sizes = [60_000, 65_000, 65_530, 70_000, 90_000, 98_000, 98_400, 131_000, 300_000];
    const stream = recordsOf(codec, [
      ["small"],
      ...sizes.flatMap((size) => [["x".repeat(size)], ["y"], ["ż".repeat(size / 2)]]),
    ]);
    for (const size of [stream.length, 65_536, 10_000]) same(stream, size);
  });

  it("reads more rows than a pass holds, and the smallest ones", () => {
    expect(
      same(
        recordsOf(
          codec,
          rows(9000, (i) => [i % 100]),
        ),
      ),
    ).toBe(9000);
    expect(
      same(
        recordsOf(
          codec,
          rows(9000, () => []),
        ),
      ),
    ).toBe(0);
  });

  it("reads long lists of floats, in a map that has several shapes too", () => {
    const vector = (i: number): unknown => Array.from({ length: 700 }, (_, k) => float(i + k / 3));
    const shapes = (i: number): Record<string, unknown> =>
      [
        { v: vector(i), a: 1 },
        { v: vector(i), b: 2 },
        { v: vector(i), c: "ż".repeat(900) },
      ][i % 3] as Record<string, unknown>;
    expect(
      same(
        recordsOf(
          codec,
          rows(60, (i) => [shapes(i), vector(i)]),
        ),
      ),
    ).toBeGreaterThan(50);
  });

  it("has room for the strings of alternatives that were tried in vain", () => {
    const long = "żółć".repeat(1000);
    const shapes = (i: number): Record<string, unknown> => ({ text: long, [`k${i % 16}`]: i });
    expect(
      same(
        recordsOf(
          codec,
          rows(200, (i) => [shapes(i)]),
        ),
        65_536,
      ),
    ).toBeGreaterThan(100);
  });

  it("fills its dictionary and goes on", () => {
    const repeated = rows(64, (i) => [`n${i % 4}`, ["L"]]);
    const unique = rows(12_000, (i) => [`unique ${i}`, [`label ${i}`, "Z"]]);
    const stream = recordsOf(codec, [...repeated, ...unique, ...repeated]);
    expect(same(stream, 65_536)).toBeGreaterThan(11_000);
    expect(same(stream, 65_536)).toBeGreaterThan(11_000);
  });

  it("keeps the dictionaries of versions apart", () => {
    const older = plainCodec({ version: "5.0" });
    const stream = recordsOf(
      codec,
      rows(100, (i) => [`n${i % 4}`]),
    );
    for (const each of [codec, older, codec, older]) {
      expect(heard(wasmDecoder(each), [stream]).items).toEqual(rows(100, (i) => [`n${i % 4}`]));
    }
  });

  it("lets the caller announce the next result between two items", () => {
    const decoder = wasmDecoder(codec);
    const success = concat(Uint8Array.of(0, 3, 0xb1, 0x70, 0xa0, 0, 0));
    const stream = concat(
      recordsOf(
        codec,
        rows(60, (i) => [i]),
      ),
      success,
      recordsOf(
        codec,
        rows(60, (i) => [`s${i}`, i]),
      ),
      success,
    );
    const seen: unknown[][] = [];
    decoder.expect({ statement: "RETURN 1", fields: ["a"] });
    for (const item of decoder.push(stream)) {
      if (item.type === "RECORD") seen.push(...item.rows());
      else decoder.expect({ statement: "RETURN 2", fields: ["b", "c"] });
    }
    expect(seen).toEqual([...rows(60, (i) => [i]), ...rows(60, (i) => [`s${i}`, i])]);
  });

  it("starts a statement that it knows with its plan, and mends a plan that no longer fits", () => {
    const own = plainCodec();
    const expectation = { statement: "MATCH (n) RETURN n", fields: ["n"] };
    const read = (stream: Uint8Array): { items: unknown[]; fromColumns: number } => {
      const decoder = wasmDecoder(own, {});
      decoder.expect(expectation);
      return heard(decoder, [stream]);
    };
    const first = rows(300, (i) => [{ a: i, b: `x${i}` }]);
    const later = rows(300, (i) => [i % 2 ? { a: i, b: null } : { c: `other ${i}`, d: { e: i } }]);
    const few = rows(20, (i) => [{ a: i, b: "y" }]);
    expect(read(recordsOf(own, few)).fromColumns).toBe(0);
    expect(read(recordsOf(own, first)).fromColumns).toBe(300);
    const again = read(recordsOf(own, few));
    expect(again).toEqual({ items: few, fromColumns: 20 });
    expect(read(recordsOf(own, later)).items).toEqual(later);
    expect(read(recordsOf(own, later)).items).toEqual(later);
  });

  it("gives a result up whose records no plan fits, and takes the next one", () => {
    const deep = (i: number): unknown => Array.from({ length: 130 }).reduce<unknown>((inner) => [inner], i);
    const success = Uint8Array.of(0, 3, 0xb1, 0x70, 0xa0, 0, 0);
    const odd = recordsOf(
      codec,
      rows(600, (i) => [i, deep(i)]),
    );
    const stream = concat(
      odd,
      success,
      recordsOf(
        codec,
        rows(300, (i) => [i, "x"]),
      ),
      success,
      odd,
    );
    expect(same(stream)).toBeGreaterThan(290);
    expect(same(stream, 50_000)).toBeGreaterThan(290);
  });

  it("leaves results that are too short to the plain reader", () => {
    expect(heard(wasmDecoder(codec, {}), [recordsOf(codec, rows(50, person))]).fromColumns).toBe(0);
    expect(heard(wasmDecoder(codec, {}), [recordsOf(codec, rows(150, person))]).fromColumns).toBe(150);
  });
});
