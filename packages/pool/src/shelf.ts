/** The places of one address's connections: a connection's place is its state. */
import type { CallSite } from "@fulgur/neo4j-core";
import type { Claim } from "./claim.ts";

/** What the pool needs of a connection; core's `Connection` has it. */
export interface Poolable {
  /** A name for the log. */
  readonly id?: string | undefined;
  readonly isOpen: boolean;
  /** Open, and nothing under way: fit for new work at once. */
  readonly isIdle: boolean;
  /** Ends what runs and makes the connection fit for new work; rejects when it is lost. */
  reset(): Promise<void>;
  /** Says goodbye. */
  close(): Promise<void>;
  /** Cuts the connection; what is under way fails with `error`. */
  destroy(error?: Error): void;
}

/** A borrowed connection. */
export interface Lease<C extends Poolable> {
  readonly address: string;
  readonly connection: C;
  /** Gives the connection back, reset if something is under way. Never rejects; a second call does nothing. */
  release(): Promise<void>;
  /** To be told, before `release`, of an error that its work met: it may be about who is logged in. */
  failed(error: unknown): void;
  /** What is still being done about these errors; absent: nothing. Never rejects, and is over at `release`. */
  consequences(): Promise<void> | undefined;
}

/** How many connections are in which place. */
export interface PoolCounts {
  readonly opening: number;
  readonly idle: number;
  readonly checking: number;
  readonly busy: number;
  readonly returning: number;
  readonly waiting: number;
}

/** A connection as the pool keeps it. */
export interface Pooled<C> {
  readonly connection: C;
  readonly openedAt: number;
  idleSince: number;
  /** An address that was given up takes its connections back only to close them. */
  stale: boolean;
  /** Where in the user's program it was borrowed last, and when. */
  holder?: CallSite | undefined;
  busySince: number;
}

/** The connections to one address, each in exactly one place, and who waits for one. */
export class Shelf<C extends Poolable> {
  /** `host:port` */
  readonly address: string;
  opening = 0;
  readonly idle: Pooled<C>[] = [];
  readonly checking = new Set<Pooled<C>>();
  readonly busy = new Set<Pooled<C>>();
  readonly returning = new Set<Pooled<C>>();
  readonly waiting: Claim<Lease<C>>[] = [];

  constructor(address: string) {
    this.address = address;
  }

  get size(): number {
    return this.opening + this.idle.length + this.checking.size + this.busy.size + this.returning.size;
  }

  /** Puts a claim into the line; it leaves by itself when it settles. */
  wait(claim: Claim<Lease<C>>, at: number): void {
    claim.waitingFor = "one of the pool's connections to be released";
    claim.onSettled = () => {
      const place = this.waiting.indexOf(claim);
      if (place >= 0) this.waiting.splice(place, 1);
    };
    this.waiting.splice(at, 0, claim);
  }

  get counts(): PoolCounts {
    return {
      opening: this.opening,
      idle: this.idle.length,
      checking: this.checking.size,
      busy: this.busy.size,
      returning: this.returning.size,
      waiting: this.waiting.length,
    };
  }

  *all(): Iterable<Pooled<C>> {
    yield* this.idle;
    yield* this.checking;
    yield* this.busy;
    yield* this.returning;
  }

  remove(pooled: Pooled<C>): void {
    const at = this.idle.indexOf(pooled);
    if (at >= 0) this.idle.splice(at, 1);
    this.checking.delete(pooled);
    this.busy.delete(pooled);
    this.returning.delete(pooled);
  }
}
