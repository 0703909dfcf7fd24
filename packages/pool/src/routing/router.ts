/**
 * The provider of the `neo4j` schemes: it asks the cluster who serves a database, keeps the answers by database until
 * they expire, and sends reads to readers and writes to writers. (CONN-15, CONN-16, CONN-20)
 */
import {
  type Connection,
  effectsOf,
  type Logger,
  Logging,
  Neo4jError,
  ReadServiceUnavailable,
  ServiceUnavailable,
  SessionExpired,
  WriteServiceUnavailable,
} from "@fulgur/neo4j-core";
import type { Clock } from "../clock.ts";
import { HomeDatabases, homeOwner } from "../home-databases.ts";
import type { Pool } from "../pool.ts";
import type {
  AccessMode,
  ConnectionProvider,
  ConnectionRequest,
  ProvidedConnection,
  TableRequest,
} from "../provider.ts";
import type { ServerSideRouting } from "../server-side-routing.ts";
import type { Lease } from "../shelf.ts";
import { type Candidate, discover, type Question } from "./discovery.ts";
import { SingleFlight } from "./single-flight.ts";
import type { RoutingTable } from "./table.ts";

export interface RouterOptions {
  /** `host:port` of the URI: who is asked when nobody else is known. */
  readonly initialAddress: string;
  /** What the URI's query string says, and the address that the user knows the cluster by. */
  readonly routingContext: Readonly<Record<string, string>>;
  readonly pool: Pool<Connection>;
  readonly clock: Clock;
  /** What a user's resolver makes of the initial address: routers of their own. Default: the address itself. (CONN-34) */
  readonly initialRouters?: (() => Promise<readonly string[]>) | undefined;
  /** How long a router may take to answer, in milliseconds, before the next one is asked; 0: no limit. Default 30,000. */
  readonly answerTimeout?: number | undefined;
  /** What the connected servers do with what reaches the wrong one; without it, nothing is guessed. */
  readonly serverSideRouting?: ServerSideRouting | undefined;
  /** Default: those that listen to every driver. */
  readonly logging?: Logging | undefined;
}

/** A question whose bookmarks may still have to be asked for. */
type RoutingQuestion = Omit<Question, "bookmarks"> & Pick<ConnectionRequest, "bookmarks">;

export class Router implements Pick<ConnectionProvider, "acquire" | "close"> {
  readonly #initialAddress: string;
  readonly #routingContext: Readonly<Record<string, string>>;
  readonly #pool: Pool<Connection>;
  readonly #clock: Clock;
  readonly #initial: Candidate;
  readonly #answerTimeout: number;
  readonly #serverSideRouting: ServerSideRouting | undefined;
  readonly #log: Logger;
  readonly #tables = new Map<string, RoutingTable>();
  readonly #homes = new HomeDatabases();
  readonly #asking = new SingleFlight<RoutingTable>();
  /** Spreads ties between equally busy servers. */
  #turn = 0;

  constructor(options: RouterOptions) {
    const { initialAddress, initialRouters, routingContext, pool, clock, serverSideRouting, logging } = options;
    this.#initialAddress = initialAddress;
    this.#initial =
      initialRouters === undefined ? initialAddress : { address: initialAddress, resolved: initialRouters };
    this.#answerTimeout = options.answerTimeout ?? 30_000;
    this.#routingContext = { ...routingContext, address: initialAddress };
    this.#pool = pool;
    this.#clock = clock;
    this.#serverSideRouting = serverSideRouting;
    const loggers = logging ?? new Logging();
    this.#log = loggers.logger("neo4j.pool");
  }

  /** The table of a database, or of the home database, as far as it is known; for tests and for curiosity. */
  table(database?: string): RoutingTable | undefined {
    const name = database ?? this.#homes.guess(homeOwner(undefined));
    return name === undefined ? undefined : this.#tables.get(name);
  }

  /** Asks for a new table, together with all who do so at the moment. */
  async update(request: TableRequest): Promise<void> {
    await this.#newTable(request);
  }

  /** Each connection on the way, a router's and the server's, may take as long as the request says. (DRV-18) */
  async acquire(request: ConnectionRequest): Promise<ProvidedConnection> {
    const guessed = this.#guessedTable(request);
    if (guessed !== undefined) {
      const provided = await this.#connectionOf(guessed, request, true).catch(unlessExpired);
      if (provided !== undefined && this.#serverSideRouting?.isEverywhere) return provided;
      // No server of the guess can be reached, or one that wouldn't pass the work on if the guess is wrong: better ask.
      await provided?.release();
    }
    return this.#connectionOf(await this.#freshTable(request), request, false);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #connectionOf(table: RoutingTable, request: ConnectionRequest, isGuess: boolean): Promise<ProvidedConnection> {
    const { mode, signal, check, site, auth } = request;
    const deadline = this.#pool.deadline(request.timeout);
    const failures: unknown[] = [];
    for (;;) {
      const address = this.#leastUsed(table.servers(mode));
      if (address === undefined) throw noServer(mode, table.database, failures);
      try {
        const lease = await this.#pool.acquire(address, { deadline, signal, check, site, auth });
        return this.#provided(lease, table.database, isGuess ? homeOwner(request.impersonatedUser, auth) : undefined);
      } catch (error) {
        // A server that can't be reached is no reason to give up while there is another in its role.
        if (!(error instanceof ServiceUnavailable || error instanceof SessionExpired)) throw error;
        failures.push(error);
        this.#forget(address);
      }
    }
  }

  /** The table of what was the user's home when last heard of, if every server would put a wrong guess right. (SES-14) */
  #guessedTable({ database, mode, impersonatedUser, auth }: ConnectionRequest): RoutingTable | undefined {
    if (database !== undefined || !this.#serverSideRouting?.isEverywhere) return undefined;
    const guess = this.#homes.guess(homeOwner(impersonatedUser, auth));
    const table = guess === undefined ? undefined : this.#tables.get(guess);
    return table?.isFresh(mode, this.#clock.now()) ? table : undefined;
  }

  /** A table that has servers for this mode; with no database named, that of the user's home database. */
  async #freshTable(request: ConnectionRequest): Promise<RoutingTable> {
    const { database, mode } = request;
    const known = database === undefined ? undefined : this.#tables.get(database);
    if (known?.isFresh(mode, this.#clock.now())) return known;
    return this.#newTable(request);
  }

  /** Asks, together with all who ask the same at this moment. */
  #newTable({ database, impersonatedUser, auth, bookmarks, timeout, signal }: TableRequest): Promise<RoutingTable> {
    const key = JSON.stringify([
      database ?? null,
      impersonatedUser ?? null,
      homeOwner(undefined, auth),
      timeout === undefined ? null : String(timeout),
    ]);
    const ask = (stop: AbortSignal) =>
      this.#ask({ database, impersonatedUser, auth, bookmarks, timeout, signal: stop });
    return this.#asking.join(key, ask, signal);
  }

  async #ask({ bookmarks: given = [], ...about }: RoutingQuestion): Promise<RoutingTable> {
    const question: Question = { ...about, bookmarks: typeof given === "function" ? await given() : given };
    const table = await discover(this.#candidates(question), question, {
      pool: this.#pool,
      clock: this.#clock,
      routingContext: this.#routingContext,
      answerTimeout: this.#answerTimeout,
      forget: (address) => this.#forget(address),
    });
    const now = this.#clock.now();
    for (const [database, other] of this.#tables) if (other.isForgettable(now)) this.#tables.delete(database);
    this.#tables.set(table.database, table);
    this.#log.info(() => describeTable(table, now));
    if (question.database === undefined)
      this.#homes.learn(homeOwner(question.impersonatedUser, question.auth), table.database);
    return table;
  }

  /** Who is asked: the routers that are known and the URI's own address. (CONN-20) */
  #candidates({ database }: Question): Candidate[] {
    const known = database === undefined ? undefined : this.#tables.get(database);
    const initial = this.#initialAddress;
    // Who knows one database of a cluster knows the others.
    const routers = new Set(
      (known === undefined ? [...this.#tables.values()] : [known]).flatMap((table) => [...table.routers]),
    );
    // Without writers the known routers may be cut off from the cluster: ask the URI's address first.
    if (known === undefined || known.cameWithoutWriters) {
      return [this.#initial, ...[...routers].filter((address) => address !== initial)];
    }
    return [...routers, ...(routers.has(initial) ? [] : [this.#initial])];
  }

  /** @param owner whose home database it is taken for, where that is a guess; the server says what it took */
  #provided(lease: Lease<Connection>, database: string, owner: string | undefined): ProvidedConnection {
    const { address, connection, release, consequences } = lease;
    const failed = (error: unknown): unknown => {
      lease.failed(error);
      const effects = error instanceof Neo4jError ? effectsOf(error) : [];
      const lost = error instanceof ServiceUnavailable || error instanceof SessionExpired;
      if (lost || effects.includes("forgetAddress")) this.#forget(address);
      if (effects.includes("forgetWriter") && this.#tables.get(database)?.writers.delete(address)) {
        this.#log.info(() => `takes no writes for ${named(database)} any more`, { address });
      }
      return error;
    };
    const provided = { connection, release, failed, consequences };
    if (owner === undefined) return { ...provided, database: database === "" ? undefined : database };
    return { ...provided, resolved: (home) => this.#homes.learn(owner, home) };
  }

  #forget(address: string): void {
    this.#log.info("taken out of the routing tables: it can't be reached", { address });
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

function unlessExpired(error: unknown): undefined {
  if (!(error instanceof SessionExpired)) throw error;
}

function work(mode: AccessMode): string {
  return mode === "READ" ? "reads" : "writes";
}

function named(database: string): string {
  return database === "" ? "the home database" : `database "${database}"`;
}

function describeTable({ database, routers, readers, writers, expiresAt }: RoutingTable, now: number): string {
  const lists = [
    `routers ${[...routers].join(", ")}`,
    `readers ${[...readers].join(", ")}`,
    `writers ${[...writers].join(", ")}`,
  ];
  return `routing table for ${named(database)}, good for ${Math.round(expiresAt - now)} ms: ${lists.join("; ")}`;
}

function noServer(mode: AccessMode, database: string, failures: readonly unknown[]): SessionExpired {
  const tried = failures.map((failure) => (failure instanceof Error ? ` ${failure.message}` : "")).join("");
  const message = `No server that takes ${work(mode)} is known for ${named(database)}.${tried}`;
  const Missing = mode === "READ" ? ReadServiceUnavailable : WriteServiceUnavailable;
  const cause = failures.length > 0 ? new AggregateError(failures, "Each server that was tried failed.") : undefined;
  return new SessionExpired(message, { cause: new Missing(message, { cause }) });
}
