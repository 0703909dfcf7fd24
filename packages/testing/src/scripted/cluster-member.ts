import type { ScriptedPeer } from "./peer.ts";
import type { RequestOf, ScriptedResult } from "./said.ts";
import { type ScriptedServer, type ScriptedServerOptions, startScriptedServer } from "./server.ts";
import { type ScriptedFailure, type ScriptedQuery, serve } from "./service.ts";

/** What a member says of the cluster. What is left out is the truth. */
export interface ScriptedTable {
  /** Who may be asked for tables: members or addresses. */
  readonly routers?: readonly (ScriptedMember | string)[];
  readonly readers?: readonly (ScriptedMember | string)[];
  readonly writers?: readonly (ScriptedMember | string)[];
  /** How long it is good for, in seconds. */
  readonly ttl?: number;
}

/** What a member knows of its cluster. @internal */
export interface Membership {
  readonly server: Pick<ScriptedServerOptions, "version">;
  isLeader(member: ScriptedMember): boolean;
  /** The true table, or this one, in the form of the wire. */
  table(said: ScriptedTable | undefined, database: string | undefined): object;
  answer(
    query: ScriptedQuery,
    member: ScriptedMember,
  ): ScriptedResult | ScriptedFailure | Promise<ScriptedResult | ScriptedFailure>;
  committed(queries: readonly ScriptedQuery[], member: ScriptedMember): string;
}

const notALeader: ScriptedFailure = {
  failure: "Neo.ClientError.Cluster.NotALeader",
  message: "No write operations are allowed directly on this database: this member is not the leader.",
};

/** A member of a scripted cluster, and what can happen to it. */
export class ScriptedMember {
  /** `server1`, `server2` … */
  readonly name: string;
  /** Every query that was run here, also those that failed or were rolled back. */
  readonly queries: ScriptedQuery[] = [];
  /** How long it takes for each answer, in milliseconds. */
  delay = 0;
  readonly #membership: Membership;
  readonly #failures: ScriptedFailure[] = [];
  readonly #cuts: { readonly type: string; readonly when: "before" | "after" }[] = [];
  #server: ScriptedServer | undefined;
  #peers = new Set<ScriptedPeer>();
  #port = 0;
  #tableRequests = 0;
  #said: ScriptedTable | undefined;
  /** Resolves when the member can be reached again. */
  #rejoined: Promise<void> = Promise.resolve();
  #rejoin: (() => void) | undefined;

  /** @internal Members are made by their cluster. */
  constructor(name: string, membership: Membership) {
    this.name = name;
    this.#membership = membership;
  }

  /** `127.0.0.1:port`: the same for all its life. */
  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** For a driver that talks to this member only: `bolt://127.0.0.1:port`. */
  get uri(): string {
    return `bolt://${this.address}`;
  }

  get isLeader(): boolean {
    return this.#membership.isLeader(this);
  }

  /** Whether it runs and can be reached. */
  get isAvailable(): boolean {
    return this.#server !== undefined && this.#rejoin === undefined;
  }

  /** How many connections clients have to it now. */
  get connections(): number {
    return this.#peers.size;
  }

  /** How often it was asked for a routing table. */
  get tableRequests(): number {
    return this.#tableRequests;
  }

  /** Listens again, at the same address. */
  async start(): Promise<void> {
    if (this.#server !== undefined) return;
    const { version } = this.#membership.server;
    this.#server = await startScriptedServer({
      ...(version === undefined ? {} : { version }),
      port: this.#port,
      // Who is cut off says nothing for as long as it takes.
      patience: Number.POSITIVE_INFINITY,
      conversation: (peer) => this.#converse(peer),
    });
    this.#port = this.#server.port;
  }

  /** Ends, as a crash does: its connections are broken, and nobody listens any more. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.rejoin();
    await server?.stop();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Cuts it off from the clients: connections stay open and new ones are accepted, but nothing is heard from it. */
  isolate(): void {
    if (this.#rejoin !== undefined) return;
    this.#rejoined = new Promise((resolve) => {
      this.#rejoin = resolve;
    });
    for (const peer of this.#peers) peer.stopReading();
  }

  /** Ends {@link isolate}. */
  rejoin(): void {
    this.#rejoin?.();
    this.#rejoin = undefined;
    for (const peer of this.#peers) peer.startReading();
  }

  /** The next queries fail with Neo4j's `code`. */
  fail(code: string, { times = 1, message }: { readonly times?: number; readonly message?: string } = {}): void {
    for (let i = 0; i < times; i++) {
      this.#failures.push({ failure: code, ...(message === undefined ? {} : { message }) });
    }
  }

  /**
   * Breaks the connection at the next request of a type, such as `"COMMIT"`: before it is done, or when it is done and the client
   * doesn't know.
   */
  cutAt(type: string, when: "before" | "after" = "before"): void {
    this.#cuts.push({ type, when });
  }

  /** What it says of the cluster when it is asked, from now on; without a table, the truth. */
  say(table: ScriptedTable | undefined): void {
    this.#said = table;
  }

  async #converse(peer: ScriptedPeer): Promise<void> {
    this.#peers.add(peer);
    void peer.closed().then(() => this.#peers.delete(peer));
    if (this.#rejoin !== undefined) peer.stopReading();
    await serve(peer, {
      answer: (query) => this.#answer(query),
      table: (request) => this.#table(request),
      ready: () => this.#ready(),
      cut: (type) => this.#cut(type),
      commit: (queries) => this.#membership.committed(queries, this),
    });
  }

  async #ready(): Promise<void> {
    if (this.delay > 0) await new Promise((resolve) => setTimeout(resolve, this.delay));
    await this.#rejoined;
  }

  #cut(type: string): "before" | "after" | undefined {
    const at = this.#cuts.findIndex((cut) => cut.type === type);
    return at < 0 ? undefined : this.#cuts.splice(at, 1)[0]?.when;
  }

  #answer(query: ScriptedQuery) {
    this.queries.push(query);
    const failure = this.#failures.shift();
    if (failure !== undefined) return failure;
    if (query.mode === "WRITE" && !this.isLeader) return notALeader;
    return this.#membership.answer(query, this);
  }

  #table({ extra }: RequestOf<"ROUTE">): object {
    this.#tableRequests++;
    return this.#membership.table(this.#said, extra.db ?? undefined);
  }
}
