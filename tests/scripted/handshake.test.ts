/** What a driver says of a server that fails before the first message. */
import { connect } from "@fulgur/neo4j-core";
import {
  BoltProtocolError,
  ConfigurationError,
  DriverError,
  driver,
  ServiceUnavailable,
  UnsupportedServerProduct,
} from "@fulgur/neo4j-driver";
import { type Conversation, startScriptedServer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failureOf, password, play, token } from "./play.ts";

const answersAndCloses: Conversation = async (peer) => {
  await peer.opened();
  peer.close();
  await peer.closed();
};

const answersAndWaits: Conversation = (peer) => peer.closed();

/** How verifyConnectivity fails when the opening bytes are answered so. */
async function failureAfter(bytes: readonly number[], conversation: Conversation): Promise<Error> {
  return play(conversation, (db) => failureOf(db.verifyConnectivity()), { handshake: Uint8Array.from(bytes) });
}

const manifest = [0, 0, 1, 0xff];
const offers = [0, 0, 8, 5];

describe("a server that fails in the handshake", () => {
  it.each([
    ["speaks HTTP", [0x48, 0x54, 0x54, 0x50], ServiceUnavailable, /HTTP.*7687/],
    [
      "speaks HTTP at length",
      [...new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n\r\n")],
      ServiceUnavailable,
      /HTTP/,
    ],
    ["has no version in common", [0, 0, 0, 0], UnsupportedServerProduct, /none of the Bolt versions .*4\.4.*6\.1/],
    ["says nothing", [], ServiceUnavailable, /without a word/],
    ["says one byte", [0], BoltProtocolError, /after 1 bytes/],
    ["says three bytes", [0, 0, 8], BoltProtocolError, /after 3 bytes/],
    ["sends a manifest of version 2", [0, 0, 2, 0xff, 1, ...offers, 0], BoltProtocolError, /manifest of version 2/],
    ["chooses a version that was not offered", [0, 0, 5, 5], BoltProtocolError, /wasn't offered.*00 00 05 05/],
    ["chooses a range", [0, 2, 8, 5], BoltProtocolError, /wasn't offered/],
    ["chooses Bolt 3", [0, 0, 0, 3], BoltProtocolError, /wasn't offered/],
    ["wants TLS", [0x15, 3, 3, 0, 2, 2, 40], ServiceUnavailable, /bolt\+s/],
    ["ends before a manifest's length", manifest, BoltProtocolError, /after 4 bytes/],
    ["ends before a manifest's first entry", [...manifest, 2], BoltProtocolError, /after 5 bytes/],
    ["ends within a manifest's entry", [...manifest, 2, 0, 0], BoltProtocolError, /after 7 bytes/],
    ["ends between a manifest's entries", [...manifest, 2, ...offers], BoltProtocolError, /after 9 bytes/],
    ["ends before the capabilities", [...manifest, 1, ...offers], BoltProtocolError, /after 9 bytes/],
    ["ends within the capabilities", [...manifest, 1, ...offers, 0x80], BoltProtocolError, /after 10 bytes/],
    ["ends within a manifest's length", [...manifest, 0x81], BoltProtocolError, /after 5 bytes/],
  ])("because it %s (CONN-39, CONN-42)", async (_, bytes, errorClass, message) => {
    const error = await failureAfter(bytes, answersAndCloses);
    expect(error).toBeInstanceOf(errorClass);
    expect(error).toBeInstanceOf(DriverError);
    expect(error.message).toMatch(message);
    expect(error.stack).not.toContain(password);
  });

  it.each([
    [
      "offers only unknown versions",
      [...manifest, 2, 0, 0, 5, 5, 0, 0, 9, 9, 0],
      UnsupportedServerProduct,
      /5\.5, 9\.9/,
    ],
    ["offers nothing", [...manifest, 0, 0], UnsupportedServerProduct, /no version/],
    [
      "announces a billion versions",
      [...manifest, 0x80, 0x94, 0xeb, 0xdc, 3],
      BoltProtocolError,
      /1000000000 versions/,
    ],
    [
      "has capabilities of more than 64 bits",
      [...manifest, 1, ...offers, ...Array(10).fill(0xff)],
      BoltProtocolError,
      /64 bits/,
    ],
  ])("because its manifest %s, is left at once (CONN-39)", async (_, bytes, errorClass, message) => {
    const error = await failureAfter(bytes, answersAndWaits);
    expect(error).toBeInstanceOf(errorClass);
    expect(error.message).toMatch(message);
  });

  it("because nobody listens, is unavailable at once, and named", async () => {
    const server = await startScriptedServer({ conversation: answersAndWaits });
    await server.stop();
    await using db = driver(server.uri, token);
    const error = await failureOf(db.verifyConnectivity());
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toContain(server.address);
  });

  it.each([
    ["before it opens its mouth", []],
    ["after a byte", [0]],
    ["within a manifest", [...manifest, 3, 0]],
  ])("by falling silent %s, is given up after loginTimeout (CONN-42)", async (_, bytes) => {
    const error = await play(answersAndWaits, (db) => failureOf(db.verifyConnectivity()), {
      handshake: Uint8Array.from(bytes),
      config: { loginTimeout: 40 },
    });
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.message).toContain("40 ms");
  });

  it("is not tried again by a managed transaction when the driver has never been connected", async () => {
    const error = await play(
      answersAndCloses,
      async (db, server) => {
        const error = await failureOf(db.session().executeRead((tx) => tx.run("RETURN 1")));
        expect(server.peers.length).toBe(1);
        return error;
      },
      { handshake: new Uint8Array(0) },
    );
    expect(error).toBeInstanceOf(ServiceUnavailable);
  });

  it("fails core's connect in the same way, with the place of the call", async () => {
    await using server = await startScriptedServer({
      handshake: Uint8Array.from([0x48, 0x54, 0x54, 0x50]),
      conversation: answersAndWaits,
    });
    const error = await failureOf(connect(server.uri, token));
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect(error.stack).toContain("handshake.test.ts");
    await server.finished();
  });
});

describe("the handshake", () => {
  it("begins with Bolt's magic, and offers a manifest first, then the versions of servers without manifests, the newest first (CONN-03)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.result();
        await peer.closed();
      },
      async (db, server) => {
        await db.session().run("RETURN 1");
        const [peer] = server.peers;
        expect([...peer!.opening.subarray(0, 8)]).toEqual([0x60, 0x60, 0xb0, 0x17, ...manifest]);
        // 5.5 was never released: 5.8 to 5.6, and 5.4 to 5.0.
        expect([...peer!.opening.subarray(8)]).toEqual([0, 2, 8, 5, 0, 4, 4, 5, 0, 0, 4, 4]);
        expect([...peer!.choice]).toEqual([0, 0, 8, 5, 0]);
      },
    );
  });

  it("takes the newest version that a manifest holds, in whatever order (CONN-39)", async () => {
    const offered = [0, 4, 4, 4, 0, 4, 4, 5, 0, 2, 8, 5, 0, 9, 9, 9];
    await play(
      async (peer) => {
        await peer.login();
        await peer.result();
        await peer.closed();
      },
      async (db) => {
        const { summary } = await db.session().run("RETURN 1");
        expect(summary.server.protocolVersion).toEqual({ major: 5, minor: 8 });
      },
      // An over-long varint of capabilities: bits that nobody knows, of which none is taken.
      { handshake: Uint8Array.from([...manifest, 4, ...offered, 0xff, 1]) },
    );
  });
});

describe("configuration", () => {
  it.each([
    ["http://localhost", ConfigurationError],
    ["bolt://localhost:99999", ConfigurationError],
  ])("of the URI %s fails before anything is connected (CONN-01)", (uri, errorClass) => {
    expect(() => driver(uri, token)).toThrow(errorClass);
  });
});
