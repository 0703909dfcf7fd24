/** What a server says about a query that has ended. */
import { BoltProtocolError, type ResultMetadata, type ServerIdentity } from "@fulgur/neo4j-core";
import { type Counters, countersOf } from "./counters.ts";
import { type Ending, type GqlStatusObject, type Notification, remarksOf } from "./notification.ts";
import type { Parameters } from "./parameters.ts";
import { type Plan, type ProfiledPlan, planOf, profileOf } from "./plan.ts";
import { ProtocolVersion } from "./protocol-version.ts";

/** The server that a query ran on; it can't be changed. (SUM-17 to SUM-21) */
export interface ServerInfo {
  /** `host:port` of the connection. */
  readonly address: string;
  /** What the server calls itself, such as `Neo4j/2026.09.0`. */
  readonly agent: string;
  /** The Bolt version that is spoken. */
  readonly protocolVersion: ProtocolVersion;
  /** The connection's name in the server's logs, such as `bolt-61`. */
  readonly connectionId: string;
}

const queryTypes = ["r", "w", "rw", "s"] as const;

/** Whether a query read (`r`), wrote (`w`), did both (`rw`), or changed the schema (`s`). (SUM-06) */
export type QueryType = (typeof queryTypes)[number];

/** All of it is read-only. Lists that have nothing in them are empty, other things that the server didn't say `undefined`. (SUM-01) */
export interface ResultSummary {
  /** The query's text and the parameters as they were given. (SUM-04, SUM-05) */
  readonly query: { readonly text: string; readonly parameters: Parameters };
  /** A type that Bolt does not have is a BoltProtocolError. */
  readonly queryType: QueryType | undefined;
  readonly counters: Counters;
  /** How the query would run, with EXPLAIN. (SUM-07) */
  readonly plan: Plan | undefined;
  /** How the query ran, with PROFILE. (SUM-08) */
  readonly profile: ProfiledPlan | undefined;
  /**
   * The server's remarks in their older form. (SUM-10, SUM-11)
   *
   * @deprecated `gqlStatusObjects` has them all.
   */
  readonly notifications: readonly Notification[];
  /** How the query ended, and the server's remarks, in the order of their weight; never empty. (SUM-12) */
  readonly gqlStatusObjects: readonly GqlStatusObject[];
  readonly server: ServerInfo;
  /** The database that ran it. (SUM-03) */
  readonly database: { readonly name: string | undefined };
  /** Milliseconds until the server had the first record. (SUM-09) */
  readonly resultAvailableAfter: number | undefined;
  /** Milliseconds until the server had sent the last. */
  readonly resultConsumedAfter: number | undefined;
  /**
   * What the server said, as it said it: the answers to RUN and to the last PULL in one, under the names of Bolt. For what newer servers say
   * and this driver has no name for. (SUM-31)
   */
  readonly metadata: Readonly<{ [key: string]: unknown }>;
}

/** Made once for each connection. */
const servers = /* @__PURE__ */ new WeakMap<ServerIdentity, ServerInfo>();

export function serverInfo(server: ServerIdentity): ServerInfo {
  let info = servers.get(server);
  if (info === undefined) {
    const { address, agent, protocolVersion, connectionId } = server;
    info = Object.freeze({ address, agent, protocolVersion: ProtocolVersion.parse(protocolVersion), connectionId });
    servers.set(server, info);
  }
  return info;
}

/** @throws BoltProtocolError for a type that Bolt doesn't have */
function queryTypeOf(type: string | undefined, { address }: ServerInfo): QueryType | undefined {
  const found = queryTypes.find((known) => known === type);
  if (found !== undefined || type === undefined || type === null) return found;
  throw new BoltProtocolError(
    `The server at ${address} says that the query was of the type ${JSON.stringify(type)}; Bolt has ${queryTypes.join(", ")}.`,
  );
}

/**
 * A summary that is made when somebody looks at it, which few do.
 *
 * @throws BoltProtocolError as {@link resultSummary}, at once
 */
export function laterSummary(
  query: { text: string; parameters: Parameters },
  metadata: ResultMetadata,
  server: ServerInfo,
  ending: Ending,
): () => ResultSummary {
  queryTypeOf(metadata.type, server);
  return () => resultSummary(query, metadata, server, ending);
}

export function resultSummary(
  query: { text: string; parameters: Parameters },
  metadata: ResultMetadata,
  server: ServerInfo,
  ending: Ending,
): ResultSummary {
  const { notifications, gqlStatusObjects } = remarksOf(metadata.statuses, metadata.notifications, ending);
  return Object.freeze({
    query: Object.freeze({ text: query.text, parameters: query.parameters }),
    queryType: queryTypeOf(metadata.type, server),
    counters: countersOf(metadata.stats),
    plan: planOf(metadata.plan),
    profile: profileOf(metadata.profile),
    notifications: Object.freeze(notifications),
    gqlStatusObjects: Object.freeze(gqlStatusObjects),
    server,
    database: Object.freeze({ name: metadata.db }),
    resultAvailableAfter: milliseconds(metadata.tFirst),
    resultConsumedAfter: milliseconds(metadata.tLast),
    metadata: Object.freeze(Object.assign({}, ...metadata.raw)),
  });
}

function milliseconds(value: number | bigint | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
