/** A whole transaction in one write: BEGIN, RUN, PULL and COMMIT, one round trip for all of them. */
import { IncompleteCommit, ServiceUnavailable, SessionExpired } from "@fulgur/neo4j-core";
import { type AccessMode, unlessAborted } from "@fulgur/neo4j-pool";
import type { Call } from "./call.ts";
import { EagerResult } from "./eager.ts";
import type { PreparedQuery } from "./query.ts";
import { Record, RecordHeader } from "./record.ts";
import type { AnyRow } from "./row.ts";
import { laterSummary, serverInfo } from "./summary.ts";
import type { EndTrace } from "./transaction-trace.ts";
import { Api, type Borrowed, report, type Telemetry, type Workspace } from "./workspace.ts";

export interface OneFlightOptions {
  readonly mode: AccessMode;
  readonly call: Call;
}

/**
 * A connection lost on the way is tried again when the query reads. When it writes, nobody knows whether the COMMIT that
 * was already sent took place: that is an IncompleteCommit, also for whoever cancels.
 */
export function runInOneFlight<Row extends object = AnyRow>(
  workspace: Workspace,
  query: PreparedQuery,
  { mode, call }: OneFlightOptions,
): Promise<EagerResult<Row>> {
  const telemetry: Telemetry = { api: Api.executeQuery };
  const { signal } = call;
  return workspace.retry(async () => {
    const borrowed = await workspace.borrow(mode, call);
    const { provided, bookmarks } = borrowed;
    const isCancelled = (): boolean => signal?.aborted === true;
    let isSent = false;
    let flown: Flown<Row>;
    let endTrace: EndTrace | undefined;
    try {
      signal?.throwIfAborted();
      report(provided, telemetry);
      isSent = true;
      endTrace = borrowed.trace();
      flown = await unlessAborted(fly<Row>(borrowed, query, call), signal);
    } catch (error) {
      const seen = isCancelled() ? error : provided.failed(error);
      endTrace?.("failed", seen);
      const released = provided.release();
      if (!isCancelled()) await released;
      throw isSent ? afterCommitWasSent(seen, mode, isCancelled()) : seen;
    }
    endTrace?.("committed");
    await provided.release();
    const telling = workspace.bookmarks.received(flown.bookmark, bookmarks);
    if (telling !== undefined) await telling;
    return flown.result;
  }, call);
}

interface Flown<Row extends object> {
  readonly result: EagerResult<Row>;
  readonly bookmark: string | undefined;
}

async function fly<Row extends object>(
  { provided, extra, resolved }: Borrowed,
  query: PreparedQuery,
  { signal, site }: Call,
): Promise<Flown<Row>> {
  const { connection } = provided;
  const begun = connection.begin(extra(query.config), site);
  const stream = connection.run(query.text, query.parameters, undefined, {
    fetchSize: -1,
    ...(site === undefined ? {} : { site }),
    ...(signal === undefined ? {} : { signal }),
  });
  const committed = connection.commit(site);
  // The first failure is the one that counts; the others only repeat it.
  begun.catch(() => {});
  committed.catch(() => {});
  const records: Record<Row>[] = [];
  let header: RecordHeader | undefined;
  try {
    for (let batch = await stream.next(); batch !== undefined; batch = await stream.next()) {
      header ??= new RecordHeader(stream.fields ?? []);
      for (const row of batch.rows()) records.push(new Record<Row>(header, row));
    }
    header ??= new RecordHeader(stream.fields ?? []);
    const metadata = await stream.summary();
    const { bookmark } = await committed;
    const ending = { hasColumns: header.keys.length > 0, hadRecords: records.length > 0, discarded: false };
    const summary = laterSummary(query, metadata, serverInfo(connection.server), ending);
    return { result: new EagerResult(records, summary, header.keys), bookmark };
  } finally {
    // It was answered before all others, and where it failed that is what counts: waiting for it first would wake this up once more.
    resolved((await begun).db);
  }
}

function afterCommitWasSent(error: unknown, mode: AccessMode, isCancelled: boolean): unknown {
  const isLost = error instanceof ServiceUnavailable || error instanceof SessionExpired;
  if (mode === "WRITE") {
    if (error instanceof IncompleteCommit || !(isLost || isCancelled)) return error;
    const what = isCancelled ? "The call was cancelled" : "The connection was lost";
    return new IncompleteCommit(`${what} after COMMIT was sent: nobody knows whether it took place.`, { cause: error });
  }
  if (isCancelled || !(error instanceof IncompleteCommit)) return error;
  return new ServiceUnavailable("The connection was lost while the query ran; it only read.", { cause: error });
}
