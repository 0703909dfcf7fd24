import { writeFileSync } from "node:fs";
import { ConfigurationError } from "@fulgur/neo4j-driver";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "../../src/readers/json/read-json.ts";
import { readJsonLines } from "../../src/readers/json/read-json-lines.ts";
import { ReadError } from "../../src/readers/read-error.ts";
import { readFiles } from "../../src/readers/read-files.ts";
import { bytesOf, readAll, rowsOf, streamOf, temporaryFolder } from "./read-all.ts";

const lines = (text: string) => readAll(readJsonLines(bytesOf(text)));
const array = (text: string) => readAll(readJson(bytesOf(text)));

/** Without numbers that JSON.parse rounds, and the readers don't. */
const objects = fc
  .array(fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 }), { maxLength: 10 })
  .filter((all) => !/\d{16}/.test(JSON.stringify(all)));
const space = fc.constantFrom("", " ", "\n", "\r\n\t");

describe("reading JSON lines", () => {
  it("gives what JSON.parse gives for each line, wherever the text is cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        objects,
        fc.constantFrom("\n", "\r\n", "\n \n"),
        fc.integer({ min: 1, max: 30 }),
        async (all, end, size) => {
          const texts = all.map((one) => JSON.stringify(one));
          expect(await rowsOf(readJsonLines(streamOf(bytesOf(texts.join(end)), size)))).toEqual(
            texts.map((t) => JSON.parse(t)),
          );
        },
      ),
    );
  });

  it("rejects lines that are no JSON, no object, or damaged, with their line and text", async () => {
    const bytes = [bytesOf('{"a":1}\n\n{"a":\n[1]\nnull\n{"a":"'), Uint8Array.of(0xff), bytesOf('"}\n{"a":"\ufffd"}')];
    const { rows, rejected } = await readAll(readJsonLines({ name: "x", data: Buffer.concat(bytes) }));
    expect(rows).toEqual([{ file: "x", number: 1, row: { a: 1 } }]);
    expect(rejected).toEqual([
      { file: "x", row: 2, content: '{"a":', reason: "line 3: it is no JSON: Unexpected end of JSON input" },
      { file: "x", row: 3, content: "[1]", reason: "line 4: it is no object" },
      { file: "x", row: 4, content: "null", reason: "line 5: it is no object" },
      ...[5, 6].map((row) => ({
        ...{ file: "x", row, content: '{"a":"\ufffd"}' },
        reason: `line ${row + 1}: it has bytes that are no utf-8; \`encoding\` says what the file is written in`,
      })),
    ]);
  });

  it("says nothing of the text in a reason", async () => {
    const { rejected } = await lines('{"password": secret}');
    expect(rejected[0]?.reason).toMatch(/^line 1: it is no JSON: Unexpected token/);
    expect(rejected[0]?.reason).not.toContain("secret");
  });

  it("ends with an error for a line without end, which may be an array", async () => {
    const error = await readAll(
      readJsonLines(streamOf(bytesOf(`[${"1,".repeat(500)}`), 50), { longestRow: 300 }),
    ).catch((e) => e);
    expect(error).toBeInstanceOf(ReadError);
    expect(error.message).toMatch(
      /^The input, line 1, row 1: a line has more than 300 characters; .* the format is json\.$/,
    );
  });
});

describe("reading a JSON array", () => {
  it("gives what JSON.parse gives, wherever the text is cut and however it is spaced", async () => {
    await fc.assert(
      fc.asyncProperty(objects, space, space, fc.integer({ min: 1, max: 30 }), async (all, a, b, size) => {
        const text = `${a}[${b}${all.map((one) => JSON.stringify(one, null, b.length)).join(`${a},${b}`)}${a}]${b}`;
        expect(await rowsOf(readJson(streamOf(bytesOf(text), size)))).toEqual(JSON.parse(text));
      }),
    );
  });

  it("rejects elements that are no JSON or no object, and goes on", async () => {
    const { rows, rejected } = await array('[\n{"a": 1},\n"x,y]",\n{"b": tru},\n[2],\n{"a": 2}\n]\n');
    expect(rows.map(({ number, row }) => [number, row])).toEqual([
      [1, { a: 1 }],
      [5, { a: 2 }],
    ]);
    expect(rejected.map(({ row, content, reason }) => [row, content, reason])).toEqual([
      [2, '"x,y]"', "line 3: it is no object"],
      [3, '{"b": tru}', "line 4: it is no JSON: Unexpected token '}'"],
      [4, "[2]", "line 5: it is no object"],
    ]);
  });

  it.each([
    [
      '{"a":1}\n{"a":2}',
      /^The input, line 1, row 1: it isn't a JSON array; for an object in each line the format is jsonl\.$/,
    ],
    ['[{"a":1},\n{"a":2}', /^The input, line 2, row 2: it ends before its array does\.$/],
    ['[{"a":1}] {"b":2}', /row 2: there is more text behind the array\.$/],
    ["[] x", /row 1: there is more text behind the array\.$/],
  ])("ends with an error for what is no array: %s", async (text, message) => {
    const error = await array(text).catch((e) => e);
    expect(error).toBeInstanceOf(ReadError);
    expect(error.message).toMatch(message);
  });

  it("ends with an error where an element doesn't end", async () => {
    const source = readJson(streamOf(bytesOf(`[{"a":1},{"b":"${"x".repeat(900)}`), 50), { longestRow: 300 });
    await expect(readAll(source)).rejects.toThrow(/row 2: a row has more than 300 characters/);
  });

  it("has nothing for an empty array and an empty file", async () => {
    expect((await array(" [ ] ")).rows).toEqual([]);
    expect((await array("")).rows).toEqual([]);
  });
});

describe("reading JSON of both kinds", () => {
  it("keeps whole numbers that a number doesn't hold", async () => {
    const text =
      '{"a":9007199254740993,"b":[-9223372036854775808,1.5],"c":"9007199254740993","d":123456789012345e10,"e":100000000000000000000}';
    const expected = {
      a: 9_007_199_254_740_993n,
      b: [-(2n ** 63n), 1.5],
      c: "9007199254740993",
      d: 123456789012345e10,
      e: 1e20,
    };
    expect((await lines(text)).rows[0]?.row).toEqual(expected);
    expect((await array(`[${text}]`)).rows[0]?.row).toEqual(expected);
  });

  it("treats names alike, whether there are long numbers or not", async () => {
    const [plain, long] = ['{"__proto__":1,"a":1,"a":2}', '{"__proto__":1,"a":1,"a":2,"n":9007199254740993}'];
    const { rows } = await lines(`${plain}\n${long}`);
    expect(Object.entries(rows[0]?.row as object)).toEqual([
      ["__proto__", 1],
      ["a", 2],
    ]);
    expect(Object.entries(rows[1]?.row as object)).toEqual([
      ["__proto__", 1],
      ["a", 2],
      ["n", 9_007_199_254_740_993n],
    ]);
  });

  it("goes on behind a row, with the same numbers", async () => {
    const texts = Array.from({ length: 30 }, (_, i) => (i % 7 === 3 ? "[]" : `{"i":${i}}`));
    for (const source of [
      () => readJsonLines({ name: "f", data: bytesOf(texts.join("\n")) }, { chunkRows: 4 }),
      () => readJson({ name: "f", data: bytesOf(`[${texts.join(",")}]`) }, { chunkRows: 4 }),
    ]) {
      const whole = await readAll(source());
      expect(whole.chunks.length).toBe(8);
      for (const row of [0, 3, 4, 17, 30]) {
        const rest = await readAll(source(), { file: "f", row });
        expect(rest.rows).toEqual(whole.rows.filter(({ number }) => number > row));
        expect(rest.rejected).toEqual(whole.rejected.filter((one) => one.row > row));
      }
    }
  });

  it("is told by the file's name", async () => {
    const at = temporaryFolder();
    for (const [name, text] of Object.entries({ "a.jsonl": '{"a":1}', "b.ndjson": '{"a":1}', "c.json": '[{"a":1}]' })) {
      writeFileSync(at(name), text);
      expect(await rowsOf(await readFiles(at(name)))).toEqual([{ a: 1 }]);
    }
  });

  it("refuses options that there aren't", () => {
    expect(() => readJson("x", { delimiter: "," } as object)).toThrow(ConfigurationError);
    expect(() => readJson("x", { delimiter: undefined } as object)).not.toThrow();
    expect(() => readJsonLines("x", { chunkRow: 5 } as object)).toThrow(
      /no option `chunkRow` of readJsonLines: did you mean `chunkRows`/,
    );
  });
});
