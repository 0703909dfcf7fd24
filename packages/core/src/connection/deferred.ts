const pending = 0;
const resolved = 1;
const rejected = 2;

/**
 * A promise that is settled from outside, and only made when somebody asks for it: most outcomes of a request are nobody's question.
 * Nobody has to observe it: a rejection that nobody sees is no unhandledRejection.
 */
export class Deferred<T> {
  #promise: Promise<T> | undefined;
  #state: typeof pending | typeof resolved | typeof rejected = pending;
  #outcome: unknown;
  #resolve: ((value: T) => void) | undefined;
  #reject: ((error: unknown) => void) | undefined;

  get promise(): Promise<T> {
    return (this.#promise ??= this.#make());
  }

  resolve(value: T): void {
    if (this.#state !== pending) return;
    this.#state = resolved;
    this.#outcome = value;
    this.#resolve?.(value);
  }

  reject(error: unknown): void {
    if (this.#state !== pending) return;
    this.#state = rejected;
    this.#outcome = error;
    this.#reject?.(error);
  }

  #make(): Promise<T> {
    if (this.#state === resolved) return Promise.resolve(this.#outcome as T);
    const promise = new Promise<T>((resolve, reject) => {
      if (this.#state === rejected) return reject(this.#outcome);
      this.#resolve = resolve;
      this.#reject = reject;
    });
    promise.catch(unobserved);
    return promise;
  }
}

function unobserved(): void {}
