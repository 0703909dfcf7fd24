import { AuthConfigurationError } from "../errors/configuration-errors.ts";

const inspect = Symbol.for("nodejs.util.inspect.custom");

/** Who a client is and how it proves that: what HELLO or LOGON carries. Plain objects of this shape are accepted as well. */
export interface AuthToken {
  readonly scheme: string;
  readonly principal?: string;
  /** The secret. Never printed, never part of an error. */
  readonly credentials?: string;
  /** The authentication provider to use, where the server has several. */
  readonly realm?: string;
  /** For authentication plug-ins of the server. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** The parts of a {@link auth.custom} token. */
export interface CustomAuth {
  readonly scheme: string;
  readonly principal: string;
  readonly credentials: string;
  readonly realm?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** Makes tokens for each way to authenticate. Each throws an AuthConfigurationError where a part is missing or no text. */
export const auth = {
  /**
   * A user name and a password; LDAP uses the same. (AUTH-02, AUTH-05)
   *
   * @param realm the authentication provider, if the server has several.
   */
  basic(username: string, password: string, realm?: string): AuthToken {
    return token({ scheme: "basic", principal: username, credentials: password, realm });
  },

  /** No authentication, for servers that have it switched off. (AUTH-03) */
  none(): AuthToken {
    return token({ scheme: "none" });
  },

  /** A token of an identity provider (single sign-on). (AUTH-07) */
  bearer(base64EncodedToken: string): AuthToken {
    return token({ scheme: "bearer", credentials: base64EncodedToken });
  },

  /** A Kerberos ticket. The principal is empty: the ticket names it. (AUTH-06) */
  kerberos(base64EncodedTicket: string): AuthToken {
    return token({ scheme: "kerberos", principal: "", credentials: base64EncodedTicket });
  },

  /** What an authentication plug-in of the server wants. (AUTH-08) */
  custom,
};

function custom(parts: CustomAuth): AuthToken;
function custom(
  principal: string,
  credentials: string,
  realm: string | undefined,
  scheme: string,
  parameters?: Readonly<Record<string, unknown>>,
): AuthToken;
function custom(
  first: string | CustomAuth,
  credentials?: string,
  realm?: string,
  scheme?: string,
  parameters?: Readonly<Record<string, unknown>>,
): AuthToken {
  return typeof first === "object"
    ? checkedAuthToken(first)
    : token({ principal: first, credentials, realm, scheme, parameters });
}

/** The tokens that were checked here, so that they keep their identity. */
const made = new WeakSet<object>();

/**
 * Checks a token that a user gave, and brings it to the form that is sent: `undefined` and `null` are no authentication,
 * empty optional entries are left out (an empty principal is not: Kerberos has one). (AUTH-04, AUTH-09)
 *
 * @throws AuthConfigurationError when it isn't a token. The message never holds its content.
 */
export function checkedAuthToken(given: unknown): AuthToken {
  if (given === undefined || given === null) return auth.none();
  if (typeof given !== "object" || Array.isArray(given)) {
    throw new AuthConfigurationError(
      `The auth token has to be an object such as auth.basic(username, password) gives, not ${Array.isArray(given) ? "an array" : `a ${typeof given}`}.`,
    );
  }
  if (made.has(given)) return given as AuthToken;
  const unknown = Object.keys(given).find((key) => !keys.includes(key) && Reflect.get(given, key) !== undefined);
  if (unknown !== undefined) throw new AuthConfigurationError(unknownEntry(unknown));
  return token(given);
}

/** Whether two tokens say the same. */
export function authTokenEquals(a: AuthToken, b: AuthToken): boolean {
  return (
    a === b ||
    (a.scheme === b.scheme &&
      a.principal === b.principal &&
      a.credentials === b.credentials &&
      a.realm === b.realm &&
      // Parameters are a plug-in's own; a difference in their order only costs a new authentication.
      (a.parameters === b.parameters || text(a.parameters) === text(b.parameters)))
  );
}

function text(parameters: unknown): string {
  return JSON.stringify(parameters, (_, value) => (typeof value === "bigint" ? `${value}n` : value)) ?? "";
}

const keys: readonly string[] = ["scheme", "principal", "credentials", "realm", "parameters"];

/** What the schemes that everybody has can't do without: mostly it is an environment variable that isn't set. */
const needed: Readonly<Record<string, readonly ("principal" | "credentials")[]>> = {
  basic: ["principal", "credentials"],
  bearer: ["credentials"],
  kerberos: ["credentials"],
};

function token(given: Partial<Record<keyof AuthToken, unknown>>): AuthToken {
  const { scheme, principal, credentials, realm, parameters } = given;
  if (typeof scheme !== "string" || scheme === "") {
    throw new AuthConfigurationError(
      "The auth token has no scheme: make it with auth.basic, auth.bearer, auth.custom ...",
    );
  }
  const token: Record<string, unknown> = { scheme };
  for (const [key, value] of Object.entries({ principal, credentials, realm })) {
    if (value === undefined || value === null) continue;
    if (typeof value !== "string") {
      throw new AuthConfigurationError(`The auth token's ${key} has to be a string, not ${typeof value}.`);
    }
    if (value !== "" || key === "principal") token[key] = value;
  }
  for (const key of (Object.hasOwn(needed, scheme) && needed[scheme]) || []) {
    if (typeof given[key] === "string") continue;
    throw new AuthConfigurationError(
      `The auth token of the scheme ${scheme} has no ${key}: it is ${given[key] === null ? "null" : "undefined"}. Does an environment variable lack?`,
    );
  }
  if (parameters !== undefined && parameters !== null) {
    if (typeof parameters !== "object" || Array.isArray(parameters)) {
      throw new AuthConfigurationError("The auth token's parameters have to be an object.");
    }
    if (Object.keys(parameters).length > 0) token["parameters"] = { ...parameters };
  }
  // Whoever prints a configuration sees who logs in, not with what.
  Object.defineProperty(token, inspect, { value: () => printed(token), enumerable: false });
  made.add(token);
  return Object.freeze(token) as unknown as AuthToken;
}

function unknownEntry(key: string): string {
  const advice =
    key === "expiresAt"
      ? "only a function, or the tokenProvider of authTokenManagers, may give a token that expires, since somebody has to give the next one"
      : `a token has ${keys.join(", ")}; what a plug-in of the server wants stands in its parameters`;
  return `The auth token has an entry ${JSON.stringify(key)}, which isn't known: ${advice}.`;
}

function printed(token: Record<string, unknown>): string {
  return token["principal"] ? `AuthToken(${token["scheme"]}, ${token["principal"]})` : `AuthToken(${token["scheme"]})`;
}
