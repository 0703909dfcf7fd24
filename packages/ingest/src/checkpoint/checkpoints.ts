/** Saves checkpoints while a job runs: not more often than is useful, never two at once, and the last one at the end. */

export interface CheckpointsOptions {
  /** Writes the state as it is at that moment. Resolves when it is on the disk. */
  readonly write: () => Promise<void>;
  /** Milliseconds between the end of one and the beginning of the next. */
  readonly pause?: number | undefined;
}

const usualPause = 200;

export class Checkpoints {
  readonly #options: CheckpointsOptions;
  /** Whether something has changed since the last one was begun. */
  #isDirty = false;
  #saving: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(options: CheckpointsOptions) {
    this.#options = options;
  }

  /** Throws what one has failed with that nobody waited for. */
  throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Something has changed: it will be saved. */
  changed(): void {
    this.#isDirty = true;
    if (this.#failure !== undefined) return;
    if (this.#timer !== undefined || this.#saving !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.save().catch((error: unknown) => {
        this.#failure ??= { error };
      });
    }, this.#options.pause ?? usualPause);
    this.#timer.unref();
  }

  /** Saves now; what has changed until this call is on the disk when it resolves. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#saving !== undefined) await this.#saving.catch(() => {});
    this.#isDirty = false;
    const saving = this.#options.write();
    this.#saving = saving;
    try {
      await saving;
    } finally {
      this.#saving = undefined;
      if (this.#isDirty) this.changed();
    }
  }

  /** No more timers; what is being written is waited for. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDirty = false;
    await this.#saving?.catch(() => {});
  }
}
