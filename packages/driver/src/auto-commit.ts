/** Runs a query that the server commits by itself: RUN with a transaction's configuration, once, or twice where nothing was done. */
import { Neo4jError } from "@fulgur/neo4j-core";
import type { Call } from "./call.ts";
import type { PreparedQuery } from "./query.ts";
import type { RunningQuery } from "./result-reader.ts";
import { serverInfo } from "./summary.ts";
import { Api, report, type Telemetry, type Workspace } from "./workspace.ts";

export interface AutoCommitOptions {
  readonly call: Call;
  /** Told how the connection is given up whatever runs on it. */
  readonly borrowed: (giveUp: () => void) => void;
  /** Told of a connection that is being reset for whoever cancelled. */
  readonly resetting: (release: Promise<void>) => void;
}

/** Resolves when the server has accepted the query; the call ends with the result. (TX-02, TX-04) */
export async function runAutoCommit(
  workspace: Workspace,
  query: PreparedQuery,
  options: AutoCommitOptions,
): Promise<RunningQuery> {
  const telemetry: Telemetry = { api: Api.autoCommit };
  for (let attempt = 1; ; attempt++) {
    const { running, settled } = await send(workspace, query, telemetry, options);
    try {
      return await running;
    } catch (error) {
      const seen = await settled.then(
        () => error,
        (failure: unknown) => failure,
      );
      if (attempt > 1 || !workspace.retriesAutoCommit || !isIdempotent(seen)) throw seen;
    }
  }
}

async function send(
  workspace: Workspace,
  query: PreparedQuery,
  telemetry: Telemetry,
  { call, borrowed, resetting }: AutoCommitOptions,
): Promise<{ running: Promise<RunningQuery>; settled: RunningQuery["settled"] }> {
  const { signal, site } = call;
  const { defaultAccessMode: mode, fetchSize } = workspace.config;
  const { provided, bookmarks, extra, resolved } = await workspace.borrow(mode, call);
  borrowed(() => void provided.release());
  report(provided, telemetry);
  const stream = provided.connection.run(query.text, query.parameters, extra(query.config), {
    ...(site === undefined ? {} : { site }),
    ...(fetchSize === undefined ? {} : { fetchSize }),
    ...(signal === undefined ? {} : { signal }),
  });
  const settled = stream.ended().then(
    async (metadata) => {
      await provided.release();
      await workspace.bookmarks.received(metadata.bookmark, bookmarks);
      return metadata;
    },
    async (error: unknown) => {
      const isCancelled = signal?.aborted === true;
      const seen = isCancelled ? error : provided.failed(error);
      const released = provided.release();
      // Who cancels doesn't wait until the server has understood; what comes next does.
      if (isCancelled) resetting(released);
      else await released;
      throw seen;
    },
  );
  settled.catch(() => {});
  const running = stream.keys().then((keys) => {
    resolved(stream.homeDatabase);
    settled.then(
      () => call.end(),
      () => call.end(),
    );
    return { stream, keys, server: serverInfo(provided.connection.server), settled };
  });
  return { running, settled };
}

/** The server's word that a failed query has done nothing. (TX-02) */
function isIdempotent(error: unknown): boolean {
  return error instanceof Neo4jError && error.diagnosticRecord["_idempotent"] === true;
}
