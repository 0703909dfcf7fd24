import { getEventListeners } from "node:events";
import type { bolt } from "@fulgur/neo4j-core";
import {
  CallTimeoutError,
  ConnectionAcquisitionTimeoutError,
  IncompleteCommit,
  TransientError,
} from "@fulgur/neo4j-core";
import { describe, expect, it } from "vitest";
import { ConfigurationError, type Session } from "../src/index.ts";
import { settle } from "./fake-clock.ts";
import { driverOf, numbers, ScriptedServer } from "./scripted-server.ts";

const transient = { code: "Neo.TransientError.General.Foo" };

/** A server that answers nothing of one kind of request, nor what comes behind it, before it is reset. */
function silentAt(...types: bolt.Request["type"][]) {
  const server = new ScriptedServer();
  server.answers.set("Q", { rows: numbers(3) });
  let held = 0;
  server.intercept = (request, peer) => {
    if (request.type === "RESET") while (held > 0 && held--) peer.ignore();
    const holds = request.type !== "RESET" && (held > 0 || types.includes(request.type));
    if (holds) held++;
    return holds;
  };
  return server;
}

function failureOf(promise: PromiseLike<unknown>): Promise<CallTimeoutError> {
  return Promise.resolve(promise).then(
    () => Promise.reject(new Error("It was expected to fail.")),
    (error: CallTimeoutError) => error,
  );
}

type Made = ReturnType<typeof driverOf>["driver"];

const calls: [string, (driver: Made, totalTimeout: number) => PromiseLike<unknown>][] = [
  ["executeQuery", (driver, totalTimeout) => driver.executeQuery("Q", {}, { totalTimeout })],
  ["executeQuery", (driver, totalTimeout) => driver.executeQuery("Q", {}, { totalTimeout, routing: "READ" })],
  ["session.run", (driver, totalTimeout) => driver.session().run("Q", {}, { totalTimeout })],
  ["executeRead", (driver, totalTimeout) => driver.session().executeRead((tx) => tx.run("Q"), { totalTimeout })],
  ["executeWrite", (driver, totalTimeout) => driver.session().executeWrite((tx) => tx.run("Q"), { totalTimeout })],
];

describe("totalTimeout", () => {
  it.each(calls)("ends %s while the server is silent, and tells where the time went (ASY-06)", async (name, call) => {
    const server = silentAt("RUN");
    const { driver, clock } = driverOf(server);
    const failed = failureOf(call(driver, 500));
    await clock.advance(499);
    expect(server.of("RESET")).toEqual([]);
    await clock.advance(1);
    const error = await failed;
    expect(error).toBeInstanceOf(CallTimeoutError);
    expect(error.message).toContain(`${name} took longer than its totalTimeout of 500 ms`);
    expect(error.message).toContain("500 ms while one was at work");
    expect([error.totalTimeout, error.spent]).toEqual([500, { acquire: 0, run: 500, wait: 0 }]);
    expect(error.isRetryable()).toBe(false);
    await settle();
    expect(server.of("RESET")).toHaveLength(1);
    // The connection is good again, and no timer is left.
    server.intercept = () => undefined;
    expect((await driver.executeQuery("Q")).records).toHaveLength(3);
    expect(server.connections).toHaveLength(1);
    expect(clock.armed).toBe(0);
  });

  it.each(calls)("ends the wait of %s for a connection", async (_, call) => {
    const server = silentAt();
    const { driver, clock } = driverOf(server, { maxConnectionPoolSize: 1 });
    const tx = await driver.session().beginTransaction();
    const failed = failureOf(call(driver, 500));
    await clock.advance(500);
    expect((await failed).spent).toEqual({ acquire: 500, run: 0, wait: 0 });
    await tx.commit();
    expect(server.of("RUN")).toEqual([]);
    expect(clock.armed).toBe(0);
  });

  it("is one for all attempts and the waits between them", async () => {
    const server = new ScriptedServer();
    server.answers.set("Q", { fails: transient });
    const { driver, clock } = driverOf(server, { retryDelayJitterFactor: 0 });
    const failed = failureOf(driver.session().executeWrite((tx) => tx.run("Q"), { totalTimeout: 5_000 }));
    await clock.advance(4_999);
    // At 0, 1000 and 3000; the next one would be at 7000.
    expect(server.of("RUN")).toHaveLength(3);
    await clock.advance(1);
    const error = await failed;
    expect(error.spent).toEqual({ acquire: 0, run: 0, wait: 5_000 });
    expect(error.cause).toBeInstanceOf(TransientError);
    expect(error.attempts?.map(({ startedAt }) => startedAt)).toEqual([0, 1_000, 3_000]);
    expect(clock.armed).toBe(0);
  });

  it("says that the end is unknown when it comes while COMMIT is under way (TX-29)", async () => {
    const server = silentAt("COMMIT");
    const { driver, clock } = driverOf(server);
    const failed = failureOf(driver.executeQuery("Q", {}, { totalTimeout: 500 }));
    await clock.advance(500);
    const error = await failed;
    expect(error).toBeInstanceOf(IncompleteCommit);
    expect(error.cause).toBeInstanceOf(CallTimeoutError);
    await clock.advance(60_000);
    expect(server.of("BEGIN")).toHaveLength(1);
  });

  it("of an explicit transaction ends it wherever it is, and not before", async () => {
    const server = silentAt();
    const { driver, clock } = driverOf(server);
    const session = driver.session();
    const done = await session.beginTransaction({ totalTimeout: 500 });
    await done.run("Q");
    await done.commit();
    expect(clock.armed).toBe(0);
    const late = await session.beginTransaction({ totalTimeout: 500 });
    await clock.advance(500);
    expect(late.closed).toBe(true);
    const error = await late.commit().catch((failure: unknown) => failure);
    expect((error as Error).cause).toBeInstanceOf(CallTimeoutError);
    expect((await session.run("Q")).records).toHaveLength(3);
  });

  it("of session.run counts until the result has come to its end", async () => {
    const server = silentAt();
    const { driver, clock } = driverOf(server);
    const session = driver.session({ fetchSize: 1 });
    const result = session.run("Q", {}, { totalTimeout: 500 });
    await result.keys();
    await clock.advance(500);
    const failed = failureOf(result.rows());
    expect(await failed).toBeInstanceOf(CallTimeoutError);
    expect((await session.run("Q", {}, { totalTimeout: 500 })).records).toHaveLength(3);
    expect(clock.armed).toBe(0);
  });

  it("and the time for a connection don't replace each other", async () => {
    const server = silentAt();
    const { driver, clock } = driverOf(server, { maxConnectionPoolSize: 1, connectionAcquisitionTimeout: 100 });
    const tx = await driver.session().beginTransaction();
    const failed = failureOf(driver.session().run("Q", {}, { totalTimeout: 500 }));
    await clock.advance(100);
    expect(await failed).toBeInstanceOf(ConnectionAcquisitionTimeoutError);
    await tx.rollback();
    expect(clock.armed).toBe(0);
  });

  it("beside a signal leaves the reason to whoever comes first", async () => {
    const server = silentAt("RUN");
    const { driver, clock } = driverOf(server);
    const abort = new AbortController();
    const config = { signal: abort.signal, totalTimeout: 500 };
    const cancelled = failureOf(driver.executeQuery("Q", {}, config));
    await clock.advance(100);
    abort.abort(new Error("enough"));
    expect((await cancelled).message).toBe("enough");
    expect(clock.armed).toBe(0);
    expect((await failureOf(driver.executeQuery("Q", {}, config))).message).toBe("enough");
    const { signal } = new AbortController();
    const late = failureOf(driver.session().run("Q", {}, { ...config, signal }));
    await clock.advance(500);
    expect(await late).toBeInstanceOf(CallTimeoutError);
    for (const used of [signal, abort.signal]) expect(getEventListeners(used, "abort")).toEqual([]);
  });

  it.each([undefined, 0, Number.POSITIVE_INFINITY])("of %s is no limit", async (totalTimeout) => {
    const server = silentAt("RUN");
    const { driver, clock } = driverOf(server);
    let isOver = false;
    const running = driver.executeQuery("Q", {}, { totalTimeout }).catch(() => {
      isOver = true;
    });
    await clock.advance(1_000_000);
    expect(isOver).toBe(false);
    await driver.close();
    await running;
  });

  it.each([-1, Number.NaN, "5", 5n])("can't be %s", async (totalTimeout) => {
    const { driver } = driverOf(silentAt());
    const config = { totalTimeout: totalTimeout as number };
    for (const call of [
      () => driver.executeQuery("Q", {}, config),
      () => driver.session().run("Q", {}, config),
      () => driver.session().executeRead(() => 1, config),
      () => driver.session().beginTransaction(config),
      () => driver.verifyConnectivity(config),
    ]) {
      const error = await Promise.resolve(call()).catch((failure: unknown) => failure);
      expect(error).toBeInstanceOf(ConfigurationError);
      expect((error as Error).message).toContain("totalTimeout");
    }
  });
});

describe("a call that is cancelled", () => {
  it("is over for its caller though the server never answers; later work takes another connection (ASY-06)", async () => {
    const server = new ScriptedServer();
    server.answers.set("Q", { rows: numbers(1) });
    let isSilent = true;
    server.intercept = (request) => isSilent && request.type !== "HELLO" && request.type !== "LOGON";
    const { driver, clock } = driverOf(server);
    const abort = new AbortController();
    const session = driver.session();
    const failed = failureOf(session.executeWrite((tx) => tx.run("Q"), { signal: abort.signal }));
    await settle();
    abort.abort(new Error("enough"));
    expect((await failed).message).toBe("enough");
    isSilent = false;
    const next = session.run("Q");
    await clock.advance(1_000);
    expect((await next).records).toHaveLength(1);
    expect(server.connections).toHaveLength(2);
  });

  it("while it waits for its session's turn is over at once, and is never sent (ASY-06)", async () => {
    const server = silentAt("RUN");
    const { driver } = driverOf(server);
    const session = driver.session();
    const first = session.run("Q");
    const abort = new AbortController();
    const second = failureOf(session.run("Q2", {}, { signal: abort.signal }));
    const transaction = failureOf(session.executeRead(() => 1, { signal: abort.signal }));
    await settle();
    abort.abort(new Error("enough"));
    expect([(await second).message, (await transaction).message]).toEqual(["enough", "enough"]);
    await driver.close();
    await failureOf(first);
    expect(server.of("RUN").map(({ query }) => query)).toEqual(["Q"]);
  });
});

describe("the limits of a query in a transaction", () => {
  it("end the transaction while the server is silent (ASY-06)", async () => {
    const server = silentAt("RUN");
    const { driver, clock } = driverOf(server);
    const tx = await driver.session().beginTransaction();
    const failed = failureOf(tx.run("Q", {}, { totalTimeout: 500 }));
    await clock.advance(500);
    const error = await failed;
    expect(error).toBeInstanceOf(CallTimeoutError);
    expect(error.message).toContain("transaction.run took longer than its totalTimeout of 500 ms");
    expect(error.spent).toEqual({ acquire: 0, run: 500, wait: 0 });
    expect(tx.closed).toBe(true);
  });

  it("are signal and totalTimeout, and nothing else (DRV-02)", async () => {
    const { driver } = driverOf(silentAt());
    const tx = await driver.session().beginTransaction();
    for (const [wrong, message] of [
      [{ timeout: 5 }, /timeout \(it is an option of the call that begins the transaction\)/],
      [{ signl: undefined }, /signl \(did you mean signal\?\)/],
      [{ signal: 5 }, /`signal` must be an AbortSignal/],
      ["fast", /must be an object, not string/],
    ] as const) {
      const error = await failureOf(tx.run("Q", {}, wrong as never));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error.message).toMatch(message);
    }
    // The transaction goes on.
    await tx.run("Q");
    await tx.commit();
  });
});

describe("ending a transaction", () => {
  const ends = ["rollback", "close"] as const;

  it.each(ends)("by %s doesn't wait for a silent server for ever (TX-12, TX-13)", async (end) => {
    for (const silent of ["ROLLBACK", "RUN"] as const) {
      const server = silentAt(silent);
      const { driver, clock } = driverOf(server, { connectionAcquisitionTimeout: 5000 });
      const session = driver.session();
      const tx = await session.beginTransaction();
      const result = tx.run("Q");
      if (silent === "ROLLBACK") await result.keys();
      let isOver = false;
      const ending = tx[end]().then(() => {
        isOver = true;
      });
      await clock.advance(4999);
      expect([isOver, tx.closed, server.of("RESET").length]).toEqual([false, false, 0]);
      await clock.advance(1);
      expect([isOver, tx.closed]).toEqual([true, true]);
      await ending;
      // The connection was reset, which undid everything, and is used again.
      server.intercept = () => undefined;
      expect((await session.run("Q")).records).toHaveLength(3);
      expect([server.of("RESET").length, server.connections.length]).toEqual([1, 1]);
      const { message, cause } = await failureOf(tx.commit());
      expect(message).toContain("it can't commit");
      expect((cause as Error).message).toContain("didn't answer ROLLBACK");
      expect(clock.armed).toBe(0);
    }
  });

  it("of a function that throws doesn't wait for a silent server for ever, either (TX-25)", async () => {
    const { driver, clock } = driverOf(silentAt("ROLLBACK"), { connectionAcquisitionTimeout: 5000 });
    for (const method of ["executeWrite", "withTransaction"] as const) {
      const failed = failureOf(
        driver.session()[method](() => {
          throw new Error("mine");
        }),
      );
      await clock.advance(5000);
      expect((await failed).message).toBe("mine");
    }
  });

  it.each([...ends, "commit"] as const)("by %s ends by its own limits (ASY-06)", async (end) => {
    for (const limit of ["signal", "totalTimeout"]) {
      const server = silentAt("ROLLBACK", "COMMIT");
      const { driver, clock } = driverOf(server);
      const session = driver.session();
      const tx = await session.beginTransaction();
      const abort = new AbortController();
      const failed = failureOf(tx[end](limit === "signal" ? { signal: abort.signal } : { totalTimeout: 300 }));
      await clock.advance(300);
      abort.abort("enough");
      const error = await failed;
      // Nobody knows what a COMMIT came to.
      if (end === "commit") expect(error).toBeInstanceOf(IncompleteCommit);
      const reason = end === "commit" ? error.cause : error;
      if (limit === "signal") expect(reason).toBe("enough");
      else
        expect((reason as Error).message).toContain(`transaction.${end} took longer than its totalTimeout of 300 ms`);
      expect(tx.closed).toBe(true);
      expect(getEventListeners(abort.signal, "abort")).toEqual([]);
      server.intercept = () => undefined;
      expect((await session.run("Q")).records).toHaveLength(3);
      expect([server.of("RESET").length, server.connections.length]).toEqual([1, 1]);
      expect(clock.armed).toBe(0);
    }
  });

  it.each(ends)(
    "by %s under a signal that is aborted already undoes everything without a ROLLBACK (ASY-06)",
    async (end) => {
      const server = silentAt();
      const { driver } = driverOf(server);
      const session = driver.session();
      const tx = await session.beginTransaction();
      const signal = AbortSignal.abort("enough");
      expect(await failureOf(tx[end]({ signal }))).toBe("enough");
      expect(tx.closed).toBe(true);
      await session.run("Q");
      expect([server.of("ROLLBACK").length, server.of("RESET").length]).toEqual([0, 1]);
      // Nothing is left to end.
      await tx.close({ signal });
    },
  );

  it("by commit under a signal that is aborted already sends nothing, and the transaction goes on (ASY-06)", async () => {
    const server = silentAt();
    const { driver } = driverOf(server);
    const tx = await driver.session().beginTransaction();
    expect(await failureOf(tx.commit({ signal: AbortSignal.abort("enough") }))).toBe("enough");
    expect([tx.isOpen(), server.of("COMMIT")]).toEqual([true, []]);
    await tx.run("Q");
    await tx.commit({ totalTimeout: 300 });
    expect(server.of("COMMIT")).toHaveLength(1);
  });

  it("by commit that is cancelled before COMMIT is sent undoes everything, for sure (ASY-06, TX-11)", async () => {
    const server = silentAt("DISCARD");
    const { driver, clock } = driverOf(server);
    const tx = await driver.session({ fetchSize: 1 }).beginTransaction();
    await tx.run("Q").keys();
    const failed = failureOf(tx.commit({ totalTimeout: 300 }));
    await clock.advance(300);
    expect(await failed).toBeInstanceOf(CallTimeoutError);
    expect([tx.closed, server.of("COMMIT")]).toEqual([true, []]);
  });

  it("by close while COMMIT is under way waits for it, or as long as it may (TX-13)", async () => {
    const { driver, clock } = driverOf(silentAt("COMMIT"));
    const tx = await driver.session().beginTransaction();
    const committed = failureOf(tx.commit());
    const closed = failureOf(tx.close({ totalTimeout: 300 }));
    await clock.advance(300);
    expect(await closed).toBeInstanceOf(CallTimeoutError);
    expect(await committed).toBeInstanceOf(IncompleteCommit);
  });

  it("takes signal and totalTimeout, and nothing else (DRV-02)", async () => {
    const { driver } = driverOf(silentAt());
    const tx = await driver.session().beginTransaction();
    for (const end of [...ends, "commit"] as const) {
      const error = await failureOf(tx[end]({ timeout: 5 } as never));
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error.message).toContain("timeout");
      expect(tx.isOpen()).toBe(true);
    }
    await tx.rollback();
  });
});

/** What a session may still be doing when it is closed, and the request that the server then says nothing to. */
const unfinished: [string, bolt.Request["type"], (session: Session) => unknown][] = [
  ["a transaction", "ROLLBACK", (session) => session.beginTransaction()],
  ["an unread result", "DISCARD", (session) => session.run("Q").keys()],
  ["a query that was just asked", "RUN", (session) => session.run("Q")],
  ["a transaction that begins", "BEGIN", (session) => Promise.resolve(session.beginTransaction()).catch(() => {})],
];

describe("closing a session", () => {
  it.each(unfinished)("with %s doesn't wait for a silent server for ever (SES-03)", async (_, silent, start) => {
    const server = silentAt(silent);
    const { driver, clock } = driverOf(server, { connectionAcquisitionTimeout: 5000 });
    const session = driver.session({ fetchSize: 1 });
    const begun = start(session);
    if (silent === "ROLLBACK" || silent === "DISCARD") await begun;
    let isClosed = false;
    const closing = session.close().then(() => {
      isClosed = true;
    });
    await clock.advance(4999);
    expect(isClosed).toBe(false);
    await clock.advance(1);
    expect(isClosed).toBe(true);
    await closing;
    await settle();
    // The connection was reset, and is used again.
    server.intercept = () => undefined;
    await driver.session().executeRead(async () => "works");
    expect(server.of("RESET")).toHaveLength(1);
    expect(server.connections).toHaveLength(1);
    await driver.close();
  });

  it.each(unfinished)("with %s ends by its own limits (ASY-06)", async (_, silent, start) => {
    for (const limit of ["signal", "totalTimeout"]) {
      const server = silentAt(silent);
      const { driver, clock } = driverOf(server);
      const session = driver.session({ fetchSize: 1 });
      const begun = start(session);
      if (silent === "ROLLBACK" || silent === "DISCARD") await begun;
      const abort = new AbortController();
      const failed = failureOf(session.close(limit === "signal" ? { signal: abort.signal } : { totalTimeout: 300 }));
      await clock.advance(300);
      abort.abort("enough");
      if (limit === "signal") expect(await failed).toBe("enough");
      else expect((await failed).message).toContain("session.close took longer than its totalTimeout of 300 ms");
      expect(session.closed).toBe(true);
      expect(getEventListeners(abort.signal, "abort")).toEqual([]);
      await clock.advance(0);
      expect(server.of("RESET")).toHaveLength(1);
      await session.close();
      await driver.close();
    }
  });

  it("sets no limit where nothing is under way, and refuses unknown options (DRV-02)", async () => {
    const { driver, clock } = driverOf(silentAt());
    const session = driver.session();
    await expect(session.close({ timeout: 5 } as never)).rejects.toThrow(ConfigurationError);
    expect(session.closed).toBe(false);
    await session.run("Q");
    await session.close();
    expect(clock.armed).toBe(0);
  });
});
