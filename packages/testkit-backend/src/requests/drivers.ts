/** Requests to drivers. */
import {
  type AuthTokenManager,
  driver,
  type EagerResult,
  type ExecuteQueryConfig,
  Query,
  type Result,
} from "@fulgur/neo4j-driver";
import { type AuthorizationToken, authTokenOf } from "../auth-token.ts";
import type { Conversation } from "../conversation.ts";
import { configOf, type NewDriverData } from "../driver-config.ts";
import type { Handlers } from "../requests.ts";
import { eagerToSuite, serverInfoToSuite } from "../summary.ts";
import { type CypherMapData, mapFromSuite } from "../values/from-suite.ts";
import { withoutNulls } from "../without-nulls.ts";

interface OfDriver {
  readonly driverId: string;
}

interface ExecuteQueryData extends OfDriver {
  readonly cypher: string;
  readonly params: CypherMapData | null;
  readonly config: {
    readonly routing: "r" | "w" | null;
    readonly database: string | null;
    readonly impersonatedUser: string | null;
    readonly txMeta: CypherMapData | null;
    readonly timeout: number | null;
    readonly authorizationToken: AuthorizationToken | null;
    readonly bookmarkManagerId?: string | -1;
  };
}

export const driverRequests: Handlers = {
  NewDriver(data: NewDriverData, conversation) {
    const { uri, authorizationToken: token, authTokenManagerId: managerId } = data;
    const auth = token !== null ? authTokenOf(token) : managerOf(managerId, conversation);
    return { name: "Driver", data: { id: conversation.drivers.add(driver(uri, auth, configOf(data, conversation))) } };
  },

  async DriverClose({ driverId }: OfDriver, { drivers }) {
    await drivers.get(driverId).close();
    return { name: "Driver", data: { id: driverId } };
  },

  async VerifyConnectivity({ driverId }: OfDriver, { drivers }) {
    await drivers.get(driverId).verifyConnectivity();
    return { name: "Driver", data: { id: driverId } };
  },

  async GetServerInfo({ driverId }: OfDriver, { drivers }) {
    return { name: "ServerInfo", data: serverInfoToSuite(await drivers.get(driverId).getServerInfo()) };
  },

  async CheckMultiDBSupport({ driverId }: OfDriver, { drivers }) {
    const available = await drivers.get(driverId).supportsMultiDb();
    return { name: "MultiDBSupport", data: { id: driverId, available } };
  },

  async CheckSessionAuthSupport({ driverId }: OfDriver, { drivers }) {
    const available = await drivers.get(driverId).supportsSessionAuth();
    return { name: "SessionAuthSupport", data: { id: driverId, available } };
  },

  async VerifyAuthentication(data: OfDriver & { authorizationToken: AuthorizationToken | null }, { drivers }) {
    const { driverId, authorizationToken: token } = data;
    const config = token === null ? {} : { auth: authTokenOf(token) };
    const authenticated = await drivers.get(driverId).verifyAuthentication(config);
    return { name: "DriverIsAuthenticated", data: { id: driverId, authenticated } };
  },

  CheckDriverIsEncrypted({ driverId }: OfDriver, { drivers }) {
    return { name: "DriverIsEncrypted", data: { encrypted: drivers.get(driverId).encrypted } };
  },

  async ExecuteQuery({ driverId, cypher, params, config }: ExecuteQueryData, conversation) {
    const timing = withoutNulls({ metadata: mapFromSuite(config.txMeta), timeout: config.timeout });
    const eager = await conversation.drivers
      .get(driverId)
      .executeQuery(new Query(cypher, timing), mapFromSuite(params), executeQueryConfigOf(config, conversation));
    return { name: "EagerResult", data: eagerToSuite(eager) };
  },
};

function managerOf(id: string | null, { authTokenManagers }: Conversation): AuthTokenManager | undefined {
  return id === null ? undefined : authTokenManagers.get(id);
}

function executeQueryConfigOf(
  { routing, database, impersonatedUser, bookmarkManagerId, authorizationToken }: ExecuteQueryData["config"],
  { bookmarkManagers }: Conversation,
): ExecuteQueryConfig & { readonly resultTransformer: (result: Result) => Promise<EagerResult> } {
  return {
    ...withoutNulls({ routing, database, impersonatedUser }),
    ...(authorizationToken === null ? {} : { auth: authTokenOf(authorizationToken) }),
    // The driver's own eager transformer is known by identity, and asks for all records at once, for reading in one flight
    // with COMMIT; the suite's scripts know portions of 1000 only.
    resultTransformer: (result) => result.toEagerResult(),
    ...(bookmarkManagerId === undefined
      ? {}
      : { bookmarkManager: bookmarkManagerId === -1 ? null : bookmarkManagers.get(bookmarkManagerId) }),
  };
}
