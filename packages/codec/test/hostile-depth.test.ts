import { type Codec, type CodecOptions, isBrokenValue } from "@fulgur/neo4j-codec";
import { describe, expect, it } from "vitest";
import { bytesOf, chunked, codec, concat, engines, replies } from "./engines.ts";

/** A record of these columns, given as hexadecimal text. */
const record = (...columns: string[]): Uint8Array =>
  chunked(concat(bytesOf("b1 71"), Uint8Array.of(0x90 + columns.length), ...columns.map(bytesOf)));

const repeated = (head: string, depth: number, leaf: string): string => `${head.repeat(depth)}${leaf}`;

/** Values of `depth` containers, one in the other, down to an empty one where the leaf is one itself. */
const nests: Record<string, (depth: number) => string> = {
  lists: (depth) => repeated("91", depth, "01"),
  "lists with an empty one inside": (depth) => repeated("91", depth - 1, "90"),
  maps: (depth) => repeated("a18161", depth, "01"),
  "maps with an empty one inside": (depth) => repeated("a18161", depth - 1, "a0"),
  "sized lists": (depth) => repeated("d60000 0001", depth, "c0"),
  "sized maps": (depth) => repeated("d80181 61", depth, "c0"),
  "lists and maps in turn": (depth) => `${"91a18161".repeat(depth >> 1)}${depth % 2 ? "91" : ""}01`,
};

describe.each(engines)("nesting in the %s engine", (engine) => {
  const of = (options: Partial<CodecOptions>): Codec => codec({ engine, ...options });

  for (const [name, nest] of Object.entries(nests)) {
    it(`reads ${name} as deep as allowed, and refuses one more`, () => {
      for (const maxDepth of [1, 2, 7, 100, 101, 500]) {
        const limited = of({ maxDepth });
        expect(replies(limited, [record(nest(maxDepth))])).toMatchObject([{ row: [expect.anything()] }]);
        expect(() => limited.decodeValue(bytesOf(nest(maxDepth)))).not.toThrow();
        const refused = { name: "PackStreamError", reason: `values are nested deeper than ${maxDepth}` };
        expect(replies(limited, [record(nest(maxDepth + 1))])).toMatchObject([refused]);
        expect(() => limited.decodeValue(bytesOf(nest(maxDepth + 1)))).toThrow(refused.reason);
      }
    });

    it(`reads ${name} as deep as allowed beside a value that can't be decoded`, () => {
      // The record is then read twice, the broken value by passing over it: both have to count alike.
      const limited = of({ maxDepth: 3 });
      const [seen] = replies(limited, [record("b15a01", nest(3))]) as { row: unknown[] }[];
      expect(isBrokenValue(seen?.row[0])).toBe(true);
      expect(isBrokenValue(seen?.row[1])).toBe(false);
      const within = `92${nest(2)}b15a01`;
      expect(replies(limited, [record(within, "01")])).toMatchObject([
        { row: [{ cause: { offset: expect.any(Number) } }, 1] },
      ]);
      const beyond = `92b15a01${nest(3)}`;
      expect(replies(limited, [record(beyond, "01")])).toMatchObject([{ reason: "values are nested deeper than 3" }]);
    });
  }

  it("refuses a million nested lists at the limit, whatever follows", () => {
    for (const head of [0x91, 0x9f]) {
      const bomb = new Uint8Array(1_000_000).fill(head);
      const body = concat(bytesOf("b1 71 91"), bomb);
      expect(replies(of({}), [chunked(body)])).toMatchObject([
        { reason: "values are nested deeper than 500", offset: 503 },
      ]);
    }
  });

  it("counts the structures that nest in structures", () => {
    const node = (properties: string): string => `b44e0190${properties}8131`;
    const nested = node(`a18161${node(`a18161${node("a0")}`)}`);
    expect(replies(of({ maxDepth: 6 }), [record(nested)])).toMatchObject([{ row: [expect.anything()] }]);
    expect(replies(of({ maxDepth: 5 }), [record(nested)])).toMatchObject([
      { reason: "values are nested deeper than 5" },
    ]);
  });
});
