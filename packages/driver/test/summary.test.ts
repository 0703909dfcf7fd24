import { describe, expect, it } from "vitest";
import { float, Query, type ResultSummary } from "../src/index.ts";
import { type Answer, driverOf, numbers, ScriptedServer } from "./scripted-server.ts";

async function summaryOf(answer: Answer, version: "5.4" | "5.6" | "6.1" = "6.1"): Promise<ResultSummary> {
  const server = new ScriptedServer(version);
  server.answers.set("Q", answer);
  return (await driverOf(server).driver.session().run("Q", { a: 1 })).summary;
}

const counterNames = {
  "nodes-created": "nodesCreated",
  "nodes-deleted": "nodesDeleted",
  "relationships-created": "relationshipsCreated",
  "relationships-deleted": "relationshipsDeleted",
  "properties-set": "propertiesSet",
  "labels-added": "labelsAdded",
  "labels-removed": "labelsRemoved",
  "indexes-added": "indexesAdded",
  "indexes-removed": "indexesRemoved",
  "constraints-added": "constraintsAdded",
  "constraints-removed": "constraintsRemoved",
} as const;

const notification = {
  code: "Neo.ClientNotification.Statement.CartesianProduct",
  title: "slow",
  description: "a cartesian product",
  severity: "WARNING",
  category: "PERFORMANCE",
  position: { offset: 3, line: 1, column: 4 },
};

describe("a summary", () => {
  it("says what ran, where, and for how long (SUM-02, SUM-17, SUM-19)", async () => {
    const summary = await summaryOf({ run: { t_first: 3 }, summary: { t_last: 7, type: "rw", db: "movies" } });
    expect(summary).toMatchObject({
      query: { text: "Q", parameters: { a: 1 } },
      queryType: "rw",
      database: { name: "movies" },
      resultAvailableAfter: 3,
      resultConsumedAfter: 7,
      server: { address: "server:7687", agent: "Neo4j/6.1", protocolVersion: { major: 6, minor: 1 } },
      plan: undefined,
      profile: undefined,
    });
    expect(Object.isFrozen(summary)).toBe(true);
  });

  it("counts nothing where the server counts nothing (SUM-14)", async () => {
    const { counters } = await summaryOf({});
    expect(Object.values(counters.updates()).every((count) => count === 0)).toBe(true);
    expect(counters).toMatchObject({ systemUpdates: 0, containsUpdates: false, containsSystemUpdates: false });
  });

  it.each(Object.entries(counterNames))("counts %s, which contains updates (SUM-14, SUM-15)", async (key, name) => {
    const { counters } = await summaryOf({ summary: { stats: { [key]: 2 } } });
    expect(counters[name]).toBe(2);
    expect(counters.updates()[name]).toBe(2);
    expect([counters.containsUpdates, counters.containsSystemUpdates]).toEqual([true, false]);
  });

  it("tells system updates apart, and believes the server's own flags (SUM-15, SUM-16)", async () => {
    const system = (await summaryOf({ summary: { stats: { "system-updates": 1 } } })).counters;
    expect([system.systemUpdates, system.containsUpdates, system.containsSystemUpdates]).toEqual([1, false, true]);
    const stats = { "contains-updates": true, "contains-system-updates": true };
    const flagged = (await summaryOf({ summary: { stats } })).counters;
    expect([flagged.containsUpdates, flagged.containsSystemUpdates]).toEqual([true, true]);
  });

  it("has what the caller passed, not what was sent of it, also for a Query (SUM-04, SUM-05)", async () => {
    const server = new ScriptedServer();
    const parameters = { a: new Set([1]), b: float(1) };
    const session = driverOf(server).driver.session();
    const { query } = (await session.run("RETURN 1", parameters)).summary;
    expect(query.text).toBe("RETURN 1");
    expect(query.parameters).toBe(parameters);
    const whole = (await session.run(new Query("RETURN 2", { parameters, timeout: 1 }))).summary.query;
    expect([whole.text, whole.parameters]).toEqual(["RETURN 2", parameters]);
    expect((await session.run("RETURN 3")).summary.query.parameters).toEqual({});
  });

  it.each([
    [{ rows: numbers(1) }, "00000"],
    [{ fields: [], rows: [] }, "00001"],
    [{ rows: [] }, "02000"],
  ])("has a status made for servers that send none: %j is %s (SUM-12)", async (answer, gqlStatus) => {
    const { gqlStatusObjects } = await summaryOf(answer, "5.4");
    expect(gqlStatusObjects.map((status) => status.gqlStatus)).toEqual([gqlStatus]);
    expect(gqlStatusObjects[0]).toMatchObject({
      isNotification: false,
      diagnosticRecord: { OPERATION: "", OPERATION_CODE: "0", CURRENT_SCHEMA: "/" },
    });
  });

  it("makes statuses of notifications, in their order (SUM-10, SUM-12)", async () => {
    const information = { ...notification, severity: "INFORMATION", category: "NEWER", description: "fyi" };
    const { notifications, gqlStatusObjects } = await summaryOf(
      { rows: numbers(1), summary: { notifications: [information, notification] } },
      "5.4",
    );
    expect(gqlStatusObjects.map((status) => status.gqlStatus)).toEqual(["01N42", "00000", "03N42"]);
    expect(gqlStatusObjects[0]).toMatchObject({
      statusDescription: "a cartesian product",
      severity: "WARNING",
      classification: "PERFORMANCE",
      position: { offset: 3, line: 1, column: 4 },
      diagnosticRecord: { _severity: "WARNING", _classification: "PERFORMANCE" },
    });
    expect(notifications[0]).toMatchObject({ category: "UNKNOWN", rawCategory: "NEWER" });
  });

  it("makes notifications of statuses (SUM-11, SUM-13, SUM-22)", async () => {
    const statuses = [
      {
        gql_status: "01N90",
        status_description: "warn: slow",
        neo4j_code: notification.code,
        title: "slow",
        description: "a cartesian product",
        diagnostic_record: { _severity: "WARNING", _classification: "PERFORMANCE", _position: notification.position },
      },
      { gql_status: "00000", status_description: "note: successful completion" },
    ];
    const { notifications, gqlStatusObjects } = await summaryOf({ rows: numbers(1), summary: { statuses } }, "5.6");
    expect(notifications).toEqual([
      {
        code: notification.code,
        title: "slow",
        description: "a cartesian product",
        severityLevel: "WARNING",
        rawSeverityLevel: "WARNING",
        category: "PERFORMANCE",
        rawCategory: "PERFORMANCE",
        position: notification.position,
      },
    ]);
    expect(gqlStatusObjects.map(({ gqlStatus, isNotification }) => [gqlStatus, isNotification])).toEqual([
      ["01N90", true],
      ["00000", false],
    ]);
    expect(gqlStatusObjects[1]?.diagnosticRecord).toMatchObject({ CURRENT_SCHEMA: "/" });
  });

  it("has no position unless it is whole, and never stumbles over a malformed notification (SUM-22, SUM-23)", async () => {
    const odd = [{ position: { offset: 1, line: 1 } }, { severity: "FOO" }, {}];
    const { notifications } = await summaryOf({ summary: { notifications: odd } }, "5.4");
    expect(
      notifications.map(({ position, severityLevel, rawSeverityLevel }) => [position, severityLevel, rawSeverityLevel]),
    ).toEqual([
      [undefined, "UNKNOWN", ""],
      [undefined, "UNKNOWN", "FOO"],
      [undefined, "UNKNOWN", ""],
    ]);
  });
});
