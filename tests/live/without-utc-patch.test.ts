import { auth, type Connection, connect } from "@fulgur/neo4j-core";
import type { Neo4j } from "@fulgur/neo4j-testing";
import { DateTime } from "@fulgur/neo4j-types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cappedServer } from "./server.ts";
import { values } from "./values.ts";

// Bolt 4.4 writes date-times as wall clocks unless both sides agree on the patch "utc": the same values, other bytes.
let server: Neo4j;
beforeAll(async () => {
  server = await cappedServer("4.4");
});
afterAll(() => server?.stop());

describe.each([
  { name: "without the UTC patch", patches: [] },
  { name: "with the UTC patch", patches: ["utc"] },
])("Bolt 4.4 $name on a real server", ({ patches }) => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await connect(server.uri, auth.basic(server.username, server.password), { patches });
  });
  afterAll(() => connection?.close());

  const answer = async (query: string, parameters: Record<string, unknown> = {}): Promise<unknown> => {
    for await (const [value] of connection.run(query, parameters)) return value;
    return undefined;
  };

  it("has agreed on it or not", () => {
    expect(connection.version).toBe("4.4");
    expect([...connection.codec.profile.patches]).toEqual(patches);
  });

  it.each(Object.entries(values))("echoes %s (MAP-01, TMP-02, SPA-01)", async (_, value) => {
    expect(await answer("RETURN $value AS value", { value })).toEqual(value);
  });

  it("reads the same instants as the server prints (TMP-05)", async () => {
    expect(await answer("RETURN datetime('2024-07-01T12:34:56.000000789[Europe/Paris]')")).toEqual(
      new DateTime(2024, 7, 1, 12, 34, 56, 789, undefined, "Europe/Paris"),
    );
    const sent = new DateTime(2024, 2, 29, 23, 59, 59, 1, -3 * 3600);
    expect(await answer("RETURN toString($value)", { value: sent })).toBe("2024-02-29T23:59:59.000000001-03:00");
  });
});
