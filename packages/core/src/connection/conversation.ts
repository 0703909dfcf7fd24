import type { BoltVersion, bolt, Codec, Decoder, ExpectedResult, Message, RecordBatch } from "@fulgur/neo4j-codec";
import { messages, versionNumber } from "@fulgur/neo4j-codec";
import { DriverError, PackStreamError } from "@fulgur/neo4j-types";
import type { Clock } from "../clock.ts";
import { IncompleteCommit, ServiceUnavailable, SessionExpired } from "../errors/availability-errors.ts";
import { BoltProtocolError } from "../errors/bolt-protocol-error.ts";
import { appendCallSite, type CallSite } from "../errors/call-site.ts";
import { errorFromFailure } from "../errors/failure.ts";
import { TransactionError } from "../errors/usage-errors.ts";
import type { Outcome, State } from "../gen/states.ts";
import type { Transport, TransportListener } from "../transport/transport.ts";
import { Silence } from "./silence.ts";
import { listStates, only, type StateMachine, type StateSet, stateMachine } from "./state-machine.ts";

/** Whoever made a request, and is told the answer. Exactly one of `success` and `failed` is called. */
export interface Answer<Name extends bolt.Request["type"] = bolt.Request["type"]> {
  success(metadata: Name extends keyof bolt.SuccessTypes ? bolt.SuccessTypes[Name] : unknown): void;
  failed(error: Error): void;
  /** Takes records. Absent: records in this answer break the protocol. */
  records?(batch: RecordBatch): void;
  /** The result whose records come next; asked when this answer's turn begins. */
  expected?(): ExpectedResult | undefined;
  /** The query that the request is about, for the caret under a mistake. */
  readonly query?: string | undefined;
  readonly site?: CallSite | undefined;
}

/** How a conversation is to be held. */
export interface ConversationOptions {
  /** `host:port`, for messages. */
  readonly address: string;
  /** Whether requests are routed: then a lost server means SessionExpired. */
  readonly routed: boolean;
  readonly clock?: Clock | undefined;
  readonly onClose?: ((error?: Error) => void) | undefined;
}

interface Pending {
  readonly request: bolt.Request["type"];
  readonly answer: Answer<never>;
  /** Whether its bytes were given to the transport. */
  isSent: boolean;
}

const successTables = new Map(messages.map(({ name, success }) => [name, success]));

/**
 * Requests and answers in their order: encodes what is asked into one write a tick, gives each answer to whoever asked, and
 * walks the server's states by the spec's moves.
 */
export class Conversation implements TransportListener {
  readonly version: BoltVersion;
  readonly #transport: Transport;
  readonly #options: ConversationOptions;
  #codec: Codec;
  #decoder: Decoder;
  #machine: StateMachine;

  #state: State = "NEGOTIATION";
  /** Where the server may be when it gets the next request. */
  #ahead: StateSet = only("NEGOTIATION");
  /** How many results of the open transaction aren't exhausted. */
  #openResults = 0;
  /** The failure that made the server ignore what follows. */
  #failure: Error | undefined;
  /** Why what follows in a transaction can't be done: without this a RUN would start a transaction of its own. */
  #brokenTransaction: Error | undefined;

  #pending: Pending[] = [];
  #outbox: Uint8Array[] = [];
  #isFlushing = false;
  #isOpening = true;
  #lost: Error | undefined;
  #isPaused = false;

  #silence: Silence | undefined;
  /** Told when results that wait for PULL are gone from the server: their transaction ended, or failed by `cause`. */
  resultsDropped: (cause?: Error) => void = () => {};
  /** What the server calls itself, once it is known. */
  agent = "unknown";
  lastUsedAt: number;
  /** Fulfilled when the transport is closed. */
  readonly ended: Promise<void>;
  #resolveEnded: () => void = () => {};

  constructor(transport: Transport, codec: Codec, options: ConversationOptions) {
    this.version = codec.version;
    this.#transport = transport;
    this.#options = options;
    this.#codec = codec;
    this.#decoder = codec.decoder();
    this.#machine = stateMachine(versionNumber[codec.version]);
    this.lastUsedAt = this.now();
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    transport.listener = this;
  }

  get codec(): Codec {
    return this.#codec;
  }

  get state(): State {
    return this.#state;
  }

  get isOpen(): boolean {
    return this.#lost === undefined;
  }

  get isIdle(): boolean {
    return this.isOpen && this.#pending.length === 0 && this.#state === "READY";
  }

  /** Why the transaction can't go on, if one failed and was neither rolled back nor reset. */
  get brokenTransaction(): Error | undefined {
    return this.#brokenTransaction;
  }

  set brokenTransaction(error: Error | undefined) {
    this.#brokenTransaction = error;
  }

  now(): number {
    return this.#options.clock?.now() ?? Date.now();
  }

  /** Whether this version has the request. */
  knows(request: bolt.Request["type"]): boolean {
    return this.#machine.knows(request);
  }

  /** Bytes that go before the first request, in the same write: what the handshake still owes. */
  prepend(bytes: Uint8Array): void {
    this.#outbox.unshift(bytes);
  }

  /** Login is over: from here on a lost connection is the router's affair. */
  opened(): void {
    this.#isOpening = false;
  }

  /** Goes on with another codec, from the next answer on. */
  useCodec(codec: Codec, patches: readonly string[]): void {
    this.#codec = codec;
    this.#decoder = codec.decoder();
    this.#machine = stateMachine(versionNumber[codec.version], patches);
  }

  /** Gives the connection up when the server is silent for so long, in ms, while it owes an answer. */
  limitSilence(ms: number): void {
    const { clock } = this.#options;
    if (clock === undefined) this.#transport.watchSilence(ms);
    else this.#silence = new Silence(clock, ms, () => this.#tooSilent());
  }

  /**
   * Asks. The bytes leave at the end of this tick, together with those of other requests.
   *
   * @param everything the request asks for all records.
   * @throws what encoding throws (ParameterError ...), and errors about the connection; then nothing is sent.
   */
  send<R extends bolt.Request>(request: R, answer: Answer<R["type"]>, everything = false): void {
    if (this.#lost !== undefined) throw this.#lost;
    const name = request.type;
    if (this.#ahead === only("FAILED") && name !== "RESET" && name !== "GOODBYE") this.sendReset(quiet);
    // Only an open result asks for more: where others may have ended by then, this one hasn't.
    const open = name === "PULL" || name === "DISCARD" ? this.#ahead & (only("STREAMING") | only("TX_STREAMING")) : 0;
    const ahead = this.#machine.ahead(name, open === 0 ? this.#ahead : open, everything);
    if (ahead === 0) throw this.#impossible(name);
    this.#push(request, answer);
    this.#ahead = ahead;
  }

  /** Stops what runs, for `reason`; what was asked for and not cancelled itself fails by it, too. */
  interrupt(reason: Error): void {
    if (this.#lost !== undefined) return;
    if (this.#state.startsWith("TX_") || listStates(this.#ahead).includes("TX_")) this.#brokenTransaction ??= reason;
    if (!this.endsInReset) this.sendReset(quiet);
  }

  /** RESET. Requests behind it find the server READY. */
  sendReset(answer: Answer<"RESET">): void {
    if (this.#lost !== undefined) throw this.#lost;
    this.#push({ type: "RESET" }, answer);
    this.#ahead = only("READY");
  }

  /** Whether the last request under way is a RESET. */
  get endsInReset(): boolean {
    return this.#pending.at(-1)?.request === "RESET";
  }

  /** Stops reading while the first answer is the only one under way; any further request reads on. */
  pause(): void {
    if (this.#pending.length !== 1 || this.#isPaused || !this.isOpen) return;
    this.#isPaused = true;
    this.#silence?.rest();
    this.#transport.pause();
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#silence?.awaiting();
    this.#transport.resume();
  }

  /** GOODBYE, and the end; what is under way fails. */
  close(): Promise<void> {
    if (this.isOpen) {
      if (this.#state !== "NEGOTIATION") this.#outbox.push(this.#codec.encodeMessage({ type: "GOODBYE" }));
      this.#flush();
      this.#end(closedHere(this.#options.address), undefined);
      this.#transport.end();
    }
    return this.ended;
  }

  /** Closes at once; what is under way fails with `error`. */
  destroy(error: Error, reported: Error | undefined = error): void {
    if (this.#lost !== undefined) return;
    this.#end(error, reported);
    this.#transport.destroy();
  }

  received(bytes: Uint8Array): void {
    if (this.#lost !== undefined) return;
    this.#silence?.heard();
    this.lastUsedAt = this.now();
    try {
      for (const message of this.#decoder.push(bytes)) {
        this.#take(message);
        if (this.#lost !== undefined) return;
      }
    } catch (error) {
      const what =
        error instanceof PackStreamError ? `It sent bytes that can't be read: ${error.message}` : String(error);
      this.#protocolError(what, error);
    }
  }

  closed(error?: Error): void {
    if (this.#lost === undefined) {
      const lost = this.#lostError(error);
      this.#end(lost, lost);
    }
    this.#resolveEnded();
  }

  silent(): void {
    if (this.#pending.length > 0 && !this.#isPaused) this.#tooSilent();
  }

  #push(request: bolt.Request, answer: Answer<never>): void {
    this.#outbox.push(this.#codec.encodeMessage(request));
    this.#pending.push({ request: request.type, answer, isSent: false });
    if (this.#pending.length === 1) {
      this.#silence?.awaiting();
      this.#expect();
    }
    this.resume();
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    this.#isFlushing = false;
    if (this.#lost !== undefined || this.#outbox.length === 0) return;
    const chunks = this.#outbox;
    this.#outbox = [];
    for (const pending of this.#pending) pending.isSent = true;
    this.lastUsedAt = this.now();
    this.#transport.write(chunks);
  }

  #take(message: Message | RecordBatch): void {
    const first = this.#pending[0];
    if (first === undefined) {
      this.#protocolError(`It sent ${message.type} without having been asked`);
    } else if (message.type === "RECORD") {
      if (first.answer.records) first.answer.records(message);
      else this.#protocolError(`It sent RECORD in answer to ${first.request}`);
    } else {
      this.#pending.shift();
      if (this.#pending.length === 0) this.#silence?.rest();
      else this.#expect();
      if (message.type === "SUCCESS") this.#succeed(first, message.metadata);
      else if (message.type === "FAILURE") this.#fail(first, message.metadata);
      else if (message.type === "IGNORED") this.#ignore(first);
      else this.#protocolError(`It sent ${message.type}, which only clients send`);
    }
  }

  /** Tells the decoder whose records come next. */
  #expect(): void {
    const result = this.#pending[0]?.answer.expected?.();
    if (result !== undefined) this.#decoder.expect(result);
  }

  #succeed({ request, answer }: Pending, raw: Readonly<Record<string, unknown>>): void {
    const table = successTables.get(request);
    const metadata = table === undefined ? raw : this.#codec.readMetadata(table as keyof bolt.MapTypes, raw);
    const outcome = this.#outcomeOf(request, metadata as { readonly hasMore?: boolean });
    const next = this.#machine.next(request, this.#state, outcome);
    if (next === undefined) {
      answer.failed(this.#protocolError(`It sent SUCCESS to ${request} in the state ${this.#state}`));
      return;
    }
    this.#state = next;
    if (next === "READY" || next === "STREAMING") this.#openResults = 0;
    if (next === "READY") {
      this.#failure = undefined;
      this.resultsDropped();
    }
    if (this.#pending.length === 0) this.#ahead = only(next);
    (answer as Answer<"TELEMETRY">).success(metadata as never);
    // An answer may have asked for more; whoever is first now has its records expected after that.
    this.#expect();
  }

  #outcomeOf(request: string, metadata: { readonly hasMore?: boolean }): Outcome | undefined {
    if (request === "RUN" && this.#state.startsWith("TX_")) this.#openResults++;
    if (request !== "PULL" && request !== "DISCARD") return undefined;
    if (metadata.hasMore) return "hasMore";
    if (this.#openResults > 0) this.#openResults--;
    return this.#openResults > 0 ? "finalOthersOpen" : "final";
  }

  #fail({ request, answer }: Pending, raw: Readonly<Record<string, unknown>>): void {
    const error = errorFromFailure(this.#codec.readMetadata("FailureMetadata", raw), answer.query);
    appendCallSite(error, answer.site);
    this.#failure ??= error;
    if (this.#state.startsWith("TX_") || request === "BEGIN") this.#brokenTransaction ??= error;
    this.#state = "FAILED";
    this.resultsDropped(error);
    if (!this.#pending.some((pending) => pending.request === "RESET")) this.#ahead = only("FAILED");
    answer.failed(error);
    // The server ends the connection, too; and a RESET that fails leaves nothing to stand on.
    if (request === "HELLO" || request === "LOGON" || request === "LOGOFF" || request === "RESET") this.destroy(error);
  }

  #ignore({ request, answer }: Pending): void {
    if (request === "RESET" && !this.#pending.some((pending) => pending.request === "RESET")) {
      answer.failed(this.#protocolError("It ignored RESET"));
    } else if (request === "RESET") {
      // A later RESET overtook it, and does what it was to do.
      (answer as Answer<"RESET">).success({});
    } else {
      answer.failed(appendCallSite(this.#failure ?? interrupted(request), answer.site));
    }
  }

  #impossible(name: string): Error {
    const states = listStates(this.#ahead);
    if (name === "COMMIT" || name === "ROLLBACK") {
      return new TransactionError(`${name} needs an open transaction; this connection is ${states}.`);
    }
    const advice = states.includes("STREAMING")
      ? "Read the open result to its end, or discard it, first."
      : "Only one thing can be done at a time: wait for the last one, or use another connection.";
    return new DriverError(`${name} isn't possible while the connection is ${states}. ${advice}`);
  }

  #protocolError(what: string, cause?: unknown): Error {
    const { address } = this.#options;
    const error = new BoltProtocolError(
      `The server at ${address} (${this.agent}) broke the Bolt protocol ${this.version}. ${what}. The connection was closed. Please report this with the text of this message.`,
      { cause },
    );
    this.destroy(error);
    return error;
  }

  #tooSilent(): void {
    const waiting = this.#pending[0]?.request;
    this.destroy(
      this.#unavailable(`was silent for longer than it said it would be, while ${waiting} waited for its answer`),
    );
  }

  #lostError(cause: Error | undefined): Error {
    const waiting = this.#pending[0]?.request;
    const when = waiting === undefined ? "" : ` while ${waiting} waited for its answer`;
    const reason = (cause as { code?: string } | undefined)?.code ?? cause?.message;
    return this.#unavailable(`closed the connection${when}${reason === undefined ? "" : ` (${reason})`}`, cause);
  }

  #unavailable(what: string, cause?: Error): Error {
    const errorClass = this.#options.routed && !this.#isOpening ? SessionExpired : ServiceUnavailable;
    return new errorClass(`The server at ${this.#options.address} ${what}.`, { cause });
  }

  /** Nothing can be asked any more, and whoever waits is told. */
  #end(error: Error, reported: Error | undefined): void {
    this.#lost = error;
    this.#silence?.stop();
    const pending = this.#pending;
    const failed = this.#state === "FAILED";
    this.#pending = [];
    this.#outbox = [];
    this.#state = "DEFUNCT";
    this.resultsDropped(error);
    for (const { request, answer, isSent } of pending) {
      // Once something failed, a COMMIT behind it is ignored: its outcome is known.
      const isUnknown = request === "COMMIT" && isSent && !failed;
      const told = isUnknown ? incompleteCommit(this.#options.address, error) : error;
      answer.failed(appendCallSite(told, answer.site));
    }
    this.#options.onClose?.(reported);
  }
}

function incompleteCommit(address: string, cause: Error): Error {
  return new IncompleteCommit(
    `The connection to ${address} was lost during COMMIT: whether the transaction took place is unknown. Look at the data before doing it again.`,
    { cause },
  );
}

function interrupted(request: string): Error {
  return new DriverError(`${request} was interrupted: the connection was reset.`);
}

function closedHere(address: string): Error {
  return new DriverError(`The connection to ${address} was closed by this side.`);
}

/** For requests whose outcome shows in the answers of others. */
const quiet: Answer<"RESET"> = { success() {}, failed() {} };
