/** Whether a connection is fit for its next work: by its age, by its answer to RESET, by who is logged in. */
import { type Clock, sleep } from "./clock.ts";
import type { LoginRequest, PoolOptions } from "./pool-options.ts";
import type { Poolable, Pooled } from "./shelf.ts";

type FitnessOptions<C extends Poolable> = Pick<
  PoolOptions<C>,
  "clock" | "maxConnectionLifetime" | "connectionLivenessCheckTimeout" | "logins"
>;

export class Fitness<C extends Poolable> {
  readonly #clock: Clock;
  readonly #lifetime: number;
  readonly #livenessTimeout: number | undefined;
  readonly #logins: PoolOptions<C>["logins"];
  readonly #patience: number;

  /** @param patience how long an answer is waited for, in milliseconds */
  constructor(options: FitnessOptions<C>, patience: number) {
    this.#clock = options.clock;
    this.#lifetime = options.maxConnectionLifetime ?? 3_600_000;
    this.#livenessTimeout = options.connectionLivenessCheckTimeout;
    this.#logins = options.logins;
    this.#patience = patience;
  }

  isUsable({ connection, openedAt, stale }: Pooled<C>): boolean {
    const aged = this.#lifetime >= 0 && this.#clock.now() - openedAt > this.#lifetime;
    return connection.isOpen && !stale && !aged && !this.#logins?.hasEnded(connection);
  }

  /** Whether it was idle for so long that it has to be tested. (DRV-23) */
  needsCheck({ idleSince }: Pooled<C>): boolean {
    const after = this.#livenessTimeout;
    return after !== undefined && (after === 0 || this.#clock.now() - idleSince > after);
  }

  /** Resets it; false when it doesn't answer in time. What it died of doesn't matter: it is replaced. */
  async answers(pooled: Pooled<C>): Promise<boolean> {
    const { connection } = pooled;
    try {
      await this.#patiently(connection, connection.reset());
    } catch {
      // It is no longer open, or soon won't be.
    }
    return this.isUsable(pooled) && connection.isIdle;
  }

  /** Ends it in order, whatever is under way by RESET; without order where that isn't answered in time. Never rejects. */
  async dismiss(connection: C): Promise<void> {
    try {
      if (!connection.isIdle) await this.#patiently(connection, connection.reset());
      await connection.close();
    } catch {
      connection.destroy();
    }
  }

  /** Logs whoever borrows it in: at once where that is so already, or needs no answer; false when it can't be. Rejects with what the borrower is to be told. */
  becomes(connection: C, request: LoginRequest): boolean | Promise<boolean> {
    try {
      const prepared = this.#logins?.prepare(connection, request) ?? true;
      return typeof prepared === "boolean" ? prepared : this.#patiently(connection, prepared);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** What is done about an error that its work met, as far as it is done in time: others have to answer. */
  consequences(connection: C, error: unknown): Promise<void> | undefined {
    const done = this.#logins?.failed(connection, error);
    if (done === undefined) return undefined;
    const timer = new AbortController();
    const late = sleep(this.#clock, this.#patience, timer.signal).catch(() => {});
    return Promise.race([done, late]).finally(() => timer.abort());
  }

  /** A connection that doesn't answer in time is cut. */
  async #patiently<T>(connection: C, answer: Promise<T>): Promise<T> {
    const limit = this.#clock.setTimer(this.#patience, () => connection.destroy());
    try {
      return await answer;
    } finally {
      limit.cancel();
    }
  }
}
