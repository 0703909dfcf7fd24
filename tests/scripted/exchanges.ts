/** What clients and servers say to each other again and again: whole conversations, and the exchanges that they are made of. */
import type { bolt } from "@fulgur/neo4j-core";
import type { Conversation, RequestOf, ScriptedPeer } from "@fulgur/neo4j-testing";

/** A part of a conversation. The type of a request stands for that request, answered with SUCCESS. */
export type Exchange = ((peer: ScriptedPeer) => Promise<unknown>) | bolt.Request["type"];

/** A login, the exchanges in their order, and then the client goes. */
export function conversation(...exchanges: Exchange[]): Conversation {
  return async (peer) => {
    await peer.login();
    for (const exchange of exchanges) {
      await (typeof exchange === "string" ? peer.accept(exchange) : exchange(peer));
    }
    await peer.closed();
  };
}

/** A query, and all of its result. */
export const query = (answer?: Parameters<ScriptedPeer["result"]>[0]) => (peer: ScriptedPeer) => peer.result(answer);

/** A query, the first records of the column `n`, and that there are more. */
export const firstPortion =
  (...records: unknown[][]) =>
  async (peer: ScriptedPeer): Promise<void> => {
    await peer.receive("RUN");
    await peer.receive("PULL");
    peer.success({ fields: ["n"] });
    peer.records(...records);
    peer.success({ has_more: true });
  };

/** A query that fails, and RESET. */
export const failingQuery =
  (...failure: Parameters<ScriptedPeer["failure"]>) =>
  async (peer: ScriptedPeer): Promise<void> => {
    await peer.receive("RUN");
    await peer.receive("PULL");
    peer.failure(...failure);
    peer.ignored();
    await peer.accept("RESET");
  };

/** BEGIN, a query, and COMMIT; gives BEGIN. */
export async function transaction(peer: ScriptedPeer, bookmark = "b"): Promise<RequestOf<"BEGIN">> {
  const begin = await peer.accept("BEGIN");
  await peer.result({ fields: ["n"], records: [[1]] });
  await peer.accept("COMMIT", { bookmark });
  return begin;
}

/** BEGIN, a query that fails, and RESET. */
export async function failingTransaction(peer: ScriptedPeer, code: string): Promise<void> {
  await peer.accept("BEGIN");
  await failingQuery(code)(peer);
}
