import { onAbort } from "../abort-listeners.ts";
import type { Clock } from "../clock.ts";

/** A signal that aborts when the time is up, or when the user's does. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** It is no longer needed. */
  release(): void;
}

/**
 * @param ms how long; 0 is for ever.
 * @param late makes the reason when the time is up.
 */
export function startDeadline(ms: number, late: () => Error, clock?: Clock, user?: AbortSignal): Deadline {
  const controller = new AbortController();
  const cancelled = () => controller.abort(user?.reason);
  const expired = () => controller.abort(late());
  if (user?.aborted) cancelled();
  const forget = user === undefined ? undefined : onAbort(user, cancelled);
  // Without a clock the platform's own signal: it keeps no process alive, so it needs no end.
  const timer = ms > 0 && clock !== undefined ? clock.setTimer(ms, expired) : undefined;
  const platform = ms > 0 && clock === undefined ? AbortSignal.timeout(ms) : undefined;
  platform?.addEventListener("abort", expired, { once: true });
  return {
    signal: controller.signal,
    release() {
      timer?.cancel();
      forget?.();
      platform?.removeEventListener("abort", expired);
    },
  };
}
