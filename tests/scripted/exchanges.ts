import type { RequestOf, ScriptedPeer } from "@fulgur/neo4j-testing";

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
  await peer.receive("RUN");
  await peer.receive("PULL");
  peer.failure(code);
  peer.ignored();
  await peer.accept("RESET");
}
