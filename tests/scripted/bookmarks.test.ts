/** Bookmarks: which requests carry them, what a session keeps, and what managers are told. */
import { type BookmarkManager, Bookmarks, bookmarkManager, DriverError, driver } from "@fulgur/neo4j-driver";
import { startScriptedServer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { conversation, failingQuery, firstPortion, query, transaction } from "./exchanges.ts";
import { failureOf, play, token } from "./play.ts";

describe("a session", () => {
  it("knows those that it was given, and then the one of its last commit (SES-08, TX-31)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await transaction(peer, "b1");
        await peer.accept("BEGIN");
        await peer.accept("ROLLBACK", { bookmark: "never" });
        await failingQuery("Neo.ClientError.Statement.SyntaxError")(peer);
        await firstPortion([1])(peer);
        await peer.accept("DISCARD", { bookmark: "b2" });
        await peer.closed();
      },
      async (db) => {
        const session = db.session({ bookmarks: Bookmarks.fromRawValues(["a", "b"]), fetchSize: 1 });
        const last = async () => (await session.lastBookmarks()).toJSON();
        expect(await last()).toEqual(["a", "b"]);
        await session.executeWrite((tx) => tx.run("CREATE ()"));
        expect(await last()).toEqual(["b1"]);
        await (await session.beginTransaction()).rollback();
        await failureOf(session.run("RETRUN 1"));
        expect(await last()).toEqual(["b1"]);
        // What wasn't read to its end is ended by the question.
        await session.run("RETURN 1").keys();
        expect(await last()).toEqual(["b2"]);
      },
    );
  });

  it("has each piece of work see the one before, and says so nowhere inside of a transaction (SES-26, BKM-13)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        expect((await peer.result({ summary: { bookmark: "b1" } })).run.extra).toEqual({});
        expect((await peer.accept("BEGIN")).extra).toEqual({ bookmarks: ["b1"] });
        expect((await peer.result()).run.extra).toEqual({});
        await peer.accept("COMMIT", { bookmark: "b2" });
        expect((await peer.result()).run.extra).toEqual({ bookmarks: ["b2"] });
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        await session.run("CREATE ()");
        await session.executeWrite((tx) => tx.run("CREATE ()"));
        await session.run("CREATE ()");
      },
    );
  });

  it("passes them on to another one (BKM-13, SES-11)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await transaction(peer, "b1");
        await transaction(peer, "b2");
        expect((await transaction(peer, "b3")).extra.bookmarks).toEqual(["b1", "b2"]);
        await peer.closed();
      },
      async (db) => {
        const sessions = [db.session(), db.session()];
        for (const session of sessions) await session.executeWrite((tx) => tx.run("CREATE ()"));
        const [a, b] = await Promise.all(sessions.map((session) => session.lastBookmarks()));
        const chained = db.session({ bookmarks: a!.plus(b!) });
        await chained.executeWrite((tx) => tx.run("CREATE ()"));
      },
    );
  });
});

describe("a bookmark manager", () => {
  it("of the user's own is asked before BEGIN and told after COMMIT, once; not after a rollback (SES-20, BKM-08, TX-31)", async () => {
    const calls: unknown[] = [];
    const manager: BookmarkManager = {
      getBookmarks() {
        calls.push("get");
        return new Set(["m"]);
      },
      updateBookmarks(previous, next) {
        calls.push([[...previous].sort(), [...next]]);
      },
    };
    await play(
      async (peer) => {
        await peer.login();
        const begin = await peer.receive("BEGIN");
        expect(calls).toEqual(["get"]);
        expect([...(begin.extra.bookmarks ?? [])].sort()).toEqual(["m", "own"]);
        peer.success();
        await peer.result();
        await peer.receive("COMMIT");
        expect(calls).toEqual(["get"]);
        peer.success({ bookmark: "b1" });
        await peer.accept("BEGIN");
        await peer.accept("ROLLBACK");
        await peer.closed();
      },
      async (db) => {
        const session = db.session({ bookmarkManager: manager, bookmarks: Bookmarks.fromRawValues(["own"]) });
        await session.executeWrite((tx) => tx.run("CREATE ()"));
        await (await session.beginTransaction()).rollback();
        expect(calls).toEqual(["get", [["m", "own"], ["b1"]], "get"]);
      },
    );
  });

  it("adds to a session's own bookmarks until its first success (BKM-11)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        const first = (await transaction(peer, "b1")).extra.bookmarks ?? [];
        expect([...first].sort()).toEqual(["m", "own"]);
        expect((await transaction(peer, "b2")).extra.bookmarks).toEqual(["b1"]);
        await peer.closed();
      },
      async (db) => {
        const manager = bookmarkManager({ initialBookmarks: ["m"] });
        const session = db.session({ bookmarkManager: manager, bookmarks: Bookmarks.fromRawValues(["own"]) });
        await session.executeWrite((tx) => tx.run("CREATE ()"));
        await session.executeWrite((tx) => tx.run("CREATE ()"));
      },
    );
  });

  it("is shared by executeQuery and sessions (BKM-12, SES-20)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await transaction(peer, "b1");
        expect((await transaction(peer, "b2")).extra.bookmarks).toEqual(["b1"]);
        expect((await transaction(peer, "b3")).extra.bookmarks).toEqual(["b2"]);
        expect((await transaction(peer, "b4")).extra.bookmarks).toBeUndefined();
        await peer.closed();
      },
      async (db) => {
        const bookmarkManager = db.executeQueryBookmarkManager;
        await db.executeQuery("CREATE ()");
        await db.session({ bookmarkManager }).executeWrite((tx) => tx.run("CREATE ()"));
        await db.executeQuery("CREATE ()");
        await db.executeQuery("CREATE ()", {}, { bookmarkManager: null });
      },
    );
  });

  it("whose supplier fails is heard of before anything is sent (BKM-15)", async () => {
    const broken = new Error("no bookmarks today");
    const manager = bookmarkManager({ bookmarksSupplier: () => Promise.reject(broken) });
    await play(
      conversation(transaction),
      async (db) => {
        const bookmarkManager = manager;
        const session = db.session({ bookmarkManager });
        expect(await failureOf(db.executeQuery("CREATE ()", {}, { bookmarkManager }))).toBe(broken);
        expect(await failureOf(db.executeQuery("RETURN 1", {}, { bookmarkManager, routing: "READ" }))).toBe(broken);
        expect(await failureOf(session.run("RETURN 1"))).toBe(broken);
        expect(await failureOf(session.beginTransaction())).toBe(broken);
        await db.session().executeWrite((tx) => tx.run("CREATE ()"));
      },
      { config: { maxConnectionPoolSize: 1 } },
    );
  });

  it("whose consumer fails is heard of, the commit too, and nothing is done again (BKM-15)", async () => {
    // Of a kind that is tried again when it comes from the server.
    const broken = Object.assign(new Error("the store is down"), { isRetryable: () => true });
    const manager = bookmarkManager({
      bookmarksConsumer() {
        throw broken;
      },
    });
    await play(
      conversation(
        (peer) => transaction(peer, "b1"),
        (peer) => transaction(peer, "b2"),
        query({ summary: { bookmark: "b3" } }),
        (peer) => transaction(peer, "b4"),
      ),
      async (db) => {
        const bookmarkManager = manager;
        const session = db.session({ bookmarkManager });
        const tx = await session.beginTransaction();
        await tx.run("CREATE ()");
        for (const failed of [
          await failureOf(tx.commit()),
          await failureOf(session.executeWrite((managed) => managed.run("CREATE ()"))),
          await failureOf(session.run("CREATE ()")),
          await failureOf(db.executeQuery("CREATE ()", {}, { bookmarkManager })),
        ]) {
          expect(failed).toBeInstanceOf(DriverError);
          expect(failed.message).toContain("is committed");
          expect(failed.cause).toBe(broken);
        }
        // The manager has them all the same.
        expect([...(await manager.getBookmarks())]).toEqual(["b4"]);
      },
    );
  });
});

describe("in a cluster", () => {
  it("what one session wrote on a writer is waited for by the reader that another one asks (BKM-12, BKM-13, SES-17)", async () => {
    const addresses: string[] = [];
    const table = (db: string) => {
      const [writer = "", reader = ""] = addresses;
      const servers = [
        { role: "WRITE", addresses: [writer] },
        { role: "READ", addresses: [reader] },
        { role: "ROUTE", addresses: [writer] },
      ];
      return { rt: { ttl: 300, db, servers } };
    };
    await using writer = await startScriptedServer({
      conversation: async (peer) => {
        await peer.login();
        await peer.accept("ROUTE", table("movies"));
        expect((await transaction(peer, "written")).extra).toEqual({ db: "movies" });
        // Who is asked for another database's table must have seen it, too.
        expect((await peer.accept("ROUTE", table("books"))).bookmarks).toEqual(["seen"]);
        await peer.closed();
      },
    });
    await using reader = await startScriptedServer({
      conversation: async (peer) => {
        await peer.login();
        const { run } = await peer.result({ summary: { bookmark: "seen" } });
        expect(run.extra).toEqual({ db: "movies", mode: "r", bookmarks: ["written"] });
        expect((await transaction(peer, "read")).extra).toEqual({ db: "books", mode: "r", bookmarks: ["seen"] });
        await peer.closed();
      },
    });
    addresses.push(writer.address, reader.address);
    {
      await using db = driver(`neo4j://${writer.address}`, token);
      const manager = bookmarkManager();
      const session = (database: string, defaultAccessMode?: "READ") =>
        db.session({ database, defaultAccessMode, bookmarkManager: manager });
      await session("movies").executeWrite((tx) => tx.run("CREATE ()"));
      await session("movies", "READ").run("RETURN 1");
      await session("books").executeRead((tx) => tx.run("RETURN 1"));
      expect([...(await manager.getBookmarks())]).toEqual(["read"]);
    }
    await writer.finished();
    await reader.finished();
  });
});
