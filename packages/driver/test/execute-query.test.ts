import { inspect } from "node:util";
import { DriverError, IncompleteCommit, ParameterError, ServiceUnavailable, TransientError } from "@fulgur/neo4j-core";
import { describe, expect, it } from "vitest";
import {
  bookmarkManager,
  ConfigurationError,
  Node,
  Query,
  resultTransformers,
  routing,
  UnsupportedType,
} from "../src/index.ts";
import { driverOf, numbers, ScriptedServer } from "./scripted-server.ts";

const transient = { code: "Neo.TransientError.General.Foo" };

function serverWith(rows = numbers(3)): ScriptedServer {
  const server = new ScriptedServer();
  server.answers.set("Q", { rows });
  return server;
}

describe("executeQuery", () => {
  it("gives records, summary and keys, by name and in order (EQ-04, EQ-16, RES-21)", async () => {
    const { driver } = driverOf(serverWith());
    const result = await driver.executeQuery<{ n: number }>("Q");
    const [records, summary, keys] = result;
    expect(records.map((record) => record.get("n"))).toEqual([1, 2, 3]);
    expect(keys).toEqual(["n"]);
    expect(summary.query).toEqual({ text: "Q", parameters: {} });
    expect([result[0], result[1], result[2]]).toEqual([result.records, result.summary, result.keys]);
    expect(result.records).toBe(records);
    expect(() => Object.assign(result, { records: [] })).toThrow(TypeError);
    expect(() => Object.assign(keys as string[], { 0: "m" })).toThrow(TypeError);
  });

  it("has its summary as any other property, whichever way the query went (EQ-04)", async () => {
    const { driver } = driverOf(serverWith());
    for (const routing of ["READ", "WRITE"] as const) {
      const result = await driver.executeQuery("Q", {}, { routing });
      expect(Object.keys(result).sort()).toEqual(["keys", "records", "summary"]);
      expect({ ...result }.summary).toBe(result.summary);
      expect(JSON.parse(JSON.stringify(result)).summary.query.text).toBe("Q");
      expect(inspect(result, { depth: 3 })).toMatch(/^EagerResult \{[\s\S]*text: 'Q'/);
      expect(() => Object.assign(result, { summary: undefined })).toThrow(TypeError);
    }
  });

  it("asks a bookmark manager's own methods, also those put in the place of the usual ones (EQ-13)", async () => {
    const manager = bookmarkManager();
    const told: string[][] = [];
    const changed = Object.assign(manager, {
      getBookmarks: async () => ["own"],
      updateBookmarks: async (_previous: Iterable<string>, next: Iterable<string>) => void told.push([...next]),
    });
    const server = serverWith();
    const { driver } = driverOf(server);
    await driver.executeQuery("Q", {}, { bookmarkManager: changed });
    expect(server.of("BEGIN")[0]?.extra.bookmarks).toEqual(["own"]);
    expect(told).toHaveLength(1);
  });

  it("reads in one round trip: BEGIN, RUN, PULL all and COMMIT in one write", async () => {
    const server = serverWith();
    const { driver } = driverOf(server);
    const { records } = await driver.executeQuery("Q", { a: 1 }, { routing: "READ" });
    expect(records).toHaveLength(3);
    expect(server.flights.at(-1)).toEqual(["BEGIN", "RUN", "PULL", "COMMIT"]);
    expect(server.of("BEGIN")[0]?.extra).toMatchObject({ mode: "r" });
    expect(server.of("PULL")[0]?.extra.n).toBe(-1);
    expect(server.of("RUN")[0]).toMatchObject({ query: "Q", parameters: { a: 1 } });
  });

  it("writes with COMMIT after the result, and sends BEGIN and RUN together (EQ-18)", async () => {
    const server = serverWith();
    await driverOf(server).driver.executeQuery("Q");
    expect(server.flights.slice(-2)).toEqual([["BEGIN", "RUN", "PULL"], ["COMMIT"]]);
    expect(server.of("BEGIN")[0]?.extra).not.toHaveProperty("mode", "r");
  });

  it.each(["READ", "WRITE"] as const)("tries a %s again after a retryable failure (EQ-02)", async (routing) => {
    const server = new ScriptedServer();
    let left = 2;
    server.answers.set("Q", () => (left-- > 0 ? { fails: transient } : { rows: numbers(1) }));
    const { driver, clock } = driverOf(server);
    const result = driver.executeQuery("Q", {}, { routing });
    await clock.advance(10_000);
    expect((await result).records).toHaveLength(1);
    expect(server.of("BEGIN")).toHaveLength(3);
    expect(server.of("COMMIT")).toHaveLength(routing === "READ" ? 3 : 1);
  });

  it("reads again after a lost connection, though COMMIT was on its way", async () => {
    const server = new ScriptedServer();
    let left = 1;
    server.answers.set("Q", () => (left-- > 0 ? { drops: true } : { rows: numbers(1) }));
    const { driver, clock } = driverOf(server);
    const result = driver.executeQuery("Q", {}, { routing: "READ" });
    await clock.advance(10_000);
    expect((await result).records).toHaveLength(1);
  });

  it("with commitInFlight, a connection lost while writing is an IncompleteCommit and nothing is repeated", async () => {
    const server = new ScriptedServer();
    server.answers.set("Q", { drops: true });
    const { driver, clock } = driverOf(server);
    await driver.verifyConnectivity();
    const result = driver.executeQuery("Q", {}, { commitInFlight: true }).catch((error: unknown) => error);
    await clock.advance(60_000);
    expect(await result).toBeInstanceOf(IncompleteCommit);
    expect(server.of("RUN")).toHaveLength(1);
  });

  it("doesn't try again before any server was reached: a wrong address is heard of at once", async () => {
    const server = new ScriptedServer();
    server.intercept = (request, peer) => {
      if (request.type === "HELLO") peer.drop();
      return request.type === "HELLO";
    };
    const { driver } = driverOf(server);
    await expect(driver.executeQuery("Q")).rejects.toBeInstanceOf(ServiceUnavailable);
    expect(server.connections).toHaveLength(1);
  });

  it("chains its queries by bookmarks unless told otherwise (EQ-13, EQ-21, DRV-16)", async () => {
    const server = serverWith();
    const { driver } = driverOf(server);
    await driver.executeQuery("Q");
    await driver.executeQuery("Q", {}, { routing: "READ" });
    await driver.executeQuery("Q", {}, { bookmarkManager: null });
    const own = bookmarkManager({ initialBookmarks: ["mine"] });
    await driver.executeQuery("Q", {}, { bookmarkManager: own });
    expect(server.of("BEGIN").map(({ extra }) => extra.bookmarks)).toEqual([undefined, ["b1"], undefined, ["mine"]]);
    expect([...(await own.getBookmarks())]).toEqual(["b4"]);
    expect([...(await driver.executeQueryBookmarkManager.getBookmarks())]).toEqual(["b2"]);
  });

  it("sends database, impersonated user and a Query's configuration (EQ-05, EQ-10, EQ-11)", async () => {
    const server = serverWith();
    const { driver } = driverOf(server);
    const query = new Query("Q", { metadata: { job: 7 }, timeout: 0.2 });
    await driver.executeQuery(query, {}, { database: "movies", impersonatedUser: "bob", bookmarkManager: null });
    await driver.executeQuery(query, {}, { routing: "READ", bookmarkManager: null });
    expect(server.of("BEGIN").map(({ extra }) => extra)).toEqual([
      { db: "movies", impUser: "bob", txMetadata: { job: 7 }, txTimeout: 1 },
      expect.objectContaining({ mode: "r", txMetadata: { job: 7 }, txTimeout: 1 }),
    ]);
  });

  it("has constants for its routing, which are texts, and takes npm's and the short form (EQ-09)", async () => {
    expect(routing).toEqual({ READ: "READ", WRITE: "WRITE" });
    const server = serverWith();
    const { driver } = driverOf(server);
    const ways = [routing.READ, "READ", "r", routing.WRITE, "WRITE", "w", undefined] as const;
    for (const way of ways) await driver.executeQuery("Q", {}, { routing: way });
    expect(server.of("BEGIN").map(({ extra }) => extra.mode)).toEqual(["r", "r", "r", ...Array(4).fill(undefined)]);
  });

  it("has no reserved parameter names (EQ-06)", async () => {
    const server = serverWith();
    await driverOf(server).driver.executeQuery("Q", { database_: "x", routing: 1 });
    expect(server.of("RUN")[0]?.parameters).toEqual({ database_: "x", routing: 1 });
  });

  it("gives what a transformer makes, which runs once an attempt (EQ-14)", async () => {
    const server = new ScriptedServer();
    let left = 1;
    server.answers.set("Q", () => (left-- > 0 ? { rows: numbers(1), breaks: transient } : { rows: numbers(3) }));
    const { driver, clock } = driverOf(server);
    const seen: unknown[] = [];
    const result = driver.executeQuery(
      "Q",
      {},
      {
        resultTransformer: async (result) => {
          seen.push(result);
          return (await result.rows()).length;
        },
      },
    );
    await clock.advance(10_000);
    expect(await result).toBe(3);
    expect(new Set(seen).size).toBe(2);
  });

  it("has ready-made transformers", async () => {
    const { driver } = driverOf(serverWith());
    const run = <T>(resultTransformer: (result: never) => T) =>
      driver.executeQuery("Q", {}, { resultTransformer: resultTransformer as never });
    const mapped = resultTransformers.mapped({
      map: (record) => (record.get("n") === 2 ? undefined : Number(record.get("n")) * 10),
      collect: (values, summary, keys) => ({ values, keys, database: summary.database.name }),
    });
    expect(await run(mapped as never)).toEqual({ values: [10, 30], keys: ["n"], database: "neo4j" });
    expect(await run(resultTransformers.rows() as never)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(await run(resultTransformers.summary() as never)).toMatchObject({ queryType: "r" });
    expect((await run(resultTransformers.eager() as never)) as object).toMatchObject({ keys: ["n"] });
    await expect(run(resultTransformers.single() as never)).rejects.toThrow("several");
  });

  it("rolls back when the transformer throws, and gives the connection back (EQ-20)", async () => {
    const server = serverWith();
    const { driver } = driverOf(server, { maxConnectionPoolSize: 1 });
    const mine = new RangeError("mine");
    const broken = driver.executeQuery(
      "Q",
      {},
      {
        resultTransformer: () => {
          throw mine;
        },
      },
    );
    await expect(broken).rejects.toBe(mine);
    expect(server.talk.slice(-1)).toEqual(["ROLLBACK"]);
    expect((await driver.executeQuery("Q")).records).toHaveLength(3);
  });

  it("sends nothing for a parameter that can't be sent, and says where it is (QRY-05, QRY-06, QRY-07)", async () => {
    const server = serverWith();
    const { driver } = driverOf(server);
    for (const routing of ["READ", "WRITE"] as const) {
      const error = await driver.executeQuery("Q", { a: { b: [1, () => 1] } }, { routing }).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(ParameterError);
      expect(error).toMatchObject({ path: "a.b[1]", type: "function" });
    }
    expect(server.of("RUN")).toEqual([]);
    expect((await driver.executeQuery("Q")).records).toHaveLength(3);
  });

  it("says where a graph value is, and nothing that is in it (QRY-05, QRY-07)", async () => {
    const server = serverWith();
    const { driver } = driverOf(server);
    const node = new Node(1, ["Person"], { name: "a secret" }, "4:x:1");
    for (const [value, path] of [
      [new Set([1, node]), "a[1]"],
      [new Map<unknown, unknown>([["key", node]]), "a.key"],
      [new Map<unknown, unknown>([[node, 1]]), "a"],
      [{ list: [[node]] }, "a.list[0][0]"],
      [new UnsupportedType("NEW", { major: 7, minor: 0 }), "a"],
    ] as const) {
      const error = await driver.executeQuery("Q", { a: value }).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(ParameterError);
      expect(error).toMatchObject({ path });
      expect((error as Error).message).not.toContain("secret");
    }
    expect(server.of("RUN")).toEqual([]);
  });

  it.each([
    [{ routng: "READ" }, /Unknown executeQuery option: routng \(did you mean routing\?\)/],
    [
      { timeout: 5 },
      /Unknown executeQuery option: timeout \(give it to the query: `new Query\(text, \{ timeout, metadata \}\)`\)/,
    ],
    [{ transactionConfig: {} }, /transactionConfig \(give it to the query/],
    [{ routing: "READERS" }, /`routing` must be "READ" or "WRITE"/],
    [{ database: 7 }, /`database` must be a text/],
    [{ bookmarkManager: {} }, /`bookmarkManager` must have/],
    [{ resultTransformer: 1 }, /`resultTransformer` must be a function/],
  ])("refuses %o (DRV-02)", async (config, message) => {
    const { driver } = driverOf(serverWith());
    const refused = driver.executeQuery("Q", {}, config as never);
    await expect(refused).rejects.toBeInstanceOf(ConfigurationError);
    await expect(refused).rejects.toThrow(message);
  });

  it("fails at once on a closed driver (EQ-19, DRV-06)", async () => {
    const server = serverWith();
    const { driver } = driverOf(server);
    await driver.close();
    await expect(driver.executeQuery("Q")).rejects.toBeInstanceOf(DriverError);
    expect(server.connections).toEqual([]);
  });

  it("cancels: nothing is sent after an abort, and what runs is interrupted", async () => {
    const server = serverWith();
    const { driver } = driverOf(server);
    const early = AbortSignal.abort(new Error("too late"));
    await expect(driver.executeQuery("Q", {}, { signal: early })).rejects.toThrow("too late");
    expect(server.connections).toEqual([]);
    for (const routing of ["READ", "WRITE"] as const) {
      const abort = new AbortController();
      let held = 0;
      server.intercept = (request, peer) => {
        if (request.type === "PULL") queueMicrotask(() => abort.abort(new Error("enough")));
        if (request.type === "RESET") while (held > 0 && held--) peer.ignore();
        const holds = request.type === "PULL" || request.type === "COMMIT";
        if (holds) held++;
        return holds;
      };
      await expect(driver.executeQuery("Q", {}, { signal: abort.signal, routing })).rejects.toThrow("enough");
    }
    server.intercept = () => undefined;
    expect((await driver.executeQuery("Q")).records).toHaveLength(3);
    expect(server.connections).toHaveLength(1);
  });

  it("reports itself once where the server counts the use of interfaces (DRV-34)", async () => {
    const server = new ScriptedServer();
    server.hints["telemetry.enabled"] = true;
    let left = 1;
    server.answers.set("Q", () => (left-- > 0 ? { fails: transient } : { rows: numbers(1) }));
    const { driver, clock } = driverOf(server);
    const result = driver.executeQuery("Q");
    await clock.advance(5_000);
    await result;
    expect(server.of("TELEMETRY").map(({ api }) => api)).toEqual([3]);
    expect(server.of("BEGIN")).toHaveLength(2);
    const silent = driverOf(server, { telemetryDisabled: true });
    await silent.driver.executeQuery("Q");
    expect(server.of("TELEMETRY")).toHaveLength(1);
  });

  it("throws the last error when time is over (TX-22)", async () => {
    const server = new ScriptedServer();
    server.answers.set("Q", { fails: transient });
    const { driver, clock } = driverOf(server, { maxTransactionRetryTime: 2_000 });
    const result = driver.executeQuery("Q").catch((error: unknown) => error);
    await clock.advance(60_000);
    expect(await result).toBeInstanceOf(TransientError);
    expect(server.of("BEGIN").length).toBeGreaterThan(1);
  });
});
