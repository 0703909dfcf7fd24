import { type BoltVersion, type bolt, createCodec, type Decoder } from "@fulgur/neo4j-codec";
import { auth, type OpenTransport, type Transport, type TransportListener } from "@fulgur/neo4j-core";
import type { Config } from "../src/config.ts";
import { Driver } from "../src/driver.ts";
import { FakeClock } from "./fake-clock.ts";

/** What the server does with one query. */
export interface Answer {
  readonly fields?: readonly string[];
  readonly rows?: readonly (readonly unknown[])[];
  /** Metadata of RUN's and of the last PULL's SUCCESS. */
  readonly run?: { readonly [key: string]: unknown };
  readonly summary?: { readonly [key: string]: unknown };
  /** RUN fails. */
  readonly fails?: Failure;
  /** PULL fails after this result's rows. */
  readonly breaks?: Failure;
  /** The connection ends when the query arrives. */
  readonly drops?: boolean;
}

export interface Failure {
  readonly code: string;
  readonly diagnosticRecord?: { readonly [key: string]: unknown };
}

/** A server in memory that behaves: transactions, portions, FAILURE and IGNORED until RESET. Answers are by query text. */
export class ScriptedServer {
  readonly version: BoltVersion;
  readonly answers = new Map<string, Answer | (() => Answer)>();
  readonly hints: { [key: string]: unknown } = {};
  /** Every request of every connection, in order. */
  readonly requests: bolt.Request[] = [];
  /** The names of the requests that came in one write. */
  readonly flights: string[][] = [];
  readonly connections: Peer[] = [];
  /** Called before a request is answered; true: it has been dealt with. */
  intercept: (request: bolt.Request, peer: Peer) => boolean | undefined = () => undefined;
  bookmarks = 0;
  homeDatabase = "home";

  constructor(version: BoltVersion = "6.1") {
    this.version = version;
  }

  readonly openTransport: OpenTransport = async () => {
    const peer = new Peer(this);
    this.connections.push(peer);
    return peer;
  };

  /** The requests of one kind. */
  of<Name extends bolt.Request["type"]>(type: Name): Extract<bolt.Request, { type: Name }>[] {
    return this.requests.filter((request): request is Extract<bolt.Request, { type: Name }> => request.type === type);
  }

  /** The names of the requests after the login, GOODBYE left out. */
  get talk(): string[] {
    return this.requests.map(({ type }) => type).filter((type) => !["HELLO", "LOGON", "GOODBYE"].includes(type));
  }

  answer(query: string): Answer {
    const answer = this.answers.get(query) ?? {};
    return typeof answer === "function" ? answer() : answer;
  }
}

/** One server in all roles. */
const everywhere = ["WRITE", "READ", "ROUTE"].map((role) => ({ role, addresses: ["server:7687"] }));

interface OpenResult {
  readonly answer: Answer;
  sent: number;
}

export class Peer implements Transport {
  listener: TransportListener = { received() {}, closed() {} };
  isEnded = false;
  readonly #server: ScriptedServer;
  readonly #codec;
  readonly #decoder: Decoder;
  #isGreeted = false;
  #isFailed = false;
  #inTransaction = false;
  #results: OpenResult[] = [];

  constructor(server: ScriptedServer) {
    this.#server = server;
    this.#codec = createCodec({ version: server.version, role: "server", engine: "plain" });
    this.#decoder = this.#codec.decoder();
  }

  write(chunks: readonly Uint8Array[]): boolean {
    const bytes = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
    queueMicrotask(() => this.#take(bytes));
    return true;
  }

  /** How often the client stopped the network's flow, and let it go on. What is sent arrives all the same. */
  pauses = 0;
  resumes = 0;

  pause(): void {
    this.pauses++;
  }

  resume(): void {
    this.resumes++;
  }

  watchSilence(): void {}

  end(): void {
    // What was written before still arrives.
    queueMicrotask(() => this.destroy());
  }

  destroy(): void {
    if (this.isEnded) return;
    this.isEnded = true;
    queueMicrotask(() => this.listener.closed());
  }

  /** The network ends the connection. */
  drop(): void {
    if (this.isEnded) return;
    this.isEnded = true;
    this.listener.closed(new Error("connection reset"));
  }

  success(metadata: { [key: string]: unknown } = {}): void {
    this.#send({ type: "SUCCESS", metadata });
  }

  ignore(): void {
    this.#send({ type: "IGNORED" });
  }

  fail({ code, diagnosticRecord }: Failure): void {
    this.#isFailed = true;
    const isNew = Number(this.#server.version.replace(".", "0")) >= 507;
    const gql = { gql_status: "50N42", description: "error: made up", diagnostic_record: diagnosticRecord ?? {} };
    const metadata = isNew
      ? { neo4j_code: code, message: "it went wrong", ...gql }
      : { code, message: "it went wrong" };
    this.#send({ type: "FAILURE", metadata });
  }

  #send(message: bolt.Response): void {
    if (!this.isEnded) this.listener.received(this.#codec.encodeMessage(message));
  }

  #take(bytes: Uint8Array): void {
    if (this.isEnded) return;
    if (!this.#isGreeted) {
      this.#isGreeted = true;
      const [major = 0, minor = 0] = this.#server.version.split(".").map(Number);
      this.listener.received(Uint8Array.of(0, 0, minor, major));
      return;
    }
    const flight: string[] = [];
    this.#server.flights.push(flight);
    for (const message of this.#decoder.push(bytes)) {
      const request = message as bolt.Request;
      flight.push(request.type);
      this.#server.requests.push(request);
      if (this.#server.intercept(request, this) !== true) this.#react(request);
      if (this.isEnded) return;
    }
  }

  #react(request: bolt.Request) {
    if (request.type === "RESET") {
      this.#isFailed = false;
      this.#inTransaction = false;
      this.#results = [];
      return this.success();
    }
    if (request.type === "GOODBYE") return;
    if (this.#isFailed) return this.ignore();
    switch (request.type) {
      case "HELLO":
        return this.success({ server: `Neo4j/${this.#server.version}`, connection_id: "c", hints: this.#server.hints });
      case "ROUTE":
        return this.success({
          rt: { ttl: 300, db: request.extra.db ?? this.#server.homeDatabase, servers: everywhere },
        });
      case "BEGIN":
        this.#inTransaction = true;
        return this.success();
      case "RUN":
        return this.#run(this.#server.answer(request.query));
      case "PULL":
      case "DISCARD":
        return this.#portion(request.type, Number(request.extra.n), Number(request.extra.qid ?? -1));
      case "COMMIT":
        this.#inTransaction = false;
        return this.success({ bookmark: `b${++this.#server.bookmarks}` });
      case "ROLLBACK":
        this.#inTransaction = false;
        return this.success();
      default:
        return this.success();
    }
  }

  #run(answer: Answer) {
    if (answer.drops) return this.drop();
    if (answer.fails) return this.fail(answer.fails);
    if (!this.#inTransaction) this.#results = [];
    const qid = this.#results.push({ answer, sent: 0 }) - 1;
    this.success({
      fields: answer.fields ?? ["n"],
      t_first: 1,
      ...(this.#inTransaction ? { qid } : {}),
      ...answer.run,
    });
  }

  #portion(kind: "PULL" | "DISCARD", n: number, qid: number) {
    const result = qid < 0 ? this.#results.at(-1)! : this.#results[qid]!;
    const { rows = [], summary, breaks } = result.answer;
    const end = n < 0 || kind === "DISCARD" ? rows.length : Math.min(rows.length, result.sent + n);
    if (kind === "PULL") for (const row of rows.slice(result.sent, end)) this.#send({ type: "RECORD", data: [...row] });
    result.sent = end;
    if (end < rows.length) return this.success({ has_more: true });
    if (breaks) return this.fail(breaks);
    const bookmark = this.#inTransaction ? {} : { bookmark: `b${++this.#server.bookmarks}` };
    this.success({ type: "r", db: "neo4j", t_last: 2, ...bookmark, ...summary });
  }
}

/** A driver for a scripted server, on a clock that the test turns. */
export function driverOf(server: ScriptedServer, config?: Config, uri = "bolt://server:7687") {
  const clock = new FakeClock();
  const driver = new Driver(uri, auth.basic("ann", "secret"), config, { clock, openTransport: server.openTransport });
  return { driver, clock };
}

/** Rows 1 to `count` of one column. */
export function numbers(count: number): number[][] {
  return Array.from({ length: count }, (_, at) => [at + 1]);
}
