/**
 * `@fulgur/neo4j-driver`: everything that an application needs to talk to Neo4j.
 *
 * @example
 * ```ts
 * await using db = driver("neo4j://localhost:7687", auth.basic("neo4j", password));
 * const { records } = await db.executeQuery<{ name: string }>("MATCH (p:Person) RETURN p.name AS name");
 * for (const record of records) console.log(record.get("name"));
 * ```
 *
 * @packageDocumentation
 */
import { auth } from "@fulgur/neo4j-core";
import * as types from "@fulgur/neo4j-types";
import { bookmarkManager } from "./bookmarks.ts";
import * as constants from "./constants.ts";
import { driver } from "./driver.ts";
import { resultTransformers } from "./result-transformers.ts";

export {
  type AuthToken,
  auth,
  type bolt,
  type CustomAuth,
  type NotificationFilter,
  type NotificationFilterDisabledClassification,
  type NotificationFilterMinimumSeverityLevel,
} from "@fulgur/neo4j-core";
export type { AccessMode } from "@fulgur/neo4j-pool";
export {
  type BookmarkManager,
  type BookmarkManagerConfig,
  Bookmarks,
  bookmarkManager,
} from "./bookmarks.ts";
export type { Config } from "./config.ts";
export * from "./constants.ts";
export type { Counters, Updates } from "./counters.ts";
export { type Driver, driver } from "./driver.ts";
export type { EagerResult } from "./eager.ts";
export { fromEnv } from "./env.ts";
export * from "./errors.ts";
export type { ExecuteQueryConfig } from "./execute-query-config.ts";
export type { ManagedWork } from "./managed.ts";
export type {
  GqlStatusObject,
  InputPosition,
  Notification,
  NotificationClassification,
  NotificationSeverity,
} from "./notification.ts";
export type { Parameters } from "./parameters.ts";
export type { ProtocolVersion } from "./protocol-version.ts";
export { Query, type QueryInput } from "./query.ts";
export { Record } from "./record.ts";
export type { Result } from "./result.ts";
export type { ResultBatch } from "./result-batch.ts";
export { type MappedConfig, type ResultTransformer, resultTransformers } from "./result-transformers.ts";
export type { AnyRow } from "./row.ts";
export type { CallConfig, Session } from "./session.ts";
export type { SessionConfig } from "./session-config.ts";
export type { QueryType, ResultSummary, ServerInfo } from "./summary.ts";
export type { ManagedTransaction, Transaction } from "./transaction.ts";
export type { TransactionConfig } from "./transaction-config.ts";
export * from "./values.ts";

/** The public names of npm's `neo4j-driver` in one object, for code that imports it so. */
const neo4j = {
  driver,
  auth,
  bookmarkManager,
  resultTransformers,
  types,
  int: types.int,
  routing: constants.routing,
  session: constants.session,
  error: constants.error,
  notificationSeverityLevel: constants.notificationSeverityLevel,
  notificationClassification: constants.notificationClassification,
  notificationFilterMinimumSeverityLevel: constants.notificationFilterMinimumSeverityLevel,
  notificationFilterDisabledClassification: constants.notificationFilterDisabledClassification,
  isNode: types.isNode,
  isRelationship: types.isRelationship,
  isUnboundRelationship: types.isUnboundRelationship,
  isPath: types.isPath,
  isPoint: types.isPoint,
  isDate: types.isDate,
  isDateTime: types.isDateTime,
  isDuration: types.isDuration,
  isLocalDateTime: types.isLocalDateTime,
  isLocalTime: types.isLocalTime,
  isTime: types.isTime,
} as const;

export default neo4j;
