/** Puts pool and routing together for a URI: the scheme alone decides which kind of provider it is. (CONN-01) */
import {
  type AuthToken,
  appendCallSite,
  type Connection,
  type ConnectOptions,
  connect,
  formatAddress,
  Logging,
  Neo4jDriverBaseError,
  Neo4jError,
  parseUri,
  tlsSettings,
} from "@fulgur/neo4j-core";
import { authTokenManagerOf, type DriverAuth } from "./auth/auth-token-managers.ts";
import { Logins } from "./auth/logins.ts";
import type { ManagerDebugging } from "./auth/token-source.ts";
import { type Clock, systemClock } from "./clock.ts";
import { DirectProvider } from "./direct.ts";
import { createPool } from "./pool.ts";
import type { PoolOptions } from "./pool-options.ts";
import type { ConnectionProvider } from "./provider.ts";
import { Resolution, type Resolver } from "./resolver.ts";
import { Router } from "./routing/router.ts";
import { ServerSideRouting } from "./server-side-routing.ts";

type PoolSettings = Pick<
  PoolOptions<Connection>,
  "maxConnectionPoolSize" | "connectionAcquisitionTimeout" | "maxConnectionLifetime" | "connectionLivenessCheckTimeout"
>;

export interface ProviderOptions extends PoolSettings {
  /** What each connection is opened with. */
  readonly connectOptions?: Omit<ConnectOptions, "signal" | "onClose" | "clock" | "routingContext"> | undefined;
  /** Gives the addresses to connect to in place of the one that is known. Default: it is connected to itself. (CONN-32, DRV-26) */
  readonly resolver?: Resolver | undefined;
  /** Default: the machine's. */
  readonly clock?: Clock | undefined;
  /** Who hears what pool, routing and connections do. Default: those that listen to every driver. */
  readonly logging?: Logging | undefined;
  /** Watches for what auth token managers must not do. Default: it isn't watched for. */
  readonly managerDebugging?: ManagerDebugging | undefined;
}

/**
 * The connections of one driver. Nothing is opened before the first `acquire`. (CONN-23)
 *
 * @param auth who its own user is: a token, an auth token manager, or a function that gives tokens
 * @throws ConfigurationError for a URI or an auth that can't be used
 */
export function createConnectionProvider(
  uri: string | URL,
  auth: DriverAuth,
  {
    connectOptions,
    resolver,
    clock = systemClock,
    logging = new Logging(),
    managerDebugging,
    ...settings
  }: ProviderOptions = {},
): ConnectionProvider {
  const parsed = parseUri(uri);
  // What the options and the scheme say of encryption has to go together, before anything is opened.
  tlsSettings(parsed, connectOptions ?? {});
  const initialAddress = formatAddress(parsed);
  const routingContext = { ...parsed.routingContext, address: initialAddress };
  const resolution = new Resolution(resolver);
  const serverSideRouting = new ServerSideRouting();
  let hasConnected = false;
  const open = async (address: string, token: AuthToken, more: Pick<ConnectOptions, "signal" | "onClose" | "site">) => {
    const options = { ...connectOptions, ...(parsed.routed ? { routingContext } : {}), clock, logging, ...more };
    const to = (target: string) => connect(`${parsed.scheme}://${target}`, token, options);
    try {
      return await resolution.open(address, to);
    } catch (error) {
      // Who refuses to let somebody in has been reached.
      hasConnected ||= error instanceof Neo4jError;
      throw error;
    }
  };
  const log = logging.logger("neo4j.auth_management");
  const logins = new Logins({ manager: authTokenManagerOf(auth), log, debug: managerDebugging });
  const pool = createPool<Connection>({
    ...settings,
    clock,
    logging,
    logins,
    connect: async (address, { signal, onClose, site, auth: user }) => {
      let ended: () => void = () => {};
      const closed = () => {
        ended();
        onClose();
      };
      const hooks = { signal, site, onClose: closed };
      const connection = await logins.open(address, { auth: user, signal }, (token) => open(address, token, hooks));
      hasConnected = true;
      ended = serverSideRouting.opened(connection);
      return connection;
    },
  });
  const provider = parsed.routed
    ? new Router({
        initialAddress,
        initialRouters: resolution.routers(initialAddress),
        routingContext: parsed.routingContext,
        answerTimeout: connectOptions?.loginTimeout,
        pool,
        clock,
        serverSideRouting,
        logging,
      })
    : new DirectProvider(initialAddress, pool);
  return {
    get hasConnected() {
      return hasConnected;
    },
    acquire: (request) =>
      provider.acquire(request).catch((error: unknown) => {
        // An abort's reason is the user's, and stays as it is.
        throw error instanceof Neo4jDriverBaseError ? appendCallSite(error, request.site) : error;
      }),
    routingTable: (database) => (provider instanceof Router ? provider.table(database) : undefined),
    updateRoutingTable: async (request) => {
      if (provider instanceof Router) await provider.update(request);
    },
    counts: (address) => pool.counts(address),
    close: () => provider.close(),
  };
}
