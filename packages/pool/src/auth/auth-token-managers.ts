/** The managers of tokens that are there ready-made. */
import { AuthConfigurationError, type AuthToken, ConfigurationError, checkedAuthToken } from "@fulgur/neo4j-core";
import { type AuthTokenManager, type SecurityErrorCode, StaticAuth } from "./auth-token-manager.ts";
import { RotatingAuth } from "./rotating-auth.ts";
import type { TokenProvider } from "./token-provider.ts";

/** What a driver may be given as its second argument: a token, a manager, or a function that gives tokens. */
export type DriverAuth = AuthToken | AuthTokenManager | TokenProvider;

const unauthorized: SecurityErrorCode = "Neo.ClientError.Security.Unauthorized";
const tokenExpired: SecurityErrorCode = "Neo.ClientError.Security.TokenExpired";

/** Managers of tokens, for `driver(uri, manager)`. */
export const authTokenManagers = {
  /**
   * For passwords that change: a token is kept until the server refuses it (`Unauthorized`); then the provider is asked for another one. (AUTH-18)
   *
   * @param config.tokenProvider gives a token of the user's, at once or later; always of the same user
   */
  basic(config: { readonly tokenProvider: TokenProvider<AuthToken> }): AuthTokenManager {
    const { tokenProvider } = checkedConfig(config, ["tokenProvider"]);
    return new RotatingAuth({ tokenProvider, refusals: [unauthorized], now });
  },

  /**
   * For tokens that expire, of whatever scheme: one is kept until its end has come, or the server refuses it (`TokenExpired`, `Unauthorized`).
   * (AUTH-19)
   *
   * @param config.tokenProvider gives `{ token, expiration }`, or a token with `expiresAt`, at once or later; always of the same user
   * @param config.now what time it is, in milliseconds since 1970; default: the machine's clock
   */
  bearer(config: {
    readonly tokenProvider: TokenProvider;
    readonly now?: (() => number) | undefined;
  }): AuthTokenManager {
    const { tokenProvider, now: time = now } = checkedConfig(config, ["tokenProvider", "now"]);
    return new RotatingAuth({ tokenProvider, refusals: [tokenExpired, unauthorized], now: time });
  },

  /** One token for ever: the same as the token itself in its place. (AUTH-17) */
  static(token: AuthToken): AuthTokenManager {
    return new StaticAuth(token);
  },
} as const;

/**
 * The manager that a driver's second argument means. (AUTH-10)
 *
 * @throws AuthConfigurationError when it is none of what is possible; the message never holds its content (AUTH-09)
 */
export function authTokenManagerOf(given: DriverAuth | null | undefined): AuthTokenManager {
  if (typeof given === "function") return authTokenManagers.bearer({ tokenProvider: given });
  if (Array.isArray(given)) {
    throw new AuthConfigurationError(
      "The driver's auth can't be a list: auth.basic(username, password) makes a token of a name and a password.",
    );
  }
  if (typeof given !== "object" || given === null || !("getToken" in given || "handleSecurityException" in given)) {
    return new StaticAuth(checkedAuthToken(given));
  }
  for (const method of ["getToken", "handleSecurityException"] as const) {
    if (typeof Reflect.get(given, method) === "function") continue;
    throw new AuthConfigurationError(
      `The auth token manager lacks the method ${method}: it needs getToken() and handleSecurityException(token, code).`,
    );
  }
  return given as AuthTokenManager;
}

const now = () => Date.now();

function checkedConfig<Config extends { readonly tokenProvider: unknown }>(
  config: Config,
  known: readonly string[],
): Config {
  const given: { readonly [key: string]: unknown } = typeof config === "object" && config !== null ? config : {};
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw new ConfigurationError(
      `Unknown option ${JSON.stringify(unknown)} of the auth token manager: it has ${known.join(", ")}.`,
      { option: unknown },
    );
  }
  for (const option of known) {
    if (typeof given[option] === "function" || (option !== "tokenProvider" && given[option] === undefined)) continue;
    throw new AuthConfigurationError(`The option \`${option}\` of the auth token manager has to be a function.`, {
      option,
    });
  }
  return config;
}
