import type { bolt } from "@fulgur/neo4j-codec";
import type { ScriptedPeer } from "./peer.ts";
import type { RequestOf, ScriptedResult } from "./said.ts";

/** An error instead of a result. */
export interface ScriptedFailure {
  /** Neo4j's code, such as `Neo.ClientError.Statement.SyntaxError`. */
  readonly failure: string;
  readonly message?: string;
}

/** A query that was run. */
export interface ScriptedQuery {
  readonly query: string;
  readonly parameters: RequestOf<"RUN">["parameters"];
  /** Whether its transaction was declared as one that only reads. */
  readonly mode: "READ" | "WRITE";
  /** The database that was named. */
  readonly database: string | undefined;
}

type Answer = ScriptedResult | ScriptedFailure;

/** What stands behind a server that answers whatever it is asked. */
export interface Service {
  /** What a query gives. */
  answer(query: ScriptedQuery): Answer | Promise<Answer>;
  /** The routing table, in the form of the wire. */
  table(request: RequestOf<"ROUTE">): object;
  /** Waited for before each answer. */
  ready?(): Promise<void>;
  /** Whether the connection is to end when this is asked: before it is done, or when it is done and not yet answered. */
  cut?(type: string): "before" | "after" | undefined;
  /** Told of what a transaction has done when it commits; gives the bookmark. */
  commit?(queries: readonly ScriptedQuery[]): string;
}

/** What remains of a result, and where in it the client is. */
interface OpenResult {
  readonly result: ScriptedResult;
  readonly query: ScriptedQuery;
  at: number;
}

/** Logs a client in and answers what it asks until it leaves. */
export async function serve(peer: ScriptedPeer, service: Service): Promise<void> {
  await peer.login();
  const visit = new Visit(peer, service);
  for (;;) {
    const request = await peer.receiveAny(Number.POSITIVE_INFINITY);
    if (request === undefined || request.type === "GOODBYE") return peer.close();
    await service.ready?.();
    const cut = service.cut?.(request.type);
    if (cut !== "before") await visit.answer(request, cut === "after");
    if (cut !== undefined) return peer.destroy();
  }
}

/** One client's way through its transactions and results. */
class Visit {
  readonly #peer: ScriptedPeer;
  readonly #service: Service;
  /** The results of the open transaction by their number; of a query by itself there is one. */
  #results: OpenResult[] = [];
  /** What BEGIN said; absent outside of transactions. */
  #begin: bolt.TransactionExtra | undefined;
  #queries: ScriptedQuery[] = [];
  #hasFailed = false;
  /** What is done is done, and not told. */
  #isMute = false;

  constructor(peer: ScriptedPeer, service: Service) {
    this.#peer = peer;
    this.#service = service;
  }

  async answer(request: bolt.Request, isMute: boolean): Promise<void> {
    this.#isMute = isMute;
    if (request.type === "RESET") {
      this.#end(undefined);
      this.#success();
    } else if (this.#hasFailed) {
      if (!isMute) this.#peer.ignored();
    } else if (request.type === "RUN") {
      await this.#run(request);
    } else if (request.type === "PULL" || request.type === "DISCARD") {
      this.#pull(request);
    } else if (request.type === "ROUTE") {
      this.#success({ rt: this.#service.table(request) });
    } else if (request.type === "COMMIT") {
      const bookmark = this.#service.commit?.(this.#queries) ?? "scripted:1";
      this.#end(undefined);
      this.#success({ bookmark });
    } else {
      if (request.type === "BEGIN") this.#end(request.extra);
      if (request.type === "ROLLBACK") this.#end(undefined);
      this.#success();
    }
  }

  #success(metadata: object = {}): void {
    if (!this.#isMute) this.#peer.success({ ...metadata });
  }

  #fail({ failure, message }: ScriptedFailure): void {
    this.#hasFailed = true;
    if (!this.#isMute) this.#peer.failure(failure, message);
  }

  #end(begin: bolt.TransactionExtra | undefined): void {
    this.#results = [];
    this.#queries = [];
    this.#begin = begin;
    this.#hasFailed = false;
  }

  async #run({ query, parameters, extra }: RequestOf<"RUN">): Promise<void> {
    const { mode, db } = this.#begin ?? extra;
    const asked: ScriptedQuery = {
      query,
      parameters,
      mode: mode === "r" ? "READ" : "WRITE",
      database: db ?? undefined,
    };
    const result = await this.#service.answer(asked);
    if ("failure" in result) {
      this.#fail(result);
      return;
    }
    this.#queries.push(asked);
    if (this.#begin === undefined) this.#results = [];
    const qid = this.#results.push({ result, query: asked, at: 0 }) - 1;
    this.#success({ fields: result.fields ?? [], ...(this.#begin === undefined ? {} : { qid }) });
  }

  #pull({ type, extra }: RequestOf<"PULL"> | RequestOf<"DISCARD">): void {
    const qid = Number(extra.qid ?? -1);
    const open = this.#results.at(qid);
    if (open === undefined) {
      this.#fail({ failure: "Neo.ClientError.Request.Invalid", message: `There is no result ${qid}.` });
      return;
    }
    const { records = [], summary = {} } = open.result;
    const n = Number(extra.n);
    const rows = records.slice(open.at, n < 0 ? undefined : open.at + n);
    open.at += rows.length;
    if (type === "PULL" && !this.#isMute) this.#peer.records(...rows);
    if (open.at < records.length) {
      this.#success({ has_more: true });
      return;
    }
    const bookmark = this.#begin === undefined ? this.#service.commit?.([open.query]) : undefined;
    this.#success({ ...(bookmark === undefined ? {} : { bookmark }), ...summary });
  }
}
