/**
 * Connections by address. A connection's place is its state: it is in exactly one of a shelf's `idle`, `checking`,
 * `busy` and `returning` (or still `opening`), all of which count towards the limit. The pool knows no routing.
 */
import { DriverError, ServiceUnavailable, serverAttributes, traced } from "@fulgur/neo4j-core";
import { Claim } from "./claim.ts";
import type { Clock } from "./clock.ts";
import type { Deadline } from "./deadline.ts";
import { Farewells } from "./farewells.ts";
import { Fitness } from "./fitness.ts";
import { leaseOf } from "./lease.ts";
import type { AcquireOptions, PoolOptions } from "./pool-options.ts";
import { PoolReports } from "./pool-reports.ts";
import type { Lease, Poolable, PoolCounts, Pooled, Shelf } from "./shelf.ts";
import { Shelves } from "./shelves.ts";

/** Makes a pool; nothing is opened before the first `acquire`. */
export function createPool<C extends Poolable>(options: PoolOptions<C>): Pool<C> {
  return new Pool(options);
}

export class Pool<C extends Poolable> {
  readonly #connect: PoolOptions<C>["connect"];
  readonly #clock: Clock;
  readonly #max: number;
  readonly #timeout: number;
  readonly #fitness: Fitness<C>;
  readonly #shelves: Shelves<C>;
  /** Those that wait for a server, or for a token, and not in a line. */
  readonly #openings = new Set<Claim<Lease<C>>>();
  readonly #farewells: Farewells<C>;
  readonly #reports: PoolReports;
  #closed = false;

  constructor(options: PoolOptions<C>) {
    this.#connect = options.connect;
    this.#clock = options.clock;
    this.#max = options.maxConnectionPoolSize ?? 100;
    this.#timeout = options.connectionAcquisitionTimeout ?? 60_000;
    this.#fitness = new Fitness(options, this.#timeout);
    this.#farewells = new Farewells((connection) => this.#fitness.dismiss(connection));
    this.#shelves = new Shelves(this.#max, this.#clock);
    this.#reports = new PoolReports(options.logging, this.#max);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** When an acquisition that begins now gives up. */
  deadline(timeout: number = this.#timeout): Deadline {
    return { at: this.#clock.now() + timeout, limit: timeout };
  }

  /**
   * A connection to `address`: the most recently used idle one, else a new one, else the next that comes free, first
   * come first served. Rejects with what `connect` rejects with, with a ConnectionAcquisitionTimeoutError when the
   * time is over, wherever it was spent, with the signal's reason, or with a DriverError once closed. (DRV-42)
   */
  acquire(address: string, options: AcquireOptions = {}): Promise<Lease<C>> {
    if (this.#closed) return Promise.reject(closedError());
    const about = () => ({ ...serverAttributes(address), "db.client.connection.pool.name": address });
    return traced("neo4j:acquire", about, () => this.#acquire(address, options));
  }

  #acquire(address: string, { deadline, signal, check, site, auth }: AcquireOptions): Promise<Lease<C>> {
    const shelf = this.#shelves.of(address);
    if (signal?.aborted) return Promise.reject(signal.reason);
    const claim = new Claim<Lease<C>>({
      address,
      clock: this.#clock,
      deadline: deadline ?? this.deadline(),
      signal,
      site,
      auth,
      check,
      expired: () => {
        this.#reports.timedOut(shelf);
        return this.holders(address);
      },
    });
    // Whoever came first is served first: with others waiting, an idle connection is already promised.
    if (shelf.waiting.length > 0) this.#wait(shelf, claim, shelf.waiting.length);
    else void this.#serve(shelf, claim);
    return claim.promise;
  }

  /** Who has the connections to `address`, in a sentence. (ERR-33) */
  holders(address: string): string {
    return this.#shelves.holders(address);
  }

  /** How many connections to `address` are borrowed or being opened; what routing balances by. */
  inUse(address: string): number {
    return this.#shelves.inUse(address);
  }

  counts(address: string): PoolCounts {
    return this.#shelves.counts(address);
  }

  /** Gives an address up: idle connections to it are closed now, borrowed ones when they come back. */
  purge(address: string): void {
    const shelf = this.#shelves.of(address);
    this.#reports.purged(address);
    for (const pooled of shelf.all()) pooled.stale = true;
    for (const pooled of [...shelf.idle]) this.#drop(shelf, pooled);
  }

  /** Closes every connection, the borrowed ones too; what waits or runs fails at once. A second call does nothing. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#reports.closes();
    const error = closedError();
    for (const claim of this.#openings) claim.reject(error);
    const farewells: Promise<void>[] = [];
    for (const shelf of this.#shelves.all()) {
      for (const claim of shelf.waiting.splice(0)) claim.reject(error);
      for (const { connection } of shelf.idle.splice(0)) farewells.push(connection.close().catch(() => {}));
      for (const { connection } of [...shelf.all()]) connection.destroy(error);
    }
    this.#farewells.cut(error);
    this.#shelves.clear();
    await Promise.all(farewells);
  }

  /** Serves one claim that is first in line; leaves it in the line when nothing is free. */
  async #serve(shelf: Shelf<C>, claim: Claim<Lease<C>>): Promise<void> {
    for (let pooled = shelf.idle.pop(); pooled !== undefined; pooled = shelf.idle.pop()) {
      if (!this.#fitness.isUsable(pooled)) {
        this.#drop(shelf, pooled);
      } else if (claim.check || this.#fitness.needsCheck(pooled)) {
        claim.waitingFor = "an idle connection to answer the liveness check";
        claim.waits();
        const isAlive = await this.#alive(shelf, pooled, shelf.checking);
        if (isAlive && (await this.#becomes(shelf, pooled, claim))) return this.#offer(shelf, pooled, claim);
        if (claim.settled) return this.#advance(shelf);
      } else {
        const isReady = this.#becomes(shelf, pooled, claim);
        if (isReady === true || (await isReady)) return this.#offer(shelf, pooled, claim);
        if (claim.settled) return this.#advance(shelf);
      }
    }
    if (this.#closed) return claim.reject(closedError());
    if (shelf.size < this.#max) return this.#open(shelf, claim);
    this.#wait(shelf, claim, 0);
  }

  /** Makes an idle connection its borrower's, at once where nothing is to be waited for. False: it is back in its place, or gone. */
  #becomes(shelf: Shelf<C>, pooled: Pooled<C>, claim: Claim<Lease<C>>): boolean | Promise<boolean> {
    const becoming = this.#fitness.becomes(pooled.connection, claim);
    return becoming === true || this.#become(shelf, pooled, claim, becoming);
  }

  async #become(
    shelf: Shelf<C>,
    pooled: Pooled<C>,
    claim: Claim<Lease<C>>,
    becoming: boolean | Promise<boolean>,
  ): Promise<boolean> {
    shelf.checking.add(pooled);
    this.#openings.add(claim);
    claim.waits();
    claim.waitingFor = "the token, or the login, of whom the connection is for";
    let isReady = false;
    try {
      isReady = await becoming;
    } catch (error) {
      claim.reject(error);
    }
    shelf.checking.delete(pooled);
    this.#openings.delete(claim);
    const isUsable = this.#fitness.isUsable(pooled) && !this.#closed;
    if (isReady && isUsable) return true;
    if (claim.settled && isUsable) this.#shelve(shelf, pooled);
    else this.#drop(shelf, pooled);
    return false;
  }

  #wait(shelf: Shelf<C>, claim: Claim<Lease<C>>, at: number): void {
    claim.waits();
    if (claim.settled) return;
    shelf.wait(claim, at);
    this.#reports.waiting(shelf);
  }

  /** A place or a connection came free: the first who still waits gets it. */
  #advance(shelf: Shelf<C>): void {
    if (shelf.waiting.length === 0 || (shelf.idle.length === 0 && shelf.size >= this.#max)) return;
    const claim = shelf.waiting.shift()!;
    claim.onSettled = undefined;
    void this.#serve(shelf, claim);
  }

  async #open(shelf: Shelf<C>, claim: Claim<Lease<C>>): Promise<void> {
    shelf.opening++;
    claim.waitingFor = "a new connection to be opened";
    this.#openings.add(claim);
    this.#reports.opening(shelf);
    let pooled: Pooled<C> | undefined;
    let ended = false;
    const onClose = () => {
      ended = true;
      if (pooled !== undefined) this.#ended(shelf, pooled);
    };
    try {
      const { address, site, auth, signal } = claim;
      const connection = await this.#connect(address, { signal, onClose, site, auth });
      const now = this.#clock.now();
      pooled = { connection, openedAt: now, idleSince: now, stale: false, busySince: now };
    } catch (error) {
      claim.reject(this.#closed ? closedError() : error);
    } finally {
      shelf.opening--;
      this.#openings.delete(claim);
    }
    if (pooled === undefined || ended) {
      const what = `The server at ${claim.address} ended the connection as soon as it was open.`;
      if (ended) claim.reject(new ServiceUnavailable(what));
      this.#advance(shelf);
    } else if (this.#closed) {
      pooled.connection.destroy(closedError());
      claim.reject(closedError());
    } else {
      this.#offer(shelf, pooled, claim);
    }
  }

  #offer(shelf: Shelf<C>, pooled: Pooled<C>, claim: Claim<Lease<C>>): void {
    shelf.busy.add(pooled);
    pooled.holder = claim.site;
    pooled.busySince = this.#clock.now();
    this.#reports.acquired(shelf, pooled);
    if (!claim.resolve(this.#lease(shelf, pooled, claim.address))) this.#shelve(shelf, pooled);
  }

  #lease(shelf: Shelf<C>, pooled: Pooled<C>, address: string): Lease<C> {
    const { connection } = pooled;
    const giveBack = () => this.#release(shelf, pooled);
    return leaseOf(connection, address, giveBack, (error) => this.#fitness.consequences(connection, error));
  }

  /** At once, unless something is under way: then it is reset first. */
  #release(shelf: Shelf<C>, pooled: Pooled<C>): Promise<void> | undefined {
    if (!shelf.busy.delete(pooled)) return undefined;
    pooled.holder = undefined;
    if (!this.#fitness.isUsable(pooled) || this.#closed) {
      this.#drop(shelf, pooled);
    } else if (pooled.connection.isIdle) {
      this.#shelve(shelf, pooled);
    } else {
      return this.#alive(shelf, pooled, shelf.returning).then((isAlive) => {
        if (isAlive) this.#shelve(shelf, pooled);
      });
    }
    return undefined;
  }

  #shelve(shelf: Shelf<C>, pooled: Pooled<C>): void {
    shelf.busy.delete(pooled);
    pooled.idleSince = this.#clock.now();
    shelf.idle.push(pooled);
    this.#reports.released(shelf, pooled);
    // The last used is used next: those that nobody needs any more gather at the other end.
    for (let [unused] = shelf.idle; unused !== undefined && !this.#fitness.isUsable(unused); [unused] = shelf.idle) {
      this.#drop(shelf, unused);
    }
    this.#advance(shelf);
  }

  /** Resets a connection while it is in `place`; false, and it is gone, when it doesn't answer in the time that getting one may take. */
  async #alive(shelf: Shelf<C>, pooled: Pooled<C>, place: Set<Pooled<C>>): Promise<boolean> {
    place.add(pooled);
    const isAlive = await this.#fitness.answers(pooled);
    place.delete(pooled);
    if (isAlive && !this.#closed) return true;
    this.#drop(shelf, pooled);
    return false;
  }

  #drop(shelf: Shelf<C>, pooled: Pooled<C>): void {
    shelf.remove(pooled);
    this.#reports.dropped(shelf, pooled);
    if (this.#closed || !pooled.connection.isOpen) pooled.connection.destroy();
    else this.#farewells.begin(pooled.connection);
    this.#advance(shelf);
  }

  /** A connection ended by itself: idle ones leave; a busy one's borrower finds out and gives it back. */
  #ended(shelf: Shelf<C>, pooled: Pooled<C>): void {
    if (shelf.idle.includes(pooled)) this.#drop(shelf, pooled);
  }
}

function closedError(): DriverError {
  return new DriverError("The driver is closed: its connections are gone. Make a new driver.");
}
