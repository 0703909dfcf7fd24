/** A bad network between driver and a real server: the right error in time, never a wrong answer, never a hang. */
import {
  auth,
  CallTimeoutError,
  type Config,
  type Driver,
  driver,
  IncompleteCommit,
  ServiceUnavailable,
} from "@fulgur/neo4j-driver";
import { type Neo4j, startNeo4j } from "@fulgur/neo4j-testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Direction, type Faults, type Proxy, startProxy } from "./proxy.ts";

let server: Neo4j;
let proxy: Proxy;
/** A way to the server without the proxy, to see what really happened. */
let plain: Driver;
beforeAll(async () => {
  // The server says: two seconds of silence are too long.
  server = await startNeo4j({ settings: { "server.bolt.connection_keep_alive": "1s" } });
  plain = driver(server.uri, auth.basic(server.username, server.password));
});
afterAll(async () => {
  await plain?.close();
  await server?.stop();
});
beforeEach(async () => {
  proxy = await startProxy(server);
});
afterEach(() => proxy[Symbol.asyncDispose]());

const through = (config: Config = {}) =>
  driver(`bolt://127.0.0.1:${proxy.port}`, auth.basic(server.username, server.password), {
    initialRetryDelay: 1,
    ...config,
  });

const query = "UNWIND range(1, 50) AS i RETURN i, i / 8.0 AS f, 'näme ' + i AS s, [i, null, true] AS l, {a: i} AS m";
const rows = Array.from({ length: 50 }, (_, at) => at + 1).map((i) => ({
  i,
  f: i / 8,
  s: `näme ${i}`,
  l: [i, null, true],
  m: { a: i },
}));
const read = (db: Driver) => db.session({ fetchSize: 7 }).run(query).rows();

let marks = 0;
const count = async (mark: number) =>
  (await plain.executeQuery("MATCH (n:Mark {mark: $mark}) RETURN count(n) AS n", { mark })).records[0]?.get("n");

/** What a write came to: its error, if any, and how often it is there. */
async function write(db: Driver, how: "managed" | "explicit") {
  const mark = ++marks;
  const create = "CREATE (:Mark {mark: $mark})";
  const session = db.session();
  const work =
    how === "managed"
      ? session.executeWrite((tx) => tx.run(create, { mark }))
      : (async () => {
          const tx = await session.beginTransaction();
          await tx.run(create, { mark });
          await tx.commit();
        })();
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  await session.close();
  return { error, found: await count(mark) };
}

/** Where the steps of a write begin and end: the sums of the pieces that went through without faults. */
async function steps(): Promise<[Direction, number][]> {
  await using clear = await startProxy(server);
  const uri = `bolt://127.0.0.1:${clear.port}`;
  {
    await using db = driver(uri, auth.basic(server.username, server.password));
    expect(await write(db, "explicit")).toEqual({ error: undefined, found: 1 });
  }
  const sums = { up: 0, down: 0 };
  return clear.pieces.map(([direction, size]) => [direction, (sums[direction] += size)]);
}

describe("answers", () => {
  it.each<[string, Faults]>([
    ["come late", { latency: 20 }],
    ["come byte by byte", { byteByByte: true }],
  ])("that %s are the same", async (_, faults) => {
    proxy.faults = faults;
    await using db = through();
    expect(await read(db)).toEqual(rows);
    expect(await write(db, "explicit")).toEqual({ error: undefined, found: 1 });
  });
});

describe("a connection that is cut", () => {
  it.each(["reset", "end"] as const)(
    "at any step of a transaction, by %s: an error of availability, and no doubt but at COMMIT",
    async (how) => {
      const places = await steps();
      expect(places.length).toBeGreaterThan(8);
      let unknown = 0;
      for (const [direction, sum] of places) {
        for (const bytes of [sum - 1, sum, sum + 1]) {
          proxy.faults = { cut: { direction, bytes, how } };
          await using db = through({ maxTransactionRetryTime: 0 });
          const { error, found } = await write(db, "explicit");
          const at = `cut ${direction} after ${bytes}: ${error}`;
          if (error === undefined) expect(found, at).toBe(1);
          else if (error instanceof IncompleteCommit) {
            unknown++;
            expect(found, at).toBeLessThanOrEqual(1);
          } else {
            // In the middle of the handshake's answer a server would break the protocol.
            expect(error, at).toMatchObject({
              name: expect.stringMatching(/^(ServiceUnavailable|BoltProtocolError)$/),
            });
            expect(found, at).toBe(0);
          }
          proxy.faults = {};
          await gone("end");
          const afterwards = await db.executeQuery("RETURN 1 AS one").catch((reason: unknown) => reason);
          expect(afterwards, at).toMatchObject({ records: { length: 1 } });
        }
      }
      expect(unknown).toBeGreaterThan(0);
    },
  );

  it("inside a result at any byte: the whole result or an error, never a part or another", async () => {
    const sizes = { before: 0, after: 0 };
    {
      await using db = through();
      await db.verifyConnectivity();
      sizes.before = sum("down");
      expect(await read(db)).toEqual(rows);
      sizes.after = sum("down");
    }
    let whole = 0;
    for (let bytes = sizes.before + 1; bytes < sizes.after; bytes += 37) {
      proxy.faults = { cut: { direction: "down", bytes, how: "end" } };
      await using db = through({ maxTransactionRetryTime: 0 });
      const result = await read(db).catch((error: unknown) => error);
      if (Array.isArray(result)) whole++;
      if (Array.isArray(result)) expect(result).toEqual(rows);
      else expect(result, `after ${bytes}`).toMatchObject({ name: expect.stringMatching(/^ServiceUnavailable$/) });
    }
    expect(whole).toBe(0);
  });

  it("in a managed transaction is made good by another attempt, or said to be in doubt", async () => {
    const places = await steps();
    let again = 0;
    for (const [direction, bytes] of places) {
      await using db = through();
      // A driver that has never had a connection tries no second time: the first is a good one.
      await db.verifyConnectivity();
      await gone("end");
      // Only the second one is bad.
      proxy.faults = { cut: { direction, bytes, how: "reset" } };
      const made = proxy.made;
      const healed = until(() => proxy.made > made).then(() => (proxy.faults = {}));
      const { error, found } = await write(db, "managed");
      await healed;
      if (error === undefined) expect(found).toBe(1);
      else expect(error, `cut ${direction} after ${bytes}`).toBeInstanceOf(IncompleteCommit);
      if (proxy.made > made + 1 && error === undefined) again++;
    }
    expect(again).toBeGreaterThan(3);
  });

  it("while it is idle is replaced, and nobody notices", async () => {
    await using db = through({ maxTransactionRetryTime: 0 });
    for (const how of ["reset", "end"] as const) {
      expect(await read(db)).toEqual(rows);
      expect(await gone(how)).toBe(1);
    }
    expect(await read(db)).toEqual(rows);
    expect(proxy.made).toBe(3);
  });
});

describe("a server that is silent, and whose connection stays open,", () => {
  it.each(["the start", "the handshake", "HELLO's answer"])("from %s on: loginTimeout ends it", async (step) => {
    const places = await steps();
    const downs = places.filter(([direction]) => direction === "down").map(([, bytes]) => bytes);
    const bytes = { "the start": 0, "the handshake": downs[0]!, "HELLO's answer": downs[1]! - 3 }[step]!;
    proxy.faults = { stall: { direction: "down", bytes } };
    await using db = through({ loginTimeout: 250, maxTransactionRetryTime: 0 });
    const error = await db.executeQuery("RETURN 1").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect((error as Error).message).toMatch(/within 250 ms/);
  });

  it("while a query runs: the time that the server itself has named ends it", async () => {
    await using db = through({ maxTransactionRetryTime: 0 });
    const session = db.session({ fetchSize: 5 });
    const result = session.run("UNWIND range(1, 1000) AS i RETURN i")[Symbol.asyncIterator]();
    await result.next();
    proxy.stallAll();
    const error = await (async () => {
      for (;;) if ((await result.next()).done) return undefined;
    })().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ServiceUnavailable);
    await session.close();
    expect(await read(db)).toEqual(rows);
  });

  it("at COMMIT: the outcome is in doubt, and the error says so", async () => {
    await using db = through();
    const session = db.session();
    const tx = await session.beginTransaction();
    await tx.run("CREATE (:Mark {mark: -1})");
    proxy.stallAll();
    await expect(tx.commit()).rejects.toThrow(IncompleteCommit);
    await session.close();
    expect(await count(-1)).toBe(0);
  });

  it("while a query runs: the caller's own limit ends it sooner", async () => {
    await using db = through();
    await db.verifyConnectivity();
    proxy.stallAll();
    await expect(db.executeQuery("RETURN 1", {}, { totalTimeout: 200 })).rejects.toThrow(CallTimeoutError);
    const controller = new AbortController();
    const aborted = db.executeQuery("RETURN 1", {}, { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(aborted).rejects.toThrow("enough");
  });

  it("while a connection is tested before it is used: connectionAcquisitionTimeout ends it", async () => {
    await using db = through({
      connectionLivenessCheckTimeout: 0,
      connectionAcquisitionTimeout: 300,
      maxTransactionRetryTime: 0,
    });
    await db.verifyConnectivity();
    proxy.stallAll();
    const error = await db.executeQuery("RETURN 1").catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: "ConnectionAcquisitionTimeoutError",
      message: expect.stringContaining("300 ms"),
    });
  });

  it("doesn't keep a driver from closing", async () => {
    const db = through();
    const running = db.executeQuery("RETURN 1").catch(() => {});
    await running;
    proxy.stallAll();
    const pending = db.executeQuery("RETURN 1").catch((error: Error) => error);
    await db.close();
    expect(await pending).toBeInstanceOf(Error);
  });

  it("and that reads nothing: connectionWriteTimeout ends it", async () => {
    await using db = through({ connectionWriteTimeout: 200, maxTransactionRetryTime: 0 });
    await db.verifyConnectivity();
    const sent = proxy.pieces.filter(([direction]) => direction === "up").length;
    expect(sent).toBeGreaterThan(1);
    proxy.stallAll();
    const text = "x".repeat(32 << 20);
    await expect(db.executeQuery("RETURN size($text)", { text })).rejects.toThrow(ServiceUnavailable);
  });
});

/** Ends the connections that are open, and waits until the driver has seen it. */
async function gone(how: "reset" | "end"): Promise<number> {
  const cut = proxy.cut(how);
  await until(() => proxy.open === 0);
  for (let i = 0; i < 3; i++) await settled();
  return cut;
}

describe("a server that doesn't encrypt", () => {
  it("tells a client that does at once, and not by a time-out", async () => {
    await using db = driver(server.uri.replace("bolt", "bolt+ssc"), auth.none(), { maxTransactionRetryTime: 0 });
    const error = await db.executeQuery("RETURN 1").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect((error as Error).message).toMatch(/TLS.*bolt:\/\//);
  });
});

function sum(direction: Direction): number {
  return proxy.pieces.filter(([way]) => way === direction).reduce((all, [, size]) => all + size, 0);
}

/** Waits, without a limit of its own, until something is so; the test's time-out is the limit. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await settled();
}

/** What has arrived is dealt with. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
