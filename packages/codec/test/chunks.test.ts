import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Packer } from "../src/plain/packer.ts";
import { codec, concat, engines } from "./engines.ts";

/** A message's body in full chunks. */
function chunked(body: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < body.length; at += 0xffff) {
    const part = body.subarray(at, at + 0xffff);
    parts.push(Uint8Array.of(part.length >> 8, part.length & 0xff), part);
  }
  return concat(...parts, Uint8Array.of(0, 0));
}

/** What a message carries, of any length: cheap to make and to compare. */
const pieces = fc.array(
  fc.oneof(
    fc.integer({ min: 0, max: 70_000 }).map((length) => "x".repeat(length)),
    fc.integer({ min: 65_480, max: 65_560 }).map((length) => new Uint8Array(length).fill(7)),
    fc.integer({ min: 0, max: 20_000 }).map((length) => Float64Array.from({ length }, (_, i) => i)),
    fc.integer({ min: 0, max: 9000 }).map((length) => Array.from({ length }, (_, i) => i * 7)),
    fc.record({ a: fc.integer(), b: fc.constant(undefined), c: fc.string() }),
    fc
      .integer({ min: 14, max: 18 })
      .map((size) =>
        Object.fromEntries(Array.from({ length: size }, (_, i) => [`k${i}`, i % 5 ? "y".repeat(9000) : undefined])),
      ),
  ),
  { maxLength: 8 },
);

/** RUN with an empty query, and an empty map behind the parameters. */
const head = Uint8Array.of(0xb3, 0x10, 0x80);
const tail = Uint8Array.of(0xa0);

describe("messages straight into chunks", () => {
  for (const engine of engines) {
    const one = codec({ engine });
    it(`are cut every 65535 bytes, whatever they are written from, in the ${engine} engine`, () => {
      fc.assert(
        fc.property(pieces, (values) => {
          const body = concat(head, one.encodeValue({ values }), tail);
          const message = one.encodeMessage({ type: "RUN", query: "", parameters: { values }, extra: {} });
          expect(Buffer.compare(message, chunked(body))).toBe(0);
        }),
        { numRuns: 40 },
      );
    });

    it(`are cut so at every length around a chunk's, in the ${engine} engine`, () => {
      for (let length = 65_500; length < 65_560; length++) {
        const value = "x".repeat(length);
        const body = concat(head, one.encodeValue({ a: value, b: 1 }), tail);
        const message = one.encodeMessage({ type: "RUN", query: "", parameters: { a: value, b: 1 }, extra: {} });
        expect(Buffer.compare(message, chunked(body))).toBe(0);
      }
    });

    it(`never change once they are given, in the ${engine} engine`, () => {
      const rows = Array.from({ length: 3000 }, (_, i) => ({ id: i, name: `n${i}` }));
      const messages = [10, 3000, 1, 500, 3000, 60].map((count) => {
        const message = one.encodeMessage({
          type: "RUN",
          query: "",
          parameters: { rows: rows.slice(0, count) },
          extra: {},
        });
        return { message, copy: message.slice() };
      });
      for (const { message, copy } of messages) expect(message).toEqual(copy);
    });
  }

  it("go back to any mark, and give the bytes since one", () => {
    const size = fc.integer({ min: 0, max: 200_000 });
    fc.assert(
      fc.property(size, size, size, (kept, dropped, after) => {
        const packer = new Packer();
        packer.beginMessage();
        packer.append(new Uint8Array(kept).fill(1));
        const mark = packer.mark();
        packer.append(new Uint8Array(dropped).fill(2));
        expect(packer.bytesSince(mark)).toEqual(new Uint8Array(dropped).fill(2));
        packer.backTo(mark);
        packer.append(new Uint8Array(after).fill(3));
        if (after > 0) packer.patch(mark, 4);
        const body = new Uint8Array(kept + after).fill(1, 0, kept).fill(3, kept);
        if (after > 0) body[kept] = 4;
        if (body.length === 0) return;
        expect(Buffer.compare(packer.takeMessage(), chunked(body))).toBe(0);
      }),
      { numRuns: 200 },
    );
  });
});
