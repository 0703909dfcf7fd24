/** Ingestion when connections break, and when servers refuse, at every step: nothing is lost, nothing is doubled. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Driver } from "@fulgur/neo4j-driver";
import { IngestError, type IngestOptions, ingest, type RejectedRow, type RowSource } from "@fulgur/neo4j-ingest";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Fault, LedgerDatabase } from "./ledger-database.ts";
import { failureOf, play } from "./play.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fulgur-ingest-"));
  // Waits between attempts, and between checkpoints, end at once.
  const original = globalThis.setTimeout;
  const hurried = (fn: () => void, ms = 0) => original(fn, ms >= 30 && ms < 2000 ? 1 : ms);
  vi.spyOn(globalThis, "setTimeout").mockImplementation(hurried as typeof setTimeout);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function range(count: number): { id: number }[] {
  return Array.from({ length: count }, (_, id) => ({ id }));
}

const sorted = (rows: readonly number[]) => [...rows].sort((a, b) => a - b);
const ids = (count: number) => range(count).map(({ id }) => id);

/** A job whose rows must not be written twice. */
function job(more: Partial<IngestOptions<object>> = {}): IngestOptions<object> {
  return { nodes: { labels: "P" }, source: range(40), batchSize: 5, concurrency: 2, ...more };
}

async function run<T>(database: LedgerDatabase, use: (db: Driver) => Promise<T>): Promise<T> {
  return play(database.conversation, use, { config: { maxTransactionRetryTime: 20_000, telemetryDisabled: true } });
}

const kinds = ["BEGIN", "RUN", "PULL", "COMMIT"] as const;
const ways = ["before", "after", "late", "deadlock", "shutdown"] as const;

describe("a fault", () => {
  it.each(kinds.flatMap((at) => ways.map((how) => [how, at] as const)))(
    "(%s, at %s) loses no row and doubles none",
    async (how, at) => {
      // The ledger's first transaction, some batches, and, of BEGIN and COMMIT, the ledger's last.
      for (const nth of [1, 2, 5, 8, 10]) {
        const database = new LedgerDatabase([{ at, nth, how }]);
        const result = await run(database, (db) => ingest(db, job()));
        expect(database.unused).toEqual([]);
        expect(sorted(database.rows)).toEqual(ids(40));
        expect(result).toMatchObject({ rows: 40, batches: 8 });
        expect(database.slots.size).toBe(0);
      }
    },
  );

  const fault = fc.record<Fault>({
    at: fc.constantFrom(...kinds),
    nth: fc.integer({ min: 2, max: 40 }),
    how: fc.constantFrom(...ways),
  });

  it("and others after it do as little", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        fc.boolean(),
        async (faults, concurrency, isKept) => {
          const database = new LedgerDatabase(faults);
          const checkpoint = isKept ? { checkpoint: join(folder, `${Math.random()}`) } : {};
          await run(database, async (db) => {
            await db.verifyConnectivity();
            return ingest(db, job({ concurrency, ...checkpoint }));
          });
          expect(sorted(database.rows)).toEqual(ids(40));
          expect(database.slots.size).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is counted where it costs another attempt", async () => {
    const database = new LedgerDatabase([
      { at: "COMMIT", nth: 3, how: "deadlock" },
      { at: "RUN", nth: 9, how: "deadlock" },
    ]);
    const { retried } = await run(database, (db) => ingest(db, job({ concurrency: 1 })));
    expect(retried).toBe(2);
  });
});

describe("a commit in doubt", () => {
  const lost: Fault[] = [{ at: "COMMIT", nth: 4, how: "after" }];

  it("is an error that says so where there is no ledger, and writing again would double", async () => {
    const database = new LedgerDatabase(lost);
    const error = await run(database, (db) => failureOf(ingest(db, job({ ledger: false, concurrency: 1 }))));
    expect(error).toBeInstanceOf(IngestError);
    expect(error.message).toMatch(/rows 16 to 20 were sent and perhaps written.*`ledger: false`/);
    expect(sorted(database.rows)).toEqual(ids(20));
  });

  it("is written again where a key makes that harmless, without a ledger", async () => {
    const database = new LedgerDatabase(lost);
    const merged = job({ nodes: { labels: "P", key: "id" }, constraints: "ignore" });
    const result = await run(database, (db) => ingest(db, merged));
    expect(sorted([...new Set(database.rows)])).toEqual(ids(40));
    expect(result.rows).toBe(40);
  });

  it("ends the job if it comes again and again", async () => {
    const database = new LedgerDatabase(
      Array.from({ length: 30 }, (_, i): Fault => ({ at: "COMMIT", nth: 2 + i, how: "before" })),
    );
    const error = await run(database, (db) => failureOf(ingest(db, job({ concurrency: 1 }))));
    expect(error).toMatchObject({ name: "IngestError", cause: { name: "IncompleteCommit" } });
    expect(database.rows).toEqual([]);
  });
});

describe("a job with a checkpoint", () => {
  it("goes on where a failure has stopped it, whatever was committed meanwhile", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        async (stops, first, second) => {
          const database = new LedgerDatabase();
          const checkpoint = join(folder, `${Math.random()}`);
          const options = { checkpoint, source: range(60), batchSize: 3 };
          await run(database, async (db) => {
            for (const stop of stops) {
              const isBad = !database.rows.includes(stop);
              database.refused.set(stop, "Neo.ClientError.Security.Forbidden");
              const ended = await ingest(db, job({ ...options, concurrency: first })).catch((error: unknown) => error);
              expect(ended instanceof IngestError).toBe(isBad);
              database.refused.clear();
            }
            const result = await ingest(db, job({ ...options, concurrency: second }));
            expect(result.rows + result.resumed).toBe(60);
            expect(await ingest(db, job({ ...options }))).toMatchObject({ rows: 0, resumed: 60, wasFinished: true });
          });
          expect(sorted(database.rows)).toEqual(ids(60));
          expect(database.slots.size).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("was killed before it could delete its notes: the next run does, though there is nothing else to do", async () => {
    const database = new LedgerDatabase();
    const checkpoint = join(folder, "killed");
    await run(database, async (db) => {
      await ingest(db, job({ checkpoint, source: range(4) }));
      const finished = JSON.parse(readFileSync(checkpoint, "utf8")) as { job: string; run: string };
      database.slots.set(`${finished.job}/0`, { run: finished.run, done: [], held: undefined });
      expect(await ingest(db, job({ checkpoint, source: range(4) }))).toMatchObject({ wasFinished: true });
    });
    expect(database.slots.size).toBe(0);
  });

  it("keeps its notes in the graph short", async () => {
    const database = new LedgerDatabase();
    const checkpoint = join(folder, "c");
    await run(database, (db) => ingest(db, job({ checkpoint, source: range(2000), batchSize: 2 })));
    expect(sorted(database.rows)).toEqual(ids(2000));
    expect(database.longestNote).toBeLessThanOrEqual(51);
  });

  it("isn't gone on with when something else is to be written", async () => {
    const database = new LedgerDatabase();
    const checkpoint = join(folder, "c");
    await run(database, async (db) => {
      await ingest(db, job({ checkpoint }));
      const error = await failureOf(ingest(db, job({ checkpoint, nodes: { labels: "Q" } })));
      expect(error).toMatchObject({ name: "ConfigurationError", option: "checkpoint" });
      expect(error.message).toMatch(/another job's/);
    });
  });

  it("is one run's at a time: who was there before commits nothing more", async () => {
    const database = new LedgerDatabase();
    const checkpoint = join(folder, "c");
    let goOn = () => {};
    const waiting = new Promise<void>((resolve) => (goOn = resolve));
    let arrived = () => {};
    const there = new Promise<void>((resolve) => (arrived = resolve));
    async function* slowly() {
      yield* range(20);
      arrived();
      await waiting;
      yield* range(40).slice(20);
    }
    await run(database, async (db) => {
      const first = failureOf(ingest(db, job({ checkpoint, source: slowly(), concurrency: 1 })));
      await there;
      await ingest(db, job({ checkpoint, concurrency: 1 }));
      goOn();
      expect((await first).message).toMatch(/taken the job/);
    });
    expect(sorted(database.rows)).toEqual(ids(40));
  });
});

describe("rows that the server refuses", () => {
  const code = "Neo.ClientError.Schema.ConstraintValidationFailed";

  it("are found and put aside; all others are written", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 0, max: 39 }), { maxLength: 6 }), async (bad) => {
        const database = new LedgerDatabase();
        for (const id of bad) database.refused.set(id, code);
        const rejected: RejectedRow[] = [];
        const result = await run(database, (db) =>
          ingest(db, job({ batchSize: 16, rejected: (row) => void rejected.push(row) })),
        );
        expect(sorted(database.rows)).toEqual(ids(40).filter((id) => !bad.includes(id)));
        expect(result).toMatchObject({ rows: 40 - bad.length, rejected: bad.length });
        expect(sorted(rejected.map(({ row }) => row - 1))).toEqual(sorted(bad));
        for (const { row, ...rest } of rejected) {
          expect(rest).toEqual({ file: undefined, content: { id: row - 1 }, reason: "refused", code });
        }
      }),
      { numRuns: 40 },
    );
  });

  it("stop the job when there are more than allowed; none is allowed unless somebody says so", async () => {
    const database = new LedgerDatabase();
    database.refused.set(7, code);
    const none = await run(database, (db) => failureOf(ingest(db, job({ concurrency: 1 }))));
    expect(none).toMatchObject({ name: "IngestError", row: 8, cause: { code } });
    expect(none.message).toMatch(/^Row 8 was rejected: refused\. No row may be rejected.*maxRejected/);
    database.refused.set(9, code);
    const some = await run(database, (db) => failureOf(ingest(db, job({ concurrency: 1, maxRejected: 1 }))));
    expect(some.message).toMatch(/^Row 10 was rejected.*`maxRejected` allows \(1\)/);
  });

  it("are in the file once, however often the job was stopped", async () => {
    const database = new LedgerDatabase();
    for (const id of [3, 11, 12, 33]) database.refused.set(id, code);
    const rejected = join(folder, "rejected.jsonl");
    const options = { checkpoint: join(folder, "c"), rejected, batchSize: 8, concurrency: 2 };
    await run(database, async (db) => {
      for (const stop of [20, 39, 28]) {
        database.refused.set(stop, "Neo.ClientError.Security.Forbidden");
        // If the row's batch was in flight with the one that stopped the run before, it is written already.
        await ingest(db, job(options)).catch((error) => expect(error).toBeInstanceOf(IngestError));
        database.refused.delete(stop);
      }
      await ingest(db, job(options));
    });
    const lines = readFileSync(rejected, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(sorted(lines.map(({ row }) => row))).toEqual([4, 12, 13, 34]);
    expect(lines[0]).toEqual({ row: expect.any(Number), content: { id: lines[0].row - 1 }, code, reason: "refused" });
    expect(sorted(database.rows)).toEqual(ids(40).filter((id) => !database.refused.has(id)));
  });

  it("are divided where the server has too little memory for all at once", async () => {
    const database = new LedgerDatabase();
    const most = 4;
    database.mostRows = most;
    const { rejected, batchSize } = await run(database, (db) =>
      ingest(db, job({ concurrency: 1, batchSize: { minRows: 1, maxRows: 9 } })),
    );
    expect(rejected).toBe(0);
    expect(batchSize).toBeLessThanOrEqual(most);
    expect(sorted(database.rows)).toEqual(ids(40));
  });
});

describe("files", () => {
  /** Whether a file's row can be read. */
  type Files = readonly (readonly boolean[])[];
  const idOf = (file: number, at: number) => file * 100 + at;

  function readerOf(files: Files): RowSource<object> {
    return {
      async *chunks(after) {
        let isBehind = after === undefined;
        for (const [number, rows] of files.entries()) {
          const file = `${number}.csv`;
          const start = isBehind ? 0 : after?.file === file ? after.row : rows.length;
          if (after?.file === file) isBehind = true;
          for (let from = start; from < rows.length; from += 7) {
            const own = rows.slice(from, from + 7).map((isGood, i) => ({ isGood, at: from + i }));
            const good = own.filter(({ isGood }) => isGood);
            const bad = own.filter(({ isGood }) => !isGood);
            yield {
              file,
              firstRow: (good[0]?.at ?? from) + 1,
              rows: good.map(({ at }) => ({ id: idOf(number, at) })),
              rowNumbers: good.map(({ at }) => at + 1),
              rejected: bad.map(({ at }) => ({ file, row: at + 1, content: "?", reason: "ragged" })),
            };
          }
        }
      },
    };
  }

  it("are gone on with in the middle, and each rejected row has one line, whoever rejected it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.array(
            fc.boolean().map((isBad) => !isBad),
            { maxLength: 30 },
          ),
          { minLength: 1, maxLength: 4 },
        ),
        fc.array(fc.nat(99), { maxLength: 5 }),
        fc.array(fc.nat(99), { maxLength: 4 }),
        fc.integer({ min: 1, max: 3 }),
        async (files, refused, stops, concurrency) => {
          const all = files.flatMap((rows, file) => rows.map((isGood, at) => ({ isGood, id: idOf(file, at) })));
          const pick = (picked: readonly number[]) => picked.flatMap((n) => all[n % Math.max(1, all.length)]?.id ?? []);
          const database = new LedgerDatabase();
          const bad = new Set(pick(refused));
          for (const id of bad) database.refused.set(id, "Neo.ClientError.Schema.ConstraintValidationFailed");
          const name = join(folder, `${Math.random()}`);
          const options = job({
            source: readerOf(files),
            batchSize: 4,
            concurrency,
            checkpoint: `${name}.checkpoint`,
            rejected: `${name}.rejected`,
          });
          await run(database, async (db) => {
            for (const stop of pick(stops).filter((id) => !bad.has(id))) {
              database.refused.set(stop, "Neo.ClientError.Security.Forbidden");
              await ingest(db, options).catch((error) => expect(error).toBeInstanceOf(IngestError));
              database.refused.delete(stop);
            }
            const { rows, resumed, rejected } = await ingest(db, options);
            expect(rows + resumed + rejected).toBe(all.length);
          });
          const readable = all.filter(({ isGood }) => isGood).map(({ id }) => id);
          expect(sorted(database.rows)).toEqual(readable.filter((id) => !bad.has(id)));
          const lines = readFileSync(`${name}.rejected`, "utf8").split("\n").slice(0, -1);
          const told = lines.map((line) => JSON.parse(line) as { file: string; row: number });
          const wrong = all.filter(({ isGood, id }) => !isGood || bad.has(id)).map(({ id }) => id);
          expect(sorted(told.map(({ file, row }) => idOf(Number(file.split(".")[0]), row - 1)))).toEqual(wrong);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("batches in flight", () => {
  it("are as many as was said", async () => {
    for (const concurrency of [1, 3]) {
      const database = new LedgerDatabase();
      database.waitsFor = concurrency;
      await run(database, (db) => ingest(db, job({ concurrency, source: range(200) })));
      expect(database.atOnce.most).toBe(concurrency);
    }
  });
});
