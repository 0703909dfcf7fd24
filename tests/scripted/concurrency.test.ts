/** Many callers at once, and the event loop that they share. */
import { bookmarkManager, ConnectionAcquisitionTimeoutError, driver } from "@fulgur/neo4j-driver";
import { answering, startScriptedServer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failureOf, token } from "./play.ts";

describe("a driver that many use at once", () => {
  it("gives each of 500 its own answer, over a few connections (ASY-02)", async () => {
    const conversation = answering((_, { n }) => ({ fields: ["n"], records: [[n], [Number(n) * 2]] }));
    await using server = await startScriptedServer({ conversation });
    await using db = driver(server.uri, token, { maxConnectionPoolSize: 10 });
    const ways = [
      (n: number) => db.executeQuery<{ n: number }>("ECHO", { n }, { routing: "READ" }),
      (n: number) => db.executeQuery<{ n: number }>("ECHO", { n }),
      (n: number) => db.session().executeRead((tx) => tx.run<{ n: number }>("ECHO", { n })),
      (n: number) => db.session().run<{ n: number }>("ECHO", { n }),
    ];
    const answers = await Promise.all(Array.from({ length: 500 }, async (_, n) => ways[n % ways.length]!(n)));
    for (const [n, { records }] of answers.entries()) {
      expect(records.map((record) => record.get("n"))).toEqual([n, n * 2]);
    }
    expect(server.peers.length).toBeLessThanOrEqual(10);
  });

  it("gives others their turn while a long result streams in (ASY-09)", async () => {
    await using server = await startScriptedServer({
      conversation: async (peer) => {
        await peer.login();
        await peer.receive("RUN");
        await peer.receive("PULL");
        peer.success({ fields: ["n", "text"] });
        for (let n = 0; n < 200_000; n++) peer.record(n, `row number ${n}`);
        peer.success();
        await peer.closed();
      },
    });
    await using db = driver(server.uri, token, { fetchSize: -1 });
    let [turns, mostBetweenTurns, count, before] = [0, 0, 0, 0];
    let isStreaming = true;
    const next = () => {
      turns++;
      mostBetweenTurns = Math.max(mostBetweenTurns, count - before);
      before = count;
      if (isStreaming) setImmediate(next);
    };
    setImmediate(next);
    for await (const _ of db.session().run("ALL")) count++;
    isStreaming = false;
    expect(count).toBe(200_000);
    expect(turns).toBeGreaterThan(20);
    // What is read between two turns is what had arrived, at most what may be unread.
    expect(mostBetweenTurns).toBeLessThan(70_000);
  });

  it("doesn't hang when a bookmark manager needs the connection that waits for it (ASY-07)", async () => {
    await using server = await startScriptedServer({ conversation: answering(() => ({})) });
    await using db = driver(server.uri, token, { maxConnectionPoolSize: 1, connectionAcquisitionTimeout: 50 });
    const manager = bookmarkManager({
      bookmarksSupplier: async () => {
        await db.executeQuery("WHERE ARE MY BOOKMARKS", {}, { bookmarkManager: null });
        return [];
      },
    });
    const failed = await failureOf(db.session({ bookmarkManager: manager }).run("RETURN 1"));
    expect(failed).toBeInstanceOf(ConnectionAcquisitionTimeoutError);
    // With a connection to spare it is but another query.
    await using roomy = driver(server.uri, token, { maxConnectionPoolSize: 2 });
    const chained = bookmarkManager({
      bookmarksSupplier: async () => {
        await roomy.executeQuery("WHERE ARE MY BOOKMARKS", {}, { bookmarkManager: null });
        return [];
      },
    });
    await roomy.session({ bookmarkManager: chained }).run("RETURN 1");
  });
});
