/** Servers that can't be reached or spoken to: what was tried, why it failed, and what to do. (ERR) */
import { createServer } from "node:net";
import {
  auth,
  BoltProtocolError,
  driver,
  RoutingServiceUnavailable,
  ServiceUnavailable,
  UnsupportedServerProduct,
} from "@fulgur/neo4j-driver";
import { type Conversation, type ScriptedPeer, startScriptedServer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failureOf, play } from "./play.ts";

/** A port at which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

async function unreachable(uri: string) {
  await using db = driver(uri, auth.basic("ann", "canary-33f0"));
  const error = await failureOf(db.verifyConnectivity());
  expect(error.stack).toContain("unreachable.test.ts");
  expect(`${error.stack}${JSON.stringify(error)}`).not.toContain("canary-33f0");
  return error;
}

describe("a server that can't be reached", () => {
  it("since nobody listens there: address, reason and advice, with the system's error as cause (ERR-28)", async () => {
    const port = await closedPort();
    const error = await unreachable(`bolt://127.0.0.1:${port}`);
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toMatch(
      new RegExp(`^Could not connect to 127\\.0\\.0\\.1:${port}: nothing listens there\\. .* \\(ECONNREFUSED\\)`),
    );
    expect(error.cause).toMatchObject({ code: "ECONNREFUSED" });
    expect(error).toMatchObject({ gqlStatus: "08000" });
  });

  it("since its name isn't known (ERR-28)", async () => {
    const error = await unreachable("bolt://nobody.invalid");
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toMatch(
      /^Could not connect to nobody\.invalid:7687: the name (isn't known|can't be looked up)/,
    );
  });

  it("since it doesn't encrypt (ERR-28)", async () => {
    const silent: Conversation = async (peer) => peer.closed();
    await using server = await startScriptedServer({ conversation: silent });
    const error = await unreachable(`bolt+ssc://${server.address}`);
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toContain(server.address);
    expect(error.message).toMatch(/TLS/);
  });

  it("of which a name has several addresses: each, and why (ERR-28)", async () => {
    const port = await closedPort();
    const error = await unreachable(`bolt://localhost:${port}`);
    const tried = error.cause instanceof AggregateError ? error.cause.errors.length : 1;
    expect(error.message.match(/ECONNREFUSED|EADDRNOTAVAIL|ENETUNREACH/g)).toHaveLength(tried);
  });

  it("in a cluster: every router that was asked, and why each failed (ERR-29)", async () => {
    const port = await closedPort();
    const error = await unreachable(`neo4j://127.0.0.1:${port}`);
    expect(error).toBeInstanceOf(RoutingServiceUnavailable);
    expect(error.message).toContain(`asked 127.0.0.1:${port}`);
    expect(error.message).toContain("nothing listens there");
  });
});

describe("a server that can't be spoken to", () => {
  it("since it knows no version of ours: those that we know are listed (ERR-33)", async () => {
    await using server = await startScriptedServer({
      handshake: Uint8Array.of(0, 0, 0, 0),
      conversation: async (peer) => peer.closed(),
    });
    const error = await unreachable(server.uri);
    expect(error).toBeInstanceOf(UnsupportedServerProduct);
    expect(error.message).toContain("6.1");
    expect(error.message).toContain("4.4");
  });

  it.each<[string, (peer: ScriptedPeer) => void]>([
    ["an unknown message", (peer) => peer.packed([0xb0, 0x33])],
    ["a record where none belongs", (peer) => peer.record(1)],
    // SUCCESS with two fields.
    ["a structure of the wrong size", (peer) => peer.packed([0xb2, 0x70, 0xa0, 0xa0])],
  ])("since it sends %s: a report's facts, another connection, and the process goes on (ERR-34)", async (_, breaks) => {
    const conversation: Conversation = async (peer, connection) => {
      await peer.login();
      if (connection === 0) {
        await peer.receive("RUN");
        await peer.receive("PULL");
        breaks(peer);
      } else {
        await peer.result({ fields: ["n"], records: [[1]] });
      }
      await peer.closed();
    };
    await play(conversation, async (db, { address, peers }) => {
      const error = await failureOf(db.session().run("RETURN $p", { p: "canary-33f0" }));
      expect(error).toBeInstanceOf(BoltProtocolError);
      expect(error.message).toContain(`The server at ${address} (Neo4j/5.26.0) broke the Bolt protocol 5.8.`);
      expect(error.message).toMatch(/Please report this .*: neo4j-fulgur\/\S+ on \w+; \w+, JavaScript; \w+\/v?\d/);
      expect(`${error.stack}`).not.toContain("canary-33f0");
      expect((await db.session().run("RETURN 1")).records[0]?.get("n")).toBe(1);
      expect(peers).toHaveLength(2);
    });
  });
});
