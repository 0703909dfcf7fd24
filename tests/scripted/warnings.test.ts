/** The server's remarks as process warnings and in the log, and the driver's own warnings. */
import { auth, type Config, driver, type LogRecord, Neo4jDeprecationWarning, Neo4jWarning } from "@fulgur/neo4j-driver";
import { answering, type ScriptedResult, startScriptedServer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { play } from "./play.ts";
import { processWarnings, runProgram } from "./process.ts";

const position = { offset: 20, line: 2, column: 7 };
const query = "MATCH (a:Film)\nMATCH (b:Film) RETURN a, b";

function notification(severity: string, more: object = {}) {
  return {
    code: `Neo.ClientNotification.Statement.${severity || "Odd"}`,
    title: "A title",
    description: "It builds a cartesian product.",
    severity,
    category: "PERFORMANCE",
    position,
    ...more,
  };
}

const deprecation = notification("WARNING", {
  code: "Neo.ClientNotification.Statement.FeatureDeprecationWarning",
  description: "id() is deprecated.",
  category: "DEPRECATION",
});

/** Runs a query `times` times against a server of Bolt 5.4, which answers with these remarks. */
async function remarked(notifications: readonly object[], config: Config, times = 1): Promise<void> {
  const result: ScriptedResult = { fields: ["n"], records: [[1]], summary: { notifications } };
  await play(
    answering(() => result),
    async (db) => {
      for (let time = 0; time < times; time++) await db.session().run(query, { p: "value-2b7" });
    },
    { config, version: "5.4" },
  );
}

describe("a server's remark", () => {
  it("is raised once, with its code, the caller's line, and a caret under its place (DRV-33, LOG-13)", async () => {
    const warnings = processWarnings();
    await remarked([notification("WARNING")], { warnNotificationSeverity: "WARNING" }, 3);
    const [warning, ...others] = await warnings.settled();
    expect(others).toEqual([]);
    expect(warning).toBeInstanceOf(Neo4jWarning);
    expect(warning?.name).toBe("Neo4jWarning");
    expect(warning?.code).toBe("Neo.ClientNotification.Statement.WARNING");
    expect(warning?.message).toBe(
      "It builds a cartesian product. (line 2, column 7)\nMATCH (b:Film) RETURN a, b\n      ^",
    );
    expect(warning?.detail).toMatch(/^at .*warnings\.test\.ts:\d+:\d+\)?$/);
    expect(warning?.stack).toMatch(/\n {4}at [^\n]*warnings\.test\.ts/);
    const { notification: remark, query: text } = warning as Neo4jWarning;
    expect(remark).toMatchObject({ severityLevel: "WARNING", position });
    expect(text).toBe(query);
    expect(`${warning?.stack}${JSON.stringify(warning)}`).not.toContain("value-2b7");
  });

  it.each([
    ["OFF", []],
    ["WARNING", ["WARNING"]],
    ["INFORMATION", ["WARNING", "INFORMATION", "Odd"]],
    [undefined, []],
  ] as const)("of each severity with the threshold %s (DRV-33)", async (warnNotificationSeverity, raised) => {
    const warnings = processWarnings();
    const remarks = [notification("WARNING"), notification("INFORMATION"), notification("")];
    await remarked(remarks, { warnNotificationSeverity });
    const codes = (await warnings.settled()).map(({ code }) => code?.split(".").at(-1));
    expect(codes.sort()).toEqual([...raised].sort());
  });

  it("in the form of newer servers is raised, too (DRV-33)", async () => {
    const warnings = processWarnings();
    const status = {
      gql_status: "01N00",
      status_description: "warn: feature deprecated. id() is deprecated.",
      neo4j_code: "Neo.ClientNotification.Statement.FeatureDeprecationWarning",
      title: "This feature is deprecated.",
      description: "id() is deprecated.",
      diagnostic_record: { _severity: "WARNING", _classification: "DEPRECATION", _position: position },
    };
    await play(
      answering(() => ({ fields: ["n"], summary: { statuses: [status] } })),
      (db) => db.executeQuery(query),
      { config: { warnNotificationSeverity: "WARNING" }, version: "5.8" },
    );
    const [warning] = await warnings.settled();
    expect(warning).toBeInstanceOf(Neo4jDeprecationWarning);
    expect(warning?.message).toContain("id() is deprecated. (line 2, column 7)\nMATCH (b:Film)");
    expect(warning?.detail).toContain("warnings.test.ts");
  });

  it("about something deprecated is a DeprecationWarning (LOG-14)", async () => {
    const warnings = processWarnings();
    await remarked([deprecation], { warnNotificationSeverity: "WARNING" });
    const [warning] = await warnings.settled();
    expect(warning).toBeInstanceOf(Neo4jDeprecationWarning);
    expect(warning).toBeInstanceOf(Neo4jWarning);
    expect(warning?.name).toBe("DeprecationWarning");
  });

  it("about something deprecated is hidden by --no-deprecation (LOG-14)", async () => {
    await using server = await startScriptedServer({
      version: "5.4",
      conversation: answering(() => ({ summary: { notifications: [deprecation, notification("WARNING")] } })),
    });
    const code = `await using db = driver(process.env.URI, auth.none(), { warnNotificationSeverity: "WARNING" });
      await db.executeQuery("RETURN 1");`;
    const env = { URI: server.uri };
    const usual = await runProgram(code, { env });
    expect(usual.stderr).toContain("DeprecationWarning: id() is deprecated.");
    const hidden = await runProgram(code, { env, flags: ["--no-deprecation"] });
    expect(hidden.stderr).not.toContain("DeprecationWarning");
    expect(hidden.stderr).toContain("Neo4jWarning: It builds a cartesian product.");
  });

  it("has a line on neo4j.notifications, at the level of its severity (LOG-05, SUM-30)", async () => {
    const records: LogRecord[] = [];
    const logger = (_level: string, _message: string, record: LogRecord) => records.push(record);
    const remarks = [notification("WARNING"), notification("INFORMATION"), notification("SOMETHING")];
    await remarked(remarks, { logging: { level: "off", levels: { "neo4j.notifications": "debug" }, logger } });
    expect(records.map(({ name, level }) => `${name} ${level}`).sort()).toEqual([
      "neo4j.notifications debug",
      "neo4j.notifications info",
      "neo4j.notifications warn",
    ]);
    expect(records[0]?.message).toContain("It builds a cartesian product.");
  });
});

describe("warnings", () => {
  it("of one kind are suppressed by an option, others come (LOG-16)", async () => {
    const warnings = processWarnings();
    const severity = { warnNotificationSeverity: "WARNING" } as const;
    await remarked([deprecation, notification("WARNING")], { ...severity, suppressWarnings: ["Deprecation"] });
    expect((await warnings.settled()).map(({ name }) => name)).toEqual(["Neo4jWarning"]);
    await remarked([deprecation], { ...severity, suppressWarnings: ["Notification", "Single"] });
    expect(await warnings.settled()).toHaveLength(1);
  });

  it("are heard no more when the listener is taken away, and not at all with NODE_NO_WARNINGS (LOG-16)", async () => {
    const warnings = processWarnings();
    warnings.stop();
    await remarked([notification("WARNING")], { warnNotificationSeverity: "WARNING" });
    expect(await warnings.settled()).toEqual([]);
    await using server = await startScriptedServer({
      version: "5.4",
      conversation: answering(() => ({ summary: { notifications: [notification("WARNING")] } })),
    });
    const code = `await using db = driver(process.env.URI, auth.none(), { warnNotificationSeverity: "WARNING" });
      await db.executeQuery("RETURN 1");`;
    const { stderr } = await runProgram(code, { env: { URI: server.uri, NODE_NO_WARNINGS: "1" } });
    expect(stderr).toBe("");
  });

  it("tell of a single() that met several records, with the caller's line; strict is an error instead (LOG-17)", async () => {
    const warnings = processWarnings();
    await play(
      answering(() => ({ fields: ["n"], records: [[1], [2]] })),
      async (db) => {
        const session = db.session();
        expect((await session.run("RETURN 1").single())?.get("n")).toBe(1);
        await expect(session.run("RETURN 1").single({ strict: true })).rejects.toThrow("exactly one");
      },
    );
    const [warning, ...others] = await warnings.settled();
    expect(others).toEqual([]);
    expect(warning).toMatchObject({ name: "Neo4jWarning", code: "NEO4J_SINGLE" });
    expect(warning?.stack).toContain("warnings.test.ts");
  });

  it.each([
    [{ suppressWarnings: ["Preview"] }, /`suppressWarnings` must be one of "Notification", "Deprecation"/],
    [{ warnNotificationSeverity: "ALL" }, /`warnNotificationSeverity` must be one of "OFF", "WARNING", "INFORMATION"/],
  ])("of kinds or severities that don't exist are configuration errors: %j", (config, text) => {
    expect(() => driver("bolt://localhost", auth.none(), config as Config)).toThrow(text);
  });
});
