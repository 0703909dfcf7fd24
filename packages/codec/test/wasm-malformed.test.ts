import { Date, DateTime, Duration, float, Node, Point } from "@fulgur/neo4j-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, chunked, concat } from "./engines.ts";
import { heard, pieces, plainCodec, plainDecoder, recordsOf, wasmDecoder } from "./wasm-streams.ts";

const codec = plainCodec();
const row = (i: number): unknown[] => [
  i * 100,
  `name ${i} ż`,
  new Node(i, ["A"], { a: i, b: `x${i}`, c: float(i) }, `4:${i}`),
  { m: { n: [i, "a"] }, t: Date.fromEpochDays(i) },
  DateTime.fromEpochSecondsInZone(1e9 + i, 5, "Europe/Paris"),
  [float(i), float(2)],
  i % 4 ? new Point(7203, i, 2) : null,
  new Duration(1, 2, 3, i),
];
const good = recordsOf(
  codec,
  Array.from({ length: 40 }, (_, i) => row(i)),
);
const record = (body: string): Uint8Array => chunked(bytesOf(body));

describe("malformed input in the WebAssembly engine", () => {
  it("is the same as in the plain engine wherever a byte is changed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 50, max: good.length }),
        (changes, size) => {
          const bytes = good.slice();
          for (const [at, byte] of changes) bytes[at] = byte;
          const expected = heard(plainDecoder(codec), [bytes]).items;
          expect(heard(wasmDecoder(codec), pieces(bytes, size)).items).toEqual(expected);
          const closures = wasmDecoder(codec, { threshold: 1, generate: false });
          expect(heard(closures, pieces(bytes, size)).items).toEqual(expected);
        },
      ),
      { numRuns: 800 },
    );
  });

  it("is the same for every byte of a record, by a few values each", () => {
    const before = recordsOf(
      codec,
      Array.from({ length: 3 }, (_, i) => row(i)),
    );
    const one = recordsOf(codec, [row(3)]);
    const after = recordsOf(codec, [row(5)]);
    for (let at = 2; at < one.length - 2; at++) {
      for (const byte of [0x00, 0x80, 0x91, 0xa1, 0xb1, 0xc0, 0xc4, 0xcb, 0xd0, 0xd2, 0xd6, 0xda, 0xdc, 0xe0, 0xff]) {
        const bad = one.slice();
        bad[at] = byte;
        const stream = concat(before, bad, after);
        expect(heard(wasmDecoder(codec), [stream]).items).toEqual(heard(plainDecoder(codec), [stream]).items);
      }
    }
  });

  it("is the same where a record is cut short at each byte, chunk headers and all", () => {
    const body = recordsOf(codec, [row(1)]).slice(2, -2);
    const before = recordsOf(codec, [row(0), row(2)]);
    for (let length = 1; length <= body.length; length++) {
      const stream = concat(before, chunked(body.subarray(0, length)));
      expect(heard(wasmDecoder(codec), [stream]).items).toEqual(heard(plainDecoder(codec), [stream]).items);
    }
    for (let length = 0; length < before.length; length++) {
      const stream = before.subarray(0, length);
      expect(heard(wasmDecoder(codec), [stream]).items).toEqual(heard(plainDecoder(codec), [stream]).items);
    }
  });

  it("is the same where already the first record, of which a plan would learn, has a wrong head", () => {
    for (const head of ["b2 71", "b0 71", "a1 71", "b1 70", "b1 7f", "b1 55"]) {
      const bad = chunked(concat(bytesOf(head), codec.encodeValue(row(0))));
      const stream = concat(bad, bad, good);
      expect(heard(wasmDecoder(codec), [stream]).items).toEqual(heard(plainDecoder(codec), [stream]).items);
    }
  });

  const first = recordsOf(codec, [
    [1, "a"],
    [2, "b"],
  ]);
  const cases: Record<string, string> = {
    "a string longer than the message": "b1 71 92 01 d0 10 41",
    "a string of 4 GiB": "b1 71 92 01 d2 ff ff ff ff 41",
    "a list of 2^32-1 items": "b1 71 92 01 d6 ff ff ff ff",
    "a map of 2^31 entries": "b1 71 92 01 da 80 00 00 00 81 61 01",
    "bytes beyond the message": "b1 71 92 01 ce 7f ff ff ff 00",
    "a structure without its tag": "b1 71 92 01 b1",
    "a structure with too few fields in the bytes": "b1 71 92 01 b4 4e 01",
    "a reserved marker": "b1 71 92 01 c4",
    "a UUID cut short": "b1 71 92 01 e0 00 11",
    "a float cut short": "b1 71 92 01 c1 00 00",
    "a 64-bit integer cut short": "b1 71 92 cb 00 00 00",
    "a key that is no string": "b1 71 92 01 a1 01 01",
    "trailing bytes": "b1 71 92 01 81 61 00",
    "an overlong form in UTF-8": "b1 71 92 01 82 c0 80",
    "a surrogate in UTF-8": "b1 71 92 01 83 ed a0 80",
    "a code point beyond Unicode in UTF-8": "b1 71 92 01 84 f4 90 80 80",
    "a lone continuation byte": "b1 71 92 01 81 80",
    "a sequence cut by the string's end": "b1 71 92 01 82 61 c3",
    "bad UTF-8 within a list": "b1 71 92 01 91 81 ff",
    "bad UTF-8 in a key": "b1 71 92 01 a1 81 ff 01",
    "an unknown structure": "b1 71 92 01 b1 7a 01",
    "a structure of a wrong size": "b1 71 92 01 b2 44 01 01",
    "a structure's field of a wrong type": "b1 71 92 01 b1 44 81 61",
    "an unknown time zone": "b1 71 92 01 b3 69 01 01 84 4e 6f 77 68",
    "a structure in place of the list": "b1 71 b1 44 01",
    "two fields": "b2 71 92 01 81 61 01",
    "a historic structure": "b1 71 92 01 dc 01 44 01",
    nothing: "b1",
  };
  for (const [name, body] of Object.entries(cases)) {
    it(`says of ${name} what the plain engine says`, () => {
      for (const prefix of [
        first,
        new Uint8Array(0),
        recordsOf(codec, [
          [{ a: [1] }, { z: 1 }],
          [[1], "b"],
        ]),
      ]) {
        const stream = concat(prefix, record(body), first);
        expect(heard(wasmDecoder(codec), [stream]).items).toEqual(heard(plainDecoder(codec), [stream]).items);
        expect(heard(wasmDecoder(codec), pieces(stream, 5)).items).toEqual(heard(plainDecoder(codec), [stream]).items);
      }
    });
  }

  it("nests as deep as the plain engine allows, and not deeper", () => {
    for (const maxDepth of [1, 2, 3, 5, 99, 100, 101, 500]) {
      const limited = plainCodec({ maxDepth });
      for (const depth of [maxDepth - 1, maxDepth, maxDepth + 1]) {
        const nested = concat(new Uint8Array(depth).fill(0x91), Uint8Array.of(1));
        const maps = concat(...Array.from({ length: depth }, () => bytesOf("a1 81 61")), Uint8Array.of(1));
        for (const value of [nested, maps]) {
          const bytes = chunked(concat(bytesOf("b1 71 92 01"), value));
          const stream = concat(first, bytes, bytes, first);
          expect(heard(wasmDecoder(limited), [stream]).items).toEqual(heard(plainDecoder(limited), [stream]).items);
        }
      }
    }
  });
});
