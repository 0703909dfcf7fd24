import { type BoltVersion, type bolt, createCodec } from "@fulgur/neo4j-codec";
import { auth } from "../src/auth/tokens.ts";
import type { Clock } from "../src/clock.ts";
import { connect } from "../src/connection/connect.ts";
import type { Connection } from "../src/connection/connection.ts";
import type { ConnectOptions } from "../src/connection/options.ts";
import type { Transport, TransportListener } from "../src/transport/transport.ts";

/** How a scripted server reacts to requests, by their names. */
export type Script = {
  [Name in bolt.Request["type"]]?: (request: Extract<bolt.Request, { type: Name }>, peer: Peer) => void;
};

/** A server in memory: a transport that answers by a script, in a later microtask, and remembers what it was sent. */
export class Peer implements Transport {
  listener: TransportListener = { received() {}, closed() {} };
  /** Each `write`, joined. */
  readonly writes: Uint8Array[] = [];
  /** The memory that each chunk lay in. */
  readonly memory: ArrayBufferLike[] = [];
  readonly requests: bolt.Request[] = [];
  /** The names of the requests in each write after the handshake. */
  readonly flights: string[][] = [];
  isEnded = false;
  isPaused = false;
  silence = 0;
  patches: readonly string[] = [];
  readonly #version: BoltVersion;
  readonly #script: Script;
  #isGreeted = false;
  #decoder;
  #encoder;

  constructor(version: BoltVersion, script: Script = {}) {
    this.#version = version;
    this.#script = script;
    this.#encoder = createCodec({ version, role: "server", engine: "plain" });
    this.#decoder = this.#encoder.decoder();
  }

  write(chunks: readonly Uint8Array[]): boolean {
    const bytes = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
    this.writes.push(bytes);
    this.memory.push(...chunks.map(({ buffer }) => buffer));
    // It was copied, and may be written over.
    this.listener.sent?.(chunks);
    queueMicrotask(() => this.#take(bytes));
    return true;
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  end(): void {
    this.destroy();
  }

  destroy(): void {
    if (this.isEnded) return;
    this.isEnded = true;
    queueMicrotask(() => this.listener.closed());
  }

  watchSilence(ms: number): void {
    this.silence = ms;
  }

  /** Messages of the server, each whole. */
  send(...messages: bolt.Response[]): void {
    for (const message of messages) this.sendBytes(this.encode(message));
  }

  encode(message: bolt.Response): Uint8Array {
    return this.#encoder.encodeMessage(message);
  }

  sendBytes(bytes: Uint8Array): void {
    if (!this.isEnded) this.listener.received(bytes);
  }

  success(metadata: Record<string, unknown> = {}): void {
    this.send({ type: "SUCCESS", metadata });
  }

  failure(code: string, message = "it went wrong"): void {
    const key = Number(this.#version.replace(".", "0")) >= 507 ? "neo4j_code" : "code";
    this.send({ type: "FAILURE", metadata: { [key]: code, message } });
  }

  ignored(): void {
    this.send({ type: "IGNORED" });
  }

  records(...rows: unknown[][]): void {
    for (const data of rows) this.send({ type: "RECORD", data });
  }

  /** The server, or the network, ends the connection. */
  drop(error?: Error): void {
    this.isEnded = true;
    this.listener.closed(error);
  }

  usePatches(patches: readonly string[]): void {
    this.#encoder = createCodec({ version: this.#version, role: "server", engine: "plain", patches: [...patches] });
    this.#decoder = this.#encoder.decoder();
  }

  #take(bytes: Uint8Array): void {
    if (!this.#isGreeted) {
      this.#isGreeted = true;
      const [major = 0, minor = 0] = this.#version.split(".").map(Number);
      this.sendBytes(Uint8Array.of(0, 0, minor, major));
      return;
    }
    const flight: string[] = [];
    this.flights.push(flight);
    for (const message of this.#decoder.push(bytes)) {
      flight.push(message.type);
      this.requests.push(message as bolt.Request);
      this.#react(message as bolt.Request);
    }
  }

  #react(request: bolt.Request): void {
    const reaction = this.#script[request.type] as ((request: bolt.Request, peer: Peer) => void) | undefined;
    if (reaction) reaction(request, this);
    else if (request.type === "HELLO") this.success({ server: `Neo4j/${this.#version}`, connection_id: "bolt-1" });
    else if (request.type !== "GOODBYE") this.success(request.type === "RUN" ? { fields: ["n"] } : {});
  }
}

/** A connection to a {@link Peer}. */
export async function open(
  version: BoltVersion,
  script: Script = {},
  options: ConnectOptions & { readonly uri?: string } = {},
): Promise<{ connection: Connection; peer: Peer }> {
  const peer = new Peer(version, script);
  const connection = await connect(options.uri ?? "bolt://peer:7687", auth.basic("neo4j", "secret-7"), {
    clock: new HandClock(),
    openTransport: async () => peer,
    ...options,
  });
  return { connection, peer };
}

/** A clock that only moves when it is told to. */
export class HandClock implements Clock {
  #now = 0;
  #timers: { at: number; fn: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  setTimer(ms: number, fn: () => void): { cancel(): void } {
    const timer = { at: this.#now + ms, fn };
    this.#timers.push(timer);
    return { cancel: () => this.#remove(timer) };
  }

  get timers(): number {
    return this.#timers.length;
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#remove(next);
      this.#now = next.at;
      next.fn();
    }
    this.#now = end;
  }

  #remove(timer: { at: number; fn: () => void }): void {
    this.#timers = this.#timers.filter((other) => other !== timer);
  }
}

/** What a promise rejects with. */
export async function failureOf(work: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await work;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error("nothing was thrown");
}
