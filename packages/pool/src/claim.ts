/**
 * One caller's wish for a connection, from the call to the answer. It settles once: with a lease, with an error, by its
 * deadline or by its signal, whichever comes first; what arrives later for it goes back to the pool.
 */
import { type AuthToken, type CallSite, ConnectionAcquisitionTimeoutError, onAbort } from "@fulgur/neo4j-core";
import type { Clock, Timer } from "./clock.ts";
import type { Deadline } from "./deadline.ts";

export interface ClaimOptions {
  readonly address: string;
  readonly clock: Clock;
  readonly deadline: Deadline;
  readonly signal: AbortSignal | undefined;
  /** Where in the user's program the connection is wanted. */
  readonly site?: CallSite | undefined;
  /** Whose a connection is to be that is opened for it. */
  readonly auth?: AuthToken | undefined;
  /** Whether an idle connection is to be tested first, whatever the pool's options say. */
  readonly check?: boolean | "login" | undefined;
  /** Told when the time is over; says in a sentence who has the connections. */
  readonly expired: () => string;
}

export class Claim<T> {
  readonly address: string;
  readonly site: CallSite | undefined;
  readonly auth: AuthToken | undefined;
  readonly check: boolean | "login";
  readonly promise: Promise<T>;
  /** Aborted when nobody waits any more: an opening under way stops then. */
  readonly abandoned: AbortController = new AbortController();
  /** What it waits for right now, for the time-out's message. */
  waitingFor = "one of the pool's connections to be released";
  /** Called when it settles, however it does. */
  onSettled: (() => void) | undefined;
  #settled = false;
  #resolve!: (value: T) => void;
  #reject!: (reason: unknown) => void;
  readonly #timer: Timer | undefined;
  readonly #stopListening: (() => void) | undefined;

  constructor({ address, clock, deadline, signal, site, auth, check, expired }: ClaimOptions) {
    this.address = address;
    this.site = site;
    this.auth = auth;
    this.check = check ?? false;
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    if (signal !== undefined) this.#stopListening = onAbort(signal, () => this.reject(signal.reason));
    if (Number.isFinite(deadline.at)) {
      this.#timer = clock.setTimer(deadline.at - clock.now(), () =>
        this.reject(timedOut(address, deadline, `${this.waitingFor}. ${expired()}`)),
      );
    }
    if (signal?.aborted) this.reject(signal.reason);
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** Answers the caller; false when it has gone, and then `value` is still the pool's. */
  resolve(value: T): boolean {
    if (!this.#settle()) return false;
    this.#resolve(value);
    return true;
  }

  reject(reason: unknown): void {
    if (!this.#settle()) return;
    this.#reject(reason);
    this.abandoned.abort(reason);
  }

  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    this.#timer?.cancel();
    this.#stopListening?.();
    this.onSettled?.();
    return true;
  }
}

/** @param waitedFor what it was waiting for when the time was over, and who had it: the rest of the sentence, and more */
function timedOut(address: string, { limit }: Deadline, waitedFor: string) {
  return new ConnectionAcquisitionTimeoutError(
    `No connection to ${address} within ${Math.round(limit)} ms (connectionAcquisitionTimeout): it waited for ${waitedFor} ` +
      "Close sessions and consume results sooner, or raise maxConnectionPoolSize or the time-out.",
  );
}
