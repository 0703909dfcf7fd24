import type { BoltVersion, bolt, Codec, Decoder, Message, RecordBatch } from "@fulgur/neo4j-codec";
import { messages, versionNumber } from "@fulgur/neo4j-codec";
import { PackStreamError } from "@fulgur/neo4j-types";
import type { Clock } from "../clock.ts";
import { appendCallSite } from "../errors/call-site.ts";
import { errorFromFailure } from "../errors/failure.ts";
import type { State } from "../gen/states.ts";
import type { Transport, TransportListener } from "../transport/transport.ts";
import { type Answer, both, quiet } from "./answer.ts";
import type { ConversationLog } from "./conversation-log.ts";
import {
  closedHere,
  failedCommit,
  impossible,
  incompleteCommit,
  interrupted,
  located,
  protocolBroken,
  unavailable,
  withoutSecrets,
} from "./failures.ts";
import { Outbox } from "./outbox.ts";
import { RequestEncoder } from "./request-encoder.ts";
import { ServerState } from "./server-state.ts";
import { Silence } from "./silence.ts";
import { only, stateMachine } from "./state-machine.ts";

/** How a conversation is to be held. */
export interface ConversationOptions {
  /** `host:port`, for messages. */
  readonly address: string;
  /** Whether requests are routed: then a lost server means SessionExpired. */
  readonly routed: boolean;
  readonly clock?: Clock | undefined;
  readonly log: ConversationLog;
  readonly onClose?: ((error?: Error) => void) | undefined;
}

interface Pending {
  readonly request: bolt.Request["type"];
  readonly answer: Answer<never>;
  /** What the log says of whoever asked. */
  readonly context: string | undefined;
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
  readonly #log: ConversationLog;
  #codec: Codec;
  #requests: RequestEncoder;
  #decoder: Decoder;
  #server: ServerState;

  /** The failure that made the server ignore what follows. */
  #failure: Error | undefined;
  /**
   * Why the open transaction can't go on, until it is rolled back: after the RESET that follows a failure a RUN would
   * start a transaction of its own, which nobody asked for.
   */
  brokenTransaction: Error | undefined;

  #pending: Pending[] = [];
  readonly #outbox: Outbox;
  #isOpening = true;
  #lost: Error | undefined;
  #isPaused = false;

  #silence: Silence | undefined;
  /** Told when results that wait for PULL are gone from the server: their transaction ended, or failed by `cause`. */
  resultsDropped: (cause?: Error) => void = () => {};
  /** Told when the connection is lost, and such results with it. */
  resultsLost: (error: Error) => void = () => {};
  /** What the server calls itself, once it is known. */
  agent = "unknown";
  lastUsedAt: number;
  /** Fulfilled when the transport is closed. */
  readonly ended: Promise<void>;
  #resolveEnded: () => void = () => {};

  constructor(transport: Transport, codec: Codec, options: ConversationOptions) {
    this.version = codec.version;
    this.#transport = transport;
    this.#outbox = new Outbox((chunks) => this.#write(chunks));
    this.#options = options;
    this.#log = options.log;
    this.#codec = codec;
    this.#requests = new RequestEncoder(codec);
    this.#decoder = codec.decoder();
    this.#server = new ServerState(stateMachine(versionNumber[codec.version]));
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
    return this.#server.state;
  }

  get isOpen(): boolean {
    return this.#lost === undefined;
  }

  get isIdle(): boolean {
    return this.isOpen && this.#pending.length === 0 && this.state === "READY";
  }

  now(): number {
    return this.#options.clock?.now() ?? Date.now();
  }

  /** Whether this version has the request. */
  knows(request: bolt.Request["type"]): boolean {
    return this.#server.machine.knows(request);
  }

  /** Bytes that go before the first request, in the same write: what the handshake still owes. */
  prepend(bytes: Uint8Array): void {
    this.#outbox.add(bytes);
  }

  /** Login is over: from here on a lost connection is the router's affair. */
  opened(): void {
    this.#isOpening = false;
  }

  /** The server's name for the connection. */
  named(connectionId: string): void {
    this.#log.named(connectionId);
  }

  /** Goes on with another codec, from the next answer on. */
  useCodec(codec: Codec, patches: readonly string[]): void {
    this.#codec = codec;
    this.#requests = new RequestEncoder(codec);
    this.#decoder = codec.decoder();
    this.#server.machine = stateMachine(versionNumber[codec.version], patches);
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
    if (this.#server.willBeFailed && name !== "RESET" && name !== "GOODBYE") this.sendReset(quiet);
    const ahead = this.#server.ahead(name, everything);
    if (ahead === 0) throw impossible(name, this.#server.foreseen);
    this.#push(request, answer);
    this.#server.foresee(ahead);
  }

  /** Stops what runs, for `reason`; what was asked for and not cancelled itself fails by it, too. */
  interrupt(reason: Error): void {
    // Behind a RESET nothing is left to stop.
    if (this.#lost !== undefined || this.endsInReset) return;
    if (this.#server.foreseen.includes("TX_") || this.#server.isInTransaction) this.brokenTransaction ??= reason;
    this.sendReset(quiet);
  }

  /** RESET. Requests behind it find the server READY. Behind another one it is the same one: servers ignore the first of two. */
  sendReset(answer: Answer<"RESET">): void {
    if (this.#lost !== undefined) throw this.#lost;
    const last = this.#pending.at(-1);
    if (last?.request === "RESET") {
      this.#pending[this.#pending.length - 1] = { ...last, answer: both(last.answer, answer) };
      return;
    }
    this.#push({ type: "RESET" }, answer);
    this.#server.foresee(only("READY"));
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
      if (this.state !== "NEGOTIATION") {
        this.#log.asked({ type: "GOODBYE" });
        this.#outbox.add(this.#codec.encodeMessage({ type: "GOODBYE" }));
      }
      this.#outbox.flush();
      this.#end(closedHere(this.#options.address), undefined);
      this.#transport.hold?.(true);
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
      this.#unreadable(error);
    }
  }

  #unreadable(error: unknown): Error {
    const isForm = error instanceof PackStreamError;
    return this.#protocolError(isForm ? `It sent bytes that can't be read: ${error.message}` : String(error), error);
  }

  sent(chunks: readonly Uint8Array[]): void {
    for (const chunk of chunks) this.#codec.release(chunk);
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
    this.#outbox.add(this.#requests.encode(request));
    const context = this.#log.asked(request);
    this.#pending.push({ request: request.type, answer, context, isSent: false });
    if (this.#pending.length === 1) {
      this.#transport.hold?.(true);
      this.#silence?.awaiting();
      this.#expect();
    }
    this.resume();
  }

  #write(chunks: readonly Uint8Array[]): void {
    if (this.#lost !== undefined) return;
    for (const pending of this.#pending) pending.isSent = true;
    this.lastUsedAt = this.now();
    this.#transport.write(chunks);
  }

  #take(message: Message | RecordBatch): void {
    const first = this.#pending[0];
    if (first === undefined) {
      this.#protocolError(`It sent ${message.type} without having been asked`);
    } else if (message.type === "RECORD") {
      this.#log.records(message.length, first.context);
      if (first.answer.records) first.answer.records(message);
      else this.#protocolError(`It sent RECORD in answer to ${first.request}`);
    } else {
      this.#pending.shift();
      if (this.#pending.length === 0) this.#rest();
      else this.#expect();
      this.#answer(first, message);
    }
  }

  #answer(pending: Pending, message: Message): void {
    // It isn't among those any more that hear of the connection's end.
    const failed = (error: Error) => pending.answer.failed(error);
    try {
      if (message.type === "SUCCESS") this.#succeed(pending, message.metadata);
      else if (message.type === "FAILURE") this.#fail(pending, message.metadata);
      else if (message.type === "IGNORED") this.#ignore(pending);
      else failed(this.#protocolError(`It sent ${message.type}, which only clients send`));
    } catch (error) {
      failed(this.#unreadable(error));
    }
  }

  /** Nothing is awaited. */
  #rest(): void {
    this.#silence?.rest();
    this.#transport.hold?.(false);
  }

  /** Tells the decoder whose records come next. */
  #expect(): void {
    const result = this.#pending[0]?.answer.expected?.();
    if (result !== undefined) this.#decoder.expect(result);
  }

  #succeed({ request, answer, context }: Pending, raw: Readonly<Record<string, unknown>>): void {
    this.#log.succeeded(raw, context);
    const table = successTables.get(request);
    const metadata = table === undefined ? raw : this.#codec.readMetadata(table as keyof bolt.MapTypes, raw);
    const before = this.state;
    const next = this.#server.succeed(request, metadata as { readonly hasMore?: boolean }, this.#pending.length === 0);
    if (next === undefined) {
      answer.failed(this.#protocolError(`It sent SUCCESS to ${request} in the state ${before}`));
      return;
    }
    if (next === "READY") {
      this.#failure = undefined;
      this.resultsDropped();
    }
    (answer as Answer<"TELEMETRY">).success(metadata as never, raw);
    // An answer may have asked for more; whoever is first now has its records expected after that.
    this.#expect();
  }

  #fail({ request, answer, context }: Pending, raw: Readonly<Record<string, unknown>>): void {
    const metadata = withoutSecrets(this.#codec.readMetadata("FailureMetadata", raw), answer.auth);
    this.#log.failed(metadata.code, metadata.gqlStatus, context);
    const error = errorFromFailure(located(metadata, request, this.#options.address), answer.query);
    appendCallSite(error, answer.site);
    this.#failure ??= error;
    // With a RESET under way the transaction is over, or its end is known already.
    const isBeingReset = this.#pending.some((pending) => pending.request === "RESET");
    if (!isBeingReset && (this.#server.isInTransaction || request === "BEGIN")) this.brokenTransaction ??= error;
    this.#server.fail(isBeingReset);
    this.resultsDropped(error);
    answer.failed(
      request === "COMMIT" ? appendCallSite(failedCommit(this.#options.address, error), answer.site) : error,
    );
    // The server ends the connection, too; and a RESET that fails leaves nothing to stand on.
    if (request === "HELLO" || request === "LOGON" || request === "LOGOFF" || request === "RESET") this.destroy(error);
  }

  #ignore({ request, answer, context }: Pending): void {
    this.#log.ignored(context);
    if (request === "RESET" && !this.#pending.some((pending) => pending.request === "RESET")) {
      answer.failed(this.#protocolError("It ignored RESET"));
    } else if (request === "RESET") {
      // A later RESET overtook it, and does what it was to do.
      (answer as Answer<"RESET">).success({});
    } else {
      answer.failed(appendCallSite(this.#failure ?? interrupted(request), answer.site));
    }
  }

  #protocolError(what: string, cause?: unknown): Error {
    const { address } = this.#options;
    const error = protocolBroken(address, this.agent, this.version, what, cause);
    this.#log.broken(error);
    this.destroy(error);
    return error;
  }

  #tooSilent(): void {
    const what = `was silent for longer than it said it would be${this.#waiting()}`;
    this.destroy(this.#unavailable(what));
  }

  #lostError(cause: Error | undefined): Error {
    const reason = (cause as { code?: string } | undefined)?.code ?? cause?.message;
    return this.#unavailable(
      `closed the connection${this.#waiting()}${reason === undefined ? "" : ` (${reason})`}`,
      cause,
    );
  }

  #waiting(): string {
    const first = this.#pending[0];
    return first === undefined ? "" : ` while ${first.request} waited for its answer`;
  }

  #unavailable(what: string, cause?: Error): Error {
    const { address, routed } = this.#options;
    return unavailable(address, what, routed && !this.#isOpening, cause);
  }

  /** Nothing can be asked any more, and whoever waits is told. */
  #end(error: Error, reported: Error | undefined): void {
    this.#lost = error;
    this.#log.ended(reported);
    this.#silence?.stop();
    const pending = this.#pending;
    const failed = this.state === "FAILED";
    this.#pending = [];
    this.#server.close();
    this.resultsLost(error);
    for (const { request, answer, isSent } of pending) {
      // Once something failed, a COMMIT behind it is ignored: its outcome is known.
      const isUnknown = request === "COMMIT" && isSent && !failed;
      const told = isUnknown ? incompleteCommit(this.#options.address, error) : error;
      answer.failed(appendCallSite(told, answer.site));
    }
    this.#options.onClose?.(reported);
  }
}
