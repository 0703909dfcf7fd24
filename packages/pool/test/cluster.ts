import type { bolt, Connection } from "@fulgur/neo4j-core";
import { createPool, Router, type RouterOptions } from "../src/index.ts";
import { FakeClock } from "./fake-clock.ts";
import { FakeConnection } from "./fake-connection.ts";

/** What one server of a made-up cluster does. */
export interface Member {
  /** Opening fails with this. */
  down?: Error;
  /** What it answers to ROUTE. */
  route?: (
    extra: bolt.RouteExtra,
    bookmarks: readonly string[],
  ) => bolt.RoutingTableData | Error | Promise<bolt.RoutingTableData>;
}

/** One question that a member was asked. */
export interface Asked {
  readonly address: string;
  readonly routing: Readonly<{ [key: string]: unknown }>;
  readonly bookmarks: readonly string[];
  readonly extra: bolt.RouteExtra;
}

export class Cluster {
  readonly clock = new FakeClock();
  readonly members = new Map<string, Member>();
  readonly asked: Asked[] = [];
  readonly opened: string[] = [];
  readonly connections: FakeConnection[] = [];
  readonly pool = createPool<Connection>({
    clock: this.clock,
    connect: async (address, open) => {
      this.opened.push(address);
      const member = this.members.get(address);
      if (member === undefined) throw new Error(`the test has no member ${address}`);
      if (member.down !== undefined) throw member.down;
      const connection = new FakeConnection(address, open);
      this.connections.push(connection);
      return Object.assign(connection, {
        route: async (routing: Asked["routing"], bookmarks: readonly string[] = [], extra: bolt.RouteExtra = {}) => {
          this.asked.push({ address, routing, bookmarks, extra });
          const answer =
            (await this.members.get(address)?.route?.(extra, bookmarks)) ?? new Error(`${address} is no router`);
          if (answer instanceof Error) throw answer;
          return answer;
        },
      }) as unknown as Connection;
    },
  });
  readonly router: Router;

  constructor(options: Partial<RouterOptions> = {}) {
    this.router = new Router({
      initialAddress: "seed:7687",
      routingContext: { policy: "europe" },
      pool: this.pool,
      clock: this.clock,
      ...options,
    });
  }
}

/** A routing table as a server sends it. */
export function table(
  servers: { routers?: string[]; readers?: string[]; writers?: string[] },
  { db = "neo4j", ttl = 300 }: { db?: string; ttl?: number } = {},
): bolt.RoutingTableData {
  const { routers = ["seed:7687"], readers = ["r1:7687", "r2:7687"], writers = ["w:7687"] } = servers;
  return {
    ttl,
    db,
    servers: [
      { role: "WRITE", addresses: writers },
      { role: "READ", addresses: readers },
      { role: "ROUTE", addresses: routers },
    ],
  };
}
