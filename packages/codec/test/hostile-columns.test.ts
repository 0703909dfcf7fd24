import { type BrokenValue, type CodecOptions, isBrokenValue, type RecordBatch } from "@fulgur/neo4j-codec";
import { describe, expect, it } from "vitest";
import { bytesOf, chunked, concat } from "./engines.ts";
import { difference } from "./fuzz/same.ts";
import { plainCodec, plainDecoder, wasmDecoder } from "./wasm-streams.ts";

/** The columns of records with one value each, as both engines give them, and the rows. */
function columnsOf(
  options: Partial<CodecOptions>,
  values: readonly string[],
): { seen: unknown[][]; broken: boolean[] } {
  const codec = plainCodec(options);
  const stream = concat(...values.map((value) => chunked(bytesOf(`b1 71 91 ${value}`))));
  const seen: unknown[][] = [];
  const broken: boolean[] = [];
  for (const decoder of [plainDecoder(codec), wasmDecoder(codec)]) {
    decoder.expect({ fields: ["v"] });
    const batches = [...decoder.push(stream)] as RecordBatch[];
    seen.push(batches.flatMap((batch) => batch.columns(["v"]).columns[0]?.toArray() ?? []));
    seen.push(batches.flatMap((batch) => batch.rows().map((row) => row[0])));
    broken.push(batches.some((batch) => batch.broken));
  }
  return { seen, broken };
}

const good = {
  date: "b1 44 05",
  zoned: "b3 66 01 02 83 555443",
  node: "b4 4e 01 90 a0 81 31",
  point: "b3 58 01 c1 3ff0000000000000 c1 3ff0000000000000",
};

describe("columns of values that can't be decoded", () => {
  const cases: Record<string, readonly [Partial<CodecOptions>, string, string]> = {
    "a date out of range": [{}, good.date, "b1 44 cb ffe0000000000000"],
    "an unknown zone, by wall clock": [{ version: "4.4" }, good.zoned, "b3 66 01 02 84 4e6f7065"],
    "a node whose id is no safe number": [{ integers: "number" }, good.node, "b4 4e cb 7000000000000000 90 a0 81 31"],
    "a structure's field of another type": [{}, good.point, "b3 58 81 61 c1 3ff0000000000000 c1 3ff0000000000000"],
    "an unknown structure": [{}, good.date, "b1 5a 01"],
  };
  for (const [name, [options, usual, bad]] of Object.entries(cases)) {
    it(`hold a BrokenValue for ${name}, wherever it is, and all the others`, () => {
      for (const at of [0, 7, 19]) {
        const { seen, broken } = columnsOf(
          options,
          Array.from({ length: 20 }, (_, i) => (i === at ? bad : usual)),
        );
        expect(broken).toEqual([true, true]);
        for (const column of seen) {
          expect(column).toHaveLength(20);
          expect(difference(column, seen[0])).toBeUndefined();
          expect(column.map(isBrokenValue)).toEqual(Array.from({ length: 20 }, (_, i) => i === at));
          expect((column[at] as BrokenValue).cause.reason).toContain('(column "v")');
        }
      }
    });
  }

  it("tell whole floats from integers that are bigints", () => {
    const values = ["05", "c1 4046800000000000", "c0", "c9 1000", "c1 c040800000000000"];
    const { seen } = columnsOf({ integers: "bigint" }, [...values, ...values]);
    for (const column of seen) expect(column.slice(5)).toEqual([5n, 45, null, 4096n, -33]);
  });
});
