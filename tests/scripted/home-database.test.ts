/** The home database: who is asked for it, for how long the answer counts, and when it may be guessed. (SES-13 to SES-15) */
import { type Driver, driver, type SessionConfig } from "@fulgur/neo4j-driver";
import { type ScriptedPeer, startScriptedServer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { play, token } from "./play.ts";

const ssr = { hints: { "ssr.enabled": true } };

/** ROUTE without a database, answered with the home database's table; gives what was asked. */
async function home(peer: ScriptedPeer, db: string, ttl = 300) {
  const { extra } = await peer.receive("ROUTE");
  const servers = ["WRITE", "READ", "ROUTE"].map((role) => ({ role, addresses: [peer.address] }));
  peer.success({ rt: { ttl, db, servers } });
  return extra;
}

/** A whole transaction; gives the database that it names. `db` is what the server says that it took. */
async function begun(peer: ScriptedPeer, db?: string) {
  const { extra } = await peer.accept("BEGIN", db === undefined ? {} : { db });
  await peer.result();
  await peer.accept("COMMIT");
  return extra.db;
}

async function work(db: Driver, config: SessionConfig = {}) {
  await db.session(config).executeWrite((tx) => tx.run("CREATE ()"));
}

describe("without a database's name", () => {
  it("a bolt scheme leaves it to the server, each time anew (SES-13, SES-15)", async () => {
    await play(
      async (peer) => {
        await peer.login(ssr);
        for (const db of ["one", "two"]) {
          const run = await peer.receive("RUN");
          expect(run.extra).toEqual({});
          await peer.receive("PULL");
          peer.success({ fields: [], db });
          peer.success({ db });
        }
        expect(await begun(peer, "three")).toBeUndefined();
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        expect((await session.run("RETURN 1")).summary.database.name).toBe("one");
        expect((await session.run("RETURN 1")).summary.database.name).toBe("two");
        await session.executeWrite((tx) => tx.run("CREATE ()"));
      },
    );
  });

  it.each(["4.4", "5.7"] as const)("a session asks once, and stays there, at Bolt %s (SES-14)", async (version) => {
    await play(
      async (peer) => {
        await peer.login();
        expect(await home(peer, "movies")).toEqual({});
        for (let time = 0; time < 2; time++) expect((await peer.result()).run.extra).toEqual({ db: "movies" });
        // Another session, for which it has changed meanwhile.
        expect(await home(peer, "books")).toEqual({});
        expect(await begun(peer)).toBe("books");
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        await session.run("RETURN 1");
        await session.run("RETURN 2");
        await work(db);
      },
      { scheme: "neo4j", version },
    );
  });

  it("servers that pass work on are sent it by the last answer, and say which database they took (SES-14)", async () => {
    await play(
      async (peer) => {
        await peer.login(ssr);
        expect(await home(peer, "movies")).toEqual({});
        expect(await begun(peer)).toBe("movies");
        // Nobody is asked any more: the work goes out without a name, and the answer counts for the session.
        const run = await peer.receive("RUN");
        expect(run.extra).toEqual({});
        await peer.receive("PULL");
        peer.success({ fields: [], db: "books" });
        peer.success({ db: "books" });
        // The session stays there, and needs that database's table.
        expect(await home(peer, "books")).toEqual({ db: "books" });
        expect((await peer.result()).run.extra).toEqual({ db: "books" });
        // For others it is the guess from now on.
        expect(await begun(peer, "books")).toBeUndefined();
        expect(await begun(peer, "books")).toBeUndefined();
        await peer.closed();
      },
      async (db) => {
        await work(db);
        const session = db.session();
        await session.run("RETURN 1");
        await session.run("RETURN 2");
        await work(db);
        await work(db);
      },
      { scheme: "neo4j", version: "5.8" },
    );
  });

  it("a guess is the user's own, and isn't made of a table that is out of date (SES-14)", async () => {
    await play(
      async (peer) => {
        await peer.login(ssr);
        expect(await home(peer, "movies")).toEqual({});
        expect(await begun(peer)).toBe("movies");
        expect(await home(peer, "bobs", 0)).toEqual({ impUser: "bob" });
        expect(await begun(peer)).toBe("bobs");
        expect(await begun(peer, "movies")).toBeUndefined();
        expect(await home(peer, "bobs", 0)).toEqual({ impUser: "bob" });
        expect(await begun(peer)).toBe("bobs");
        await peer.closed();
      },
      async (db) => {
        await work(db);
        await work(db, { impersonatedUser: "bob" });
        await work(db);
        await work(db, { impersonatedUser: "bob" });
      },
      { scheme: "neo4j", version: "5.8" },
    );
  });

  it("a reading executeQuery is sent by a guess in one write, too (SES-14)", async () => {
    await play(
      async (peer) => {
        await peer.login(ssr);
        await home(peer, "movies");
        for (const db of ["movies", undefined]) {
          const begin = await peer.receive("BEGIN");
          expect(begin.extra).toEqual({ mode: "r", ...(db === undefined ? {} : { db }) });
          await peer.receive("RUN");
          await peer.receive("PULL");
          await peer.receive("COMMIT");
          peer.success(db === undefined ? { db: "movies" } : {});
          peer.success({ fields: [] });
          peer.success();
          peer.success();
        }
        await peer.closed();
      },
      async (db, { peers }) => {
        await db.executeQuery("RETURN 1", {}, { routing: "READ" });
        await db.executeQuery("RETURN 1", {}, { routing: "READ" });
        expect(peers[0]!.flights.at(-1)).toEqual(["BEGIN", "RUN", "PULL", "COMMIT"]);
      },
      { scheme: "neo4j", version: "5.8" },
    );
  });

  describe("one server that doesn't pass work on", () => {
    /** Servers behind one address, of which only the one of the first connection passes work on. */
    async function mixed(use: (db: Driver, peers: readonly ScriptedPeer[]) => Promise<void>) {
      await using server = await startScriptedServer({
        version: "5.8",
        conversation: async (peer, connection) => {
          await peer.login(connection === 0 ? ssr : {});
          for (;;) {
            const request = await peer.receiveAny();
            if (request === undefined || request.type === "GOODBYE") return;
            const servers = ["WRITE", "READ", "ROUTE"].map((role) => ({ role, addresses: [peer.address] }));
            if (request.type === "ROUTE") peer.success({ rt: { ttl: 300, db: "movies", servers } });
            else if (request.type === "RUN") peer.success({ fields: [] });
            else peer.success();
          }
        },
      });
      await using db = driver(`neo4j://${server.address}`, token);
      await use(db, server.peers);
    }

    const sent = (peers: readonly ScriptedPeer[], type: string) =>
      peers.reduce((sum, { received }) => sum + received.filter((request) => request.type === type).length, 0);

    it("is enough for asking each time (SES-14)", async () => {
      await mixed(async (db, peers) => {
        await work(db);
        await work(db);
        expect(sent(peers, "ROUTE")).toBe(1);
        // Two at a time: the second connection leads to a server without the hint.
        await db.session({ database: "movies" }).executeWrite(async (tx) => {
          await tx.run("CREATE ()");
          await work(db, { database: "movies" });
        });
        expect(peers).toHaveLength(2);
        await work(db);
        await work(db);
        expect(sent(peers, "ROUTE")).toBe(3);
      });
    });

    it("isn't sent what was guessed, when that shows only once it is connected to (SES-14)", async () => {
      await mixed(async (db, peers) => {
        await work(db);
        // The first connection is in use: the guess leads to a new one.
        await db.session({ database: "movies" }).executeWrite(async (tx) => {
          await tx.run("CREATE ()");
          await work(db);
        });
        const [, second] = peers;
        expect(second!.received.slice(2, 4)).toMatchObject([
          { type: "ROUTE", extra: {} },
          { type: "BEGIN", extra: { db: "movies" } },
        ]);
      });
    });
  });
});
