/** What a session's options make of the messages that it sends, and that they count more than the driver's. */
import {
  Bookmarks,
  ConfigurationError,
  ConnectionAcquisitionTimeoutError,
  type SessionConfig,
  session as sessionModes,
  TransientError,
} from "@fulgur/neo4j-driver";
import { describe, expect, it } from "vitest";
import { conversation, failingTransaction, transaction } from "./exchanges.ts";
import { failureOf, hurryRetries, type Play, play } from "./play.ts";

/** The extra of BEGIN and that of an auto-commit RUN of a session with these options. */
async function extras(config: SessionConfig, options: Play = {}) {
  const seen: object[] = [];
  await play(
    async (peer) => {
      await peer.login();
      seen.push((await transaction(peer)).extra);
      seen.push((await peer.result()).run.extra);
      await peer.closed();
    },
    async (db) => {
      const tx = await db.session(config).beginTransaction();
      await tx.run("RETURN 1");
      await tx.commit();
      await db.session(config).run("RETURN 1");
    },
    options,
  );
  return seen;
}

describe("a session's option", () => {
  it.each<[string, SessionConfig, object]>([
    ["none: nothing is said (SES-15)", {}, {}],
    ["database: undefined says as little (SES-15)", { database: undefined }, {}],
    ["database (SES-12)", { database: "movies" }, { db: "movies" }],
    ["bookmarks (SES-11)", { bookmarks: Bookmarks.fromRawValues(["a", "b"]) }, { bookmarks: ["a", "b"] }],
    ["impersonatedUser (SES-16)", { impersonatedUser: "bob" }, { impUser: "bob" }],
    ["defaultAccessMode (SES-17)", { defaultAccessMode: "READ" }, { mode: "r" }],
    ["defaultAccessMode: what is the default isn't said (SES-17)", { defaultAccessMode: "WRITE" }, {}],
    [
      "notificationFilter.minimumSeverityLevel (SES-22)",
      { notificationFilter: { minimumSeverityLevel: "WARNING" } },
      { notificationsMinimumSeverity: "WARNING" },
    ],
    [
      "notificationFilter.disabledClassifications (SES-23)",
      { notificationFilter: { disabledClassifications: ["HINT", "GENERIC"] } },
      { notificationsDisabledClassifications: ["HINT", "GENERIC"] },
    ],
    [
      "notificationFilter.disabledClassifications: none of them is something else than nothing said (SES-23)",
      { notificationFilter: { disabledClassifications: [] } },
      { notificationsDisabledClassifications: [] },
    ],
    ["notificationFilter: an empty one says nothing (SES-23)", { notificationFilter: {} }, {}],
  ])("%s", async (_, config, extra) => {
    expect(await extras(config)).toEqual([extra, extra]);
  });

  it("notificationFilter counts more than the driver's, which HELLO says (SES-22, SES-23)", async () => {
    let hello: object | undefined;
    await play(
      async (peer) => {
        hello = (await peer.login()).extra;
        const { run } = await peer.result();
        expect(run.extra).toEqual({ notificationsMinimumSeverity: "OFF", notificationsDisabledClassifications: [] });
        expect((await peer.result()).run.extra).toEqual({});
        await peer.closed();
      },
      async (db) => {
        const notificationFilter = { minimumSeverityLevel: "OFF", disabledClassifications: [] } as const;
        await db.session({ notificationFilter }).run("RETURN 1");
        await db.session().run("RETURN 1");
      },
      {
        config: {
          notificationFilter: { minimumSeverityLevel: "WARNING", disabledClassifications: ["PERFORMANCE"] },
        },
      },
    );
    expect(hello).toMatchObject({
      notificationsMinimumSeverity: "WARNING",
      notificationsDisabledClassifications: ["PERFORMANCE"],
    });
  });

  it("notificationFilter is refused where the version can't say it, and no query is sent (SES-22)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        // A transaction that was to begin and can't leaves a connection that is made sure of.
        await peer.accept("RESET");
        await peer.accept("RESET");
        await peer.result();
        await peer.closed();
      },
      async (db) => {
        const session = db.session({ notificationFilter: { minimumSeverityLevel: "WARNING" } });
        expect(await failureOf(session.run("RETURN 1"))).toBeInstanceOf(ConfigurationError);
        expect(await failureOf(session.beginTransaction())).toBeInstanceOf(ConfigurationError);
        expect(await failureOf(session.executeRead((tx) => tx.run("RETURN 1")))).toBeInstanceOf(ConfigurationError);
        await db.session().run("RETURN 2");
      },
      { version: "5.1" },
    );
  });

  it("defaultAccessMode takes the constants and their texts; a managed transaction has its own (SES-18, TX-21)", async () => {
    expect([sessionModes.READ, sessionModes.WRITE]).toEqual(["READ", "WRITE"]);
    await play(
      async (peer) => {
        await peer.login();
        for (const mode of ["r", undefined]) expect((await peer.result()).run.extra.mode).toBe(mode);
        expect((await transaction(peer)).extra.mode).toBeUndefined();
        expect((await transaction(peer)).extra.mode).toBe("r");
        await peer.closed();
      },
      async (db) => {
        for (const defaultAccessMode of [sessionModes.READ, sessionModes.WRITE]) {
          await db.session({ defaultAccessMode }).run("RETURN 1");
        }
        await db.session({ defaultAccessMode: "READ" }).executeWrite((tx) => tx.run("CREATE ()"));
        await db.session({ defaultAccessMode: "WRITE" }).executeRead((tx) => tx.run("RETURN 1"));
      },
    );
  });

  it("impersonatedUser lets one pool of connections serve several users (SES-28)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        for (const impUser of ["ann", "bob", undefined]) {
          expect((await peer.result()).run.extra.impUser).toBe(impUser);
        }
        await peer.closed();
      },
      async (db, { peers }) => {
        await db.session({ impersonatedUser: "ann" }).run("RETURN 1");
        await db.session({ impersonatedUser: "bob" }).run("RETURN 1");
        await db.session().run("RETURN 1");
        expect(peers).toHaveLength(1);
      },
      { version: "4.4" },
    );
  });

  it("connectionAcquisitionTimeout counts more than the driver's (SES-24)", async () => {
    await play(
      conversation(transaction),
      async (db) => {
        const tx = await db.session().beginTransaction();
        const hurried = db.session({ connectionAcquisitionTimeout: 0 });
        expect(await failureOf(hurried.run("RETURN 1"))).toBeInstanceOf(ConnectionAcquisitionTimeoutError);
        await tx.run("RETURN 1");
        await tx.commit();
      },
      { config: { maxConnectionPoolSize: 1 } },
    );
  });

  it("maxTransactionRetryTime counts more than the driver's (SES-24)", async () => {
    hurryRetries();
    await play(
      conversation(
        (peer) => failingTransaction(peer, "Neo.TransientError.Transaction.DeadlockDetected"),
        (peer) => failingTransaction(peer, "Neo.TransientError.Transaction.DeadlockDetected"),
        transaction,
      ),
      async (db) => {
        const impatient = db.session({ maxTransactionRetryTime: 0 });
        expect(await failureOf(impatient.executeWrite((tx) => tx.run("CREATE ()")))).toBeInstanceOf(TransientError);
        await db.session().executeWrite((tx) => tx.run("CREATE ()"));
      },
    );
  });

  it("that doesn't exist or can't be is refused when the session is made, by its name (SES-11, SES-17, SES-19)", async () => {
    await play(
      async () => {},
      async (db, { peers }) => {
        const wrong: [string, object][] = [
          ["bookmarks", { bookmarks: ["a"] }],
          ["defaultAccessMode", { defaultAccessMode: "read" }],
          ["fetchSize", { fetchSize: 0 }],
          ["fetchSize", { fetchSize: -2 }],
          ["fetchSize", { fetchSize: 1.5 }],
          ["database", { database: "" }],
          ["impersonatedUser", { impersonatedUser: 7 }],
          ["bookmarkManager", { bookmarkManager: {} }],
          ["connectionAcquisitionTimeout", { connectionAcquisitionTimeout: -1 }],
          ["maxTransactionRetryTime", { maxTransactionRetryTime: Number.NaN }],
          ["initialRetryDelay", { initialRetryDelay: -1 }],
          ["retryDelayMultiplier", { retryDelayMultiplier: 0.5 }],
          ["retryDelayJitterFactor", { retryDelayJitterFactor: 2 }],
          ["accessMode", { accessMode: "READ" }],
        ];
        for (const [option, config] of wrong) {
          let error: unknown;
          try {
            db.session(config);
          } catch (failure) {
            error = failure;
          }
          expect(error, option).toBeInstanceOf(ConfigurationError);
          expect((error as Error).message).toContain(option);
        }
        expect(peers).toEqual([]);
      },
    );
  });
});
