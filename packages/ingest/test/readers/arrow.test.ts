import { writeFileSync } from "node:fs";
import { gzipSync, inflateSync } from "node:zlib";
import { DateTime, Date as Day, float, LocalDateTime } from "@fulgur/neo4j-driver";
import * as arrow from "apache-arrow";
import { describe, expect, it } from "vitest";
import { readArrow } from "../../src/readers/arrow/read-arrow.ts";
import type { ColumnarOptions } from "../../src/readers/columnar-options.ts";
import { ReadError } from "../../src/readers/read-error.ts";
import { readFiles } from "../../src/readers/read-files.ts";
import { readAll, rowsOf, streamOf, temporaryFolder } from "./read-all.ts";

type Form = "file" | "stream";

function bytesOf(vectors: Record<string, arrow.Vector>, form: Form): Uint8Array {
  return arrow.tableToIPC(new arrow.Table(vectors), form);
}

async function valuesOf(values: readonly unknown[], type: arrow.DataType, options: ColumnarOptions = {}) {
  const bytes = bytesOf({ v: arrow.vectorFromArray(values, type) }, "stream");
  return (await rowsOf(readArrow(bytes, options))).map(({ v }) => v);
}

/** Three batches: 40 rows, 40 rows, 20 rows. */
function batches(form: Form): Uint8Array {
  const all = [0, 40, 80].map((begin) => {
    const numbers = Array.from({ length: begin === 80 ? 20 : 40 }, (_, i) => begin + i);
    return new arrow.Table({
      i: arrow.vectorFromArray(numbers, new arrow.Int32()),
      s: arrow.vectorFromArray(numbers.map(String), new arrow.Utf8()),
    });
  });
  return arrow.tableToIPC((all[0] as arrow.Table).concat(...all.slice(1)), form);
}

const hundred = Array.from({ length: 100 }, (_, i) => ({ i, s: String(i) }));

describe("reading Arrow", () => {
  it.each<[string, readonly unknown[], arrow.DataType, readonly unknown[]]>([
    ["Int32", [1, null, -5], new arrow.Int32(), [1, null, -5]],
    ["Int64", [1n, null, 2n ** 53n + 1n], new arrow.Int64(), [1, null, 2n ** 53n + 1n]],
    ["Uint8", [1, 255], new arrow.Uint8(), [1, 255]],
    ["Float64", [1, 2.5, null], new arrow.Float64(), [float(1), float(2.5), null]],
    ["Bool", [true, null, false], new arrow.Bool(), [true, null, false]],
    ["Utf8", ["é", null, ""], new arrow.Utf8(), ["é", null, ""]],
    [
      "Dictionary",
      ["a", "b", null, "a"],
      new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()),
      ["a", "b", null, "a"],
    ],
    ["DateDay", [new Date(0), null], new arrow.DateDay(), [new Day(1970, 1, 1), null]],
    ["Timestamp", [1.5e12, null], new arrow.TimestampMillisecond(), [new LocalDateTime(2017, 7, 14, 2, 40), null]],
    [
      "Timestamp in UTC",
      [1.5e12],
      new arrow.TimestampMillisecond("UTC"),
      [DateTime.fromEpochSeconds(1_500_000_000, 0, 0)],
    ],
    ["List", [["a"], [], null], new arrow.List(new arrow.Field("item", new arrow.Utf8(), true)), [["a"], [], null]],
    ["Decimal", [Uint32Array.of(12_345, 0, 0, 0), null], new arrow.Decimal(2, 10), [float(123.45), null]],
    ["Decimal without digits behind its point", [Uint32Array.of(7, 0, 0, 0)], new arrow.Decimal(0, 10), [7]],
  ])("gives what %s becomes", async (_, values, type, expected) => {
    expect(await valuesOf(values, type)).toEqual(expected);
  });

  it("keeps decimals exact as texts, if they are wanted so", async () => {
    const minus = Uint32Array.of(0xffff_fffe, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff);
    expect(await valuesOf([minus], new arrow.Decimal(3, 38), { decimals: "string" })).toEqual(["-0.002"]);
  });

  describe.each<Form>(["file", "stream"])("a %s", (form) => {
    it("is read batch by batch", async () => {
      const path = temporaryFolder()("a.arrow");
      writeFileSync(path, batches(form));
      for (const input of [path, { name: path, data: batches(form) }]) {
        const source = readArrow(input, { chunkRows: 30 });
        const { rows, chunks } = await readAll(source);
        expect(rows).toEqual(hundred.map((row, i) => ({ file: path, number: i + 1, row })));
        expect(chunks.map(({ rows }) => rows.length)).toEqual([30, 10, 30, 10, 20]);
        expect(source.progress?.()).toEqual({ bytesRead: batches(form).length, bytesTotal: batches(form).length });
      }
    });

    it("is read from its beginning on, wherever its bytes are cut, packed or not", async () => {
      // As other libraries write it: a file is a stream with the format's name before it and an index behind it.
      const stream = batches("stream");
      const bytes =
        form === "stream" ? stream : Buffer.concat([Buffer.from("ARROW1\0\0"), stream, Buffer.alloc(40, 7)]);
      for (const data of [streamOf(bytes, 7), gzipSync(bytes)]) {
        expect(await rowsOf(readArrow(data))).toEqual(hundred);
      }
    });

    it("is gone on with behind a row", async () => {
      for (const row of [0, 1, 39, 40, 79, 99, 100]) {
        const { rows } = await readAll(readArrow({ name: "f", data: batches(form) }), { file: "f", row });
        expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 100 - row }, (_, i) => row + i + 1));
      }
    });

    it("that is cut off ends with an error that names it", async () => {
      const error = await readAll(readArrow({ name: "f", data: batches(form).subarray(0, 900) })).catch((e) => e);
      expect(error).toBeInstanceOf(ReadError);
      expect(error.message).toMatch(/^The file "f", row /);
    });
  });

  it("reads only the columns that are wanted, in their order", async () => {
    expect((await rowsOf(readArrow(batches("stream"), { columns: ["s", "i"] })))[7]).toEqual({ s: "7", i: 7 });
    await expect(rowsOf(readArrow(batches("file"), { columns: ["x"] }))).rejects.toThrow(
      /`columns` .* no column "x"; the file has "i", "s"/,
    );
  });

  it("ends with an error for what is no Arrow, and for types without a counterpart", async () => {
    await expect(readAll(readArrow({ name: "f", data: new Uint8Array(64).fill(9) }))).rejects.toThrow(
      /^The file "f", row 1: /,
    );
    const months = bytesOf({ v: arrow.vectorFromArray([Int32Array.of(1)], new arrow.IntervalYearMonth()) }, "file");
    await expect(readAll(readArrow(months))).rejects.toThrow(/the Arrow column v has the type .*, which can't be sent/);
  });

  it("ends with an error that says what to do for batches that are compressed, as Python writes them", async () => {
    const packed =
      "eNp1TzsKAkEMffNxd5ERpthiCxvFwkMIWtoIHsHWG1h7Cm+bfYkRB8E35MvLS0ZE5AGgQrFEQYcFBmZEyKzBaqDP7tmmjTYzstehN1Z1jRA1rp0L599Np9B609G2Rq6Xl+spCia/oJgqUjatPb4o7FS75805+z7VODS8bA+I+I9dk4efeTR13l6m2+m5YnoMMSVsrjEx+fD0Hxpn9SkTqw==";
    await expect(readAll(readArrow(inflateSync(Buffer.from(packed, "base64"))))).rejects.toThrow(
      /^The input, row 1: its record batches are compressed, .*: write it without compression, or as Parquet\.$/,
    );
  });

  it("ends with an error for a wanted column that is there twice: one of them would be lost", async () => {
    const twice = new arrow.Schema(["a", "a", "b"].map((name) => new arrow.Field(name, new arrow.Int32())));
    const children = [1, 2, 3].map((n) => arrow.vectorFromArray([n], new arrow.Int32()).data[0] as arrow.Data);
    const data = arrow.makeData({ type: new arrow.Struct(twice.fields), length: 1, children });
    const bytes = arrow.tableToIPC(new arrow.Table(twice, [new arrow.RecordBatch(twice, data)]), "file");
    await expect(readAll(readArrow({ name: "f", data: bytes }))).rejects.toThrow(
      /^The file "f": it has two columns called "a"/,
    );
    expect(await rowsOf(readArrow(bytes, { columns: ["b"] }))).toEqual([{ b: 3 }]);
  });

  it("is found by its name", async () => {
    const at = temporaryFolder();
    writeFileSync(at("a.arrow"), batches("file"));
    writeFileSync(at("b.arrows"), batches("stream"));
    expect(await rowsOf(await readFiles([at("a.arrow"), at("b.arrows")]))).toEqual([...hundred, ...hundred]);
  });
});
