/** One ingestion, from its options to its result. */
import { createHash } from "node:crypto";
import { emitWarning, unlessAborted } from "@fulgur/neo4j-core";
import type { Driver, Session } from "@fulgur/neo4j-driver";
import { AscendingKeys } from "./batches/ascending-keys.ts";
import type { Batch, Window } from "./batches/batch.ts";
import { BatchSize } from "./batches/batch-size.ts";
import { cellsOf, schemeFor } from "./batches/cells.ts";
import { Scheduler } from "./batches/scheduler.ts";
import { Windows } from "./batches/windows.ts";
import type { DoneRows } from "./checkpoint/done-rows.ts";
import { JobMemory } from "./checkpoint/job-memory.ts";
import { positionOf } from "./checkpoint/tracker.ts";
import { BatchWriter } from "./commit/batch-writer.ts";
import { seeToKeys } from "./constraints/key-indexes.ts";
import type { IngestResult } from "./ingest.ts";
import { Shape } from "./mapping/shape.ts";
import { type WritePlan, writePlan } from "./mapping/write-plan.ts";
import type { CheckedOptions } from "./options/check-options.ts";
import { Meter, type MeterSources } from "./progress/meter.ts";
import { openSource } from "./source/open-source.ts";
import type { RowFeed } from "./source/row-feed.ts";
import type { IngestWarning } from "./warning.ts";

/** Several batches in flight keep the server busy while others are read and encoded; more than two it hardly uses. */
const usualConcurrency = 2;

/** In milliseconds: most of what fails and passes are deadlocks with others, and a slot that waits is idle. */
const firstRetryDelay = 50;

export class Job {
  readonly #driver: Driver;
  readonly #options: CheckedOptions;
  readonly #meter = new Meter();
  #progress: Promise<void> = Promise.resolve();
  #isReading = false;

  constructor(driver: Driver, options: CheckedOptions) {
    this.#driver = driver;
    this.#options = options;
  }

  async run(): Promise<IngestResult> {
    const { target, concurrency, constraints: mode, database, signal } = this.#options;
    signal?.throwIfAborted();
    const outline = writePlan(target);
    const slots = concurrency ?? (target.kind === "query" && outline.partition === undefined ? 1 : usualConcurrency);
    const scheme = schemeFor(outline.partition, slots);
    const ledger = this.#options.ledger ?? !outline.isIdempotent;
    const { partition } = outline;
    const memory = await JobMemory.open(this.#options, {
      fingerprint: this.#fingerprint(ledger),
      partition,
      slots,
      ledger,
    });
    const sessions = Array.from({ length: slots }, () => this.#session());
    try {
      if (memory.wasFinished) {
        await memory.tidy(sessions[0]!);
        this.#meter.resumed(memory.settled);
        return this.#result(undefined, true);
      }
      const warn = (warning: IngestWarning) => (this.#options.onWarning ?? emitWarning)(warning);
      const uniqueEnds = await seeToKeys(this.#driver, outline.keys, { mode, database, signal, warn });
      const done = await memory.resume(sessions[0]!);
      this.#meter.resumed(memory.settled);
      const plan = writePlan(target, { uniqueEnds });
      return await this.#write(plan, memory, done, sessions, scheme);
    } finally {
      await memory.close();
      for (const session of sessions) await session.close();
    }
  }

  async #write(
    plan: WritePlan,
    memory: JobMemory,
    done: DoneRows,
    sessions: readonly Session[],
    scheme: string,
  ): Promise<IngestResult> {
    const { source, types, batches, signal } = this.#options;
    const { tracker, rejections } = memory;
    const size = new BatchSize(batches);
    const cells = cellsOf(scheme, plan.partition);
    const writer = new BatchWriter({
      plan,
      ledger: memory.ledger,
      tracker,
      rejections,
      isCheckpointed: memory.isKept,
      signal,
      committed: ({ rows: { length } }, { counters, unmatched, rejected }, milliseconds) => {
        this.#meter.committed(length - rejected, unmatched, counters);
        size.wrote(length, milliseconds);
        memory.changed(length - rejected);
        this.#tell(sources);
      },
      retried: () => this.#meter.retried(),
      tooMuch: (rows) => size.tooMuch(rows),
    });
    const scheduler = new Scheduler({
      slots: sessions.length,
      // Parts of nodes are alike, so the next window is wanted when all of one's batches are off; pairs of ends take turns in no such order.
      mostWaiting: cells.count === 1 || plan.partition?.kind === "rows" ? 0 : sessions.length,
      run: async (batch: Batch, slot: number) => {
        await memory.room(slot);
        await writer.write(batch, sessions[slot]!, slot);
        memory.changed(0);
      },
    });
    const feed = openSource(source, positionOf(tracker.after));
    const sources: MeterSources = {
      inFlight: () => scheduler.inFlight,
      batchSize: () => size.rows,
      rejected: () => rejections.count,
      source: feed.progress?.bind(feed),
    };
    const windows = new Windows({
      feed,
      shape: new Shape({ fields: plan.fields, types }),
      size,
      cells,
      ascending: plan.partition?.kind === "rows" ? new AscendingKeys(plan.partition.fields) : undefined,
      perWindow: scheme === "" ? 1 : scheme.startsWith("rows/") ? sessions.length : perWindow(scheme, sessions.length),
      done,
      onDone: (file, row, window) => memory.confirm(file, row, window),
    });
    const stop = () => scheduler.stop(signal?.reason);
    signal?.addEventListener("abort", stop, { once: true });
    try {
      await this.#pump(windows, scheduler, memory, sessions);
      await this.#meter.waiting("server", scheduler.idle());
      await this.#progress;
      await memory.finish(sessions[0]!);
      return this.#result(sources, false);
    } catch (error) {
      scheduler.stop(error);
      await scheduler.idle().catch(() => {});
      await memory.interrupted(sessions[0]!);
      throw error;
    } finally {
      signal?.removeEventListener("abort", stop);
      await this.#closed(feed);
    }
  }

  /** Reads windows and sends their batches off, as fast as both sides can. */
  async #pump(windows: Windows, scheduler: Scheduler, memory: JobMemory, sessions: readonly Session[]): Promise<void> {
    for (;;) {
      await this.#progress;
      const isIdle = scheduler.inFlight < sessions.length;
      const reading = this.#read(windows, scheduler);
      const window = await (isIdle ? this.#meter.waiting("source", reading) : reading);
      if (window === undefined) return;
      this.#meter.resumed(window.resumed);
      if (window.batches.length > 0) await memory.begin(sessions[0]!);
      memory.tracker.began(window);
      await this.#refuse(window, memory);
      await this.#meter.waiting("server", scheduler.add(window.batches));
    }
  }

  async #refuse(window: Window, memory: JobMemory): Promise<void> {
    if (window.rejected.length === 0) return;
    await memory.rejections.add(window.rejected, window.index);
    memory.tracker.refusedDone(window);
    memory.changed(0);
  }

  /** Whoever tells of progress has its turn before more is read; what it throws ends the job. */
  #tell(sources: MeterSources): void {
    const { onProgress } = this.#options;
    if (onProgress === undefined) return;
    const progress = this.#meter.progress(sources);
    this.#progress = this.#progress.then(() => onProgress(progress));
    this.#progress.catch(() => {});
  }

  /** The next window; a batch that fails meanwhile, or the signal, isn't kept waiting by a source that is slow. */
  async #read(windows: Windows, scheduler: Scheduler): Promise<Window | undefined> {
    this.#options.signal?.throwIfAborted();
    this.#isReading = true;
    const reading = windows.next().finally(() => {
      this.#isReading = false;
    });
    return await unlessAborted(reading, scheduler.failed);
  }

  /** A source that hangs isn't waited for. */
  async #closed(feed: RowFeed): Promise<void> {
    const isReading = this.#isReading;
    const closing = feed.close();
    if (!isReading) await closing;
  }

  #session(): Session {
    const { database, maxTransactionRetryTime } = this.#options;
    return this.#driver.session({
      database,
      bookmarkManager: this.#driver.executeQueryBookmarkManager,
      initialRetryDelay: firstRetryDelay,
      ...(maxTransactionRetryTime === undefined ? {} : { maxTransactionRetryTime }),
    });
  }

  #result(sources: MeterSources | undefined, wasFinished: boolean): IngestResult {
    const nothing = { inFlight: () => 0, batchSize: () => 0, rejected: () => 0, source: undefined };
    return { ...this.#meter.progress(sources ?? nothing), counters: this.#meter.counters, wasFinished };
  }

  /** Without the ledger nobody could say what became of batches that were noted in it. */
  #fingerprint(ledger: boolean): string {
    const { target, types, database } = this.#options;
    const what = JSON.stringify([target, [...types], database ?? null, ledger]);
    return createHash("sha256").update(what).digest("hex");
  }
}

/** Batches of a window: about one for each cell that isn't empty. */
function perWindow(scheme: string, slots: number): number {
  return scheme.startsWith("any-ends/") ? slots * (2 * slots - 1) : slots * slots;
}
