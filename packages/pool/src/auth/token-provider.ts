/** Functions that give tokens, and what their answers mean. */
import {
  AuthConfigurationError,
  type AuthToken,
  checkedAuthToken,
  checkedMoment,
  type ExpiringAuthToken,
} from "@fulgur/neo4j-core";

/** A token and its end in the form of npm's driver. */
export interface AuthTokenAndExpiration {
  readonly token: AuthToken;
  /** When another one is to be asked for: a Date, or milliseconds since 1970. Absent: when the server says so. */
  readonly expiration?: Date | number | undefined;
}

/** Asked for a token of the user's, at first and whenever the last one is no longer good. (AUTH-25) */
export type TokenProvider<Token = ExpiringAuthToken | AuthTokenAndExpiration> = () => Token | PromiseLike<Token>;

/** A token, and the moment from which on it isn't good any more, in milliseconds since 1970. */
export interface Provided {
  readonly token: AuthToken;
  readonly expiresAt: number | undefined;
}

/** @throws AuthConfigurationError when it isn't a token; the message never holds its content (AUTH-21) */
export function readProvided(given: unknown): Provided {
  if (typeof given !== "object" || given === null) {
    const what = given === null ? "null" : typeof given;
    throw new AuthConfigurationError(`The token provider has to give an auth token; it gave ${what}.`);
  }
  if ("token" in given) {
    const { token, expiration, ...more } = given as { token?: unknown; expiration?: unknown };
    const [unknown] = Object.keys(more);
    if (unknown === undefined && typeof token === "object" && token !== null) {
      return { token: checkedAuthToken(token), expiresAt: checkedMoment(expiration) };
    }
    throw new AuthConfigurationError(
      unknown === undefined
        ? "The token provider gave an object whose `token` isn't an auth token."
        : `The token provider gave an object with \`token\` and ${JSON.stringify(unknown)}; beside \`token\` only \`expiration\` is known.`,
    );
  }
  if (!("expiresAt" in given)) return { token: checkedAuthToken(given), expiresAt: undefined };
  const { expiresAt, ...token } = given;
  return { token: checkedAuthToken(token), expiresAt: checkedMoment(expiresAt) };
}
