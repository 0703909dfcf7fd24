import type { bolt } from "@fulgur/neo4j-codec";
import type { RequestOf, ScriptedPeer, ScriptedResult } from "./peer.ts";
import type { Conversation } from "./server.ts";

/** An error instead of a result. */
export interface ScriptedFailure {
  /** Neo4j's code, such as `Neo.ClientError.Statement.SyntaxError`. */
  readonly failure: string;
  readonly message?: string;
}

/** What a query gives. */
export type Answering = (query: string, parameters: RequestOf<"RUN">["parameters"]) => ScriptedResult | ScriptedFailure;

/**
 * A conversation with any client: logs it in and answers its queries, in transactions or by themselves, page by page, until it
 * leaves. For the tests of programs that use a driver, not of drivers: it takes the client's good manners for granted.
 *
 * @example
 * ```ts
 * await using server = await startScriptedServer({
 *   conversation: answering((query) => ({ fields: ["n"], records: [[1], [2]] })),
 * });
 * ```
 */
export function answering(answer: Answering): Conversation {
  return async (peer) => {
    await peer.login();
    const state = new AnsweringState(peer, answer);
    for (;;) {
      const request = await peer.receiveAny();
      if (request === undefined || request.type === "GOODBYE") return peer.close();
      state.answer(request);
    }
  };
}

/** What remains of a result, and where in it the client is. */
interface OpenResult {
  readonly result: ScriptedResult;
  at: number;
}

class AnsweringState {
  readonly #peer: ScriptedPeer;
  readonly #answer: Answering;
  /** The results of the open transaction by their number; of a query by itself there is one. */
  #results: OpenResult[] = [];
  #inTransaction = false;
  #hasFailed = false;

  constructor(peer: ScriptedPeer, answer: Answering) {
    this.#peer = peer;
    this.#answer = answer;
  }

  answer(request: bolt.Request): void {
    const peer = this.#peer;
    if (request.type === "RESET") {
      this.#end(false);
      peer.success();
    } else if (this.#hasFailed) {
      peer.ignored();
    } else if (request.type === "RUN") {
      this.#run(request);
    } else if (request.type === "PULL" || request.type === "DISCARD") {
      this.#pull(request);
    } else if (request.type === "ROUTE") {
      peer.success({ rt: this.#routingTable(request) });
    } else {
      if (request.type === "BEGIN") this.#end(true);
      if (request.type === "COMMIT" || request.type === "ROLLBACK") this.#end(false);
      peer.success(request.type === "COMMIT" ? { bookmark: "scripted:1" } : {});
    }
  }

  #end(inTransaction: boolean): void {
    this.#results = [];
    this.#inTransaction = inTransaction;
    this.#hasFailed = false;
  }

  #run({ query, parameters }: RequestOf<"RUN">): void {
    const result = this.#answer(query, parameters);
    if ("failure" in result) {
      this.#hasFailed = true;
      this.#peer.failure(result.failure, result.message);
      return;
    }
    if (!this.#inTransaction) this.#results = [];
    const qid = this.#results.push({ result, at: 0 }) - 1;
    this.#peer.success({ fields: result.fields ?? [], ...(this.#inTransaction ? { qid } : {}) });
  }

  #pull({ type, extra }: RequestOf<"PULL"> | RequestOf<"DISCARD">): void {
    const qid = Number(extra.qid ?? -1);
    const open = this.#results.at(qid);
    if (open === undefined) {
      this.#hasFailed = true;
      this.#peer.failure("Neo.ClientError.Request.Invalid", `There is no result ${qid}.`);
      return;
    }
    const { records = [], summary = {} } = open.result;
    const n = Number(extra.n);
    const rows = records.slice(open.at, n < 0 ? undefined : open.at + n);
    open.at += rows.length;
    if (type === "PULL") this.#peer.records(...rows);
    this.#peer.success(open.at < records.length ? { has_more: true } : summary);
  }

  /** This server is everything: router, reader and writer. */
  #routingTable({ routing, extra }: RequestOf<"ROUTE">): object {
    const addresses = [routing.address ?? this.#peer.address];
    const servers = ["ROUTE", "READ", "WRITE"].map((role) => ({ role, addresses }));
    return { ttl: 300, servers, db: extra.db ?? "neo4j" };
  }
}
