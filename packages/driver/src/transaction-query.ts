/** One query of a transaction, on its connection. */
import { type CallSite, ResultFailedError, type ResultMetadata } from "@fulgur/neo4j-core";
import type { ProvidedConnection } from "@fulgur/neo4j-pool";
import { ParameterError } from "@fulgur/neo4j-types";
import type { Call } from "./call.ts";
import type { PreparedQuery } from "./query.ts";
import type { RunningQuery } from "./result-reader.ts";
import { serverInfo } from "./summary.ts";

interface QueryOptions {
  readonly provided: ProvidedConnection;
  readonly fetchSize: number | undefined;
  /** Where it is asked for. */
  readonly site: CallSite;
  /** The transaction's own. */
  readonly signal: AbortSignal | undefined;
  /** The query's own limits, if it has any. */
  readonly call: Call | undefined;
  /** Sends BEGIN, if that wasn't done. */
  readonly begin: () => Promise<unknown>;
  /** Told why the query, and so the transaction, is to end early. */
  readonly interrupted: (reason: unknown) => void;
  /** Told of a failure that ends the transaction; rejects with what that comes to. */
  readonly failed: (error: unknown) => Promise<never>;
}

export async function startQuery(
  { text, parameters }: PreparedQuery,
  { provided, fetchSize, site, signal: whole, call, begin, interrupted, failed }: QueryOptions,
): Promise<RunningQuery> {
  // Nothing is sent, and the transaction goes on without this query.
  call?.signal?.throwIfAborted();
  // One query of a transaction can't be stopped by itself: its end is that of the transaction.
  const stopListening = call?.run(interrupted);
  const signal = call === undefined ? whole : call.orSignal(whole);
  void begin();
  const stream = provided.connection.run(text, parameters, undefined, {
    site,
    ...(fetchSize === undefined ? {} : { fetchSize }),
    ...(signal === undefined ? {} : { signal }),
  });
  const mapped = (error: unknown): Promise<never> => {
    // Nothing was sent: the transaction goes on without this query. (QRY-07)
    // The streams beside a failed one say so of themselves; that one tells what happened.
    if (error instanceof ParameterError || error instanceof ResultFailedError) return Promise.reject(error);
    return failed(error);
  };
  const settled: Promise<ResultMetadata> = stream.ended().catch(mapped);
  settled.catch(() => {});
  if (stopListening !== undefined) settled.then(stopListening, stopListening);
  const keys = await stream.keys().catch(mapped);
  return { stream, keys, server: serverInfo(provided.connection.server), settled };
}
