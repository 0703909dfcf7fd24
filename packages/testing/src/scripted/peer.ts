import type { Socket } from "node:net";
import { type BoltVersion, type bolt, type Codec, createCodec, type Decoder } from "@fulgur/neo4j-codec";
import { type HandshakeAnswer, ServerHandshake } from "./handshake.ts";
import { Inbox } from "./inbox.ts";
import type { Metadata, RequestOf, ScriptedResult } from "./said.ts";
import { ScriptError } from "./script-error.ts";

/** @internal What the server tells a peer. */
export interface PeerOptions {
  readonly version: BoltVersion;
  readonly handshake: HandshakeAnswer;
  readonly patches: readonly string[];
  readonly patience: number;
  readonly connection: number;
}

/** The server's end of one connection, for a conversation to speak through. Metadata has the names of the wire. */
export class ScriptedPeer {
  /** Every request that arrived, in order, also those that no `receive` asked for yet. */
  readonly received: bolt.Request[] = [];
  /**
   * The types of the requests by the piece of bytes that they came in: `[["HELLO", "LOGON"], ["RUN", "PULL"]]` for a
   * client that writes as much as it can at once.
   */
  readonly flights: string[][] = [];
  /** Those pieces of bytes: what came after the handshake, as it came. */
  readonly pieces: Uint8Array[] = [];
  /** The codec that it speaks with. */
  readonly codec: Codec;
  readonly #socket: Socket;
  readonly #options: PeerOptions;
  readonly #decoder: Decoder;
  readonly #handshake: ServerHandshake;
  readonly #inbox = new Inbox();
  readonly #opened: Promise<void>;
  readonly #closed: Promise<void>;
  #resolveOpened: () => void = () => {};
  #violation: Error | undefined;
  #isOver = false;
  #isBroken = false;

  /** @internal Peers are made by the server. */
  constructor(socket: Socket, options: PeerOptions) {
    const { version, patches, handshake } = options;
    this.#socket = socket;
    this.#options = options;
    this.codec = createCodec({ version, role: "server", patches });
    this.#decoder = this.codec.decoder();
    this.#handshake = new ServerHandshake(version, handshake);
    this.#opened = new Promise((resolve) => {
      this.#resolveOpened = resolve;
    });
    this.#closed = new Promise((resolve) => socket.once("close", () => resolve()));
    socket.on("data", (bytes: Uint8Array) => this.#push(bytes));
    socket.on("close", () => this.#end(this.#violated("the connection was closed")));
    // A reset by the client is followed by "close", too.
    socket.on("error", () => {});
  }

  /** The server's own end, `127.0.0.1:port`. */
  get address(): string {
    return `${this.#socket.localAddress}:${this.#socket.localPort}`;
  }

  /** Bolt's version. */
  get version(): BoltVersion {
    return this.codec.version;
  }

  /** The magic and the four proposals that the client sent. */
  get opening(): Uint8Array {
    return this.#handshake.opening;
  }

  /** The version and capabilities that the client chose from a manifest; empty without one. */
  get choice(): Uint8Array {
    return this.#handshake.choice;
  }

  /** How many keep-alives the client has sent. */
  get noops(): number {
    return this.#decoder.noops;
  }

  /** Waits until the opening bytes have come and been answered. */
  opened(): Promise<void> {
    return Promise.race([this.#opened, this.#closed]);
  }

  /** Waits until the connection is closed, by whichever side. GOODBYE is not an answer to anything: it may come or not. */
  async closed(): Promise<void> {
    await this.#closed;
    if (this.#inbox.next?.type === "GOODBYE") await this.receive("GOODBYE");
  }

  /**
   * Waits for the next request.
   *
   * @param type the message that it must be.
   * @throws ScriptError if another one comes, or none, or the connection ends first.
   */
  async receive<Type extends bolt.Request["type"]>(type: Type): Promise<RequestOf<Type>> {
    const request = await this.#take(type);
    if (request.type !== type) {
      throw this.#violated(`the script expected ${type}, the client sent ${request.type}`);
    }
    return request as RequestOf<Type>;
  }

  /**
   * Waits for the next request, whatever it is; `undefined` when the connection has ended.
   *
   * @param patience how long, in milliseconds; Infinity: for ever. Default: the server's.
   * @throws ScriptError if none comes.
   */
  async receiveAny(patience?: number): Promise<bolt.Request | undefined> {
    try {
      return await this.#take("a request", patience);
    } catch (error) {
      if (this.#socket.closed && this.#violation === undefined) return undefined;
      throw error;
    }
  }

  /** Waits for the next request, which must be of this type, and answers it with SUCCESS. */
  async accept<Type extends bolt.Request["type"]>(type: Type, metadata?: Metadata): Promise<RequestOf<Type>> {
    const request = await this.receive(type);
    this.success(metadata);
    return request;
  }

  /**
   * HELLO, and LOGON where the version has it, both answered with SUCCESS. Gives the HELLO.
   *
   * @param metadata more for HELLO's SUCCESS, such as `{ hints: { "telemetry.enabled": true } }`.
   */
  async login(metadata: Metadata = {}): Promise<RequestOf<"HELLO">> {
    const hello = await this.receive("HELLO");
    this.success({ server: "Neo4j/5.26.0", connection_id: `bolt-${this.#options.connection}`, ...metadata });
    if (this.codec.profile.requestByName.has("LOGON")) await this.accept("LOGON");
    return hello;
  }

  /** RUN and PULL, both received before the first answer, and then a whole result. Gives both. */
  async result(result: ScriptedResult = {}): Promise<{ run: RequestOf<"RUN">; pull: RequestOf<"PULL"> }> {
    const run = await this.receive("RUN");
    const pull = await this.receive("PULL");
    this.success({ fields: result.fields ?? [] });
    this.records(...(result.records ?? []));
    this.success(result.summary);
    return { run, pull };
  }

  success(metadata: Metadata = {}): void {
    this.raw(this.codec.encodeMessage({ type: "SUCCESS", metadata }));
  }

  /** RECORD with these values. */
  record(...data: unknown[]): void {
    this.raw(this.codec.encodeMessage({ type: "RECORD", data }));
  }

  /** A RECORD for each row. */
  records(...rows: readonly (readonly unknown[])[]): void {
    for (const row of rows) this.record(...row);
  }

  /**
   * FAILURE under the keys that the version has for it.
   *
   * @param more in API form: `gqlStatus`, `cause` … What the version has no key for is left out.
   */
  failure(code: string, message = "the script says so", more: Partial<bolt.FailureMetadata> = {}): void {
    const gql = {
      gqlStatus: "50N42",
      description: `error: general processing exception - unexpected error. ${message}`,
    };
    const metadata = this.codec.writeMetadata("FailureMetadata", { code, message, ...gql, ...more });
    this.raw(this.codec.encodeMessage({ type: "FAILURE", metadata }));
  }

  ignored(): void {
    this.raw(this.codec.encodeMessage({ type: "IGNORED" }));
  }

  /** A keep-alive chunk. */
  noop(): void {
    this.raw(new Uint8Array(2));
  }

  /** A message given by its PackStream bytes, which may be anything. */
  packed(bytes: ArrayLike<number>): void {
    this.raw([bytes.length >> 8, bytes.length & 0xff, ...Array.from(bytes), 0, 0]);
  }

  /** Bytes as they are. What is said in one tick leaves in one piece. */
  raw(bytes: ArrayLike<number>): void {
    const socket = this.#socket;
    if (!socket.writable) return;
    if (socket.writableCorked === 0) {
      socket.cork();
      process.nextTick(() => socket.uncork());
    }
    socket.write(Uint8Array.from(bytes));
  }

  /** Takes nothing more from the network, as a server that hangs does: also not the client's end. `destroy` is still possible. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** Goes on after {@link stopReading}. */
  startReading(): void {
    this.#socket.resume();
  }

  /** Closes politely, after what was written. */
  close(): void {
    this.#socket.end();
  }

  /** Breaks the connection, after what was written: the client sees a reset. What it had asked in advance is no matter. */
  destroy(): void {
    this.#isBroken = true;
    if (this.#socket.writableCorked > 0) this.#socket.uncork();
    this.#socket.resetAndDestroy();
  }

  /** @internal The conversation has ended. What else the client asks, GOODBYE excepted, is not in the script. */
  over(): void {
    this.#isOver = true;
    const { next } = this.#inbox;
    if (this.#isBroken || next === undefined || next.type === "GOODBYE") return;
    this.#violate(this.#violated(afterTheEnd(next)));
  }

  /** @internal What the client did that no script can expect, or after the script's end. */
  get violation(): Error | undefined {
    return this.#violation;
  }

  #take(what: string, patience: number = this.#options.patience): Promise<bolt.Request> {
    return this.#inbox.take(patience, () => this.#violated(`${what} did not come within ${patience} ms`));
  }

  #push(bytes: Uint8Array): void {
    if (this.#violation !== undefined) return;
    try {
      let rest = bytes;
      if (!this.#handshake.done) {
        const step = this.#handshake.push(bytes);
        if (step.reply !== undefined) {
          this.raw(step.reply);
          this.#resolveOpened();
        }
        rest = step.rest;
      }
      if (rest.length > 0) this.#read(rest);
    } catch (error) {
      this.#violate(this.#violated((error as Error).message, error));
    }
  }

  #read(bytes: Uint8Array): void {
    this.pieces.push(bytes.slice());
    const flight: string[] = [];
    for (const message of this.#decoder.push(bytes)) {
      const request = message as bolt.Request;
      if (flight.push(request.type) === 1) this.flights.push(flight);
      this.received.push(request);
      if (this.#isOver && request.type !== "GOODBYE") throw new Error(afterTheEnd(request));
      this.#inbox.put(request);
    }
  }

  #violated(what: string, cause?: unknown): Error {
    const sent = this.received.map(({ type }) => type);
    return new ScriptError(what, this.#options.connection, sent, cause);
  }

  #violate(error: Error): void {
    this.#violation ??= error;
    this.#end(error);
    this.#socket.destroy();
  }

  #end(error: Error): void {
    this.#inbox.end(error);
  }
}

function afterTheEnd(request: bolt.Request): string {
  return `the script has ended, and the client sent ${request.type}`;
}
