import { isBrokenValue } from "@fulgur/neo4j-codec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, chunked, codec, concat, engines, expectSame, replies } from "./engines.ts";
import { anything } from "./values.ts";

const server = codec({ role: "server" });
const noop = Uint8Array.of(0, 0);

/** A message's body, without chunk headers. */
const record = (values: readonly unknown[]): Uint8Array => {
  const list = server.encodeValue(values);
  return concat(Uint8Array.of(0xb1, 0x71), list);
};
const success = concat(Uint8Array.of(0xb1, 0x70), server.encodeValue({ has_more: true, "t-last": 12 }));

describe.each(engines)("a stream in the %s engine", (engine) => {
  it("gives the same wherever it is cut, once", () => {
    const rows = [
      [1, "a", null],
      [2, "é", [1, { x: 1.5 }]],
      [3, "x".repeat(300), true],
    ];
    const stream = concat(noop, ...rows.map((row) => chunked(record(row), 100)), chunked(success), noop);
    const expected = [...rows.map((row) => ({ row })), { type: "SUCCESS", metadata: { has_more: true, "t-last": 12 } }];
    const each = codec({ engine });
    for (let at = 0; at <= stream.length; at++) {
      expect(replies(each, [stream.subarray(0, at), stream.subarray(at)])).toStrictEqual(expected);
    }
  });

  it("gives the same byte by byte", () => {
    const stream = concat(chunked(record([1, "två"]), 2), noop, chunked(success, 3));
    const pieces = Array.from(stream, (byte) => Uint8Array.of(byte));
    expect(replies(codec({ engine }), pieces)).toStrictEqual(replies(codec({ engine }), [stream]));
  });

  it("gives the same for any values, chunks and cuts", () => {
    const each = codec({ engine });
    fc.assert(
      fc.property(
        fc.array(fc.array(anything, { maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 200 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        (rows, chunk, cuts) => {
          const stream = concat(...rows.map((row) => chunked(record(row), chunk)), chunked(success, chunk));
          const places = [0, ...cuts.map((cut) => cut % stream.length).sort((a, b) => a - b), stream.length];
          const pieces = places.slice(1).map((end, i) => stream.subarray(places[i], end));
          const seen = replies(each, pieces);
          expectSame(
            seen.slice(0, -1),
            rows.map((row) => ({ row })),
          );
          expect(seen.at(-1)).toMatchObject({ type: "SUCCESS" });
        },
      ),
      { numRuns: 60 },
    );
  });

  it("gives the same for mutated bytes, however they are cut: values, broken values or the offset of the error", () => {
    const each = codec({ engine });
    fc.assert(
      fc.property(
        fc.array(anything, { maxLength: 3 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
        fc.nat(),
        (row, changes, cut) => {
          const body = record(row);
          for (const [at, byte] of changes) body[2 + (at % (body.length - 2))] = byte;
          const stream = chunked(body, 50);
          const at = cut % stream.length;
          const whole = comparable(replies(each, [stream]));
          expectSame(comparable(replies(each, [stream.subarray(0, at), stream.subarray(at)])), whole);
          expectSame(comparable(replies(codec({ engine: "plain" }), [stream])), whole);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("counts NOOPs and gives nothing for them", () => {
    const decoder = codec({ engine }).decoder();
    expect([...decoder.push(concat(noop, noop, chunked(success), noop))]).toHaveLength(1);
    expect(decoder.noops).toBe(3);
  });

  it("is lazy: what was not asked for comes first at the next push", () => {
    const decoder = codec({ engine }).decoder();
    const first = decoder.push(concat(chunked(success), chunked(record([1])), chunked(record([2]))));
    for (const item of first) {
      expect(item.type).toBe("SUCCESS");
      break;
    }
    decoder.expect({ statement: "RETURN $n AS n", fields: ["n"] });
    const rest = [...decoder.push(chunked(success))];
    expect(rest).toMatchObject([{ type: "RECORD", length: 2 }, { type: "SUCCESS" }]);
  });

  it("copies what is pushed, and what it gives stays as it is", () => {
    const decoder = codec({ engine }).decoder();
    const bytes = chunked(record([new Uint8Array([1, 2, 3]), "text", [1.5]]));
    const items = decoder.push(bytes);
    bytes.fill(0xc4);
    const [batch] = [...items] as { rows(): unknown[][] }[];
    const rows = batch?.rows();
    expect(
      [...decoder.push(concat(...Array.from({ length: 500 }, () => chunked(record(["other", 2, 3])))))].length,
    ).toBe(1);
    expect(rows).toStrictEqual([[new Uint8Array([1, 2, 3]), "text", [1.5]]]);
    expect(batch?.rows()).toBe(rows);
  });

  it("takes messages larger than any buffer, and small ones after it", () => {
    const large = "å".repeat(3_000_000);
    const stream = concat(chunked(record([1])), chunked(record([large, 2])), chunked(record([3])), chunked(success));
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < stream.length; at += 65_536) pieces.push(stream.subarray(at, at + 65_536));
    expect(replies(codec({ engine }), pieces)).toStrictEqual([
      { row: [1] },
      { row: [large, 2] },
      { row: [3] },
      { type: "SUCCESS", metadata: { has_more: true, "t-last": 12 } },
    ]);
  });
});

describe.each(engines)("a batch of records in the %s engine", (engine) => {
  it("gives rows and objects; __proto__ is an own property, the last of duplicate names wins", () => {
    const decoder = codec({ engine }).decoder();
    const [batch] = [...decoder.push(concat(chunked(record([1, "a", null])), chunked(record([2, "b", null]))))];
    if (batch === undefined || !("rows" in batch)) throw new Error("a batch of records was expected");
    expect(batch).toMatchObject({ type: "RECORD", length: 2, broken: false });
    expect(batch.objects(["n", "s", "n"])).toEqual([
      { n: null, s: "a" },
      { n: null, s: "b" },
    ]);
    const [odd] = batch.objects(["__proto__", "constructor", "0"]);
    expect(Object.getPrototypeOf(odd)).toBe(Object.prototype);
    expect(Object.entries(odd as object)).toEqual([
      ["0", null],
      ["__proto__", 1],
      ["constructor", "a"],
    ]);
  });

  it("keeps the rest of a record with a broken value usable (TMP-06)", () => {
    const decoder = codec({ engine }).decoder();
    decoder.expect({ fields: ["ok", "list", "zone"] });
    const stream = concat(
      chunked(bytesOf("b1 71 93 01 92 02 b1 5a 03 b3 69 00 00 874e6f2f53756368")),
      chunked(record([4, 5, 6])),
    );
    const [batch] = [...decoder.push(stream)];
    if (batch === undefined || !("rows" in batch)) throw new Error("a batch of records was expected");
    expect(batch.broken).toBe(true);
    const [[ok, list, zone], second] = batch.rows() as [unknown[], unknown[]];
    expect(ok).toBe(1);
    expect(isBrokenValue(list) && list.cause.message).toMatch(/0x5A.*column "list".*at byte 6/);
    expect(isBrokenValue(zone) && zone.cause.message).toMatch(/No\/Such.*column "zone"/);
    expect(second).toEqual([4, 5, 6]);
  });

  it("names the column of an integer that is not a safe number", () => {
    const decoder = codec({ engine, integers: "number" }).decoder();
    decoder.expect({ fields: ["small", "big"] });
    const [batch] = [...decoder.push(chunked(record([1, 2n ** 60n])))];
    if (batch === undefined || !("rows" in batch)) throw new Error("a batch of records was expected");
    const [[small, big]] = batch.rows() as [unknown[]];
    expect(small).toBe(1);
    expect(isBrokenValue(big) && big.cause.message).toMatch(/column "big"/);
  });
});

/** Broken values as data, so that two can be compared. */
function comparable(seen: readonly unknown[]): unknown[] {
  return seen.map((item) => {
    const { row } = item as { row?: unknown[] };
    if (row === undefined) return item;
    return row.map((value) =>
      isBrokenValue(value) ? { offset: value.cause.offset, reason: value.cause.reason } : value,
    );
  });
}
