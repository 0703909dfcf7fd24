import { auth } from "@fulgur/neo4j-core";
import { expect, it } from "vitest";
import { createConnectionProvider, providerOf, usesProvider } from "../src/index.ts";

it("a provider is found by the object that uses it, and nothing is asked of a server that routes nothing", async () => {
  const user = {};
  const provider = createConnectionProvider("bolt://localhost:1", auth.none());
  usesProvider(user, provider);
  expect(providerOf(user)).toBe(provider);
  await provider.updateRoutingTable({ database: "movies" });
  expect(provider.routingTable("movies")).toBeUndefined();
  expect(() => providerOf({})).toThrow(/uses no provider/);
  await provider.close();
});
