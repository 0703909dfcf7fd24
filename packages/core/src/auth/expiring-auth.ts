import { ConfigurationError } from "@fulgur/neo4j-types";
import { AuthConfigurationError } from "../errors/configuration-errors.ts";
import { type AuthToken, checkedAuthToken } from "./tokens.ts";

const inspect = Symbol.for("nodejs.util.inspect.custom");

/** A token that is good until a moment: what a function gives that a driver asks for tokens. (AUTH-22) */
export interface ExpiringAuthToken extends AuthToken {
  /** When another one is to be asked for: a Date, or milliseconds since 1970. Absent: when the server says so. */
  readonly expiresAt?: Date | number | undefined;
}

export interface Expiry {
  /** A Date, or milliseconds since 1970. */
  readonly expiresAt?: Date | number | undefined;
  /** How long it is good from now on, in milliseconds; make it a little shorter than it really is. (AUTH-23, AUTH-24) */
  readonly expiresIn?: number | undefined;
  /** What time it is, in milliseconds since 1970. Default: the machine's clock. */
  readonly now?: (() => number) | undefined;
}

/**
 * A token with its end, as a copy that prints without its secret. (AUTH-22, AUTH-23)
 *
 * @throws ConfigurationError for a moment that is none, and where both `expiresAt` and `expiresIn` are given
 */
export function expiringAuth(token: AuthToken, expiry: Expiry = {}): ExpiringAuthToken {
  const checked = checkedAuthToken(token);
  const { expiresAt, expiresIn, now = Date.now } = expiry;
  if (expiresAt !== undefined && expiresIn !== undefined) {
    throw new ConfigurationError("Of expiresAt and expiresIn only one can be given.", { option: "expiresIn" });
  }
  if (expiresIn !== undefined && !(typeof expiresIn === "number" && expiresIn >= 0)) {
    throw new ConfigurationError("expiresIn has to be a number of milliseconds from 0.", { option: "expiresIn" });
  }
  const moment = expiresIn === undefined ? checkedMoment(expiresAt) : now() + expiresIn;
  const copy = { ...checked, expiresAt: moment };
  const printed = (checked as { [inspect]?: () => string })[inspect];
  return Object.freeze(Object.defineProperty(copy, inspect, { value: printed, enumerable: false }));
}

/** A moment in milliseconds since 1970. @throws AuthConfigurationError when it is none */
export function checkedMoment(given: unknown): number | undefined {
  if (given === undefined || given === null) return undefined;
  const moment = given instanceof Date ? given.getTime() : given;
  if (typeof moment === "number" && !Number.isNaN(moment)) return moment;
  throw new AuthConfigurationError(
    "When an auth token expires has to be a Date, or a number of milliseconds since 1970; leave it out if it doesn't.",
  );
}
