/** A real server that is restarted and whose connections are cut while many write: nothing is lost, nothing is done twice. */
import { type Neo4j, startNeo4j } from "@fulgur/neo4j-testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { keepLedger } from "./ledger.ts";

let server: Neo4j;
beforeAll(async () => {
  server = await startNeo4j();
});
afterAll(() => server?.stop());

it("managed transactions on a server that restarts: what was committed is there once, and the pool heals", async () => {
  const figures = await keepLedger(server, { restarts: 2, cuts: 20, writers: 8, calm: 10 });
  expect(figures).toMatchObject({ restarts: 2, crashes: 1, lost: 0, doubled: 0, inPart: 0, undead: 0, leftOpen: 0 });
  expect(figures.cuts).toBeGreaterThanOrEqual(20);
  expect(figures.retried).toBeGreaterThan(0);
  expect(figures.afterwards).toBe(100);
  // On a machine that is slow to restart a server the time for retries may be over.
  expect(figures.committed + figures.inDoubt + figures.failed).toBe(figures.attempted);
});
