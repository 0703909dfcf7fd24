/** A whole transaction in one write: BEGIN, RUN, PULL and COMMIT, one round trip for all of them. */
import { IncompleteCommit, ServiceUnavailable, SessionExpired } from "@fulgur/neo4j-core";
import type { AccessMode } from "@fulgur/neo4j-pool";
import { EagerResult } from "./eager.ts";
import type { PreparedQuery } from "./query.ts";
import { Record, RecordHeader } from "./record.ts";
import type { AnyRow } from "./row.ts";
import { resultSummary, serverInfo } from "./summary.ts";
import { Api, type Borrowed, report, type Telemetry, type Workspace } from "./workspace.ts";

export interface OneFlightOptions {
  readonly mode: AccessMode;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A connection lost on the way is tried again when the query reads. When it writes, nobody knows whether the COMMIT that
 * was already sent took place: that is an IncompleteCommit.
 */
export function runInOneFlight<Row extends object = AnyRow>(
  workspace: Workspace,
  query: PreparedQuery,
  { mode, signal }: OneFlightOptions,
): Promise<EagerResult<Row>> {
  const telemetry: Telemetry = { api: Api.executeQuery };
  return workspace.retry(async () => {
    const borrowed = await workspace.borrow(mode, signal);
    try {
      report(borrowed.provided, telemetry);
      const { result, bookmark } = await fly<Row>(borrowed, query, signal);
      await borrowed.provided.release();
      await workspace.bookmarks.received(bookmark, borrowed.bookmarks);
      return result;
    } catch (error) {
      const seen = borrowed.provided.failed(error);
      await borrowed.provided.release();
      throw afterCommitWasSent(seen, mode);
    }
  }, signal);
}

async function fly<Row extends object>(
  { provided, extra }: Borrowed,
  query: PreparedQuery,
  signal: AbortSignal | undefined,
): Promise<{ result: EagerResult<Row>; bookmark: string | undefined }> {
  const { connection } = provided;
  const begun = connection.begin(extra(query.config));
  const stream = connection.run(query.text, query.parameters, undefined, {
    fetchSize: -1,
    ...(signal === undefined ? {} : { signal }),
  });
  const committed = connection.commit();
  // The first failure is the one that counts; the others only repeat it.
  begun.catch(() => {});
  committed.catch(() => {});
  await begun;
  const header = new RecordHeader(await stream.keys());
  const records: Record<Row>[] = [];
  for (let batch = await stream.next(); batch !== undefined; batch = await stream.next()) {
    for (const row of batch.rows()) records.push(new Record<Row>(header, row));
  }
  const metadata = await stream.summary();
  const { bookmark } = await committed;
  const ending = { hasColumns: header.keys.length > 0, hadRecords: records.length > 0, discarded: false };
  const summary = resultSummary(query, metadata, serverInfo(connection.server), ending);
  return { result: new EagerResult(records, summary, header.keys), bookmark };
}

function afterCommitWasSent(error: unknown, mode: AccessMode): unknown {
  const lost = error instanceof ServiceUnavailable || error instanceof SessionExpired;
  if (!lost) return error;
  if (mode === "WRITE") {
    if (error instanceof IncompleteCommit) return error;
    return new IncompleteCommit("The connection was lost after COMMIT was sent: nobody knows whether it took place.", {
      cause: error,
    });
  }
  if (!(error instanceof IncompleteCommit)) return error;
  return new ServiceUnavailable("The connection was lost while the query ran; it only read.", { cause: error });
}
