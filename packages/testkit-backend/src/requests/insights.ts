/** Requests that look into a driver. */
import { providerOf } from "../insight.ts";
import type { Handlers } from "../requests.ts";

interface OfDriver {
  readonly driverId: string;
}

export const insightRequests: Handlers = {
  GetRoutingTable({ driverId, database }: OfDriver & { database: string | null }, { drivers }) {
    const table = providerOf(drivers.get(driverId)).routingTable(database ?? undefined);
    if (table === undefined)
      throw new Error(`The driver knows no routing table of ${database ?? "the home database"}.`);
    const { routers, readers, writers, expiresAt } = table;
    return {
      name: "RoutingTable",
      data: {
        database: table.database,
        ttl: Math.max(0, Math.round((expiresAt - performance.now()) / 1000)),
        routers: [...routers],
        readers: [...readers],
        writers: [...writers],
      },
    };
  },

  GetConnectionPoolMetrics({ driverId, address }: OfDriver & { address: string }, { drivers }) {
    const { busy, idle } = providerOf(drivers.get(driverId)).counts(address);
    return { name: "ConnectionPoolMetrics", data: { inUse: busy, idle } };
  },
};
