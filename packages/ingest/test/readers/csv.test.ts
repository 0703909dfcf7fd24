import { ConfigurationError, Date, DateTime, Duration, float, LocalDateTime, LocalTime } from "@fulgur/neo4j-driver";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CsvOptions } from "../../src/readers/csv/csv-options.ts";
import { readCsv } from "../../src/readers/csv/read-csv.ts";
import { ReadError } from "../../src/readers/read-error.ts";
import { bytesOf, readAll, rowsOf, streamOf } from "./read-all.ts";

const read = (text: string, options: CsvOptions = {}) => readAll(readCsv(bytesOf(text), options));
const rows = (text: string, options: CsvOptions = {}) => rowsOf(readCsv(bytesOf(text), options));

describe("reading CSV", () => {
  it("gives what was written, whatever is in the fields and wherever the text is cut", async () => {
    const field = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.string({ unit: fc.constantFrom('"', ",", "\r", "\n", " ", "a", "é", "😀"), maxLength: 6 }),
    );
    const table = fc.integer({ min: 2, max: 4 }).chain((width) => {
      return fc.array(fc.array(field, { minLength: width, maxLength: width }), { maxLength: 12 });
    });
    const end = fc.constantFrom("\n", "\r\n");
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.array(end, { minLength: 1 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        async (...args) => {
          const [records, ends, isClosed, size] = args;
          const names = (records[0] ?? ["", ""]).map((_, i) => `c${i}`);
          const lines = records.map((record) => record.map((text) => quoted(text)).join(","));
          let text = lines.reduce((all, line, i) => `${all}${i > 0 ? ends[i % ends.length] : ""}${line}`, "");
          if (isClosed && text !== "") text += ends[0];
          const source = readCsv(streamOf(bytesOf(text), size), { names, infer: false, nulls: [] });
          const expected = records.map((record) => Object.fromEntries(record.map((value, i) => [`c${i}`, value])));
          expect(await rowsOf(source)).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("tells types by the first rows: the narrowest that all texts have", async () => {
    const text = [
      "whole,broken,flag,day,wall,instant,postcode,long,mixed,nothing",
      "1,1,true,2024-02-29,2024-02-29 12:30,2024-02-29T12:30:00Z,01234,12345678901234567890,1,",
      "-20,2.5e3,FALSE,1999-12-31,1999-12-31T23:59:59.5,1999-12-31T23:59:59.5+01:00,99999,1,a,",
    ].join("\n");
    expect(await rows(text)).toEqual([
      {
        whole: 1,
        broken: float(1),
        flag: true,
        day: new Date(2024, 2, 29),
        wall: new LocalDateTime(2024, 2, 29, 12, 30),
        instant: new DateTime(2024, 2, 29, 12, 30, 0, 0, 0),
        postcode: "01234",
        long: "12345678901234567890",
        mixed: "1",
        nothing: null,
      },
      {
        whole: -20,
        broken: float(2500),
        flag: false,
        day: new Date(1999, 12, 31),
        wall: new LocalDateTime(1999, 12, 31, 23, 59, 59, 500_000_000),
        instant: new DateTime(1999, 12, 31, 23, 59, 59, 500_000_000, 3600),
        postcode: "99999",
        long: "1",
        mixed: "a",
        nothing: null,
      },
    ]);
  });

  it("rejects a row whose text doesn't fit a type that was told by earlier ones, and goes on", async () => {
    const { rows, rejected } = await read("id,name\n1,a\n2.5,b\n3,c\n", { inferFrom: 1 });
    expect(rows.map(({ number, row }) => [number, row["id"]])).toEqual([
      [1, 1],
      [3, 3],
    ]);
    expect(rejected).toMatchObject([{ row: 2, content: "2.5,b" }]);
    expect(rejected[0]?.reason).toMatch(/^line 3: the column "id" doesn't fit: it is no whole number; .* `types` can/);
  });

  it("gives columns the types that are declared, and functions' values", async () => {
    const types = {
      id: "integer",
      ratio: "float",
      tags: "string[]",
      marks: "integer[]",
      at: "localtime",
      takes: "duration",
      code: (text: string) => text.toUpperCase(),
    } as const;
    const text =
      "id,ratio,tags,marks,at,takes,code,rest\n 0012 ,3,a;b,1;2,12:30,P1DT2H,xy,0012\n+9007199254740993,NaN,,,,,,\n";
    expect(await rows(text, { types, infer: false })).toEqual([
      {
        id: 12,
        ratio: float(3),
        tags: ["a", "b"],
        marks: [1, 2],
        at: new LocalTime(12, 30),
        takes: Duration.parse("P1DT2H"),
        code: "XY",
        rest: "0012",
      },
      {
        ...{ id: 9_007_199_254_740_993n, ratio: float(Number.NaN), tags: null, marks: null, at: null, takes: null },
        ...{ code: null, rest: null },
      },
    ]);
  });

  it.each([
    ["integer", "1.0", "no whole number"],
    ["integer", "9223372036854775808", "a whole number of more than 64 bits"],
    ["float", "1,5", "no number"],
    ["boolean", "yes", "neither true nor false"],
    ["date", "2023-02-29", "no date"],
    ["localdatetime", "2024-01-01T12:00Z", "no date and time without an offset"],
    ["datetime", "2024-01-01T12:00", "no date and time with an offset or zone"],
    ["duration", "1 day", "no duration"],
  ] as const)("rejects what is no %s: %s", async (type, text, why) => {
    const { rejected } = await read(`a;b\n${text};x\n`, { types: { a: type }, delimiter: ";" });
    expect(rejected).toMatchObject([{ row: 1, content: `${text};x` }]);
    expect(rejected[0]?.reason).toBe(`line 2: the column "a" doesn't fit: it is ${why}`);
  });

  it("rejects ragged rows with their number, line and text, and counts them", async () => {
    const text = 'a,b\r\n1,"x\r\ny"\r\n2\r\n\r\n3,4,5\r\n6,z\r\n';
    const { rows, rejected } = await read(text);
    expect(rows).toEqual([
      { file: undefined, number: 1, row: { a: 1, b: "x\r\ny" } },
      { file: undefined, number: 4, row: { a: 6, b: "z" } },
    ]);
    expect(rejected).toEqual([
      { file: undefined, row: 2, content: "2", reason: "line 4: it has 1 field, not 2" },
      { file: undefined, row: 3, content: "3,4,5", reason: "line 6: it has 3 fields, not 2" },
    ]);
  });

  it("rejects broken quotes with everything that they swallow", async () => {
    const { rows, rejected } = await read('a,b\n1,"x"y\n2,z\n3,"never closed\n4,w\n', { infer: false });
    expect(rows).toEqual([]);
    expect(rejected.map(({ content }) => content).join("\n")).toBe('1,"x"y\n2,z\n3,"never closed\n4,w');
    expect(rejected[0]?.reason).toMatch(/^line 2: there is text behind a closing quote/);
  });

  it("ends with an error where a quote is opened that nothing closes for too long", async () => {
    const text = `a,b\n1,x\n2,"${"y".repeat(3_000)}\n`;
    const error = await readAll(
      readCsv({ name: "x.csv", data: streamOf(bytesOf(text), 100) }, { longestRow: 1_000 }),
    ).catch((e) => e);
    expect(error).toBeInstanceOf(ReadError);
    expect(error.message).toBe(
      'The file "x.csv", line 3, row 2: a row has more than 1000 characters, perhaps for a quote that nothing closes.',
    );
  });

  it("rejects rows of bytes that aren't of the encoding, and reads files in the encoding that it is told", async () => {
    const bytes = Uint8Array.from([..."n,v\n1,M"].map((c) => c.charCodeAt(0)).concat(0xfc, 10, 50, 44, 97, 10));
    const { rows, rejected } = await readAll(readCsv(bytes));
    expect(rows.map(({ number, row }) => [number, row["v"]])).toEqual([[2, "a"]]);
    expect(rejected).toMatchObject([{ row: 1, content: "1,M\ufffd" }]);
    expect(rejected[0]?.reason).toMatch(/^line 2: it has bytes that are no utf-8; `encoding` says/);
    expect(await rowsOf(readCsv(bytes, { encoding: "latin1" }))).toEqual([
      { n: 1, v: "Mü" },
      { n: 2, v: "a" },
    ]);
  });

  it("rejects a row of such bytes wherever the text is cut, and none whose replacement characters were written", async () => {
    const bytes = Uint8Array.of(...bytesOf("n,v\n1,a\n2,"), 0xfc, ...bytesOf("b\n3,\ufffd\n"));
    for (let size = 1; size < bytes.length; size++) {
      const { rows, rejected } = await readAll(readCsv(streamOf(bytes, size), { inferFrom: 1 }));
      expect(rejected.map(({ row }) => row)).toContain(2);
      expect(rows.map(({ number }) => number)).toContain(1);
    }
    expect(await rows("n\n\ufffd\n")).toEqual([{ n: "\ufffd" }]);
  });

  it("keeps whole numbers that are just too long for a number", async () => {
    expect(await rows("a\n999999999999999\n9007199254740991\n9007199254740993\n-9007199254740993\n")).toEqual([
      { a: 999_999_999_999_999 },
      { a: 9_007_199_254_740_991 },
      { a: 9_007_199_254_740_993n },
      { a: -9_007_199_254_740_993n },
    ]);
  });

  it("knows byte order marks", async () => {
    expect(await rows("\ufeffa,b\n1,é\n")).toEqual([{ a: 1, b: "é" }]);
    const utf16 = Buffer.from("\ufeffa,b\n1,é\n", "utf16le");
    expect(await rowsOf(readCsv(streamOf(utf16, 5)))).toEqual([{ a: 1, b: "é" }]);
    expect(await rowsOf(readCsv(streamOf(Buffer.from(utf16).swap16(), 5)))).toEqual([{ a: 1, b: "é" }]);
  });

  it.each([",", ";", "\t", "|"])("finds that the delimiter is %j", async (delimiter) => {
    const header = ["a", 'b "x,y;z|,,,,"', "c"].map(quoted).join(delimiter);
    expect(Object.values((await rows(`${header}\n${["1", "p", "q"].join(delimiter)}`))[0] as object)).toEqual([
      1,
      "p",
      "q",
    ]);
  });

  it("takes given names, with a header of the file's own or without, and only the columns that are wanted", async () => {
    expect(await rows("1,x,2\n", { names: ["a", "b", "c"], columns: ["c", "a"] })).toEqual([{ c: 2, a: 1 }]);
    expect(await rows("A,B\n1,x\n", { names: ["a", "b"], header: true })).toEqual([{ a: 1, b: "x" }]);
  });

  it("numbers names that are there twice, and calls those that aren't there by their place", async () => {
    const all = await rows("a,a,,a_2,__proto__,a\n1,2,3,4,5,6\n");
    expect(Object.entries(all[0] as object)).toEqual([
      ["a", 1],
      ["a_3", 2],
      ["column3", 3],
      ["a_2", 4],
      ["__proto__", 5],
      ["a_4", 6],
    ]);
  });

  it("passes over empty lines before the header, and still counts them as lines", async () => {
    const text = "\n\r\n\na;b;c,d\n1;2;x\n3\n";
    for (const size of [1, 3, 100]) {
      const source = readCsv(streamOf(bytesOf(text), size));
      const { rows, rejected } = await readAll(source);
      expect([rows, rejected]).toEqual([
        [{ file: undefined, number: 1, row: { a: 1, b: 2, "c,d": "x" } }],
        [{ file: undefined, row: 2, content: "3", reason: "line 6: it has 1 field, not 3" }],
      ]);
    }
    expect(await rows("\n\n")).toEqual([]);
  });

  it.each([
    [
      "in another encoding",
      Uint8Array.of(...bytesOf("a,na"), 0xef, ...bytesOf("ve\n1,2\n")),
      /bytes that are no utf-8/,
    ],
    [
      "UTF-16 without a mark",
      new Uint8Array(Uint16Array.from("a,b\n", (c) => c.charCodeAt(0)).buffer),
      /NUL characters/,
    ],
    [
      "with lines that end with carriage returns alone",
      bytesOf("a,b\r1,2\r3,4\r"),
      /a carriage return in the columns' names/,
    ],
    ["that is a delimiter for Excel", bytesOf("sep=;\na;b\n1;2\n"), /a delimiter for Excel: leave it out/],
    ["with a carriage return and one column", bytesOf("a\r1\r"), /a carriage return/],
  ])("ends with an error for a header %s: there would be wrong names, or no rows", async (_, bytes, why) => {
    const broken = readAll(readCsv({ name: "x.csv", data: bytes }));
    await expect(broken).rejects.toThrow(why);
    await expect(broken).rejects.toMatchObject({ name: "ReadError", file: "x.csv", line: 1 });
  });

  it("takes given names in the place of a header that is damaged", async () => {
    const bytes = Uint8Array.of(0xef, ...bytesOf(",b\n1,2\n"));
    expect(await rowsOf(readCsv(bytes, { names: ["a", "b"], header: true }))).toEqual([{ a: 1, b: 2 }]);
  });

  it("takes the texts that are named as null, and an empty one as it is if it isn't among them", async () => {
    const text = "a,b\n1,\n\\N,x\n,NA\n";
    expect(await rows(text, { nulls: ["\\N", "NA"], types: { a: "string" } })).toEqual([
      { a: "1", b: "" },
      { a: null, b: "x" },
      { a: "", b: null },
    ]);
  });

  it("reads an empty line as an empty field where there is one column", async () => {
    expect(await rows("a\n1\n\n3\n")).toEqual([{ a: 1 }, { a: null }, { a: 3 }]);
    expect(await rows("")).toEqual([]);
    expect(await rows("a,b\n")).toEqual([]);
  });

  it("goes on behind a row with the same numbers and types", async () => {
    const text = `id,v\n${Array.from({ length: 50 }, (_, i) => (i % 7 === 0 ? `${i}` : `${i},${i < 40 ? i : "x"}`)).join("\n")}\n`;
    const source = () => readCsv({ name: "f", data: bytesOf(text) }, { inferFrom: 20, chunkRows: 8 });
    const whole = await readAll(source());
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 60 }), async (row) => {
        const rest = await readAll(source(), { file: "f", row });
        expect(rest.rows).toEqual(whole.rows.filter(({ number }) => number > row));
        expect(rest.rejected).toEqual(whole.rejected.filter((one) => one.row > row));
      }),
      { numRuns: 30 },
    );
    expect(whole.chunks.every(({ rows, rejected = [] }) => rows.length + rejected.length <= 8)).toBe(true);
    expect(whole.rejected).toHaveLength(8 + 8);
  });

  it("makes rows of one hidden class", async () => {
    const [one, two] = await rows("a,b\n1,x\n2,y\n");
    expect(Object.keys(one as object)).toEqual(Object.keys(two as object));
    expect(Object.getPrototypeOf(one)).toBe(Object.prototype);
  });

  it.each<[CsvOptions, RegExp]>([
    [{ delimiterr: "," } as CsvOptions, /no option `delimiterr` of readCsv: did you mean `delimiter`/],
    [{ delimiter: ",," }, /`delimiter` of readCsv can't be used: it must be one character/],
    [{ delimiter: '"' }, /`delimiter` .* can't be the quote too/],
    [{ header: false }, /`header` .* needs `names`/],
    [{ names: ["a", "a"] }, /`names` .* "a" is there twice/],
    [{ encoding: "klingon" }, /`encoding` can't be used/],
    [{ inferFrom: 0 }, /`inferFrom` can't be used: it must be a whole number from 1/],
  ])("refuses options that can't be right: %j", (options, message) => {
    expect(() => readCsv("x.csv", options)).toThrow(ConfigurationError);
    expect(() => readCsv("x.csv", options)).toThrow(message);
  });

  it("refuses columns and types that the file hasn't", async () => {
    await expect(rows("a,b\n1,2\n", { columns: ["c"] })).rejects.toThrow(
      /`columns` .* no column "c"; the file has "a", "b"/,
    );
    await expect(rows("a,b\n1,2\n", { types: { c: "integer" } })).rejects.toThrow(/`types` .* no column "c"/);
    await expect(rows("a,b\n1,2\n", { types: { a: "int" as "integer" } })).rejects.toThrow(
      /"a" can't have the type "int"/,
    );
  });
});

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
