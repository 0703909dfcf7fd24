import { boltVersions } from "@fulgur/neo4j-codec";
import { describe, expect, it } from "vitest";
import { answering, type Conversation, ScriptError, startScriptedServer } from "../src/index.ts";
import { opening, RawClient } from "./raw-client.ts";

const hello = { type: "HELLO", extra: { userAgent: "test/1", boltAgent: { product: "test/1" } } } as const;
const logon = { type: "LOGON", auth: { scheme: "none" } } as const;
const run = (query: string) => ({ type: "RUN", query, parameters: {}, extra: {} }) as const;
const pull = (n: number) => ({ type: "PULL", extra: { n } }) as const;

const untilClosed: Conversation = (peer) => peer.closed();

describe("the handshake of the scripted server", () => {
  it.each(boltVersions)("answers with Bolt %s alone, or by a manifest of it", async (version) => {
    const [major = 0, minor = 0] = version.split(".").map(Number);
    await using legacy = await startScriptedServer({ version, handshake: "legacy", conversation: untilClosed });
    const old = await RawClient.to(legacy.port, version);
    old.write(opening([0, 0, minor, major]));
    expect(await old.bytes(4)).toEqual([0, 0, minor, major]);
    await using modern = await startScriptedServer({ version, handshake: "manifest", conversation: untilClosed });
    const client = await RawClient.to(modern.port, version);
    client.write(opening([0, 0, 1, 0xff]));
    expect(await client.bytes(10)).toEqual([0, 0, 1, 0xff, 1, 0, 0, minor, major, 0]);
    client.write([0, 0, minor, major, 0], { type: "RESET" });
    client.end();
    await client.closed();
    await expect(modern.finished()).rejects.toThrow("the script has ended, and the client sent RESET");
    const [peer] = modern.peers;
    expect([...peer!.opening.subarray(0, 8)]).toEqual([0x60, 0x60, 0xb0, 0x17, 0, 0, 1, 0xff]);
    expect([...peer!.choice]).toEqual([0, 0, minor, major, 0]);
  });

  it("may be cut anywhere", async () => {
    await using server = await startScriptedServer({
      version: "5.8",
      conversation: (peer) => peer.accept("RESET").then(),
    });
    const client = await RawClient.to(server.port, "5.8");
    // An over-long varint of no capabilities is a choice, too.
    for (const byte of [
      ...opening([0, 0, 1, 0xff]),
      0,
      0,
      8,
      5,
      0x80,
      0,
      ...client.codec.encodeMessage({ type: "RESET" }),
    ]) {
      client.write([byte]);
      await new Promise(setImmediate);
    }
    await client.bytes(10);
    expect(await client.messages(1)).toEqual([{ type: "SUCCESS", metadata: {} }]);
    await server.finished();
  });

  it("answers with other bytes when it is told to, and reads a choice only after a manifest", async () => {
    const http = Uint8Array.from([0x48, 0x54, 0x54, 0x50]);
    await using server = await startScriptedServer({
      handshake: http,
      conversation: async (peer) => {
        await peer.opened();
        peer.close();
      },
    });
    const client = await RawClient.to(server.port, "5.8");
    client.write(opening());
    expect(await client.bytes(5)).toEqual([...http]);
    await server.finished();
    const manifest = Uint8Array.from([0, 0, 1, 0xff, 2, 0, 4, 4, 5, 0, 2, 8, 5, 0]);
    await using wide = await startScriptedServer({
      version: "5.7",
      handshake: manifest,
      conversation: (peer) => peer.accept("RESET").then(),
    });
    const other = await RawClient.to(wide.port, "5.7");
    other.write(opening([0, 0, 1, 0xff]));
    expect(await other.bytes(manifest.length)).toEqual([...manifest]);
    other.write([0, 0, 7, 5, 0], { type: "RESET" });
    await other.messages(1);
    await wide.finished();
  });

  it.each([
    ["begins with something else", [...new Array(20).fill(1)], "did not begin with Bolt's magic"],
    ["chooses another version", [...opening(), 0, 0, 4, 5, 0], "chose Bolt 5.4, the script speaks 5.8"],
    ["chooses a range", [...opening(), 0, 1, 8, 5, 0], "chose Bolt 5.8, the script speaks 5.8"],
  ])("is an error when the client %s", async (_, bytes, message) => {
    await using server = await startScriptedServer({ conversation: untilClosed });
    const client = await RawClient.to(server.port, "5.8");
    client.write(bytes);
    await client.closed();
    await expect(server.finished()).rejects.toThrow(message);
  });
});

describe("a conversation", () => {
  it("reads requests in API form and answers under the names of the wire", async () => {
    await using server = await startScriptedServer({
      version: "5.4",
      conversation: async (peer) => {
        expect(await peer.login({ hints: { "telemetry.enabled": true } })).toEqual(hello);
        const { run, pull } = await peer.result({ fields: ["n"], records: [[1], [2]], summary: { bookmark: "b" } });
        expect(run).toMatchObject({ query: "RETURN 1", parameters: {} });
        expect(pull.extra).toEqual({ n: 5 });
        await peer.closed();
      },
    });
    const client = await RawClient.legacy(server.port, "5.4");
    client.write(hello, logon);
    expect(await client.messages(2)).toEqual([
      {
        type: "SUCCESS",
        metadata: { server: "Neo4j/5.26.0", connection_id: "bolt-0", hints: { "telemetry.enabled": true } },
      },
      { type: "SUCCESS", metadata: {} },
    ]);
    client.write(run("RETURN 1"), pull(5));
    const [header, ...rest] = await client.messages(3);
    expect(header).toEqual({ type: "SUCCESS", metadata: { fields: ["n"] } });
    expect(rest).toEqual([
      { type: "RECORD", rows: [[1], [2]] },
      { type: "SUCCESS", metadata: { bookmark: "b" } },
    ]);
    client.write({ type: "GOODBYE" });
    client.end();
    await server.finished();
    const [peer] = server.peers;
    expect(peer!.flights).toEqual([["HELLO", "LOGON"], ["RUN", "PULL"], ["GOODBYE"]]);
    expect(Buffer.concat(peer!.pieces)).toEqual(
      Buffer.concat(
        [hello, logon, run("RETURN 1"), pull(5), { type: "GOODBYE" } as const].map(client.codec.encodeMessage),
      ),
    );
    expect(peer!.received.map(({ type }) => type)).toEqual(["HELLO", "LOGON", "RUN", "PULL", "GOODBYE"]);
  });

  it.each([
    ["5.6", { code: "Neo.X", message: "m" }],
    ["5.7", { neo4j_code: "Neo.X", message: "m", gql_status: "42001", description: expect.any(String) }],
  ] as const)("fails in the form of %s", async (version, metadata) => {
    await using server = await startScriptedServer({
      version,
      handshake: "legacy",
      conversation: async (peer) => {
        await peer.receive("RESET");
        peer.failure("Neo.X", "m", { gqlStatus: "42001" });
        await peer.receive("RESET");
        peer.ignored();
      },
    });
    const client = await RawClient.legacy(server.port, version);
    client.write({ type: "RESET" }, { type: "RESET" });
    expect(await client.messages(2)).toEqual([{ type: "FAILURE", metadata }, { type: "IGNORED" }]);
    await server.finished();
  });

  it("can say what no server says", async () => {
    await using server = await startScriptedServer({
      handshake: "legacy",
      conversation: async (peer) => {
        await peer.receive("RESET");
        peer.noop();
        peer.packed([0xb0, 0x7e]);
        peer.raw([9, 9]);
        peer.destroy();
        await peer.closed();
      },
    });
    const client = await RawClient.legacy(server.port, "5.8");
    client.write([0, 0, 0, 0], { type: "RESET" });
    expect(await client.bytes(9)).toEqual([0, 0, 0, 2, 0xb0, 0x7e, 0, 0, 9]);
    await client.closed();
    await server.finished();
    expect(server.peers[0]!.noops).toBe(2);
  });

  it("is over at another request than the expected one, and the client is not kept waiting", async () => {
    await using server = await startScriptedServer({
      handshake: "legacy",
      conversation: async (peer) => {
        await peer.accept("RESET");
        await peer.receive("PULL");
      },
    });
    const client = await RawClient.legacy(server.port, "5.8");
    client.write({ type: "RESET" }, { type: "COMMIT" });
    await client.closed();
    const error = await server.finished().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ScriptError);
    expect((error as Error).message).toBe(
      "Connection 0 of the scripted server: the script expected PULL, the client sent COMMIT (after RESET, COMMIT).",
    );
  });

  it("is over when the expected request does not come, or the connection ends", async () => {
    const conversation: Conversation = (peer) => peer.accept("RESET").then();
    await using server = await startScriptedServer({ handshake: "legacy", patience: 20, conversation });
    const client = await RawClient.legacy(server.port, "5.8");
    await client.closed();
    await expect(server.finished()).rejects.toThrow("RESET did not come within 20 ms (before any request)");
    await using other = await startScriptedServer({ handshake: "legacy", conversation });
    const second = await RawClient.legacy(other.port, "5.8");
    second.end();
    await second.closed();
    await expect(other.finished()).rejects.toThrow("the connection was closed");
  });

  it("allows nothing but GOODBYE after its end, be it early or late", async () => {
    await using server = await startScriptedServer({
      handshake: "legacy",
      conversation: (peer) => peer.accept("RESET").then(),
    });
    const polite = await RawClient.legacy(server.port, "5.8");
    polite.write({ type: "RESET" });
    await polite.messages(1);
    polite.write({ type: "GOODBYE" });
    polite.end();
    await polite.closed();
    await server.finished();
    const early = await RawClient.legacy(server.port, "5.8");
    early.write({ type: "RESET" }, { type: "COMMIT" });
    await early.closed();
    await expect(server.finished()).rejects.toThrow(
      "the script has ended, and the client sent COMMIT (after RESET, COMMIT)",
    );
    expect(server.peers.map(({ violation }) => violation === undefined)).toEqual([true, false]);
  });

  it("is an error when the client sends what is no request", async () => {
    await using server = await startScriptedServer({ handshake: "legacy", conversation: untilClosed });
    const client = await RawClient.legacy(server.port, "5.8");
    client.write([0, 2, 0xb0, 0x55, 0, 0]);
    await client.closed();
    await expect(server.finished()).rejects.toThrow("no request has the signature 0x55");
  });

  it("knows which connection it is", async () => {
    const seen: number[] = [];
    await using server = await startScriptedServer({
      conversation: async (peer, connection) => {
        seen.push(connection);
        await peer.closed();
      },
    });
    for (let i = 0; i < 3; i++) (await RawClient.to(server.port, "5.8")).end();
    while (server.peers.length < 3) await new Promise(setImmediate);
    await server.finished();
    expect(seen).toEqual([0, 1, 2]);
    expect(server.address).toBe(`127.0.0.1:${server.port}`);
    expect(server.uri).toBe(`bolt://127.0.0.1:${server.port}`);
  });
});

describe("canned answers", () => {
  const conversation = answering((query) =>
    query === "bad"
      ? { failure: "Neo.ClientError.Statement.SyntaxError", message: "no" }
      : { fields: ["n"], records: [[1], [2], [3]], summary: { type: "r" } },
  );

  it("come page by page, with DISCARD and in transactions", async () => {
    await using server = await startScriptedServer({ version: "5.4", conversation });
    const client = await RawClient.legacy(server.port, "5.4");
    client.write(hello, logon, run("x"), pull(2), pull(2));
    const [, , header, ...pages] = await client.messages(7);
    expect(header).toEqual({ type: "SUCCESS", metadata: { fields: ["n"] } });
    expect(pages).toEqual([
      { type: "RECORD", rows: [[1], [2]] },
      { type: "SUCCESS", metadata: { has_more: true } },
      { type: "RECORD", rows: [[3]] },
      { type: "SUCCESS", metadata: { type: "r" } },
    ]);
    client.write({ type: "BEGIN", extra: {} }, run("x"), run("y"));
    client.write({ type: "PULL", extra: { n: 1, qid: 0 } }, { type: "DISCARD", extra: { n: -1 } }, { type: "COMMIT" });
    expect(await client.messages(7)).toEqual([
      { type: "SUCCESS", metadata: {} },
      { type: "SUCCESS", metadata: { fields: ["n"], qid: 0 } },
      { type: "SUCCESS", metadata: { fields: ["n"], qid: 1 } },
      { type: "RECORD", rows: [[1]] },
      { type: "SUCCESS", metadata: { has_more: true } },
      { type: "SUCCESS", metadata: { type: "r" } },
      { type: "SUCCESS", metadata: { bookmark: "scripted:1" } },
    ]);
    client.write({ type: "GOODBYE" });
    await client.closed();
    await server.finished();
  });

  it("fail, and ignore what follows until RESET", async () => {
    await using server = await startScriptedServer({ version: "5.4", conversation });
    const client = await RawClient.legacy(server.port, "5.4");
    client.write(hello, logon, run("bad"), pull(1), { type: "RESET" }, run("x"), { type: "DISCARD", extra: { n: -1 } });
    const answers = (await client.messages(7)) as { type: string }[];
    expect(answers.map(({ type }) => type)).toEqual([
      "SUCCESS",
      "SUCCESS",
      "FAILURE",
      "IGNORED",
      "SUCCESS",
      "SUCCESS",
      "SUCCESS",
    ]);
  });

  it("include a routing table with this server in every role", async () => {
    await using server = await startScriptedServer({ version: "5.4", conversation });
    const client = await RawClient.legacy(server.port, "5.4");
    client.write(hello, logon, { type: "ROUTE", routing: {}, bookmarks: [], extra: {} });
    const addresses = [server.address];
    expect((await client.messages(3))[2]).toEqual({
      type: "SUCCESS",
      metadata: {
        rt: { ttl: 300, db: "neo4j", servers: ["ROUTE", "READ", "WRITE"].map((role) => ({ role, addresses })) },
      },
    });
  });
});
