import { describe, expect, it, vi } from "vitest";
import { IncompleteCommit, ServiceUnavailable, SessionExpired } from "../src/errors/availability-errors.ts";
import { BoltProtocolError } from "../src/errors/bolt-protocol-error.ts";
import { failureOf, HandClock, open, type Peer, type Script } from "./memory-peer.ts";

const drop = (_: unknown, peer: Peer) => peer.drop(Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }));

describe("a connection that is lost", () => {
  it.each(["BEGIN", "RUN", "PULL", "ROUTE", "RESET", "ROLLBACK"] as const)(
    "while %s waits for its answer fails what is under way, at once and by name (ERR-28)",
    async (name) => {
      const onClose = vi.fn();
      const { connection } = await open("5.4", { [name]: drop }, { onClose });
      const work = {
        BEGIN: () => connection.begin(),
        RUN: () => connection.run("x").summary(),
        PULL: () => connection.run("x").summary(),
        ROUTE: () => connection.route(),
        RESET: () => connection.reset(),
        ROLLBACK: () => {
          connection.begin();
          return connection.rollback();
        },
      }[name];
      const error = await failureOf(work());
      expect(error).toBeInstanceOf(ServiceUnavailable);
      expect(error).not.toBeInstanceOf(IncompleteCommit);
      expect(error.message).toMatch(new RegExp(`peer:7687 closed the connection while ${name}.*ECONNRESET`));
      expect(error.cause).toMatchObject({ code: "ECONNRESET" });
      expect(error.stack).toContain("lost-connection.test.ts");
      expect(connection).toMatchObject({ isOpen: false, isIdle: false, state: "DEFUNCT" });
      expect(onClose).toHaveBeenCalledExactlyOnceWith(error);
      expect(await failureOf(connection.run("y").summary())).toBe(error);
      await connection.close();
    },
  );

  it("by a routed client is an expired session (ERR-27)", async () => {
    const { connection } = await open("5.4", { RUN: drop }, { uri: "neo4j://peer" });
    const error = await failureOf(connection.run("x").summary());
    expect(error).toBeInstanceOf(SessionExpired);
    expect((error as unknown as SessionExpired).isRetryable()).toBe(true);
  });

  it("during COMMIT leaves the outcome unknown (ERR-30)", async () => {
    const { connection } = await open("5.4", { COMMIT: drop }, { uri: "neo4j://peer" });
    await connection.begin();
    const error = await failureOf(connection.commit());
    expect(error).toBeInstanceOf(IncompleteCommit);
    expect((error as unknown as IncompleteCommit).isRetryable()).toBe(false);
    expect(error.cause).toBeInstanceOf(SessionExpired);
  });

  it("before COMMIT was sent, or after something failed, is no unknown outcome", async () => {
    const unsent = await open("5.4");
    await unsent.connection.begin();
    const commit = failureOf(unsent.connection.commit());
    unsent.peer.drop();
    expect(await commit).not.toBeInstanceOf(IncompleteCommit);
    const failed = await open("5.4", {
      RUN: (_, peer) => peer.failure("Neo.ClientError.General.Foo"),
      PULL: drop,
    });
    failed.connection.begin();
    failed.connection.run("x");
    const ignored = await failureOf(failed.connection.commit());
    expect(ignored).not.toBeInstanceOf(IncompleteCommit);
    expect(ignored).toBeInstanceOf(ServiceUnavailable);
  });

  it("while nothing is under way is told to whoever asks next, and to onClose", async () => {
    const onClose = vi.fn();
    const { connection, peer } = await open("5.4", {}, { onClose });
    peer.drop();
    expect(onClose).toHaveBeenCalledExactlyOnceWith(expect.any(ServiceUnavailable));
    expect(await failureOf(connection.reset())).toBeInstanceOf(ServiceUnavailable);
    expect(await failureOf(connection.begin())).toBeInstanceOf(ServiceUnavailable);
    expect(await failureOf(connection.run("x").keys())).toBeInstanceOf(ServiceUnavailable);
    connection.destroy();
    expect(onClose).toHaveBeenCalledOnce();
  });
});

describe("closing", () => {
  it("says GOODBYE, and fails what is under way", async () => {
    const onClose = vi.fn();
    const { connection, peer } = await open("5.4", { RUN: () => {}, PULL: () => {} }, { onClose });
    const stream = connection.run("x");
    await connection.close();
    expect(peer.flights.at(-1)).toEqual(["RUN", "PULL", "GOODBYE"]);
    expect(peer.isEnded).toBe(true);
    expect(await failureOf(stream.summary())).toMatchObject({ name: "DriverError" });
    expect(onClose).toHaveBeenCalledExactlyOnceWith(undefined);
    await connection.close();
    await connection[Symbol.asyncDispose]();
    expect(await failureOf(connection.begin())).toMatchObject({
      message: expect.stringMatching(/closed by this side/),
    });
  });

  it("by destroy is silent, and gives the error to whoever waits", async () => {
    const { connection, peer } = await open("5.4", { RUN: () => {} });
    const stream = connection.run("x");
    await Promise.resolve();
    const error = new Error("enough");
    connection.destroy(error);
    expect(await failureOf(stream.keys())).toBe(error);
    expect(peer.requests.some(({ type }) => type === "GOODBYE")).toBe(false);
    expect(peer.isEnded).toBe(true);
  });
});

describe("a server that breaks the protocol (ERR-34)", () => {
  const zeros = (n: number) => new Uint8Array(n);
  it.each<[string, (peer: Peer) => void, RegExp]>([
    ["answers what wasn't asked", (peer) => peer.success(), /SUCCESS without having been asked/],
    ["sends a record that wasn't asked for", (peer) => peer.records([1]), /RECORD without having been asked/],
    [
      "sends a message that nobody knows",
      (peer) => peer.sendBytes(Uint8Array.of(0, 2, 0xb0, 0x55, 0, 0)),
      /can't be read/,
    ],
    ["sends what is no message", (peer) => peer.sendBytes(Uint8Array.of(0, 1, 1, 0, 0)), /can't be read/],
  ])("and %s loses the connection", async (_, act, message) => {
    const onClose = vi.fn();
    const { connection, peer } = await open("5.4", {}, { onClose });
    peer.sendBytes(zeros(4));
    expect(connection.isOpen).toBe(true);
    act(peer);
    expect(connection.isOpen).toBe(false);
    const [error] = onClose.mock.calls[0]!;
    expect(error).toBeInstanceOf(BoltProtocolError);
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/peer:7687 \(Neo4j\/5\.4\).*Bolt protocol 5\.4.*report/);
    expect(peer.isEnded).toBe(true);
  });

  it("with a record in answer to RUN fails the query", async () => {
    const { connection } = await open("5.4", { RUN: (_, peer) => peer.records([1]) });
    expect(await failureOf(connection.run("x").summary())).toBeInstanceOf(BoltProtocolError);
  });

  it("and ignores RESET loses the connection", async () => {
    const { connection } = await open("5.4", { RESET: (_, peer) => peer.ignored() });
    expect(await failureOf(connection.reset())).toBeInstanceOf(BoltProtocolError);
  });

  it("with an answer that lacks what is always there fails the request", async () => {
    const { connection } = await open("5.4", { ROUTE: (_, peer) => peer.success({}) });
    expect(await failureOf(connection.route())).toBeInstanceOf(BoltProtocolError);
    expect(await failureOf(open("5.4", { HELLO: (_, peer) => peer.success({}) }))).toBeInstanceOf(BoltProtocolError);
  });
});

describe("NOOP (CONN-41)", () => {
  it("is passed over anywhere between messages", async () => {
    const noops = (peer: Peer) => peer.sendBytes(new Uint8Array(6));
    const { connection } = await open("5.4", {
      RUN: (_, peer) => {
        noops(peer);
        peer.success({ fields: ["n"] });
        noops(peer);
      },
      PULL: (_, peer) => {
        peer.records([1]);
        noops(peer);
        for (const byte of peer.encode({ type: "RECORD", data: ["one byte at a time"] }))
          peer.sendBytes(Uint8Array.of(byte));
        peer.success();
      },
    });
    const rows = [];
    for await (const row of connection.run("x")) rows.push(row);
    expect(rows).toEqual([[1], ["one byte at a time"]]);
  });
});

describe("the server's receive time-out", () => {
  const hello: Script["HELLO"] = (_, peer) =>
    peer.success({ server: "Neo4j/x", connection_id: "c", hints: { "connection.recv_timeout_seconds": 10 } });
  const silent: Script = { HELLO: hello, RUN: () => {}, PULL: () => {} };
  const settle = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };

  it("ends a connection that is silent while it owes an answer", async () => {
    const clock = new HandClock();
    const { connection } = await open("5.4", silent, { clock });
    const failed = failureOf(connection.run("x").keys());
    await settle();
    clock.advance(9_999);
    expect(connection.isOpen).toBe(true);
    clock.advance(1);
    expect(await failed).toMatchObject({ name: "ServiceUnavailable", message: expect.stringMatching(/silent.*RUN/) });
    expect(clock.timers).toBe(0);
  });

  it("begins anew with each NOOP", async () => {
    const clock = new HandClock();
    const { connection, peer } = await open("5.4", silent, { clock });
    connection.run("x");
    await settle();
    for (let i = 0; i < 5; i++) {
      clock.advance(9_000);
      peer.sendBytes(new Uint8Array(2));
    }
    expect(connection.isOpen).toBe(true);
    expect(clock.timers).toBe(1);
    clock.advance(10_000);
    expect(connection.isOpen).toBe(false);
  });

  it("doesn't apply to a connection that waits for nothing", async () => {
    const clock = new HandClock();
    const { connection } = await open("5.4", { HELLO: hello }, { clock });
    await connection.run("x").summary();
    clock.advance(1_000_000);
    expect(connection.isOpen).toBe(true);
    expect(clock.timers).toBe(0);
    await connection.run("x").summary();
    expect(connection.isIdle).toBe(true);
    await connection.close();
    expect(clock.timers).toBe(0);
  });

  it.each([0, -5, "10"])("of %j is passed over", async (seconds) => {
    const clock = new HandClock();
    const { connection } = await open(
      "5.4",
      {
        ...silent,
        HELLO: (_, peer) =>
          peer.success({
            server: "Neo4j/x",
            connection_id: "c",
            hints: { "connection.recv_timeout_seconds": seconds },
          }),
      },
      { clock },
    );
    connection.run("x");
    await settle();
    clock.advance(1_000_000);
    expect(connection.isOpen).toBe(true);
  });

  it("is the transport's affair without a clock", async () => {
    const { connection, peer } = await open("5.4", silent, { clock: undefined } as never);
    expect(peer.silence).toBe(10_000);
    peer.listener.silent?.();
    expect(connection.isOpen).toBe(true);
    connection.run("x");
    peer.listener.silent?.();
    expect(connection.isOpen).toBe(false);
  });
});
