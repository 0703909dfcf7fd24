/** Transactions on the channel `neo4j:transaction`: from the borrowed connection to its return. docs/observability.md */
import { isHeard, serverAttributes, type TraceAttributes, traced } from "@fulgur/neo4j-core";
import type { AccessMode } from "@fulgur/neo4j-pool";

/** What is known of a transaction when it begins. */
export interface TracedTransaction {
  readonly address: string;
  readonly database: string | undefined;
  readonly mode: AccessMode;
}

export type TransactionOutcome = "committed" | "rolled back" | "failed";

/** Ends the operation; an error that is given is told, too. */
export type EndTrace = (outcome: TransactionOutcome, error?: unknown) => void;

/** Begins the operation, if anybody listens. */
export function traceTransaction({ address, database, mode }: TracedTransaction): EndTrace | undefined {
  if (!isHeard("neo4j:transaction")) return undefined;
  const about = (): TraceAttributes => ({
    ...serverAttributes(address),
    "db.namespace": database,
    "neo4j.transaction.mode": mode,
  });
  let end: EndTrace | undefined;
  const lasting = (attributes: TraceAttributes | undefined) =>
    new Promise<void>((resolve, reject) => {
      end = (outcome, error) => {
        // What has failed is rolled back, too: that it failed says more.
        if (attributes !== undefined)
          attributes["neo4j.transaction.outcome"] = error === undefined ? outcome : "failed";
        if (error === undefined) resolve();
        else reject(error);
      };
    });
  traced("neo4j:transaction", about, lasting).catch(() => {});
  return (outcome, error) => end?.(outcome, error);
}
