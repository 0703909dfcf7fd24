import type { bolt } from "@fulgur/neo4j-codec";

interface Waiter {
  resolve(request: bolt.Request): void;
  reject(error: Error): void;
}

/** Requests that arrived and were not asked for yet, or askers for requests that did not arrive yet. */
export class Inbox {
  readonly #requests: bolt.Request[] = [];
  readonly #waiting: Waiter[] = [];
  #end: Error | undefined;

  /** The next request that nobody has asked for. */
  get next(): bolt.Request | undefined {
    return this.#requests[0];
  }

  put(request: bolt.Request): void {
    const waiter = this.#waiting.shift();
    if (waiter === undefined) this.#requests.push(request);
    else waiter.resolve(request);
  }

  /** No more will come: who waits is told, and who asks when the last one has been taken. */
  end(error: Error): void {
    this.#end ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#end);
  }

  /**
   * @param patience milliseconds; Infinity: however long it takes
   * @param tooLate makes the error for when nothing has come until then
   */
  take(patience: number, tooLate: () => Error): Promise<bolt.Request> {
    const request = this.#requests.shift();
    if (request !== undefined) return Promise.resolve(request);
    if (this.#end) return Promise.reject(this.#end);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        resolve(arrived) {
          clearTimeout(timer);
          resolve(arrived);
        },
        reject(error) {
          clearTimeout(timer);
          reject(error);
        },
      };
      const late = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(tooLate());
      };
      const timer = Number.isFinite(patience) ? setTimeout(late, patience) : undefined;
      this.#waiting.push(waiter);
    });
  }
}
