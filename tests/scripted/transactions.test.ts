/** What transactions say to the server, and when they are tried again. */
import { boltVersions } from "@fulgur/neo4j-core";
import { Bookmarks, type Driver, int, Query, TransientError } from "@fulgur/neo4j-driver";
import type { Conversation, ScriptedPeer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failureOf, hurryRetries, type Play, play } from "./play.ts";

/** BEGIN, a query, and COMMIT; gives BEGIN. */
async function transaction(peer: ScriptedPeer, bookmark = "b") {
  const begin = await peer.accept("BEGIN");
  await peer.result({ fields: ["n"], records: [[1]] });
  await peer.accept("COMMIT", { bookmark });
  return begin;
}

/** BEGIN, a query that fails, and RESET. */
async function failingTransaction(peer: ScriptedPeer, code: string) {
  await peer.accept("BEGIN");
  await peer.receive("RUN");
  await peer.receive("PULL");
  peer.failure(code);
  peer.ignored();
  await peer.accept("RESET");
}

describe("a managed transaction", () => {
  it.each([
    "Neo.TransientError.Transaction.DeadlockDetected",
    "Neo.TransientError.General.DatabaseUnavailable",
    "Neo.ClientError.Security.AuthorizationExpired",
    "Neo.ClientError.Cluster.NotALeader",
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
  ])("is tried again after %s (TX-19)", async (code) => {
    const delays = hurryRetries();
    let failed = false;
    await play(
      async (peer) => {
        await peer.login();
        let next = await peer.receiveAny();
        if (!failed) {
          failed = true;
          peer.success();
          await peer.receive("RUN");
          await peer.receive("PULL");
          peer.failure(code);
          peer.ignored();
          next = await peer.receiveAny();
          // Whether the second attempt has this connection or another one depends on the code.
          if (next?.type === "RESET") {
            peer.success();
            next = await peer.receiveAny();
          }
        }
        if (next === undefined || next.type === "GOODBYE") return;
        expect(next.type).toBe("BEGIN");
        peer.success();
        await peer.result({ fields: ["n"], records: [[1]] });
        await peer.accept("COMMIT", { bookmark: "b" });
        await peer.closed();
      },
      async (db) => {
        const attempts: number[] = [];
        const value = await db.session().executeWrite(async (tx) => {
          attempts.push(attempts.length);
          const { records } = await tx.run("CREATE (n) RETURN 1 AS n");
          return records[0]?.get("n");
        });
        expect(value).toBe(1);
        expect(attempts).toEqual([0, 1]);
      },
    );
    expect(delays).toHaveLength(1);
    expect(delays[0]).toBeGreaterThanOrEqual(799);
    expect(delays[0]).toBeLessThanOrEqual(1200);
  });

  it.each([
    "Neo.TransientError.Transaction.Terminated",
    "Neo.TransientError.Transaction.LockClientStopped",
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
    "Neo.ClientError.Security.Unauthorized",
    "Neo.DatabaseError.General.UnknownError",
  ])("is not tried again after %s (TX-19)", async (code) => {
    await play(
      async (peer) => {
        await peer.login();
        await failingTransaction(peer, code);
        await peer.closed();
      },
      async (db) => {
        let attempts = 0;
        const error = await failureOf(
          db.session().executeRead((tx) => {
            attempts++;
            return tx.run("RETURN 1");
          }),
        );
        expect(error.code).toBe(code.replace("TransientError", "ClientError"));
        expect(attempts).toBe(1);
      },
    );
  });

  it("waits longer each time, with its connection given back meanwhile (TX-22, TX-23)", async () => {
    const delays = hurryRetries();
    await play(
      async (peer) => {
        await peer.login();
        for (let time = 0; time < 3; time++) {
          await failingTransaction(peer, "Neo.TransientError.Transaction.DeadlockDetected");
        }
        await transaction(peer);
        await peer.closed();
      },
      async (db, { peers }) => {
        await db.session().executeWrite((tx) => tx.run("CREATE ()"));
        expect(peers).toHaveLength(1);
      },
    );
    expect(delays).toHaveLength(3);
    for (const [index, delay] of delays.entries()) {
      expect(delay).toBeGreaterThanOrEqual(800 * 2 ** index - 1);
      expect(delay).toBeLessThanOrEqual(1200 * 2 ** index);
    }
  });

  it("is not tried again when the time for it is over (DRV-25)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await failingTransaction(peer, "Neo.TransientError.Transaction.DeadlockDetected");
        await peer.closed();
      },
      async (db) => {
        const error = await failureOf(db.session().executeWrite((tx) => tx.run("CREATE ()")));
        expect(error).toBeInstanceOf(TransientError);
      },
      { config: { maxTransactionRetryTime: 0 } },
    );
  });

  it("is rolled back when the work throws, and that is what is thrown (TX-17)", async () => {
    const own = new Error("changed my mind");
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("BEGIN");
        await peer.result();
        await peer.accept("ROLLBACK");
        await peer.closed();
      },
      async (db) => {
        const error = await failureOf(
          db.session().executeWrite(async (tx) => {
            await tx.run("CREATE ()");
            throw own;
          }),
        );
        expect(error).toBe(own);
      },
    );
  });

  it("is tried again when COMMIT fails for the moment", async () => {
    hurryRetries();
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("BEGIN");
        await peer.result();
        await peer.receive("COMMIT");
        peer.failure("Neo.TransientError.Transaction.DeadlockDetected");
        await peer.accept("RESET");
        await transaction(peer);
        await peer.closed();
      },
      async (db) => {
        await db.session().executeWrite((tx) => tx.run("CREATE ()"));
      },
    );
  });
});

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
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("BEGIN");
        await peer.result();
        await peer.accept("ROLLBACK");
        await peer.result();
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        {
          await using tx = await session.beginTransaction();
          await tx.run("CREATE ()");
        }
        await session.run("RETURN 1");
      },
    );
  });
});

describe.each(boltVersions)("with Bolt %s", (version) => {
  it("BEGIN and auto-commit RUN say exactly what was configured (TX-04, TX-07, TX-08, SES-11, SES-16)", async () => {
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

describe("TELEMETRY", () => {
  const wanted = { hints: { "telemetry.enabled": true } };

  const calls: [number, string, (db: Driver) => Promise<unknown>][] = [
    [0, "executeRead", (db) => db.session().executeRead((tx) => tx.run("RETURN 1"))],
    [0, "executeWrite", (db) => db.session().executeWrite((tx) => tx.run("RETURN 1"))],
    [
      1,
      "beginTransaction",
      async (db) => {
        const tx = await db.session().beginTransaction();
        await tx.run("RETURN 1");
        await tx.commit();
      },
    ],
    [2, "run", async (db) => (await db.session().run("RETURN 1")).summary],
    [3, "executeQuery", (db) => db.executeQuery("RETURN 1")],
  ];

  it.each(calls)("reports %i for %s, before anything else (DRV-34)", async (api, name, call) => {
    await play(
      async (peer) => {
        await peer.login(wanted);
        expect((await peer.accept("TELEMETRY")).api).toBe(api);
        if (name === "run") await peer.result();
        else await transaction(peer);
        await peer.closed();
      },
      call,
      { version: "5.4" },
    );
  });

  it.each<[string, Record<string, unknown>, Play]>([
    ["the server doesn't ask for it", {}, {}],
    ["the server asks not to", { hints: { "telemetry.enabled": false } }, {}],
    ["it is disabled", wanted, { config: { telemetryDisabled: true } }],
    ["the version doesn't know it", wanted, { version: "5.3" }],
  ])("is not sent when %s (DRV-34)", async (_, hello, options) => {
    const script: Conversation = async (peer) => {
      await peer.login(hello);
      await transaction(peer);
      await peer.result();
      await peer.closed();
    };
    const use = async (db: Driver) => {
      await db.executeQuery("RETURN 1");
      await db.session().run("RETURN 1");
    };
    await play(script, use, options);
  });

  it("is sent again with a retry only if it was not acknowledged", async () => {
    hurryRetries();
    const use = (db: Driver) => db.session().executeWrite((tx) => tx.run("CREATE ()"));
    await play(async (peer) => {
      await peer.login(wanted);
      await peer.accept("TELEMETRY");
      await failingTransaction(peer, "Neo.TransientError.Transaction.DeadlockDetected");
      await transaction(peer);
      await peer.closed();
    }, use);
    await play(async (peer, connection) => {
      await peer.login(wanted);
      await peer.receive("TELEMETRY");
      if (connection === 0) return peer.destroy();
      peer.success();
      await transaction(peer);
      await peer.closed();
    }, use);
  });
});
