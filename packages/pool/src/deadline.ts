import type { Clock } from "./clock.ts";

/** Until when somebody waits for a connection. The time covers the whole way: routing, waiting, connecting, logging in. (DRV-18) */
export interface Deadline {
  /** The moment, on the pool's clock. */
  readonly at: number;
  /** How long it was when it began, in milliseconds: what a message names. */
  readonly limit: number;
}

/** Waits for ever: for what others wait for with deadlines of their own. */
export const noDeadline: Deadline = { at: Number.POSITIVE_INFINITY, limit: Number.POSITIVE_INFINITY };

/** What `promise` gives, or a rejection with what `late` makes when the time is over before. */
export function beforeDeadline<T>(promise: Promise<T>, { at }: Deadline, clock: Clock, late: () => Error): Promise<T> {
  if (!Number.isFinite(at)) return promise;
  return new Promise((resolve, reject) => {
    const timer = clock.setTimer(at - clock.now(), () => reject(late()));
    promise.then(resolve, reject).finally(() => timer.cancel());
  });
}
