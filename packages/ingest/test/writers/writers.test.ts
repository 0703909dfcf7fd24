import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Writable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { BrokenValue, ColumnTable, columnOf, columns } from "@fulgur/neo4j-codec";
import {
  ConfigurationError,
  DateTime,
  Date as Day,
  float,
  LocalDateTime,
  Node,
  Point,
  Relationship,
} from "@fulgur/neo4j-driver";
import { PackStreamError } from "@fulgur/neo4j-types";
import { tableFromIPC } from "apache-arrow";
import { parquetMetadata } from "hyparquet";
import { describe, expect, it } from "vitest";
import type { FileFormat } from "../../src/readers/formats.ts";
import { readFiles } from "../../src/readers/read-files.ts";
import { openWriter, writeRows } from "../../src/writers/open-writer.ts";
import { WriteError } from "../../src/writers/write-error.ts";
import type { WriteOptions } from "../../src/writers/write-options.ts";
import { readAll, rowsOf, temporaryFolder } from "../readers/read-all.ts";

type Row = Record<string, unknown>;
const formats: readonly FileFormat[] = ["csv", "jsonl", "json", "parquet", "arrow"];

async function textOf(rows: readonly Row[], options: WriteOptions): Promise<string> {
  const parts: Buffer[] = [];
  const stream = new Writable({
    write(part, _, done) {
      parts.push(Buffer.from(part));
      done();
    },
  });
  await writeRows(stream, [rows], options);
  return Buffer.concat(parts).toString();
}

describe("a file that is written", () => {
  it("appears under its name only when it is finished, and replaces what was there", async () => {
    const at = temporaryFolder();
    for (const format of formats) {
      const path = at(`a.${format}`);
      writeFileSync(path, "before");
      const writer = await openWriter(path);
      await writer.write([{ a: 1 }]);
      expect(readFileSync(path, "utf8")).toBe("before");
      const { rows, bytes } = await writer.finish();
      expect({ rows, bytes }).toEqual({ rows: 1, bytes: readFileSync(path).length });
      expect(await rowsOf(await readFiles(path))).toEqual([{ a: 1 }]);
    }
    expect(readdirSync(at(".")).sort()).toEqual(formats.map((format) => `a.${format}`).sort());
  });

  it("leaves nothing when it is abandoned, or when its rows fail, also packed", async () => {
    const at = temporaryFolder();
    const writer = await openWriter(at("a.csv.gz"));
    await writer.write([{ a: 1 }]);
    await writer.abandon();
    await writer.abandon();
    await expect(writer.write([{ a: 1 }])).rejects.toThrow(/the file is abandoned/);
    const failing = async function* () {
      yield [{ a: 1 }];
      throw new Error("the server is gone");
    };
    for (const format of formats)
      await expect(writeRows(at("b"), failing(), { format })).rejects.toThrow("the server is gone");
    expect(readdirSync(at("."))).toEqual([]);
  });

  it("stays what it is where a link leads to it, and who may read it stays the same", async () => {
    const at = temporaryFolder();
    mkdirSync(at("real"));
    writeFileSync(at("real/a.csv"), "before", { mode: 0o600 });
    symlinkSync(join("real", "a.csv"), at("link.csv"));
    await writeRows(at("link.csv"), [[{ a: 1 }]]);
    expect(readlinkSync(at("link.csv"))).toBe(join("real", "a.csv"));
    expect(readFileSync(at("real/a.csv"), "utf8")).toBe("a\n1\n");
    expect(statSync(at("real/a.csv")).mode & 0o777).toBe(0o600);
    expect([readdirSync(at("")), readdirSync(at("real"))]).toEqual([["link.csv", "real"], ["a.csv"]]);
  });

  it.skipIf(process.platform === "win32")(
    "is written as it stands where it is a pipe (skipped where there are none)",
    async () => {
      const at = temporaryFolder();
      const path = at("pipe.csv");
      execFileSync("mkfifo", [path]);
      for (const how of ["finish", "abandon"] as const) {
        const [written, read] = await Promise.all([
          openWriter(path).then(async (writer) => {
            await writer.write([{ a: 1 }]);
            return writer[how]();
          }),
          readFile(path, "utf8"),
        ]);
        expect([read, written]).toEqual(["a\n1\n", how === "finish" ? { rows: 1, bytes: 4 } : undefined]);
        expect(statSync(path).isFIFO()).toBe(true);
      }
      expect(readdirSync(at(""))).toEqual(["pipe.csv"]);
    },
  );

  it.skipIf(process.platform === "win32")(
    "is added to where it is open already (skipped where there are no paths of that)",
    () => {
      const path = temporaryFolder()("log");
      writeFileSync(path, "before\n");
      const log = openSync(path, "a");
      const module = new URL("../../src/writers/open-writer.ts", import.meta.url);
      const script = `import { writeRows } from ${JSON.stringify(module)}; await writeRows("/dev/stdout", [[{ a: 1 }]], { format: "csv" });`;
      const args = ["--conditions=@fulgur/source", "--input-type=module", "--eval", script];
      execFileSync(process.execPath, args, { stdio: ["ignore", log, "inherit"] });
      closeSync(log);
      expect(readFileSync(path, "utf8")).toBe("before\na\n1\n");
    },
  );

  it("is packed where its name ends with .gz", async () => {
    const at = temporaryFolder();
    await writeRows(at("a.jsonl.gz"), [[{ a: "é" }]]);
    expect(gunzipSync(readFileSync(at("a.jsonl.gz"))).toString()).toBe('{"a":"é"}\n');
    await expect(openWriter(at("a.parquet.gz"))).rejects.toThrow(
      /`gzip` can't be used: nothing could read packed parquet/,
    );
  });

  it("is whole when it is finished, also packed and into a stream that is slow", async () => {
    const parts: Buffer[] = [];
    const slow = new Writable({
      write(part, _, done) {
        setImmediate(() => {
          parts.push(part);
          done();
        });
      },
    });
    const text = randomBytes(100_000).toString("base64");
    const { bytes } = await writeRows(slow, [[{ text }]], { format: "csv", gzip: true });
    const packed = Buffer.concat(parts);
    expect(packed.length).toBe(bytes);
    expect(gunzipSync(packed).toString()).toBe(`text\n${text}\n`);
  });

  it("ends with an error that names it where the disk refuses", async () => {
    const error = await openWriter(temporaryFolder()("no/a.csv")).catch((e) => e);
    expect(error).toBeInstanceOf(WriteError);
    expect(error.message).toMatch(/^The file ".*no\/a\.csv" can't be written: its folder does not exist\.$/);
    const broken = new Writable({ write: (_, __, done) => done(new Error("the pipe is closed")) }).on(
      "error",
      () => {},
    );
    await expect(writeRows(broken, [[{ a: 1 }]], { format: "csv" })).rejects.toThrow(
      /^The output can't be written: the pipe is closed\.$/,
    );
  });

  it.each<[WriteOptions, RegExp]>([
    [{}, /`format` is needed, one of csv, jsonl/],
    [{ format: "xml" as "csv" }, /`format` can't be used/],
    [{ format: "csv", delimiter: "::" }, /`delimiter` can't be used: it must be one character/],
    [{ format: "csv", head: true } as WriteOptions, /no option `head` of the writer: did you mean `header`/],
    [{ format: "parquet", types: { a: "int" as "integer" } }, /`types` can't be used: "a" can't be "int"/],
    [{ format: "parquet", types: { a: "json[]" as "json" } }, /`types` can't be used: "a" can't be "json\[\]"/],
    [{ format: "arrow", groupRows: 0 }, /`groupRows` can't be used/],
  ])("refuses options that can't be right: %j", async (options, message) => {
    const error = await openWriter(temporaryFolder()("a"), options).catch((e) => e);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.message).toMatch(message);
  });
});

describe("columns", () => {
  it("are those of the first rows; what others lack is null, and none may have more", async () => {
    const path = temporaryFolder()("a.csv");
    await writeRows(path, [[{ a: 1, b: 2 }, { b: 3 }], [], [{ b: 5, a: 4 }]]);
    expect(readFileSync(path, "utf8")).toBe("a,b\n1,2\n,3\n4,5\n");
    await expect(writeRows(path, [[{ a: 1 }], [{ a: 1, c: 2 }]])).rejects.toThrow(
      /A row has the column "c", which the first one hasn't/,
    );
    await expect(writeRows(path, [columns({ a: [1] }), columns({ a: [1], b: [1] })])).rejects.toThrow(
      /2 columns, and those before have 1/,
    );
  });

  it.each(formats)("of %s can't hold what could not be decoded", async (format) => {
    const at = temporaryFolder();
    const cause = new PackStreamError("an unknown structure", 7);
    const table = new ColumnTable(2, ["a", "b"], [columnOf([1, 2]), columnOf(["x", new BrokenValue(cause)])]);
    const error = await writeRows(at("a"), [table], { format }).catch((e) => e);
    expect(error).toBeInstanceOf(WriteError);
    expect(error).toMatchObject({ column: "b", cause });
    expect(readdirSync(at("."))).toEqual([]);
  });

  it("that have one name in a result are numbered", async () => {
    const path = temporaryFolder()("a.csv");
    await writeRows(path, [
      new ColumnTable(
        1,
        ["n", "n", "n_2"],
        [1, 2, 3].map((value) => columnOf([value])),
      ),
    ]);
    expect(readFileSync(path, "utf8")).toBe("n,n_3,n_2\n1,2,3\n");
  });

  it.each(["parquet", "arrow"] as const)(
    "of %s take integers beside floats as floats, and nulls before anything within a group",
    async (format) => {
      const path = temporaryFolder()("a");
      await writeRows(path, [[{ a: null, b: 1 }], [{ a: 1, b: 2 }], [{ a: 2.5, b: null }]], { format, groupRows: 3 });
      expect(await rowsOf(await readFiles(path, { format }))).toEqual([
        { a: null, b: 1 },
        { a: float(1), b: 2 },
        { a: float(2.5), b: null },
      ]);
    },
  );

  it.each(["parquet", "arrow"] as const)(
    "of %s that change their type from one group to the next end with an error that names them",
    async (format) => {
      const at = temporaryFolder();
      const error = await writeRows(at("a"), [[{ a: 1 }], [{ a: 2 }], [{ a: 2.5 }]], { format, groupRows: 1 }).catch(
        (e) => e,
      );
      expect(error).toBeInstanceOf(WriteError);
      expect(error.message).toMatch(
        /^The column "a" can't be written: from row 3 on it has values of the type float, and it was .* integer; `types` can declare/,
      );
      expect(readdirSync(at("."))).toEqual([]);
      await writeRows(at("b"), [[{ a: 1 }], [{ a: 2.5 }]], { format, groupRows: 1, types: { a: "float" } });
      expect(await rowsOf(await readFiles(at("b"), { format }))).toEqual([{ a: float(1) }, { a: float(2.5) }]);
    },
  );

  it.each(["parquet", "arrow"] as const)("of %s aren't written as other ones than they are", async (format) => {
    const path = temporaryFolder()(`a.${format}`);
    const refused = (value: unknown, types: WriteOptions["types"] = {}) => writeRows(path, [[{ a: value }]], { types });
    await expect(refused(2n ** 53n + 1n, { a: "float" })).rejects.toThrow(
      /^The column "a" can't be written: a whole number has more digits than a float holds; `types` can declare it "json"\.$/,
    );
    await expect(refused(new Day(-999_999_999, 1, 1))).rejects.toThrow(
      /a date is too far from 1970 for 32 bits of days/,
    );
    await expect(refused(new LocalDateTime(9999, 1, 1, 0, 0, 0, 1))).rejects.toThrow(
      /too far from 1970 for 64 bits of nano/,
    );
    await refused(new LocalDateTime(9999, 1, 1, 0, 0, 0, 1), { a: "json" });
    expect(await rowsOf(await readFiles(path))).toEqual([{ a: '"9999-01-01T00:00:00.000000001"' }]);
    // A negative zero is a float, also in lists.
    await refused([-0, 1]);
    expect(await rowsOf(await readFiles(path))).toEqual([{ a: Float64Array.of(-0, 1) }]);
  });

  it.each(["parquet", "arrow"] as const)("of %s that are of many types are JSON", async (format) => {
    const path = temporaryFolder()("a");
    const values = ["a", 1, true, [1, "b"], new LocalDateTime(2024, 1, 1)];
    await writeRows(path, [values.map((v) => ({ v }))], { format });
    const read = await rowsOf(await readFiles(path, { format }));
    expect(read.map(({ v }) => v)).toEqual(['"a"', "1", "true", '[1,"b"]', '"2024-01-01T00:00:00"']);
  });

  it.each(["parquet", "arrow"] as const)(
    "of %s hold times in nanoseconds only where the first rows have some",
    async (format) => {
      const at = temporaryFolder();
      const [coarse, fine] = [1_000, 1].map((n) => ({ t: DateTime.fromEpochSeconds(1, n, 3_600) }));
      await writeRows(at("a"), [[coarse as Row], [fine as Row]], { format });
      expect(await rowsOf(await readFiles(at("a"), { format }))).toEqual(
        [1_000, 1].map((n) => ({ t: DateTime.fromEpochSeconds(1, n, 0) })),
      );
      await expect(writeRows(at("b"), [[coarse as Row], [fine as Row]], { format, groupRows: 1 })).rejects.toThrow(
        /"t" .* datetime_ns/,
      );
      const far = [{ t: new LocalDateTime(300_000, 1, 1) }];
      await expect(writeRows(at("b"), [far], { format, types: { t: "localdatetime_ns" } })).rejects.toThrow(/"t"/);
    },
  );
});

describe("CSV", () => {
  it("quotes what needs it, and changes nothing that a spreadsheet would take for a formula", async () => {
    const values = ["=1+1", "a,b", 'say "x"', "two\nlines", " spaced ", "", null, "@x", "\ufeffbom"];
    const text = await textOf(
      values.map((v, n) => ({ n, v })),
      { format: "csv" },
    );
    expect(text).toBe(
      'n,v\n0,=1+1\n1,"a,b"\n2,"say ""x"""\n3,"two\nlines"\n4," spaced "\n5,""\n6,\n7,@x\n8,"\ufeffbom"\n',
    );
  });

  it("has another delimiter, other line ends and no header, if so wanted", async () => {
    expect(await textOf([{ a: "x;y", b: 1 }], { format: "csv", delimiter: ";", crlf: true, header: false })).toBe(
      '"x;y";1\r\n',
    );
    const at = temporaryFolder();
    await writeRows(at("a.tsv"), [[{ a: 1, b: 2 }]]);
    expect(readFileSync(at("a.tsv"), "utf8")).toBe("a\tb\n1\t2\n");
  });

  it("writes floats with a point and whole numbers with all their digits", async () => {
    const table = columns({ f: Float64Array.of(1, -0, 1e21, 0.1), i: BigInt64Array.of(2n ** 60n, 1n, 2n, 3n) });
    const path = temporaryFolder()("a.csv");
    await writeRows(path, [table]);
    expect(readFileSync(path, "utf8")).toBe("f,i\n1.0,1152921504606846976\n-0.0,1\n1e+21,2\n0.1,3\n");
  });
});

describe("JSON", () => {
  const node = new Node(null, ["A"], { n: 2n ** 60n, f: float(1) }, "4:x:1");
  const relationship = new Relationship(null, null, null, "R", {}, "5:x:1", "4:x:1", "4:x:2");

  it("has nodes, relationships and points as objects, and whole numbers with all their digits", async () => {
    const text = await textOf([{ node, relationship, at: new Point(7203, 1, 2), nan: Number.NaN, when: new Date(0) }], {
      format: "jsonl",
    });
    expect(text).toContain(
      '"node":{"elementId":"4:x:1","labels":["A"],"properties":{"n":1152921504606846976,"f":1.0}}',
    );
    expect(text).toContain(
      '"relationship":{"elementId":"5:x:1","type":"R","startNodeElementId":"4:x:1","endNodeElementId":"4:x:2","properties":{}}',
    );
    expect(text).toContain('"nan":"NaN","when":"1970-01-01T00:00:00.000Z"');
    expect(JSON.parse(text).at).toMatchObject({ srid: 7203, x: 1, y: 2 });
  });

  it("is a line for each row, or one array", async () => {
    expect(await textOf([{ a: 1 }, { a: 2 }], { format: "jsonl" })).toBe('{"a":1}\n{"a":2}\n');
    expect(await textOf([{ a: 1 }, { a: 2 }], { format: "json" })).toBe('[\n{"a":1},\n{"a":2}\n]\n');
  });
});

describe("Parquet and Arrow", () => {
  const batches = Array.from({ length: 10 }, (_, i) =>
    columns({ id: Int32Array.from({ length: 10 }, (_, k) => i * 10 + k), s: Array(10).fill("x") }),
  );

  it("have groups of at least so many rows as was asked for", async () => {
    const at = temporaryFolder();
    await writeRows(at("a.parquet"), batches, { groupRows: 25 });
    const { row_groups, num_rows } = parquetMetadata(new Uint8Array(readFileSync(at("a.parquet"))).buffer);
    expect([num_rows, row_groups.map((group) => Number(group.num_rows))]).toEqual([100n, [30, 30, 30, 10]]);
    await writeRows(at("a.arrow"), batches, { groupRows: 25 });
    expect(tableFromIPC(readFileSync(at("a.arrow"))).batches.map(({ numRows }) => numRows)).toEqual([30, 30, 30, 10]);
    expect((await readAll(await readFiles(at("a.arrow")))).rows).toHaveLength(100);
  });

  it("are written as they come: a group is in the file before the next one is asked for", async () => {
    const at = temporaryFolder();
    for (const name of ["a.parquet", "a.arrow", "a.arrows"]) {
      const writer = await openWriter(at(name), { groupRows: 10 });
      let before = 0;
      for (const batch of batches) {
        await writer.write(batch);
        const [part] = readdirSync(at(".")).filter((file) => file.endsWith(".part"));
        const { length } = readFileSync(at(part as string));
        expect(length).toBeGreaterThan(before);
        before = length;
      }
      await writer.finish();
      expect((await rowsOf(await readFiles(at(name)))).map(({ id }) => id)).toEqual(
        Array.from({ length: 100 }, (_, i) => i),
      );
    }
  });
});
