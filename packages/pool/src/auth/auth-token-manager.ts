/** Who gives a driver the tokens that it logs in with. (AUTH-11) */
import { type AuthToken, checkedAuthToken, type Neo4jError } from "@fulgur/neo4j-core";

/** The server's codes that are about who somebody is and what they may do. */
export type SecurityErrorCode = `Neo.ClientError.Security.${string}`;

/**
 * Gives tokens, and hears when the server doesn't like one. All tokens must be of one and the same user: other users are for a session's or a
 * query's `auth`. It must not use the driver that uses it, which would wait for itself. (AUTH-13, AUTH-14)
 */
export interface AuthTokenManager {
  /**
   * The token that is good now. Asked for whenever a connection is opened or picked up, so it should remember its answer; calls may overlap.
   * (AUTH-12, AUTH-15)
   */
  getToken(): AuthToken | PromiseLike<AuthToken>;
  /**
   * A connection met an error of the kind `Neo.ClientError.Security.*`.
   *
   * @param token the one that this connection was logged in with, which need not be the latest any more
   * @param securityErrorCode the error's code
   * @param error all of it
   * @returns whether trying again may help, since there is, or will be, another token: the error becomes retryable (AUTH-16)
   */
  handleSecurityException(
    token: AuthToken,
    securityErrorCode: SecurityErrorCode,
    error: Neo4jError,
  ): boolean | PromiseLike<boolean>;
}

/** One token, for ever. What a driver makes of a token that it is given. (AUTH-17) */
export class StaticAuth implements AuthTokenManager {
  readonly #token: AuthToken;

  /** @throws AuthConfigurationError when it isn't a token */
  constructor(token: AuthToken | null | undefined) {
    this.#token = checkedAuthToken(token);
  }

  getToken(): AuthToken {
    return this.#token;
  }

  handleSecurityException(): boolean {
    return false;
  }
}
