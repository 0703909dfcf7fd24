import type { RunStream } from "../connection/run-stream.ts";
import { serverAttributes, type TraceAttributes, traced } from "./tracing.ts";

/** What is known of a query when it is sent. */
export interface TracedQuery {
  readonly address: string;
  readonly query: string;
  readonly database: string | null | undefined;
}

/** Sends a query as an operation on the channel `neo4j:query`, which lasts until its result has ended; that this side reads slowly counts. */
export function tracedRun(stream: RunStream, { address, query, database }: TracedQuery, send: () => void): void {
  const about = (): TraceAttributes => ({
    ...serverAttributes(address),
    "db.namespace": database ?? undefined,
    "db.query.text": query,
  });
  const run = (attributes: TraceAttributes | undefined) =>
    new Promise<void>((resolve, reject) => {
      send();
      stream.onEnd(() => {
        if (attributes !== undefined) {
          attributes["db.response.returned_rows"] = stream.received;
          attributes["db.namespace"] ??= stream.metadata?.db;
        }
        if (stream.failure === undefined) resolve();
        else reject(stream.failure);
      });
    });
  traced("neo4j:query", about, run).catch(() => {});
}
