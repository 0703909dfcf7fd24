import type { bolt } from "@fulgur/neo4j-codec";
import { ownTable } from "./answering.ts";
import type { ScriptedPeer } from "./peer.ts";
import { chunked, nameOf, type RecordedExchange, type Recording } from "./recording.ts";
import { type ScriptedServer, startScriptedServer } from "./server.ts";

/**
 * Starts a server that says what was recorded, to whoever asks the same in the same order: each connection of the recording once. A routing
 * table names this server in all roles, whatever the recorded one did.
 *
 * @throws (by `finished()`) what was asked otherwise, and what the recording has there
 *
 * @example
 * ```ts
 * await using server = await startReplay(JSON.parse(readFileSync("films.json", "utf8")));
 * ```
 */
export function startReplay(recording: Recording): Promise<ScriptedServer> {
  const { version, patches, connections } = recording;
  return startScriptedServer({
    version,
    patches,
    patience: Number.POSITIVE_INFINITY,
    conversation: (peer, connection) => replay(peer, connections[connection], connection),
  });
}

async function replay(
  peer: ScriptedPeer,
  exchanges: readonly RecordedExchange[] | undefined,
  connection: number,
): Promise<void> {
  if (exchanges === undefined) throw new Error(`The recording has no connection ${connection}.`);
  for (const exchange of exchanges) {
    const request = await peer.receiveAny();
    if (request === undefined || request.type === "GOODBYE") return;
    const query = request.type === "RUN" ? request.query : undefined;
    if (request.type !== exchange.request || query !== exchange.query) {
      throw new Error(
        `The recording has ${named(exchange.request, exchange.query)}, the client sent ${named(request.type, query)}.`,
      );
    }
    answer(peer, request, exchange.answers);
  }
  await peer.closed();
}

function answer(peer: ScriptedPeer, request: bolt.Request, answers: readonly string[]): void {
  for (const text of answers) {
    const message = Buffer.from(text, "base64");
    if (request.type === "ROUTE" && nameOf(message) === "SUCCESS") peer.success({ rt: ownTable(peer, request) });
    else peer.raw(chunked(message));
  }
}

function named(request: string, query: string | undefined): string {
  return query === undefined ? request : `${request} ${JSON.stringify(query)}`;
}
