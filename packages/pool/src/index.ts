/** Pool and routing: which connection a piece of work gets, and what becomes of it afterwards. */
export { unlessAborted } from "@fulgur/neo4j-core";
export type { AuthTokenManager, SecurityErrorCode } from "./auth/auth-token-manager.ts";
export { authTokenManagerOf, authTokenManagers, type DriverAuth } from "./auth/auth-token-managers.ts";
export { canChangeUser } from "./auth/changing-users.ts";
export type { AuthTokenAndExpiration, TokenProvider } from "./auth/token-provider.ts";
export { type Clock, sleep, systemClock, type Timer } from "./clock.ts";
export { createConnectionProvider, type ProviderOptions } from "./connection-provider.ts";
export { createPool, Pool } from "./pool.ts";
export type { AcquireOptions, OpenOptions, PoolOptions } from "./pool-options.ts";
export type {
  AccessMode,
  ConnectionProvider,
  ConnectionRequest,
  ProvidedConnection,
  TableRequest,
} from "./provider.ts";
export { providerOf, usesProvider } from "./provider-of.ts";
export { type AddressLike, openResolved, type Resolver, type UnresolvedAddress } from "./resolver.ts";
export { type Backoff, isRetryableError, type RetryOptions, retry } from "./retry.ts";
export { Router, type RouterOptions } from "./routing/router.ts";
export { RoutingTable } from "./routing/table.ts";
export type { Lease, Poolable, PoolCounts } from "./shelf.ts";
