/**
 * The provider of the `neo4j` schemes: it asks the cluster who serves a database, keeps the answers by database until
 * they expire, and sends reads to readers and writes to writers. (CONN-15, CONN-16, CONN-20)
 */
import {
  type Connection,
  effectsOf,
  Neo4jError,
  ReadServiceUnavailable,
  ServiceUnavailable,
  SessionExpired,
  WriteServiceUnavailable,
} from "@fulgur/neo4j-core";
import type { Clock } from "../clock.ts";
import type { Pool } from "../pool.ts";
import type { AccessMode, ConnectionProvider, ConnectionRequest, ProvidedConnection } from "../provider.ts";
import type { Lease } from "../shelf.ts";
import { discover, type Question } from "./discovery.ts";
import type { RoutingTable } from "./table.ts";

export interface RouterOptions {
  /** `host:port` of the URI: who is asked when nobody else is known. */
  readonly initialAddress: string;
  /** What the URI's query string says, and the address that the user knows the cluster by. */
  readonly routingContext: Readonly<Record<string, string>>;
  readonly pool: Pool<Connection>;
  readonly clock: Clock;
}

/** A question in flight, shared by all who wait for the same answer, and ended when the last of them has gone. */
interface Asking {
  readonly answer: Promise<RoutingTable>;
  readonly stop: AbortController;
  waiting: number;
}

/** A question whose bookmarks may still have to be asked for. */
type RoutingQuestion = Omit<Question, "bookmarks"> & Pick<ConnectionRequest, "bookmarks">;

export class Router implements Pick<ConnectionProvider, "acquire" | "close"> {
  readonly #initialAddress: string;
  readonly #routingContext: Readonly<Record<string, string>>;
  readonly #pool: Pool<Connection>;
  readonly #clock: Clock;
  readonly #tables = new Map<string, RoutingTable>();
  readonly #asking = new Map<string, Asking>();
  /** Spreads ties between equally busy servers. */
  #turn = 0;

  constructor({ initialAddress, routingContext, pool, clock }: RouterOptions) {
    this.#initialAddress = initialAddress;
    this.#routingContext = { ...routingContext, address: initialAddress };
    this.#pool = pool;
    this.#clock = clock;
  }

  /** The table of a database, as far as it is known; for tests and for curiosity. */
  table(database: string): RoutingTable | undefined {
    return this.#tables.get(database);
  }

  async acquire(request: ConnectionRequest): Promise<ProvidedConnection> {
    const { mode, signal, check, site } = request;
    const deadline = this.#pool.deadline(request.timeout);
    const table = await this.#freshTable(request, deadline);
    const { database } = table;
    const failures: unknown[] = [];
    for (;;) {
      const address = this.#leastUsed(table.servers(mode));
      if (address === undefined) throw noServer(mode, database, failures);
      try {
        const lease = await this.#pool.acquire(address, { deadline, signal, check, site });
        return this.#provided(lease, database);
      } catch (error) {
        // A server that can't be reached is no reason to give up while there is another in its role.
        if (!(error instanceof ServiceUnavailable || error instanceof SessionExpired)) throw error;
        failures.push(error);
        this.#forget(address);
      }
    }
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  /** A table that has servers for this mode; with no database named, that of the user's home database. */
  async #freshTable(request: ConnectionRequest, deadline: number): Promise<RoutingTable> {
    const { database, mode, impersonatedUser, signal } = request;
    const known = database === undefined ? undefined : this.#tables.get(database);
    if (known?.isFresh(mode, this.#clock.now())) return known;
    const key = JSON.stringify([database ?? null, impersonatedUser ?? null]);
    let asking = this.#asking.get(key);
    if (asking === undefined) {
      const stop = new AbortController();
      const question: RoutingQuestion = {
        database,
        impersonatedUser,
        bookmarks: request.bookmarks,
        deadline,
        signal: stop.signal,
      };
      const answer = this.#ask(question).finally(() => {
        if (this.#asking.get(key)?.stop === stop) this.#asking.delete(key);
      });
      answer.catch(() => {});
      asking = { answer, stop, waiting: 0 };
      this.#asking.set(key, asking);
    }
    asking.waiting++;
    try {
      return await unlessAborted(asking.answer, signal);
    } finally {
      if (--asking.waiting === 0) {
        asking.stop.abort();
        if (this.#asking.get(key) === asking) this.#asking.delete(key);
      }
    }
  }

  async #ask({ bookmarks: given = [], ...about }: RoutingQuestion): Promise<RoutingTable> {
    const question: Question = { ...about, bookmarks: typeof given === "function" ? await given() : given };
    const known = question.database === undefined ? undefined : this.#tables.get(question.database);
    const routers = [...(known?.routers ?? [])];
    const others = routers.filter((address) => address !== this.#initialAddress);
    // Without writers the known routers may be cut off from the cluster: ask the URI's address first.
    const candidates =
      known === undefined || known.cameWithoutWriters
        ? [this.#initialAddress, ...others]
        : [...routers, ...(routers.includes(this.#initialAddress) ? [] : [this.#initialAddress])];
    const table = await discover(candidates, question, {
      pool: this.#pool,
      clock: this.#clock,
      routingContext: this.#routingContext,
      forget: (address) => this.#forget(address),
    });
    const now = this.#clock.now();
    for (const [database, other] of this.#tables) if (other.isForgettable(now)) this.#tables.delete(database);
    this.#tables.set(table.database, table);
    return table;
  }

  #provided({ address, connection, release }: Lease<Connection>, database: string): ProvidedConnection {
    const failed = (error: unknown): unknown => {
      const effects = error instanceof Neo4jError ? effectsOf(error) : [];
      const lost = error instanceof ServiceUnavailable || error instanceof SessionExpired;
      if (lost || effects.includes("forgetAddress")) this.#forget(address);
      // Who the connections belong to has to be proved anew: others take their place.
      else if (effects.includes("unauthenticate")) this.#pool.purge(address);
      if (effects.includes("forgetWriter")) this.#tables.get(database)?.writers.delete(address);
      return error;
    };
    return { connection, database: database === "" ? undefined : database, release, failed };
  }

  #forget(address: string): void {
    for (const table of this.#tables.values()) table.forget(address);
    this.#pool.purge(address);
  }

  #leastUsed(addresses: Set<string>): string | undefined {
    const list = [...addresses];
    const first = this.#turn++ % Math.max(1, list.length);
    let best: string | undefined;
    let bestUse = Number.POSITIVE_INFINITY;
    for (const address of [...list.slice(first), ...list.slice(0, first)]) {
      const use = this.#pool.inUse(address);
      if (use < bestUse) [best, bestUse] = [address, use];
    }
    return best;
  }
}

function noServer(mode: AccessMode, database: string, failures: readonly unknown[]): SessionExpired {
  const role = mode === "READ" ? "reads" : "writes";
  const message = `No server that takes ${role} is known for ${database === "" ? "the home database" : `database "${database}"`}.`;
  const Missing = mode === "READ" ? ReadServiceUnavailable : WriteServiceUnavailable;
  const cause = failures.length > 0 ? new AggregateError(failures, "Each server that was tried failed.") : undefined;
  return new SessionExpired(message, { cause: new Missing(message, { cause }) });
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
