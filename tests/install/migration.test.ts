/** docs/migration.md, against what both packages really export. */
import { readFileSync } from "node:fs";
import fulgur, * as ours from "@fulgur/neo4j-driver";
import neo4j, * as npm from "neo4j-driver";
import { describe, expect, it } from "vitest";
import { Declarations, membersOf } from "./npm-exports.ts";

const page = readFileSync(new URL("../../docs/migration.md", import.meta.url), "utf8");
const theirs = new Declarations("neo4j-driver");
const own = new Declarations("@fulgur/neo4j-driver");

type Status = "same" | "type" | "renamed" | "gone";
interface Row {
  readonly names: readonly string[];
  readonly status: Status;
  readonly instead: string;
}

/** The rows of the table under a heading: names, status, what instead. */
function tableUnder(heading: string): Row[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`docs/migration.md has no heading ${heading}`);
  return [...section.matchAll(/^\| (`.*?) \| (\w+) \|(.*)\|$/gm)].map(([, names = "", status = "", instead = ""]) => ({
    names: [...names.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
    status: status as Status,
    instead: instead.trim(),
  }));
}

const statusOf = (rows: readonly Row[]) =>
  new Map(rows.flatMap(({ names, status }) => names.map((name) => [name, status])));

describe("the page for those who come from npm's neo4j-driver", () => {
  const exports = tableUnder("Exports");
  const listed = statusOf(exports);

  it("lists every export, every type and every member of a group, and nothing else", () => {
    const runtime = Object.keys(npm).filter((name) => !["default", "__esModule", "module.exports"].includes(name));
    const members = membersOf(neo4j);
    expect(members.length).toBeGreaterThan(40);
    expect([...listed.keys()].sort()).toEqual(
      [...new Set([...runtime, ...theirs.names, ...members])].filter((name) => name !== "default").sort(),
    );
    expect(exports.flatMap(({ names }) => names)).toHaveLength(listed.size);
  });

  it("says of each what is true", () => {
    const runtime = new Set([...Object.keys(ours), ...membersOf(ours)]);
    const types = new Set(own.names);
    const found = (name: string) => (runtime.has(name) ? "value" : types.has(name) ? "type" : "nothing");
    for (const [name, status] of listed) {
      const isTypeOfTheirs = !(name in npm) && !name.includes(".");
      const same = isTypeOfTheirs ? "type" : "value";
      const claimed = status === "same" ? same : status === "type" ? "type" : "nothing";
      expect(`${name}: ${found(name)}`).toBe(`${name}: ${claimed}`);
    }
  });

  it("says what to use instead of whatever has gone or changed", () => {
    for (const { names, status, instead } of exports) if (status !== "same") expect(instead, names.join()).not.toBe("");
  });

  it.each([
    "readTransaction",
    "writeTransaction",
    "expiration_based",
    "lastBookmark",
    "bolt+routing",
    "max_retry_time",
  ])("says what %s of older drivers is called (OLD-16, OLD-17, OLD-18)", (name) => {
    const row = tableUnder("Names of older drivers").find(({ names }) => names.includes(name));
    expect(row).toMatchObject({ status: "renamed", instead: expect.stringMatching(/`/) });
  });

  it("tells of the default export: it has what npm's has, where a thing of the name exists", () => {
    const names = Object.keys(neo4j).filter((name) => name !== "default" && name in ours);
    expect(Object.keys(fulgur)).toEqual(expect.arrayContaining(names));
  });

  it.each([
    ["Options of the driver", "Config", "Config"],
    ["Options of sessions", "SessionConfig", "SessionConfig"],
    ["Options of executeQuery", "QueryConfig", "ExecuteQueryConfig"],
  ])("lists the options: %s", (heading, theirName, ourName) => {
    const rows = statusOf(tableUnder(heading));
    expect([...rows.keys()].sort()).toEqual(theirs.propertiesOf(theirName).sort());
    const known = [...own.propertiesOf(ourName), "resultTransformer"];
    for (const [name, status] of rows) {
      expect(`${name}: ${known.includes(name)}`).toBe(`${name}: ${status === "same"}`);
    }
  });
});

/** What each class and interface of npm's is called here. */
const counterparts = {
  ...{ Driver: "Driver", Session: "Session", Transaction: "Transaction", ManagedTransaction: "ManagedTransaction" },
  ...{ Result: "Result", ResultSummary: "ResultSummary", QueryStatistics: "Counters", ServerInfo: "ServerInfo" },
  ...{ Plan: "Plan", ProfiledPlan: "ProfiledPlan", Notification: "Notification", GqlStatusObject: "GqlStatusObject" },
  ...{ Record: "Record", Node: "Node", Relationship: "Relationship", UnboundRelationship: "UnboundRelationship" },
  ...{ Path: "Path", PathSegment: "PathSegment", Point: "Point", Vector: "Vector", UUID: "UUID" },
  ...{ UnsupportedType: "UnsupportedType", Neo4jError: "Neo4jError", BookmarkManager: "BookmarkManager" },
  ...{ Date: "Date", DateTime: "DateTime", LocalDateTime: "LocalDateTime", Time: "Time", LocalTime: "LocalTime" },
  ...{ Duration: "Duration", AuthTokenManager: "AuthTokenManager" },
};

describe("the page's list of methods and fields", () => {
  const rows = tableUnder("Methods and fields");
  const listed = statusOf(rows);
  const members = Object.entries(counterparts).flatMap(([name, here]) =>
    theirs
      .propertiesOf(name)
      .filter((property) => /^[a-z]/i.test(property))
      .map((property) => ({ is: `${name}.${property}`, name, here, property, has: own.propertiesOf(here) })),
  );

  it("has all that are gone, or that are fields here and methods there", () => {
    const gone = members.filter(({ property, has }) => !has.includes(property));
    const fields = members.filter(
      ({ name, here, property, has }) =>
        has.includes(property) && theirs.isMethod(name, property) !== own.isMethod(here, property),
    );
    const withStatus = (status: string) => [...listed.keys()].filter((key) => listed.get(key) === status);
    expect(members.length).toBeGreaterThan(150);
    expect([...withStatus("gone"), ...withStatus("renamed")].sort()).toEqual(gone.map(({ is }) => is).sort());
    expect([...listed.keys()].filter((key) => (listed.get(key) as string) === "field").sort()).toEqual(
      fields.map(({ is }) => is).sort(),
    );
  });

  it("says what to use instead", () => {
    for (const { names, instead } of rows) expect(instead, names.join()).not.toBe("");
  });
});

describe("what is there for the sake of older programs", () => {
  it.each([
    ["Node", ["identity"]],
    ["Relationship", ["identity", "start", "end"]],
    ["UnboundRelationship", ["identity"]],
    ["ResultSummary", ["notifications"]],
  ])("is marked as deprecated in %s: %j (OLD-20, OLD-28)", (name, properties) => {
    expect(own.deprecatedOf(name)).toEqual(expect.arrayContaining(properties));
  });
});
