import {
  ClientError,
  IncompleteCommit,
  ParameterError,
  ResultConsumedError,
  ResultFailedError,
  SessionError,
  TransactionError,
  TransactionNestingError,
  TransientError,
} from "@fulgur/neo4j-core";
import { describe, expect, it } from "vitest";
import { Bookmarks, bookmarkManager, ConfigurationError, Query, type Session, unitOfWork } from "../src/index.ts";
import { settle } from "./fake-clock.ts";
import { driverOf, numbers, ScriptedServer } from "./scripted-server.ts";

const refused = { code: "Neo.ClientError.General.Foo" };
const transient = { code: "Neo.TransientError.General.Foo" };

function serverWith(rows = 5): ScriptedServer {
  const server = new ScriptedServer();
  server.answers.set("Q", { rows: numbers(rows) });
  server.answers.set("fails", { fails: refused });
  server.answers.set("breaks", { rows: numbers(2), breaks: refused });
  return server;
}

describe("a session", () => {
  it("borrows a connection only while something runs (DRV-10, SES-27)", async () => {
    const server = serverWith();
    const { driver } = driverOf(server, { maxConnectionPoolSize: 1 });
    const [one, two] = [driver.session(), driver.session()];
    expect(server.connections).toHaveLength(0);
    await one.run("Q");
    await two.run("Q");
    expect(server.connections).toHaveLength(1);
  });

  it("sends RUN and PULL in one write, with exactly the keys that are set (TX-04, SES-12, SES-17)", async () => {
    const server = serverWith();
    const { driver } = driverOf(server);
    const session = driver.session({
      database: "movies",
      defaultAccessMode: "READ",
      impersonatedUser: "bob",
      bookmarks: Bookmarks.fromRawValues(["b0"]),
    });
    await session.run(new Query("Q", { metadata: { job: 7 }, timeout: 1.6 }), { a: 1 });
    expect(server.flights.at(-1)).toEqual(["RUN", "PULL"]);
    expect(server.of("RUN")[0]).toMatchObject({
      parameters: { a: 1 },
      extra: { db: "movies", mode: "r", impUser: "bob", bookmarks: ["b0"], txMetadata: { job: 7 }, txTimeout: 2 },
    });
    await driver.session().run("Q");
    const extra = server.of("RUN")[1]?.extra as object;
    expect(Object.entries(extra).filter(([key, value]) => value !== undefined && key !== "mode")).toEqual([]);
  });

  it.each([
    [undefined, undefined],
    [0, 0],
    [0.2, 1],
    [1.6, 2],
    [30_000, 30_000],
  ])("sends a time-out of %s as %s (TX-08)", async (timeout, sent) => {
    const server = serverWith();
    const session = driverOf(server).driver.session();
    await session.run("Q", {}, { timeout });
    expect(server.of("RUN")[0]?.extra.txTimeout).toBe(sent);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, "30"])("refuses a time-out of %s (TX-08)", async (timeout) => {
    const server = serverWith();
    const session = driverOf(server).driver.session();
    const config = { timeout: timeout as number };
    await expect(session.run("Q", {}, config)).rejects.toBeInstanceOf(ConfigurationError);
    await expect(session.beginTransaction(config)).rejects.toBeInstanceOf(ConfigurationError);
    expect(() => new Query("Q", config)).toThrow(ConfigurationError);
    expect(server.connections).toEqual([]);
  });

  it("refuses what a transaction can't be configured by, and says where it belongs (DRV-02)", async () => {
    const session = driverOf(serverWith()).driver.session();
    const misplaced = { database: "films", timeoutMs: 5 } as object;
    const ways = [
      () => session.run("Q", {}, misplaced),
      () => session.beginTransaction(misplaced),
      () => session.executeRead(() => 1, misplaced),
      async () => new Query("Q", misplaced),
      async () => unitOfWork(misplaced, () => 1),
    ];
    for (const way of ways) {
      const error = await way().then(null, (error: unknown) => error);
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(String(error)).toMatch(
        /database \(it is an option of `driver\.session\(\)`\); timeoutMs \(did you mean timeout\?\)/,
      );
    }
    expect(() => new Query("Q", "fast" as never)).toThrow("must be an object, not string");
    expect(() => unitOfWork([] as never, () => 1)).toThrow("must be an object, not an array");
    expect(new Query("Q", null as never).timeout).toBeUndefined();
    expect(unitOfWork(undefined as never, () => 1)).toBeTypeOf("function");
  });

  it("takes options of units of work within each other from all of them, the outer one's first (TX-20)", async () => {
    const server = serverWith(1);
    const session = driverOf(server).driver.session();
    const work = unitOfWork({ metadata: { job: "inner" }, timeout: 1500 }, (tx) => tx.run("Q"));
    await session.executeRead(unitOfWork({ metadata: { job: "outer" } }, work));
    await session.executeRead(unitOfWork({ timeout: 0 }, unitOfWork({}, work)), { metadata: { job: "call" } });
    await session.executeRead(work);
    expect(server.of("BEGIN").map(({ extra }) => [extra?.txMetadata, extra?.txTimeout])).toEqual([
      [{ job: "outer" }, 1500],
      [{ job: "call" }, 0],
      [{ job: "inner" }, 1500],
    ]);
  });

  it("buffers a result that wasn't read to its end before the next query (SES-07)", async () => {
    const server = serverWith(5);
    const session = driverOf(server).driver.session({ fetchSize: 2 });
    const first = session.run("Q");
    await first.next();
    const second = session.run("Q");
    expect((await second).records).toHaveLength(5);
    const runs = server.talk.flatMap((name, at) => (name === "RUN" ? [at] : []));
    expect(server.talk.slice(runs[0], runs[1])).toEqual(["RUN", "PULL", "PULL", "PULL"]);
    expect(await first.rows()).toHaveLength(4);
  });

  it("keeps the failure of a buffered result for its reader, after the records before it", async () => {
    const server = serverWith();
    const session = driverOf(server).driver.session({ fetchSize: 1 });
    const first = session.run("breaks");
    expect((await session.run("Q")).records).toHaveLength(5);
    expect((await first.fetch(2)).map((record) => record.get("n"))).toEqual([1, 2]);
    await expect(first.next()).rejects.toBeInstanceOf(ClientError);
  });

  it("goes on after a failure (SES-25)", async () => {
    const session = driverOf(serverWith()).driver.session();
    await expect(session.run("fails")).rejects.toBeInstanceOf(ClientError);
    expect((await session.run("Q")).records).toHaveLength(5);
  });

  it("chains its own work by bookmarks (SES-08, SES-26, TX-31)", async () => {
    const server = serverWith();
    const session = driverOf(server).driver.session({ bookmarks: Bookmarks.fromRawValues(["b0"]), fetchSize: 2 });
    expect([...(await session.lastBookmarks())]).toEqual(["b0"]);
    await session.run("Q");
    const transaction = await session.beginTransaction();
    await transaction.commit();
    expect([...(await session.lastBookmarks())]).toEqual(["b2"]);
    await (await session.beginTransaction()).rollback();
    await expect(session.run("fails")).rejects.toThrow();
    session.run("Q");
    expect([...(await session.lastBookmarks())]).toEqual(["b3"]);
    expect(server.of("DISCARD")).toHaveLength(1);
    expect(server.of("BEGIN").map(({ extra }) => extra.bookmarks)).toEqual([["b1"], ["b2"]]);
  });

  it("shares bookmarks through a manager; its own initial ones only until the first success (SES-20, BKM-11, BKM-12)", async () => {
    const server = serverWith();
    const { driver } = driverOf(server);
    const manager = bookmarkManager({ initialBookmarks: ["m"] });
    const session = driver.session({ bookmarkManager: manager, bookmarks: Bookmarks.fromRawValues(["own"]) });
    await session.run("Q");
    await driver.session({ bookmarkManager: manager }).run("Q");
    await session.run("Q");
    const sent = server.of("RUN").map(({ extra }) => [...(extra.bookmarks ?? [])].sort());
    expect(sent).toEqual([["m", "own"], ["b1"], ["b2"]]);
  });

  it("repeats an auto-commit query once, and only if the server says that nothing was done (TX-02)", async () => {
    const server = serverWith();
    const idempotent = { ...refused, diagnosticRecord: { _idempotent: true } };
    let left = 1;
    server.answers.set("flaky", () => (left-- > 0 ? { fails: idempotent } : { rows: numbers(1) }));
    server.answers.set("always", { fails: idempotent });
    const session = driverOf(server).driver.session();
    expect((await session.run("flaky")).records).toHaveLength(1);
    await expect(session.run("always")).rejects.toBeInstanceOf(ClientError);
    server.answers.set("transient", { fails: transient });
    await expect(session.run("transient")).rejects.toBeInstanceOf(TransientError);
    expect(server.of("RUN").map(({ query }) => query)).toEqual(["flaky", "flaky", "always", "always", "transient"]);
    const never = driverOf(server, { disableAutoCommitRetries: true }).driver.session();
    await expect(never.run("always")).rejects.toBeInstanceOf(ClientError);
    expect(server.of("RUN")).toHaveLength(6);
  });

  it("refuses work beside an open transaction, which goes on (TX-06, ERR-22)", async () => {
    const session = driverOf(serverWith()).driver.session();
    const transaction = await session.beginTransaction();
    await expect(session.run("Q")).rejects.toBeInstanceOf(TransactionError);
    await expect(session.beginTransaction()).rejects.toBeInstanceOf(TransactionNestingError);
    await expect(session.executeRead(() => 1)).rejects.toBeInstanceOf(TransactionError);
    expect((await transaction.run("Q")).records).toHaveLength(5);
    await transaction.commit();
    expect((await session.run("Q")).records).toHaveLength(5);
  });

  it("closes: an open transaction is rolled back, an unread result thrown away (SES-02, SES-03, SES-05)", async () => {
    const server = serverWith();
    const { driver } = driverOf(server, { maxConnectionPoolSize: 1 });
    let session: Session;
    {
      await using first = driver.session({ fetchSize: 1 });
      first.run("Q");
      session = first;
    }
    expect(server.talk.at(-1)).toBe("DISCARD");
    expect(session.closed).toBe(true);
    await session.close();
    for (const use of [
      () => session.run("Q"),
      () => session.beginTransaction(),
      () => session.executeRead(() => 1),
      () => session.executeWrite(() => 1),
    ]) {
      const error = await Promise.resolve(use()).catch((failure: unknown) => failure);
      expect(error).toBeInstanceOf(SessionError);
      expect((error as SessionError).session).toBe(session);
    }
    const second = driver.session();
    await second.beginTransaction();
    await second.close();
    expect(server.talk.at(-1)).toBe("ROLLBACK");
    expect((await driver.executeQuery("Q")).records).toHaveLength(5);
  });
});

describe("an explicit transaction", () => {
  it("commits what it ran, and is then over (TX-11, TX-14)", async () => {
    const server = serverWith();
    const session = driverOf(server).driver.session();
    const transaction = await session.beginTransaction({ metadata: { a: 1 }, timeout: 10 });
    expect(transaction.isOpen()).toBe(true);
    await transaction.run("Q");
    await transaction.commit();
    expect([transaction.isOpen(), transaction.closed]).toEqual([false, true]);
    expect(server.talk).toEqual(["BEGIN", "RUN", "PULL", "COMMIT"]);
    expect(server.of("BEGIN")[0]?.extra).toMatchObject({ txMetadata: { a: 1 }, txTimeout: 10 });
    for (const use of [() => transaction.commit(), () => transaction.rollback(), () => transaction.run("Q")]) {
      const error = await Promise.resolve(use()).catch((failure: unknown) => failure);
      expect(error).toBeInstanceOf(TransactionError);
      expect((error as TransactionError).transaction).toBe(transaction);
    }
    await transaction.close();
    expect(server.talk).toHaveLength(4);
  });

  it("reads several results at the same time, each by its own query (TX-15)", async () => {
    const server = serverWith(5);
    const transaction = await driverOf(server).driver.session({ fetchSize: 1 }).beginTransaction();
    const [one, two] = [transaction.run("Q"), transaction.run("Q")];
    for (let n = 1; n <= 5; n++) {
      expect((await one.next()).value?.get("n")).toBe(n);
      expect((await two.next()).value?.get("n")).toBe(n);
    }
    await transaction.commit();
  });

  it("discards what is unread before COMMIT and before ROLLBACK, and ends the results (TX-12, TX-33)", async () => {
    const server = serverWith(5);
    const session = driverOf(server).driver.session({ fetchSize: 1 });
    for (const end of ["commit", "rollback"] as const) {
      server.requests.length = 0;
      const transaction = await session.beginTransaction();
      const result = transaction.run("Q");
      await result.next();
      await transaction[end]();
      expect(server.talk.slice(-2)).toEqual(["DISCARD", end.toUpperCase()]);
      await expect(result.next()).rejects.toBeInstanceOf(ResultConsumedError);
    }
  });

  it("rolls back at the end of its scope unless it was committed (TX-09, TX-13)", async () => {
    const server = serverWith();
    const session = driverOf(server).driver.session();
    {
      await using transaction = await session.beginTransaction();
      await transaction.run("Q");
    }
    expect(server.talk.at(-1)).toBe("ROLLBACK");
    {
      await using transaction = await session.beginTransaction();
      await transaction.commit();
    }
    expect(server.talk.slice(-2)).toEqual(["BEGIN", "COMMIT"]);
  });

  it("ends at the first failure: siblings fail, nothing runs, commit refuses, rollback sends nothing (TX-16, TX-32)", async () => {
    const server = serverWith();
    const session = driverOf(server).driver.session({ fetchSize: 1 });
    const transaction = await session.beginTransaction();
    const sibling = transaction.run("Q");
    await sibling.next();
    const failure = await transaction.run("fails").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ClientError);
    const second = await sibling.next().catch((error: unknown) => error);
    expect(second).toBeInstanceOf(ResultFailedError);
    expect((second as Error).cause).toBe(failure);
    const refusedRun = await transaction.run("Q").catch((error: unknown) => error);
    expect(refusedRun).toBeInstanceOf(TransactionError);
    expect((refusedRun as Error).cause).toBe(failure);
    expect(transaction.isOpen()).toBe(false);
    const before = server.talk.length;
    expect(server.talk.at(-1)).toBe("RESET");
    await expect(transaction.commit()).rejects.toBeInstanceOf(TransactionError);
    await transaction.rollback();
    await transaction.close();
    expect(server.talk.slice(before)).toEqual([]);
    expect((await session.run("Q")).records).toHaveLength(5);
  });

  it("that has failed isn't in its session's way, closed or not (TX-32)", async () => {
    const server = serverWith();
    const session = driverOf(server).driver.session();
    const failed = await session.beginTransaction();
    await expect(failed.run("fails")).rejects.toBeInstanceOf(ClientError);
    const other = await session.beginTransaction();
    await failed.close();
    expect((await other.run("Q")).records).toHaveLength(5);
    await other.commit();
  });

  it("doesn't commit over a failure that nobody has seen", async () => {
    const server = serverWith();
    const session = driverOf(server).driver.session();
    for (const run of [
      (transaction: { run: (query: string, parameters?: { [name: string]: unknown }) => unknown }) =>
        transaction.run("fails"),
      (transaction: { run: (query: string, parameters?: { [name: string]: unknown }) => unknown }) =>
        transaction.run("breaks"),
    ]) {
      const transaction = await session.beginTransaction();
      run(transaction);
      await expect(transaction.commit()).rejects.toBeInstanceOf(ClientError);
    }
    const transaction = await session.beginTransaction();
    transaction.run("Q", { f: () => 1 });
    await expect(transaction.commit()).rejects.toBeInstanceOf(ParameterError);
    expect(server.of("COMMIT")).toEqual([]);
  });

  it("goes on after a parameter that couldn't be sent (QRY-07)", async () => {
    const session = driverOf(serverWith()).driver.session();
    const transaction = await session.beginTransaction();
    await expect(transaction.run("Q", { f: () => 1 })).rejects.toBeInstanceOf(ParameterError);
    expect((await transaction.run("Q")).records).toHaveLength(5);
    await transaction.commit();
  });

  it("refuses a query that has a time-out or metadata of its own, and goes on (QRY-01, TX-10)", async () => {
    const transaction = await driverOf(serverWith()).driver.session().beginTransaction();
    for (const config of [{ timeout: 0 }, { metadata: { job: 7 } }]) {
      await expect(transaction.run(new Query("Q", config))).rejects.toBeInstanceOf(TypeError);
    }
    expect((await transaction.run(new Query("Q"))).records).toHaveLength(5);
    await transaction.rollback();
  });

  it("tells the caller that a commit failed, and close does nothing more (TX-28)", async () => {
    const server = serverWith();
    server.intercept = (request, peer) => {
      if (request.type === "COMMIT") peer.fail(refused);
      return request.type === "COMMIT";
    };
    const transaction = await driverOf(server).driver.session().beginTransaction();
    await transaction.run("Q");
    await expect(transaction.commit()).rejects.toBeInstanceOf(ClientError);
    const before = server.talk.length;
    await transaction.close();
    expect(server.talk.length).toBe(before);
  });

  it("is cancelled by its signal, and the connection stays usable", async () => {
    const server = serverWith();
    const session = driverOf(server).driver.session({ fetchSize: 1 });
    const abort = new AbortController();
    const transaction = await session.beginTransaction({ signal: abort.signal });
    const result = transaction.run("Q");
    await result.next();
    abort.abort(new Error("enough"));
    await expect(result.fetch(9)).rejects.toThrow("enough");
    await settle();
    expect(transaction.closed).toBe(true);
    await expect(transaction.commit()).rejects.toBeInstanceOf(TransactionError);
    expect((await session.run("Q")).records).toHaveLength(5);
    expect(server.connections).toHaveLength(1);
  });
});

describe("a managed transaction", () => {
  it("commits what the work returned, by the mode of the call (TX-18, TX-21, TX-25)", async () => {
    const server = serverWith();
    const session = driverOf(server).driver.session({ defaultAccessMode: "READ" });
    expect(await session.executeRead(async (tx) => (await tx.run("Q")).records.length)).toBe(5);
    expect(await session.executeWrite(() => undefined)).toBeUndefined();
    expect(server.talk).toEqual(["BEGIN", "RUN", "PULL", "COMMIT", "BEGIN", "COMMIT"]);
    expect(server.of("BEGIN").map(({ extra }) => extra.mode === "r")).toEqual([true, false]);
  });

  it("calls the work when it has begun, and not when it can't begin (TX-17, TX-22)", async () => {
    const server = serverWith();
    const { driver, clock } = driverOf(server);
    await driver.verifyConnectivity();
    let left = 1;
    server.intercept = (request, peer) => {
      if (request.type !== "BEGIN" || left-- <= 0) return false;
      peer.drop();
      return true;
    };
    let calls = 0;
    const value = driver.session().executeRead(async (tx) => {
      calls++;
      return (await tx.run("Q")).records.length;
    });
    await clock.advance(10_000);
    expect([await value, calls]).toEqual([5, 1]);
    expect(server.talk.slice(-5)).toEqual(["BEGIN", "BEGIN", "RUN", "PULL", "COMMIT"]);
  });

  it("gives the whole result where the work returns one (TX-26)", async () => {
    const session = driverOf(serverWith()).driver.session();
    const { records } = await session.executeRead((tx) => tx.run<{ n: number }>("Q"));
    expect(records[0]?.get("n")).toBe(1);
  });

  it("rolls back and passes the work's own error on, thrown or rejected (TX-25)", async () => {
    const server = serverWith();
    const session = driverOf(server).driver.session();
    const mine = new RangeError("mine");
    const works = [
      async (tx: { run(query: string): PromiseLike<unknown> }) => {
        await tx.run("Q");
        throw mine;
      },
      (tx: { run(query: string): PromiseLike<unknown> }) => {
        tx.run("Q");
        throw mine;
      },
    ];
    for (const work of works) await expect(session.executeWrite(work)).rejects.toBe(mine);
    expect(server.talk.filter((name) => name === "ROLLBACK")).toHaveLength(2);
    expect(server.of("COMMIT")).toEqual([]);
  });

  it("has no way to end itself (TX-24)", async () => {
    await driverOf(serverWith())
      .driver.session()
      .executeRead((tx) => {
        for (const method of ["commit", "rollback", "close"]) expect(method in tx).toBe(false);
      });
  });

  it("is tried again after a retryable failure, met by whatever it does (TX-22, TX-23, TX-20)", async () => {
    const server = serverWith();
    let left = 3;
    server.answers.set("flaky", () => {
      left--;
      return left === 2 ? { fails: transient } : left === 1 ? { breaks: transient } : { rows: numbers(1) };
    });
    const { driver, clock } = driverOf(server);
    const session = driver.session();
    let calls = 0;
    const value = session.executeWrite(
      async (tx) => {
        calls++;
        return (await tx.run("flaky")).records.length;
      },
      { metadata: { a: 1 } },
    );
    await clock.advance(20_000);
    expect(await value).toBe(1);
    expect(calls).toBe(3);
    expect(server.of("BEGIN").map(({ extra }) => extra.txMetadata)).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]);
  });

  it("is tried again though the work swallowed the failure or left it unread", async () => {
    for (const swallow of [true, false]) {
      const server = serverWith();
      let left = 1;
      server.answers.set("flaky", () => (left-- > 0 ? { fails: transient } : { rows: numbers(1) }));
      const { driver, clock } = driverOf(server);
      const done = driver.session().executeWrite(async (tx) => {
        const result = tx.run("flaky");
        if (swallow) await result.catch(() => {});
        return "done";
      });
      await clock.advance(5_000);
      expect(await done).toBe("done");
      expect(server.of("BEGIN")).toHaveLength(2);
      expect(server.of("COMMIT")).toHaveLength(1);
    }
  });

  it("is not tried again when the commit's outcome is unknown (TX-29, ERR-30)", async () => {
    const server = serverWith();
    server.intercept = (request, peer) => {
      if (request.type === "COMMIT") peer.drop();
      return request.type === "COMMIT";
    };
    const { driver, clock } = driverOf(server);
    const failed = driver
      .session()
      .executeWrite((tx) => tx.run("Q"))
      .catch((error: unknown) => error);
    await clock.advance(60_000);
    expect(await failed).toBeInstanceOf(IncompleteCommit);
    expect(server.of("BEGIN")).toHaveLength(1);
  });

  it("needs a function (TX-19)", async () => {
    const server = serverWith();
    await expect(
      driverOf(server)
        .driver.session()
        .executeRead("x" as never),
    ).rejects.toBeInstanceOf(TypeError);
    expect(server.connections).toEqual([]);
  });
});
