import type { Clock, Timer } from "../clock.ts";

/**
 * Notices that a server is silent for too long while it owes an answer (hint `connection.recv_timeout_seconds`). One timer
 * sleeps until the moment at which the limit would be reached; hearing something costs no timer.
 */
export class Silence {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #tooLong: () => void;
  #timer: Timer | undefined;
  #since = 0;
  #isAwaiting = false;

  /** @param limit in ms. */
  constructor(clock: Clock, limit: number, tooLong: () => void) {
    this.#clock = clock;
    this.#limit = limit;
    this.#tooLong = tooLong;
  }

  /** An answer is awaited from now on. */
  awaiting(): void {
    if (this.#isAwaiting) return;
    this.#isAwaiting = true;
    this.heard();
    if (this.#timer === undefined) this.#sleep(this.#limit);
  }

  /** Something came. */
  heard(): void {
    this.#since = this.#clock.now();
  }

  /** Nothing is awaited. */
  rest(): void {
    this.#isAwaiting = false;
  }

  /** For good. */
  stop(): void {
    this.#isAwaiting = false;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #sleep(ms: number): void {
    const wake = () => {
      this.#timer = undefined;
      if (!this.#isAwaiting) return;
      const left = this.#since + this.#limit - this.#clock.now();
      if (left > 0) this.#sleep(left);
      else this.#tooLong();
    };
    // While an answer is awaited the transport keeps the process alive; after it nothing has to.
    this.#timer = this.#clock.setTimer(ms, wake, true);
  }
}
