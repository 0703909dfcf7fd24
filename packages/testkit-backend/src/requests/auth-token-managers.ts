/** Requests to managers of tokens; the suite gives the tokens. */
import { type AuthToken, type AuthTokenManager, authTokenManagers } from "@fulgur/neo4j-driver";
import { type AuthorizationToken, authTokenOf } from "../auth-token.ts";
import type { Conversation } from "../conversation.ts";
import type { Handlers } from "../requests.ts";

interface Given<Auth = AuthorizationToken> {
  readonly auth: Auth;
}

interface ExpiringToken {
  readonly data: { readonly auth: AuthorizationToken; readonly expiresInMs: number | null };
}

/** Milliseconds since 1970 by the clock that the suite can make stand still. */
const now = () => performance.timeOrigin + performance.now();

export const authTokenManagerRequests: Handlers = {
  NewAuthTokenManager: (_, conversation) =>
    added("AuthTokenManager", conversation, (authTokenManagerId) => ({
      async getToken() {
        const question = { authTokenManagerId: authTokenManagerId() };
        return authTokenOf((await conversation.ask<Given>("AuthTokenManagerGetAuthRequest", question)).auth);
      },
      async handleSecurityException(token, errorCode) {
        const { handled } = await conversation.ask<{ handled: boolean }>(
          "AuthTokenManagerHandleSecurityExceptionRequest",
          { authTokenManagerId: authTokenManagerId(), auth: tokenToSuite(token), errorCode },
        );
        return handled;
      },
    })),

  NewBasicAuthTokenManager: (_, conversation) =>
    added("BasicAuthTokenManager", conversation, (basicAuthTokenManagerId) =>
      authTokenManagers.basic({
        async tokenProvider() {
          const question = { basicAuthTokenManagerId: basicAuthTokenManagerId() };
          return authTokenOf((await conversation.ask<Given>("BasicAuthTokenProviderRequest", question)).auth);
        },
      }),
    ),

  NewBearerAuthTokenManager: (_, conversation) =>
    added("BearerAuthTokenManager", conversation, (bearerAuthTokenManagerId) =>
      authTokenManagers.bearer({
        now,
        async tokenProvider() {
          const question = { bearerAuthTokenManagerId: bearerAuthTokenManagerId() };
          const { auth } = await conversation.ask<Given<ExpiringToken>>("BearerAuthTokenProviderRequest", question);
          const { auth: token, expiresInMs } = auth.data;
          return {
            token: authTokenOf(token),
            ...(expiresInMs === null ? {} : { expiration: now() + expiresInMs }),
          };
        },
      }),
    ),

  /** Whatever kind of manager it was. */
  AuthTokenManagerClose({ id }: { id: string }, conversation) {
    conversation.authTokenManagers.delete(id);
    return { name: "AuthTokenManager", data: { id } };
  },
};

/** @param make is given what tells the id, which is there only afterwards */
function added(name: string, conversation: Conversation, make: (id: () => string) => AuthTokenManager) {
  const id: string = conversation.authTokenManagers.add(make(() => id));
  return { name, data: { id } };
}

function tokenToSuite({ scheme, principal, credentials, realm, parameters }: AuthToken): object {
  const fields = Object.entries({ scheme, principal, credentials, realm, parameters });
  return { name: "AuthorizationToken", data: Object.fromEntries(fields.filter(([, value]) => value !== undefined)) };
}
