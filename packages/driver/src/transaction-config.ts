/** What configures one transaction, and how it looks in BEGIN or in an auto-commit RUN. */
import type { bolt } from "@fulgur/neo4j-codec";
import { ConfigurationError, type NotificationFilter } from "@fulgur/neo4j-core";
import type { AccessMode } from "@fulgur/neo4j-pool";
import { checkSignal } from "./option-checks.ts";
import type { Parameters } from "./parameters.ts";
import { refuseUnknownKeys } from "./unknown-keys.ts";

export interface TransactionConfig {
  /** Shown by `SHOW TRANSACTIONS` and in the server's query log. (TX-07) */
  readonly metadata?: Parameters | undefined;
  /**
   * When the server ends the transaction, in milliseconds. Absent: as the server is configured; 0: never; fractions are
   * rounded, but not down to 0. (TX-08)
   */
  readonly timeout?: number | undefined;
}

/** @throws ConfigurationError naming what is wrong */
export function checkTransactionConfig({ metadata, timeout }: TransactionConfig): TransactionConfig {
  if (metadata !== undefined && (typeof metadata !== "object" || metadata === null || Array.isArray(metadata))) {
    throw new ConfigurationError("The transaction's `metadata` must be an object.", { option: "metadata" });
  }
  if (timeout === undefined || timeout === null) return { metadata, timeout: undefined };
  if (typeof timeout !== "number" || !Number.isFinite(timeout) || timeout < 0) {
    throw new ConfigurationError(
      "The transaction's `timeout` must be a number of milliseconds from 0; leave it out for the server's own.",
      { option: "timeout" },
    );
  }
  return { metadata, timeout: timeout > 0 ? Math.max(1, Math.round(timeout)) : 0 };
}

/** As `checkTransactionConfig`, for an argument that users write as a literal: unknown keys are refused. */
export function readTransactionConfig(
  config: (TransactionConfig & { readonly signal?: AbortSignal | undefined }) | undefined,
): TransactionConfig & { readonly signal?: AbortSignal | undefined } {
  if (config === undefined || config === null) return {};
  if (typeof config !== "object") {
    throw new ConfigurationError(`The transaction's configuration must be an object, not ${typeof config}.`);
  }
  refuseUnknownKeys(config, ["metadata", "timeout", "signal"], "transaction");
  return { ...checkTransactionConfig(config), signal: checkSignal(config.signal) };
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
  return {
    ...(mode === "READ" ? { mode: "r" } : {}),
    ...(database === undefined ? {} : { db: database }),
    ...(bookmarks.length === 0 ? {} : { bookmarks: [...bookmarks] }),
    ...(impersonatedUser === undefined ? {} : { impUser: impersonatedUser }),
    ...(metadata === undefined || Object.keys(metadata).length === 0 ? {} : { txMetadata: { ...metadata } }),
    ...(timeout === undefined ? {} : { txTimeout: timeout }),
    ...(filter?.minimumSeverityLevel === undefined
      ? {}
      : { notificationsMinimumSeverity: filter.minimumSeverityLevel }),
    ...(filter?.disabledClassifications === undefined
      ? {}
      : { notificationsDisabledClassifications: [...filter.disabledClassifications] }),
  };
}
