/**
 * `@fulgur/neo4j-core`: one Bolt connection to a Neo4j server, usable by itself.
 *
 * @example
 * ```ts
 * const connection = await connect("bolt://localhost:7687", auth.basic("neo4j", password));
 * for await (const row of connection.run("RETURN 1 AS one").objects()) console.log(row.one);
 * await connection.close();
 * ```
 */

export type { BoltVersion, bolt, Codec, RecordBatch } from "@fulgur/neo4j-codec";
export { boltVersions, isBrokenValue } from "@fulgur/neo4j-codec";
export { onAbort } from "./abort-listeners.ts";
export { Address, type AddressDefaults, type AddressParts, isIPv6Address } from "./address.ts";
export { checkedMoment, type ExpiringAuthToken, type Expiry, expiringAuth } from "./auth/expiring-auth.ts";
export { type AuthToken, auth, authTokenEquals, type CustomAuth, checkedAuthToken } from "./auth/tokens.ts";
export {
  type ClientCertificate,
  type ClientCertificateProvider,
  type ClientCertificateProviders,
  checkClientCertificate,
  clientCertificateProviders,
  type KeyFile,
  type Passphrase,
  type RotatingClientCertificateProvider,
} from "./client-certificate.ts";
export type { Clock, Timer } from "./clock.ts";
export { connect } from "./connection/connect.ts";
export type { Connection, RunOptions, ServerIdentity } from "./connection/connection.ts";
export type { ConnectOptions } from "./connection/options.ts";
export type { ResultMetadata, ResultStream } from "./connection/result-stream.ts";
export { checkTlsOptions, type EncryptionOptions, type TlsOptions, tlsSettings } from "./encryption.ts";
export * from "./errors.ts";
export type { State } from "./gen/states.ts";
export { type LogLevel, type LogThreshold, logThresholds } from "./logging/level.ts";
export { lineOf } from "./logging/line.ts";
export { Logger, type LogText } from "./logging/logger.ts";
export { Logging } from "./logging/logging.ts";
export { type LogFields, type LoggerName, type LogRecord, loggerNames } from "./logging/record.ts";
export type { LogFunction, LoggerObject, LoggingConfig, LoggingOption } from "./logging/sinks.ts";
export { type TextOutput, Watcher, type WatcherOptions, type WatchOptions, watch } from "./logging/watcher.ts";
export { nearest } from "./nearest.ts";
export type {
  NotificationFilter,
  NotificationFilterDisabledClassification,
  NotificationFilterMinimumSeverityLevel,
} from "./notification-filter.ts";
export {
  type PoolEvent,
  type PoolEventCounts,
  type PoolEventMessage,
  publishPoolEvent,
} from "./tracing/pool-events.ts";
export {
  isHeard,
  serverAttributes,
  type TraceAttributes,
  type TracedOperation,
  type TraceMessage,
  traced,
} from "./tracing/tracing.ts";
export { type AsyncMark, asyncMark, emitWarning, environmentVariable, runWithLogContext } from "./transport/host.ts";
export type {
  ByteStream,
  OpenTransport,
  StreamConnector,
  StreamTarget,
  TlsSettings,
  Transport,
  TransportListener,
  TransportTarget,
} from "./transport/transport.ts";
export { type CertificateSource, checkTrustedCertificates, type Trust, type TrustedCertificates } from "./trust.ts";
export { unlessAborted } from "./unless-aborted.ts";
export {
  type BoltUri,
  defaultPort,
  formatAddress,
  parseAddress,
  parseUri,
  type ServerAddress,
  type UriScheme,
} from "./uri.ts";
