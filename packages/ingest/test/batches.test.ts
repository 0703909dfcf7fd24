/** How large batches are, which rows are in one, and which of them may be at the server at once. */
import { float, int } from "@fulgur/neo4j-driver";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Batch } from "../src/batches/batch.ts";
import { BatchSize } from "../src/batches/batch-size.ts";
import { cellsOf, schemeFor } from "../src/batches/cells.ts";
import { hashOf } from "../src/batches/key-hash.ts";
import { bytesPerRow } from "../src/batches/row-bytes.ts";
import { Scheduler } from "../src/batches/scheduler.ts";
import type { Partition } from "../src/mapping/write-plan.ts";
import { ObjectRows } from "../src/source/row-set.ts";

const limits = { targetTime: 300, minRows: 100, maxRows: 20_000, maxBytes: 8_000_000 };

describe("a batch's size", () => {
  it("comes to what the server writes in the time, and not beyond its limits", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1000, noNaN: true }), (rowsPerMillisecond) => {
        const size = new BatchSize(limits);
        for (let i = 0; i < 30; i++) size.wrote(size.rows, size.rows / rowsPerMillisecond);
        const ideal = Math.min(20_000, Math.max(100, rowsPerMillisecond * 300));
        expect(Math.abs(size.rows - ideal)).toBeLessThanOrEqual(ideal * 0.01 + 1);
      }),
    );
  });

  it("changes by no more than twice at once, and not for a rest", () => {
    const size = new BatchSize(limits);
    const { rows } = size;
    size.wrote(rows, 1);
    expect(size.rows).toBe(rows * 2);
    size.wrote(rows * 2, 1_000_000);
    expect(size.rows).toBe(rows);
    size.wrote(10, 0.001);
    expect(size.rows).toBe(rows);
  });

  it("keeps to the memory that a batch may take, whatever the fewest rows", () => {
    const size = new BatchSize({ ...limits, maxBytes: 100_000 });
    size.saw(10_000);
    expect(size.rows).toBe(10);
    size.saw(1_000_000);
    expect(size.rows).toBe(1);
  });

  it("is what was asked for, where it was", () => {
    const size = new BatchSize({ ...limits, minRows: 500, maxRows: 500, maxBytes: Number.POSITIVE_INFINITY });
    size.wrote(500, 100_000);
    size.saw(1_000_000_000);
    expect([size.rows, size.most]).toEqual([500, 500]);
  });

  it("stays below what was too much", () => {
    const size = new BatchSize(limits);
    size.tooMuch(1000);
    for (let i = 0; i < 5; i++) size.wrote(size.rows, 1);
    expect(size.rows).toBe(500);
  });

  it("knows about how large rows are", () => {
    const rows = (row: unknown) => new ObjectRows(Array.from({ length: 1000 }, () => row));
    expect(bytesPerRow(rows({ text: "x".repeat(10_000) }))).toBeGreaterThan(10_000);
    expect(bytesPerRow(rows({ vector: new Float32Array(1000) }))).toBeGreaterThan(4000);
    expect(bytesPerRow(rows({ list: Array.from({ length: 100 }, () => "x".repeat(50)) }))).toBeGreaterThan(5000);
    expect(bytesPerRow(rows({ a: 1, b: true }))).toBeLessThan(100);
    expect(bytesPerRow(rows(new Map([["text", "x".repeat(1000)]])))).toBeGreaterThan(1000);
  });
});

describe("cells", () => {
  const rows: Partition = { kind: "rows", fields: ["id"] };
  const oneLabel: Partition = { kind: "ends", from: ["a"], to: ["b"], sameLabel: true };
  const twoLabels: Partition = { kind: "ends", from: ["a"], to: ["b"], sameLabel: false };
  const key = fc.oneof(fc.integer({ min: 0, max: 50 }), fc.string({ maxLength: 3 }));

  it("put equal keys together, whatever a number is written as", () => {
    for (const [a, b] of [
      [5, 5n],
      [5, float(5)],
      [5, int(5)],
      [0, -0],
      [2 ** 53, BigInt(2 ** 53)],
    ]) {
      expect(hashOf(a)).toBe(hashOf(b));
    }
    expect(hashOf("5")).not.toBe(hashOf(5));
  });

  it.each([
    ["rows", rows],
    ["ends of one label", oneLabel],
    ["ends of two labels", twoLabels],
  ] as const)("that lock nothing in common have no node in common: %s", (_, partition) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 16 }),
        fc.array(fc.record({ id: key, a: key, b: key }), { minLength: 2, maxLength: 40 }),
        (concurrency, list) => {
          const cells = cellsOf(schemeFor(partition, concurrency), partition);
          const set = new ObjectRows(list);
          const nodesOf = (i: number) => {
            const { id, a, b } = list[i]!;
            if (partition.kind === "rows") return [id];
            return partition.sameLabel ? [a, b] : [`from ${JSON.stringify(a)}`, `to ${JSON.stringify(b)}`];
          };
          const cell = list.map((_row, i) => cells.of(set, i));
          for (let i = 0; i < list.length; i++) {
            expect(cell[i]).toBeLessThan(cells.count);
            for (let j = 0; j < i; j++) {
              const isCommon = nodesOf(i).some((node) => nodesOf(j).includes(node));
              if (isCommon) expect(cells.locks(cell[i]!) & cells.locks(cell[j]!)).not.toBe(0);
            }
          }
        },
      ),
    );
  });

  it("leave as many batches free of each other as are wanted at once", () => {
    for (const concurrency of [2, 5, 16]) {
      for (const partition of [rows, oneLabel, twoLabels]) {
        const cells = cellsOf(schemeFor(partition, concurrency), partition);
        const list = Array.from({ length: 20_000 }, (_, i) => ({ id: i, a: i, b: i * 7919 }));
        const set = new ObjectRows(list);
        let locked = 0;
        let free = 0;
        for (let i = 0; i < list.length; i++) {
          const locks = cells.locks(cells.of(set, i));
          if ((locks & locked) !== 0) continue;
          locked |= locks;
          free++;
        }
        expect(free).toBe(concurrency);
      }
    }
  });

  it("are none where one batch goes after the other", () => {
    expect([schemeFor(rows, 1), schemeFor(undefined, 4)]).toEqual(["", ""]);
    expect(cellsOf("", rows).count).toBe(1);
  });
});

describe("the scheduler", () => {
  it("keeps to its slots and to the locks, and the order of what locks the same", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 25 }),
        fc.integer({ min: 1, max: 4 }),
        fc.nat({ max: 25 }),
        async (s, cells, slots, changes) => {
          const running = new Set<Batch>();
          const began: Batch[] = [];
          const scheduler = new Scheduler({
            slots,
            mostWaiting: slots,
            run: async (batch, slot) => {
              expect(slot).toBeLessThan(slots);
              for (const other of running) {
                expect(other.locks & batch.locks).toBe(0);
                expect(other.scheme).toBe(batch.scheme);
              }
              running.add(batch);
              began.push(batch);
              expect(running.size).toBeLessThanOrEqual(slots);
              await s.schedule(Promise.resolve());
              running.delete(batch);
            },
          });
          // Cell 0 locks nothing.
          const batches = cells.map((cell, window): Batch => {
            const rows = new ObjectRows([]);
            const scheme = window < changes ? "" : "rows/2";
            return { window, file: undefined, rows, numbers: 1, scheme, cell, locks: cell && 1 << cell };
          });
          const all = (async () => {
            for (const batch of batches) await scheduler.add([batch]);
            await scheduler.idle();
          })();
          await s.waitFor(all);
          expect(new Set(began)).toEqual(new Set(batches));
          const schemes = began.map(({ scheme }) => scheme);
          expect(schemes).toEqual(batches.map(({ scheme }) => scheme));
          for (const cell of [1, 2, 3, 4]) {
            const own = began.filter((batch) => batch.cell === cell).map(({ window }) => window);
            expect(own).toEqual([...own].sort((a, b) => a - b));
          }
        },
      ),
    );
  });

  it("begins nothing more after a failure, and tells it when what runs has ended", async () => {
    const failure = new Error("failed");
    let ended = 0;
    let end = () => {};
    const scheduler = new Scheduler({
      slots: 2,
      mostWaiting: 5,
      run: async ({ window }) => {
        if (window === 0) throw failure;
        await new Promise<void>((resolve) => (end = resolve));
        ended++;
      },
    });
    const batch = (window: number): Batch => ({
      window,
      file: undefined,
      rows: new ObjectRows([]),
      numbers: 1,
      scheme: "rows/2",
      cell: 1,
      locks: window + 1,
    });
    await scheduler.add([batch(0), batch(1), batch(1)]);
    const idle = scheduler.idle();
    idle.catch(() => {});
    end();
    await expect(idle).rejects.toBe(failure);
    expect(ended).toBe(1);
    await expect(scheduler.add([batch(2)])).rejects.toBe(failure);
  });
});
