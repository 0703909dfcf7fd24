/** The results of one transaction, which end with it. */
import type { Failure, ResultReader } from "./result-reader.ts";

export class OpenResults {
  readonly #readers = new Set<ResultReader<never>>();

  add(reader: ResultReader<never>): void {
    this.#readers.add(reader);
  }

  /** Discards what open ones still have; a failure that nobody has seen is thrown, unless it is to be done `whatever` they hold. (TX-33) */
  async abandon(failure: () => Failure | undefined, { whatever = false } = {}): Promise<void> {
    for (const result of this.#readers) {
      const streams = result.isStreaming;
      if (streams) await result.abandon().catch(() => {});
      const missed = result.unobservedFailure ?? (streams ? failure() : undefined);
      if (missed !== undefined && !whatever) throw missed.error;
    }
  }

  /** Something ended the transaction: `origin` knows of it, the others are told. (TX-16) */
  failedWith(failure: Failure, origin?: object): void {
    for (const result of this.#readers) if (result !== origin) result.failedWith(failure);
  }

  /** The transaction is over. */
  close(): void {
    for (const result of this.#readers) result.close("out of scope");
    this.#readers.clear();
  }
}
