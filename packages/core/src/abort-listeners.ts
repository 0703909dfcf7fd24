/** Listening for the end of a call without a listener of the platform's for each who waits. */

interface Waiters {
  readonly acts: Set<() => void>;
  readonly tell: () => void;
}

const waiting = new WeakMap<AbortSignal, Waiters>();

/**
 * Calls `act` when `signal` is aborted; one that is aborted already calls nobody. However many wait for one signal, it has one listener:
 * all queries of a request may share a signal, and platforms warn of a leak when there are more than ten.
 *
 * @returns ends it; a second call does nothing
 */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  if (signal.aborted) return () => {};
  let waiters = waiting.get(signal);
  if (waiters === undefined) waiting.set(signal, (waiters = waitersFor()));
  const { acts, tell } = waiters;
  // An object of its own, since one function may wait twice.
  const own = () => act();
  if (acts.size === 0) signal.addEventListener("abort", tell, { once: true });
  acts.add(own);
  return () => {
    if (acts.delete(own) && acts.size === 0) signal.removeEventListener("abort", tell);
  };
}

function waitersFor(): Waiters {
  const acts = new Set<() => void>();
  return {
    acts,
    tell() {
      // Who ends its waiting meanwhile isn't called, as with the platform's own listeners.
      for (const act of acts) {
        acts.delete(act);
        act();
      }
    },
  };
}
