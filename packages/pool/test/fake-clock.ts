import type { Clock } from "../src/index.ts";

/** A clock that a test turns. */
export class FakeClock implements Clock {
  #now = 1_000;
  #timers: { at: number; fn: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  setTimer(ms: number, fn: () => void) {
    const timer = { at: this.#now + ms, fn };
    this.#timers.push(timer);
    return {
      cancel: () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
      },
    };
  }

  /** How many timers are set. */
  get armed(): number {
    return this.#timers.length;
  }

  /** Resolves so many milliseconds later. */
  until(ms: number): Promise<void> {
    return new Promise((resolve) => void this.setTimer(ms, resolve));
  }

  /** Turns the hands on, firing what is due in order, and lets what it set off settle. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const due = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#now = Math.max(this.#now, due.at);
      this.#timers = this.#timers.filter((timer) => timer !== due);
      due.fn();
      await settle();
    }
    this.#now = end;
    await settle();
  }
}

/** Lets every promise that can go on do so. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 30; i++) await Promise.resolve();
}
