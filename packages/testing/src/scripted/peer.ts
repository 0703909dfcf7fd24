import type { Socket } from "node:net";
import { type BoltVersion, type Codec, createCodec, type Decoder, type Request } from "@fulgur/neo4j-codec";
import { type HandshakeAnswer, ServerHandshake } from "./handshake.ts";

type RequestOf<Type extends Request["type"]> = Extract<Request, { type: Type }>;

/** The server's end of one connection, for a conversation to speak through. */
export class ScriptedPeer {
  /** Every request that arrived, in order, also those that no `receive` asked for yet. */
  readonly received: Request[] = [];
  readonly #socket: Socket;
  readonly #codec: Codec;
  readonly #decoder: Decoder;
  readonly #handshake: ServerHandshake;
  readonly #waiting: { resolve(request: Request): void; reject(error: Error): void }[] = [];
  #next = 0;
  #failure: Error | undefined;
  #writes = 0;

  constructor(socket: Socket, version: BoltVersion, answer: HandshakeAnswer, patches: readonly string[]) {
    this.#socket = socket;
    this.#codec = createCodec({ version, role: "server", patches: [...patches] });
    this.#decoder = this.#codec.decoder();
    this.#handshake = new ServerHandshake(version, answer);
    socket.on("data", (bytes: Uint8Array) => this.#push(bytes));
    socket.on("close", () => this.#fail(new Error("the client closed the connection")));
    socket.on("error", (error) => this.#fail(error));
  }

  /** The magic and the four proposals that the client sent. */
  get opening(): Uint8Array {
    return this.#handshake.opening;
  }

  /** How many pieces of bytes arrived after the handshake: 1 after a RUN and PULL that left in one write. */
  get writes(): number {
    return this.#writes;
  }

  /**
   * Waits for the next request.
   *
   * @param type the message that it must be.
   * @throws Error if another one comes, or the connection ends first.
   */
  async receive<Type extends Request["type"]>(type: Type): Promise<RequestOf<Type>> {
    const request = await this.#take();
    if (request.type !== type) throw new Error(`the script expected ${type}, the client sent ${request.type}`);
    return request as RequestOf<Type>;
  }

  /** Waits for the next request, whatever it is; undefined when the client has closed. */
  async receiveAny(): Promise<Request | undefined> {
    try {
      return await this.#take();
    } catch {
      return undefined;
    }
  }

  success(metadata: Readonly<Record<string, unknown>> = {}): void {
    this.raw(this.#codec.encodeMessage({ type: "SUCCESS", metadata }));
  }

  record(...data: unknown[]): void {
    this.raw(this.#codec.encodeMessage({ type: "RECORD", data }));
  }

  /** FAILURE with a code and a message, under the keys that the version has for them. */
  failure(code: string, message: string, more: Readonly<Record<string, unknown>> = {}): void {
    this.raw(
      this.#codec.encodeMessage({
        type: "FAILURE",
        metadata: { ...this.#codec.writeMetadata("FailureMetadata", { code, message }), ...more },
      }),
    );
  }

  ignored(): void {
    this.raw(this.#codec.encodeMessage({ type: "IGNORED" }));
  }

  /** A keep-alive chunk. */
  noop(): void {
    this.raw(new Uint8Array(2));
  }

  /** Bytes as they are. */
  raw(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  /** Closes politely, after what was written. */
  close(): void {
    this.#socket.end();
  }

  /** Breaks the connection. */
  destroy(): void {
    this.#socket.resetAndDestroy();
  }

  /** HELLO, and LOGON where the version has it, both answered by SUCCESS. Answers the HELLO. */
  async login(metadata: Readonly<Record<string, unknown>> = {}): Promise<RequestOf<"HELLO">> {
    const hello = await this.receive("HELLO");
    this.success({ server: "Neo4j/5.26.0", connection_id: "bolt-1", ...metadata });
    if (this.#codec.hasMessage("LOGON")) {
      await this.receive("LOGON");
      this.success();
    }
    return hello;
  }

  #take(): Promise<Request> {
    const request = this.received[this.#next];
    if (request !== undefined) {
      this.#next++;
      return Promise.resolve(request);
    }
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #push(bytes: Uint8Array): void {
    try {
      let rest = bytes;
      if (!this.#handshake.done) {
        const step = this.#handshake.push(bytes);
        if (step.reply) this.raw(step.reply);
        rest = step.rest;
      }
      if (rest.length === 0) return;
      this.#writes++;
      for (const message of this.#decoder.push(rest)) this.#arrived(message as Request);
    } catch (error) {
      this.#fail(error as Error);
      this.#socket.destroy();
    }
  }

  #arrived(request: Request): void {
    this.received.push(request);
    const waiter = this.#waiting.shift();
    if (waiter) {
      this.#next++;
      waiter.resolve(request);
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}
