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
export {
  type BrokenValue,
  type Column,
  ColumnTable,
  type ColumnType,
  isBrokenValue,
} from "@fulgur/neo4j-codec";
export {
  Address,
  type AddressDefaults,
  type AddressParts,
  type AuthToken,
  auth,
  type ByteStream,
  type bolt,
  type CertificateSource,
  type ClientCertificate,
  type ClientCertificateProvider,
  type ClientCertificateProviders,
  type CustomAuth,
  clientCertificateProviders,
  type ExpiringAuthToken,
  type Expiry,
  expiringAuth,
  isIPv6Address,
  type KeyFile,
  type NotificationFilter,
  type NotificationFilterDisabledClassification,
  type NotificationFilterMinimumSeverityLevel,
  type Passphrase,
  type RotatingClientCertificateProvider,
  type StreamConnector,
  type StreamTarget,
  type TlsOptions,
  type Trust,
  type TrustedCertificates,
} from "@fulgur/neo4j-core";
export {
  type AccessMode,
  type AddressLike,
  type AuthTokenAndExpiration,
  type AuthTokenManager,
  authTokenManagers,
  type DriverAuth,
  type Resolver,
  type SecurityErrorCode,
  type TokenProvider,
  type UnresolvedAddress,
} from "@fulgur/neo4j-pool";
export { type BookmarkManager, type BookmarkManagerConfig, bookmarkManager } from "./bookmark-manager.ts";
export { Bookmarks } from "./bookmarks.ts";
export type { CallLimits } from "./call.ts";
export type { Config } from "./config.ts";
export * from "./constants.ts";
export type { Counters, Updates } from "./counters.ts";
export type { CypherFragment } from "./cypher-fragment.ts";
export { type CypherTag, cypher } from "./cypher-tag.ts";
export type { Driver } from "./driver.ts";
export { EagerResult } from "./eager.ts";
export type { Environment } from "./env.ts";
export * from "./errors.ts";
export type { ExecuteQueryConfig } from "./execute-query-config.ts";
export { type DriverFactory, driver } from "./factory.ts";
export * from "./logging.ts";
export type { ManagedWork } from "./managed.ts";
export { neo4j as default } from "./neo4j.ts";
export type {
  GqlStatusObject,
  InputPosition,
  Notification,
  NotificationClassification,
  NotificationSeverity,
} from "./notification.ts";
export { graph, type IntegerLike, integer, spatial, temporal, types } from "./npm-names.ts";
export type { Parameters } from "./parameters.ts";
export type { Plan, ProfiledPlan } from "./plan.ts";
export { ProtocolVersion } from "./protocol-version.ts";
export { Query, type QueryInput } from "./query.ts";
export { Record } from "./record.ts";
export type { Result } from "./result.ts";
export type { ResultBatch } from "./result-batch.ts";
export { type MappedConfig, type ResultTransformer, resultTransformers } from "./result-transformers.ts";
export type { RetryConfig } from "./retry-config.ts";
export type { AnyRow } from "./row.ts";
export {
  type OutputOf,
  RowValidationError,
  type SchemaIssue,
  type SchemaResult,
  type StandardSchema,
} from "./row-schema.ts";
export type { Session } from "./session.ts";
export type { SessionConfig } from "./session-config.ts";
export type { QueryType, ResultSummary, ServerInfo } from "./summary.ts";
export type { ArrowLibrary } from "./table/arrow-library.ts";
export { arrowRecordBatch, arrowTable } from "./table/arrow-table.ts";
export type { ArrowOptions, ColumnsOptions } from "./table/columns-options.ts";
export { type RowsInput, rows } from "./table/rows.ts";
export type { ManagedTransaction, Transaction } from "./transaction.ts";
export type { BeginConfig, CallConfig, ManagedConfig, TransactionConfig } from "./transaction-config.ts";
export { unitOfWork } from "./unit-of-work.ts";
export * from "./values.ts";
export { Neo4jDeprecationWarning, Neo4jWarning } from "./warnings/neo4j-warning.ts";
export type { WarningKind, WarnNotificationSeverity } from "./warnings/warnings.ts";
