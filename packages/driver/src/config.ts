/** The options of a driver: what they mean, what they are by default, and what is wrong with the ones given. */
import {
  type CertificateSource,
  type ClientCertificate,
  type ClientCertificateProvider,
  ConfigurationError,
  type ConnectOptions,
  checkClientCertificate,
  checkTlsOptions,
  checkTrustedCertificates,
  Logging,
  type LoggingOption,
  type NotificationFilter,
  type StreamConnector,
  type TlsOptions,
  type TrustedCertificates,
} from "@fulgur/neo4j-core";
import type { ProviderOptions, Resolver } from "@fulgur/neo4j-pool";
import {
  checkFetchSize,
  checkFlag,
  checkMilliseconds,
  checkNotificationFilter,
  checkOneOf,
  checkOptionalText,
  checkTemporal,
  checkTexts,
} from "./option-checks.ts";
import { otherDriverOptions } from "./other-names.ts";
import { type CheckedRetryConfig, checkRetryConfig, type RetryConfig } from "./retry-config.ts";
import { refuseUnknownKeys } from "./unknown-keys.ts";
import { isDebugMode } from "./warnings/debug-mode.ts";
import {
  type WarningKind,
  type WarningSettings,
  type WarnNotificationSeverity,
  warningKinds,
} from "./warnings/warnings.ts";

/** Durations are milliseconds. `undefined` is the default. */
export interface Config extends RetryConfig {
  /** The database of sessions and of `executeQuery` that name none. Default: the user's home database. (DRV-35) */
  readonly database?: string | undefined;
  /** Most connections per server, opening ones included. Default 100; below 0: no limit. (DRV-24) */
  readonly maxConnectionPoolSize?: number | undefined;
  /** Longest way to a connection, in ms: waiting, connecting, logging in; a router's, if one is asked first, has as long. Default 60000. (DRV-18) */
  readonly connectionAcquisitionTimeout?: number | undefined;
  /** How long DNS, TCP and TLS of one connection may take, in ms. Default 30000; 0: no limit. (DRV-19) */
  readonly connectionTimeout?: number | undefined;
  /** How long a server may take for handshake and login, in ms, and a router for its answer. Default 30000; 0: no limit. (CONN-42) */
  readonly loginTimeout?: number | undefined;
  /** How long the network may take nothing of what is to be sent, in ms, until a connection is given up. Default 30000; 0: no limit. (DRV-36) */
  readonly connectionWriteTimeout?: number | undefined;
  /** Whether TCP asks an idle server whether it is still there. Default true. (DRV-21) */
  readonly keepAlive?: boolean | undefined;
  /**
   * Gives the addresses to connect to in place of the one that the URI or a routing table names, whenever a connection is opened; they are tried in
   * their order, and may be names: DNS comes after it. A certificate must be for the name that it gave. It is given host and port, by name or as a pair, and
   * gives `"host:port"`, `[host, port]` or `{ host, port }`, one or several, at once or later. What it throws is the `cause` of a
   * ServiceUnavailable. (DRV-26, CONN-32)
   */
  readonly resolver?: Resolver | undefined;
  /**
   * Gives the byte stream to a server in the place of TCP: a `Duplex` of Node's, such as a socket, a proxy's or an SSH tunnel's. It is called for
   * each connection, with host and port as they are known (after `resolver`, before DNS) and a signal; TLS goes over what it gives. What it
   * throws is the `cause` of a ServiceUnavailable. Default: TCP.
   */
  readonly connect?: StreamConnector | undefined;
  /** Age in ms from which on a connection isn't used again. Default 3600000, one hour; below 0: no limit. (DRV-22) */
  readonly maxConnectionLifetime?: number | undefined;
  /** A connection that was idle for longer, in ms, is tested before use. Default: never; 0: always. (DRV-23) */
  readonly connectionLivenessCheckTimeout?: number | undefined;
  /** Records per portion that is asked for; -1: all at once. Default 1000. (SES-19) */
  readonly fetchSize?: number | undefined;
  /** Whether to encrypt. Only with `bolt` and `neo4j`; the other schemes say it themselves. Default false. (DRV-20) */
  readonly encrypted?: boolean | undefined;
  /**
   * Who must have signed the server's certificate, with `encrypted`: certificate authorities, each as the path of a file, a `file:` URL, PEM text or
   * bytes; or "TRUST_ALL_CERTIFICATES" for whoever. Default: "TRUST_SYSTEM_CA_SIGNED_CERTIFICATES", the system's authorities. Only with `bolt` and
   * `neo4j`. What can't be read is a CertificateConfigurationError when a connection is opened. (DRV-28, TLS-02 to TLS-05)
   */
  readonly trustedCertificates?: TrustedCertificates | CertificateSource | undefined;
  /**
   * Who this client is, for servers that ask for a certificate: `{ certfile, keyfile, password }`, or a provider such as
   * `clientCertificateProviders.rotating`. Without effect unless encrypted; the auth token is needed as well. Default: nobody. (TLS-07 to TLS-11)
   */
  readonly clientCertificate?: ClientCertificate | ClientCertificateProvider | undefined;
  /**
   * Options of Node's `tls.connect`, or a SecureContext: encrypts, and makes `encrypted`, `trustedCertificates` and `clientCertificate` moot. For what
   * those can't say, at your own risk. Only with `bolt` and `neo4j`. (TLS-06)
   */
  readonly tls?: TlsOptions | undefined;
  /** Names the application to the server, as `Name/Version`. Default: this driver's own name and version. (DRV-29) */
  readonly userAgent?: string | undefined;
  /** Which remarks about queries the server leaves out. (DRV-31, DRV-32) */
  readonly notificationFilter?: NotificationFilter | undefined;
  /** Never count the use of interfaces, even for a server that asks for it. Default false. (DRV-34) */
  readonly telemetryDisabled?: boolean | undefined;
  /** Don't repeat an auto-commit query of whose failure the server says that nothing was done. Default false. (TX-02) */
  readonly disableAutoCommitRetries?: boolean | undefined;
  /**
   * What Cypher's integers become. "auto" (default): a number where it is exact, else a bigint; "bigint": always a
   * bigint; "number": always a number, and an error where that isn't exact.
   */
  readonly integers?: "auto" | "bigint" | "number" | undefined;
  /** How bytes become values. "auto" (default) chooses by result. */
  readonly engine?: "auto" | "wasm" | "plain" | undefined;
  /**
   * What Cypher's temporal values become. "native" (default): this package's own classes, lossless. "temporal": objects of the global TC39
   * Temporal; `{ implementation }`: of another one, such as a polyfill's. Values that Temporal has no object for stay native.
   */
  readonly temporal?: ConnectOptions["temporal"] | undefined;
  /**
   * What lists of nothing but floats, such as embeddings, become. "array" (default): arrays, as other lists; "typed": Float64Arrays, which
   * cost less than half. An empty list stays an array.
   */
  readonly floatLists?: "array" | "typed" | undefined;
  /**
   * Whether JavaScript may be generated for rows of one shape. Default: where the runtime allows it, which a strict content security
   * policy doesn't. Without it the values are the same, and cost more time. `true` where it isn't allowed is an error.
   */
  readonly codeGeneration?: boolean | undefined;
  /**
   * Whether each string is of its own. By default (false) strings that arrived together may be parts of one text, which stays in memory as long
   * as one of them does: faster, but set it when few strings of large results are kept for long.
   */
  readonly detachStrings?: boolean | undefined;
  /**
   * Who hears what the driver does: `{ level, levels, logger }`, or just a logger, such as pino's. Default: nobody, but
   * `NODE_DEBUG=neo4j` and `watch()` always work. (LOG-02, LOG-10)
   */
  readonly logging?: LoggingOption | undefined;
  /**
   * Debug mode, for development: drivers and sessions that were not closed raise a process warning, and so do all of the server's
   * remarks. Default: whether the environment has `NEO4J_DEBUG`. (LOG-19)
   */
  readonly debug?: boolean | undefined;
  /**
   * The lowest severity for which a server's remark about a query is raised as a process warning, once for each remark and query.
   * Default "OFF"; in debug mode "INFORMATION", that is all. (DRV-33)
   */
  readonly warnNotificationSeverity?: WarnNotificationSeverity | undefined;
  /** Kinds of process warnings that this driver is not to raise. Default: none. (LOG-16) */
  readonly suppressWarnings?: readonly WarningKind[] | undefined;
}

/** What became of a driver's options. */
export interface CheckedConfig {
  readonly provider: ProviderOptions & { readonly connectionAcquisitionTimeout: number };
  readonly database: string | undefined;
  readonly retry: CheckedRetryConfig & { readonly maxTransactionRetryTime: number };
  readonly fetchSize: number;
  readonly encrypted: boolean;
  readonly disableAutoCommitRetries: boolean;
  readonly logging: Logging;
  readonly debug: boolean;
  readonly warnings: WarningSettings;
}

/** Every option; the compiler misses none. */
const options: { readonly [option in keyof Required<Config>]: true } = {
  database: true,
  maxConnectionPoolSize: true,
  connectionAcquisitionTimeout: true,
  connectionTimeout: true,
  loginTimeout: true,
  connectionWriteTimeout: true,
  keepAlive: true,
  resolver: true,
  connect: true,
  maxConnectionLifetime: true,
  connectionLivenessCheckTimeout: true,
  maxTransactionRetryTime: true,
  initialRetryDelay: true,
  retryDelayMultiplier: true,
  retryDelayJitterFactor: true,
  fetchSize: true,
  encrypted: true,
  trustedCertificates: true,
  clientCertificate: true,
  tls: true,
  userAgent: true,
  notificationFilter: true,
  telemetryDisabled: true,
  disableAutoCommitRetries: true,
  integers: true,
  engine: true,
  temporal: true,
  floatLists: true,
  codeGeneration: true,
  detachStrings: true,
  logging: true,
  debug: true,
  warnNotificationSeverity: true,
  suppressWarnings: true,
};

/** The names of the driver's options. */
export const driverOptions = Object.keys(options) as readonly (keyof Config)[];

/** @throws ConfigurationError naming the option that is unknown or wrong; nothing of the given object is kept. (DRV-39) */
export function checkConfig(config: Config | null | undefined): CheckedConfig {
  const given = config ?? {};
  if (typeof given !== "object" || Array.isArray(given)) {
    throw new ConfigurationError("The driver's configuration must be an object of options.");
  }
  refuseUnknownKeys(given, driverOptions, "driver", otherDriverOptions);
  const fetchSize = checkFetchSize(given.fetchSize) ?? 1000;
  const logging = new Logging(given.logging);
  const debug = isDebugMode(checkFlag("debug", given.debug));
  const severity = checkOneOf("warnNotificationSeverity", given.warnNotificationSeverity, severities);
  const ms = (option: MillisecondsOption) => checkMilliseconds(option, given[option]);
  return {
    provider: {
      maxConnectionPoolSize: checkPoolSize(given.maxConnectionPoolSize),
      connectionAcquisitionTimeout: ms("connectionAcquisitionTimeout") ?? 60_000,
      maxConnectionLifetime: checkLifetime(given.maxConnectionLifetime) ?? 3_600_000,
      connectionLivenessCheckTimeout: ms("connectionLivenessCheckTimeout"),
      resolver: checkFunction<Resolver>("resolver", given.resolver, "gives others"),
      connectOptions: connectOptions(given, fetchSize),
      logging,
    },
    database: checkOptionalText("database", given.database),
    retry: { maxTransactionRetryTime: 30_000, ...checkRetryConfig(given) },
    fetchSize,
    encrypted: given.encrypted === true || (given.tls !== undefined && given.tls !== null),
    disableAutoCommitRetries: checkFlag("disableAutoCommitRetries", given.disableAutoCommitRetries) ?? false,
    logging,
    debug,
    warnings: {
      severity: severity ?? (debug ? "INFORMATION" : "OFF"),
      suppressed: checkKinds(given.suppressWarnings),
    },
  };
}

type MillisecondsOption = Extract<keyof Config, `${string}Timeout`>;

function connectOptions(given: Config, fetchSize: number): ConnectOptions {
  const options = {
    connectionTimeout: checkTimer("connectionTimeout", given.connectionTimeout) ?? 30_000,
    loginTimeout: checkTimer("loginTimeout", given.loginTimeout) ?? 30_000,
    connectionWriteTimeout: checkTimer("connectionWriteTimeout", given.connectionWriteTimeout) ?? 30_000,
    keepAlive: checkFlag("keepAlive", given.keepAlive) ?? true,
    connect: checkFunction<StreamConnector>("connect", given.connect, "gives a stream that leads there"),
    encrypted: checkFlag("encrypted", given.encrypted),
    trustedCertificates: checkTrustedCertificates(given.trustedCertificates),
    clientCertificate: checkClientCertificate(given.clientCertificate),
    tls: checkTlsOptions(given.tls),
    userAgent: checkOptionalText("userAgent", given.userAgent),
    notificationFilter: checkNotificationFilter(given.notificationFilter),
    telemetryDisabled: checkFlag("telemetryDisabled", given.telemetryDisabled),
    integers: checkOneOf("integers", given.integers, ["auto", "bigint", "number"]),
    engine: checkOneOf("engine", given.engine, ["auto", "wasm", "plain"]),
    temporal: checkTemporal(given.temporal),
    floatLists: checkOneOf("floatLists", given.floatLists, ["array", "typed"]),
    codeGeneration: checkFlag("codeGeneration", given.codeGeneration),
    detachStrings: checkFlag("detachStrings", given.detachStrings),
    fetchSize,
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

const severities = ["OFF", "WARNING", "INFORMATION"] as const;

function checkKinds(value: unknown): readonly WarningKind[] {
  const option = "suppressWarnings";
  return (checkTexts(option, value) ?? []).map((kind) => checkOneOf(option, kind, warningKinds)!);
}

function checkFunction<F>(option: string, value: unknown, what: string): F | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "function") return value as F;
  throw new ConfigurationError(`The option \`${option}\` must be a function that is given an address and ${what}.`, {
    option,
  });
}

/** Below 0: no limit. */
function checkPoolSize(value: unknown): number {
  if (value === undefined || value === null) return 100;
  if (typeof value === "number" && (value < 0 || value === Number.POSITIVE_INFINITY)) return Number.POSITIVE_INFINITY;
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  const option = "maxConnectionPoolSize";
  throw new ConfigurationError(`The option \`${option}\` must be a whole number from 1; below 0: no limit.`, {
    option,
  });
}

/** A limit beyond what timers can count to is none, which 0 stands for. */
function checkTimer(option: string, value: unknown): number | undefined {
  const ms = checkMilliseconds(option, value);
  return ms !== undefined && ms > 2 ** 31 - 1 ? 0 : ms;
}

function checkLifetime(value: unknown): number | undefined {
  if (typeof value === "number" && value < 0) return Number.POSITIVE_INFINITY;
  return checkMilliseconds("maxConnectionLifetime", value);
}
