/** NOOPs and the silence between them: how a connection's life is told from its death. */
import { boltVersions, type Clock, ServiceUnavailable } from "@fulgur/neo4j-core";
import { describe, expect, it } from "vitest";
import { failureOf, play, playCore } from "./play.ts";

/** A clock that stands still until it is told to go. */
class HandClock implements Clock {
  #now = 0;
  readonly #timers = new Set<{ readonly at: number; readonly fn: () => void }>();

  now(): number {
    return this.#now;
  }

  setTimer(ms: number, fn: () => void) {
    const timer = { at: this.#now + ms, fn };
    this.#timers.add(timer);
    return { cancel: () => void this.#timers.delete(timer) };
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const timer of [...this.#timers]) {
      if (timer.at <= this.#now && this.#timers.delete(timer)) timer.fn();
    }
  }
}

describe.each(boltVersions)("with Bolt %s", (version) => {
  it("NOOPs may stand before any message (CONN-41)", async () => {
    const values = await play(
      async (peer) => {
        const noops = (count: number) => {
          for (let i = 0; i < count; i++) peer.noop();
        };
        await peer.receive("HELLO");
        noops(3);
        peer.success({ server: "Neo4j/x", connection_id: "c" });
        noops(1);
        if (peer.codec.profile.requestByName.has("LOGON")) await peer.accept("LOGON");
        noops(2);
        await peer.receive("RUN");
        await peer.receive("PULL");
        noops(1);
        peer.success({ fields: ["n"] });
        noops(2);
        peer.record(1);
        noops(1);
        peer.record([2, { a: "b" }]);
        noops(4);
        // Alone in a piece of their own, and half of one.
        await new Promise(setImmediate);
        noops(1);
        peer.raw([0]);
        await new Promise(setImmediate);
        peer.raw([0]);
        peer.success();
        noops(2);
        await peer.closed();
      },
      async (db) => (await db.session().run("RETURN 1")).records.map((record) => record.get("n")),
      { version },
    );
    expect(values).toEqual([1, [2, { a: "b" }]]);
  });
});

describe("the hint connection.recv_timeout_seconds", () => {
  const hello = { hints: { "connection.recv_timeout_seconds": 2 } };

  it("ends a connection that is silent for longer while it owes an answer (DRV-37)", async () => {
    const clock = new HandClock();
    await playCore(
      async (peer) => {
        await peer.login(hello);
        await peer.receive("RUN");
        await peer.receive("PULL");
        await peer.closed();
      },
      async (connection, { peers }) => {
        const keys = failureOf(connection.run("RETURN 1").keys());
        while (peers[0]!.flights.length < 2) await new Promise(setImmediate);
        clock.advance(1999);
        expect(connection.isOpen).toBe(true);
        clock.advance(2);
        const error = await keys;
        expect(error).toBeInstanceOf(ServiceUnavailable);
        expect(error.message).toContain("silent");
        expect(connection.isOpen).toBe(false);
      },
      { connect: { clock } },
    );
  });

  it("counts NOOPs as sound, and not the time in which nothing is owed (DRV-37)", async () => {
    const clock = new HandClock();
    let heard!: () => void;
    let speak: () => void = () => {};
    const patient = (peers: readonly { flights: string[][] }[], flights: number) =>
      (async () => {
        while (peers[0]!.flights.length < flights) await new Promise(setImmediate);
      })();
    await playCore(
      async (peer) => {
        await peer.login(hello);
        await peer.receive("RUN");
        await peer.receive("PULL");
        for (let i = 0; i < 3; i++) {
          await new Promise<void>((resolve) => {
            speak = resolve;
            heard?.();
          });
          peer.noop();
        }
        peer.success({ fields: [] });
        peer.success();
        await peer.result();
        await peer.closed();
      },
      async (connection, { peers }) => {
        clock.advance(100_000);
        expect(connection.isOpen).toBe(true);
        const summary = connection.run("RETURN 1").summary();
        await patient(peers, 2);
        for (let i = 0; i < 3; i++) {
          clock.advance(1500);
          const before = connection.lastUsedAt;
          speak();
          if (i < 2) {
            await new Promise<void>((resolve) => {
              heard = resolve;
            });
          }
          // The NOOP has arrived when the connection has been used at this hour.
          for (let turn = 0; turn < 1000 && connection.lastUsedAt === before; turn++) await new Promise(setImmediate);
          expect(connection.lastUsedAt).toBe(clock.now());
        }
        await summary;
        clock.advance(100_000);
        expect(connection.isOpen).toBe(true);
        await connection.run("RETURN 2").summary();
      },
      { connect: { clock } },
    );
  });

  it.each([0, -5, "2", null])("is ignored when it is %j", async (seconds) => {
    const clock = new HandClock();
    await playCore(
      async (peer) => {
        await peer.login({ hints: { "connection.recv_timeout_seconds": seconds } });
        await peer.receive("RUN");
        await peer.receive("PULL");
        // By now the client's clock has run far ahead.
        peer.success({ fields: [] });
        peer.success();
        await peer.closed();
      },
      async (connection) => {
        const summary = connection.run("RETURN 1").summary();
        clock.advance(10_000_000);
        await summary;
      },
      { connect: { clock } },
    );
  });
});
