/**
 * Begins one attempt after the other: the next one when one fails, or hasn't ended after `delay` ms. Gives what the first that succeeds
 * gives, and ends the others.
 *
 * @param attempts at least one; each ends when its signal is aborted
 * @param discard for what comes when it's too late
 * @throws the error of the only attempt, or an AggregateError of all; the signal's reason
 */
export function firstToSucceed<T>(
  attempts: readonly ((signal: AbortSignal) => Promise<T>)[],
  delay: number,
  discard: (late: T) => void,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const failures: unknown[] = [];
    const stop = new AbortController();
    let next = 0;
    let failed = 0;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (outcome: () => void) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      signal?.removeEventListener("abort", aborted);
      stop.abort();
      outcome();
    };
    const aborted = () => end(() => reject(signal?.reason));
    const start = () => {
      clearTimeout(timer);
      const number = next++;
      const attempt = attempts[number];
      if (attempt === undefined) return;
      attempt(stop.signal).then(
        (value) => {
          if (isOver) discard(value);
          else end(() => resolve(value));
        },
        (error: unknown) => {
          failures[number] = error;
          if (++failed === attempts.length) end(() => reject(all(failures)));
          else if (!isOver) start();
        },
      );
      if (next < attempts.length) timer = setTimeout(start, delay);
    };
    if (signal?.aborted) return aborted();
    signal?.addEventListener("abort", aborted, { once: true });
    start();
  });
}

function all(failures: readonly unknown[]): unknown {
  if (failures.length === 1) return failures[0];
  return new AggregateError(
    failures,
    failures.map((one) => (one instanceof Error ? one.message : String(one))).join("; "),
  );
}
