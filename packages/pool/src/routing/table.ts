/** A routing table: which servers of a cluster serve a database, in which role, and until when that may be believed. */
import { type bolt, formatAddress, parseAddress } from "@fulgur/neo4j-core";

export type AccessMode = "READ" | "WRITE";

/** How long a table that nobody asked for any more is remembered beyond its end, in milliseconds. */
const purgeDelay = 30_000;
/** Beyond this a time to live means "for ever": adding it to a clock must stay exact. */
const longestTtl = 2 ** 40;

export class RoutingTable {
  readonly database: string;
  readonly routers: Set<string>;
  readonly readers: Set<string>;
  readonly writers: Set<string>;
  /** The moment, on the pool's clock, from which on it is stale. */
  readonly expiresAt: number;
  /** Whether it came without writers, as it may while a cluster elects its leader. */
  readonly cameWithoutWriters: boolean;

  constructor(
    database: string,
    servers: { routers: Iterable<string>; readers: Iterable<string>; writers: Iterable<string> },
    expiresAt: number,
  ) {
    this.database = database;
    this.routers = new Set(servers.routers);
    this.readers = new Set(servers.readers);
    this.writers = new Set(servers.writers);
    this.expiresAt = expiresAt;
    this.cameWithoutWriters = this.writers.size === 0;
  }

  /** The table of an answer to ROUTE; `requested` is the database's name if the answer has none. */
  static from(data: bolt.RoutingTableData, requested: string | undefined, now: number): RoutingTable {
    const addresses = (role: string) =>
      data.servers
        .filter((server) => server.role === role)
        .flatMap((server) => server.addresses)
        .map((address) => formatAddress(parseAddress(address)));
    const ttl = Math.min(Math.max(0, Number(data.ttl) * 1000 || 0), longestTtl);
    return new RoutingTable(
      requested ?? data.db ?? "",
      { routers: addresses("ROUTE"), readers: addresses("READ"), writers: addresses("WRITE") },
      now + ttl,
    );
  }

  /** Whether it says anything useful: somebody to ask next time, and somebody to read from. */
  get isUsable(): boolean {
    return this.routers.size > 0 && this.readers.size > 0;
  }

  servers(mode: AccessMode): Set<string> {
    return mode === "READ" ? this.readers : this.writers;
  }

  isFresh(mode: AccessMode, now: number): boolean {
    return now < this.expiresAt && this.routers.size > 0 && this.servers(mode).size > 0;
  }

  isForgettable(now: number): boolean {
    return now > this.expiresAt + purgeDelay;
  }

  forget(address: string): void {
    this.routers.delete(address);
    this.readers.delete(address);
    this.writers.delete(address);
  }
}
