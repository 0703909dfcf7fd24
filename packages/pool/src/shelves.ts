/** The shelves of a pool, by address. */
import type { Clock } from "./clock.ts";
import { describeHolders } from "./holders.ts";
import { type Poolable, type PoolCounts, Shelf } from "./shelf.ts";

export class Shelves<C extends Poolable> {
  readonly #byAddress = new Map<string, Shelf<C>>();
  readonly #max: number;
  readonly #clock: Clock;

  /** @param max the most connections to an address */
  constructor(max: number, clock: Clock) {
    this.#max = max;
    this.#clock = clock;
  }

  of(address: string): Shelf<C> {
    let shelf = this.#byAddress.get(address);
    if (shelf === undefined) this.#byAddress.set(address, (shelf = new Shelf(address)));
    return shelf;
  }

  all(): Iterable<Shelf<C>> {
    return this.#byAddress.values();
  }

  clear(): void {
    this.#byAddress.clear();
  }

  /** How many connections to `address` are borrowed or being opened; what routing balances by. */
  inUse(address: string): number {
    const { busy, opening, checking, waiting } = this.counts(address);
    return busy + opening + checking + waiting;
  }

  counts(address: string): PoolCounts {
    return (this.#byAddress.get(address) ?? new Shelf<C>(address)).counts;
  }

  /** Who has the connections to `address`, in a sentence. (ERR-33) */
  holders(address: string): string {
    return describeHolders(this.of(address), this.#max, this.#clock.now());
  }
}
