/** What a pool of connections does, as events of one channel of `node:diagnostics_channel`: `neo4j:pool`. docs/observability.md */
import { heardEvents } from "../transport/channels.ts";
import { serverAttributes, type TraceAttributes } from "./tracing.ts";

/** What happened: to a connection, or to who wants one. */
export type PoolEvent = "opening" | "acquired" | "waiting" | "timed out" | "released" | "dropped";

/** How many connections to one address are where, and how many callers wait for one. */
export interface PoolEventCounts {
  readonly opening: number;
  readonly idle: number;
  readonly checking: number;
  readonly busy: number;
  readonly returning: number;
  readonly waiting: number;
}

/** What subscribers of `neo4j:pool` get: the counts are those of that moment, in which who timed out still waits. */
export interface PoolEventMessage {
  readonly event: PoolEvent;
  readonly attributes: TraceAttributes;
  readonly counts: PoolEventCounts;
  /** The most connections that there may be to this address; Infinity: no limit. */
  readonly max: number;
}

/** Publishes an event, if anybody listens. */
export function publishPoolEvent(
  event: PoolEvent,
  address: string,
  max: number,
  state: { readonly counts: PoolEventCounts },
): void {
  const channel = heardEvents("neo4j:pool");
  if (channel === undefined) return;
  const attributes = {
    "db.system.name": "neo4j",
    ...serverAttributes(address),
    "db.client.connection.pool.name": address,
  };
  const message: PoolEventMessage = { event, attributes, counts: state.counts, max };
  channel.publish(message);
}
