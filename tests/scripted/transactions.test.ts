/** What transactions and auto-commit queries say to the server. */
import { boltVersions } from "@fulgur/neo4j-core";
import { Bookmarks, int, Query } from "@fulgur/neo4j-driver";
import { describe, expect, it } from "vitest";
import { conversation, query, transaction } from "./exchanges.ts";
import { play } from "./play.ts";

describe("an explicit transaction", () => {
  it("discards what nobody has read before it commits, and leaves nothing open (TX-11)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("BEGIN");
        await peer.receive("RUN");
        await peer.receive("PULL");
        peer.success({ fields: ["n"], qid: 0 });
        peer.record(1);
        peer.success({ has_more: true });
        await peer.accept("DISCARD");
        await peer.accept("COMMIT", { bookmark: "b" });
        await peer.closed();
      },
      async (db) => {
        const session = db.session({ fetchSize: 1 });
        const tx = await session.beginTransaction();
        await tx.run("RETURN 1").keys();
        await tx.commit();
        expect((await session.lastBookmarks()).toJSON()).toEqual(["b"]);
      },
    );
  });

  it("rolls back when it goes out of scope by await using (TX-13)", async () => {
    await play(conversation("BEGIN", query(), "ROLLBACK", query()), async (db) => {
      const session = db.session();
      {
        await using tx = await session.beginTransaction();
        await tx.run("CREATE ()");
      }
      await session.run("RETURN 1");
    });
  });
});

describe.each(boltVersions)("with Bolt %s", (version) => {
  it("BEGIN and auto-commit RUN say exactly what was configured (TX-04, SES-11, SES-16)", async () => {
    const everything = {
      mode: "r",
      db: "other",
      impUser: "bob",
      bookmarks: ["one", "two"],
      txMetadata: { job: "nightly", run: 7 },
      txTimeout: 1500,
    };
    await play(
      async (peer) => {
        await peer.login();
        const begin = await peer.accept("BEGIN");
        expect(begin.extra).toEqual(everything);
        const { run } = await peer.result();
        expect(run).toMatchObject({ query: "RETURN $x", parameters: { x: 1, y: [1.5, null, "z"] }, extra: {} });
        await peer.accept("COMMIT", { bookmark: "three" });
        expect((await peer.result({ summary: { bookmark: "four" } })).run.extra).toEqual({
          ...everything,
          bookmarks: ["three"],
        });
        // A session of its own, with nothing configured.
        expect((await peer.result()).run.extra).toEqual({});
        await peer.closed();
      },
      async (db) => {
        const config = { metadata: { job: "nightly", run: int(7) }, timeout: 1500 };
        const session = db.session({
          database: "other",
          impersonatedUser: "bob",
          defaultAccessMode: "READ",
          bookmarks: Bookmarks.fromRawValues(["one", "two"]),
        });
        const tx = await session.beginTransaction(config);
        await tx.run("RETURN $x", { x: int(1), y: [1.5, null, "z"] });
        await tx.commit();
        await session.run(new Query("RETURN 1", config));
        expect((await session.lastBookmarks()).toJSON()).toEqual(["four"]);
        await db.session().run("RETURN 1");
      },
      { version },
    );
  });
});

describe("the access mode", () => {
  it("is said only for reading (SES-17, TX-17)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        expect((await transaction(peer)).extra.mode).toBe("r");
        expect((await transaction(peer)).extra.mode).toBeUndefined();
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        await session.executeRead((tx) => tx.run("RETURN 1"));
        await session.executeWrite((tx) => tx.run("RETURN 1"));
      },
    );
  });
});

describe("bookmarks", () => {
  it("chain the transactions of a session, and the queries of executeQuery (EQ-13, BKM-11)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        expect((await transaction(peer, "b1")).extra.bookmarks).toBeUndefined();
        expect((await transaction(peer, "b2")).extra.bookmarks).toEqual(["b1"]);
        expect((await transaction(peer, "b3")).extra.bookmarks).toBeUndefined();
        expect((await transaction(peer, "b4")).extra.bookmarks).toEqual(["b3"]);
        // A transaction that leaves none changes nothing.
        await peer.accept("BEGIN");
        await peer.result();
        await peer.accept("COMMIT");
        expect((await transaction(peer)).extra.bookmarks).toEqual(["b4"]);
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        await session.executeWrite((tx) => tx.run("CREATE ()"));
        await session.executeWrite((tx) => tx.run("CREATE ()"));
        await db.executeQuery("CREATE ()");
        await db.executeQuery("CREATE ()");
        await db.executeQuery("CREATE ()");
        await db.executeQuery("CREATE ()");
      },
    );
  });
});
