/** `executeQuery`, message by message: what it sends, when it tries again, and what it leaves behind. */
import {
  type BookmarkManager,
  bookmarkManager,
  ConfigurationError,
  type Driver,
  driver,
  Query,
  type Result,
  resultTransformers,
} from "@fulgur/neo4j-driver";
import { type Conversation, type ScriptedPeer, type ScriptedServer, startScriptedServer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { conversation, failingTransaction, firstPortion, transaction } from "./exchanges.ts";
import { failureOf, hurryRetries, play, token } from "./play.ts";

const deadlock = "Neo.TransientError.Transaction.DeadlockDetected";
const syntaxError = "Neo.ClientError.Statement.SyntaxError";

/** Transactions of one query each, one after the other on one connection; gives their BEGINs. */
async function begins(count: number, use: (db: Driver) => Promise<unknown>, options: Parameters<typeof play>[2] = {}) {
  const extras: object[] = [];
  await play(
    async (peer) => {
      await peer.login();
      for (let at = 1; at <= count; at++) extras.push((await transaction(peer, `b${at}`)).extra);
      await peer.closed();
    },
    use,
    options,
  );
  return extras;
}

describe("executeQuery sends", () => {
  it("BEGIN, RUN and PULL in one write, and COMMIT when the result is there (EQ-18)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.receive("BEGIN");
        await peer.receive("RUN");
        await peer.receive("PULL");
        expect(peer.flights.at(-1)).toEqual(["BEGIN", "RUN", "PULL"]);
        peer.success();
        peer.success({ fields: ["n"] });
        peer.records([1], [2]);
        peer.success();
        await peer.accept("COMMIT");
        await peer.closed();
      },
      async (db) => expect((await db.executeQuery("RETURN 1")).records).toHaveLength(2),
    );
  });

  it("COMMIT in the same write for a query that only reads, and asks for all records at once (EQ-18)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        const begin = await peer.receive("BEGIN");
        await peer.receive("RUN");
        const pull = await peer.receive("PULL");
        await peer.receive("COMMIT");
        expect(peer.flights.at(-1)).toEqual(["BEGIN", "RUN", "PULL", "COMMIT"]);
        expect([begin.extra.mode, pull.extra.n]).toEqual(["r", -1]);
        peer.success();
        peer.success({ fields: ["n"] });
        peer.record(1);
        peer.success();
        peer.success({ bookmark: "b" });
        await peer.closed();
      },
      async (db) => expect((await db.executeQuery("RETURN 1", {}, { routing: "READ" })).records).toHaveLength(1),
    );
  });

  it("the mode, the database and nothing else that wasn't asked for (EQ-08, EQ-10)", async () => {
    const off = { bookmarkManager: null };
    const extras = await begins(5, async (db) => {
      await db.executeQuery("RETURN 1", {}, off);
      await db.executeQuery("RETURN 1", {}, { ...off, routing: "WRITE", database: "movies" });
      // Not eager, so that BEGIN is answered before anything else is sent.
      const resultTransformer = resultTransformers.summary();
      await db.executeQuery("RETURN 1", {}, { ...off, routing: "r", resultTransformer });
      await db.executeQuery("RETURN 1", {}, { ...off, routing: "w", resultTransformer });
      await db.executeQuery("RETURN 1", {}, { ...off, routing: "READ", database: "movies", resultTransformer });
    });
    expect(extras).toEqual([{}, { db: "movies" }, { mode: "r" }, {}, { mode: "r", db: "movies" }]);
  });

  it("a Query's metadata and time-out with BEGIN, and its parameters with RUN (EQ-05)", async () => {
    const query = new Query("RETURN $a + $b", { metadata: { job: 7 }, timeout: 0.4, parameters: { a: 1, b: 1 } });
    await play(
      async (peer) => {
        await peer.login();
        const { extra } = await peer.accept("BEGIN");
        expect(extra).toEqual({ txMetadata: { job: 7 }, txTimeout: 1 });
        const { run } = await peer.result();
        expect(run).toMatchObject({ query: "RETURN $a + $b", parameters: { a: 1, b: 2 } });
        await peer.accept("COMMIT");
        await peer.closed();
      },
      (db) => db.executeQuery(query, { b: 2 }),
    );
  });

  it("any parameter name, since options are apart (EQ-06)", async () => {
    const parameters = { database_: "x", routing: 1, signal: true };
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("BEGIN");
        expect((await peer.result()).run.parameters).toEqual(parameters);
        await peer.accept("COMMIT");
        await peer.closed();
      },
      (db) => db.executeQuery("RETURN 1", parameters),
    );
  });

  it("the impersonated user with ROUTE and BEGIN, from Bolt 4.4 on (EQ-11)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        const route = await peer.receive("ROUTE");
        expect(route.extra).toEqual({ impUser: "bob" });
        const addresses = [peer.address];
        peer.success({
          rt: { ttl: 300, db: "bobs", servers: ["WRITE", "READ", "ROUTE"].map((role) => ({ role, addresses })) },
        });
        expect((await transaction(peer)).extra).toEqual({ impUser: "bob", db: "bobs" });
        await peer.closed();
      },
      (db) => db.executeQuery("RETURN 1", {}, { impersonatedUser: "bob" }),
      { version: "4.4", scheme: "neo4j" },
    );
  });
});

describe("the routing of executeQuery", () => {
  it("leads to a reader or to a writer (EQ-08)", async () => {
    const servers: ScriptedServer[] = [];
    const start = async (conversation: Conversation) => {
      const server = await startScriptedServer({ conversation });
      servers.push(server);
      return server.address;
    };
    const works = (mode: string | undefined) => async (peer: ScriptedPeer) => {
      await peer.login();
      expect((await transaction(peer)).extra).toMatchObject(mode === undefined ? {} : { mode });
      await peer.closed();
    };
    const reader = await start(works("r"));
    const writer = await start(works(undefined));
    const router = await start(async (peer) => {
      await peer.login();
      const roles = { WRITE: writer, READ: reader, ROUTE: peer.address };
      const servers = Object.entries(roles).map(([role, address]) => ({ role, addresses: [address] }));
      await peer.accept("ROUTE", { rt: { ttl: 300, db: "neo4j", servers } });
      await peer.closed();
    });
    const db = driver(`neo4j://${router}`, token);
    try {
      const resultTransformer = resultTransformers.summary();
      const read = await db.executeQuery("RETURN 1", {}, { routing: "READ", database: "neo4j", resultTransformer });
      const written = await db.executeQuery("CREATE ()", {}, { database: "neo4j" });
      // SUM-02: whose summary it is.
      expect([read.server.address, written.summary.server.address]).toEqual([reader, writer]);
      await db.close();
      for (const server of servers) await server.finished();
    } finally {
      await db.close();
      for (const server of servers) await server.stop();
    }
  });

  it.each(["SIDEWAYS", "read", "", 1, {}])("refuses %j before anything is sent (EQ-08)", async (routing) => {
    await play(
      () => Promise.resolve(),
      async (db, { peers }) => {
        const error = await failureOf(db.executeQuery("RETURN 1", {}, { routing: routing as never }));
        expect(error).toBeInstanceOf(ConfigurationError);
        expect(error.message).toMatch(/`routing` must be "READ" or "WRITE"/);
        expect(peers).toHaveLength(0);
      },
    );
  });
});

describe("executeQuery tries again", () => {
  it.each(["READ", "WRITE"] as const)(
    "a %s after a transient failure, and gives one answer (EQ-02)",
    async (routing) => {
      const delays = hurryRetries();
      await play(
        async (peer) => {
          await peer.login();
          for (const fails of [true, true, false]) {
            await peer.accept("BEGIN");
            await peer.receive("RUN");
            await peer.receive("PULL");
            if (fails) peer.failure(deadlock);
            else peer.success({ fields: ["n"] });
            if (fails) peer.ignored();
            else {
              peer.record(1);
              peer.success();
            }
            if (routing === "READ" && fails) {
              await peer.receive("COMMIT");
              peer.ignored();
            } else if (!fails) await peer.accept("COMMIT");
            if (fails) await peer.accept("RESET");
          }
          await peer.closed();
        },
        async (db) => expect((await db.executeQuery("RETURN 1", {}, { routing })).records).toHaveLength(1),
      );
      expect(delays).toHaveLength(2);
    },
  );

  it("with another result for the transformer each time (EQ-14)", async () => {
    hurryRetries();
    const seen: Result[] = [];
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("BEGIN");
        await peer.receive("RUN");
        await peer.receive("PULL");
        peer.success({ fields: ["n"] });
        peer.record(1);
        peer.failure(deadlock);
        await peer.accept("RESET");
        await transaction(peer);
        await peer.closed();
      },
      async (db) => {
        const resultTransformer = async (result: Result) => {
          seen.push(result);
          const values: unknown[] = [];
          for await (const record of result) values.push(record.get("n"));
          return values;
        };
        expect(await db.executeQuery("RETURN 1", {}, { resultTransformer })).toEqual([1]);
      },
    );
    expect(new Set(seen).size).toBe(2);
  });

  it("not after a failure that another attempt can't overcome (EQ-02)", async () => {
    await play(
      conversation((peer) => failingTransaction(peer, syntaxError)),
      async (db) => expect((await failureOf(db.executeQuery("RETRUN 1"))).code).toBe(syntaxError),
    );
  });
});

describe("bookmarks of executeQuery", () => {
  it("chain the calls on one driver (EQ-13, EQ-21)", async () => {
    const extras = await begins(3, async (db) => {
      for (let time = 0; time < 3; time++) await db.executeQuery("CREATE ()");
    });
    expect(extras).toEqual([{}, { bookmarks: ["b1"] }, { bookmarks: ["b2"] }]);
  });

  it("are neither sent nor kept where the manager is null (EQ-13)", async () => {
    const extras = await begins(4, async (db) => {
      await db.executeQuery("CREATE ()");
      await db.executeQuery("CREATE ()", {}, { bookmarkManager: null });
      await db.executeQuery("CREATE ()", {}, { bookmarkManager: undefined });
      await db.executeQuery("CREATE ()", {}, {});
    });
    expect(extras).toEqual([{}, {}, { bookmarks: ["b1"] }, { bookmarks: ["b3"] }]);
  });

  it("are another manager's where one is given, and sessions may share it (EQ-13)", async () => {
    const own = bookmarkManager({ initialBookmarks: ["own"] });
    const extras = await begins(4, async (db) => {
      const shared: BookmarkManager = db.executeQueryBookmarkManager;
      await db.executeQuery("CREATE ()", {}, { bookmarkManager: own });
      await db.executeQuery("CREATE ()");
      await db.session({ bookmarkManager: shared }).executeWrite((tx) => tx.run("CREATE ()"));
      await db.executeQuery("CREATE ()");
      expect([...(await own.getBookmarks())]).toEqual(["b1"]);
    });
    expect(extras).toEqual([{ bookmarks: ["own"] }, {}, { bookmarks: ["b2"] }, { bookmarks: ["b3"] }]);
  });

  it("of calls at the same time all count for the next one (EQ-21)", async () => {
    let last: readonly string[] | undefined;
    let together = 0;
    let release: () => void = () => {};
    const both = new Promise<void>((resolve) => {
      release = resolve;
    });
    await play(
      async (peer, connection) => {
        await peer.login();
        const { extra } = await peer.accept("BEGIN");
        expect(extra).toEqual({});
        if (++together === 2) release();
        await both;
        await peer.result();
        await peer.accept("COMMIT", { bookmark: `c${connection}` });
        const next = await peer.receiveAny();
        if (next?.type !== "BEGIN") return;
        last = next.extra.bookmarks;
        peer.success();
        await peer.result();
        await peer.accept("COMMIT", { bookmark: "d" });
        await peer.closed();
      },
      async (db) => {
        await Promise.all([db.executeQuery("CREATE ()"), db.executeQuery("CREATE ()")]);
        await db.executeQuery("CREATE ()");
        expect([...(await db.executeQueryBookmarkManager.getBookmarks())]).toEqual(["d"]);
      },
    );
    expect([...(last ?? [])].sort()).toEqual(["c0", "c1"]);
  });
});

describe("executeQuery leaves nothing behind", () => {
  it.each<[string, (result: Result) => unknown]>([
    [
      "at once",
      () => {
        throw new RangeError("mine");
      },
    ],
    [
      "later",
      async (result) => {
        await result.keys();
        throw new RangeError("mine");
      },
    ],
  ])(
    "when the transformer throws %s: it is rolled back, and the connection goes on (EQ-20)",
    async (_, resultTransformer) => {
      await play(
        async (peer) => {
          await peer.login();
          await peer.accept("BEGIN");
          await peer.receive("RUN");
          await peer.receive("PULL");
          peer.success({ fields: ["n"] });
          peer.record(1);
          peer.success();
          await peer.accept("ROLLBACK");
          expect((await transaction(peer)).extra).toEqual({});
          await peer.closed();
        },
        async (db) => {
          const error = await failureOf(db.executeQuery("CREATE ()", {}, { resultTransformer }));
          expect(error).toBeInstanceOf(RangeError);
          expect((await db.executeQuery("RETURN 1")).records).toHaveLength(1);
        },
        { config: { maxConnectionPoolSize: 1 } },
      );
    },
  );

  it("when the transformer leaves the result unread: the rest is thrown away and the work committed (EQ-20)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("BEGIN");
        await firstPortion([1])(peer);
        await peer.accept("DISCARD");
        await peer.accept("COMMIT", { bookmark: "b" });
        expect((await transaction(peer)).extra).toEqual({ bookmarks: ["b"] });
        await peer.closed();
      },
      async (db) => {
        expect(await db.executeQuery("CREATE ()", {}, { resultTransformer: () => "done" })).toBe("done");
        await db.executeQuery("RETURN 1");
      },
      { config: { maxConnectionPoolSize: 1, fetchSize: 1 } },
    );
  });
});
