import { onAbort } from "./abort-listeners.ts";

/**
 * What `promise` gives, unless `signal` is aborted first: then it rejects at once with the signal's reason, and what the promise comes to
 * is nobody's business any more. Leaves no listener behind.
 */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const done = onAbort(signal, () => reject(signal.reason));
    promise.then(
      (value) => {
        done();
        resolve(value);
      },
      (error: unknown) => {
        done();
        reject(error);
      },
    );
    if (signal.aborted) reject(signal.reason);
  });
}
