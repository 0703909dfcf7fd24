import type { BoltVersion } from "@fulgur/neo4j-codec";
import { PackStreamError } from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { bytesOf, chunked, codec, engines, replies } from "./engines.ts";

interface Malformed {
  readonly what: string;
  readonly hex: string;
  readonly offset: number;
  readonly reason: RegExp;
  readonly version?: BoltVersion;
  /** Framed well: in a record, only the value is broken. */
  readonly framed?: true;
}

/** Bytes that are no value; offsets count from their first. */
const values: readonly Malformed[] = [
  { what: "nothing", hex: "", offset: 0, reason: /bytes end/ },
  ...["c4", "c5", "c6", "c7", "cf", "d3", "d7", "db", "dc", "dd", "de", "df", "e1", "ef"].map((hex) => ({
    what: `the reserved marker ${hex}`,
    hex,
    offset: 0,
    reason: /means nothing/,
  })),
  { what: "a UUID before 6.1", hex: `e0${"00".repeat(16)}`, offset: 0, reason: /means nothing/, version: "6.0" },
  { what: "a reserved marker within a list", hex: "92 01 c4", offset: 2, reason: /means nothing/ },
  { what: "a truncated INT_8", hex: "c8", offset: 0, reason: /needs 1 more/ },
  { what: "a truncated INT_16", hex: "c9 00", offset: 0, reason: /needs 2 more/ },
  { what: "a truncated INT_32", hex: "91 ca 00 00", offset: 1, reason: /needs 4 more/ },
  { what: "a truncated INT_64", hex: "cb 00000000000000", offset: 0, reason: /needs 8 more/ },
  { what: "a truncated float", hex: "c1 00", offset: 0, reason: /needs 8 more/ },
  { what: "a truncated UUID", hex: "e0 0011", offset: 0, reason: /needs 16 more/ },
  { what: "a tiny string beyond the end", hex: "85 41", offset: 0, reason: /needs 5 more/ },
  { what: "a string beyond the end", hex: "d0 10 41", offset: 0, reason: /needs 16 more/ },
  { what: "a string without its size", hex: "d1 00", offset: 0, reason: /size/ },
  { what: "a string of 4 GB", hex: "d2 ffffffff 41", offset: 0, reason: /needs 4294967295 more/ },
  { what: "bytes beyond the end", hex: "cc 02 00", offset: 0, reason: /needs 2 more/ },
  { what: "bytes of 2 GB", hex: "ce 7fffffff", offset: 0, reason: /needs 2147483647 more/ },
  { what: "a tiny list beyond the end", hex: "92 01", offset: 0, reason: /needs 2 more/ },
  { what: "a list of 4 billion items", hex: "d6 ffffffff 01", offset: 0, reason: /needs 4294967295 more/ },
  { what: "a map whose entries can't fit", hex: "a2 8161 01", offset: 0, reason: /needs 4 more/ },
  { what: "a map of 2 billion entries", hex: "da 7fffffff 8161", offset: 0, reason: /needs 4294967294 more/ },
  { what: "a map that ends in a key", hex: "a1 82 61", offset: 1, reason: /needs 2 more/ },
  { what: "a map's value that is missing", hex: "a1 8161", offset: 3, reason: /bytes end/ },
  { what: "a key that is a number", hex: "a1 01 01", offset: 1, reason: /key has to be a string/ },
  { what: "a key that is null, after a good one", hex: "a2 8161 01 c0 01", offset: 4, reason: /key has to be/ },
  { what: "a structure without its tag", hex: "b1", offset: 0, reason: /needs 2 more/ },
  { what: "a structure whose fields can't fit", hex: "b4 4e 01", offset: 0, reason: /needs 5 more/ },
  { what: "a structure that breaks off", hex: "b3 58 c9 1c23 c1 3ff0", offset: 5, reason: /needs 8 more/ },
  { what: "an unknown structure", hex: "b1 5a 01", offset: 0, reason: /tag 0x5A is not known/, framed: true },
  {
    what: "a vector before 6.0",
    hex: "b2 56 cc01c8 cc0101",
    offset: 0,
    reason: /tag 0x56/,
    version: "5.8",
    framed: true,
  },
  {
    what: "a node of 5.0 in 4.4",
    hex: "b4 4e 01 90 a0 8131",
    offset: 0,
    reason: /3 fields .*4\.4.*not 4/,
    framed: true,
    version: "4.4",
  },
  {
    what: "a DateTime of 5.0 in 4.4",
    hex: "b3 49 00 00 00",
    offset: 0,
    reason: /tag 0x49/,
    version: "4.4",
    framed: true,
  },
  { what: "a date with two fields", hex: "b2 44 00 00", offset: 0, reason: /1 fields.*not 2/, framed: true },
  {
    what: "a date whose days are a string",
    hex: "b1 44 8131",
    offset: 2,
    reason: /has to be an integer/,
    framed: true,
  },
  {
    what: "a point whose x is an integer",
    hex: "b3 58 c91c23 01 02",
    offset: 5,
    reason: /has to be a float/,
    framed: true,
  },
  {
    what: "a node whose labels are null",
    hex: "b4 4e 01 c0 a0 8131",
    offset: 3,
    reason: /has to be a list/,
    framed: true,
  },
  {
    what: "a node with a label that is a number",
    hex: "b4 4e 01 91 01 a0 8131",
    offset: 4,
    reason: /has to be a string/,
    framed: true,
  },
  { what: "a path without nodes", hex: "b3 50 90 90 90", offset: 0, reason: /needs a node/, framed: true },
  { what: "a vector of unknown elements", hex: "b2 56 cc01c4 cc0101", offset: 0, reason: /element type/, framed: true },
  {
    what: "a vector of half an element",
    hex: "b2 56 cc01c9 cc03000000",
    offset: 0,
    reason: /multiple of 2/,
    framed: true,
  },
  {
    what: "a date-time in an unknown zone (TMP-06)",
    hex: "b3 69 00 00 874e6f2f53756368",
    offset: 0,
    reason: /No\/Such/,
    framed: true,
  },
  { what: "bytes after a value", hex: "01 02 03", offset: 1, reason: /2 bytes after/ },
  { what: "a lone continuation byte", hex: "83 4180 42", offset: 2, reason: /UTF-8/ },
  { what: "an overlong sequence", hex: "82 c080", offset: 1, reason: /UTF-8/ },
  { what: "a surrogate", hex: "83 eda080", offset: 1, reason: /UTF-8/ },
  { what: "a code point beyond Unicode", hex: "85 41f4908080", offset: 2, reason: /UTF-8/ },
  { what: "a sequence that breaks off at the string's end", hex: "92 82 41c3 8142", offset: 3, reason: /UTF-8/ },
  { what: "bad UTF-8 in a long string", hex: `d0 40 ${"41".repeat(63)}ff`, offset: 65, reason: /UTF-8/ },
  { what: "bad UTF-8 beside a true U+FFFD", hex: `d0 16 efbfbd${"41".repeat(18)}ff`, offset: 23, reason: /UTF-8/ },
  { what: "bad UTF-8 in a key", hex: "a1 81ff 01", offset: 2, reason: /UTF-8/ },
  { what: "501 nested lists", hex: `${"91".repeat(501)}01`, offset: 500, reason: /deeper than 500/ },
  { what: "501 nested maps", hex: `${"a18161".repeat(501)}01`, offset: 1500, reason: /deeper than 500/ },
];

describe.each(engines)("malformed input in the %s engine", (engine) => {
  it.each(values)("decodeValue: $what", ({ hex, offset, reason, version = "6.1" }) => {
    const error = caught(() => codec({ version, engine }).decodeValue(bytesOf(hex)));
    expect(error).toBeInstanceOf(PackStreamError);
    expect(error).toMatchObject({ offset, reason: expect.stringMatching(reason) });
  });

  it.each(values.filter(({ what }) => !/nothing|after/.test(what)))("a record: $what", (malformed) => {
    const { hex, offset, reason, framed, version = "6.1" } = malformed;
    const record = chunked(bytesOf(`b1 71 92 01 ${hex}`));
    const [seen] = replies(codec({ version, engine }), [record], ["a", "b"]) as Record<string, unknown>[];
    if (framed) {
      const [first, second] = (seen as { row: unknown[] }).row as [unknown, { cause: PackStreamError }];
      expect(first).toBe(1);
      expect(second.cause).toMatchObject({ offset: offset + 4, reason: expect.stringMatching(reason) });
      expect(second.cause.reason).toContain('column "b"');
    } else {
      expect(seen).toMatchObject({ name: "PackStreamError", offset: offset + 4 });
      expect(seen?.["reason"]).toMatch(reason);
    }
  });

  it("500 nested lists are read", () => {
    const each = codec({ engine });
    expect(JSON.stringify(each.decodeValue(bytesOf(`${"91".repeat(500)}01`)))).toHaveLength(1001);
  });

  const messages: readonly Malformed[] = [
    { what: "no structure", hex: "01", offset: 0, reason: /has to be a structure/ },
    { what: "a structure without signature", hex: "b0", offset: 0, reason: /needs 1 more/ },
    { what: "an unknown signature", hex: "b0 55", offset: 1, reason: /0x55/ },
    { what: "a request, to a client", hex: "b0 0f", offset: 1, reason: /0x0F/ },
    { what: "SUCCESS without metadata", hex: "b0 70", offset: 0, reason: /1 fields, not 0/ },
    { what: "SUCCESS whose metadata is a list", hex: "b1 70 90", offset: 2, reason: /metadata has to be a map/ },
    { what: "a RECORD whose data is a map", hex: "b1 71 a0", offset: 2, reason: /has to be a list/ },
    { what: "a RECORD with too many fields", hex: "b2 71 90 90", offset: 0, reason: /1 fields, not 2/ },
    { what: "bytes after a RECORD", hex: "b1 71 90 00", offset: 3, reason: /1 byte after/ },
    { what: "bytes after a SUCCESS", hex: "b1 70 a0 c0c0", offset: 3, reason: /2 bytes after/ },
    { what: "an unknown structure in metadata", hex: "b1 70 a1 8161 b05a", offset: 5, reason: /tag 0x5A/ },
  ];

  it.each(messages)("a message: $what", ({ hex, offset, reason }) => {
    const [seen] = replies(codec({ engine }), [chunked(bytesOf(hex))]) as Record<string, unknown>[];
    expect(seen).toMatchObject({ name: "PackStreamError", offset });
    expect(seen?.["reason"]).toMatch(reason);
  });

  it("records before a malformed one are given first, and the decoder stays failed", () => {
    const good = chunked(bytesOf("b1 71 91 07"));
    const bad = chunked(bytesOf("b1 71 91 c4"));
    const decoder = codec({ engine }).decoder();
    const bytes = new Uint8Array([...good, ...good, ...bad, ...good]);
    const items = decoder.push(bytes)[Symbol.iterator]();
    expect(items.next().value).toMatchObject({ type: "RECORD", length: 2 });
    const error = caught(() => items.next());
    expect(error).toMatchObject({ name: "PackStreamError", offset: 3 });
    expect(caught(() => [...decoder.push(good)])).toBe(error);
    expect(caught(() => decoder.end())).toBe(error);
  });

  it("a stream that ends within a message is an error, one that ends between messages is not", () => {
    const message = chunked(bytesOf("b1 70 a0"));
    for (let length = 0; length <= message.length; length++) {
      const decoder = codec({ engine }).decoder();
      const items = [...decoder.push(message.subarray(0, length))];
      const whole = length === 0 || length === message.length;
      expect(items).toHaveLength(length === message.length ? 1 : 0);
      expect(caught(() => decoder.end())).toEqual(whole ? undefined : expect.any(PackStreamError));
    }
  });
});

function caught(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
}
