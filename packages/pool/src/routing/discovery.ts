/** Asks one router after the other for a routing table, until one gives a usable one or says that none will. */
import {
  type AuthToken,
  type Connection,
  effectsOf,
  Neo4jError,
  RoutingServiceUnavailable,
  ServiceUnavailable,
  SessionExpired,
} from "@fulgur/neo4j-core";
import type { Clock } from "../clock.ts";
import type { Pool } from "../pool.ts";
import { RoutingTable } from "./table.ts";

export interface Question {
  /** Absent: which is the user's home database, and who serves it? */
  readonly database: string | undefined;
  readonly impersonatedUser: string | undefined;
  /** Who asks; absent: the driver's own user. */
  readonly auth?: AuthToken | undefined;
  readonly bookmarks: readonly string[];
  readonly deadline: number;
  readonly signal: AbortSignal;
}

export interface DiscoveryContext {
  readonly pool: Pool<Connection>;
  readonly clock: Clock;
  readonly routingContext: Readonly<Record<string, string>>;
  /** Called for a router that can't be reached. */
  readonly forget: (address: string) => void;
}

/**
 * @throws RoutingServiceUnavailable when no router gave a usable table; its cause has every router's error. An error that
 * any router would give (no such database, no right, bad bookmark, wrong password, bad configuration) is thrown at once.
 */
export async function discover(
  routers: readonly string[],
  question: Question,
  context: DiscoveryContext,
): Promise<RoutingTable> {
  const failures: unknown[] = [];
  for (const address of routers) {
    try {
      const table = await ask(address, question, context);
      if (table.isUsable) return table;
      failures.push(
        new RoutingServiceUnavailable(`${address} gave a routing table without routers or without readers.`),
      );
    } catch (error) {
      const lost = error instanceof ServiceUnavailable || error instanceof SessionExpired;
      const stop = error instanceof Neo4jError && effectsOf(error).includes("stopDiscovery");
      if (question.signal.aborted || stop || !(lost || error instanceof Neo4jError)) throw error;
      if (lost) context.forget(address);
      failures.push(error);
    }
  }
  throw noRouter(routers, question.database, failures);
}

async function ask(address: string, question: Question, { pool, clock, routingContext }: DiscoveryContext) {
  const { database, impersonatedUser, auth, bookmarks, deadline, signal } = question;
  const { connection, release } = await pool.acquire(address, { deadline, signal, auth });
  try {
    const extra = {
      ...(database === undefined ? {} : { db: database }),
      ...(impersonatedUser === undefined ? {} : { impUser: impersonatedUser }),
    };
    const data = await connection.route(routingContext, bookmarks, extra);
    return RoutingTable.from(data, database, clock.now());
  } finally {
    await release();
  }
}

function noRouter(routers: readonly string[], database: string | undefined, failures: readonly unknown[]) {
  const reasons = failures.map((failure) => (failure instanceof Error ? failure.message : String(failure)));
  const what = database === undefined ? "the home database" : `database "${database}"`;
  return new RoutingServiceUnavailable(
    `No router gave a routing table for ${what}; asked ${routers.join(", ")}. ${reasons.join(" ")}`.trim(),
    { cause: failures.length === 1 ? failures[0] : new AggregateError(failures, reasons.join(" ")) },
  );
}
