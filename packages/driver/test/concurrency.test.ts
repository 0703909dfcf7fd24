import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bookmarkManager } from "../src/index.ts";
import { Session } from "../src/session.ts";
import { settle } from "./fake-clock.ts";
import { driverOf, numbers, ScriptedServer } from "./scripted-server.ts";

function serverWith(rows = 3): ScriptedServer {
  const server = new ScriptedServer();
  server.answers.set("Q", { rows: numbers(rows) });
  return server;
}

describe("the methods that talk to a server", () => {
  it("give promises, or a result that is a PromiseLike and an async iterable (ASY-01, TX-01)", async () => {
    const { driver } = driverOf(serverWith());
    const session = driver.session();
    const result = session.run("Q");
    expect([typeof result.then, typeof result[Symbol.asyncIterator]]).toEqual(["function", "function"]);
    await result;
    const tx = await session.beginTransaction();
    const promises = [
      tx.commit(),
      tx.close(),
      session.executeRead(() => 1),
      driver.executeQuery("Q"),
      driver.verifyConnectivity(),
      driver.getServerInfo(),
    ];
    for (const promise of promises) expect(promise).toBeInstanceOf(Promise);
    await Promise.allSettled(promises);
    for (const promise of [session.lastBookmarks(), session.close(), driver.close()]) {
      expect(promise).toBeInstanceOf(Promise);
      await promise;
    }
  });

  it("are three kinds of transactions, each by one name (TX-01, TX-30, BKM-07)", () => {
    const methods = Object.getOwnPropertyNames(Session.prototype);
    expect(methods).toEqual(expect.arrayContaining(["run", "beginTransaction", "executeRead", "executeWrite"]));
    for (const old of ["readTransaction", "writeTransaction", "lastBookmark"]) expect(methods).not.toContain(old);
  });

  it("block nobody: no package waits for a file or for another thread (ASY-01)", () => {
    const sources = new URL("../../", import.meta.url);
    const blocking: string[] = [];
    let files = 0;
    for (const name of ["types", "codec", "core", "pool", "driver"]) {
      for (const entry of readdirSync(new URL(`${name}/src`, sources), { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !entry.name.endsWith(".ts")) continue;
        files++;
        const path = `${entry.parentPath}/${entry.name}`;
        // The system's certificate authorities are read once for a process; Node itself reads them so.
        if (entry.name === "system-authorities.ts") continue;
        if (/Atomics\.wait\b|\b\w+Sync\(/.test(readFileSync(path, "utf8"))) blocking.push(path);
      }
    }
    expect(files).toBeGreaterThan(100);
    expect(blocking).toEqual([]);
  });
});

describe("drivers side by side", () => {
  it("share nothing that one of them could feel of the other (ASY-08)", async () => {
    const logs: string[][] = [[], []];
    const made = logs.map((log, at) => {
      const server = serverWith(at + 1);
      const logger = (_: string, message: unknown) => void log.push(String(message));
      const config = { fetchSize: at + 1, logging: { level: "info", logger } } as const;
      return { server, ...driverOf(server, config) };
    });
    const [one, two] = made as [(typeof made)[number], (typeof made)[number]];
    const results = await Promise.all(made.map(({ driver }) => driver.session().run("Q")));
    expect(results.map(({ records }) => records.length)).toEqual([1, 2]);
    expect([one.server.of("PULL")[0]?.extra.n, two.server.of("PULL")[0]?.extra.n]).toEqual([1, 2]);
    const heard = logs.map((log) => log.length);
    await one.driver.close();
    expect(logs[0]!.length).toBeGreaterThan(heard[0]!);
    expect(logs[1]!.length).toBe(heard[1]);
    expect((await two.driver.executeQuery("Q")).records).toHaveLength(2);
    expect(two.driver.closed).toBe(false);
  });
});

describe("a bookmark manager that many use at once", () => {
  it("loses no bookmark (ASY-04, BKM-08)", async () => {
    const told: number[] = [];
    let asked = 0;
    const manager = bookmarkManager({
      initialBookmarks: ["start"],
      bookmarksSupplier: async () => {
        asked++;
        await settle();
        return [];
      },
      bookmarksConsumer: async (bookmarks) => {
        told.push(bookmarks.size);
        await settle();
      },
    });
    const seen = await Promise.all(Array.from({ length: 100 }, () => manager.getBookmarks()));
    await Promise.all(seen.map((before, at) => manager.updateBookmarks(before, [`b${at}`])));
    expect(seen).toHaveLength(100);
    expect([asked, told.length]).toEqual([100, 100]);
    // Each replaced only what it had seen; what the others made meanwhile is all there.
    const left = new Set(await manager.getBookmarks());
    expect(left.has("start")).toBe(false);
    for (let at = 0; at < 100; at++) expect(left.has(`b${at}`)).toBe(true);
  });
});
