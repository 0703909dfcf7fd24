/** What a job knows of itself beyond its process: its checkpoint, its notes in the graph, its rejected rows. */
import { randomUUID } from "node:crypto";
import { type CallLimits, ConfigurationError, Forbidden, type Session } from "@fulgur/neo4j-driver";
import { Ledger, ledgerLabel } from "../commit/ledger.ts";
import { untilCommitted } from "../commit/until-committed.ts";
import { IngestError } from "../ingest-error.ts";
import type { Partition } from "../mapping/write-plan.ts";
import type { CheckedOptions } from "../options/check-options.ts";
import { DeadLetters } from "../rejected/dead-letters.ts";
import { Rejections } from "../rejected/rejections.ts";
import { type CheckpointState, createCheckpoint, readCheckpoint, replaceCheckpoint } from "./checkpoint-file.ts";
import { Checkpoints } from "./checkpoints.ts";
import { rangeOf } from "./done-range.ts";
import { DoneRows } from "./done-rows.ts";
import { Tracker } from "./tracker.ts";

export interface JobMemoryOptions {
  readonly fingerprint: string;
  /** What cells are made of. */
  readonly partition: Partition | undefined;
  readonly slots: number;
  /** Whether batches are noted in the graph. */
  readonly ledger: boolean;
}

/** In milliseconds: whoever has cancelled, or has lost the server, isn't kept waiting for long. */
const longestTidying = 5000;

/** So many keys of a slot may be in no checkpoint yet. */
const mostUnsaved = 50;

export class JobMemory {
  readonly #options: CheckedOptions;
  readonly #job: JobMemoryOptions;
  readonly #run = randomUUID();
  readonly #checkpoints: Checkpoints | undefined;
  readonly ledger: Ledger | undefined;
  readonly #name: string;
  /** What the checkpoint said when this run found it. */
  #earlier: CheckpointState | undefined;
  #letters: DeadLetters | undefined;
  #rejections: Rejections | undefined;
  #tracker: Tracker;
  #rows = 0;
  #isFinished = false;
  #hasBegun = false;

  private constructor(options: CheckedOptions, job: JobMemoryOptions, earlier: CheckpointState | undefined) {
    this.#options = options;
    this.#job = job;
    this.#earlier = earlier;
    this.#name = earlier?.job ?? randomUUID();
    this.ledger = job.ledger ? new Ledger({ job: this.#name, run: this.#run, slots: job.slots }) : undefined;
    this.#tracker = new Tracker(undefined, 0, []);
    this.#checkpoints = options.checkpoint === undefined ? undefined : new Checkpoints({ write: () => this.#write() });
  }

  /** @throws ConfigurationError for a checkpoint that can't be used */
  static async open(options: CheckedOptions, job: JobMemoryOptions): Promise<JobMemory> {
    const { checkpoint } = options;
    const earlier = checkpoint === undefined ? undefined : await readCheckpoint(checkpoint, job.fingerprint);
    return new JobMemory(options, job, earlier);
  }

  /** Whether the job was finished by an earlier run. */
  get wasFinished(): boolean {
    return this.#earlier?.isFinished === true;
  }

  /** How many rows earlier runs have done, up to the place behind which this one begins. */
  get settled(): number {
    return this.#earlier?.settled ?? 0;
  }

  /** Whether there is a checkpoint. */
  get isKept(): boolean {
    return this.#checkpoints !== undefined;
  }

  get tracker(): Tracker {
    return this.#tracker;
  }

  get rejections(): Rejections {
    return this.#rejections!;
  }

  /** Finds out what is done, by checkpoint and notes, and makes the job this run's. */
  async resume(session: Session): Promise<DoneRows> {
    const { checkpoint } = this.#options;
    const noted = this.#earlier === undefined ? [] : await this.#begin(session);
    // Read again: a run that was still under way may have replaced it before the job was taken from it.
    const earlier = this.#earlier && (await readCheckpoint(checkpoint!, this.#job.fingerprint));
    this.#earlier = earlier;
    this.#rows = earlier?.rows ?? 0;
    await this.#openRejections();
    const ranges = [...new Set([...(earlier?.done ?? []), ...noted])].map(rangeOf);
    this.#tracker = new Tracker(earlier?.after ?? undefined, earlier?.settled ?? 0, ranges);
    if (checkpoint !== undefined) {
      // Before the first row: the job's name has to be known, and the notes are overwritten from now on.
      if (earlier !== undefined) await this.#checkpoints!.save();
      else if (!(await createCheckpoint(checkpoint, this.#state()))) throw takenMeanwhile(checkpoint);
    }
    return new DoneRows(ranges, this.#job.partition);
  }

  async #openRejections(): Promise<void> {
    const { rejected, maxRejected: most, checkpoint } = this.#options;
    const isFile = typeof rejected === "string";
    const state = this.#earlier?.deadLetters ?? undefined;
    this.#letters = isFile ? await DeadLetters.open(rejected, checkpoint !== undefined, state) : undefined;
    this.#rejections = new Rejections({
      most,
      before: this.#earlier?.rejected ?? 0,
      letters: this.#letters,
      tell: isFile ? undefined : rejected,
    });
  }

  /** To be called before anything is written. */
  async begin(session: Session): Promise<void> {
    if (!this.#hasBegun) await this.#begin(session);
  }

  async #begin(session: Session): Promise<string[]> {
    this.#hasBegun = true;
    const { ledger } = this;
    const { signal } = this.#options;
    if (ledger === undefined) return [];
    try {
      return await untilCommitted(() => session.executeWrite((tx) => ledger.open(tx), { signal }));
    } catch (error) {
      throw error instanceof Forbidden ? noLedger(error) : error;
    }
  }

  /** Something is done that was not. */
  changed(rows: number): void {
    this.#rows += rows;
    this.#checkpoints?.changed();
  }

  /** Before a slot's next batch: waits for a checkpoint if the slot's notes have become many. */
  async room(slot: number): Promise<void> {
    this.#checkpoints?.throwIfFailed();
    if ((this.ledger?.unsaved(slot) ?? 0) >= mostUnsaved) await this.#checkpoints?.save();
  }

  /** A row that was done before was met again. */
  confirm(file: string | undefined, row: number, window: number): void {
    this.#letters?.confirm(file, row, window);
  }

  /** All is done: the checkpoint says so, and only then are the notes deleted. */
  async finish(session: Session): Promise<void> {
    await this.#letters?.finish();
    this.#isFinished = true;
    await this.#checkpoints?.save();
    if (this.#hasBegun) await this.tidy(session);
  }

  /** Deletes the notes in the graph; those of the run that has finished the job, if it was killed before it could. */
  async tidy(session: Session, limits: CallLimits = {}): Promise<void> {
    const { ledger } = this;
    const run = this.wasFinished ? this.#earlier!.run : this.#run;
    if (ledger !== undefined) await untilCommitted(() => session.executeWrite((tx) => ledger.close(tx, run), limits));
  }

  /** The job has failed: what is done is kept, or, if nobody can go on with it, the notes are deleted. */
  async interrupted(session: Session): Promise<void> {
    try {
      if (this.#checkpoints !== undefined) await this.#checkpoints.save();
      else if (this.#hasBegun) await this.tidy(session, { totalTimeout: longestTidying });
    } catch {
      // The failure before says more.
    }
  }

  async close(): Promise<void> {
    await this.#checkpoints?.close();
    await this.#letters?.close();
  }

  async #write(): Promise<void> {
    const saved = this.ledger?.saving();
    const runs = [this.#run, ...(this.#earlier === undefined ? [] : [this.#earlier.run])];
    await replaceCheckpoint(this.#options.checkpoint!, this.#state(), runs);
    saved?.();
  }

  #state(): CheckpointState {
    const { after, settled, done, firstOpen } = this.#tracker;
    this.#letters?.settled(firstOpen);
    return {
      version: 1,
      job: this.#name,
      run: this.#run,
      fingerprint: this.#job.fingerprint,
      isFinished: this.#isFinished,
      after: after ?? null,
      settled,
      done,
      rows: this.#rows,
      rejected: this.rejections.total,
      deadLetters: this.#letters?.state ?? null,
    };
  }
}

function noLedger(cause: Forbidden): IngestError {
  return new IngestError(
    `The ledger can't be kept: ${cause.message} The user has to be allowed to write nodes with the label ${ledgerLabel}; or set \`ledger: false\`, and a batch whose COMMIT is lost ends the job.`,
    { cause },
  );
}

function takenMeanwhile(path: string): ConfigurationError {
  return new ConfigurationError(`Another job has begun with the checkpoint ${path} at the same moment.`, {
    option: "checkpoint",
  });
}
