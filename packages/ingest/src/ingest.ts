/** Writes rows into Neo4j, batch by batch: each batch is one managed transaction, so each is there whole or not at all. */
import type { Driver, EagerResult } from "@fulgur/neo4j-driver";
import { batchesOf, type Source } from "./batches.ts";
import { type IngestCounters, noCounters, sumCounters } from "./counters.ts";
import { IngestError } from "./ingest-error.ts";
import { checkIngestOptions, type IngestOptions } from "./options.ts";
import type { IngestProgress } from "./progress.ts";
import { statementFor } from "./statement.ts";

export interface IngestResult extends IngestProgress {
  /** What all batches together changed. */
  readonly counters: IngestCounters;
  /** Rows that changed nothing because an end of their relationship doesn't exist; 0 with `nodes` and `query`. */
  readonly unmatched: number;
}

/**
 * Writes the rows of a source: by a `query` of yours, as `nodes`, or as `relationships`. Rows are taken from the source
 * only as fast as the server writes them, and at most one batch is in memory. A batch that fails by something that passes
 * is written again, so a query of yours should MERGE by a key if it must not write twice after a lost COMMIT.
 *
 * @throws ConfigurationError for options that can't be right, before a row is read; IngestError when a batch can't be
 * written: it says how many rows are committed and has the reason as its cause; the source's own errors and the signal's
 * reason as they are
 */
export async function ingest<Row>(driver: Driver, options: IngestOptions<Row>): Promise<IngestResult> {
  const { batchSize, database, signal, onProgress } = checkIngestOptions(options);
  const { text, parameterOf } = statementFor<Row>(options);
  const start = performance.now();
  let rows = 0;
  let batches = 0;
  let unmatched = 0;
  let counters = noCounters;
  await using session = driver.session({ database, bookmarkManager: driver.executeQueryBookmarkManager });
  for await (const batch of batchesOf(options.source as Source<Row>, batchSize, signal)) {
    const parameters = { rows: batch.map(parameterOf) };
    let written: EagerResult<{ written?: number }>;
    try {
      written = await session.executeWrite((tx) => tx.run(text, parameters), { signal });
    } catch (error) {
      if (signal?.aborted && error === signal.reason) throw error;
      throw new IngestError(error, { rows, batches, batchRows: batch.length });
    }
    rows += batch.length;
    batches++;
    counters = sumCounters(counters, written.summary.counters);
    if (options.relationships !== undefined)
      unmatched += batch.length - Number(written.records[0]?.get("written") ?? 0);
    await onProgress?.({ rows, batches, elapsed: performance.now() - start });
  }
  return { rows, batches, counters, unmatched, elapsed: performance.now() - start };
}
