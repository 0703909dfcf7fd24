import { subscribe, unsubscribe } from "node:diagnostics_channel";
import {
  ConnectionAcquisitionTimeoutError,
  callSite,
  DriverError,
  type PoolEventMessage,
  ServiceUnavailable,
} from "@fulgur/neo4j-core";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { createPool, type Lease, type PoolOptions } from "../src/index.ts";
import { FakeClock, settle } from "./fake-clock.ts";
import { FakeConnection } from "./fake-connection.ts";

const at = "a:7687";

function makePool(options: Partial<PoolOptions<FakeConnection>> = {}) {
  const clock = new FakeClock();
  const made: FakeConnection[] = [];
  const pool = createPool<FakeConnection>({
    clock,
    connect: async (address, open) => {
      const connection = new FakeConnection(address, open);
      made.push(connection);
      return connection;
    },
    ...options,
  });
  return { clock, made, pool };
}

/** A `connect` that waits until the test lets it go on. */
function heldBack() {
  const held: { succeed(): FakeConnection; fail(error: Error): void; signal: AbortSignal }[] = [];
  const connect: PoolOptions<FakeConnection>["connect"] = (address, open) =>
    new Promise((resolve, reject) => {
      open.signal.addEventListener("abort", () => reject(open.signal.reason));
      held.push({
        signal: open.signal,
        succeed: () => {
          const connection = new FakeConnection(address, open);
          resolve(connection);
          return connection;
        },
        fail: reject,
      });
    });
  return { held, connect };
}

describe("a pool", () => {
  it("sets no timer for who is served at once", async () => {
    const { clock, pool } = makePool();
    await (await pool.acquire(at)).release();
    const setTimer = vi.spyOn(clock, "setTimer");
    await (await pool.acquire(at)).release();
    expect(setTimer).not.toHaveBeenCalled();
  });

  it("opens nothing before it is asked, and uses what came back again (SES-27)", async () => {
    const { made, pool } = makePool();
    expect(made).toHaveLength(0);
    const first = await pool.acquire(at);
    await first.release();
    const second = await pool.acquire(at);
    expect(second.connection).toBe(first.connection);
    expect(made).toHaveLength(1);
  });

  it("prefers the connection that was used last", async () => {
    const { pool } = makePool();
    const [one, two] = [await pool.acquire(at), await pool.acquire(at)];
    await two.release();
    await one.release();
    expect((await pool.acquire(at)).connection).toBe(one.connection);
  });

  it("never has more than the limit per address, even in a burst (DRV-24, DRV-42)", async () => {
    const { made, pool } = makePool({ maxConnectionPoolSize: 2 });
    const leases = Array.from({ length: 10 }, () => pool.acquire(at));
    const other = pool.acquire("b:7687");
    await settle();
    expect(made.filter(({ address }) => address === at)).toHaveLength(2);
    expect((await other).connection.address).toBe("b:7687");
    for (const lease of leases) await (await lease).release();
    expect(made).toHaveLength(3);
  });

  it("serves who waits first come, first served (DRV-42)", async () => {
    const { pool } = makePool({ maxConnectionPoolSize: 1 });
    const served: number[] = [];
    const first = await pool.acquire(at);
    const waiting = [1, 2, 3].map((n) =>
      pool.acquire(at).then(async (lease) => {
        served.push(n);
        await lease.release();
      }),
    );
    await settle();
    expect(pool.counts(at)).toMatchObject({ busy: 1, waiting: 3 });
    await first.release();
    await Promise.all(waiting);
    expect(served).toEqual([1, 2, 3]);
  });

  it("of ten serves a thousand callers at the same time, in their order, and none for ever (DRV-42)", async () => {
    const { clock, made, pool } = makePool({ maxConnectionPoolSize: 10 });
    const served: number[] = [];
    let inUse = 0;
    let most = 0;
    const callers = Array.from({ length: 1_000 }, async (_, caller) => {
      const lease = await pool.acquire(at);
      served.push(caller);
      most = Math.max(most, ++inUse);
      await clock.until(1 + ((caller * 7) % 13));
      inUse--;
      // Some leave work behind, some lose their connection.
      if (caller % 17 === 0) lease.connection.busy = true;
      if (caller % 101 === 0) lease.connection.die();
      await lease.release();
    });
    while (served.length < 1_000) await clock.advance(1);
    await clock.advance(20);
    await Promise.all(callers);
    expect(most).toBe(10);
    // Ten go on at the same time; none comes more than that before its turn.
    expect(Math.max(...served.map((caller, place) => Math.abs(caller - place)))).toBeLessThanOrEqual(10);
    expect(new Set(served).size).toBe(1_000);
    expect(made.filter(({ isOpen }) => isOpen).length).toBeLessThanOrEqual(10);
    expect(pool.counts(at)).toMatchObject({ busy: 0, waiting: 0, opening: 0, returning: 0 });
    expect(clock.armed).toBe(0);
  });

  it("gives up after the acquisition time-out, in the line or while opening (DRV-18)", async () => {
    const { held, connect } = heldBack();
    const { clock, pool } = makePool({ connect, maxConnectionPoolSize: 1, connectionAcquisitionTimeout: 500 });
    const opening = pool.acquire(at);
    const waiting = pool.acquire(at);
    const outcomes = Promise.allSettled([opening, waiting]);
    await clock.advance(499);
    expect(held[0]?.signal.aborted).toBe(false);
    await clock.advance(1);
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: "rejected" });
      const { reason } = outcome as PromiseRejectedResult;
      expect(reason).toBeInstanceOf(ConnectionAcquisitionTimeoutError);
      expect(reason.message).toContain("500 ms");
    }
    expect(held[0]?.signal.aborted).toBe(true);
    expect(pool.counts(at)).toMatchObject({ waiting: 0, opening: 0 });
    expect(clock.armed).toBe(0);
  });

  it("that gave up tells who has the connections, for how long, and where they were asked for (ERR-33)", async () => {
    const { clock, pool } = makePool({ maxConnectionPoolSize: 3, connectionAcquisitionTimeout: 500 });
    function loadFilms() {
      return pool.acquire(at, { site: callSite(loadFilms) });
    }
    await (await pool.acquire(at)).release();
    await loadFilms();
    await clock.advance(1000);
    await pool.acquire(at);
    await pool.acquire(at);
    const failure = pool.acquire(at).catch((error: Error) => error.message);
    await clock.advance(500);
    const message = await failure;
    expect(message).toContain("within 500 ms (connectionAcquisitionTimeout)");
    expect(message).toMatch(
      /Of at most 3 connections 3 are in use \(for 1500 ms by [^;]*pool\.test\.ts:\d+:\d+\)?; for 500 ms by an unknown caller; /,
    );
  });

  it("keeps a connection that came too late for whom it was opened", async () => {
    const { clock, pool, made } = makePool({
      connectionAcquisitionTimeout: 100,
      connect: (address, open) =>
        new Promise((resolve) => {
          clock.setTimer(150, () => {
            const connection = new FakeConnection(address, open);
            made.push(connection);
            resolve(connection);
          });
        }),
    });
    const late = pool.acquire(at).catch((error: unknown) => error);
    await clock.advance(150);
    expect(await late).toBeInstanceOf(ConnectionAcquisitionTimeoutError);
    expect(pool.counts(at).idle).toBe(1);
    expect((await pool.acquire(at)).connection).toBe(made[0]);
  });

  it("an aborted waiter gets the signal's reason and no slot", async () => {
    const { pool } = makePool({ maxConnectionPoolSize: 1 });
    const first = await pool.acquire(at);
    const abort = new AbortController();
    const gone = pool.acquire(at, { signal: abort.signal });
    const next = pool.acquire(at);
    abort.abort(new Error("changed my mind"));
    await expect(gone).rejects.toThrow("changed my mind");
    await first.release();
    expect((await next).connection).toBe(first.connection);
    await expect(pool.acquire(at, { signal: abort.signal })).rejects.toThrow("changed my mind");
  });

  it("tells why a connection could not be opened, and gives the slot on", async () => {
    const { held, connect } = heldBack();
    const { pool } = makePool({ connect, maxConnectionPoolSize: 1 });
    const [one, two] = [pool.acquire(at), pool.acquire(at)];
    await settle();
    held[0]?.fail(new Error("nobody listens"));
    await expect(one).rejects.toThrow("nobody listens");
    await settle();
    const opened = held[1]?.succeed();
    expect((await two).connection).toBe(opened);
  });

  it("resets what comes back with something under way, and drops it if that fails", async () => {
    const { pool } = makePool();
    const lease = await pool.acquire(at);
    lease.connection.busy = true;
    await lease.release();
    await lease.release();
    expect(lease.connection.resets).toBe(1);
    const again = await pool.acquire(at);
    expect(again.connection).toBe(lease.connection);
    again.connection.busy = true;
    again.connection.resetFails = true;
    await again.release();
    expect(pool.counts(at)).toEqual({ opening: 0, idle: 0, checking: 0, busy: 0, returning: 0, waiting: 0 });
    expect((await pool.acquire(at)).connection).not.toBe(lease.connection);
  });

  it("doesn't use a connection beyond its lifetime again, but never cuts it in use (DRV-22)", async () => {
    const { clock, pool } = makePool({ maxConnectionLifetime: 1_000 });
    const used = await pool.acquire(at);
    await clock.advance(1_001);
    expect(used.connection.isOpen).toBe(true);
    await used.release();
    expect(used.connection.farewell).toBe("goodbye");
    const idle = await pool.acquire(at);
    await idle.release();
    await clock.advance(1_001);
    expect((await pool.acquire(at)).connection).not.toBe(idle.connection);
    expect(idle.connection.farewell).toBe("goodbye");
  });

  it.each([
    { connectionLivenessCheckTimeout: undefined, idle: 1e9, resets: 0 },
    { connectionLivenessCheckTimeout: 0, idle: 0, resets: 1 },
    { connectionLivenessCheckTimeout: 100, idle: 100, resets: 0 },
    { connectionLivenessCheckTimeout: 100, idle: 101, resets: 1 },
  ])("tests an idle connection: time-out $connectionLivenessCheckTimeout, idle for $idle (DRV-23)", async (row) => {
    const { clock, pool } = makePool({ ...row, maxConnectionLifetime: Number.POSITIVE_INFINITY });
    const { connection, release } = await pool.acquire(at);
    await release();
    await clock.advance(row.idle);
    expect((await pool.acquire(at)).connection).toBe(connection);
    expect(connection.resets).toBe(row.resets);
  });

  it("replaces a connection that fails its test without the caller noticing (DRV-23)", async () => {
    const { pool } = makePool({ connectionLivenessCheckTimeout: 0 });
    const { connection, release } = await pool.acquire(at);
    connection.resetFails = true;
    await release();
    expect((await pool.acquire(at)).connection).not.toBe(connection);
    expect(pool.counts(at)).toMatchObject({ busy: 1, idle: 0, checking: 0 });
  });

  it("tests a connection for who asked for that, also when it had to wait for one", async () => {
    const { pool } = makePool({ maxConnectionPoolSize: 1 });
    const { connection, release } = await pool.acquire(at);
    const next = pool.acquire(at, { check: true });
    await release();
    expect((await next).connection).toBe(connection);
    expect(connection.resets).toBe(1);
  });

  it.each([
    ["while it is tested", async (pool: ReturnType<typeof makePool>["pool"]) => void pool.acquire(at).catch(() => {})],
    ["when it comes back", async (_: unknown, connection: FakeConnection) => void (connection.busy = true)],
  ])("gives up a connection that doesn't answer %s", async (_, ask) => {
    const { clock, pool } = makePool({ connectionLivenessCheckTimeout: 0, connectionAcquisitionTimeout: 1_000 });
    const { connection, release } = await pool.acquire(at);
    connection.reset = () => new Promise(() => {});
    if (_ === "while it is tested") await release();
    await ask(pool, connection);
    if (_ !== "while it is tested") void release();
    await clock.advance(999);
    expect(connection.isOpen).toBe(true);
    await clock.advance(1);
    expect(connection.farewell).toBe("destroyed");
  });

  it("closes what is too old when another one comes back, though nobody asks for it (DRV-22)", async () => {
    const { clock, pool } = makePool({ maxConnectionLifetime: 1_000 });
    const old = await pool.acquire(at);
    await clock.advance(600);
    const young = await pool.acquire(at);
    await old.release();
    await young.release();
    await clock.advance(500);
    const again = await pool.acquire(at);
    expect(again.connection).toBe(young.connection);
    expect(old.connection.isOpen).toBe(true);
    await again.release();
    expect(old.connection.farewell).toBe("goodbye");
    expect(pool.counts(at).idle).toBe(1);
  });

  it("says that a server is unavailable which ends connections as soon as they are open", async () => {
    const { pool } = makePool({
      connect: async (address, open) => {
        const connection = new FakeConnection(address, open);
        connection.die();
        return connection;
      },
    });
    const failed = pool.acquire(at);
    await expect(failed).rejects.toThrow(ServiceUnavailable);
    await expect(failed).rejects.toThrow(/a:7687 ended the connection/);
  });

  it("tells the channel neo4j:pool what it does, and how many connections are where", async () => {
    const told: PoolEventMessage[] = [];
    const listener = (message: unknown) => void told.push(message as PoolEventMessage);
    subscribe("neo4j:pool", listener);
    try {
      const { clock, pool } = makePool({ maxConnectionPoolSize: 1, maxConnectionLifetime: 1_000 });
      const first = await pool.acquire(at);
      const late = pool.acquire(at, { deadline: { at: clock.now() + 10, limit: 10 } }).catch(() => "late");
      await clock.advance(10);
      expect(await late).toBe("late");
      await first.release();
      await clock.advance(1_001);
      await pool.acquire(at);
    } finally {
      unsubscribe("neo4j:pool", listener);
    }
    expect(told.map(({ event, counts: { busy, idle, waiting } }) => [event, busy, idle, waiting])).toEqual([
      ["opening", 0, 0, 0],
      ["acquired", 1, 0, 0],
      ["waiting", 1, 0, 1],
      ["timed out", 1, 0, 1],
      ["released", 0, 1, 0],
      ["dropped", 0, 0, 0],
      ["opening", 0, 0, 0],
      ["acquired", 1, 0, 0],
    ]);
    expect(told[0]).toMatchObject({
      max: 1,
      counts: { opening: 1 },
      attributes: { "server.address": "a", "server.port": 7687, "db.client.connection.pool.name": at },
    });
  });

  it("forgets an idle connection that the server ended", async () => {
    const { pool } = makePool();
    const { connection, release } = await pool.acquire(at);
    await release();
    connection.die();
    expect(pool.counts(at).idle).toBe(0);
  });

  it("gives an address up: idle connections now, borrowed ones when they come back", async () => {
    const { pool } = makePool();
    const [one, two] = [await pool.acquire(at), await pool.acquire(at)];
    await one.release();
    pool.purge(at);
    expect(one.connection.farewell).toBe("goodbye");
    expect(two.connection.isOpen).toBe(true);
    await two.release();
    expect(two.connection.farewell).toBe("goodbye");
  });

  it("ends what is under way on a connection that it gives up by RESET, then says goodbye; its place is free at once", async () => {
    const { made, pool } = makePool({ maxConnectionPoolSize: 1 });
    const { connection, release } = await pool.acquire(at);
    connection.busy = true;
    pool.purge(at);
    await release();
    await pool.acquire(at);
    await settle();
    expect(made).toHaveLength(2);
    expect([connection.resets, connection.farewell]).toEqual([1, "goodbye"]);
  });

  it("cuts a connection that it gives up when RESET isn't answered in time, or when it closes itself", async () => {
    const { clock, pool } = makePool({ connectionAcquisitionTimeout: 500 });
    const leases = [await pool.acquire(at), await pool.acquire(at)];
    const [one, two] = leases.map(({ connection }) => Object.assign(connection, { busy: true }));
    for (const { connection } of leases) connection.reset = () => new Promise(() => {});
    pool.purge(at);
    await leases[0]?.release();
    await clock.advance(499);
    expect(one?.isOpen).toBe(true);
    await clock.advance(1);
    expect(one?.farewell).toBe("destroyed");
    await leases[1]?.release();
    await pool.close();
    expect(two?.farewell).toBe("destroyed");
  });

  it("closes everything at once, and says so to all who wait (DRV-04)", async () => {
    const { held, connect } = heldBack();
    const { pool } = makePool({ connect, maxConnectionPoolSize: 3 });
    const [idle, busy] = [pool.acquire(at), pool.acquire(at)];
    await settle();
    held[0]?.succeed();
    held[1]?.succeed();
    await (await idle).release();
    // The first takes the idle connection, the second opens, the others wait.
    const pending = [pool.acquire(at), pool.acquire(at), pool.acquire(at), pool.acquire(at)];
    const outcomes = Promise.allSettled(pending);
    await settle();
    const closing = pool.close();
    const results = await outcomes;
    await closing;
    await pool.close();
    expect(results.filter(({ status }) => status === "rejected").length).toBe(3);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toBeInstanceOf(DriverError);
    }
    expect((await busy).connection.farewell).toBe("destroyed");
    await expect(pool.acquire(at)).rejects.toBeInstanceOf(DriverError);
  });

  it("has every connection in exactly one place, whatever happens (place is state)", async () => {
    const step = fc.record({
      what: fc.constantFrom("acquire", "release", "dirty", "die", "advance", "abort", "purge"),
      which: fc.nat(20),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { clock, made, pool } = makePool({
          maxConnectionPoolSize: 3,
          maxConnectionLifetime: 5_000,
          connectionLivenessCheckTimeout: 500,
          connectionAcquisitionTimeout: 2_000,
        });
        const leases: Lease<FakeConnection>[] = [];
        const aborts: AbortController[] = [];
        let answered = 0;
        let asked = 0;
        for (const { what, which } of steps) {
          if (what === "acquire") {
            const abort = new AbortController();
            aborts.push(abort);
            asked++;
            pool
              .acquire(at, { signal: abort.signal })
              .then(
                (lease) => leases.push(lease),
                () => {},
              )
              .finally(() => {
                answered++;
              });
          } else if (what === "advance") await clock.advance(which * 100);
          else if (what === "abort") aborts[which % (aborts.length || 1)]?.abort();
          else if (what === "purge" && which === 0) pool.purge(at);
          else {
            const [lease] = leases.splice(which % (leases.length || 1), 1);
            if (what === "dirty" && lease) lease.connection.busy = true;
            if (what === "die" && lease) lease.connection.die();
            await lease?.release();
          }
          await settle();
          const { opening, idle, checking, busy, returning } = pool.counts(at);
          expect(opening + idle + checking + busy + returning).toBeLessThanOrEqual(3);
          expect(made.filter(({ isOpen }) => isOpen).length).toBe(idle + checking + busy + returning);
          expect(busy).toBe(leases.length);
        }
        for (const lease of leases) await lease.release();
        await clock.advance(2_000);
        for (const lease of leases) await lease.release();
        await pool.close();
        await settle();
        expect(answered).toBe(asked);
        expect(made.filter(({ isOpen }) => isOpen)).toEqual([]);
        expect(clock.armed).toBe(0);
      }),
      { numRuns: 150 },
    );
  });
});
