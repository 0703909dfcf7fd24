import type { ScriptedPeer } from "./peer.ts";
import type { RequestOf, ScriptedResult } from "./said.ts";
import type { Conversation } from "./server.ts";
import { type ScriptedFailure, serve } from "./service.ts";

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
  return (peer) =>
    serve(peer, {
      answer: ({ query, parameters }) => answer(query, parameters),
      table: (request) => ownTable(peer, request),
    });
}

/** This server is everything: router, reader and writer. */
export function ownTable(peer: ScriptedPeer, { routing, extra }: RequestOf<"ROUTE">): object {
  const addresses = [routing.address ?? peer.address];
  const servers = ["ROUTE", "READ", "WRITE"].map((role) => ({ role, addresses }));
  return { ttl: 300, servers, db: extra.db ?? "neo4j" };
}
