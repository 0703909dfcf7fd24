/** What a pool says of what it does: to the log, and to the channel `neo4j:pool`. */
import { type Logger, Logging, publishPoolEvent } from "@fulgur/neo4j-core";
import type { Poolable, Pooled, Shelf } from "./shelf.ts";

type About = Pick<Shelf<Poolable>, "address" | "counts">;

export class PoolReports {
  readonly #log: Logger;
  readonly #max: number;

  /** @param max the most connections to an address */
  constructor(logging: Logging = new Logging(), max: number = Number.POSITIVE_INFINITY) {
    this.#log = logging.logger("neo4j.pool");
    this.#max = max;
  }

  opening(shelf: About): void {
    publishPoolEvent("opening", shelf.address, this.#max, shelf);
  }

  acquired(shelf: About, { connection }: Pooled<Poolable>): void {
    this.#log.debug("acquired", { address: shelf.address, connectionId: connection.id });
    publishPoolEvent("acquired", shelf.address, this.#max, shelf);
  }

  waiting(shelf: About): void {
    this.#log.debug(() => `all ${this.#max} connections are in use: wait`, { address: shelf.address });
    publishPoolEvent("waiting", shelf.address, this.#max, shelf);
  }

  timedOut(shelf: About): void {
    this.#log.warn("nothing came free in time", { address: shelf.address });
    publishPoolEvent("timed out", shelf.address, this.#max, shelf);
  }

  released(shelf: About, { connection }: Pooled<Poolable>): void {
    this.#log.debug("released", { connectionId: connection.id });
    publishPoolEvent("released", shelf.address, this.#max, shelf);
  }

  dropped(shelf: About, { connection }: Pooled<Poolable>): void {
    this.#log.debug(() => `dropped: ${connection.isOpen ? "too old, or given up" : "it has ended"}`, {
      connectionId: connection.id,
    });
    publishPoolEvent("dropped", shelf.address, this.#max, shelf);
  }

  purged(address: string): void {
    this.#log.debug("given up: its connections are closed when they are free", { address });
  }

  closes(): void {
    this.#log.debug("closes");
  }
}
