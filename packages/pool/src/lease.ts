/** What a borrower holds: a connection, and how it goes back. */
import type { Lease, Poolable } from "./shelf.ts";

/**
 * @param giveBack puts the connection back, once; gives what is to be waited for
 * @param follow does what an error is followed by; gives what is to be waited for
 */
export function leaseOf<C extends Poolable>(
  connection: C,
  address: string,
  giveBack: () => Promise<void> | undefined,
  follow: (error: unknown) => Promise<unknown> | undefined,
): Lease<C> {
  let released: Promise<void> | undefined;
  let consequences: Promise<void> | undefined;
  return {
    address,
    connection,
    release() {
      if (released === undefined) {
        const reset = giveBack();
        released = reset === undefined ? (consequences ?? done) : reset.then(() => consequences);
      }
      return released;
    },
    failed(error) {
      const more = follow(error);
      if (more !== undefined) consequences = Promise.all([consequences, more]).then(() => {});
    },
    consequences: () => consequences,
  };
}

/** What there is to wait for where all is done. */
const done = Promise.resolve();
