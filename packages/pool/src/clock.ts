/** The machine's clock, and waiting by a clock. Everything that waits takes one, so that tests turn the hands themselves. */
import { type Clock, onAbort, type Timer } from "@fulgur/neo4j-core";

export type { Clock, Timer };

/** `setTimeout` fires at once when it is given more than this. */
const longestTimer = 2 ** 31 - 1;

/** The machine's monotonic clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer(ms, fn, isIdle = false) {
    const due = systemClock.now() + ms;
    let handle: ReturnType<typeof setTimeout> | undefined;
    const arm = () => {
      const left = due - systemClock.now();
      handle = left > longestTimer ? setTimeout(arm, longestTimer) : setTimeout(fn, Math.max(0, left));
      // Not every platform's timers are objects.
      if (isIdle) (handle as { unref?: () => void }).unref?.();
    };
    if (Number.isFinite(ms)) arm();
    return { cancel: () => clearTimeout(handle) };
  },
};

/**
 * Resolves after `ms` milliseconds, or rejects with the signal's reason as soon as it is aborted.
 */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    let forget: (() => void) | undefined;
    const timer = clock.setTimer(ms, () => {
      forget?.();
      resolve();
    });
    if (signal === undefined) return;
    forget = onAbort(signal, () => {
      timer.cancel();
      reject(signal.reason);
    });
  });
}
