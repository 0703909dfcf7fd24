/** What goes wrong with a transaction that has ended already, in words. */
import { IncompleteCommit, TransactionError } from "@fulgur/neo4j-core";

export type TransactionState = "open" | "ending" | "committed" | "rolled back" | "failed";

/** What of a transaction matters to whoever asks too much of it. */
export interface EndedTransaction {
  readonly state: TransactionState;
  readonly isCancelled: boolean;
  readonly cause: unknown;
  /** What the user holds. */
  readonly owner: object;
}

/** @param what it can't do, such as "commit" */
export function refusal(what: string, { state, isCancelled, cause, owner }: EndedTransaction): TransactionError {
  const hasFailed = state === "failed" || state === "open";
  const how = isCancelled ? "was cancelled" : hasFailed ? "has failed" : `is ${state}`;
  const why = cause === undefined ? "" : " The cause says why.";
  return new TransactionError(`The transaction ${how}: it can't ${what}.${why} Begin a new one.`, {
    cause,
    transaction: owner,
  });
}

export function cancelledCommit(reason: unknown): IncompleteCommit {
  return new IncompleteCommit(
    "The transaction was cancelled while COMMIT was under way: nobody knows whether it took place. Look at the data before doing it again.",
    { cause: reason },
  );
}

/** Why a transaction is over whose server said nothing to ROLLBACK. */
export function givenUp(): TransactionError {
  return new TransactionError(
    "The server didn't answer ROLLBACK while a connection would be waited for: its connection was given up, which undoes everything, too.",
  );
}
