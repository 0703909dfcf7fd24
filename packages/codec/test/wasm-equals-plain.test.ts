import {
  brandedStructure,
  Date,
  DateTime,
  Duration,
  float,
  LocalDateTime,
  LocalTime,
  Node,
  Path,
  Point,
  type Properties,
  Relationship,
  Time,
  UnboundRelationship,
  UUID,
  vector,
} from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { chunked, concat } from "./engines.ts";
import { heard, pieces, plainCodec, plainDecoder, recordsOf, wasmDecoder } from "./wasm-streams.ts";

void brandedStructure;

type Row = (i: number) => unknown[];

const node = (i: number, properties: Record<string, unknown>, labels = ["Person"]): Node =>
  new Node(i, labels, properties as Properties, `4:0b2e6a31-7c1d-4f6e-9d52-8a5a3c0f1e77:${i}`);
const between = (i: number): Relationship =>
  new Relationship(i, i + 1, i + 2, "KNOWS", { since: i }, `5:x:${i}`, `4:x:${i + 1}`, `4:x:${i + 2}`);
const text = (i: number): string =>
  ["", "a", "Ada", "Zoë", "żółć 稲妻", "\u{1f680}", "\u0000", "x".repeat(i % 300), "ÿ".repeat(i % 40)][i % 9] as string;

const results: Record<string, Row> = {
  "small integers": (i) => [i, i - 30, -i, i * 1000],
  "integers of every width": (i) => [
    [0, -17, 128, -32769, 2 ** 31, -(2 ** 31), 2 ** 53 - 1, -(2 ** 53 - 1)][i % 8],
    2 ** 40 + i,
  ],
  "integers beyond the safe ones": (i) => [2n ** 53n + BigInt(i), i % 3 === 0 ? -(2n ** 63n) : i, -(2n ** 53n)],
  floats: (i) => [float(i / 3), float(-0), float(Number.NaN), float(Number.POSITIVE_INFINITY), float(i)],
  booleans: (i) => [i % 2 === 0, i % 3 === 0 ? null : true],
  "strings, unique": (i) => [`name ${i}`, `${i}`.repeat(i % 30), text(i)],
  "strings that repeat": (i) => [["Alice", "Bob", "Żółć"][i % 3], ["Paris", "Oslo"][i % 2], "UTC"],
  "only nulls": () => [null, null],
  "nulls first": (i) => (i < 70 ? [null, null, null] : [i, `x${i}`, node(i, { a: i })]),
  "nulls now and then": (i) => [
    i % 3 ? i : null,
    i % 4 ? `s${i}` : null,
    i % 5 ? float(i) : null,
    i % 6 ? { a: i } : null,
    i % 7 ? node(i, {}) : null,
  ],
  "mixed kinds in a column": (i) => [
    [i, `s${i}`, float(i + 0.5), true, null, "ż", [1, "a"], { k: i }, 2n ** 60n, new Uint8Array([i & 255])][i % 10],
  ],
  bytes: (i) => [new Uint8Array(i % 300), Uint8Array.of(i & 255)],
  "lists of floats": (i) => [Array.from({ length: i % 20 }, (_, k) => float(k / 7)), [float(i)]],
  "lists of strings": (i) => [["a", "b", "ż"].slice(0, i % 4), [`u${i}`]],
  "lists of strings that are unique": (i) => [
    [`a${i}`, `b${i * 7}`, "x".repeat(i % 40)].slice(0, i % 4),
    i % 6 ? [`t${i}`] : [`ż${i}`],
    i % 9 ? [`u${i}`, "v"] : [`u${i}`, [null, i, { a: i }][i % 3]],
    Array.from({ length: (i % 3) * 100 }, (_, k) => `${k * i}`),
  ],
  "maps that begin alike and go on in another way": (i) => [
    i % 5 ? i : null,
    i % 3
      ? { identifier: i % 4 ? i : null, name: `n${i}`, a: i }
      : { identifier: i % 4 ? null : `s${i}`, name: "ż", b: [float(i)] },
    i % 7 ? null : i,
    i % 2 ? node(i, { identifier: null, a: text(i) }) : node(i, { identifier: i, b: "y" }),
    text(i),
  ],
  "maps of several shapes that begin alike, in nodes and in one another": (i) => [
    node(
      i,
      [
        { identifier: i, a: text(i), c: 1 },
        { identifier: i % 2 ? null : i, b: [`t${i}`], c: 1 },
        { identifier: text(i), d: { identifier: i, x: text(i) }, c: 1 },
        { identifier: text(i), d: { identifier: "ż", y: [float(i)] }, c: 2 },
        { identifier: i, d: i % 3 ? { z: i } : 7, e: 1 },
      ][(i * 7 + (i >> 2)) % 5] as object as Record<string, unknown>,
    ),
    i % 3 ? { identifier: i, k: "ż" } : { identifier: i, l: null },
    text(i),
  ],
  "maps that nearly all begin alike, a few of which go on in another way": (i) => [
    i % 40 ? i : null,
    i % 25 ? { identifier: i, name: text(i) } : { identifier: null, other: text(i), more: [float(i)] },
    i % 33 ? null : 2 ** 40,
  ],
  "lists of anything": (i) => [[i, "a", [null, [true]]], [], [{ a: i }], [node(i, { x: 1 })]],
  "nested maps": (i) => [{ id: i, user: { name: text(i), address: { city: "Oslo", zip: i } }, tags: ["a", `t${i}`] }],
  "maps of many shapes": (i) => [Object.fromEntries(Array.from({ length: i % 40 }, (_, k) => [`key${k}`, k * i]))],
  "maps of keys in another order": (i) => [i % 2 ? { a: i, b: "x" } : { b: "y", a: i }],
  "empty maps and lists": (i) => [{}, [], i % 2 ? {} : { a: 1 }],
  "maps in maps that differ": (i) => [{ a: i % 2 ? { b: i } : { c: `${i}` }, d: i % 3 ? { e: null } : [] }],
  "keys that are odd": (i) => [
    { ["__proto__"]: i, b: 1 },
    { constructor: i, toString: "x", "": i, "ż ó": i, ['"\\\n']: i },
    { ["k".repeat(300)]: i },
  ],
  "keys that are numbers": (i) => [{ 2: i, 1: "b", a: 0 }],
  nodes: (i) => [node(i, { id: i, name: `n${i}`, age: i % 90, email: text(i), score: float(i / 7) })],
  "nodes of several shapes": (i) => [
    node(
      i,
      [{ a: i }, { b: `${i}`, c: [1, 2] }, {}, { a: float(i), d: true }][i % 4] as object as Record<string, unknown>,
      [["A"], ["B", "C"], [], ["Ż"]][i % 4] as string[],
    ),
  ],
  "nodes of unsafe ids": (i) => [
    new Node(2n ** 55n + BigInt(i), ["L"], { big: 2n ** 55n }, "x"),
    new Node(2 ** 40 + i, [], {}, "y"),
  ],
  "relationships, nodes or null": (i) => [
    [between(i), node(i, { a: 1 }), null, i][i % 4],
    new UnboundRelationship(i, "T", {}, `u${i}`),
  ],
  paths: (i) => {
    const [a, b] = [node(i, { n: i }), node(i + 1, { n: i + 1 })];
    return [
      Path.fromFields({
        nodes: [a, b],
        relationships: [new UnboundRelationship(i, "T", { w: i }, `5:x:${i}`)],
        indices: [1, 1],
      }),
      i,
    ];
  },
  temporals: (i) => [
    Date.fromEpochDays(i * 37 - 5000),
    Time.fromNanosecondOfDay(i * 1e9 + 5, 3600),
    LocalTime.fromNanosecondOfDay(86_399_999_999_999 - i),
    LocalDateTime.fromEpochSeconds(2 ** 31 + i, i),
    DateTime.fromEpochSeconds(1_600_000_000 + i * 1000, i, -7200),
    DateTime.fromEpochSecondsInZone(1_600_000_000 + i * 5000, i, ["Europe/Paris", "Asia/Tokyo"][i % 2] as string),
    new Duration(i, -i, i % 3 ? i : 2 ** 45, i),
  ],
  "temporals, some null": (i) => [
    i % 2 ? Date.fromEpochDays(i) : null,
    i % 3 ? new Duration(1, 2, 3, 4) : Date.fromEpochDays(1),
  ],
  "temporals in maps and nodes": (i) => [
    { at: LocalDateTime.fromEpochSeconds(i, 1), d: i % 2 ? Date.fromEpochDays(i) : null },
    node(i, { born: Date.fromEpochDays(i) }),
  ],
  points: (i) => [new Point(4326, i / 10, -i / 10), new Point(9157, i, 0.5, -1.5)],
  "values of 6.0 and 6.1": (i) => [
    vector(Float32Array.of(i, 0.5)),
    UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
    { u: UUID.fromString("ffffffff-4455-6677-8899-aabbccddeeff"), i },
  ],
  "no columns": () => [],
  "wide rows": (i) => Array.from({ length: 300 }, (_, k) => (k % 3 === 0 ? i + k : k % 3 === 1 ? `s${i}` : float(k))),
  "very wide rows": (i) => Array.from({ length: 1100 }, (_, k) => i + k),
  "ever more columns": (i) => Array.from({ length: 1 + Math.floor(i / 50) }, (_, k) => k + i),
  "deep nesting": (i) => [
    Array.from({ length: i % 3 ? 5 : 120 }).reduce<unknown>((inner) => [inner], i),
    { a: { b: { c: { d: { e: { f: { g: { h: i } } } } } } } },
  ],
};

describe("the WebAssembly engine gives what the plain one gives", () => {
  for (const [name, row] of Object.entries(results)) {
    const codec = plainCodec();
    const rows = Array.from({ length: 210 }, (_, i) => row(i));
    const stream = recordsOf(codec, rows);
    const fields = rows[0]?.map((_, i) => `c${i}`) ?? [];

    it(`for ${name}`, () => {
      const expected = heard(plainDecoder(codec), [stream]).items;
      for (const size of [stream.length, 65_536, 1400, 61]) {
        expect(heard(wasmDecoder(codec), pieces(stream, size)).items).toEqual(expected);
      }
    });

    it(`for ${name}, as objects`, () => {
      const expected = heard(plainDecoder(codec), [stream], fields).items;
      expect(heard(wasmDecoder(codec), pieces(stream, 9000), fields).items).toEqual(expected);
      const twice = fields.map(() => "same");
      expect(heard(wasmDecoder(codec), [stream], twice).items).toEqual(
        heard(plainDecoder(codec), [stream], twice).items,
      );
      const proto = fields.map((field, i) => (i === 0 ? "__proto__" : field));
      expect(heard(wasmDecoder(codec), [stream], proto).items).toEqual(
        heard(plainDecoder(codec), [stream], proto).items,
      );
    });

    it(`for ${name}, without generated code`, () => {
      const expected = heard(plainDecoder(codec), [stream]).items;
      const closures = { threshold: 1, generate: false };
      expect(heard(wasmDecoder(codec, closures), pieces(stream, 7000)).items).toEqual(expected);
      const objects = heard(plainDecoder(codec), [stream], fields).items;
      expect(heard(wasmDecoder(codec, closures), [stream], fields).items).toEqual(objects);
    });

    for (const integers of ["bigint", "number"] as const) {
      it(`for ${name}, integers as ${integers}`, () => {
        const other = plainCodec({ integers });
        const expected = heard(plainDecoder(other), [stream]).items;
        expect(heard(wasmDecoder(other), pieces(stream, 20_000)).items).toEqual(expected);
      });
    }

    it(`for ${name}, in small chunks`, () => {
      const small = recordsOf(codec, rows.slice(0, 60), 23);
      const mixed = concat(recordsOf(codec, rows.slice(0, 1)), small, Uint8Array.of(0, 0, 0, 0), stream);
      const plain = plainDecoder(codec);
      const wasm = wasmDecoder(codec);
      expect(heard(wasm, pieces(mixed, 5000)).items).toEqual(heard(plain, [mixed]).items);
      expect(wasm.noops).toBe(plain.noops);
    });
  }

  for (const version of ["4.4", "5.0", "5.8", "6.0"] as const) {
    it(`for graph and temporal values of Bolt ${version}`, () => {
      const codec = plainCodec({ version });
      const names = [
        "nodes",
        "nodes of several shapes",
        "relationships, nodes or null",
        "paths",
        "temporals",
        "points",
      ];
      for (const name of names) {
        const stream = recordsOf(
          codec,
          Array.from({ length: 150 }, (_, i) => (results[name] as Row)(i)),
        );
        const { items, fromColumns } = heard(wasmDecoder(codec), pieces(stream, 30_000));
        expect(items).toEqual(heard(plainDecoder(codec), [stream]).items);
        expect(fromColumns).toBeGreaterThan(100);
      }
    });
  }

  it("for other messages between the records, and results of other columns", () => {
    const codec = plainCodec();
    const success = chunked(concat(Uint8Array.of(0xb1, 0x70), codec.encodeValue({ has_more: true })));
    const parts = Object.values(results)
      .slice(0, 12)
      .flatMap((row) => [
        recordsOf(
          codec,
          Array.from({ length: 30 }, (_, i) => row(i)),
        ),
        success,
      ]);
    const stream = concat(...parts);
    for (const size of [stream.length, 3000, 100]) {
      expect(heard(wasmDecoder(codec), pieces(stream, size)).items).toEqual(heard(plainDecoder(codec), [stream]).items);
    }
  });

  it("and most rows come from columns", () => {
    const codec = plainCodec();
    for (const name of [
      "nodes",
      "temporals",
      "nested maps",
      "nulls first",
      "strings, unique",
      "integers beyond the safe ones",
    ]) {
      const stream = recordsOf(
        codec,
        Array.from({ length: 200 }, (_, i) => (results[name] as Row)(i)),
      );
      expect(heard(wasmDecoder(codec), [stream]).fromColumns).toBeGreaterThan(180);
    }
  });
});
