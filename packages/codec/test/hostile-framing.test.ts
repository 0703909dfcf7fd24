import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type Decoder, isBrokenValue, type RecordBatch } from "@fulgur/neo4j-codec";
import { float, Node } from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { bytesOf, chunked, concat, engines } from "./engines.ts";
import { difference } from "./fuzz/same.ts";
import { heard, pieces, plainCodec, plainDecoder, recordBody, recordsOf, wasmDecoder } from "./wasm-streams.ts";

const codec = plainCodec();
const success = chunked(concat(bytesOf("b1 70"), codec.encodeValue({ has_more: true })));
const noop = bytesOf("00 00");
const row = (i: number): unknown[] => [i, `naïve ${i}`, new Node(i, ["A"], { a: i }, `4:${i}`), [float(i + 0.5)], null];
const rows = (count: number, of: (i: number) => unknown[] = row): unknown[][] =>
  Array.from({ length: count }, (_, i) => of(i));

const decoderOf = (engine: (typeof engines)[number]): Decoder =>
  engine === "plain" ? plainDecoder(codec) : wasmDecoder(codec);

/** Both engines have to say the same: the plain one of the stream in one piece, the other in these pieces. */
function agree(stream: Uint8Array, parts: readonly Uint8Array[]): number {
  const plain = plainDecoder(codec);
  const wasm = wasmDecoder(codec);
  const wanted = heard(plain, [stream]).items;
  const { items, fromColumns } = heard(wasm, parts);
  expect(difference(items, wanted)).toBeUndefined();
  const last = wanted.at(-1) as { name?: string } | undefined;
  if (last?.name === undefined) expect(wasm.noops).toBe(plain.noops);
  return fromColumns;
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

describe("a stream", () => {
  const stream = concat(recordsOf(codec, rows(6)), noop, success, recordsOf(codec, rows(3), 7), noop, noop, success);

  it("cut at every offset is what it is in one piece", () => {
    for (let at = 0; at <= stream.length; at++) agree(stream, [stream.subarray(0, at), stream.subarray(at)]);
  });

  it("cut at every two offsets of its beginning is what it is in one piece", () => {
    const some = concat(recordsOf(codec, rows(2)), noop, success);
    for (let a = 0; a <= some.length; a += 3) {
      for (let b = a; b <= some.length; b++) agree(some, [some.subarray(0, a), some.subarray(a, b), some.subarray(b)]);
    }
  });

  it("in pieces of every size up to 70 bytes, empty ones between, is what it is in one piece", () => {
    for (let size = 1; size <= 70; size++) {
      agree(
        stream,
        pieces(stream, size).flatMap((piece) => [new Uint8Array(0), piece]),
      );
    }
  });

  it("that ends at any offset is whole, or ends within a message at the same place in both engines", () => {
    for (let at = 0; at <= stream.length; at++) {
      const part = stream.slice(0, at);
      agree(part, [part]);
      agree(part, pieces(part, 11));
    }
  });

  it("in chunks of every size up to 40 bytes is what it is in large ones", () => {
    const bodies = rows(8).map((values) => recordBody(codec, values));
    for (let size = 1; size <= 40; size++) {
      const chunks = concat(...bodies.map((body) => chunked(body, size)));
      agree(chunks, [chunks]);
      agree(chunks, pieces(chunks, 13));
      expect(heard(wasmDecoder(codec), [chunks]).items[7]).toMatchObject([7, "naïve 7", {}, [7.5], null]);
    }
  });

  it("with NOOPs wherever they may stand counts them all", () => {
    const bodies = rows(30).map((values) => chunked(recordBody(codec, values)));
    for (const count of [1, 2, 100, 40_000]) {
      const noops = new Uint8Array(count * 2);
      const all = concat(noops, ...bodies.slice(0, 10), noops, ...bodies.slice(10), noops, success, noops);
      for (const size of [all.length, 65_536, 997]) agree(all, pieces(all, size));
      const decoder = wasmDecoder(codec);
      expect(heard(decoder, [all]).items).toHaveLength(31);
      expect(decoder.noops).toBe(4 * count);
    }
  });

  it("of NOOPs alone gives nothing and holds no memory", () => {
    for (const engine of engines) {
      const decoder = decoderOf(engine);
      const noops = new Uint8Array(65_536);
      const before = process.memoryUsage().arrayBuffers;
      for (let i = 0; i < 300; i++) expect([...decoder.push(noops)]).toHaveLength(0);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8_000_000);
      expect(decoder.noops).toBe(300 * 32_768);
      decoder.end();
    }
  });
});

describe("a chunk header", () => {
  it("of 65535 bytes is one of the largest, and one byte more goes to the next", () => {
    for (const size of [65_533, 65_534, 65_535, 65_536, 65_537, 131_070, 131_071]) {
      // The head of a record with one string is 2 + 1 + 5 bytes.
      const text = "x".repeat(size - 8);
      const body = concat(bytesOf(`b1 71 91 d2 ${(size - 8).toString(16).padStart(8, "0")}`), Buffer.from(text));
      expect(body).toHaveLength(size);
      const stream = concat(recordsOf(codec, [["a"]]), chunked(body), recordsOf(codec, [["b"]]), success);
      for (const part of [stream.length, 65_536, 65_535, 4096]) agree(stream, pieces(stream, part));
      expect(heard(wasmDecoder(codec), [stream]).items.slice(0, 3)).toEqual([["a"], [text], ["b"]]);
    }
  });

  it("of two zeros after a chunk ends the message, wherever the chunk ended in it", () => {
    const body = recordBody(codec, row(1));
    for (let at = 1; at < body.length; at++) {
      const stream = concat(recordsOf(codec, rows(3)), chunked(body.subarray(0, at)), chunked(body.subarray(at)));
      agree(stream, [stream]);
    }
  });

  it("is right where a message of one byte, or of none of a record's, follows", () => {
    for (let byte = 0; byte < 256; byte++) {
      const stream = concat(recordsOf(codec, rows(3)), chunked(Uint8Array.of(byte)), success);
      agree(stream, [stream]);
      agree(chunked(Uint8Array.of(byte)), [chunked(Uint8Array.of(byte))]);
    }
  });
});

describe.each(engines)("huge records in the %s engine", (engine) => {
  const read = (parts: Iterable<Uint8Array>): { rows: unknown[][]; decoder: Decoder } => {
    const decoder = decoderOf(engine);
    const seen: unknown[][] = [];
    for (const part of parts)
      for (const item of decoder.push(part)) if (item.type === "RECORD") seen.push(...(item as RecordBatch).rows());
    decoder.end();
    return { rows: seen, decoder };
  };

  it("a record of 64 MiB is read, and its memory given back", async () => {
    const length = 64 * 1024 * 1024;
    const body = new Uint8Array(length + 8).fill(0x78);
    body.set(bytesOf("b1 71 91 d2 04000000"));
    const stream = concat(recordsOf(codec, [["before"]]), chunkedFast(body), recordsOf(codec, [["after"]]));
    const decoder = decoderOf(engine);
    const seen: unknown[][] = [];
    const idle = process.memoryUsage().arrayBuffers;
    for (let at = 0; at < stream.length; at += 65_536) {
      for (const item of decoder.push(stream.subarray(at, at + 65_536)))
        if (item.type === "RECORD") seen.push(...item.rows());
    }
    expect(seen.map(([text]) => (text as string).length)).toEqual([6, length, 5]);
    expect(String(seen[1]?.[0]).endsWith("xxx")).toBe(true);
    seen.length = 0;
    // The result's end, and the next one.
    for (const more of [success, recordsOf(codec, rows(20)), success])
      expect([...decoder.push(more)]).not.toHaveLength(0);
    // The memory of arrays is given back behind the collector's back, a collection later.
    for (let i = 0; i < 20 && process.memoryUsage().arrayBuffers - idle >= 8_000_000; i++) {
      collectGarbage();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(process.memoryUsage().arrayBuffers - idle).toBeLessThan(8_000_000);
    decoder.end();
  });

  it("a record of 64 MiB that breaks off is refused where it does", () => {
    const body = new Uint8Array(64 * 1024 * 1024).fill(0x78);
    body.set(bytesOf("b1 71 91 ce 04000000"));
    const decoder = decoderOf(engine);
    expect(() => [...decoder.push(chunkedFast(body))]).toThrow(
      /bytes needs 67108864 more bytes, 67108856 are left at byte 3/,
    );
  });

  it("a list of a million elements of each kind is read", () => {
    const count = 1_000_000;
    const leaves: Record<string, [string, unknown]> = {
      nulls: ["c0", null],
      integers: ["07", 7],
      "wide integers": ["cb 0100000000000000", 2n ** 56n],
      floats: ["c1 3ff8000000000000", 1.5],
      strings: ["81 61", "a"],
      "empty maps": ["a0", {}],
      "empty lists": ["90", []],
    };
    for (const [leaf, value] of Object.values(leaves)) {
      const item = bytesOf(leaf);
      const body = new Uint8Array(8 + count * item.length);
      body.set(bytesOf("b1 71 91 d6 000f4240"));
      for (let i = 0; i < count; i++) body.set(item, 8 + i * item.length);
      const stream = concat(recordsOf(codec, [[1]]), chunkedFast(body), recordsOf(codec, [[2]]));
      const { rows: seen } = read(pieces(stream, 1_000_000));
      const list = seen[1]?.[0] as unknown[];
      expect(seen).toHaveLength(3);
      expect(list).toHaveLength(count);
      for (const i of [0, 1, 499_999, count - 1]) expect(list[i]).toEqual(value);
    }
  });

  it("a map of 100,000 keys, all different or all the same, is read", () => {
    const head = bytesOf("b1 71 91 da 000186a0");
    const different = concat(
      head,
      ...Array.from({ length: 100_000 }, (_, i) => concat(codec.encodeValue(`k${i}`), bytesOf("01"))),
    );
    const same = concat(
      head,
      ...Array.from({ length: 100_000 }, (_, i) => concat(bytesOf("81 61"), codec.encodeValue(i))),
    );
    const { rows: seen } = read([concat(chunkedFast(different), chunkedFast(same), recordsOf(codec, [[3]]))]);
    expect(Object.keys(seen[0]?.[0] as object)).toHaveLength(100_000);
    expect(seen.slice(1)).toEqual([[{ a: 99_999 }], [3]]);
  });

  it("rows of 10,000 columns are read as rows and as objects", () => {
    const wide = (i: number): unknown[] =>
      Array.from({ length: 10_000 }, (_, k) => (k % 3 === 0 ? i : k % 3 === 1 ? `s${k}` : null));
    const fields = Array.from({ length: 10_000 }, (_, k) => `c${k}`);
    const decoder = decoderOf(engine);
    decoder.expect({ statement: "wide", fields });
    const batches = [...decoder.push(recordsOf(codec, rows(12, wide)))] as RecordBatch[];
    expect(
      difference(
        batches.flatMap((batch) => batch.rows()),
        rows(12, wide),
      ),
    ).toBeUndefined();
    const objects = batches.flatMap((batch) => batch.objects(fields));
    expect(objects).toHaveLength(12);
    expect(Object.keys(objects[11] as object)).toEqual(fields);
    expect(objects[11]?.["c9999"]).toBe(11);
  });
});

describe("records at the limits of the arena", () => {
  it("of every size around the region's, whole or cut", () => {
    for (const limit of [65_536, 96 * 1024, 128 * 1024]) {
      for (let size = limit - 12; size <= limit + 6; size += 3) {
        const body = recordBody(codec, ["x".repeat(size - 8)]);
        const stream = concat(
          recordsOf(codec, [["a"], ["b"]]),
          chunked(body),
          chunked(body, 30_000),
          recordsOf(codec, [["c"]]),
        );
        agree(stream, [stream]);
        agree(stream, pieces(stream, 65_536));
      }
    }
  });

  it("that fill regions to the last byte, with what follows cut by the region's end", () => {
    for (const filler of [96 * 1024 - 40, 96 * 1024 - 21, 96 * 1024 - 4]) {
      for (let slack = 0; slack < 24; slack++) {
        const small = recordsOf(
          codec,
          rows(4, (i) => [`n${i}`, i]),
        );
        const big = chunked(recordBody(codec, [{ text: "ż".repeat(50), rest: "x".repeat(500) }, 1]));
        const count = Math.floor((filler - slack) / big.length);
        const stream = concat(new Uint8Array(slack * 2), ...Array.from({ length: count }, () => big), small, small);
        agree(stream, [stream]);
      }
    }
  });

  it("with as many cells as there is room for, and more", () => {
    for (const width of [1, 63, 64, 65, 1023, 1024, 1025]) {
      const count = Math.max(20, Math.ceil(120_000 / width));
      const stream = recordsOf(
        codec,
        rows(Math.min(count, 9000), (i) => Array.from({ length: width }, (_, k) => (i + k) & 127)),
      );
      agree(stream, [stream]);
    }
  });

  it("of strings that fill the area of other text, and lists of floats that fill theirs", () => {
    const text = rows(40, (i) => ["żółć稲妻".repeat(200 + i), i]);
    const vectors = rows(40, (i) => [Array.from({ length: 900 + i }, (_, k) => float(k / 3)), i]);
    for (const stream of [recordsOf(codec, text), recordsOf(codec, vectors)]) {
      expect(agree(stream, [stream])).toBeGreaterThan(30);
    }
  });

  it("whose values are broken in every row", () => {
    const bad = concat(bytesOf("b1 71 92 01 92 02"), bytesOf("b1 5a 03"));
    const stream = concat(...Array.from({ length: 500 }, () => chunked(bad)));
    agree(stream, [stream]);
    const [batch] = [...wasmDecoder(codec).push(stream)] as RecordBatch[];
    expect(batch?.broken).toBe(true);
    expect(isBrokenValue(batch?.rows()[0]?.[1])).toBe(true);
  });
});

/** As `chunked`, for bodies of many megabytes. */
function chunkedFast(body: Uint8Array): Uint8Array {
  const count = Math.ceil(body.length / 0xffff);
  const all = new Uint8Array(body.length + count * 2 + 2);
  let to = 0;
  for (let at = 0; at < body.length; at += 0xffff) {
    const part = body.subarray(at, at + 0xffff);
    all[to] = part.length >> 8;
    all[to + 1] = part.length & 0xff;
    all.set(part, to + 2);
    to += 2 + part.length;
  }
  return all;
}
