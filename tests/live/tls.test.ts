import { auth, driver, ServiceUnavailable } from "@fulgur/neo4j-driver";
import { type Neo4j, startNeo4j } from "@fulgur/neo4j-testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let server: Neo4j;
beforeAll(async () => {
  server = await startNeo4j({ tls: true });
});
afterAll(() => server?.stop());

const uri = (scheme: string) => server.uri.replace(/^bolt(\+s|\+ssc)?:/, `${scheme}:`);
const token = () => auth.basic(server.username, server.password);

describe("a server with TLS", () => {
  it.each(["bolt+ssc", "neo4j+ssc"])("is reached by %s, whoever signed its certificate", async (scheme) => {
    await using db = driver(uri(scheme), token());
    expect((await db.executeQuery("RETURN 1 AS one")).records[0]?.get("one")).toBe(1);
  });

  it("is reached with its own authority trusted, given as PEM (OLD-07, DRV-28)", async () => {
    await using db = driver(uri("bolt"), token(), {
      encrypted: true,
      trustedCertificates: [server.certificate as string],
    });
    expect((await db.executeQuery("RETURN 1 AS one")).records[0]?.get("one")).toBe(1);
  });

  it.each([
    ["bolt+s", {}],
    ["bolt", { encrypted: true }],
    ["neo4j", { encrypted: true }],
  ])("is refused by %s with %j when its authority is unknown, with the reason (OLD-06)", async (scheme, config) => {
    await using db = driver(uri(scheme), token(), { ...config, maxTransactionRetryTime: 0 });
    const refused = db.executeQuery("RETURN 1");
    await expect(refused).rejects.toThrow(ServiceUnavailable);
    await expect(refused).rejects.toThrow(/certificate/i);
  });

  it("does not hang a plain connection", async () => {
    await using db = driver(uri("bolt"), token(), { maxTransactionRetryTime: 0 });
    await expect(db.executeQuery("RETURN 1")).rejects.toThrow(ServiceUnavailable);
  });
});
