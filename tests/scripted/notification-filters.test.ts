/** Filters for notifications: what is sent of them, by version, for a driver and for a session. */
import { boltVersions } from "@fulgur/neo4j-core";
import {
  ConfigurationError,
  type Driver,
  type NotificationFilter,
  notificationFilterDisabledClassification,
  notificationFilterMinimumSeverityLevel,
} from "@fulgur/neo4j-driver";
import type { RequestOf } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failureOf, play } from "./play.ts";

const number = (version: string) => Number(version.replace(".", "0"));
const keys = ["notificationsMinimumSeverity", "notificationsDisabledClassifications"] as const;
type Extra = RequestOf<"HELLO">["extra"] | RequestOf<"RUN">["extra"];
const filterIn = (extra: Extra) => keys.map((key) => extra[key]);

/** What HELLO, an auto-commit RUN and BEGIN say about notifications. */
async function sent(
  version: (typeof boltVersions)[number],
  filters: { driver?: NotificationFilter; session?: NotificationFilter },
) {
  const extras: Extra[] = [];
  await play(
    async (peer) => {
      extras.push((await peer.login()).extra);
      extras.push((await peer.result()).run.extra);
      extras.push((await peer.accept("BEGIN")).extra);
      await peer.accept("ROLLBACK");
      await peer.closed();
    },
    async (db) => {
      const session = db.session({ notificationFilter: filters.session });
      await session.run("RETURN 1");
      await (await session.beginTransaction()).rollback();
    },
    { version, config: { notificationFilter: filters.driver } },
  );
  return extras;
}

describe.each(boltVersions.filter((version) => number(version) >= 502))("with Bolt %s", (version) => {
  it.each(Object.values(notificationFilterMinimumSeverityLevel))(
    "a driver sends the least severity %s once, in HELLO (SUM-26)",
    async (minimumSeverityLevel) => {
      const [hello, run, begin] = await sent(version, { driver: { minimumSeverityLevel } });
      expect(filterIn(hello!)).toEqual([minimumSeverityLevel, undefined]);
      expect([filterIn(run!), filterIn(begin!)]).toEqual([
        [undefined, undefined],
        [undefined, undefined],
      ]);
    },
  );

  it.each<[string, Iterable<string>, string[]]>([
    [
      "constants",
      [notificationFilterDisabledClassification.HINT, notificationFilterDisabledClassification.SCHEMA],
      ["HINT", "SCHEMA"],
    ],
    ["texts", ["PERFORMANCE"], ["PERFORMANCE"]],
    ["a Set", new Set(["SECURITY", "TOPOLOGY"]), ["SECURITY", "TOPOLOGY"]],
    ["nothing", [], []],
  ])("a driver sends disabled kinds given as %s (SUM-27)", async (_, disabledClassifications, list) => {
    const [hello] = await sent(version, { driver: { disabledClassifications } });
    expect(filterIn(hello!)).toEqual([undefined, list]);
  });

  it("a session sends its own with each RUN and BEGIN (SES-22, SES-23)", async () => {
    const session = { minimumSeverityLevel: "OFF", disabledClassifications: ["HINT"] } as const;
    const [hello, run, begin] = await sent(version, { session });
    expect(filterIn(hello!)).toEqual([undefined, undefined]);
    expect([filterIn(run!), filterIn(begin!)]).toEqual([
      ["OFF", ["HINT"]],
      ["OFF", ["HINT"]],
    ]);
  });
});

describe("the key for disabled kinds", () => {
  it.each([
    ["5.2", "notifications_disabled_categories"],
    ["5.4", "notifications_disabled_categories"],
    ["5.6", "notifications_disabled_classifications"],
    ["6.1", "notifications_disabled_classifications"],
  ] as const)("is in Bolt %s called %s (SUM-27)", async (version, key) => {
    await play(
      async (peer) => {
        await peer.login();
        expect(new TextDecoder().decode(peer.pieces[0])).toContain(key);
        await peer.closed();
      },
      (db) => db.verifyConnectivity(),
      { version, config: { notificationFilter: { disabledClassifications: ["HINT"] } } },
    );
  });
});

describe.each(boltVersions.filter((version) => number(version) < 502))("with Bolt %s", (version) => {
  const filter: NotificationFilter = { minimumSeverityLevel: "WARNING" };

  it("a driver's filter is refused before HELLO is sent (SUM-28)", async () => {
    await play(
      async (peer) => {
        await peer.closed();
        expect(peer.received).toEqual([]);
      },
      async (db) => {
        const error = await failureOf(db.executeQuery("RETURN 1"));
        expect(error).toBeInstanceOf(ConfigurationError);
        expect(error.message).toContain(version);
      },
      { version, config: { notificationFilter: filter } },
    );
  });

  it.each<[string, (db: Driver) => PromiseLike<unknown>]>([
    ["RUN", (db) => db.session({ notificationFilter: filter }).run("RETURN 1")],
    [
      "BEGIN",
      (db) =>
        db
          .session({ notificationFilter: { disabledClassifications: ["HINT"] } })
          .executeRead((tx) => tx.run("RETURN 1")),
    ],
    ["BEGIN alone", (db) => db.session({ notificationFilter: filter }).beginTransaction()],
  ])("a session's filter is refused before %s is sent, and the driver goes on (SUM-28)", async (_, use) => {
    await play(
      async (peer) => {
        await peer.login();
        // After a BEGIN that couldn't be sent the connection is cleaned up, as after any other that failed.
        let next = await peer.receiveAny();
        if (next?.type === "RESET") {
          peer.success();
          next = await peer.receiveAny();
        }
        expect(next).toMatchObject({ type: "RUN", extra: {} });
        await peer.receive("PULL");
        peer.success({ fields: ["n"] });
        peer.record(1);
        peer.success();
        await peer.closed();
        expect(peer.received.filter(({ type }) => type === "BEGIN")).toEqual([]);
      },
      async (db) => {
        const error = await failureOf(use(db));
        expect(error).toBeInstanceOf(ConfigurationError);
        expect(error.message).toContain(version);
        expect((await db.session().run("RETURN 1")).records).toHaveLength(1);
      },
      { version },
    );
  });
});

describe("a filter that means nothing", () => {
  it.each<[object, RegExp]>([
    [{ minimumSeverityLevel: "warning" }, /minimumSeverityLevel.*"OFF", "WARNING", "INFORMATION"/],
    [{ minimumSeverityLevel: "LOUD" }, /minimumSeverityLevel/],
    [{ disabledClassifications: ["hint"] }, /disabledClassifications.*HINT, UNRECOGNIZED/],
    [{ disabledClassifications: [1] }, /disabledClassifications/],
    [{ minimumSeverity: "OFF" }, /minimumSeverityLevel/],
  ])("%j is refused at once, for a driver and for a session (SUM-26, SUM-27)", async (notificationFilter, message) => {
    const given = { notificationFilter } as object;
    await play(
      () => Promise.resolve(),
      async (db) => {
        expect(() => db.session(given)).toThrow(ConfigurationError);
        expect(() => db.session(given)).toThrow(message);
      },
    );
    await expect(
      play(
        () => Promise.resolve(),
        () => Promise.resolve(),
        { config: given },
      ),
    ).rejects.toThrow(message);
  });

  it("has constants that are their own texts (SUM-26)", () => {
    for (const constants of [notificationFilterMinimumSeverityLevel, notificationFilterDisabledClassification]) {
      for (const [name, value] of Object.entries(constants)) expect(value).toBe(name);
    }
    expect(Object.keys(notificationFilterMinimumSeverityLevel)).toEqual(["OFF", "WARNING", "INFORMATION"]);
  });
});
