/**
 * One caller's wish for a connection, from the call to the answer. It settles once: with a lease, with an error, by its
 * deadline or by its signal, whichever comes first; what arrives later for it goes back to the pool.
 */
import { type AuthToken, type CallSite, ConnectionAcquisitionTimeoutError, onAbort } from "@fulgur/neo4j-core";
import type { Clock, Timer } from "./clock.ts";
import type { Deadline } from "./deadline.ts";

export interface ClaimOptions {
  readonly address: string;
  /** Where in the user's program the connection is wanted. */
  readonly site?: CallSite | undefined;
  /** Whose a connection is to be that is opened for it. */
  readonly auth?: AuthToken | undefined;
  /** Whether an idle connection is to be tested first, whatever the pool's options say. */
  readonly check?: boolean | "login" | undefined;
  readonly clock: Clock;
  readonly deadline: Deadline;
  readonly signal: AbortSignal | undefined;
  /** Told when the time is over; says in a sentence who has the connections. */
  readonly expired: () => string;
}

export class Claim<T> {
  readonly address: string;
  readonly site: CallSite | undefined;
  readonly auth: AuthToken | undefined;
  readonly check: boolean | "login";
  readonly promise: Promise<T>;
  /** What it waits for right now, for the time-out's message. */
  waitingFor = "one of the pool's connections to be released";
  /** Called when it settles, however it does. */
  onSettled: (() => void) | undefined;
  #settled = false;
  #resolve!: (value: T) => void;
  #reject!: (reason: unknown) => void;
  readonly #options: ClaimOptions;
  #isWaiting = false;
  /** Made when it is asked for: who is served at once needs none. */
  #abandoned: AbortController | undefined;
  #refusal: { readonly reason: unknown } | undefined;
  #timer: Timer | undefined;
  #stopListening: (() => void) | undefined;

  constructor(options: ClaimOptions) {
    const { address, site, auth, check } = options;
    this.#options = options;
    this.address = address;
    this.site = site;
    this.auth = auth;
    this.check = check ?? false;
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Aborted when nobody waits any more: what is under way for it stops then. Who asks for it means to wait. */
  get signal(): AbortSignal {
    this.waits();
    if (this.#abandoned === undefined) {
      this.#abandoned = new AbortController();
      if (this.#refusal !== undefined) this.#abandoned.abort(this.#refusal.reason);
    }
    return this.#abandoned.signal;
  }

  /** It isn't served at once: from here on it ends by its deadline and by the caller's signal, too. A second call does nothing. */
  waits(): void {
    if (this.#settled || this.#isWaiting) return;
    this.#isWaiting = true;
    const { clock, deadline, signal, expired } = this.#options;
    if (signal?.aborted) {
      this.reject(signal.reason);
      return;
    }
    if (signal !== undefined) this.#stopListening = onAbort(signal, () => this.reject(signal.reason));
    if (!Number.isFinite(deadline.at)) return;
    this.#timer = clock.setTimer(deadline.at - clock.now(), () =>
      this.reject(timedOut(this.address, deadline, `${this.waitingFor}. ${expired()}`)),
    );
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
    this.#refusal = { reason };
    this.#reject(reason);
    this.#abandoned?.abort(reason);
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
