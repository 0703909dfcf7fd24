/** What configures one transaction, and how it looks in BEGIN or in an auto-commit RUN. */
import type { bolt } from "@fulgur/neo4j-codec";
import { ConfigurationError, type NotificationFilter } from "@fulgur/neo4j-core";
import type { AccessMode } from "@fulgur/neo4j-pool";
import { type CallLimits, checkCallLimits } from "./call.ts";
import { otherTransactionOptions } from "./other-names.ts";
import type { Parameters } from "./parameters.ts";
import { refuseUnknownKeys } from "./unknown-keys.ts";

export interface TransactionConfig {
  /** Values by names, shown by `SHOW TRANSACTIONS` and in the server's query log. (TX-07) */
  readonly metadata?: Parameters | undefined;
  /**
   * When the server ends the transaction, in milliseconds. Absent: as the server is configured; 0: never; fractions are
   * rounded, but not down to 0. Servers of version 4.2 to 5.2 ignore what is above their own limit. How long a call may take in all, on
   * both sides, says `totalTimeout`. (TX-08, TX-34)
   */
  readonly timeout?: number | undefined;
}

/** What configures a transaction and the call that begins it. */
export interface CallConfig extends TransactionConfig, CallLimits {}

/** What configures a managed transaction and the call that runs it. */
export interface ManagedConfig extends CallConfig {
  /**
   * BEGIN leaves together with the first query of the work, which saves a round trip. The work is called before there is a transaction, so also
   * where none can begin: for work that does nothing but its queries. Default `false`. (TX-17)
   */
  readonly beginInFlight?: boolean | undefined;
}

/** What configures an explicit transaction, and for how long it may last in all. */
export interface BeginConfig extends CallConfig {
  /** Where it is routed to, instead of where the session's `defaultAccessMode` says. */
  readonly accessMode?: AccessMode | undefined;
}

/** @throws ConfigurationError naming what is wrong; nothing of the given object is kept. */
export function checkTransactionConfig({ metadata, timeout }: TransactionConfig): TransactionConfig {
  return { metadata: checkMetadata(metadata), timeout: checkTimeout(timeout) };
}

function checkMetadata(metadata: unknown): Parameters | undefined {
  if (metadata === undefined || metadata === null) return undefined;
  const prototype = typeof metadata === "object" ? Object.getPrototypeOf(metadata) : undefined;
  if (prototype === Object.prototype || prototype === null) return { ...(metadata as Parameters) };
  throw new ConfigurationError("The transaction's `metadata` must be a plain object: values by names.", {
    option: "metadata",
  });
}

function checkTimeout(timeout: unknown): number | undefined {
  if (timeout === undefined || timeout === null) return undefined;
  if (typeof timeout !== "number" || !(timeout >= 0 && timeout <= Number.MAX_SAFE_INTEGER)) {
    throw new ConfigurationError(
      "The transaction's `timeout` must be a number of milliseconds: 0 for no limit, nothing for the server's own.",
      { option: "timeout" },
    );
  }
  return timeout > 0 ? Math.max(1, Math.round(timeout)) : 0;
}

const callOptions = ["metadata", "timeout", "signal", "totalTimeout"];

/**
 * As `checkTransactionConfig`, for an argument that users write as a literal: unknown keys are refused.
 *
 * @param more the names of further options, which the caller checks
 */
export function readCallConfig(
  config: CallConfig | null | undefined,
  more: readonly string[] = [],
): { readonly config: TransactionConfig; readonly limits: CallLimits } {
  const given = checkedObject(config, "transaction", [...callOptions, ...more]);
  return { config: checkTransactionConfig(given), limits: checkCallLimits(given) };
}

/**
 * What configures a transaction, as an object of known keys.
 *
 * @param what whose options they are
 * @throws ConfigurationError
 */
export function checkedObject<T extends object>(
  config: T | null | undefined,
  what: string,
  known: readonly string[],
): Partial<T> {
  const given = config ?? {};
  if (typeof given !== "object" || Array.isArray(given)) {
    const kind = Array.isArray(given) ? "an array" : typeof given;
    throw new ConfigurationError(`The configuration of a ${what} must be an object, not ${kind}.`);
  }
  refuseUnknownKeys(given, known, what, otherTransactionOptions);
  return given;
}

/** Both together; what the second one says counts more. */
export function withConfig(first: TransactionConfig, second: TransactionConfig): TransactionConfig {
  return { metadata: second.metadata ?? first.metadata, timeout: second.timeout ?? first.timeout };
}

/** What a session knows that goes into BEGIN and RUN. */
export interface SessionExtra {
  readonly mode: AccessMode;
  readonly database?: string | undefined;
  readonly bookmarks: readonly string[];
  readonly impersonatedUser?: string | undefined;
  readonly notificationFilter?: NotificationFilter | undefined;
}

/** Exactly the keys that are set, and no others. (TX-04) */
export function transactionExtra(
  session: SessionExtra,
  { metadata, timeout }: TransactionConfig,
): bolt.TransactionExtra {
  const { mode, database, bookmarks, impersonatedUser, notificationFilter: filter } = session;
  const extra: { -readonly [Key in keyof bolt.TransactionExtra]: bolt.TransactionExtra[Key] } = {};
  if (mode === "READ") extra.mode = "r";
  if (database !== undefined) extra.db = database;
  if (bookmarks.length > 0) extra.bookmarks = [...bookmarks];
  if (impersonatedUser !== undefined) extra.impUser = impersonatedUser;
  if (metadata !== undefined && Object.keys(metadata).length > 0) extra.txMetadata = { ...metadata };
  if (timeout !== undefined) extra.txTimeout = timeout;
  if (filter?.minimumSeverityLevel !== undefined) extra.notificationsMinimumSeverity = filter.minimumSeverityLevel;
  if (filter?.disabledClassifications !== undefined) {
    extra.notificationsDisabledClassifications = [...filter.disabledClassifications];
  }
  return extra;
}
