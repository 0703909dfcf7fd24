/** The options of `executeQuery`, checked. */
import { type AuthToken, ConfigurationError } from "@fulgur/neo4j-core";
import type { AccessMode } from "@fulgur/neo4j-pool";
import type { BookmarkManager } from "./bookmark-manager.ts";
import { type CallLimits, checkCallLimits } from "./call.ts";
import { checkFlag } from "./option-checks.ts";
import { otherQueryOptions } from "./other-names.ts";
import { eagerTransformer, type ResultTransformer } from "./result-transformers.ts";
import { checkAccessMode, checkBookmarkManager } from "./session-config.ts";
import { refuseUnknownKeys } from "./unknown-keys.ts";

export interface ExecuteQueryConfig extends CallLimits {
  /**
   * "WRITE" (default) or "READ": which servers of a cluster are asked. A reading query travels in one round trip. (EQ-08)
   */
  readonly routing?: AccessMode | "r" | "w" | undefined;
  /** The database; absent: the user's home database. Naming it spares a question. (EQ-10) */
  readonly database?: string | undefined;
  /** Whose rights the query has, instead of the driver's user. (EQ-11) */
  readonly impersonatedUser?: string | undefined;
  /** Whose query it is, instead of the driver's user's: a token. Needs Bolt 5.1. (EQ-12) */
  readonly auth?: AuthToken | undefined;
  /** Default: the driver's own, which chains all of its queries; null: no chaining. (EQ-13) */
  readonly bookmarkManager?: BookmarkManager | null | undefined;
  /**
   * Lets a writing query, too, travel in one round trip. A connection lost then leaves unknown whether the query took
   * place, which is an IncompleteCommit and never tried again. Default false.
   */
  readonly commitInFlight?: boolean | undefined;
}

const keys = [
  "routing",
  "database",
  "impersonatedUser",
  "auth",
  "bookmarkManager",
  "signal",
  "totalTimeout",
  "commitInFlight",
  "resultTransformer",
] as const;

/** @throws ConfigurationError naming the option that is unknown or wrong */
export function readExecuteQueryConfig(
  config: (ExecuteQueryConfig & { readonly resultTransformer?: ResultTransformer<unknown> | undefined }) | undefined,
) {
  const given = config ?? {};
  if (typeof given !== "object" || Array.isArray(given))
    throw new ConfigurationError("The configuration of executeQuery must be an object.");
  refuseUnknownKeys(given, keys, "executeQuery", otherQueryOptions);
  const { routing, database, impersonatedUser, resultTransformer, commitInFlight } = given;
  if (resultTransformer !== undefined && resultTransformer !== null && typeof resultTransformer !== "function") {
    throw new ConfigurationError("The option `resultTransformer` must be a function; see resultTransformers.", {
      option: "resultTransformer",
    });
  }
  return {
    mode: checkAccessMode("routing", routing),
    database,
    impersonatedUser,
    auth: given.auth,
    bookmarkManager: given.bookmarkManager === null ? null : checkBookmarkManager(given.bookmarkManager),
    transformer: resultTransformer ?? (eagerTransformer as ResultTransformer<unknown>),
    limits: checkCallLimits(given),
    commitInFlight: checkFlag("commitInFlight", commitInFlight) ?? false,
  };
}
