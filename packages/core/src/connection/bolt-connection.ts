import type { BoltVersion, bolt, Codec } from "@fulgur/neo4j-codec";
import { ConfigurationError, DriverError } from "@fulgur/neo4j-types";
import { onAbort } from "../abort-listeners.ts";
import { type AuthToken, checkedAuthToken } from "../auth/tokens.ts";
import { appendCallSite, type CallSite, callSite } from "../errors/call-site.ts";
import { TransactionError } from "../errors/usage-errors.ts";
import type { State } from "../gen/states.ts";
import { tracedRun } from "../tracing/traced-run.ts";
import { isHeard } from "../tracing/tracing.ts";
import type { Connection, RunOptions, ServerIdentity } from "./connection.ts";
import type { Conversation } from "./conversation.ts";
import { Deferred } from "./deferred.ts";
import type { OnSummary } from "./options.ts";
import { Reply } from "./reply.ts";
import type { ResultStream } from "./result-stream.ts";
import { RunStream, type StreamSource } from "./run-stream.ts";

/** What is known of a connection once it is open. */
export interface Opened {
  readonly address: string;
  readonly agent: string;
  readonly id: string;
  readonly hints: bolt.Hints;
  readonly advertisedAddress?: string | undefined;
  readonly fetchSize: number;
  readonly telemetryDisabled: boolean;
  readonly onSummary?: OnSummary | undefined;
}

/** The {@link Connection} over a {@link Conversation}. */
export class BoltConnection implements Connection {
  readonly server: ServerIdentity;
  readonly id: string;
  readonly hints: bolt.Hints;
  readonly createdAt: number;
  readonly #conversation: Conversation;
  readonly #fetchSize: number;
  readonly #usesTelemetry: boolean;
  readonly #onSummary: OnSummary | undefined;
  readonly #source: StreamSource;
  readonly #streams = new Set<RunStream>();
  #latestStream: RunStream | undefined;
  /** That of the transaction that was begun last. */
  #database: string | null | undefined;

  constructor(conversation: Conversation, opened: Opened) {
    this.#conversation = conversation;
    this.id = opened.id;
    this.hints = opened.hints;
    this.createdAt = conversation.now();
    this.server = {
      address: opened.address,
      agent: opened.agent,
      protocolVersion: conversation.version,
      connectionId: opened.id,
      ...(opened.advertisedAddress === undefined ? {} : { advertisedAddress: opened.advertisedAddress }),
    };
    this.#fetchSize = opened.fetchSize;
    this.#onSummary = opened.onSummary;
    this.#usesTelemetry =
      !opened.telemetryDisabled && opened.hints.telemetryEnabled === true && conversation.knows("TELEMETRY");
    conversation.resultsDropped = (cause) => {
      for (const stream of this.#streams) stream.dropped(cause);
    };
    conversation.resultsLost = (error) => {
      for (const stream of this.#streams) stream.lost(error);
    };
    this.#source = {
      pull: (stream, n) => this.#ask(stream, "PULL", n),
      drop: (stream) => this.#ask(stream, "DISCARD", -1),
      pause: () => conversation.pause(),
      resume: () => conversation.resume(),
    };
  }

  get version(): BoltVersion {
    return this.#conversation.version;
  }

  get codec(): Codec {
    return this.#conversation.codec;
  }

  get state(): State {
    return this.#conversation.state;
  }

  get isOpen(): boolean {
    return this.#conversation.isOpen;
  }

  get isIdle(): boolean {
    // After a failed transaction only a RESET makes the connection fit for new work.
    return this.#conversation.isIdle && this.#conversation.brokenTransaction === undefined;
  }

  get lastUsedAt(): number {
    return this.#conversation.lastUsedAt;
  }

  run(
    query: string,
    parameters: Readonly<Record<string, unknown>> = {},
    extra: bolt.TransactionExtra = {},
    options: RunOptions = {},
  ): ResultStream {
    const { fetchSize = this.#fetchSize, signal, site = callSite(this.run) } = options;
    const stream = new RunStream(this.#source, query, checkedFetchSize(fetchSize), site);
    const send = () => {
      try {
        signal?.throwIfAborted();
        this.#refuseBrokenTransaction("RUN");
        this.#conversation.send({ type: "RUN", query, parameters, extra }, stream.runAnswer);
        this.#latestStream = stream;
        this.#streams.add(stream);
        stream.onEnd(() => this.#ended(stream));
        this.#ask(stream, "PULL", fetchSize);
        if (signal !== undefined) this.#cancelBy(signal, stream);
      } catch (error) {
        stream.fail(error as Error, signal?.aborted);
      }
    };
    if (!isHeard("neo4j:query")) send();
    else tracedRun(stream, { address: this.server.address, query, database: extra.db ?? this.#database }, send);
    return stream;
  }

  begin(extra: bolt.TransactionExtra = {}, site: CallSite = callSite(this.begin)): Promise<bolt.BeginSuccess> {
    this.#conversation.brokenTransaction = undefined;
    this.#database = extra.db;
    return this.#request({ type: "BEGIN", extra }, site, undefined, (error) => {
      // What was to follow in the transaction must not run outside of one.
      if (this.isOpen) this.#conversation.brokenTransaction = error;
    });
  }

  commit(site: CallSite = callSite(this.commit)): Promise<bolt.CommitSuccess> {
    this.#database = undefined;
    return this.#request({ type: "COMMIT" }, site, () => this.#refuseBrokenTransaction("COMMIT"));
  }

  async rollback(site: CallSite = callSite(this.rollback)): Promise<void> {
    this.#database = undefined;
    // Of a failed transaction nothing is left on the server; what remains is to make the connection usable.
    if (this.#conversation.brokenTransaction !== undefined) return this.reset();
    await this.#request({ type: "ROLLBACK" }, site);
  }

  reset(): Promise<void> {
    const conversation = this.#conversation;
    const site = callSite(this.reset);
    const done = new Deferred<void>();
    try {
      conversation.brokenTransaction = undefined;
      conversation.sendReset({ site, success: () => done.resolve(), failed: (error) => done.reject(error) });
    } catch (error) {
      done.reject(appendCallSite(error as Error, site));
    }
    return done.promise;
  }

  async route(
    routing: Readonly<Record<string, string>> = {},
    bookmarks: readonly string[] = [],
    extra: bolt.RouteExtra = {},
  ): Promise<bolt.RoutingTableData> {
    const { rt } = await this.#request({ type: "ROUTE", routing, bookmarks, extra }, callSite(this.route));
    return rt;
  }

  async telemetry(api: number): Promise<void> {
    if (this.#usesTelemetry) await this.#request({ type: "TELEMETRY", api }, callSite(this.telemetry));
  }

  async logon(auth: AuthToken): Promise<void> {
    this.#refuseUnknown("LOGON");
    await this.#request({ type: "LOGON", auth: checkedAuthToken(auth) }, callSite(this.logon));
  }

  async logoff(): Promise<void> {
    this.#refuseUnknown("LOGOFF");
    await this.#request({ type: "LOGOFF" }, callSite(this.logoff));
  }

  close(): Promise<void> {
    return this.#conversation.close();
  }

  goodbye(): Promise<void> {
    return this.close();
  }

  destroy(error?: Error): void {
    this.#conversation.destroy(
      error ?? new DriverError(`The connection to ${this.server.address} was destroyed by this side.`),
      error,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #ended(stream: RunStream): void {
    this.#streams.delete(stream);
    const { metadata, query, site } = stream;
    if (metadata !== undefined) this.#onSummary?.(metadata, query, site);
  }

  /** PULL or DISCARD. The latest RUN's result needs no number. */
  #ask(stream: RunStream, type: "PULL" | "DISCARD", n: number): void {
    const { qid } = stream;
    const extra = qid === undefined || stream === this.#latestStream ? { n } : { n, qid };
    this.#conversation.send({ type, extra }, stream.pullAnswer, n === -1);
  }

  #request<R extends Exclude<bolt.Request, { type: "GOODBYE" }>>(
    request: R,
    site: CallSite,
    check?: () => void,
    unsent?: (error: Error) => void,
  ): Promise<bolt.SuccessTypes[R["type"]]> {
    const reply = new Reply<R["type"]>(site, request.type === "LOGON" ? (request.auth as AuthToken) : undefined);
    try {
      check?.();
      this.#conversation.send(request, reply);
    } catch (error) {
      unsent?.(error as Error);
      reply.reject(appendCallSite(error as Error, site));
    }
    return reply.promise;
  }

  #cancelBy(signal: AbortSignal, stream: RunStream): void {
    const cancel = () => {
      // Whoever cancelled gets the reason as it is, which need not be an error.
      stream.fail(signal.reason as Error, true);
      this.#conversation.interrupt(asError(signal.reason));
    };
    stream.onEnd(onAbort(signal, cancel));
  }

  #refuseBrokenTransaction(request: string): void {
    const cause = this.#conversation.brokenTransaction;
    if (cause === undefined) return;
    throw new TransactionError(
      `${request} isn't possible: the transaction has failed. Roll it back, and begin another.`,
      {
        cause,
      },
    );
  }

  #refuseUnknown(request: "LOGON" | "LOGOFF"): void {
    if (this.#conversation.knows(request)) return;
    throw new ConfigurationError(
      `${request} is not part of Bolt ${this.version}: another user needs another connection, or a server of version 5.5 or newer.`,
    );
  }
}

function checkedFetchSize(fetchSize: number): number {
  if (fetchSize === -1 || (Number.isSafeInteger(fetchSize) && fetchSize >= 1)) return fetchSize;
  throw new ConfigurationError(`fetchSize has to be a whole number of at least 1, or -1 for all, not ${fetchSize}.`, {
    option: "fetchSize",
  });
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(`cancelled: ${String(reason)}`, { cause: reason });
}
