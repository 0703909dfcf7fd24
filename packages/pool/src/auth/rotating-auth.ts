/** Tokens of a provider's: each is kept until it expires or the server refuses it. (AUTH-18, AUTH-19) */
import { type AuthToken, authTokenEquals } from "@fulgur/neo4j-core";
import type { AuthTokenManager, SecurityErrorCode } from "./auth-token-manager.ts";
import { type Provided, readProvided, type TokenProvider } from "./token-provider.ts";

export interface RotatingAuthOptions {
  readonly tokenProvider: TokenProvider;
  /** The codes by which a server says that a token isn't good any more. */
  readonly refusals: readonly SecurityErrorCode[];
  /** What time it is, in milliseconds since 1970. */
  readonly now: () => number;
}

/** No timer runs: whether a token has expired is looked at when it is asked for. (AUTH-34) */
export class RotatingAuth implements AuthTokenManager {
  readonly #options: RotatingAuthOptions;
  #current: Provided | undefined;
  /** The provider's answer on its way, shared by all who wait for it. (AUTH-15) */
  #asking: Promise<AuthToken> | undefined;
  /** The last token that was refused: if it is given once more, and refused once more, trying again is of no use. */
  #refused: AuthToken | undefined;

  constructor(options: RotatingAuthOptions) {
    this.#options = options;
  }

  getToken(): AuthToken | Promise<AuthToken> {
    const { token, expiresAt } = this.#current ?? {};
    if (token !== undefined && (expiresAt === undefined || this.#options.now() < expiresAt)) return token;
    return (this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    }));
  }

  /**
   * A late error about a token that was replaced meanwhile asks for no other one. (AUTH-33)
   */
  handleSecurityException(token: AuthToken, code: SecurityErrorCode): boolean {
    if (!this.#options.refusals.includes(code)) return false;
    if (this.#current === undefined || !authTokenEquals(token, this.#current.token)) return true;
    this.#current = undefined;
    const isTheSameAgain = this.#refused !== undefined && authTokenEquals(token, this.#refused);
    this.#refused = isTheSameAgain ? undefined : token;
    return !isTheSameAgain;
  }

  async #ask(): Promise<AuthToken> {
    this.#current = undefined;
    const provided = readProvided(await this.#options.tokenProvider());
    this.#current = provided;
    return provided.token;
  }
}
