/** The suite's tokens as the driver's. */
import { type AuthToken, auth } from "@fulgur/neo4j-driver";

export interface AuthorizationToken {
  readonly data: {
    readonly scheme: string;
    readonly principal?: string;
    readonly credentials?: string;
    readonly realm?: string;
    readonly parameters?: { readonly [key: string]: unknown };
  };
}

export function authTokenOf({ data }: AuthorizationToken): AuthToken {
  const { scheme, principal = "", credentials = "", realm, parameters } = data;
  if (scheme === "basic") return auth.basic(principal, credentials, realm);
  if (scheme === "bearer") return auth.bearer(credentials);
  if (scheme === "kerberos") return auth.kerberos(credentials);
  return auth.custom(principal, credentials, realm, scheme, parameters);
}
