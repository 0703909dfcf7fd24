/** A timer that was set and has not fired yet. */
export interface Timer {
  /** Makes it never fire; harmless when it already has. */
  cancel(): void;
}

/**
 * Time, as core sees it. Core sets no timers of its own: whoever uses it may inject a clock (the pool has the system's; tests
 * have one that they turn by hand). Without one, time-outs are those of the transport.
 */
export interface Clock {
  /** The present, in milliseconds. Only differences count. */
  now(): number;
  /**
   * Calls `fn` once, `ms` milliseconds from now.
   *
   * @param isIdle whether the process may end meanwhile, since nobody waits for it. Default false.
   */
  setTimer(ms: number, fn: () => void, isIdle?: boolean): Timer;
}
