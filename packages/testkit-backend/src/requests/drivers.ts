/** Requests to drivers. */
import {
  type Config,
  driver,
  type EagerResult,
  type ExecuteQueryConfig,
  type NotificationFilter,
  Query,
  type Result,
} from "@fulgur/neo4j-driver";
import { type AuthorizationToken, authTokenOf } from "../auth-token.ts";
import type { Conversation } from "../conversation.ts";
import type { Handlers } from "../requests.ts";
import { eagerToSuite, serverInfoToSuite } from "../summary.ts";
import { type CypherMapData, mapFromSuite } from "../values/from-suite.ts";
import { withoutNulls } from "../without-nulls.ts";

interface OfDriver {
  readonly driverId: string;
}

export interface NotificationData {
  readonly notificationsMinSeverity?: string;
  readonly notificationsDisabledCategories?: readonly string[];
}

interface NewDriverData extends NotificationData {
  readonly uri: string;
  readonly authorizationToken: AuthorizationToken | null;
  readonly authTokenManagerId: string | null;
  readonly userAgent: string | null;
  readonly resolverRegistered: boolean;
  readonly domainNameResolverRegistered: boolean;
  readonly connectionTimeoutMs: number | null;
  readonly fetchSize: number | null;
  readonly maxTxRetryTimeMs: number | null;
  readonly livenessCheckTimeoutMs: number | null;
  readonly maxConnectionPoolSize: number | null;
  readonly connectionAcquisitionTimeoutMs: number | null;
  readonly clientCertificate: object | null;
  readonly clientCertificateProviderId: string | null;
  readonly telemetryDisabled?: boolean;
  readonly encrypted?: boolean;
  readonly trustedCertificates?: readonly string[] | null;
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

/** What the suite may ask of a new driver and this driver hasn't. */
const missing = {
  authTokenManagerId: "auth token managers",
  resolverRegistered: "address resolvers",
  domainNameResolverRegistered: "domain name resolvers",
  clientCertificate: "client certificates",
  clientCertificateProviderId: "client certificate providers",
} as const;

export const driverRequests: Handlers = {
  NewDriver(data: NewDriverData, { drivers }) {
    for (const [key, what] of Object.entries(missing)) {
      if (data[key as keyof typeof missing]) throw new Error(`The driver has no ${what} yet.`);
    }
    const auth = data.authorizationToken === null ? undefined : authTokenOf(data.authorizationToken);
    return { name: "Driver", data: { id: drivers.add(driver(data.uri, auth, configOf(data))) } };
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

export function notificationFilterOf(data: NotificationData): NotificationFilter | undefined {
  const { notificationsMinSeverity: minimum, notificationsDisabledCategories: disabled } = data;
  if (minimum === undefined && disabled === undefined) return undefined;
  return withoutNulls({
    minimumSeverityLevel: minimum as NotificationFilter["minimumSeverityLevel"],
    disabledClassifications: disabled,
  }) as NotificationFilter;
}

function configOf(data: NewDriverData): Config {
  return withoutNulls({
    userAgent: data.userAgent,
    connectionTimeout: data.connectionTimeoutMs,
    fetchSize: data.fetchSize,
    maxTransactionRetryTime: data.maxTxRetryTimeMs,
    connectionLivenessCheckTimeout: data.livenessCheckTimeoutMs,
    maxConnectionPoolSize: data.maxConnectionPoolSize,
    connectionAcquisitionTimeout: data.connectionAcquisitionTimeoutMs,
    notificationFilter: notificationFilterOf(data),
    telemetryDisabled: data.telemetryDisabled,
    encrypted: data.encrypted,
    // Numbers are floats then, and nothing else: the suite tells the types apart.
    integers: "bigint" as const,
  });
}

function executeQueryConfigOf(
  { routing, database, impersonatedUser, bookmarkManagerId, authorizationToken }: ExecuteQueryData["config"],
  { bookmarkManagers }: Conversation,
): ExecuteQueryConfig & { readonly resultTransformer: (result: Result) => Promise<EagerResult> } {
  if (authorizationToken !== null) throw new Error("The driver has no auth of a single query yet.");
  return {
    ...withoutNulls({ routing, database, impersonatedUser }),
    // The driver's own eager transformer is known by identity, and asks for all records at once, for reading in one flight
    // with COMMIT; the suite's scripts know portions of 1000 only.
    resultTransformer: (result) => result.toEagerResult(),
    ...(bookmarkManagerId === undefined
      ? {}
      : { bookmarkManager: bookmarkManagerId === -1 ? null : bookmarkManagers.get(bookmarkManagerId) }),
  };
}
