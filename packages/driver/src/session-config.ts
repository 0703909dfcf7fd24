/** The options of a session, checked. */
import {
  AuthConfigurationError,
  type AuthToken,
  ConfigurationError,
  checkedAuthToken,
  type NotificationFilter,
} from "@fulgur/neo4j-core";
import type { AccessMode } from "@fulgur/neo4j-pool";
import type { BookmarkManager } from "./bookmark-manager.ts";
import { type Bookmarks, checkBookmarks } from "./bookmarks.ts";
import { checkFetchSize, checkMilliseconds, checkNotificationFilter, checkOptionalText } from "./option-checks.ts";
import { otherSessionOptions } from "./other-names.ts";
import { type CheckedRetryConfig, checkRetryConfig, type RetryConfig, retryOptions } from "./retry-config.ts";
import { refuseUnknownKeys } from "./unknown-keys.ts";

export interface SessionConfig extends RetryConfig {
  /** The database; absent: the user's home database. Naming it spares the driver asking for it. (SES-12) */
  readonly database?: string | undefined;
  /** Where auto-commit queries and explicit transactions are routed to: "WRITE" (default) or "READ". (SES-17) */
  readonly defaultAccessMode?: AccessMode | undefined;
  /** What the session's work must have seen. (SES-11) */
  readonly bookmarks?: Bookmarks | undefined;
  /** Shares bookmarks with other sessions. (SES-20) */
  readonly bookmarkManager?: BookmarkManager | null | undefined;
  /** Whose rights the work has, instead of the driver's user. (SES-16) */
  readonly impersonatedUser?: string | undefined;
  /**
   * Whose session it is, instead of the driver's user's. The connections change their user for it, which needs Bolt 5.1: a ConfigurationError
   * on older ones. Default: the driver's user. (SES-21)
   */
  readonly auth?: AuthToken | undefined;
  /** Records per portion that is asked for; -1: all at once. Default: the driver's, 1000. (SES-19) */
  readonly fetchSize?: number | undefined;
  /** Which of the server's remarks to leave out; instead of the driver's. (SES-22, SES-23) */
  readonly notificationFilter?: NotificationFilter | undefined;
  /** Longest wait for a connection, in milliseconds. Default: the driver's. (SES-24) */
  readonly connectionAcquisitionTimeout?: number | undefined;
}

const keys: readonly (keyof SessionConfig)[] = [
  "database",
  "defaultAccessMode",
  "bookmarks",
  "bookmarkManager",
  "impersonatedUser",
  "auth",
  "fetchSize",
  "notificationFilter",
  "connectionAcquisitionTimeout",
  ...retryOptions,
];

export interface CheckedSessionConfig {
  readonly database: string | undefined;
  readonly defaultAccessMode: AccessMode;
  readonly bookmarks: Bookmarks;
  readonly bookmarkManager: BookmarkManager | undefined;
  readonly impersonatedUser: string | undefined;
  readonly auth: AuthToken | undefined;
  readonly fetchSize: number | undefined;
  readonly notificationFilter: NotificationFilter | undefined;
  readonly connectionAcquisitionTimeout: number | undefined;
  readonly retry: CheckedRetryConfig;
}

/** @throws ConfigurationError naming the option that is unknown or wrong */
export function checkSessionConfig(config: SessionConfig | undefined): CheckedSessionConfig {
  const given = config ?? {};
  if (typeof given !== "object" || Array.isArray(given))
    throw new ConfigurationError("A session's configuration must be an object.");
  refuseUnknownKeys(given, keys, "session", otherSessionOptions);
  const { defaultAccessMode, connectionAcquisitionTimeout } = given;
  return {
    database: checkOptionalText("database", given.database),
    defaultAccessMode: checkAccessMode("defaultAccessMode", defaultAccessMode),
    bookmarks: checkBookmarks(given.bookmarks),
    bookmarkManager: checkBookmarkManager(given.bookmarkManager),
    impersonatedUser: checkOptionalText("impersonatedUser", given.impersonatedUser),
    auth: checkOwnAuth(given.auth),
    fetchSize: checkFetchSize(given.fetchSize),
    notificationFilter: checkNotificationFilter(given.notificationFilter),
    connectionAcquisitionTimeout: checkMilliseconds("connectionAcquisitionTimeout", connectionAcquisitionTimeout),
    retry: checkRetryConfig(given),
  };
}

/** A session's or a query's own token: one that stands for somebody. Managers and functions are for drivers only. (AUTH-10, AUTH-27) */
function checkOwnAuth(given: unknown): AuthToken | undefined {
  if (given === undefined || given === null) return undefined;
  const isForDrivers = typeof given === "function" || (typeof given === "object" && "getToken" in given);
  const what = isForDrivers ? undefined : checkedAuthToken(given);
  if (what !== undefined && what.scheme !== "none") return what;
  throw new AuthConfigurationError(
    isForDrivers
      ? "The `auth` of a session or a query has to be a token: managers and functions that give tokens are for drivers."
      : "A session or a query can't go without authentication where its driver has one: make a driver without, and give the `auth` to those that need it.",
    { option: "auth" },
  );
}

export function checkBookmarkManager(value: unknown): BookmarkManager | undefined {
  if (value === undefined || value === null) return undefined;
  const manager = value as Partial<BookmarkManager>;
  if (typeof manager.getBookmarks === "function" && typeof manager.updateBookmarks === "function") {
    return manager as BookmarkManager;
  }
  throw new ConfigurationError(
    "The option `bookmarkManager` must have the methods getBookmarks and updateBookmarks; bookmarkManager() makes one.",
    { option: "bookmarkManager" },
  );
}

export function checkAccessMode(option: string, value: unknown): AccessMode {
  if (value === undefined || value === null) return "WRITE";
  if (value === "READ" || value === "WRITE") return value;
  if (value === "r") return "READ";
  if (value === "w") return "WRITE";
  throw new ConfigurationError(`The option \`${option}\` must be "READ" or "WRITE".`, { option });
}
