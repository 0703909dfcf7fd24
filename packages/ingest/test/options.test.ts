import { ConfigurationError, type Driver } from "@fulgur/neo4j-driver";
import { describe, expect, it } from "vitest";
import { type IngestOptions, ingest, ingestCypher } from "../src/index.ts";

const driver = {} as Driver;
const end = { label: "P", key: "id" };

describe("options", () => {
  it.each<[object, RegExp]>([
    [{ source: [] }, /exactly one of query, nodes and relationships/],
    [{ source: [], query: "x", nodes: { labels: "A" } }, /exactly one of/],
    [{ source: [], query: " " }, /`query`.*Cypher text/],
    [{ query: "x" }, /`source`/],
    [{ query: "x", source: "rows" }, /`source`/],
    [{ query: "x", source: {} }, /`source`/],
    [{ query: "x", source: [], batchSize: 0 }, /`batchSize`.*from 1.*not 0/],
    [{ query: "x", source: [], batchsize: 10 }, /`batchsize`.*did you mean batchSize/],
    [{ query: "x", source: [], frobnicate: 10 }, /`frobnicate`.*the options are .*onProgress/],
    [{ query: "x", source: [], batchSize: { target: 3 } }, /`batchSize.target`.*did you mean targetTime/],
    [{ query: "x", source: [], batchSize: { minRows: 10, maxRows: 5 } }, /`batchSize.minRows`.*from 1 to 5/],
    [{ query: "x", source: [], batchSize: { maxBytes: 5 } }, /`batchSize.maxBytes`.*from 1024/],
    [{ query: "x", source: [], concurrency: 17 }, /`concurrency`.*from 1 to 16, not 17/],
    [{ query: "x", source: [], concurrency: 0 }, /`concurrency`/],
    [{ query: "x", source: [], ledger: "yes" }, /`ledger`.*true or false/],
    [{ query: "x", source: [], rejected: 5 }, /`rejected`/],
    [{ query: "x", source: [], maxRejected: -1 }, /`maxRejected`.*from 0/],
    [{ query: "x", source: [], constraints: "make" }, /`constraints`.*"check", "create", "ignore"/],
    [{ query: "x", source: [], types: { a: "int" } }, /`types.a`.*integer, float.*\[\]/],
    [{ query: "x", source: [], onProgress: 1 }, /`onProgress`.*function/],
    [{ query: "x", source: [], signal: {} }, /`signal`.*AbortSignal/],
    [{ query: "x", source: [], checkpoint: "" }, /`checkpoint`.*empty/],
    [{ query: "x", source: [], maxTransactionRetryTime: -1 }, /`maxTransactionRetryTime`/],
    [{ nodes: { labels: [] }, source: [] }, /`nodes.labels`/],
    [{ nodes: { label: "A" }, source: [] }, /`nodes.label`.*did you mean labels/],
    [{ nodes: { labels: "A", mode: "merge" }, source: [] }, /`nodes.mode`.*need a key/],
    [{ nodes: { labels: "A", properties: { a: 1 } }, source: [] }, /`nodes.properties.a`/],
    [{ nodes: { labels: "A", key: ["a", "a"] }, source: [] }, /`nodes.key`.*twice/],
    [{ nodes: { labels: "A" }, partitionBy: "a", source: [] }, /`partitionBy`.*for a query/],
    [{ relationships: { from: end, to: end }, source: [] }, /`relationships.type`/],
    [{ relationships: { type: "T", to: end }, source: [] }, /`relationships.from`/],
    [
      { relationships: { type: "T", from: { ...end, field: ["a", "b"] }, to: end }, source: [] },
      /from.field`.*each of id/,
    ],
    [{ relationships: { type: "T", from: end, to: end, missingEnds: "no" }, source: [] }, /missingEnds`.*"reject"/],
  ])("that can't be right are refused before anything is done: %o", async (options, message) => {
    const refused = ingest(driver, options as IngestOptions<unknown>);
    await expect(refused).rejects.toBeInstanceOf(ConfigurationError);
    await expect(refused).rejects.toThrow(message);
  });
});

describe("the Cypher", () => {
  it.each<[Parameters<typeof ingestCypher>[0], string[]]>([
    [{ nodes: { labels: "Per`son" } }, ["CREATE (n:`Per``son`)", "SET n = row"]],
    [{ nodes: { labels: "a\\u0060b" } }, ["CREATE (n:`a\\u005Cu0060b`)", "SET n = row"]],
    [
      { nodes: { labels: ["Person", "Old"], key: ["a b", "c"] } },
      ["MERGE (n:`Person` {`a b`: row.`a b`, `c`: row.`c`})", "SET n += row, n:`Old`"],
    ],
    [
      { nodes: { labels: "P", key: "id", properties: { id: "ID", born: "year" } } },
      ["MERGE (n:`P` {`id`: row.`ID`})", "SET n += {`born`: row.`year`}"],
    ],
    [{ nodes: { labels: "P", key: "id", properties: [] } }, ["MERGE (n:`P` {`id`: row.`id`})"]],
    [
      { nodes: { labels: ["P", "Q"], key: "id", properties: ["name"], mode: "create" } },
      ["CREATE (n:`P`:`Q` {`id`: row.`id`, `name`: row.`name`})"],
    ],
    [
      { relationships: { type: "KNOWS", from: { ...end, field: "me" }, to: end, key: "since" } },
      [
        "MATCH (a:`P` {`id`: row.`me`})",
        "MATCH (b:`P` {`id`: row.`to`})",
        "MERGE (a)-[r:`KNOWS` {`since`: row.`since`}]->(b)",
        "SET r += row {.*, `me`: null, `to`: null}",
        "RETURN count(*) AS written",
      ],
    ],
    [
      {
        relationships: {
          type: "T",
          from: { label: "A", key: ["x", "y"] },
          to: { label: "B", key: "z", field: "w" },
          properties: { p: "q" },
          missingEnds: "create",
        },
      },
      [
        "MERGE (a:`A` {`x`: row.`x`, `y`: row.`y`})",
        "MERGE (b:`B` {`z`: row.`w`})",
        "CREATE (a)-[r:`T` {`p`: row.`q`}]->(b)",
        "RETURN count(*) AS written",
      ],
    ],
    [
      { relationships: { type: "T", from: end, to: end, mode: "merge", properties: [] } },
      [
        "MATCH (a:`P` {`id`: row.`from`})",
        "MATCH (b:`P` {`id`: row.`to`})",
        "MERGE (a)-[r:`T`]->(b)",
        "RETURN count(*) AS written",
      ],
    ],
  ])("for %o quotes every name", (target, lines) => {
    expect(ingestCypher(target)).toBe(["UNWIND $rows AS row", ...lines].join("\n"));
  });
});
