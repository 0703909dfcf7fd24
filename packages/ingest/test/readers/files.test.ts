import { readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { ConfigurationError } from "@fulgur/neo4j-driver";
import { describe, expect, it } from "vitest";
import { readCsv } from "../../src/readers/csv/read-csv.ts";
import { readJsonLines } from "../../src/readers/json/read-json-lines.ts";
import { ReadError } from "../../src/readers/read-error.ts";
import { readFiles } from "../../src/readers/read-files.ts";
import { bytesOf, readAll, rowsOf, streamOf, temporaryFolder } from "./read-all.ts";

const three = "id\n1\n2\n3\n";
const ids = [{ id: 1 }, { id: 2 }, { id: 3 }];

describe("inputs", () => {
  it("are paths, file: URLs, bytes, Node's and the web's streams", async () => {
    const path = temporaryFolder()("a.csv");
    writeFileSync(path, three);
    const web = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytesOf(three));
        controller.close();
      },
    });
    const locked = { getReader: () => web.getReader() };
    for (const input of [path, pathToFileURL(path), bytesOf(three), Readable.from([Buffer.from(three)]), locked]) {
      expect(await rowsOf(readCsv(input))).toEqual(ids);
    }
    expect(await rowsOf(readCsv(Readable.from([three.slice(0, 4), three.slice(4)])))).toEqual(ids);
  });

  it("are unpacked where they are gzip, whatever they are called", async () => {
    const packed = gzipSync(three);
    const twice = Buffer.concat([gzipSync("id\n1\n2\n"), gzipSync("3\n")]);
    for (const bytes of [packed, twice]) {
      expect(await rowsOf(readCsv(bytes))).toEqual(ids);
      expect(await rowsOf(readCsv(streamOf(bytes, 1)))).toEqual(ids);
      const parts = [new Uint8Array(), bytes.subarray(0, 1), new Uint8Array(), bytes.subarray(1)];
      expect(await rowsOf(readCsv(Readable.from(parts)))).toEqual(ids);
    }
  });

  it.each([
    ["zip", [0x50, 0x4b, 3, 4]],
    ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
    ["bzip2", [...bytesOf("BZh91AY&SY")]],
    ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
  ])("that are packed by %s aren't taken for text", async (how, magic) => {
    const data = Uint8Array.of(...magic, ...bytesOf("a\nb\n"));
    for (const source of [readCsv({ name: "x", data }), readJsonLines({ name: "x", data })]) {
      await expect(readAll(source)).rejects.toThrow(`The file "x": it is packed by ${how}, and only gzip is unpacked.`);
    }
  });

  it("tell how much of them is read, packed as they are", async () => {
    const path = temporaryFolder()("a.csv.gz");
    const packed = gzipSync(three);
    writeFileSync(path, packed);
    const source = readCsv([path, { name: "b", data: bytesOf(three) }]);
    expect(source.progress?.()).toEqual({ bytesRead: 0, bytesTotal: packed.length + three.length });
    await readAll(source);
    expect(source.progress?.()).toMatchObject({ bytesRead: packed.length + three.length });
    expect(readCsv(streamOf(packed, 3)).progress?.()).toEqual({ bytesRead: 0, bytesTotal: undefined });
  });

  it.each([
    ["cut off", gzipSync(three).subarray(0, 20)],
    ["damaged", gzipSync(three).fill(7, 12, 16)],
  ])("that are gzip and %s end with an error that names the file", async (_, data) => {
    const error = await readAll(readCsv({ name: "x.csv.gz", data })).catch((e) => e);
    expect(error).toBeInstanceOf(ReadError);
    expect(error.message).toMatch(/^The file "x.csv.gz": (its gzip data is damaged|unexpected end of file)/);
  });

  it("that aren't there, or are folders, end with an error that names them", async () => {
    const at = temporaryFolder();
    const missing = await readAll(readCsv(at("none.csv"))).catch((e) => e);
    expect(missing).toBeInstanceOf(ReadError);
    expect(missing).toMatchObject({ file: at("none.csv"), cause: { code: "ENOENT" } });
    expect(missing.message).toBe(`The file ${JSON.stringify(at("none.csv"))}: it does not exist.`);
    await expect(readAll(readCsv(at(".")))).rejects.toThrow(/it is a folder/);
  });

  it.each<[unknown, RegExp]>([
    [[], /it is an empty list/],
    [["a.csv", "a.csv"], /"a.csv" is given twice/],
    [[new Uint8Array(), new Uint8Array()], /several inputs of bytes need names/],
    [new URL("https://example.org/a.csv"), /of URLs only file: ones can be opened/],
    [7, /a number is neither a path nor bytes/],
    [{ name: "", data: new Uint8Array() }, /a name must be a text/],
    [{ name: "a", data: "text" }, /data must be a Uint8Array/],
  ])("are refused where they can't be read: %j", (input, message) => {
    expect(() => readCsv(input as string)).toThrow(ConfigurationError);
    expect(() => readCsv(input as string)).toThrow(message);
  });

  it.skipIf(process.platform !== "linux")(
    "are closed when reading is left early, and when it fails (asks /proc)",
    async () => {
      const at = temporaryFolder();
      // Numbers that gzip can't make small: else the file is at its end, and closed, before its first rows are there.
      const text = `id\n7\n${Array.from({ length: 300_000 }, (_, i) => (i * 2_654_435_761) % 4_294_967_296).join("\n")}`;
      writeFileSync(at("a.csv"), text);
      writeFileSync(at("b.csv"), gzipSync(text));
      writeFileSync(at("c.csv"), `id\n"${"x".repeat(400_000)}`);
      for (const name of ["a.csv", "b.csv"]) {
        for await (const { rows } of readCsv(at(name)).chunks()) {
          expect(rows[0]).toEqual({ id: 7 });
          expect(openFiles()).toContain(at(name));
          break;
        }
        expect(openFiles()).not.toContain(at(name));
      }
      await expect(readAll(readCsv(at("c.csv"), { longestRow: 10 }))).rejects.toThrow(ReadError);
      expect(openFiles()).not.toContain(at("c.csv"));
    },
  );
});

describe("several files", () => {
  const files = () => [
    { name: "one", data: bytesOf("id,v\n1,1\n2,2\n") },
    { name: "two", data: bytesOf("id,v\n3,x\n4,4\n") },
    { name: "three", data: bytesOf("id,v\n5,5\n") },
  ];

  it("are one source; their rows are counted anew, and columns have the types of the first file", async () => {
    const { rows, rejected } = await readAll(readCsv(files()));
    expect(rows.map(({ file, number, row }) => [file, number, row["v"]])).toEqual([
      ["one", 1, 1],
      ["one", 2, 2],
      ["two", 2, 4],
      ["three", 1, 5],
    ]);
    expect(rejected).toMatchObject([{ file: "two", row: 1, content: "3,x" }]);
  });

  it("are gone on with behind a row of one of them, with the types of the first", async () => {
    const { rows, rejected } = await readAll(readCsv(files()), { file: "two", row: 0 });
    expect(rows.map(({ file, number }) => [file, number])).toEqual([
      ["two", 2],
      ["three", 1],
    ]);
    expect(rejected).toMatchObject([{ file: "two", row: 1 }]);
    // What is passed over counts as read.
    const source = readCsv(files());
    await readAll(source, { file: "three", row: 0 });
    const { bytesRead, bytesTotal } = source.progress!();
    expect(bytesRead).toBe(bytesTotal);
    await expect(readAll(readCsv(files()), { file: "four", row: 1 })).rejects.toThrow(
      /"four": rows were to be read on after it, but it isn't among the files/,
    );
  });
});

describe("files by their names", () => {
  it("are found by patterns, in the order of their names, and read as what they end with", async () => {
    const at = temporaryFolder();
    for (const [name, text] of Object.entries({
      "b.csv": "id\n2\n",
      "a.csv": "id\n1\n",
      "c.tsv": "id\tv;w;x\n3\t4\n",
    })) {
      writeFileSync(at(name), text);
    }
    expect(await rowsOf(await readFiles(at("*.csv")))).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await rowsOf(await readFiles([at("b.csv"), at("a.*")]))).toEqual([{ id: 2 }, { id: 1 }]);
    expect(await rowsOf(await readFiles(at("c.tsv")))).toEqual([{ id: 3, "v;w;x": 4 }]);
  });

  it("are found by their names themselves, even where these look like patterns", async () => {
    const at = temporaryFolder();
    writeFileSync(at("a[1].csv"), three);
    expect(await rowsOf(await readFiles(at("a[1].csv")))).toEqual(ids);
  });

  it("need a format where their names don't say it", async () => {
    const at = temporaryFolder();
    writeFileSync(at("a.txt"), three);
    expect(await rowsOf(await readFiles(at("a.txt"), { format: "csv" }))).toEqual(ids);
    await expect(readFiles(at("a.txt"))).rejects.toThrow(
      /`format` is needed, one of csv, jsonl, .*a\.txt" doesn't say/,
    );
    await expect(readFiles(bytesOf(three))).rejects.toThrow(/`format` is needed/);
    await expect(readFiles("-")).rejects.toThrow(/`format` is needed/);
    await expect(readFiles(bytesOf(three), { format: "xml" as "csv" })).rejects.toThrow(
      /`format` can't be used: .* csv,/,
    );
  });

  it("have to exist and to be of one format", async () => {
    const at = temporaryFolder();
    writeFileSync(at("a.csv"), three);
    writeFileSync(at("b.jsonl"), "{}");
    await expect(readFiles(at("no.csv"))).rejects.toThrow(/no\.csv": it does not exist/);
    await expect(readFiles(at("*.tsv"))).rejects.toThrow(/the pattern fits no file/);
    await expect(readFiles(at("*"))).rejects.toThrow(/are of different formats/);
  });
});

function openFiles(): string[] {
  return readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/self/fd/${fd}`)];
    } catch {
      return [];
    }
  });
}
