/** Asks one router after the other for a routing table, until one gives a usable one or says that none will. */
import {
  type AuthToken,
  BoltProtocolError,
  type bolt,
  type Connection,
  effectsOf,
  Neo4jError,
  RoutingServiceUnavailable,
  ServiceUnavailable,
  SessionExpired,
  unlessAborted,
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
  /** How long the way to each router's connection may be, in milliseconds; absent: the pool's own limit. */
  readonly timeout?: number | undefined;
  /** Aborted when nobody waits for the answer any more; its reason is that of the last who did. */
  readonly signal: AbortSignal;
}

/** Who may be asked: an address, or what a user's resolver makes of one when it is its turn. */
export type Candidate = string | { readonly address: string; readonly resolved: () => Promise<readonly string[]> };

export interface DiscoveryContext {
  readonly pool: Pool<Connection>;
  readonly clock: Clock;
  readonly routingContext: Readonly<Record<string, string>>;
  /** How long a router may take to answer, in milliseconds; 0: no limit. */
  readonly answerTimeout: number;
  /** Called for a router that can't be reached. */
  readonly forget: (address: string) => void;
}

/**
 * @throws RoutingServiceUnavailable when no router gave a usable table; its cause has every router's error. An error that
 * any router would give (no such database, no right, bad bookmark, wrong password, bad configuration) is thrown at once, and so is
 * ConnectionAcquisitionTimeoutError: whoever asks has waited for long enough.
 */
export async function discover(
  routers: readonly Candidate[],
  question: Question,
  context: DiscoveryContext,
): Promise<RoutingTable> {
  const failures: unknown[] = [];
  for (const candidate of routers) {
    for (const address of await addressesOf(candidate, failures)) {
      const table = await tableOf(address, question, context, failures);
      if (table?.isUsable) return table;
      if (table !== undefined) failures.push(useless(address, "a routing table without routers or without readers"));
    }
  }
  throw noRouter(routers, question.database, failures);
}

/** A resolver that fails has failed for this router only. */
async function addressesOf(candidate: Candidate, failures: unknown[]): Promise<readonly string[]> {
  if (typeof candidate === "string") return [candidate];
  try {
    return await candidate.resolved();
  } catch (error) {
    if (!(error instanceof ServiceUnavailable)) throw error;
    failures.push(error);
    return [];
  }
}

/** The answer of one router; `undefined` when another one may do better, with the reason among the failures. */
async function tableOf(
  address: string,
  question: Question,
  context: DiscoveryContext,
  failures: unknown[],
): Promise<RoutingTable | undefined> {
  try {
    return await ask(address, question, context);
  } catch (error) {
    const lost =
      error instanceof ServiceUnavailable || error instanceof SessionExpired || error instanceof BoltProtocolError;
    const stop = error instanceof Neo4jError && effectsOf(error).includes("stopDiscovery");
    if (question.signal.aborted || stop || !(lost || error instanceof Neo4jError)) throw error;
    if (lost) context.forget(address);
    failures.push(error);
    return undefined;
  }
}

async function ask(address: string, question: Question, context: DiscoveryContext) {
  const { database, impersonatedUser, auth, bookmarks, signal, timeout } = question;
  const { pool, clock, routingContext } = context;
  const deadline = pool.deadline(timeout);
  const { connection, release, failed } = await pool.acquire(address, { deadline, signal, auth });
  try {
    const extra = {
      ...(database === undefined ? {} : { db: database }),
      ...(impersonatedUser === undefined ? {} : { impUser: impersonatedUser }),
    };
    const answer = connection.route(routingContext, bookmarks, extra);
    return tableFrom(address, await unlessSilent(answer, address, connection, signal, context), database, clock);
  } catch (error) {
    failed(error);
    throw error;
  } finally {
    await release();
  }
}

/** A router that says nothing is as good as gone, and so is its connection. */
async function unlessSilent<T>(
  answer: Promise<T>,
  address: string,
  connection: Connection,
  signal: AbortSignal,
  { clock, answerTimeout }: DiscoveryContext,
): Promise<T> {
  const limit = new AbortController();
  const silent = () =>
    limit.abort(new ServiceUnavailable(`The router ${address} didn't answer within ${answerTimeout} ms.`));
  const abandoned = () => limit.abort(signal.reason);
  const timer = answerTimeout > 0 ? clock.setTimer(answerTimeout, silent) : undefined;
  signal.addEventListener("abort", abandoned, { once: true });
  try {
    return await unlessAborted(answer, limit.signal);
  } catch (error) {
    if (limit.signal.aborted) connection.destroy(limit.signal.reason);
    throw error;
  } finally {
    timer?.cancel();
    signal.removeEventListener("abort", abandoned);
  }
}

function tableFrom(address: string, data: bolt.RoutingTableData, database: string | undefined, clock: Clock) {
  try {
    return RoutingTable.from(data, database, clock.now());
  } catch (cause) {
    throw useless(address, "a routing table that can't be read", cause);
  }
}

function useless(address: string, what: string, cause?: unknown): RoutingServiceUnavailable {
  return new RoutingServiceUnavailable(`${address} gave ${what}.`, cause === undefined ? {} : { cause });
}

function noRouter(routers: readonly Candidate[], database: string | undefined, failures: readonly unknown[]) {
  const reasons = failures.map((failure) => (failure instanceof Error ? failure.message : String(failure)));
  const asked = routers.map((router) => (typeof router === "string" ? router : router.address));
  const what = database === undefined ? "the home database" : `database "${database}"`;
  return new RoutingServiceUnavailable(
    `No router gave a routing table for ${what}; asked ${asked.join(", ")}. ${reasons.join(" ")}`.trim(),
    { cause: failures.length === 1 ? failures[0] : new AggregateError(failures, reasons.join(" ")) },
  );
}
