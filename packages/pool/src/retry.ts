/** When work is tried again: the policy of managed transactions, apart from what the work is. */
import { type Attempt, Neo4jDriverBaseError } from "@fulgur/neo4j-core";
import { type Clock, sleep } from "./clock.ts";

/** How long to wait between attempts. */
export interface Backoff {
  /** Before the second attempt, in milliseconds. Default 1000. */
  readonly initialRetryDelay?: number | undefined;
  /** What each further wait is longer by. Default 2. */
  readonly retryDelayMultiplier?: number | undefined;
  /** By which part of itself a wait is made longer or shorter at random, so that clients don't come in step. Default 0.2. */
  readonly retryDelayJitterFactor?: number | undefined;
}

export interface RetryOptions extends Backoff {
  /** How long after the first failure a new attempt may still begin, in milliseconds. */
  readonly maxRetryTime: number;
  readonly clock: Clock;
  /** Which errors are worth another attempt. Default: those that say so themselves. */
  readonly isRetryable?: (error: unknown) => boolean;
  /** A number in [0, 1), for the jitter; tests give their own. */
  readonly random?: () => number;
  /** Ends the wait between two attempts with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each failed attempt, and whether there will be another one. */
  readonly onFailure?: (attempt: Attempt, again: boolean) => void;
}

/** However much waits grow, by then somebody should look. */
const longestDelay = 3_600_000;

/** Whether running the whole transaction again may succeed: what the error itself says. */
export function isRetryableError(error: unknown): boolean {
  const said = error as { isRetryable?: () => boolean } | null | undefined;
  return typeof said?.isRetryable === "function" && said.isRetryable();
}

/**
 * Runs `attempt` until it succeeds, fails for good, or fails when more than `maxRetryTime` has passed since the first
 * failure; the last error is thrown then, and lists the others as its `attempts`. The wait between attempts begins at one second,
 * doubles, and is spread by a fifth to either side, if `options` don't say otherwise. `attempt` must have given back its connection
 * when it rejects. A running attempt is never ended by the time. (TX-22, TX-23, OLD-32)
 */
export async function retry<T>(attempt: (number: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { clock, maxRetryTime, signal, random = Math.random, isRetryable = isRetryableError, onFailure } = options;
  const { initialRetryDelay = 1000, retryDelayMultiplier = 2, retryDelayJitterFactor = 0.2 } = options;
  const began = clock.now();
  const failed: Attempt[] = [];
  let delay = initialRetryDelay;
  let firstFailure: number | undefined;
  for (let number = 1; ; number++) {
    signal?.throwIfAborted();
    const startedAt = clock.now() - began;
    try {
      return await attempt(number);
    } catch (error) {
      const now = clock.now();
      const latest = { error, startedAt, took: now - began - startedAt };
      failed.push(latest);
      if (!isRetryable(error)) {
        onFailure?.(latest, false);
        throw withAttempts(error, failed);
      }
      firstFailure ??= now;
      const again = maxRetryTime > 0 && now - firstFailure <= maxRetryTime;
      onFailure?.(latest, again);
      if (!again) throw withAttempts(error, failed);
      const wait = delay * (1 - retryDelayJitterFactor + 2 * retryDelayJitterFactor * random());
      try {
        await sleep(clock, wait, signal);
      } catch (reason) {
        throw withAttempts(reason, failed);
      }
      delay = Math.min(delay * retryDelayMultiplier, longestDelay);
    }
  }
}

/** Errors of ours tell of what was tried before. Others aren't ours to change. */
function withAttempts(error: unknown, failed: readonly Attempt[]): unknown {
  const isToldAlready = failed.length === 1 && failed[0]?.error === error;
  if (isToldAlready || !(error instanceof Neo4jDriverBaseError)) return error;
  Object.defineProperty(error, "attempts", {
    value: Object.freeze([...failed]),
    enumerable: false,
    configurable: true,
    writable: true,
  });
  return error;
}
