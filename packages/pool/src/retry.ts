/** When work is tried again: the policy of managed transactions, apart from what the work is. */
import { type Clock, sleep } from "./clock.ts";

export interface RetryOptions {
  /** How long after the first failure a new attempt may still begin, in milliseconds. */
  readonly maxRetryTime: number;
  readonly clock: Clock;
  /** Which errors are worth another attempt. Default: those that say so themselves. */
  readonly isRetryable?: (error: unknown) => boolean;
  /** A number in [0, 1), for the jitter; tests give their own. */
  readonly random?: () => number;
  /** Ends the wait between two attempts with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

const initialDelay = 1000;
const multiplier = 2;
const jitter = 0.2;

/** Whether running the whole transaction again may succeed: what the error itself says. */
export function isRetryableError(error: unknown): boolean {
  const said = error as { isRetryable?: () => boolean } | null | undefined;
  return typeof said?.isRetryable === "function" && said.isRetryable();
}

/**
 * Runs `attempt` until it succeeds, fails for good, or fails when more than `maxRetryTime` has passed since the first
 * failure; the last error is thrown then. The wait between attempts begins at one second, doubles, and is spread by a
 * fifth to either side. `attempt` must have given back its connection when it rejects. (TX-22, TX-23)
 */
export async function retry<T>(attempt: (number: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { clock, maxRetryTime, signal, random = Math.random, isRetryable = isRetryableError } = options;
  let delay = initialDelay;
  let firstFailure: number | undefined;
  for (let number = 1; ; number++) {
    signal?.throwIfAborted();
    try {
      return await attempt(number);
    } catch (error) {
      if (!isRetryable(error)) throw error;
      firstFailure ??= clock.now();
      if (clock.now() - firstFailure > maxRetryTime || maxRetryTime <= 0) throw error;
      await sleep(clock, delay * (1 - jitter + 2 * jitter * random()), signal);
      delay *= multiplier;
    }
  }
}
