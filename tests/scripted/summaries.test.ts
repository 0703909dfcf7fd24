/** Summaries: what the server counts, plans and remarks, in the form of each version. */
import { boltVersions } from "@fulgur/neo4j-core";
import { notificationFilterDisabledClassification, type ResultSummary } from "@fulgur/neo4j-driver";
import { describe, expect, it } from "vitest";
import { type Play, play } from "./play.ts";

interface Ending {
  readonly fields?: string[];
  readonly records?: unknown[][];
  /** More metadata of RUN's SUCCESS, and what the last one says. */
  readonly run?: Record<string, unknown>;
  readonly summary?: Record<string, unknown>;
  /** Doesn't read the result, but throws it away when the first portion is there. */
  readonly consume?: boolean;
}

async function summaryOf(
  { fields = ["n"], records = [], run = {}, summary = {}, consume = false }: Ending,
  options: Play = {},
) {
  return play<ResultSummary>(
    async (peer) => {
      await peer.login();
      if (consume) {
        await peer.receive("RUN");
        await peer.receive("PULL");
        peer.success({ fields });
        peer.records(...records);
        peer.success({ has_more: true });
        await peer.accept("DISCARD", summary);
      } else {
        await peer.receive("RUN");
        await peer.receive("PULL");
        peer.success({ fields, ...run });
        peer.records(...records);
        peer.success(summary);
      }
      await peer.closed();
    },
    async (db) => {
      const result = db.session({ fetchSize: 1 }).run("RETURN $p", { p: 1 });
      return consume ? result.consume() : (await result).summary;
    },
    options,
  );
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
const position = { offset: 3, line: 1, column: 4 };
const warning = {
  code: "Neo.ClientNotification.Statement.CartesianProduct",
  title: "A cartesian product",
  description: "It builds a cartesian product.",
  severity: "WARNING",
  category: "PERFORMANCE",
  position,
};
const hint = {
  code: "Neo.ClientNotification.Statement.Hint",
  title: "A hint",
  description: "",
  severity: "INFORMATION",
};
const classifications = Object.keys(notificationFilterDisabledClassification);
const defaults = { OPERATION: "", OPERATION_CODE: "0", CURRENT_SCHEMA: "/" };

describe.each(boltVersions)("with Bolt %s a summary", (version) => {
  it("has the query as it was given, its type, its times and its database (SUM-04, SUM-06, SUM-09)", async () => {
    const summary = await summaryOf(
      { run: { t_first: 3 }, summary: { type: "rw", t_last: 7, db: "movies" } },
      { version },
    );
    expect(summary.query).toEqual({ text: "RETURN $p", parameters: { p: 1 } });
    expect(summary.queryType).toBe("rw");
    expect([summary.resultAvailableAfter, summary.resultConsumedAfter]).toEqual([3, 7]);
    expect(summary.database.name).toBe("movies");
  });

  it("has nothing where the server says nothing (SUM-03, SUM-09)", async () => {
    const summary = await summaryOf({}, { version });
    expect(summary.resultAvailableAfter).toBeUndefined();
    expect(summary.resultConsumedAfter).toBeUndefined();
    expect(summary.database.name).toBeUndefined();
    expect([summary.queryType, summary.plan, summary.profile]).toEqual([undefined, undefined, undefined]);
  });

  it("says which server it was, in an object that stays as it is (SUM-18, SUM-20, SUM-21)", async () => {
    const { server } = await summaryOf({}, { version });
    const [major, minor] = version.split(".").map(Number);
    expect(server.protocolVersion).toEqual({ major, minor });
    expect(`${server.protocolVersion}`).toBe(version);
    expect(server.connectionId).toBe("bolt-0");
    expect(server.agent).toBe("Neo4j/5.26.0");
    expect(server.address).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(Object.isFrozen(server)).toBe(true);
    expect("update" in server).toBe(false);
  });

  it("has the plan, or the profile with its figures, down to the leaves (SUM-07, SUM-08)", async () => {
    const leaf = { operatorType: "AllNodesScan@neo4j", identifiers: ["n"], args: { Details: "n" } };
    const root = { operatorType: "ProduceResults@neo4j", identifiers: ["n"], args: { planner: "COST" } };
    const { plan } = await summaryOf({ summary: { plan: { ...root, children: [leaf] } } }, { version });
    expect(plan).toEqual({
      operatorType: "ProduceResults@neo4j",
      identifiers: ["n"],
      arguments: { planner: "COST" },
      children: [{ operatorType: leaf.operatorType, identifiers: ["n"], arguments: { Details: "n" }, children: [] }],
    });
    const figures = { dbHits: 5, rows: 2, pageCacheHits: 3, pageCacheMisses: 1, pageCacheHitRatio: 0.75, time: 99 };
    const { profile } = await summaryOf(
      { summary: { profile: { ...root, ...figures, children: [{ ...leaf, dbHits: 1, rows: 2 }] } } },
      { version },
    );
    expect(profile).toMatchObject({ operatorType: root.operatorType, arguments: { planner: "COST" }, ...figures });
    expect(profile?.children).toMatchObject([{ dbHits: 1, rows: 2, time: undefined, children: [] }]);
  });

  it.each(Object.entries(counterNames))(
    "counts %s alone, which contains updates (SUM-14, SUM-15)",
    async (key, name) => {
      const { counters } = await summaryOf({ summary: { stats: { [key]: 2 } } }, { version });
      const counted = Object.fromEntries(Object.values(counterNames).map((other) => [other, other === name ? 2 : 0]));
      expect(counters.updates()).toEqual(counted);
      expect(counters).toMatchObject({ ...counted, systemUpdates: 0 });
      expect([counters.containsUpdates, counters.containsSystemUpdates]).toEqual([true, false]);
    },
  );

  it("tells changes of the system database apart, unless the server itself says otherwise (SUM-15, SUM-16)", async () => {
    const flags = async (stats: object) => {
      const { counters } = await summaryOf({ summary: { stats } }, { version });
      return [counters.systemUpdates, counters.containsUpdates, counters.containsSystemUpdates];
    };
    expect(await flags({})).toEqual([0, false, false]);
    expect(await flags({ "system-updates": 1 })).toEqual([1, false, true]);
    expect(await flags({ "nodes-created": 1, "contains-updates": false })).toEqual([0, false, false]);
    expect(await flags({ "contains-updates": true })).toEqual([0, true, false]);
    expect(await flags({ "system-updates": 1, "contains-system-updates": false })).toEqual([1, false, false]);
    expect(await flags({ "contains-system-updates": true })).toEqual([0, false, true]);
  });

  it("keeps what it has no name for (SUM-31)", async () => {
    const summary = await summaryOf(
      { run: { t_first: 3, news: [1] }, summary: { type: "r", later: { a: 1 } } },
      { version },
    );
    expect(summary.metadata).toMatchObject({ fields: ["n"], t_first: 3, news: [1], type: "r", later: { a: 1 } });
    expect(Object.isFrozen(summary.metadata)).toBe(true);
    expect(summary.resultAvailableAfter).toBe(3);
    expect(summary.queryType).toBe("r");
  });

  it("is refused when the server says a type of queries that Bolt doesn't have (SUM-06, ERR-34)", async () => {
    await expect(summaryOf({ summary: { type: "wr" } }, { version })).rejects.toThrow(
      expect.objectContaining({ name: "BoltProtocolError", message: expect.stringContaining('"wr"; Bolt has r, w') }),
    );
  });
});

describe.each(boltVersions.filter((version) => Number(version) <= 5.4))("with Bolt %s notifications", (version) => {
  it("are statuses, too, in the order of their weight (SUM-12, OLD-28)", async () => {
    const { notifications, gqlStatusObjects } = await summaryOf(
      { records: [[1]], summary: { notifications: [hint, warning] } },
      { version },
    );
    expect(notifications).toMatchObject([
      { code: hint.code, severityLevel: "INFORMATION", category: "UNKNOWN", rawCategory: "", position: undefined },
      { code: warning.code, severityLevel: "WARNING", category: "PERFORMANCE", position },
    ]);
    expect(gqlStatusObjects).toMatchObject([
      {
        gqlStatus: "01N42",
        statusDescription: warning.description,
        isNotification: true,
        severity: "WARNING",
        classification: "PERFORMANCE",
        position,
        diagnosticRecord: { ...defaults, _severity: "WARNING", _classification: "PERFORMANCE", _position: position },
      },
      { gqlStatus: "00000", statusDescription: "note: successful completion", isNotification: false },
      { gqlStatus: "03N42", statusDescription: "info: unknown notification", isNotification: true },
    ]);
  });

  it("are never a stumbling block, whatever they lack (SUM-11, SUM-22, SUM-23)", async () => {
    const odd = [
      { code: 7, title: null, severity: "FOO", category: "BAR", position: { offset: 1, line: 1 } },
      { position: "here" },
      {},
    ];
    const { notifications, gqlStatusObjects } = await summaryOf({ summary: { notifications: odd } }, { version });
    const none = { code: "", title: "", description: "", severityLevel: "UNKNOWN", category: "UNKNOWN" };
    expect(notifications).toEqual([
      { ...none, rawSeverityLevel: "FOO", rawCategory: "BAR", position: undefined },
      { ...none, rawSeverityLevel: "", rawCategory: "", position: undefined },
      { ...none, rawSeverityLevel: "", rawCategory: "", position: undefined },
    ]);
    expect(gqlStatusObjects.map(({ gqlStatus }) => gqlStatus)).toEqual(["02000", "03N42", "03N42", "03N42"]);
  });

  it.each([...classifications, "FOO", undefined])("have the category %s (SUM-25)", async (category) => {
    const { notifications, gqlStatusObjects } = await summaryOf(
      { summary: { notifications: [{ ...hint, category }] } },
      { version },
    );
    const known = category === undefined || category === "FOO" ? "UNKNOWN" : category;
    expect(notifications).toMatchObject([{ category: known, rawCategory: category ?? "" }]);
    expect(gqlStatusObjects.at(-1)).toMatchObject({ classification: known, rawClassification: category });
  });

  it.each<[string, string, Ending]>([
    ["00000", "there were records", { records: [[1]] }],
    ["00001", "there are no columns", { fields: [] }],
    ["02000", "there were no records", {}],
    ["00000", "there were records that nobody has read", { records: [[1]], consume: true }],
  ])("have the status %s when %s (SUM-12)", async (gqlStatus, _, ending) => {
    const summary = await summaryOf(ending, { version });
    expect(summary.notifications).toEqual([]);
    expect(summary.gqlStatusObjects).toMatchObject([{ gqlStatus, isNotification: false, diagnosticRecord: defaults }]);
  });
});

describe.each(boltVersions.filter((version) => Number(version) >= 5.6))("with Bolt %s statuses", (version) => {
  const statuses = [
    { gql_status: "02000", status_description: "note: no data" },
    {
      gql_status: "01N90",
      status_description: "warn: cartesian product",
      neo4j_code: warning.code,
      title: warning.title,
      description: warning.description,
      diagnostic_record: { _severity: "WARNING", _classification: "PERFORMANCE", _position: position, own: 1 },
    },
    {
      gql_status: "03N99",
      status_description: "info: of the future",
      neo4j_code: "Neo.ClientNotification.Future",
      title: "t",
      description: "d",
      diagnostic_record: { _severity: "URGENT", _classification: "WEATHER", CURRENT_SCHEMA: "/x" },
    },
  ];

  it("are as they come, with defaults, and those with a code are notifications, too (SUM-12, SUM-13, SUM-24)", async () => {
    const { notifications, gqlStatusObjects } = await summaryOf({ summary: { statuses } }, { version });
    expect(gqlStatusObjects).toMatchObject([
      { gqlStatus: "02000", isNotification: false, diagnosticRecord: defaults },
      {
        gqlStatus: "01N90",
        isNotification: true,
        classification: "PERFORMANCE",
        severity: "WARNING",
        position,
        diagnosticRecord: { ...defaults, own: 1 },
      },
      {
        gqlStatus: "03N99",
        classification: "UNKNOWN",
        rawClassification: "WEATHER",
        severity: "UNKNOWN",
        rawSeverity: "URGENT",
        position: undefined,
        diagnosticRecord: { ...defaults, CURRENT_SCHEMA: "/x" },
      },
    ]);
    expect(notifications).toMatchObject([
      {
        code: warning.code,
        title: warning.title,
        description: warning.description,
        severityLevel: "WARNING",
        position,
      },
      {
        code: "Neo.ClientNotification.Future",
        severityLevel: "UNKNOWN",
        rawSeverityLevel: "URGENT",
        rawCategory: "WEATHER",
      },
    ]);
  });

  it("can't be changed by whoever reads them, nor lose what is nested (SUM-13)", async () => {
    const nested = { gql_status: "03N00", status_description: "d", diagnostic_record: { more: { list: [{ a: 1 }] } } };
    const { gqlStatusObjects } = await summaryOf({ summary: { statuses: [nested] } }, { version });
    const record = gqlStatusObjects[0]?.diagnosticRecord as { more: { list: { a: number }[] } };
    expect(record).toEqual({ ...defaults, ...nested.diagnostic_record });
    expect(() => Object.assign(record, { more: 1 })).toThrow(TypeError);
    expect(() => record.more.list.push({ a: 2 })).toThrow(TypeError);
    expect(() => Object.assign(record.more.list[0]!, { a: 2 })).toThrow(TypeError);
  });

  it.each([...classifications, "FOO", undefined])("have the classification %s (SUM-25)", async (classification) => {
    const status = { ...statuses[1], diagnostic_record: { _classification: classification } };
    const { notifications, gqlStatusObjects } = await summaryOf({ summary: { statuses: [status] } }, { version });
    const known = classification === undefined || classification === "FOO" ? "UNKNOWN" : classification;
    expect(gqlStatusObjects).toMatchObject([{ classification: known, rawClassification: classification }]);
    expect(notifications).toMatchObject([{ category: known, rawCategory: classification ?? "" }]);
  });

  it.each<[string, object]>([
    ["is no map", { _position: "here" }],
    ["lacks a number", { _position: { offset: 1, line: 1 } }],
    ["has a fraction", { _position: { offset: 1.5, line: 1, column: 1 } }],
    ["is absent", {}],
  ])("have no position that %s (SUM-23)", async (_, diagnostic_record) => {
    const { gqlStatusObjects } = await summaryOf(
      { summary: { statuses: [{ ...statuses[1], diagnostic_record }] } },
      { version },
    );
    expect(gqlStatusObjects[0]?.position).toBeUndefined();
  });
});
