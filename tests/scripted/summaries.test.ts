/** Summaries: what the server counts, plans and remarks, in the form of each version. */
import { boltVersions } from "@fulgur/neo4j-core";
import type { ResultSummary } from "@fulgur/neo4j-driver";
import { describe, expect, it } from "vitest";
import { type Play, play } from "./play.ts";

interface Ending {
  readonly fields?: string[];
  readonly records?: unknown[][];
  readonly summary?: Record<string, unknown>;
  /** Doesn't read the result, but throws it away when the first portion is there. */
  readonly consume?: boolean;
}

async function summaryOf({ fields = ["n"], records = [], summary = {}, consume = false }: Ending, options: Play = {}) {
  return play<ResultSummary>(
    async (peer) => {
      await peer.login();
      if (consume) {
        await peer.receive("RUN");
        await peer.receive("PULL");
        peer.success({ fields });
        peer.record(1);
        peer.success({ has_more: true });
        await peer.accept("DISCARD", summary);
      } else {
        await peer.result({ fields, records, summary });
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
const defaults = { OPERATION: "", OPERATION_CODE: "0", CURRENT_SCHEMA: "/" };

describe.each(boltVersions)("with Bolt %s a summary", (version) => {
  it("has counters, plan, times, database and type (SUM-04 to SUM-20)", async () => {
    const summary = await summaryOf(
      {
        summary: {
          type: "rw",
          t_last: 9,
          db: "neo4j",
          stats: { "nodes-created": 2, "properties-set": 3 },
          profile: { operatorType: "ProduceResults@neo4j", identifiers: ["n"], args: { x: 1 }, dbHits: 5, rows: 2 },
        },
      },
      { version },
    );
    expect(summary.queryType).toBe("rw");
    expect(summary.database.name).toBe("neo4j");
    expect(summary.resultConsumedAfter).toBe(9);
    expect(summary.query).toEqual({ text: "RETURN $p", parameters: { p: 1 } });
    expect(summary.counters.updates()).toMatchObject({ nodesCreated: 2, propertiesSet: 3, nodesDeleted: 0 });
    expect(summary.counters.containsUpdates).toBe(true);
    expect(summary.counters.containsSystemUpdates).toBe(false);
    expect(summary.profile).toMatchObject({ operatorType: "ProduceResults@neo4j", dbHits: 5, rows: 2 });
    const [major, minor] = version.split(".").map(Number);
    expect(summary.server.protocolVersion).toEqual({ major, minor });
  });
});

describe.each(boltVersions.filter((version) => Number(version) <= 5.4))("with Bolt %s notifications", (version) => {
  it("are statuses, too, in the order of their weight (SUM-12)", async () => {
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

  it.each<[string, string, Ending]>([
    ["00000", "there were records", { records: [[1]] }],
    ["00001", "there are no columns", { fields: [] }],
    ["02000", "there were no records", {}],
    ["02N42", "nobody knows whether there were records", { consume: true }],
  ])("have the status %s when %s", async (gqlStatus, _, ending) => {
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

  it("are as they come, with defaults, and those with a code are notifications, too (SUM-22)", async () => {
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
});
