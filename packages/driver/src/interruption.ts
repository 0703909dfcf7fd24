/** The end of something from outside: whoever waits for one of its steps hears of it at once, whatever the step is waiting for. */
export class Interruption {
  readonly #waiting = new Set<(error: unknown) => void>();
  #raised: { readonly error: unknown } | undefined;

  get isRaised(): boolean {
    return this.#raised !== undefined;
  }

  /** Everybody who waits is told `error`, and whoever comes later. */
  raise(error: unknown): void {
    this.#raised = { error };
    for (const reject of this.#waiting) reject(error);
    this.#waiting.clear();
  }

  /** What `step` gives, unless the interruption comes first. */
  unless<T>(step: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      step.then(
        (value) => {
          this.#waiting.delete(reject);
          resolve(value);
        },
        (error: unknown) => {
          this.#waiting.delete(reject);
          reject(error);
        },
      );
      if (this.#raised !== undefined) reject(this.#raised.error);
      else this.#waiting.add(reject);
    });
  }
}
