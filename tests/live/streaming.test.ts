import { auth, type Driver, driver } from "@fulgur/neo4j-driver";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anyServer, type Server } from "./server.ts";

let server: Server;
let db: Driver;

beforeAll(async () => {
  server = await anyServer();
  db = driver(server.uri, auth.basic(server.username, server.password));
});
afterAll(async () => {
  await db?.close();
  await server?.stop();
});

describe.each(["wasm", "plain"] as const)("streaming with the %s engine", (engine) => {
  it("iterates a million records in bounded memory (RES-24)", async () => {
    await using own = driver(server.uri, auth.basic(server.username, server.password), { engine });
    await using session = own.session();
    const before = process.memoryUsage().rss;
    let [count, sum, peak] = [0, 0, 0];
    for await (const record of session.run<{ n: number; text: string }>(
      "UNWIND range(1, 1000000) AS n RETURN n, 'row number ' + toString(n) AS text",
    )) {
      sum += record.get("n");
      if (++count % 50_000 === 0) peak = Math.max(peak, process.memoryUsage().rss);
    }
    expect(count).toBe(1_000_000);
    expect(sum).toBe((1_000_000 * 1_000_001) / 2);
    // All the rows together would take well over 100 MB of objects and strings.
    expect((peak - before) / 2 ** 20).toBeLessThan(250);
  });

  it("does not read ahead of a slow reader", async () => {
    await using own = driver(server.uri, auth.basic(server.username, server.password), { engine, fetchSize: 100 });
    await using session = own.session();
    const result = session.run<{ n: number }>("UNWIND range(1, 1000000) AS n RETURN n");
    const iterator = result[Symbol.asyncIterator]();
    expect((await iterator.next()).value?.get("n")).toBe(1);
    const summary = await result.consume();
    expect(summary.query.text).toContain("UNWIND");
  });
});

describe("one session", () => {
  it("buffers the rest of an earlier result when another query runs (SES-07)", async () => {
    await using session = db.session({ fetchSize: 10 });
    const first = session.run<{ n: number }>("UNWIND range(1, 100) AS n RETURN n");
    const second = await session.run<{ n: number }>("RETURN 7 AS n");
    expect(second.records[0]?.get("n")).toBe(7);
    const numbers: number[] = [];
    for await (const record of first) numbers.push(record.get("n"));
    expect(numbers).toHaveLength(100);
  });
});

describe("schemes", () => {
  it("runs through a routing table with neo4j:// against one server", async () => {
    await using routed = driver(
      server.uri.replace("bolt://", "neo4j://"),
      auth.basic(server.username, server.password),
    );
    await routed.verifyConnectivity();
    const { records, summary } = await routed.executeQuery("RETURN 1 AS one", {}, { routing: "READ" });
    expect(records[0]?.get("one")).toBe(1);
    expect(summary.database?.name).toBe("neo4j");
  });
});
