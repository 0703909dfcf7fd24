import { RoutingServiceUnavailable, SessionExpired } from "@fulgur/neo4j-core";
import { describe, expect, it } from "vitest";
import { bookmarkManager } from "../src/index.ts";
import { driverOf, numbers, ScriptedServer } from "./scripted-server.ts";

function routedDriver(server: ScriptedServer) {
  server.answers.set("Q", { rows: numbers(1) });
  return driverOf(server, {}, "neo4j://server:7687?policy=eu");
}

describe("a neo4j scheme", () => {
  it("asks for the home database once and names it for the whole session (SES-14, CONN-15, CONN-21)", async () => {
    const server = new ScriptedServer();
    const { driver } = routedDriver(server);
    const session = driver.session();
    await session.run("Q");
    server.homeDatabase = "moved";
    await session.run("Q");
    expect(server.of("ROUTE").map(({ routing, extra }) => [routing, extra])).toEqual([
      [{ policy: "eu", address: "server:7687" }, {}],
    ]);
    expect(server.of("RUN").map(({ extra }) => extra.db)).toEqual(["home", "home"]);
    await driver.session().run("Q");
    expect(server.of("RUN").at(-1)?.extra.db).toBe("moved");
  });

  it("asks for a database by its name, with what the session has seen (BKM-13)", async () => {
    const server = new ScriptedServer();
    const { driver } = routedDriver(server);
    await driver.executeQuery("Q", {}, { database: "a" });
    await driver.executeQuery("Q", {}, { database: "b", impersonatedUser: "bob" });
    expect(server.of("ROUTE").map(({ bookmarks, extra }) => [bookmarks, extra])).toEqual([
      [[], { db: "a" }],
      [["b1"], { db: "b", impUser: "bob" }],
    ]);
  });

  it("asks a manager for bookmarks when there is somebody to send them to: a router, then the server (BKM-08, BKM-13)", async () => {
    const server = new ScriptedServer();
    const { driver } = routedDriver(server);
    let asked = 0;
    const manager = bookmarkManager({ bookmarksSupplier: () => [`supplied ${++asked}`] });
    for (let i = 0; i < 2; i++) await driver.executeQuery("Q", {}, { database: "a", bookmarkManager: manager });
    expect(server.of("ROUTE").map(({ bookmarks }) => bookmarks)).toEqual([["supplied 1"]]);
    expect(server.of("BEGIN").map(({ extra }) => extra.bookmarks)).toEqual([["supplied 2"], ["b1", "supplied 3"]]);
  });

  it("gives the connection back when a manager has no bookmarks to give (BKM-08)", async () => {
    const server = new ScriptedServer();
    const { driver } = routedDriver(server);
    let works = false;
    const supplier = () => {
      if (!works) throw new Error("no bookmarks today");
      return [];
    };
    const session = { database: "a", bookmarkManager: bookmarkManager({ bookmarksSupplier: supplier }) };
    await driver.session({ database: "a" }).run("Q");
    await expect(driver.session(session).run("Q")).rejects.toThrow("no bookmarks today");
    works = true;
    await driver.session(session).run("Q");
    expect(server.of("HELLO")).toHaveLength(1);
  });

  it("is direct with a bolt scheme: nothing is asked, no database is named (SES-13, CONN-17)", async () => {
    const server = new ScriptedServer();
    const { driver } = driverOf(server);
    const session = driver.session();
    await session.run("Q");
    await session.run("Q");
    expect(server.of("ROUTE")).toEqual([]);
    expect(server.of("RUN").map(({ extra }) => extra.db ?? null)).toEqual([null, null]);
  });

  it("asks anew after a lost connection, and a managed transaction goes on there (ERR-27)", async () => {
    const server = new ScriptedServer();
    const { driver, clock } = routedDriver(server);
    let left = 1;
    server.answers.set("flaky", () => (left-- > 0 ? { drops: true } : { rows: numbers(1) }));
    await driver.executeQuery("Q", {}, { database: "a" });
    const result = driver.executeQuery("flaky", {}, { database: "a" });
    await clock.advance(10_000);
    expect((await result).records).toHaveLength(1);
    expect(server.of("ROUTE")).toHaveLength(2);
    server.answers.set("drops", { drops: true });
    await expect(driver.session({ database: "a" }).run("drops")).rejects.toBeInstanceOf(SessionExpired);
  });

  it("says at once when no router can be reached", async () => {
    const server = new ScriptedServer();
    server.intercept = (request, peer) => {
      if (request.type === "HELLO") peer.drop();
      return request.type === "HELLO";
    };
    const { driver } = routedDriver(server);
    await expect(driver.executeQuery("Q")).rejects.toBeInstanceOf(RoutingServiceUnavailable);
  });

  it("drops a writer that doesn't lead, asks anew and goes on (ERR-15)", async () => {
    const server = new ScriptedServer();
    const { driver, clock } = routedDriver(server);
    let left = 1;
    const notALeader = { fails: { code: "Neo.ClientError.Cluster.NotALeader" } };
    server.answers.set("Q", () => (left-- > 0 ? notALeader : { rows: numbers(1) }));
    const result = driver.executeQuery("Q", {}, { database: "a" });
    await clock.advance(10_000);
    expect((await result).records).toHaveLength(1);
    expect(server.of("ROUTE")).toHaveLength(2);
  });
});
