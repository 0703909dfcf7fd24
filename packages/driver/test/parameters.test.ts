import { runInNewContext } from "node:vm";
import { ParameterError } from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { Node, Path, PathSegment, Relationship } from "../src/index.ts";
import { driverOf, numbers, ScriptedServer } from "./scripted-server.ts";

const person = new Node(1, ["Person"], { name: "secret-9" }, "4:x:1");
const knows = new Relationship(2, 1, 1, "KNOWS", { since: "secret-9" }, "5:x:2", "4:x:1", "4:x:1");
class Filter {
  minimum = 1;
}
const path = new Path(person, person, [new PathSegment(person, knows, person)]);

/** What a parameter map is refused with, by each way of running a query; nothing is sent, and the session goes on. */
async function refusals(parameters: unknown): Promise<ParameterError[]> {
  const server = new ScriptedServer();
  server.answers.set("Q", { rows: numbers(1) });
  const { driver } = driverOf(server, { maxConnectionPoolSize: 1 });
  const session = driver.session();
  const given = parameters as never;
  const caught: unknown[] = [];
  const refused = (error: unknown) => caught.push(error);
  await session.run("Q", given).catch(refused);
  await session.executeRead((tx) => tx.run("Q", given).catch(refused));
  await driver.executeQuery("Q", given).catch(refused);
  await driver.executeQuery("Q", given, { routing: "READ" }).catch(refused);
  expect(server.of("RUN")).toEqual([]);
  expect((await session.run("Q")).records).toHaveLength(1);
  expect(server.connections.length).toBeLessThanOrEqual(1);
  expect(caught).toHaveLength(4);
  for (const error of caught) {
    expect(error).toBeInstanceOf(ParameterError);
    expect((error as Error).message).not.toContain("secret-9");
  }
  return caught as ParameterError[];
}

describe("parameters are refused, the path is told, nothing is sent and the session goes on", () => {
  it.each<[string, unknown, string]>([
    ["a Map with a key that is no text", { a: new Map([[1, 2]]) }, "a"],
    ["such a Map in a list", { a: [0, new Map<unknown, unknown>([["x", new Map([[{}, 2]])]])] }, "a[1].x"],
  ])("for %s (QRY-03, QRY-07)", async (_, parameters, where) => {
    for (const error of await refusals(parameters)) expect(error.path.startsWith(where)).toBe(true);
  });

  it.each<[string, unknown, string, string]>([
    ["a node", { a: person }, "a", "Node"],
    ["a relationship in a list", { a: [1, knows] }, "a[1]", "Relationship"],
    ["a path in a map", { a: { b: path } }, "a.b", "Path"],
    ["a node in a list of lists", { a: [[], [{ c: person }]] }, "a[1][0].c", "Node"],
  ])("for %s (QRY-05, QRY-07)", async (_, parameters, where, type) => {
    for (const error of await refusals(parameters)) expect(error).toMatchObject({ path: where, type });
  });

  it.each<[string, unknown, string]>([
    ["at the top", { a: 1, b: undefined }, "b"],
    ["in a list", { a: [1, undefined] }, "a[1]"],
    ["in a list in a map", { a: { b: [undefined] } }, "a.b[0]"],
  ])("for undefined %s (QRY-06)", async (_, parameters, where) => {
    for (const error of await refusals(parameters)) expect(error).toMatchObject({ path: where, type: "undefined" });
  });

  it.each<[string, unknown]>([
    ["a list", [1]],
    ["a Map", new Map([["a", 1]])],
    ["a Set", new Set([1])],
    ["a text", "secret-9"],
    ["bytes", new Uint8Array(1)],
    ["a date", new Date()],
    ["a node", person],
    ["an object of a class", new Filter()],
  ])("for parameters that are not a map of values but %s (QRY-03)", async (_, parameters) => {
    for (const error of await refusals(parameters))
      expect(error.message).toMatch(/plain object: values by their names/);
  });
});

describe("parameters are sent", () => {
  it("without what is undefined in a nested map (QRY-06)", async () => {
    const server = new ScriptedServer();
    await driverOf(server).driver.executeQuery("Q", { a: { b: undefined, c: 1 } });
    expect(server.of("RUN")[0]?.parameters).toEqual({ a: { c: 1 } });
  });

  it("from an object without a prototype or of another realm, and from a Map with texts for keys within it (QRY-03)", async () => {
    const server = new ScriptedServer();
    const bare = Object.assign(Object.create(null) as object, { a: new Map([["b", 1]]) });
    const foreign = runInNewContext("({ c: 2 })") as never;
    await driverOf(server).driver.executeQuery("Q", bare as never);
    await driverOf(server).driver.executeQuery("Q", foreign);
    expect(server.of("RUN").map(({ parameters }) => parameters)).toEqual([{ a: { b: 1 } }, { c: 2 }]);
  });
});
