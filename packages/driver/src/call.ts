/** One call of the user's: what may end it early, and what its time goes into. */
import { type CallSite, CallTimeoutError, ConfigurationError, onAbort, type TimeSpent } from "@fulgur/neo4j-core";
import type { Clock, Timer } from "@fulgur/neo4j-pool";
import { checkMilliseconds, checkSignal } from "./option-checks.ts";
import { otherLimits } from "./other-names.ts";
import { refuseUnknownKeys } from "./unknown-keys.ts";

/** What a user may set for one call, beside what it does. */
export interface CallLimits {
  /** Cancels the call, which then rejects with the signal's reason: nothing is sent afterwards, and what runs is interrupted. (ASY-06) */
  readonly signal?: AbortSignal | undefined;
  /**
   * Longest time for all of the call, in milliseconds: for a connection, for every attempt and for the waits between them. A
   * CallTimeoutError then. Default, and with 0: no limit.
   */
  readonly totalTimeout?: number | undefined;
}

/**
 * Limits that users write as a literal: unknown keys are refused.
 *
 * @throws ConfigurationError naming what is unknown or wrong
 */
export function readCallLimits(given: CallLimits | null | undefined, what: string): CallLimits | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given !== "object" || Array.isArray(given)) {
    const kind = Array.isArray(given) ? "an array" : typeof given;
    throw new ConfigurationError(`The configuration of ${what} must be an object, not ${kind}.`);
  }
  refuseUnknownKeys(given, ["signal", "totalTimeout"], what, otherLimits);
  return checkCallLimits(given);
}

/** @throws ConfigurationError naming what is wrong */
export function checkCallLimits({ signal, totalTimeout }: CallLimits): CallLimits {
  return { signal: checkSignal(signal), totalTimeout: checkMilliseconds("totalTimeout", totalTimeout) };
}

/**
 * Joins the user's signal and the time limit to one signal, so that everything below knows one way of being cancelled. Where neither is
 * given it costs nothing.
 */
export class Call {
  /** Aborted when the call is to end, whatever for. */
  readonly signal: AbortSignal | undefined;
  readonly site: CallSite | undefined;
  readonly #name: string;
  readonly #clock: Clock;
  readonly #totalTimeout: number;
  readonly #spent: { -readonly [Phase in keyof TimeSpent]: number } = { acquire: 0, run: 0, wait: 0 };
  #phase: keyof TimeSpent = "acquire";
  #since = 0;
  #attempts = 1;
  #lastFailure: unknown;
  #timer: Timer | undefined;
  #stopListening: (() => void) | undefined;

  /**
   * @param name of the method, for the message
   * @param site where it was called
   */
  constructor(name: string, { signal, totalTimeout }: CallLimits, clock: Clock, site?: CallSite) {
    this.site = site;
    this.#name = name;
    this.#clock = clock;
    this.#totalTimeout = totalTimeout ?? 0;
    if (this.#totalTimeout === 0 || this.#totalTimeout === Number.POSITIVE_INFINITY) {
      this.signal = signal;
      return;
    }
    const both = new AbortController();
    this.signal = both.signal;
    if (signal?.aborted) {
      both.abort(signal.reason);
      return;
    }
    this.#since = clock.now();
    this.#timer = clock.setTimer(this.#totalTimeout, () => {
      both.abort(this.#late());
      this.end();
    });
    const cancelled = () => {
      both.abort(signal?.reason);
      this.end();
    };
    if (signal !== undefined) this.#stopListening = onAbort(signal, cancelled);
  }

  /** Aborted when this call is to end, or what it is a part of. */
  orSignal(whole: AbortSignal | undefined): AbortSignal | undefined {
    const { signal } = this;
    return signal === undefined || whole === undefined ? (signal ?? whole) : AbortSignal.any([signal, whole]);
  }

  /**
   * It is at work; `ended` is told why, if it is to end early.
   *
   * @returns says that it is over
   */
  run(ended: (reason: unknown) => void): () => void {
    this.enter("run");
    const { signal } = this;
    const stopListening = signal && onAbort(signal, () => ended(signal.reason));
    return () => {
      stopListening?.();
      this.end();
    };
  }

  /** From here on it spends its time on something else. */
  enter(phase: keyof TimeSpent): void {
    if (this.#timer === undefined) return;
    const now = this.#clock.now();
    this.#spent[this.#phase] += now - this.#since;
    this.#since = now;
    this.#phase = phase;
  }

  /** An attempt has failed, and there will be another one. */
  retries(error: unknown): void {
    this.#attempts++;
    this.#lastFailure = error;
    this.enter("wait");
  }

  /** It is over: no listener and no timer stays. A second call does nothing. */
  end(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  #late(): CallTimeoutError {
    this.enter(this.#phase);
    const { acquire, run, wait } = this.#spent;
    const parts = [
      `${Math.round(acquire)} ms waiting for a connection`,
      `${Math.round(run)} ms while one was at work`,
      `${Math.round(wait)} ms between attempts`,
    ];
    const tried =
      this.#attempts === 1
        ? "in one attempt"
        : `in ${this.#attempts} attempts, of which the cause ended the last but one`;
    return new CallTimeoutError(
      `${this.#name} took longer than its totalTimeout of ${this.#totalTimeout} ms: ${parts.join(", ")}, ${tried}.`,
      { totalTimeout: this.#totalTimeout, spent: { acquire, run, wait }, cause: this.#lastFailure },
    );
  }
}
