/** Summaries on a real Neo4j: what it counts, plans and remarks. */

import { auth, type Driver, driver, type NotificationFilter, type ResultSummary } from "@fulgur/neo4j-driver";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anyServer, type Server } from "./server.ts";

let server: Server;
let db: Driver;

beforeAll(async () => {
  server = await anyServer();
  db = driver(server.uri, auth.basic(server.username, server.password));
});
afterAll(async () => {
  await db?.executeQuery("MATCH (n) DETACH DELETE n");
  await db?.close();
  await server?.stop();
});

const summaryOf = async (
  text: string,
  parameters = {},
  notificationFilter?: NotificationFilter,
): Promise<ResultSummary> => {
  await using session = db.session({ notificationFilter });
  return (await session.run(text, parameters)).summary;
};

/** A query about which a server has something to say: two patterns that nothing joins. */
const cartesian = "EXPLAIN MATCH (a:Cartesian), (b:Cartesian) RETURN a, b";

describe("a summary", () => {
  it("has all that it promises, read-only (SUM-01, SUM-02)", async () => {
    await using session = db.session();
    const summary = await session.run("RETURN $n AS n", { n: 1 }).consume();
    expect(Object.keys(summary).sort()).toEqual([
      "counters",
      "database",
      "gqlStatusObjects",
      "metadata",
      "notifications",
      "plan",
      "profile",
      "query",
      "queryType",
      "resultAvailableAfter",
      "resultConsumedAfter",
      "server",
    ]);
    const { server: info, query, database, counters, notifications, gqlStatusObjects } = summary;
    for (const part of [summary, info, query, database, counters, notifications, gqlStatusObjects]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
    expect(gqlStatusObjects.every((status) => Object.isFrozen(status))).toBe(true);
  });

  it("says which server, which database and how long (SUM-03, SUM-09, SUM-17)", async () => {
    const summary = await summaryOf("RETURN 1");
    expect(summary.server.address).toBe(new URL(server.uri).host);
    expect(summary.database.name).toBe("neo4j");
    await using session = db.session({ database: "system" });
    expect((await session.run("SHOW DATABASES")).summary.database.name).toBe("system");
    expect(summary.resultAvailableAfter).toBeGreaterThanOrEqual(0);
    expect(summary.resultConsumedAfter).toBeGreaterThanOrEqual(0);
  });

  it("names the server's product, version and connection (SUM-18, SUM-19, SUM-20)", async () => {
    const { server: info } = await summaryOf("RETURN 1");
    expect(info.agent).toMatch(/^Neo4j\/\d+\.\d+/);
    expect(info.connectionId).toMatch(/^bolt-\d+$/);
    expect(info.protocolVersion).toEqual((await db.getServerInfo()).protocolVersion);
  });

  it.each([
    ["RETURN 1", "r"],
    ["CREATE (:Typed)", "w"],
    ["CREATE (n:Typed) RETURN n", "rw"],
    ["CREATE INDEX typed IF NOT EXISTS FOR (n:Typed) ON (n.x)", "s"],
  ])("says of %s that its type is %s (SUM-06)", async (text, type) => {
    expect((await summaryOf(text)).queryType).toBe(type);
  });

  it("counts what changed, and only that (SUM-14, SUM-15)", async () => {
    const changes = async (text: string) => {
      const { counters } = await summaryOf(text);
      const updates = Object.entries(counters.updates()).filter(([, count]) => count !== 0);
      return [Object.fromEntries(updates), counters.containsUpdates, counters.containsSystemUpdates];
    };
    expect(await changes("RETURN 1")).toEqual([{}, false, false]);
    expect(await changes("CREATE (:Counted {a: 1})-[:TO]->(:Counted:Other)")).toEqual([
      { nodesCreated: 2, relationshipsCreated: 1, propertiesSet: 1, labelsAdded: 3 },
      true,
      false,
    ]);
    expect(await changes("MATCH (n:Other) REMOVE n:Other")).toEqual([{ labelsRemoved: 1 }, true, false]);
    expect(await changes("MATCH (n:Counted) DETACH DELETE n")).toEqual([
      { nodesDeleted: 2, relationshipsDeleted: 1 },
      true,
      false,
    ]);
    expect(await changes("CREATE INDEX counted FOR (n:Counted) ON (n.a)")).toEqual([{ indexesAdded: 1 }, true, false]);
    expect(await changes("DROP INDEX counted")).toEqual([{ indexesRemoved: 1 }, true, false]);
    const unique = "CREATE CONSTRAINT counted_unique FOR (n:Counted) REQUIRE n.a IS UNIQUE";
    expect(await changes(unique)).toEqual([{ constraintsAdded: 1 }, true, false]);
    expect(await changes("DROP CONSTRAINT counted_unique")).toEqual([{ constraintsRemoved: 1 }, true, false]);
  });

  it("tells changes of the system database apart (SUM-14, SUM-16)", async () => {
    await using session = db.session({ database: "system" });
    const user = "CREATE USER summaries IF NOT EXISTS SET PASSWORD 'summaries-1' CHANGE NOT REQUIRED";
    const { counters } = (await session.run(user)).summary;
    expect([counters.systemUpdates, counters.containsSystemUpdates, counters.containsUpdates]).toEqual([
      1,
      true,
      false,
    ]);
    expect((await session.run("DROP USER summaries")).summary.counters.containsSystemUpdates).toBe(true);
  });

  it("has the plan of a query that is only explained (SUM-07)", async () => {
    await using session = db.session();
    const { records, summary } = await session.run("EXPLAIN MATCH (n:Planned) RETURN n.x AS x");
    expect(records).toEqual([]);
    expect(summary.profile).toBeUndefined();
    const { plan } = summary;
    expect(plan?.operatorType).toMatch(/^ProduceResults/);
    expect(plan?.identifiers).toContain("x");
    expect(plan?.arguments).toMatchObject({ planner: expect.any(String), runtime: expect.any(String) });
    let leaf = plan;
    while (leaf?.children[0] !== undefined) leaf = leaf.children[0];
    expect(leaf?.operatorType).toMatch(/^NodeByLabelScan/);
    expect(leaf?.children).toEqual([]);
  });

  it("has the profile of a query that ran, with what each operator cost (SUM-08)", async () => {
    await db.executeQuery("UNWIND range(1, 3) AS x CREATE (:Planned {x: x})");
    const { profile, plan } = await summaryOf("PROFILE MATCH (n:Planned) RETURN n.x AS x");
    expect(plan).toBeUndefined();
    expect(profile?.rows).toBe(3);
    const figures: unknown[] = [];
    for (let operator = profile; operator !== undefined; operator = operator.children[0]) {
      figures.push(operator.dbHits, operator.rows);
    }
    expect(figures.length).toBeGreaterThanOrEqual(4);
    expect(figures.every((figure) => typeof figure === "number" && figure >= 0)).toBe(true);
    expect(figures.some((figure) => Number(figure) > 0)).toBe(true);
  });
});

describe("remarks about a query", () => {
  it("come in both forms, with severity, kind and position (SUM-10, SUM-11, SUM-13)", async () => {
    const { notifications, gqlStatusObjects } = await summaryOf(cartesian);
    const code = "Neo.ClientNotification.Statement.CartesianProduct";
    const notification = notifications.find((one) => one.code === code);
    expect(notification).toMatchObject({ severityLevel: "INFORMATION", category: "PERFORMANCE" });
    expect(notification?.title).not.toBe("");
    expect(notification?.description).not.toBe("");
    expect(notification?.position).toMatchObject({ line: 1 });
    const status = gqlStatusObjects.find((one) => one.gqlStatus === "03N90");
    expect(status).toMatchObject({
      isNotification: true,
      severity: "INFORMATION",
      classification: "PERFORMANCE",
      position: notification?.position,
      diagnosticRecord: { OPERATION: "", OPERATION_CODE: "0", CURRENT_SCHEMA: "/" },
    });
  });

  it.each([
    ["RETURN 1", "00000"],
    ["CREATE (:Statuses)", "00001"],
    ["MATCH (n:NoSuchThing) RETURN n", "02000"],
  ])("always have how the query ended: %s is %s (SUM-12)", async (text, gqlStatus) => {
    const { gqlStatusObjects } = await summaryOf(text);
    expect(gqlStatusObjects.filter((one) => !one.isNotification).map((one) => one.gqlStatus)).toEqual([gqlStatus]);
  });

  it("are left out as a session's filter says, by severity and by kind (SUM-26, SUM-27, SUM-29)", async () => {
    const remarks = async (filter: NotificationFilter) => {
      const { notifications } = await summaryOf(cartesian, {}, filter);
      return new Set(notifications.map(({ category }) => category));
    };
    // A kind that isn't there and one that is: the filter is by kind, and not all or nothing.
    expect(await remarks({ minimumSeverityLevel: "INFORMATION" })).toEqual(new Set(["PERFORMANCE", "UNRECOGNIZED"]));
    expect(await remarks({ disabledClassifications: ["UNRECOGNIZED"] })).toEqual(new Set(["PERFORMANCE"]));
    expect(await remarks({ disabledClassifications: new Set(["PERFORMANCE", "UNRECOGNIZED"]) })).toEqual(new Set());
    expect(await remarks({ minimumSeverityLevel: "WARNING" })).toEqual(new Set(["UNRECOGNIZED"]));
    expect(await remarks({ minimumSeverityLevel: "OFF" })).toEqual(new Set());
  });

  it("are left out as the driver's filter says, unless a session has its own (SUM-26, SUM-29)", async () => {
    const notificationFilter = { minimumSeverityLevel: "OFF" } as const;
    await using quiet = driver(server.uri, auth.basic(server.username, server.password), { notificationFilter });
    expect((await quiet.executeQuery(cartesian)).summary.notifications).toEqual([]);
    await using session = quiet.session({ notificationFilter: { minimumSeverityLevel: "INFORMATION" } });
    expect((await session.run(cartesian)).summary.notifications).not.toEqual([]);
  });
});
