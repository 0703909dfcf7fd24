/** Writes rows into Neo4j: each batch is one transaction, so each is there whole or not at all, and once. */
import type { Driver } from "@fulgur/neo4j-driver";
import { Job } from "./job.ts";
import { writePlan } from "./mapping/write-plan.ts";
import { checkIngestOptions } from "./options/check-options.ts";
import { checkTarget } from "./options/check-targets.ts";
import type { IngestOptions } from "./options/ingest-options.ts";
import type { IngestCounters } from "./progress/counters.ts";
import type { IngestProgress } from "./progress/progress.ts";

export interface IngestResult extends IngestProgress {
  /** What all batches of this call changed. */
  readonly counters: IngestCounters;
  /** Whether an earlier run had finished the job, so that there was nothing to do. */
  readonly wasFinished: boolean;
}

/**
 * Writes the rows of a source: by a `query` of yours, as `nodes`, or as `relationships`. Rows are taken from the source only as fast as the server
 * writes them, and only a few batches are in memory. Each batch is written once: what fails by something that passes is tried again, and of a batch
 * whose COMMIT was lost it is found out whether it was written. With a `checkpoint` a job that was interrupted goes on where it stopped.
 *
 * @throws ConfigurationError for options that can't be right, before a row is read; IngestError when rows can't be written, or too many were
 * rejected, with the reason as its cause; the source's own errors, those of your functions, and the signal's reason as they are
 */
export async function ingest<Row>(driver: Driver, options: IngestOptions<Row>): Promise<IngestResult> {
  return new Job(driver, checkIngestOptions(options)).run();
}

/**
 * The Cypher that {@link ingest} runs for each batch, with its rows in `$rows`.
 *
 * @throws ConfigurationError for options that can't be right
 */
export function ingestCypher(
  options: Pick<IngestOptions<unknown>, "query" | "nodes" | "relationships" | "partitionBy">,
): string {
  return writePlan(checkTarget(options), { uniqueEnds: true }).text;
}
