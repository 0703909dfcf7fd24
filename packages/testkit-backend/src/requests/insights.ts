/** Requests that look into a driver: no application has to, so there is no public way. */
import { providerOf } from "@fulgur/neo4j-pool";
import type { Handlers } from "../requests.ts";

interface OfDriver {
  readonly driverId: string;
}

interface OfDatabase extends OfDriver {
  readonly database: string | null;
}

export const insightRequests: Handlers = {
  /** Of a database of which nothing is known it is empty. */
  GetRoutingTable({ driverId, database }: OfDatabase, { drivers }) {
    const table = providerOf(drivers.get(driverId)).routingTable(database ?? undefined);
    const { routers = [], readers = [], writers = [], expiresAt = 0 } = table ?? {};
    return {
      name: "RoutingTable",
      data: {
        database: table?.database ?? database,
        ttl: Math.max(0, Math.round((expiresAt - performance.now()) / 1000)),
        routers: [...routers],
        readers: [...readers],
        writers: [...writers],
      },
    };
  },

  async ForcedRoutingTableUpdate(data: OfDatabase & { readonly bookmarks: readonly string[] | null }, { drivers }) {
    const { driverId, database, bookmarks } = data;
    const request = { database: database ?? undefined, bookmarks: bookmarks ?? undefined };
    await providerOf(drivers.get(driverId)).updateRoutingTable(request);
    return { name: "Driver", data: { id: driverId } };
  },

  GetConnectionPoolMetrics({ driverId, address }: OfDriver & { address: string }, { drivers }) {
    const { busy, idle } = providerOf(drivers.get(driverId)).counts(address);
    return { name: "ConnectionPoolMetrics", data: { inUse: busy, idle } };
  },
};
