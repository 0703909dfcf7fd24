// Generated from spec/fulgur/bolt/v1 by codegen. Edit the spec, then run `pnpm run generate`.

/** What else an error does to a client. */
export type Effect =
  /** Close idle connections to the address and drop it from every routing table. */
  | "forgetAddress"
  /** Drop the address from the writers of the database's routing table. */
  | "forgetWriter"
  /** Connections to the address must authenticate anew. */
  | "unauthenticate"
  /** The auth manager is told. */
  | "tellAuthManager"
  /** `verifyAuthentication` answers false. */
  | "authenticationFailed"
  /** Stop the discovery of a routing table: another router would answer the same. */
  | "stopDiscovery";

/** Whether the work that met the error may be tried again. */
export type Retry = "never" | "always" | "ifAuthHandled";

/** The classes that errors become, by name. */
export type ErrorClass =
  | "AuthError"
  | "ClientError"
  | "ConstraintError"
  | "CypherSyntaxError"
  | "CypherTypeError"
  | "DatabaseError"
  | "DatabaseUnavailable"
  | "Forbidden"
  | "ForbiddenOnReadOnlyDatabase"
  | "NotALeader"
  | "TokenExpired"
  | "TransientError";

/** One rule about the codes of errors. */
export interface ErrorRule {
  /** A whole code, one that ends in `.*` and stands for all that begin so, or `*` for every text. */
  readonly code: string;
  /** The code that it is treated as. */
  readonly treatedAs?: string;
  readonly errorClass?: ErrorClass;
  readonly retry?: Retry;
  readonly effects: readonly Effect[];
}

/**
 * What a client makes of a server's error code: the first rule that fits decides alone. The last one takes what has no
 * class that is known, or isn't of the form `Neo.<class>.<category>.<title>` at all.
 */
export const errorRules: readonly ErrorRule[] = [
  {
    code: "Neo.TransientError.Transaction.Terminated",
    treatedAs: "Neo.ClientError.Transaction.Terminated",
    errorClass: "ClientError",
    retry: "never",
    effects: [],
  },
  {
    code: "Neo.TransientError.Transaction.LockClientStopped",
    treatedAs: "Neo.ClientError.Transaction.LockClientStopped",
    errorClass: "ClientError",
    retry: "never",
    effects: [],
  },
  {
    code: "Neo.TransientError.General.DatabaseUnavailable",
    errorClass: "DatabaseUnavailable",
    retry: "always",
    effects: ["forgetAddress"],
  },
  { code: "Neo.ClientError.Cluster.NotALeader", errorClass: "NotALeader", retry: "always", effects: ["forgetWriter"] },
  {
    code: "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
    errorClass: "ForbiddenOnReadOnlyDatabase",
    retry: "always",
    effects: ["forgetWriter"],
  },
  {
    code: "Neo.ClientError.Security.AuthorizationExpired",
    errorClass: "TransientError",
    retry: "always",
    effects: ["unauthenticate", "tellAuthManager"],
  },
  {
    code: "Neo.ClientError.Security.Unauthorized",
    errorClass: "AuthError",
    retry: "ifAuthHandled",
    effects: ["tellAuthManager", "authenticationFailed", "stopDiscovery"],
  },
  {
    code: "Neo.ClientError.Security.TokenExpired",
    errorClass: "TokenExpired",
    retry: "ifAuthHandled",
    effects: ["tellAuthManager", "authenticationFailed", "stopDiscovery"],
  },
  {
    code: "Neo.ClientError.Security.AuthorizationFailed",
    errorClass: "AuthError",
    retry: "never",
    effects: ["tellAuthManager", "stopDiscovery"],
  },
  {
    code: "Neo.ClientError.Security.CredentialsExpired",
    errorClass: "ClientError",
    retry: "never",
    effects: ["tellAuthManager", "authenticationFailed", "stopDiscovery"],
  },
  {
    code: "Neo.ClientError.Security.Forbidden",
    errorClass: "Forbidden",
    retry: "never",
    effects: ["tellAuthManager", "authenticationFailed", "stopDiscovery"],
  },
  {
    code: "Neo.ClientError.Security.*",
    errorClass: "ClientError",
    retry: "never",
    effects: ["tellAuthManager", "stopDiscovery"],
  },
  { code: "Neo.ClientError.General.ReadOnly", errorClass: "Forbidden", retry: "never", effects: [] },
  { code: "Neo.ClientError.Schema.ForbiddenOnConstraintIndex", errorClass: "Forbidden", retry: "never", effects: [] },
  { code: "Neo.ClientError.Schema.IndexBelongsToConstraint", errorClass: "Forbidden", retry: "never", effects: [] },
  {
    code: "Neo.ClientError.Transaction.ForbiddenDueToTransactionType",
    errorClass: "Forbidden",
    retry: "never",
    effects: [],
  },
  {
    code: "Neo.ClientError.Schema.ConstraintValidationFailed",
    errorClass: "ConstraintError",
    retry: "never",
    effects: [],
  },
  { code: "Neo.ClientError.Schema.ConstraintViolation", errorClass: "ConstraintError", retry: "never", effects: [] },
  {
    code: "Neo.ClientError.Statement.ConstraintVerificationFailed",
    errorClass: "ConstraintError",
    retry: "never",
    effects: [],
  },
  { code: "Neo.ClientError.Statement.ConstraintViolation", errorClass: "ConstraintError", retry: "never", effects: [] },
  { code: "Neo.ClientError.Statement.SyntaxError", errorClass: "CypherSyntaxError", retry: "never", effects: [] },
  { code: "Neo.ClientError.Statement.InvalidSyntax", errorClass: "CypherSyntaxError", retry: "never", effects: [] },
  {
    code: "Neo.ClientError.Statement.TypeError",
    errorClass: "CypherTypeError",
    retry: "never",
    effects: ["stopDiscovery"],
  },
  { code: "Neo.ClientError.Statement.InvalidType", errorClass: "CypherTypeError", retry: "never", effects: [] },
  { code: "Neo.ClientError.Procedure.TypeError", errorClass: "CypherTypeError", retry: "never", effects: [] },
  {
    code: "Neo.ClientError.Statement.ArgumentError",
    errorClass: "ClientError",
    retry: "never",
    effects: ["stopDiscovery"],
  },
  { code: "Neo.ClientError.Request.Invalid", errorClass: "ClientError", retry: "never", effects: ["stopDiscovery"] },
  {
    code: "Neo.ClientError.Database.DatabaseNotFound",
    errorClass: "ClientError",
    retry: "never",
    effects: ["stopDiscovery"],
  },
  {
    code: "Neo.ClientError.Transaction.InvalidBookmark",
    errorClass: "ClientError",
    retry: "never",
    effects: ["stopDiscovery"],
  },
  {
    code: "Neo.ClientError.Transaction.InvalidBookmarkMixture",
    errorClass: "ClientError",
    retry: "never",
    effects: ["stopDiscovery"],
  },
  { code: "Neo.ClientError.*", errorClass: "ClientError", retry: "never", effects: [] },
  { code: "Neo.TransientError.*", errorClass: "TransientError", retry: "always", effects: [] },
  { code: "Neo.DatabaseError.*", errorClass: "DatabaseError", retry: "never", effects: [] },
  {
    code: "*",
    treatedAs: "Neo.DatabaseError.General.UnknownError",
    errorClass: "DatabaseError",
    retry: "never",
    effects: [],
  },
];
