/** The transactions that users hold: an explicit one, which they end, and a managed one, which they can't. */
import { inspect } from "@fulgur/neo4j-types";
import type { CallLimits } from "./call.ts";
import type { Parameters } from "./parameters.ts";
import type { QueryInput } from "./query.ts";
import type { Result } from "./result.ts";
import type { AnyRow } from "./row.ts";
import type { TransactionWork } from "./transaction-work.ts";

/** A transaction that is under way: it runs queries. */
export class ManagedTransaction {
  readonly #work: TransactionWork;

  /** @internal Transactions are made by sessions. */
  constructor(work: TransactionWork) {
    this.#work = work;
  }

  /**
   * Runs a query; it is sent at once. Several results may be open at the same time. (TX-10, TX-15)
   *
   * @returns a result whose reading rejects with a TransactionError when the transaction has ended or failed, or with a
   * ParameterError when a parameter can't be sent, or a TypeError for a Query with metadata or a time-out of its own (QRY-01); the
   * transaction goes on after the latter two
   *
   * @param limits `signal` and `totalTimeout` (milliseconds) count until the result has come to its end. Aborted before the query is sent,
   * it isn't sent and the transaction goes on; afterwards the whole transaction ends, since one query in it can't be stopped by itself:
   * the connection is reset, which undoes everything, and all that waits rejects with the signal's reason, or with a CallTimeoutError.
   * (ASY-05, ASY-06)
   */
  run<Row extends object = AnyRow>(
    query: QueryInput,
    parameters?: Parameters | null,
    limits?: CallLimits | null,
  ): Result<Row> {
    return this.#work.run<Row>(this, query, parameters, limits);
  }
}

/** A transaction that its user ends. With `await using` it is rolled back unless it was committed. (TX-05, TX-09) */
export class Transaction {
  readonly #work: TransactionWork;

  /** @internal Transactions are made by sessions. */
  constructor(work: TransactionWork) {
    this.#work = work;
  }

  /** As {@link ManagedTransaction.run}. */
  run<Row extends object = AnyRow>(
    query: QueryInput,
    parameters?: Parameters | null,
    limits?: CallLimits | null,
  ): Result<Row> {
    return this.#work.run<Row>(this, query, parameters, limits);
  }

  /**
   * Makes everything lasting. Results that were not read to their end lose the rest. (TX-11)
   *
   * @param limits `signal` and `totalTimeout` (milliseconds; default: no limit). Aborted before the call, nothing is sent and the transaction
   * goes on; until COMMIT is sent, everything is undone, and it rejects with the signal's reason or a CallTimeoutError; afterwards with an
   * IncompleteCommit, whose `cause` that is. (ASY-06)
   * @throws TransactionError when the transaction has ended or failed; IncompleteCommit when the connection was lost on
   * the way and nobody knows whether it took place
   */
  commit(limits?: CallLimits | null): Promise<void> {
    return this.#work.commit(this, limits);
  }

  /**
   * Undoes everything. A server that doesn't answer is waited for as long as a connection would be (`connectionAcquisitionTimeout`); then
   * the connection is given up, which undoes everything, too. (TX-12)
   *
   * @param limits `signal` and `totalTimeout` (milliseconds) end the waiting earlier: it rejects with the signal's reason, or with a
   * CallTimeoutError, and everything is undone all the same. (ASY-06)
   * @throws TransactionError when the transaction has been committed or rolled back
   */
  rollback(limits?: CallLimits | null): Promise<void> {
    return this.#work.rollback(this, limits);
  }

  /** As {@link rollback} if the transaction is still open; else does nothing, but waits for an end that is under way. (TX-13) */
  close(limits?: CallLimits | null): Promise<void> {
    return this.#work.close(this, limits);
  }

  /** Whether it can run queries and be committed. */
  isOpen(): boolean {
    return !this.closed && this.#work.failure === undefined;
  }

  /** Whether it was committed, rolled back or cancelled. (TX-14) */
  get closed(): boolean {
    return this.#work.state !== "open" && this.#work.state !== "ending";
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Prints what became of it. */
  [inspect](): string {
    return `Transaction(${this.isOpen() ? "open" : this.closed ? this.#work.state : "failed"})`;
  }
}
