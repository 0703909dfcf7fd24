import { onAbort } from "../abort-listeners.ts";
import type { Clock } from "../clock.ts";
import { ServiceUnavailable } from "../errors/availability-errors.ts";

/**
 * Does work under a signal that aborts when the time is up, or when the user's does.
 *
 * @param ms how long; 0 is for ever
 * @param late what the ServiceUnavailable says that is the signal's reason when the time is up
 */
export async function within<T>(
  ms: number,
  late: string,
  { clock, signal: user }: { readonly clock?: Clock; readonly signal?: AbortSignal },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  user?.throwIfAborted();
  const controller = new AbortController();
  const expired = () => controller.abort(new ServiceUnavailable(late));
  const forget = user === undefined ? undefined : onAbort(user, () => controller.abort(user.reason));
  // Without a clock the platform's own signal: it keeps no process alive, so it needs no end.
  const timer = ms > 0 && clock !== undefined ? clock.setTimer(ms, expired) : undefined;
  const platform = ms > 0 && clock === undefined ? AbortSignal.timeout(ms) : undefined;
  platform?.addEventListener("abort", expired, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    timer?.cancel();
    forget?.();
    platform?.removeEventListener("abort", expired);
  }
}
