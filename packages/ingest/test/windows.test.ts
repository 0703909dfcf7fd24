/** Which rows of a source are in one batch. */
import { float } from "@fulgur/neo4j-driver";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AscendingKeys } from "../src/batches/ascending-keys.ts";
import type { Batch } from "../src/batches/batch.ts";
import { BatchSize } from "../src/batches/batch-size.ts";
import { cellsOf, schemeFor } from "../src/batches/cells.ts";
import { Windows } from "../src/batches/windows.ts";
import { DoneRows } from "../src/checkpoint/done-rows.ts";
import { Shape } from "../src/mapping/shape.ts";
import { MemoryFeed } from "../src/source/feeds.ts";
import { numberAt } from "../src/source/row-feed.ts";
import { ObjectRows } from "../src/source/row-set.ts";

describe("keys that ascend", () => {
  const idsOf = (...ids: unknown[]) => new ObjectRows(ids.map((id) => ({ id })));
  const goOn = (...sets: ObjectRows[]) => {
    const keys = new AscendingKeys(["id", "other"]);
    return sets.map((rows) => keys.goOn(rows));
  };

  it("are numbers or texts, each larger than the one before, from window to window", () => {
    expect(goOn(idsOf(-1.5, 0, 7), idsOf(), idsOf(8, 2 ** 53, Number.POSITIVE_INFINITY))).toEqual([true, true, true]);
    expect(goOn(idsOf("", "A", "a", "ab"), idsOf("ac"))).toEqual([true, true]);
    expect(goOn(new ObjectRows([new Map([["id", 1]]), { id: 2 }]))).toEqual([true]);
  });

  it.each<[string, unknown[]]>([
    ["a number again", [1, 1]],
    ["a text again", ["a", "a"]],
    ["a smaller number", [2, 1]],
    ["0 after -0", [-0, 0]],
    ["a number after a text", ["1", 2]],
    ["a text after a number", [1, "2"]],
    ["NaN at first", [Number.NaN, 1]],
    ["NaN later", [1, Number.NaN]],
    ["null", [null]],
    ["nothing", [undefined]],
    ["a bigint, which may equal a float", [1, 2n]],
    ["a float in a box", [float(1), float(2)]],
    ["a list", [[1], [2]]],
  ])("are over with %s, and never begin again", (_, ids) => {
    expect(goOn(idsOf(...ids), idsOf(10, 11), idsOf("x"))).toEqual([false, false, false]);
  });

  it("are over where a window goes back behind the one before", () => {
    expect(goOn(idsOf(1, 5), idsOf(5, 6), idsOf(7))).toEqual([true, false, false]);
  });

  it("never say so of rows two of which have one key", () => {
    const id = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.string({ maxLength: 1 }));
    fc.assert(
      fc.property(fc.array(fc.array(id, { maxLength: 6 }), { maxLength: 6 }), (windows) => {
        const sorted = windows.map((ids) => [...ids].sort((a, b) => (a < b ? -1 : 1)));
        for (const given of [windows, sorted, [sorted.flat().sort((a, b) => (a < b ? -1 : 1))]]) {
          const said = goOn(...given.map((ids) => idsOf(...ids)));
          const unique = given.filter((_ids, i) => said[i]).flat();
          expect(new Set(unique).size).toBe(unique.length);
        }
      }),
    );
  });
});

describe("windows", () => {
  const partition = { kind: "rows", fields: ["id"] } as const;

  async function batchesOf(ids: readonly unknown[], size: number): Promise<Batch[]> {
    const cells = cellsOf(schemeFor(partition, 2), partition);
    const windows = new Windows({
      feed: new MemoryFeed(new ObjectRows(ids.map((id) => ({ id }))), 0),
      shape: new Shape({ fields: undefined, types: new Map() }),
      size: new BatchSize({ targetTime: 300, minRows: size, maxRows: size, maxBytes: Number.POSITIVE_INFINITY }),
      cells,
      ascending: new AscendingKeys(partition.fields),
      perWindow: 2,
      done: new DoneRows([], partition),
    });
    const batches: Batch[] = [];
    for (let window = await windows.next(); window !== undefined; window = await windows.next()) {
      batches.push(...window.batches);
    }
    return batches;
  }

  const idsIn = ({ rows }: Batch) => Array.from({ length: rows.length }, (_, i) => rows.value(i, "id"));

  it("of keys that ascend are cut where they are, in as many batches as can be at the server at once", async () => {
    const batches = await batchesOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 4);
    expect(batches.map(idsIn)).toEqual([[1, 2, 3, 4], [5, 6, 7, 8], [9], [10, 11]]);
    expect(batches.map(({ numbers, scheme, locks }) => [numbers, scheme, locks])).toEqual([
      [1, "", 0],
      [5, "", 0],
      [9, "", 0],
      [10, "", 0],
    ]);
  });

  it("are divided by cells from the first one on whose keys don't ascend", async () => {
    const batches = await batchesOf([1, 2, 3, 4, 3, 5, 6, 7, 8, 9, 10, 11], 2);
    expect(batches.map(({ scheme, window }) => [scheme, window]).slice(0, 2)).toEqual([
      ["", 0],
      ["", 0],
    ]);
    expect(new Set(batches.slice(2).map(({ scheme }) => scheme))).toEqual(new Set(["rows/2"]));
    expect(batches.flatMap(idsIn).sort((a, b) => Number(a) - Number(b))).toEqual([
      1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
  });

  it("write each row once, and rows of one key in their order, however keys come", async () => {
    const key = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom("a", "b"));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(30),
        fc.array(key, { maxLength: 60 }),
        fc.integer({ min: 1, max: 7 }),
        async (n, more, size) => {
          const ids = [...Array.from({ length: n }, (_, i) => i), ...more];
          const batches = await batchesOf(ids, size);
          const numbers = batches.flatMap((batch) =>
            idsIn(batch).map((id, i) => [id, numberAt(batch.numbers, i)] as const),
          );
          expect(numbers.map(([, number]) => number).sort((a, b) => a - b)).toEqual(ids.map((_id, i) => i + 1));
          for (const [id, number] of numbers) expect(id).toBe(ids[number - 1]);
          for (const batch of batches) {
            for (const other of batches) {
              // Two that may be at the server at once have no key in common.
              const atOnce = other !== batch && other.scheme === batch.scheme && (other.locks & batch.locks) === 0;
              if (atOnce) expect(idsIn(other).some((id) => idsIn(batch).includes(id))).toBe(false);
            }
          }
        },
      ),
    );
  });
});
