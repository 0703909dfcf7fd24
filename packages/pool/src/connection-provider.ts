/** Puts pool and routing together for a URI: the scheme alone decides which kind of provider it is. (CONN-01) */
import {
  type AuthToken,
  type Connection,
  type ConnectOptions,
  connect,
  formatAddress,
  parseUri,
} from "@fulgur/neo4j-core";
import { type Clock, systemClock } from "./clock.ts";
import { DirectProvider } from "./direct.ts";
import { createPool } from "./pool.ts";
import type { PoolOptions } from "./pool-options.ts";
import type { ConnectionProvider } from "./provider.ts";
import { Router } from "./routing/router.ts";

type PoolSettings = Pick<
  PoolOptions<Connection>,
  "maxConnectionPoolSize" | "connectionAcquisitionTimeout" | "maxConnectionLifetime" | "connectionLivenessCheckTimeout"
>;

export interface ProviderOptions extends PoolSettings {
  /** What each connection is opened with. */
  readonly connectOptions?: Omit<ConnectOptions, "signal" | "onClose" | "clock" | "routingContext"> | undefined;
  /** Default: the machine's. */
  readonly clock?: Clock | undefined;
}

/**
 * The connections of one driver. Nothing is opened before the first `acquire`. (CONN-23)
 *
 * @throws ConfigurationError for a URI that can't be used
 */
export function createConnectionProvider(
  uri: string | URL,
  auth: AuthToken,
  { connectOptions, clock = systemClock, ...poolSettings }: ProviderOptions = {},
): ConnectionProvider {
  const parsed = parseUri(uri);
  const initialAddress = formatAddress(parsed);
  const routingContext = { ...parsed.routingContext, address: initialAddress };
  let hasConnected = false;
  const open = async (address: string, token: AuthToken, more: Pick<ConnectOptions, "signal" | "onClose">) => {
    const connection = await connect(`${parsed.scheme}://${address}`, token, {
      ...connectOptions,
      ...(parsed.routed ? { routingContext } : {}),
      clock,
      ...more,
    });
    hasConnected = true;
    return connection;
  };
  const pool = createPool<Connection>({
    ...poolSettings,
    clock,
    connect: (address, { signal, onClose }) => open(address, auth, { signal, onClose }),
  });
  const provider = parsed.routed
    ? new Router({ initialAddress, routingContext: parsed.routingContext, pool, clock })
    : new DirectProvider(initialAddress, pool);
  return {
    get hasConnected() {
      return hasConnected;
    },
    acquire: (request) => provider.acquire(request),
    tryAuthentication: async (token, signal) => {
      const connection = await open(initialAddress, token, signal === undefined ? {} : { signal });
      await connection.close();
      return connection.version;
    },
    close: () => provider.close(),
  };
}
