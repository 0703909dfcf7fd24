import { isBrokenValue, type RecordBatch } from "@fulgur/neo4j-codec";
import { Node } from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { createWasmDecoder } from "../src/wasm/decoder.ts";
import { bytesOf, chunked, codec, concat, type engines } from "./engines.ts";
import { difference } from "./fuzz/same.ts";
import { plainCodec, plainDecoder } from "./wasm-streams.ts";

/** Where the engine has generated code and where it hasn't, objects are made in different ways: their keys have to come out alike. */
const ways = ["plain", "wasm", "wasm without generated code"] as const;
type Way = (typeof ways)[number] | (typeof engines)[number];

const shared = plainCodec();

/** Enough records that plans are made and code is generated. */
const many = 40;

function batchesOf(way: Way, bytes: Uint8Array): RecordBatch[] {
  const decoder =
    way === "plain"
      ? plainDecoder(shared)
      : createWasmDecoder(shared.profile, { threshold: 1, generate: way === "wasm" });
  return [...(decoder?.push(bytes) ?? [])].filter((item): item is RecordBatch => item.type === "RECORD");
}

const rowsOf = (way: Way, bytes: Uint8Array): unknown[][] => batchesOf(way, bytes).flatMap((batch) => batch.rows());
const objectsOf = (way: Way, bytes: Uint8Array, fields: readonly string[]): Record<string, unknown>[] =>
  batchesOf(way, bytes).flatMap((batch) => batch.objects(fields));

/** A map's bytes, its entries as given: duplicates and all. */
function mapOf(entries: readonly (readonly [key: string, value: number])[]): Uint8Array {
  return concat(
    Uint8Array.of(0xd8, entries.length),
    ...entries.flatMap(([key, value]) => [shared.encodeValue(key), shared.encodeValue(value)]),
  );
}

const records = (count: number, columns: (i: number) => Uint8Array[]): Uint8Array =>
  concat(
    ...Array.from({ length: count }, (_, i) => {
      const values = columns(i);
      return chunked(concat(bytesOf("b1 71 d4"), Uint8Array.of(values.length), ...values));
    }),
  );

/** What JavaScript makes of entries that are set one after the other. */
function expectedObject(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [key, value] of entries) {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  }
  return object;
}

const keyLists: Record<string, readonly string[]> = {
  "__proto__ alone": ["__proto__"],
  "__proto__ among others": ["a", "__proto__", "b"],
  "__proto__ twice": ["__proto__", "a", "__proto__"],
  "constructor and prototype": ["constructor", "prototype", "a"],
  "names of Object.prototype": ["toString", "valueOf", "hasOwnProperty", "__defineGetter__", "isPrototypeOf"],
  "array indices out of order": ["b", "10", "2", "a", "0"],
  "numbers that are no array indices": ["1e3", "-1", "01", "1.5", "4294967295", "4294967294", "NaN", "Infinity", ""],
  "a key twice": ["a", "b", "a"],
  "a key thrice, an index twice": ["a", "1", "a", "0", "1", "a"],
  "keys that generated code must quote": ['"', "'", "`", "\\", "\n", "\u2028", "\u2029", "\0", `\${x}`, "*/", "});//"],
  "keys beyond ASCII": ["ключ", "\u{1f680}", "\ufeff", "é", "e\u0301"],
  "keys of many lengths": ["", "a".repeat(15), "a".repeat(16), "a".repeat(255), "a".repeat(256), "a".repeat(70_000)],
  "more keys than code is generated for": Array.from({ length: 200 }, (_, i) => `k${(i * 37) % 200}`),
};

/** Prototypes, the order of keys and own `__proto__` count. */
function checkObject(seen: unknown, wanted: Record<string, unknown>): void {
  expect(difference(seen, wanted)).toBeUndefined();
}

describe.each(ways)("odd keys, %s", (way) => {
  for (const [name, keys] of Object.entries(keyLists)) {
    const entries = (i: number): [string, number][] => keys.map((key, k) => [key, i * 10 + k]);
    const expected = (i: number): Record<string, unknown> => expectedObject(entries(i));

    it(`in maps: ${name}`, () => {
      const seen = rowsOf(
        way,
        records(many, (i) => [mapOf(entries(i)), Uint8Array.of(i)]),
      );
      expect(seen).toHaveLength(many);
      for (const [i, row] of seen.entries()) checkObject(row[0], expected(i));
    });

    it(`in maps of several shapes, some null: ${name}`, () => {
      const value = (i: number): Uint8Array =>
        i % 3 === 0 ? Uint8Array.of(0xc0) : mapOf(i % 3 === 1 ? entries(i) : [["other", 1]]);
      const seen = rowsOf(
        way,
        records(many, (i) => [value(i), mapOf(entries(i))]),
      );
      seen.forEach((row, i) => {
        if (i % 3 === 0) expect(row[0]).toBeNull();
        else checkObject(row[0], i % 3 === 1 ? expected(i) : { other: 1 });
        checkObject(row[1], expected(i));
      });
    });

    it(`in the properties of nodes: ${name}`, () => {
      const node = (i: number): Uint8Array => concat(bytesOf("b4 4e 01 91 81 41"), mapOf(entries(i)), bytesOf("81 31"));
      for (const [i, row] of rowsOf(
        way,
        records(many, (i) => [node(i)]),
      ).entries()) {
        expect(row[0]).toBeInstanceOf(Node);
        checkObject((row[0] as Node).properties, expected(i));
      }
    });

    it(`as column names: ${name}`, () => {
      const bytes = records(many, (i) => keys.map((_, k) => shared.encodeValue(i * 10 + k)));
      objectsOf(way, bytes, keys).forEach((object, i) => {
        checkObject(object, expected(i));
      });
      const batch = batchesOf(way, bytes).at(-1);
      batch?.objects(keys);
      expect(batch?.rows().at(-1)).toEqual(keys.map((_, k) => (many - 1) * 10 + k));
    });

    it(`as column names of records with a broken value: ${name}`, () => {
      const bytes = records(many, (i) =>
        keys.map((_, k) => (i % 4 === 3 && k === 0 ? bytesOf("b1 5a 01") : shared.encodeValue(i * 10 + k))),
      );
      const objects = objectsOf(way, bytes, keys);
      expect(objects).toHaveLength(many);
      objects.forEach((object, i) => {
        const wanted = expectedObject(
          keys.map((key, k) => [key, i % 4 === 3 && k === 0 ? "broken" : i * 10 + k] as const),
        );
        const shown = Object.entries(object).map(
          ([key, value]) => [key, isBrokenValue(value) ? "broken" : value] as const,
        );
        checkObject(expectedObject(shown), wanted);
      });
    });
  }

  it("nothing that was decoded reaches Object.prototype", () => {
    const before = Reflect.ownKeys(Object.prototype);
    const bytes = records(many, () => [
      concat(bytesOf("a1"), shared.encodeValue("__proto__"), mapOf([["polluted", 1]])),
      concat(
        bytesOf("a1"),
        shared.encodeValue("constructor"),
        bytesOf("a1"),
        shared.encodeValue("prototype"),
        mapOf([["polluted", 1]]),
      ),
    ]);
    for (const [map] of rowsOf(way, bytes) as [Record<string, unknown>][]) {
      expect(Object.keys(map)).toEqual(["__proto__"]);
      expect((map as { polluted?: unknown }).polluted).toBeUndefined();
    }
    objectsOf(way, bytes, ["__proto__", "constructor"]);
    expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe("odd keys on the way out", () => {
  it("are sent as they are, and come back", () => {
    for (const engine of ["plain", "wasm"] as const) {
      const each = codec({ engine });
      for (const keys of Object.values(keyLists)) {
        const row = expectedObject(keys.map((key, k) => [key, k] as const));
        const rows = Array.from({ length: 60 }, () => row);
        const server = codec({ engine, role: "server" }).decoder();
        const run = { type: "RUN", query: "", parameters: { rows }, extra: {} } as const;
        const [seen] = [...server.push(each.encodeMessage(run))] as unknown as { parameters: { rows: object[] } }[];
        const back = seen?.parameters.rows ?? [];
        expect(back).toHaveLength(60);
        for (const object of back) expect(Reflect.ownKeys(object)).toEqual(Reflect.ownKeys(row));
        expect(each.encodeMessage(run)).toEqual(plainCodec().encodeMessage(run));
      }
    }
  });
});
