/** The way from a driver's auth token manager to a token that can be used, and back with what servers say about it. */
import {
  type AsyncMark,
  AuthConfigurationError,
  type AuthToken,
  checkedAuthToken,
  DriverError,
  effectsOf,
  type Logger,
  markAuthHandled,
  type Neo4jError,
  unlessAborted,
} from "@fulgur/neo4j-core";
import type { AuthTokenManager, SecurityErrorCode } from "./auth-token-manager.ts";

/** A token of the manager's: in the form that is sent, and as it was given, to be shown to the manager again. */
export interface ManagedToken {
  readonly token: AuthToken;
  readonly given: AuthToken;
}

export interface TokenSourceOptions {
  readonly manager: AuthTokenManager;
  /** `neo4j.auth_management` */
  readonly log: Logger;
  /** Watches for what managers must not do, which costs something. */
  readonly debug?: ManagerDebugging | undefined;
}

/** Who asks; its signal is only looked at where there is something to wait for. */
export interface Waiting {
  readonly signal?: AbortSignal | undefined;
}

export interface ManagerDebugging {
  /** Told once when the manager gives a token of another user than before. (AUTH-13) */
  readonly otherUser: () => void;
  /** Knows what the manager itself does. (AUTH-14) */
  readonly mark: AsyncMark;
}

export class TokenSource {
  readonly #manager: AuthTokenManager;
  readonly #log: Logger;
  readonly #debug: ManagerDebugging | undefined;
  /** One error of the manager's may reach many who wait for the same token, and is logged once. */
  readonly #logged = new WeakSet<object>();
  #user: string | undefined;
  #hasTold = false;

  constructor({ manager, log, debug }: TokenSourceOptions) {
    this.#manager = manager;
    this.#log = log;
    this.#debug = debug;
  }

  /**
   * The token that is good now: at once where the manager has it at once.
   *
   * @throws what the manager throws, or an AuthConfigurationError for what is no token; the signal's reason (AUTH-21)
   */
  ask(request: Waiting): ManagedToken | Promise<ManagedToken> {
    const mark = this.#debug?.mark;
    if (mark?.isInside) throw asksItself();
    const getToken = () => this.#manager.getToken();
    try {
      const given = mark === undefined ? getToken() : mark.run(getToken);
      return isPromiseLike(given) ? this.#wait(given, request.signal) : this.#read(given);
    } catch (error) {
      throw this.#noted(error);
    }
  }

  /** Tells the manager of an error; if there will be another token, the error becomes retryable. Gives nothing to wait for where it answers at once. (AUTH-16) */
  tell({ given }: ManagedToken, error: Neo4jError): Promise<void> | undefined {
    if (!effectsOf(error).includes("tellAuthManager")) return undefined;
    const answered = (isHandled: boolean) => {
      this.#log.debug(() => `${error.code}: the auth token manager ${isHandled ? "has dealt with it" : "leaves it"}`);
      if (isHandled) markAuthHandled(error);
    };
    // What happened is the server's error; what the manager made of it is for the log.
    const failed = (failure: unknown) => this.#noted(failure, "handleSecurityException");
    try {
      const answer = this.#manager.handleSecurityException(given, error.code as SecurityErrorCode, error);
      if (isPromiseLike(answer)) return Promise.resolve(answer).then(answered).catch(failed) as Promise<void>;
      answered(answer);
    } catch (failure) {
      failed(failure);
    }
    return undefined;
  }

  async #wait(given: PromiseLike<AuthToken>, signal: AbortSignal | undefined): Promise<ManagedToken> {
    try {
      return this.#read(await unlessAborted(Promise.resolve(given), signal));
    } catch (error) {
      if (signal?.aborted && error === signal.reason) throw error;
      throw this.#noted(error);
    }
  }

  #read(given: AuthToken): ManagedToken {
    if (typeof given !== "object" || given === null) {
      const what = given === null ? "null" : typeof given;
      throw new AuthConfigurationError(`getToken() of the auth token manager has to give a token; it gave ${what}.`);
    }
    const token = checkedAuthToken(given);
    if (this.#debug !== undefined) this.#compareUser(token, this.#debug.otherUser);
    return { token, given };
  }

  #compareUser({ principal, scheme }: AuthToken, otherUser: () => void): void {
    const user = JSON.stringify([scheme, principal]);
    this.#user ??= user;
    if (user === this.#user || this.#hasTold) return;
    this.#hasTold = true;
    otherUser();
  }

  /** The error's text is its maker's, and may quote anything: the log has its name. */
  #noted(error: unknown, method = "getToken"): unknown {
    const isObject = typeof error === "object" && error !== null;
    if (isObject && this.#logged.has(error)) return error;
    if (isObject) this.#logged.add(error);
    this.#log.error(
      () => `${method} of the auth token manager failed: ${error instanceof Error ? error.name : typeof error}`,
    );
    return error;
  }
}

function asksItself(): DriverError {
  return new DriverError(
    "The auth token manager uses the driver that it gives tokens to: the driver would wait for the manager, and the manager for the driver. Give it another driver, or none.",
  );
}

function isPromiseLike<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
