/** Work in another user's name: a connection changes its user for it, and changes back. */
import { boltVersions } from "@fulgur/neo4j-core";
import { AuthError, auth, ConfigurationError, type Driver } from "@fulgur/neo4j-driver";
import type { ScriptedPeer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { transaction } from "./exchanges.ts";
import { failureOf, password, play, type token } from "./play.ts";

const bob = auth.basic("bob", "secret-bob");
const number = (version: string) => Number(version.replace(".", "0"));
const own = { principal: "neo4j", credentials: password };

/** LOGOFF and LOGON, which are followed by work in the same write. */
async function changes(peer: ScriptedPeer, principal: string): Promise<void> {
  await peer.accept("LOGOFF");
  const logon = await peer.accept("LOGON");
  expect(logon.auth).toMatchObject({ scheme: "basic", principal });
}

describe.each(boltVersions.filter((version) => number(version) >= 501))("with Bolt %s", (version) => {
  it("a query's token is for that query only (EQ-12, AUTH-28)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await transaction(peer);
        await changes(peer, "bob");
        await transaction(peer);
        await changes(peer, "neo4j");
        await transaction(peer);
        await transaction(peer);
        expect(peer.flights.filter((flight) => flight.includes("LOGOFF"))).toEqual([
          ["LOGOFF", "LOGON", "BEGIN", "RUN", "PULL"],
          ["LOGOFF", "LOGON", "BEGIN", "RUN", "PULL"],
        ]);
        await peer.closed();
      },
      async (db) => {
        await db.executeQuery("RETURN 1");
        await db.executeQuery("RETURN 1", {}, { auth: bob });
        await db.executeQuery("RETURN 1", {}, { auth: undefined });
        // Who the driver is anyway is nobody else.
        await db.executeQuery("RETURN 1", {}, { auth: auth.basic("neo4j", password) });
      },
      { version },
    );
  });

  it("a session's token is for all of its work, and a connection that is opened for it is its user's (SES-21, AUTH-26)", async () => {
    await play(
      async (peer) => {
        await peer.receive("HELLO");
        peer.success({ server: "Neo4j/5.26.0", connection_id: "bolt-0" });
        expect((await peer.accept("LOGON")).auth).toMatchObject({ principal: "bob" });
        await peer.result();
        await transaction(peer);
        await changes(peer, "neo4j");
        await peer.result();
        await peer.closed();
      },
      async (db) => {
        const session = db.session({ auth: bob });
        await session.run("RETURN 1");
        await session.executeRead((tx) => tx.run("RETURN 1"));
        await db.session({ auth: undefined }).run("RETURN 1");
      },
      { version },
    );
  });
});

describe.each(boltVersions.filter((version) => number(version) < 501))("with Bolt %s", (version) => {
  it.each<[string, (db: Driver) => PromiseLike<unknown>]>([
    ["a query", (db) => db.executeQuery("RETURN 1", {}, { auth: bob })],
    ["a query that reads", (db) => db.executeQuery("RETURN 1", {}, { auth: bob, routing: "READ" })],
    ["a session", (db) => db.session({ auth: bob }).run("RETURN 1")],
  ])(
    "another user is refused for %s, and nothing is sent in anybody's name (EQ-12, SES-21, AUTH-26)",
    async (_, use) => {
      await play(
        async (peer) => {
          await peer.login();
          await transaction(peer);
          await transaction(peer);
          await peer.closed();
        },
        async (db) => {
          await db.executeQuery("RETURN 1");
          const error = await failureOf(use(db));
          expect(error).toBeInstanceOf(ConfigurationError);
          expect(error.message).toContain(version);
          await db.executeQuery("RETURN 1");
        },
        { version },
      );
    },
  );

  it("a connection that was opened for another user is closed at once (AUTH-26)", async () => {
    await play(
      async (peer, connection) => {
        const hello = await peer.receive("HELLO");
        expect(hello.extra.auth).toMatchObject(connection === 0 ? { principal: "bob" } : own);
        peer.success({ server: "Neo4j/4.4.0", connection_id: "bolt-0" });
        if (connection === 1) await transaction(peer);
        await peer.closed();
      },
      async (db) => {
        expect(await failureOf(db.executeQuery("RETURN 1", {}, { auth: bob }))).toBeInstanceOf(ConfigurationError);
        await db.executeQuery("RETURN 1");
      },
      { version },
    );
  });
});

describe("another user", () => {
  it("who is refused ends the connection, and nothing is done in anybody's name (AUTH-26)", async () => {
    await play(
      async (peer, connection) => {
        await peer.login();
        await transaction(peer);
        if (connection === 1) return;
        await peer.accept("LOGOFF");
        await peer.receive("LOGON");
        peer.failure("Neo.ClientError.Security.Unauthorized", "no");
        // What was already on its way in bob's name.
        for (const type of ["BEGIN", "RUN", "PULL"] as const) await peer.receive(type);
        await peer.closed();
        expect(peer.received.filter(({ type }) => type === "COMMIT")).toHaveLength(1);
      },
      async (db) => {
        await db.executeQuery("RETURN 1");
        const error = await failureOf(db.executeQuery("CREATE ()", {}, { auth: bob }));
        expect(error).toBeInstanceOf(AuthError);
        expect(error.message).not.toMatch(/secret/);
        await db.executeQuery("RETURN 1");
      },
    );
  });

  it("asks for a routing table as who it is (AUTH-26)", async () => {
    await play(
      async (peer) => {
        await peer.receive("HELLO");
        peer.success({ server: "Neo4j/5.26.0", connection_id: "bolt-0" });
        expect((await peer.accept("LOGON")).auth).toMatchObject({ principal: "bob" });
        await peer.receive("ROUTE");
        const addresses = [peer.address];
        const servers = ["WRITE", "READ", "ROUTE"].map((role) => ({ role, addresses }));
        peer.success({ rt: { ttl: 300, db: "bobs", servers } });
        expect((await transaction(peer)).extra).toMatchObject({ db: "bobs" });
        await peer.closed();
      },
      (db) => db.executeQuery("RETURN 1", {}, { auth: bob }),
      { scheme: "neo4j" },
    );
  });

  it("is verified before a connection is called good (DRV-11, SES-21)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await transaction(peer);
        await peer.accept("RESET");
        await peer.accept("LOGOFF");
        await peer.receive("LOGON");
        peer.failure("Neo.ClientError.Security.Unauthorized", "no");
        await peer.closed();
      },
      async (db) => {
        await db.executeQuery("RETURN 1");
        expect(await failureOf(db.verifyConnectivity({ auth: bob }))).toBeInstanceOf(AuthError);
      },
    );
  });

  it.each([{}, "bob", { scheme: 1 }, () => bob, { getToken: () => bob }])(
    "must be a token, which %j is not (EQ-12)",
    async (given) => {
      await play(
        () => Promise.resolve(),
        async (db) => {
          const given_ = given as unknown as typeof token;
          expect(await failureOf(db.executeQuery("RETURN 1", {}, { auth: given_ }))).toBeInstanceOf(ConfigurationError);
          expect(() => db.session({ auth: given_ })).toThrow(ConfigurationError);
        },
      );
    },
  );
});
