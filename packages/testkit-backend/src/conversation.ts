/**
 * One connection of the suite: what was made in it, and the questions that are put to the suite while the driver works.
 * Answers are written when they are ready; a request never waits for the one before it, since that may wait for it.
 */
import type {
  AuthTokenManager,
  BookmarkManager,
  ClientCertificateProvider,
  Driver,
  ManagedTransaction,
  Session,
  Transaction,
} from "@fulgur/neo4j-driver";
import { answerOfError } from "./errors.ts";
import { FakeTime } from "./fake-time.ts";
import type { Framed } from "./framing.ts";
import type { LateResult } from "./late-result.ts";
import { handlerOf } from "./requests.ts";
import { newId, Store } from "./store.ts";

/** Work of a managed transaction that waits for the suite to say how it went. */
export interface PendingWork {
  succeed(): void;
  fail(error: unknown): void;
}

export class Conversation {
  readonly drivers = new Store<Driver>("driver");
  readonly sessions = new Store<Session>("session");
  readonly transactions = new Store<Transaction | ManagedTransaction>("transaction");
  readonly results = new Store<LateResult>("result");
  readonly bookmarkManagers = new Store<BookmarkManager>("bookmark manager");
  readonly authTokenManagers = new Store<AuthTokenManager>("auth token manager");
  readonly clientCertificateProviders = new Store<ClientCertificateProvider>("client certificate provider");
  readonly errors = new Store<unknown>("error");
  readonly time = new FakeTime();
  /** Whether a query's failure is kept for whoever reads the result. */
  showsFailuresLate = false;
  /** By the session's id. */
  readonly pendingWork = new Map<string, PendingWork>();
  readonly #questions = new Map<string, (data: unknown) => void>();
  readonly #write: (answer: Framed) => void;

  constructor(write: (answer: Framed) => void) {
    this.#write = write;
  }

  /** Never rejects: whatever goes wrong is an answer. */
  async handle({ name, data }: Framed): Promise<void> {
    try {
      if (name.endsWith("Completed")) return this.#answered(data as { requestId: string });
      const handler = handlerOf(name);
      if (handler === undefined) throw new Error(`The backend doesn't know the request ${name}.`);
      const answer = await handler((data ?? {}) as never, this);
      if (answer !== undefined) this.answer(answer);
    } catch (error) {
      this.answer(answerOfError(error, this.errors));
    }
  }

  answer(answer: Framed): void {
    this.#write(answer);
  }

  /** Puts a question to the suite, as the answer to what it asked itself; resolves with the data of its reply. */
  ask<Reply>(name: string, data: object): Promise<Reply> {
    const id = newId();
    return new Promise((resolve) => {
      this.#questions.set(id, resolve as (data: unknown) => void);
      this.answer({ name, data: { id, ...data } });
    });
  }

  /** The suite has gone: nothing that it has made is left. */
  async close(): Promise<void> {
    // Time is the process's: a test that has failed must not leave it standing still.
    this.time.uninstall();
    for (const { fail } of this.pendingWork.values()) fail(new Error("The suite has closed its connection."));
    await Promise.allSettled(Array.from(this.drivers.values(), (driver) => driver.close()));
  }

  #answered(data: { readonly requestId: string }): void {
    const resolve = this.#questions.get(String(data.requestId));
    if (resolve === undefined) throw new Error(`The backend has asked no question ${data.requestId}.`);
    this.#questions.delete(String(data.requestId));
    resolve(data);
  }
}
