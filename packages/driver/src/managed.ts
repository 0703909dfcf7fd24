/** Runs a function in a transaction, again and again while that helps: commit by returning, roll back by throwing. */
import {
  appendCallSite,
  type CallSite,
  IncompleteCommit,
  Neo4jDriverBaseError,
  ResultFailedError,
  ServiceUnavailable,
  TransactionError,
} from "@fulgur/neo4j-core";
import type { AccessMode } from "@fulgur/neo4j-pool";
import type { Call } from "./call.ts";
import { ManagedTransaction } from "./transaction.ts";
import type { TransactionConfig } from "./transaction-config.ts";
import type { TransactionWork } from "./transaction-work.ts";
import type { TransactionWorkOptions } from "./transaction-work-options.ts";
import type { Telemetry, Workspace } from "./workspace.ts";

/** Work in a managed transaction. It may run several times, so it must do the same each time. */
export type ManagedWork<T> = (transaction: ManagedTransaction) => PromiseLike<T> | T;

export interface ManagedOptions {
  readonly mode: AccessMode;
  readonly config: TransactionConfig;
  readonly api: number;
  readonly call: Call;
  readonly fetchSize?: number | undefined;
  /** Where its queries are asked for, if that isn't in the work. */
  readonly querySite?: CallSite | undefined;
  /** BEGIN leaves together with the first query, instead of being answered before the work is called. Default false. */
  readonly beginInFlight?: boolean | undefined;
  /** Told of each attempt's transaction before the work has it. */
  readonly begun?: ((transaction: TransactionWork) => void) | undefined;
  /** Told of each attempt's end, as {@link TransactionWorkOptions.ended} says. */
  readonly ended?: TransactionWorkOptions["ended"] | undefined;
}

export async function runManaged<T>(
  workspace: Workspace,
  work: ManagedWork<T>,
  { mode, config, api, call, fetchSize, querySite, beginInFlight = false, begun, ended }: ManagedOptions,
): Promise<T> {
  if (typeof work !== "function") {
    throw new TypeError(`A managed transaction needs a function to run, not ${typeof work}.`);
  }
  const telemetry: Telemetry = { api };
  return workspace.retry(async () => {
    const transaction = await workspace.begin({ mode, config, telemetry, call, fetchSize, querySite, ended });
    begun?.(transaction);
    const handle = new ManagedTransaction(transaction);
    // The work may be costly, and do things beside the transaction: it isn't called before there is one.
    if (!beginInFlight) await transaction.begun(handle);
    let value: T;
    try {
      // Whoever cancels is answered at once, whatever the work is waiting for.
      value = await transaction.unlessInterrupted((async () => work(handle))());
    } catch (error) {
      await transaction.close(handle);
      // What a transformer finds wrong with a result has no line of the user's in its stack.
      if (error instanceof Neo4jDriverBaseError) appendCallSite(error, querySite);
      throw reasonOf(error, transaction);
    }
    if (transaction.failure !== undefined) {
      // The work has overlooked a failure, or swallowed it: there is nothing to commit all the same.
      await transaction.close(handle);
      throw transaction.failure.error;
    }
    try {
      await transaction.commit(handle);
    } catch (error) {
      throw mode === "READ" && !call.signal?.aborted ? ofReading(error) : error;
    }
    return value;
  }, call);
}

/** Whether a transaction that only read took place is all the same: it is tried again. */
function ofReading(error: unknown): unknown {
  if (!(error instanceof IncompleteCommit)) return error;
  return new ServiceUnavailable("The connection was lost at the end of a transaction; it only read.", { cause: error });
}

/** The transaction's own failure where the work only met a consequence of it: that one knows whether to try again. */
function reasonOf(error: unknown, { failure }: TransactionWork): unknown {
  const isConsequence = error instanceof ResultFailedError || error instanceof TransactionError;
  return isConsequence && failure !== undefined && error.cause === failure.error ? failure.error : error;
}
