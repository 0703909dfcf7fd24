import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { auth, driver } from "@fulgur/neo4j-driver";
import { type Neo4j, startNeo4j } from "@fulgur/neo4j-testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

// The demo's own server: it is told by NEO4J_URI, as a user would do it. The test reads no such variable itself.
let server: Neo4j;
beforeAll(async () => {
  server = await startNeo4j();
});
afterAll(() => server?.stop());

const demo = fileURLToPath(new URL("../../examples/air-traffic/demo.ts", import.meta.url));

async function runDemo(): Promise<string> {
  const env = {
    ...process.env,
    NEO4J_URI: server.uri,
    NEO4J_USERNAME: server.username,
    NEO4J_PASSWORD: server.password,
  };
  const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=@fulgur/source", demo], { env });
  return stdout;
}

async function census(): Promise<unknown> {
  await using db = driver(server.uri, auth.basic(server.username, server.password));
  const { records } = await db.executeQuery(
    `MATCH (a:FulgurDemoAirport) WITH count(a) AS airports
     MATCH ()-[f:FULGUR_DEMO_FLIGHT]->()
     RETURN airports, count(f) AS flights, count(DISTINCT f.row) AS keys, sum(f.distance) AS miles`,
  );
  return records[0]?.toObject();
}

describe("the demo", () => {
  it("gives the same graph when it runs twice against one server", async () => {
    const first = await runDemo();
    expect(first).toContain("Busiest airports");
    expect(first).toContain("The graph holds 3,376 airports and 20,000 flights.");
    const graph = await census();
    const second = await runDemo();
    expect(second).toContain("0 nodes and 0 relationships are new");
    expect(await census()).toEqual(graph);
  }, 180_000);
});
