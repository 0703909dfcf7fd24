/**
 * Time that stands still until the suite moves it. The driver's clock is the process's timers and monotonic time, and
 * these are what is replaced: no part of the driver has to know. The sockets' own time goes on.
 */

interface FakeTimer {
  readonly due: number;
  readonly fn: () => void;
}

const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };

export class FakeTime {
  readonly #timers = new Map<object, FakeTimer>();
  #now = 0;
  #isInstalled = false;

  install(): void {
    if (this.#isInstalled) return;
    this.#isInstalled = true;
    // Whole milliseconds, so that sums are exact.
    this.#now = Math.ceil(performance.now());
    const fakes = {
      setTimeout: (fn: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
        const handle = { ref: () => handle, unref: () => handle, hasRef: () => true };
        this.#timers.set(handle, { due: this.#now + ms, fn: () => fn(...args) });
        return handle;
      },
      // Timers that were set before time stood still are real ones.
      clearTimeout: (handle: object | undefined) => {
        if (handle === undefined || !this.#timers.delete(handle)) real.clearTimeout(handle as never);
      },
    };
    Object.assign(globalThis, fakes);
    Object.defineProperty(performance, "now", { value: () => this.#now, configurable: true });
  }

  /** Moves time on, and fires what falls due in its order. */
  async tick(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (let next = this.#nextBefore(end); next !== undefined; next = this.#nextBefore(end)) {
      const [handle, { due, fn }] = next;
      this.#timers.delete(handle);
      this.#now = Math.max(this.#now, due);
      fn();
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    this.#now = end;
  }

  /** Time goes on, if it stood still; what was set meanwhile fires as if the time that is left began now. */
  uninstall(): void {
    if (!this.#isInstalled) return;
    this.#isInstalled = false;
    Object.assign(globalThis, real);
    Reflect.deleteProperty(performance, "now");
    for (const { due, fn } of this.#timers.values()) real.setTimeout(fn, due - this.#now);
    this.#timers.clear();
  }

  #nextBefore(end: number): [object, FakeTimer] | undefined {
    return [...this.#timers].filter(([, { due }]) => due <= end).sort(([, a], [, b]) => a.due - b.due)[0];
  }
}
