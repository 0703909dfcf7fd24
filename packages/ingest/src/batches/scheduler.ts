/** Sends batches off: so many at once, and none beside one that locks the same, or that was divided by another scheme. */
import type { Batch } from "./batch.ts";

export interface SchedulerOptions {
  /** How many may run at once; each has a slot, from 0. */
  readonly slots: number;
  /** With no more than so many waiting there is room for others. */
  readonly mostWaiting: number;
  readonly run: (batch: Batch, slot: number) => Promise<void>;
}

export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #waiting: Batch[] = [];
  readonly #free: number[];
  #locked = 0;
  /** That of the batches which run. */
  #scheme = "";
  #failure: { readonly error: unknown } | undefined;
  #wake: (() => void) | undefined;
  readonly #failed = new AbortController();

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#free = Array.from({ length: options.slots }, (_, i) => options.slots - 1 - i);
  }

  /** Aborted with the first failure: for whoever waits for something else meanwhile. A promise would keep all that it was raced against. */
  get failed(): AbortSignal {
    return this.#failed.signal;
  }

  /** Batches that run. */
  get inFlight(): number {
    return this.#options.slots - this.#free.length;
  }

  /** Takes batches, and resolves when there is room for more. Rejects with what a batch failed with. */
  async add(batches: readonly Batch[]): Promise<void> {
    this.#throwIfFailed();
    this.#waiting.push(...batches);
    this.#dispatch();
    while (this.#waiting.length > this.#options.mostWaiting && this.#failure === undefined) await this.#change();
    this.#throwIfFailed();
  }

  /** Resolves when all has run; after a failure, when what was running has ended. */
  async idle(): Promise<void> {
    while (this.inFlight > 0 || (this.#waiting.length > 0 && this.#failure === undefined)) await this.#change();
    this.#throwIfFailed();
  }

  /** Nothing more is begun. */
  stop(error: unknown): void {
    this.#failure ??= { error };
    this.#failed.abort(error);
    this.#wake?.();
  }

  /**
   * The first that can run goes first. Batches of one cell lock the same, so they stay in their order; those of other cells have no row that
   * writes the same. Of cells of another scheme nobody knows: they wait for all before them.
   */
  #dispatch(): void {
    for (let at = 0; at < this.#waiting.length && this.#free.length > 0 && this.#failure === undefined; ) {
      const batch = this.#waiting[at]!;
      if (batch.scheme !== this.#scheme) {
        if (at > 0 || this.inFlight > 0) return;
        this.#scheme = batch.scheme;
      }
      if ((batch.locks & this.#locked) !== 0) {
        at++;
        continue;
      }
      this.#waiting.splice(at, 1);
      void this.#run(batch, this.#free.pop()!);
    }
  }

  async #run(batch: Batch, slot: number): Promise<void> {
    this.#locked |= batch.locks;
    try {
      await this.#options.run(batch, slot);
    } catch (error) {
      this.stop(error);
    }
    this.#locked &= ~batch.locks;
    this.#free.push(slot);
    this.#dispatch();
    this.#wake?.();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
