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
  parseUri,
  tlsSettings,
} from "@fulgur/neo4j-core";
import { type Clock, systemClock } from "./clock.ts";
import { DirectProvider } from "./direct.ts";
import type { PoolOptions } from "./pool-options.ts";
import type { ConnectionProvider } from "./provider.ts";
import { openResolved, type Resolver } from "./resolver.ts";
import { Router } from "./routing/router.ts";
import { ServerSideRouting } from "./server-side-routing.ts";
import { UserPool } from "./user-pool.ts";

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
}

/**
 * The connections of one driver. Nothing is opened before the first `acquire`. (CONN-23)
 *
 * @throws ConfigurationError for a URI that can't be used
 */
export function createConnectionProvider(
  uri: string | URL,
  auth: AuthToken,
  { connectOptions, resolver, clock = systemClock, logging = new Logging(), ...poolSettings }: ProviderOptions = {},
): ConnectionProvider {
  const parsed = parseUri(uri);
  // What the options and the scheme say of encryption has to go together, before anything is opened.
  tlsSettings(parsed, connectOptions ?? {});
  const initialAddress = formatAddress(parsed);
  const routingContext = { ...parsed.routingContext, address: initialAddress };
  const serverSideRouting = new ServerSideRouting();
  let hasConnected = false;
  const open = async (address: string, token: AuthToken, more: Pick<ConnectOptions, "signal" | "onClose" | "site">) => {
    const options = { ...connectOptions, ...(parsed.routed ? { routingContext } : {}), clock, logging, ...more };
    const to = (target: string) => connect(`${parsed.scheme}://${target}`, token, options);
    const connection = await openResolved(resolver, address, to);
    hasConnected = true;
    return connection;
  };
  const poolOptions: PoolOptions<Connection> = {
    ...poolSettings,
    clock,
    logging,
    connect: async (address, { signal, onClose, site, auth: user = auth }) => {
      let ended: () => void = () => {};
      const connection = await open(address, user, {
        signal,
        site,
        onClose: () => {
          ended();
          onClose();
        },
      });
      ended = serverSideRouting.opened(connection);
      return connection;
    },
  };
  const pool = new UserPool(poolOptions, auth);
  const provider = parsed.routed
    ? new Router({ initialAddress, routingContext: parsed.routingContext, pool, clock, serverSideRouting, logging })
    : new DirectProvider(initialAddress, pool, logging);
  return {
    get hasConnected() {
      return hasConnected;
    },
    acquire: (request) =>
      provider.acquire(request).catch((error: unknown) => {
        // An abort's reason is the user's, and stays as it is.
        throw error instanceof Neo4jDriverBaseError ? appendCallSite(error, request.site) : error;
      }),
    tryAuthentication: async (token, signal) => {
      const connection = await open(initialAddress, token, signal === undefined ? {} : { signal });
      await connection.close();
      return connection.version;
    },
    routingTable: (database) => (provider instanceof Router ? provider.table(database) : undefined),
    counts: (address) => pool.counts(address),
    close: () => provider.close(),
  };
}
