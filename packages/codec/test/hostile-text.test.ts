import { Node, ParameterError, Point } from "@fulgur/neo4j-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createText, firstInvalidUtf8, text } from "../src/text.ts";
import { bytesOf, chunked, codec, concat, engines, replies } from "./engines.ts";

const lone: Record<string, string> = {
  "a high surrogate": "\ud83d",
  "a low surrogate": "\ude80",
  "two in the wrong order": "\ude80\ud83d",
  "a high one before a letter": "a\ud83db",
  "a pair and one more": "\u{1f680}\ud83d",
  "one at the end of a long text": `${"x".repeat(100)}\ud83d`,
  "one at the start of a long text": `\udc00${"é".repeat(100)}`,
  "one in the midst of a huge text": `${"x".repeat(70_000)}\udfff${"y".repeat(70_000)}`,
};

describe.each(engines)("lone surrogates, which UTF-8 can't carry, in the %s engine", (engine) => {
  const each = codec({ engine });
  const run = (parameters: Record<string, unknown>): (() => Uint8Array) => {
    return () => each.encodeMessage({ type: "RUN", query: "RETURN $rows", parameters, extra: {} });
  };
  /** Enough rows for the path of ingestion, the bad one among them. */
  const rows = (bad: unknown, at: number): unknown[] =>
    Array.from({ length: 120 }, (_, i) => (i === at ? bad : { name: `n${i}`, text: "ok", n: i }));

  for (const [name, bad] of Object.entries(lone)) {
    it(`refuses ${name} wherever it stands, and says where`, () => {
      const cases: readonly (readonly [unknown, string])[] = [
        [bad, ""],
        [["ok", bad], "[1]"],
        [{ a: { b: bad } }, "a.b"],
        [new Map([["a", bad]]), "a"],
        [{ [bad]: 1 }, `[${JSON.stringify(bad)}]`],
        [new Map([[bad, 1]]), `[${JSON.stringify(bad)}]`],
      ];
      for (const [value, path] of cases) {
        const error = caught(() => each.encodeValue(value)) as ParameterError;
        expect(error).toBeInstanceOf(ParameterError);
        expect(error.path).toBe(path);
        // Values never appear in messages.
        if (!path.includes(`"`)) expect(error.message).not.toContain("xxx");
      }
      expect(caught(() => each.encodeValue(new Node(1, [bad], {})))).toBeInstanceOf(ParameterError);
    });

    it(`refuses ${name} in a batch of rows, and says in which`, () => {
      for (const at of [0, 1, 63, 119]) {
        const value = caught(run({ rows: rows({ name: `n${at}`, text: bad, n: 1 }, at) })) as ParameterError;
        expect(value).toBeInstanceOf(ParameterError);
        expect(value.path).toMatch(new RegExp(`rows\\[${at}\\]\\.text$`));
        const key = caught(run({ rows: rows({ name: "a", text: "b", [bad]: 1 }, at) })) as ParameterError;
        expect(key).toBeInstanceOf(ParameterError);
        expect(key.path).toContain(`rows[${at}]`);
        const keyOfAll = caught(run({ rows: Array.from({ length: 120 }, () => ({ [bad]: 1 })) })) as ParameterError;
        expect(keyOfAll).toBeInstanceOf(ParameterError);
        expect(keyOfAll.path).toContain("rows[0]");
      }
    });

    it(`sends what comes after ${name} was refused as if nothing had been`, () => {
      expect(caught(() => each.encodeValue([1, bad]))).toBeInstanceOf(ParameterError);
      expect(each.encodeValue([1, "a"])).toEqual(bytesOf("92 01 81 61"));
      expect(caught(run({ rows: rows({ name: bad, text: "", n: 1 }, 80) }))).toBeInstanceOf(ParameterError);
      const good = { rows: rows({ name: "n", text: "\u{1f680}", n: 1 }, 80), at: new Point(1, 2, 3) };
      expect(run(good)()).toEqual(
        codec({ engine: "plain" }).encodeMessage({ type: "RUN", query: "RETURN $rows", parameters: good, extra: {} }),
      );
    });
  }
});

const utf8 = fc.oneof(
  fc.uint8Array({ maxLength: 80 }),
  fc.string({ unit: "binary", maxLength: 40 }).map((one) => new Uint8Array(Buffer.from(one))),
  fc.tuple(fc.string({ unit: "binary", maxLength: 40 }), fc.nat(), fc.nat(255)).map(([one, at, byte]) => {
    const bytes = new Uint8Array(Buffer.from(one));
    if (bytes.length > 0) bytes[at % bytes.length] = byte;
    return bytes;
  }),
);

describe("UTF-8 that isn't", () => {
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const standard = (bytes: Uint8Array): string | undefined => {
    try {
      return strict.decode(bytes);
    } catch {
      return undefined;
    }
  };

  it("is what TextDecoder says it is, with Buffer and without, and in both engines", () => {
    const without = createText(undefined);
    const [plain, wasm] = engines.map((engine) => codec({ engine }));
    fc.assert(
      fc.property(utf8, (bytes) => {
        const wanted = standard(bytes);
        expect(text.decode(bytes, 0, bytes.length)).toBe(wanted);
        expect(without.decode(bytes, 0, bytes.length)).toBe(wanted);
        expect(firstInvalidUtf8(bytes, 0, bytes.length) === -1).toBe(wanted !== undefined);
        const record = chunked(concat(bytesOf("b1 71 91 d0"), Uint8Array.of(bytes.length), bytes));
        const [sound, later] = [chunked(bytesOf("b1 71 91 82 c3 a9")), concat(record, record)];
        const seen = replies(wasm as never, [concat(sound, sound, later)]);
        expect(seen).toEqual(replies(plain as never, [concat(sound, sound, later)]));
        if (wanted === undefined)
          expect(seen[2]).toMatchObject({ offset: 5 + firstInvalidUtf8(bytes, 0, bytes.length) });
        else expect(seen[3]).toEqual({ row: [wanted] });
      }),
      { numRuns: 2000 },
    );
  });

  it("is found at every place of strings of every length up to 70 bytes", () => {
    const [plain, wasm] = engines.map((engine) => codec({ engine }));
    for (let length = 1; length <= 70; length++) {
      for (const at of [0, 1, length >> 1, length - 1]) {
        const bytes = new Uint8Array(length).fill(0x61);
        bytes[Math.min(at, length - 1)] = 0xff;
        const bad = chunked(concat(bytesOf("b1 71 91 d0"), Uint8Array.of(length), bytes));
        const sound = chunked(concat(bytesOf("b1 71 91 d0"), Uint8Array.of(length), new Uint8Array(length).fill(0x62)));
        const stream = [concat(sound, sound, bad)];
        expect(replies(wasm as never, stream)).toEqual(replies(plain as never, stream));
        expect(replies(wasm as never, stream).at(-1)).toMatchObject({ offset: 5 + Math.min(at, length - 1) });
      }
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
