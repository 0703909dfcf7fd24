/** What a server says about a query that has ended. */
import type { bolt } from "@fulgur/neo4j-codec";
import type { ResultMetadata, ServerIdentity } from "@fulgur/neo4j-core";
import { type Counters, countersOf } from "./counters.ts";
import { type Ending, type GqlStatusObject, type Notification, remarksOf } from "./notification.ts";
import type { Parameters } from "./parameters.ts";
import { ProtocolVersion } from "./protocol-version.ts";

/** The server that a query ran on. (SUM-17 to SUM-20) */
export interface ServerInfo {
  /** `host:port` of the connection. */
  readonly address: string;
  /** What the server calls itself, such as `Neo4j/2026.09.0`. */
  readonly agent: string;
  /** The Bolt version that is spoken. */
  readonly protocolVersion: ProtocolVersion;
}

/** Whether a query read, wrote, did both, or changed the schema. */
export type QueryType = "r" | "w" | "rw" | "s";

export interface ResultSummary {
  /** The query's text and the parameters as they were given. (SUM-04, SUM-05) */
  readonly query: { readonly text: string; readonly parameters: Parameters };
  readonly queryType: QueryType | undefined;
  readonly counters: Counters;
  /** How the query would run, with EXPLAIN. */
  readonly plan: bolt.Plan | undefined;
  /** How the query ran, with PROFILE. */
  readonly profile: bolt.Profile | undefined;
  /** The server's remarks in their older form; `gqlStatusObjects` has them all. */
  readonly notifications: readonly Notification[];
  /** How the query ended, and the server's remarks; never empty. */
  readonly gqlStatusObjects: readonly GqlStatusObject[];
  readonly server: ServerInfo;
  /** The database that ran it. */
  readonly database: { readonly name: string | undefined };
  /** Milliseconds until the server had the first record. */
  readonly resultAvailableAfter: number | undefined;
  /** Milliseconds until the server had sent the last. */
  readonly resultConsumedAfter: number | undefined;
}

export function serverInfo({ address, agent, protocolVersion }: ServerIdentity): ServerInfo {
  return Object.freeze({ address, agent, protocolVersion: ProtocolVersion.parse(protocolVersion) });
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
    queryType: metadata.type as QueryType | undefined,
    counters: countersOf(metadata.stats),
    plan: metadata.plan,
    profile: metadata.profile,
    notifications: Object.freeze(notifications),
    gqlStatusObjects: Object.freeze(gqlStatusObjects),
    server,
    database: Object.freeze({ name: metadata.db }),
    resultAvailableAfter: milliseconds(metadata.tFirst),
    resultConsumedAfter: milliseconds(metadata.tLast),
  });
}

function milliseconds(value: number | bigint | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
