/** The options of a driver: what they mean, what they are by default, and what is wrong with the ones given. */
import { ConfigurationError, type ConnectOptions, type NotificationFilter } from "@fulgur/neo4j-core";
import type { ProviderOptions } from "@fulgur/neo4j-pool";
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
import { nearest } from "./unknown-keys.ts";

/** Durations are milliseconds. `undefined` is the default. */
export interface Config {
  /** Most connections per server, opening ones included. Default 100; below 0: no limit. (DRV-24) */
  readonly maxConnectionPoolSize?: number | undefined;
  /** Longest way from asking for a connection to having one, in ms. Default 60000. (DRV-18) */
  readonly connectionAcquisitionTimeout?: number | undefined;
  /** Longest way to open one connection, login included, in ms. Default 30000; 0: no limit. (DRV-19) */
  readonly connectionTimeout?: number | undefined;
  /** Age in ms from which on a connection isn't used again. Default 3600000, one hour; below 0: no limit. (DRV-22) */
  readonly maxConnectionLifetime?: number | undefined;
  /** A connection that was idle for longer, in ms, is tested before use. Default: never; 0: always. (DRV-23) */
  readonly connectionLivenessCheckTimeout?: number | undefined;
  /** How long after its first failure a managed transaction is tried again, in ms. Default 30000. (DRV-25) */
  readonly maxTransactionRetryTime?: number | undefined;
  /** Records per portion that is asked for; -1: all at once. Default 1000. (SES-19) */
  readonly fetchSize?: number | undefined;
  /** Whether to encrypt. Only with `bolt` and `neo4j`; the other schemes say it themselves. Default false. (DRV-20) */
  readonly encrypted?: boolean | undefined;
  /** Certificate authorities (PEM texts) to trust instead of the system's. (DRV-28) */
  readonly trustedCertificates?: readonly string[] | undefined;
  /** Names the application to the server, as `Name/Version`. (DRV-29) */
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
}

/** What became of a driver's options. */
export interface CheckedConfig {
  readonly provider: ProviderOptions;
  readonly maxTransactionRetryTime: number;
  readonly fetchSize: number;
  readonly encrypted: boolean;
  readonly disableAutoCommitRetries: boolean;
}

const keys: readonly (keyof Config)[] = [
  "maxConnectionPoolSize",
  "connectionAcquisitionTimeout",
  "connectionTimeout",
  "maxConnectionLifetime",
  "connectionLivenessCheckTimeout",
  "maxTransactionRetryTime",
  "fetchSize",
  "encrypted",
  "trustedCertificates",
  "userAgent",
  "notificationFilter",
  "telemetryDisabled",
  "disableAutoCommitRetries",
  "integers",
  "engine",
  "temporal",
  "floatLists",
  "codeGeneration",
  "detachStrings",
];

/** Options of other drivers that have another form here. */
const elsewhere: { readonly [option: string]: string } = {
  disableLosslessIntegers:
    'integers are exact without a wrapper class here: `integers: "auto"` (default) gives numbers and, beyond 2^53, bigints; "number" gives numbers only',
  useBigInt: 'use `integers: "bigint"`',
  trust: "use a scheme with +s or +ssc, or `encrypted` with `trustedCertificates`",
  max_retry_time: "use `maxTransactionRetryTime`, in milliseconds",
  maxRetryTime: "use `maxTransactionRetryTime`, in milliseconds",
  notificationsMinSeverity: "use `notificationFilter: { minimumSeverityLevel }`",
  notificationsDisabledClassifications: "use `notificationFilter: { disabledClassifications }`",
  notificationsDisabledCategories: "use `notificationFilter: { disabledClassifications }`",
  livenessCheckTimeout: "use `connectionLivenessCheckTimeout`, in milliseconds",
};

/** @throws ConfigurationError naming the option that is unknown or wrong; nothing of the given object is kept. */
export function checkConfig(config: Config | undefined): CheckedConfig {
  const given = config ?? {};
  if (typeof given !== "object" || Array.isArray(given)) {
    throw new ConfigurationError("The driver's configuration must be an object of options.");
  }
  for (const key of Object.keys(given)) refuseUnknown(key);
  const poolSize = given.maxConnectionPoolSize ?? 100;
  if (typeof poolSize !== "number" || Number.isNaN(poolSize) || poolSize === 0) {
    throw new ConfigurationError("The option `maxConnectionPoolSize` must be a number from 1; below 0: no limit.", {
      option: "maxConnectionPoolSize",
    });
  }
  const fetchSize = checkFetchSize(given.fetchSize) ?? 1000;
  return {
    provider: {
      maxConnectionPoolSize: poolSize < 0 ? Number.POSITIVE_INFINITY : poolSize,
      connectionAcquisitionTimeout: checkMilliseconds(
        "connectionAcquisitionTimeout",
        given.connectionAcquisitionTimeout,
      ),
      maxConnectionLifetime: checkLifetime(given.maxConnectionLifetime),
      connectionLivenessCheckTimeout: checkMilliseconds(
        "connectionLivenessCheckTimeout",
        given.connectionLivenessCheckTimeout,
      ),
      connectOptions: connectOptions(given, fetchSize),
    },
    maxTransactionRetryTime: checkMilliseconds("maxTransactionRetryTime", given.maxTransactionRetryTime) ?? 30_000,
    fetchSize,
    encrypted: given.encrypted === true,
    disableAutoCommitRetries: checkFlag("disableAutoCommitRetries", given.disableAutoCommitRetries) ?? false,
  };
}

function connectOptions(given: Config, fetchSize: number): ConnectOptions {
  const connectionTimeout = checkMilliseconds("connectionTimeout", given.connectionTimeout);
  const options = {
    connectionTimeout: connectionTimeout === Number.POSITIVE_INFINITY ? 0 : connectionTimeout,
    encrypted: checkFlag("encrypted", given.encrypted),
    trustedCertificates: checkTexts("trustedCertificates", given.trustedCertificates),
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

function refuseUnknown(key: string): void {
  if ((keys as readonly string[]).includes(key)) return;
  const other = Object.hasOwn(elsewhere, key) ? elsewhere[key] : undefined;
  if (other !== undefined) throw new ConfigurationError(`The driver has no option ${key}: ${other}.`, { option: key });
  const near = nearest(key, keys);
  const advice = near === undefined ? `Its options are ${keys.join(", ")}.` : `Did you mean ${near}?`;
  throw new ConfigurationError(`Unknown driver option: ${key}. ${advice}`, { option: key });
}

function checkLifetime(value: unknown): number | undefined {
  if (typeof value === "number" && value < 0) return Number.POSITIVE_INFINITY;
  return checkMilliseconds("maxConnectionLifetime", value);
}
