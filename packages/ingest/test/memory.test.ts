/** What a job keeps in files: its checkpoint, and its rejected rows. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationError, Date as CypherDate } from "@fulgur/neo4j-driver";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Batch, Window } from "../src/batches/batch.ts";
import {
  type CheckpointState,
  createCheckpoint,
  readCheckpoint,
  replaceCheckpoint,
} from "../src/checkpoint/checkpoint-file.ts";
import { Checkpoints } from "../src/checkpoint/checkpoints.ts";
import { keyOf, rangeOf } from "../src/checkpoint/done-range.ts";
import { Tracker } from "../src/checkpoint/tracker.ts";
import { DeadLetters, nameOf } from "../src/rejected/dead-letters.ts";
import { ObjectRows } from "../src/source/row-set.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fulgur-memory-"));
  path = join(folder, "file");
});
afterEach(() => rmSync(folder, { recursive: true }));

const state: CheckpointState = {
  version: 1,
  job: "job",
  run: "first",
  fingerprint: "print",
  isFinished: false,
  after: { file: "a.csv", row: 5 },
  settled: 5,
  done: [keyOf({ file: "a.csv", first: 7, last: 9, scheme: "rows/2", cell: 1 })],
  rows: 8,
  rejected: 0,
  deadLetters: null,
};

describe("a checkpoint", () => {
  it("is there whole, or not at all, and leaves nothing beside it", async () => {
    expect(await readCheckpoint(path, "print")).toBeUndefined();
    expect(await createCheckpoint(path, state)).toBe(true);
    expect(await readCheckpoint(path, "print")).toEqual(state);
    expect(await createCheckpoint(path, { ...state, run: "other" })).toBe(false);
    await replaceCheckpoint(path, { ...state, rows: 9 }, ["first"]);
    expect((await readCheckpoint(path, "print"))?.rows).toBe(9);
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  it("isn't replaced when another run has done so", async () => {
    await createCheckpoint(path, { ...state, run: "second" });
    await expect(replaceCheckpoint(path, state, ["first"])).rejects.toThrow(/Another run has taken the job/);
  });

  it.each(["", "{", "[]", "null", '{"version":2}', '{"version":1,"job":"a","done":["[1]"]}'])(
    "is none when the file holds %o",
    async (text) => {
      writeFileSync(path, text);
      const reading = readCheckpoint(path, "print");
      await expect(reading).rejects.toBeInstanceOf(ConfigurationError);
      await expect(reading).rejects.toThrow(/is no checkpoint/);
    },
  );

  it("is another job's when the fingerprint is another", async () => {
    await createCheckpoint(path, state);
    await expect(readCheckpoint(path, "other")).rejects.toThrow(/another job's/);
  });

  it("can't be read from a folder", async () => {
    await expect(readCheckpoint(folder, "print")).rejects.toThrow(/can't be read/);
  });

  it("has ranges that are read as they were written", () => {
    const range = fc.record({
      file: fc.option(fc.string(), { nil: undefined }),
      first: fc.nat(),
      last: fc.nat(),
      scheme: fc.string(),
      cell: fc.nat(),
    });
    fc.assert(fc.property(range, (one) => void expect(rangeOf(keyOf(one))).toEqual({ ...one })));
  });
});

describe("saving", () => {
  it("is done once at a time, and what changes meanwhile is saved behind it", async () => {
    let [running, most, count] = [0, 0, 0];
    const write = async () => {
      most = Math.max(most, ++running);
      count++;
      await new Promise((resolve) => setImmediate(resolve));
      running--;
    };
    const checkpoints = new Checkpoints({ write, pause: 0 });
    await Promise.all([checkpoints.save(), checkpoints.save(), checkpoints.save()]);
    expect([most, count]).toEqual([1, 3]);
    checkpoints.changed();
    await checkpoints.save();
    await checkpoints.close();
    expect([most, count]).toEqual([1, 4]);
  });

  it("tells the next one who asks of a failure that nobody waited for", async () => {
    let fail = () => {};
    const failed = new Promise<void>((resolve) => (fail = resolve));
    const write = async () => {
      fail();
      throw new Error("disk full");
    };
    const checkpoints = new Checkpoints({ write, pause: 0 });
    checkpoints.changed();
    await failed;
    await checkpoints.close();
    expect(() => checkpoints.throwIfFailed()).toThrow("disk full");
  });
});

describe("the tracker", () => {
  function windowOf(index: number, first: number, batches: number, file?: string): Window {
    const size = 10;
    const made = Array.from({ length: batches }, (_, i): Batch => {
      return {
        window: index,
        file,
        rows: new ObjectRows(new Array(size).fill({})),
        numbers: first + i * size,
        scheme: "",
        cell: 0,
        locks: 0,
      };
    });
    return { index, file, first, last: first + batches * size - 1, batches: made, rejected: [], resumed: 0 };
  }

  it("moves its place when all before it is done, whatever the order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        (sizes, random) => {
          const tracker = new Tracker(undefined, 0, []);
          let next = 1;
          const windows = sizes.map((batches, index) => {
            const window = windowOf(index, next, batches);
            next = window.last + 1;
            return window;
          });
          for (const window of windows) tracker.began(window);
          const open = windows.flatMap(({ batches }) => batches);
          while (open.length > 0) {
            const [batch] = open.splice(random.next().value % open.length, 1);
            tracker.batchDone(batch!);
            const first = Math.min(...open.map((one) => one.window), windows.length);
            expect(tracker.after?.row ?? 0).toBe(first === 0 ? 0 : windows[first - 1]!.last);
            const left = open.filter((one) => one.window >= first).length;
            const all = windows.slice(first).reduce((sum, { batches }) => sum + batches.length, 0);
            expect(tracker.done).toHaveLength(all - left);
            expect(tracker.settled).toBe(tracker.after?.row ?? 0);
          }
          expect(tracker.done).toEqual([]);
        },
      ),
    );
  });

  it("forgets what an earlier run has done when its place is behind it, file by file", () => {
    const range = (file: string, first: number, last: number) => ({ file, first, last, scheme: "", cell: 0 });
    const earlier = [range("a", 11, 20), range("a", 21, 30), range("b", 1, 10), range("b", 11, 20)];
    const tracker = new Tracker({ file: "a", row: 10 }, 10, earlier);
    tracker.began(windowOf(0, 11, 0, "a"));
    const window = windowOf(1, 11, 1, "a");
    tracker.began(window);
    tracker.batchDone(window.batches[0]!);
    expect(tracker.done).toEqual(earlier.slice(1).map(keyOf));
    const other = windowOf(2, 1, 1, "b");
    tracker.began(other);
    tracker.batchDone(other.batches[0]!);
    expect(tracker.done).toEqual([keyOf(earlier[3]!)]);
  });
});

describe("the file of rejected rows", () => {
  const row = (number: number, file?: string) => ({ file, row: number, content: { n: number }, reason: "bad" });
  const numbers = () =>
    readFileSync(path, "utf8")
      .split("\n")
      .flatMap((line) => (line === "" ? [] : (JSON.parse(line).row ?? -1)));

  it("has a line for each, in JSON that can't fail, behind what was there", async () => {
    writeFileSync(path, '{"mine":true}\n');
    const letters = await DeadLetters.open(path, false, undefined);
    const content = { big: 2n ** 60n, when: new CypherDate(2001, 1, 14), bytes: Uint8Array.of(1) };
    await letters.add([{ file: "a.csv", row: 3, content, reason: "bad", code: "Neo.X" }], 0);
    await letters.finish();
    await letters.close();
    const [, line = ""] = readFileSync(path, "utf8").split("\n");
    const wanted = { big: "1152921504606846976", when: "2001-01-14", bytes: [1] };
    expect(JSON.parse(line)).toEqual({ file: "a.csv", row: 3, content: wanted, code: "Neo.X", reason: "bad" });
  });

  it("loses a line that was being written when the process was killed, and no other", async () => {
    const first = await DeadLetters.open(path, true, undefined);
    await first.add([row(1), row(2)], 0);
    const { state: kept } = first;
    await first.close();
    writeFileSync(path, '{"row":3,"conte', { flag: "a" });
    const second = await DeadLetters.open(path, true, kept);
    // Met again, each in its way: as done, as rejected once more, as rejected only now.
    second.confirm(undefined, 1, 0);
    await second.add([row(2), row(3)], 1);
    await second.finish();
    await second.close();
    expect(numbers()).toEqual([1, 2, 3]);
  });

  it("has no line in the end for a row that was written after all; lines that it doesn't know stay", async () => {
    const first = await DeadLetters.open(path, true, undefined);
    await first.add([row(1)], 0);
    first.settled(1);
    const { state: kept } = first;
    await first.add([row(2), row(3, "b")], 1);
    await first.close();
    writeFileSync(path, '{"mine":true}\n', { flag: "a" });
    expect(kept.unsettled).toEqual([]);
    const second = await DeadLetters.open(path, true, kept);
    expect(second.state.unsettled).toEqual([nameOf(undefined, 2), nameOf("b", 3)]);
    second.confirm("b", 3, 0);
    await second.finish();
    await second.close();
    expect(numbers()).toEqual([1, 3, -1]);
    expect(existsSync(`${path}.next`)).toBe(false);
  });
});
