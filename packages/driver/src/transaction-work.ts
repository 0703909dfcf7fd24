/**
 * A transaction on its connection, from BEGIN to its end: what explicit, managed and one-flight transactions share. It is
 * `open`, then `committed`, `rolled back` or `failed`; the connection goes back when it leaves `open`.
 */
import type { bolt } from "@fulgur/neo4j-codec";
import { ResultFailedError, type ResultMetadata, TransactionError } from "@fulgur/neo4j-core";
import type { ProvidedConnection } from "@fulgur/neo4j-pool";
import { ParameterError } from "@fulgur/neo4j-types";
import { checkParameters, type Parameters } from "./parameters.ts";
import { type PreparedQuery, prepareInTransaction, type QueryInput } from "./query.ts";
import { Result, readerOf } from "./result.ts";
import type { Failure, ResultReader, RunningQuery } from "./result-reader.ts";
import { type ServerInfo, serverInfo } from "./summary.ts";

export interface TransactionWorkOptions {
  readonly provided: ProvidedConnection;
  /** Sends BEGIN. Called in front of the first query, so that both leave in one write, or by `begun`. */
  readonly begin: () => Promise<bolt.BeginSuccess>;
  readonly fetchSize: number | undefined;
  readonly signal: AbortSignal | undefined;
  /** Told the bookmark of a COMMIT. */
  readonly committed: (bookmark: string | undefined) => Promise<void>;
  /** Called once, when the transaction has ended and the connection is back. */
  readonly ended: () => void;
}

type TransactionState = "open" | "ending" | "committed" | "rolled back" | "failed";

export class TransactionWork {
  readonly #provided: ProvidedConnection;
  /** BEGIN's answer, once it was sent. */
  #beginning: Promise<unknown> | undefined;
  readonly #options: TransactionWorkOptions;
  readonly #server: ServerInfo;
  readonly #results = new Set<ResultReader<never>>();
  readonly #onAbort: () => void;
  #state: TransactionState = "open";
  #failure: Failure | undefined;
  /** Set with the first thing that ends the transaction. */
  #over: Promise<void> | undefined;

  constructor(options: TransactionWorkOptions) {
    const { provided, signal } = options;
    this.#options = options;
    this.#provided = provided;
    this.#server = serverInfo(provided.connection.server);
    this.#onAbort = () => {
      // A COMMIT under way is not interrupted: nobody could say then whether it took place.
      if (this.#state !== "open") return;
      this.#fail(signal?.reason);
      void this.#leave("failed");
    };
    signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  get state(): TransactionState {
    return this.#state;
  }

  /** What ended the transaction, if something did: a failure of BEGIN or of a query, or the signal. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** Sends BEGIN and waits for its answer; a failed transaction has given its connection back when this rejects. */
  async begun(owner: object): Promise<void> {
    await this.#begin();
    if (this.#failure !== undefined) await this.close(owner);
    this.#throwIfFailed();
  }

  /** Runs a query. Whatever is wrong reaches whoever reads the result. */
  run<Row extends object>(owner: object, query: QueryInput, parameters: Parameters | undefined): Result<Row> {
    let prepared: PreparedQuery | undefined;
    let running: Promise<RunningQuery>;
    try {
      prepared = prepareInTransaction(query, parameters);
      running = this.#start(owner, prepared, () => reader);
    } catch (error) {
      running = Promise.reject(error);
    }
    const { text = "", parameters: sent = {} } = prepared ?? {};
    const result: Result<Row> = new Result<Row>({
      failureOf: (error) => {
        const failure = this.#failure;
        return failure !== undefined && failure.error === error ? failure : { error, told: false };
      },
      query: { text, parameters: sent },
      running,
    });
    const reader = readerOf(result as unknown as Result<never>);
    if (this.#state === "open") this.#results.add(reader);
    return result;
  }

  /** Ends what its results still stream, commits, and gives the connection back. (TX-11) */
  async commit(owner: object): Promise<void> {
    this.#refuseUnlessOpen(owner, "commit");
    if (this.#failure !== undefined) {
      const { error } = this.#failure;
      await this.#leave("failed");
      throw new TransactionError("The transaction has failed and can't be committed; the cause says why.", {
        cause: error,
        transaction: owner,
      });
    }
    this.#state = "ending";
    let bookmark: string | undefined;
    try {
      await this.#begin();
      this.#throwIfFailed();
      await this.#abandonResults();
      bookmark = (await this.#provided.connection.commit()).bookmark;
    } catch (error) {
      this.#fail(error);
      await this.#leave("failed");
      throw this.#failure!.error;
    }
    await this.#leave("committed");
    await this.#options.committed(bookmark);
  }

  /** Undoes everything and gives the connection back. After a failure the server has undone it already. (TX-12, TX-32) */
  async rollback(owner: object): Promise<void> {
    if (this.#state === "failed") return;
    this.#refuseUnlessOpen(owner, "roll back");
    if (this.#failure === undefined) {
      this.#state = "ending";
      try {
        await this.#abandonResults({ whatever: true });
        await this.#beginning;
        if (this.#failure === undefined && this.#beginning !== undefined) await this.#provided.connection.rollback();
      } catch (error) {
        const seen = this.#provided.failed(error);
        await this.#leave("failed");
        throw seen;
      }
    }
    await this.#leave("rolled back");
  }

  /** Rolls back if the transaction is still open; never rejects. (TX-13) */
  async close(owner: object): Promise<void> {
    if (this.#state === "open") await this.rollback(owner).catch(() => {});
    await this.#over;
  }

  /** Never rejects: a failure of BEGIN is the transaction's. */
  #begin(): Promise<unknown> {
    return (this.#beginning ??= this.#options.begin().catch((error: unknown) => {
      this.#fail(error);
    }));
  }

  #refuseUnlessOpen(owner: object, what: string): void {
    if (this.#state === "open") return;
    const state =
      this.#state === "failed" ? "has failed" : this.#state === "ending" ? "is ending" : `is ${this.#state}`;
    throw new TransactionError(`The transaction ${state}: it can't ${what}. Begin a new one.`, {
      cause: this.#failure?.error,
      transaction: owner,
    });
  }

  async #start(owner: object, prepared: PreparedQuery, reader: () => object): Promise<RunningQuery> {
    if (this.#failure !== undefined) {
      throw new TransactionError("The transaction has failed: it can't run another query. The cause says why.", {
        cause: this.#failure.error,
        transaction: owner,
      });
    }
    this.#refuseUnlessOpen(owner, "run a query");
    checkParameters(prepared.parameters);
    const { fetchSize, signal } = this.#options;
    void this.#begin();
    const stream = this.#provided.connection.run(prepared.text, prepared.parameters, undefined, {
      ...(fetchSize === undefined ? {} : { fetchSize }),
      ...(signal === undefined ? {} : { signal }),
    });
    const mapped = (error: unknown): never => {
      // Nothing was sent: the transaction goes on without this query. (QRY-07)
      if (error instanceof ParameterError) throw error;
      // The streams beside a failed one say so of themselves; that one tells what happened.
      if (error instanceof ResultFailedError) throw error;
      this.#fail(error, reader());
      throw this.#failure!.error;
    };
    const settled: Promise<ResultMetadata> = stream.summary().catch(mapped);
    settled.catch(() => {});
    const keys = await stream.keys().catch(mapped);
    return { stream, keys, server: this.#server, settled };
  }

  #throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Discards what open results still have; a failure that nobody has seen is thrown. */
  async #abandonResults({ whatever = false } = {}): Promise<void> {
    for (const result of this.#results) {
      const streams = result.isStreaming;
      if (streams) await result.abandon().catch(() => {});
      const missed = result.unobservedFailure ?? (streams ? this.#failure : undefined);
      if (missed !== undefined && !whatever) throw missed.error;
    }
  }

  /** Notes what ended the transaction; its other results end with it. (TX-16) */
  #fail(error: unknown, origin?: object): void {
    if (this.#failure !== undefined) return;
    const seen = this.#provided.failed(error);
    this.#failure = { error: seen, told: false };
    for (const result of this.#results) if (result !== origin) result.failedWith(this.#failure);
  }

  #leave(state: "committed" | "rolled back" | "failed"): Promise<void> {
    this.#over ??= (async () => {
      this.#state = state;
      this.#options.signal?.removeEventListener("abort", this.#onAbort);
      for (const result of this.#results) result.close("out of scope");
      this.#results.clear();
      await this.#provided.release();
      this.#options.ended();
    })();
    return this.#over;
  }
}
