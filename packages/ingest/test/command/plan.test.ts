import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/command/failure.ts";
import { fileName, parsePlan } from "../../src/command/plan/read-plan.ts";

/** What is said of a plan, line by line, without the file's name. */
function mistakes(plan: string): string[] {
  try {
    parsePlan(plan, "plan.yaml");
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    const [, ...lines] = (error as Error).message.split("\n");
    return lines.map((line) => line.replace(/^plan\.yaml:/, ""));
  }
  return [];
}

const step = (lines: string) => `steps:\n  - ${lines.trim().replaceAll("\n", "\n    ")}\n`;

describe("a plan", () => {
  it("has steps whose keys are the options of ingest()", () => {
    const plan = parsePlan(
      `
connection: server.env
database: flights
rejected: rejected
steps:
  - name: Airports
    source: airports.csv
    nodes: { labels: Airport, key: iata, properties: [name, city] }
    types: { latitude: float, codes: "string[]" }
    constraints: create
  - source: { files: [flights-*.parquet], rowNumber: row, columns: [date, origin], limit: 10, decimals: string }
    relationships:
      type: FLIGHT
      from: { label: Airport, key: iata, field: origin }
      to: { label: Airport, key: iata, field: destination }
      key: row
      properties: { day: date }
      missingEnds: create
    batchSize: { targetTime: 500 }
    maxRejected: 10
  - source: "-"
    query: "CREATE (n) SET n = row"
    partitionBy: id
`,
      "/plans/plan.yaml",
    );
    expect(plan).toMatchObject({
      name: "/plans/plan.yaml",
      connection: "/plans/server.env",
      database: "flights",
      checkpoint: "/plans/plan.checkpoint",
      rejected: "/plans/rejected",
    });
    expect(plan.steps).toMatchObject([
      {
        name: "Airports",
        place: "/plans/plan.yaml:6:5",
        source: { files: "airports.csv" },
        nodes: { labels: "Airport", key: "iata", properties: ["name", "city"] },
        types: { latitude: "float", codes: "string[]" },
        constraints: "create",
      },
      {
        name: "FLIGHT",
        source: {
          files: ["flights-*.parquet"],
          rowNumber: "row",
          columns: ["date", "origin"],
          limit: 10,
          decimals: "string",
        },
        relationships: { key: "row", properties: { day: "date" }, missingEnds: "create" },
        batchSize: { targetTime: 500 },
        maxRejected: 10,
      },
      { name: "step 3", source: { files: "-" }, query: "CREATE (n) SET n = row", partitionBy: "id" },
    ]);
  });

  it("keeps no checkpoint where it says so, and gives steps without a name one of their own", () => {
    const one = "  - {source: a.csv, nodes: {labels: A}}\n";
    const plan = parsePlan(`checkpoint: false\nsteps:\n${one}${one}`, "plan.yml");
    expect(plan.checkpoint).toBeUndefined();
    expect(plan.steps.map(({ name }) => name)).toEqual(["A", "A 2"]);
    expect(fileName("Ä b/../c")).toBe("ä-b-c");
  });

  it("is in the guide as it works", () => {
    const guide = readFileSync(new URL("../../../../docs/command.md", import.meta.url), "utf8");
    const [, plan = ""] = /^```yaml\n([\s\S]*?)^```$/m.exec(guide) ?? [];
    expect(parsePlan(plan, "plan.yaml").steps.map(({ name }) => name)).toEqual(["people", "friendships", "readings"]);
  });

  it("may name a value once and use it again", () => {
    const plan = parsePlan(
      "steps:\n  - {source: a.csv, nodes: &n {labels: A, key: id}}\n  - {source: b.csv, nodes: *n}",
      "plan.yaml",
    );
    expect(plan.steps[1]?.nodes).toEqual({ labels: "A", key: "id" });
  });

  it.each([
    [
      "steps: [",
      "1:9: it isn't YAML here: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    [
      "steps:\n  - query: MATCH (a {b: c})",
      /^2:12: it isn't YAML here: .*; a text with a colon in it, such as Cypher, needs quotation marks, or stands/,
    ],
    ["a: 1\na: 2\nsteps: []", "2:1: it isn't YAML here: Map keys must be unique"],
    ["", "1:1: it must be a map with connection, database, checkpoint, rejected and steps, and is nothing"],
    ["steps: []", "1:8: steps: the list is empty"],
    ["database: x", "1:1: the key steps is missing"],
    [`stpes: []\n${step("source: a\nnodes: {labels: A}")}`, "1:1: stpes: there is no such key; did you mean steps?"],
    [
      `colour: red\n${step("source: a\nnodes: {labels: A}")}`,
      "1:1: colour: there is no such key; the keys here are connection, database, checkpoint, rejected and steps",
    ],
    [step("nodes: {labels: A}"), "2:5: steps[0]: the key source is missing"],
    [step("source: a"), "2:5: steps[0]: one of nodes, relationships and query must say what is written"],
    [
      step("source: a\nnodes: {labels: A}\nquery: RETURN 1"),
      "2:5: steps[0]: only one of nodes and query can say what is written",
    ],
    [
      step("source: a\nnodes: {labels: A}\npartitionBy: id"),
      "4:5: steps[0].partitionBy: only a query needs it: nodes and relationships know their keys",
    ],
    [
      step("source: a\nnodes:\n  lables: A\n  labels: A"),
      "4:7: steps[0].nodes.lables: there is no such key; did you mean labels?",
    ],
    [step("source: a\nnodes: {labels: [A, {}]}"), "3:25: steps[0].nodes.labels[1]: it must be a text, and is a map"],
    [
      step("source: {files: a, format: parket}\nnodes: {labels: A}"),
      '2:32: steps[0].source.format: it must be csv, jsonl, json, parquet or arrow, and is "parket"; did you mean parquet?',
    ],
    [
      step('source: a\nnodes: {labels: A}\ntypes: {x: "flot[]"}'),
      /^4:16: steps\[0\]\.types\.x: it must be integer\[\], float\[\],.*; did you mean float\[\]\?$/,
    ],
    [
      step("source: a\nnodes: {labels: A}\nbatchSize: 0"),
      "4:16: steps[0].batchSize: it must be a whole number from 1, and is 0",
    ],
    [
      step("source: a\nnodes: {labels: A}\nledger: 3"),
      "4:13: steps[0].ledger: it must be true or false, and is a number",
    ],
    [
      step("source: *up\nnodes: {labels: A}"),
      "2:13: steps[0].source: it must be a text, and is a name, *up, for nothing above it",
    ],
    ["steps: []\n---\nsteps: []", "2:1: another document begins here, and a plan is one"],
    [
      step("source: a\nnodes: {labels: A}\nconcurrency: 99"),
      "4:18: steps[0].concurrency: it must be a whole number from 1 to 16, not 99",
    ],
    [
      step("source: a\nnodes: {labels: A}\nbatchSize: {maxRows: 1, minRows: 5}"),
      "4:38: steps[0].batchSize.minRows: it must be a whole number from 1 to 1, not 5",
    ],
    [step("source: a\nnodes: {labels: A, key: [a, a]}"), "3:29: steps[0].nodes.key: it has a name twice"],
    [step("source: a\nnodes: {labels: A, mode: merge}"), "3:30: steps[0].nodes.mode: to merge nodes they need a key"],
    [
      "steps:\n  - {name: x, source: a, nodes: {labels: A}}\n  - {name: X, source: a, nodes: {labels: A}}",
      "3:6: steps[1].name: another step is called X too",
    ],
  ])("is refused at its line: %j", (plan, message) => {
    const said = mistakes(plan);
    if (typeof message === "string") expect(said).toContain(message);
    else expect(said.some((line) => message.test(line))).toBe(true);
  });

  it("holds no password, and what stands there is not repeated", () => {
    const said = mistakes(`password: hunter2\n${step("source: a\nnodes: {labels: A}")}`);
    expect(said).toEqual([expect.stringMatching(/^1:1: password: a plan holds no password/)]);
    expect(said.join()).not.toContain("hunter2");
  });

  it("is told all its mistakes at once, in the order of its lines", () => {
    const said = mistakes("databse: x\nsteps:\n  - source: a\n    batchSize: x\n  - nodes: {labels: 3, key: {}}\n");
    expect(said.map((line) => line.split(": ").slice(0, 2).join(" "))).toEqual([
      "1:1 databse",
      "3:5 steps[0]",
      "4:16 steps[0].batchSize",
      "5:5 steps[1]",
      "5:29 steps[1].nodes.key",
    ]);
  });
});
