/**
 * What the driver does, as events of `node:diagnostics_channel`: `tracing:neo4j:connect:start`, `…:asyncEnd`, `…:error` and so
 * on. A message is one object for all events of one operation; its `attributes` have the names of OpenTelemetry's database
 * conventions. No parameter, no record and no credential is in it. docs/observability.md
 */
import type { Neo4jDriverBaseError } from "@fulgur/neo4j-types";
import { heardChannel } from "../transport/channels.ts";
import { parseAddress } from "../uri.ts";

/** The names of the channels. */
export type TracedOperation = "neo4j:connect" | "neo4j:acquire" | "neo4j:query" | "neo4j:transaction";

/** What is known of an operation; more may come until it ends. */
export type TraceAttributes = Record<string, string | number | boolean | undefined>;

/** What subscribers get. */
export interface TraceMessage {
  readonly attributes: TraceAttributes;
  /** Set by Node before `error` is published. */
  readonly error?: unknown;
}

/**
 * Runs `work` as one operation on a channel; its events come before and after.
 *
 * @param attributes made only when somebody listens
 * @param work is given the attributes to add to, if somebody listens
 */
export function traced<T>(
  operation: TracedOperation,
  attributes: () => TraceAttributes,
  work: (attributes: TraceAttributes | undefined) => Promise<T>,
): Promise<T> {
  const channel = heardChannel(operation);
  if (channel === undefined) return work(undefined);
  const message: TraceMessage = { attributes: { "db.system.name": "neo4j", ...attributes() } };
  let value: T;
  // Not the value itself: Node would put it into the message.
  const told = async () => {
    try {
      value = await work(message.attributes);
    } catch (error) {
      Object.assign(message.attributes, errorAttributes(error));
      throw error;
    }
  };
  return channel.tracePromise(told, message).then(() => value);
}

/** Whether anybody listens to a channel. */
export function isHeard(operation: TracedOperation): boolean {
  return heardChannel(operation) !== undefined;
}

/** `server.address` and `server.port`. */
export function serverAttributes(address: string): TraceAttributes {
  const { host, port } = parseAddress(address);
  return { "server.address": host, "server.port": port };
}

/** What kind of error it was. */
function errorAttributes(error: unknown): TraceAttributes {
  const { name, code, gqlStatus } = (error ?? {}) as Partial<Neo4jDriverBaseError>;
  if (code === undefined || !code.includes(".")) return { "error.type": name ?? typeof error };
  return { "error.type": code, "db.response.status_code": gqlStatus };
}
