import { describe, expect, it } from "vitest";
import { ServiceUnavailable } from "../src/errors/availability-errors.ts";
import { ClientError } from "../src/errors/server-errors.ts";
import { ResultConsumedError } from "../src/errors/usage-errors.ts";
import { failureOf, open, type Peer, type Script } from "./memory-peer.ts";

/** A server with results of `size` rows; it gives each PULL what it asks for. */
function rowsServer(size: number): Script & { asked: number[] } {
  const left = new Map<number, number>();
  let latest = -1;
  let isInTransaction = false;
  const asked: number[] = [];
  const give = (peer: Peer, extra: { n: number | bigint; qid?: number | bigint | undefined }, isPull: boolean) => {
    const qid = extra.qid === undefined || extra.qid === -1 ? latest : Number(extra.qid);
    const remaining = left.get(qid) ?? 0;
    const n = extra.n === -1 ? remaining : Math.min(Number(extra.n), remaining);
    if (isPull) {
      asked.push(Number(extra.n));
      const first = size - remaining;
      peer.records(...Array.from({ length: n }, (_, i) => [first + i, `row ${first + i}`]));
    }
    left.set(qid, remaining - n);
    peer.success(remaining > n ? { has_more: true } : { type: "r", db: "neo4j" });
  };
  return {
    asked,
    BEGIN: (_, peer) => {
      isInTransaction = true;
      peer.success();
    },
    RUN: (_, peer) => {
      left.set(++latest, size);
      peer.success({ fields: ["n", "text"], t_first: 1, ...(isInTransaction ? { qid: latest } : {}) });
    },
    PULL: ({ extra }, peer) => give(peer, extra, true),
    DISCARD: ({ extra }, peer) => give(peer, extra, false),
  } as Script & { asked: number[] };
}

const settle = async () => {
  for (let i = 0; i < 200; i++) await Promise.resolve();
};

describe("a stream", () => {
  it.each([1, 2, 7, 1000, -1])("gives all rows in order with fetches of %i", async (fetchSize) => {
    const { connection } = await open("5.4", rowsServer(50), { fetchSize });
    const rows = [];
    const stream = connection.run("x");
    for await (const row of stream) rows.push(row);
    expect(rows).toEqual(Array.from({ length: 50 }, (_, i) => [i, `row ${i}`]));
    expect(stream.done).toBe(true);
    expect(await stream.next()).toBeUndefined();
    expect(connection.state).toBe("READY");
  });

  it("gives rows as objects", async () => {
    const { connection } = await open("6.1", rowsServer(2));
    const rows = [];
    for await (const row of connection.run("x").objects()) rows.push(row);
    expect(rows).toEqual([
      { n: 0, text: "row 0" },
      { n: 1, text: "row 1" },
    ]);
  });

  it("ends without rows", async () => {
    const { connection } = await open("5.4", rowsServer(0));
    const stream = connection.run("x");
    expect(await stream.next()).toBeUndefined();
    expect(await stream.summary()).toMatchObject({ fields: ["n", "text"], tFirst: 1, type: "r", db: "neo4j" });
  });

  it("holds a bounded number of rows while nobody reads, and asks on before it is dry (RES-24)", async () => {
    const server = rowsServer(1000);
    const { connection } = await open("5.4", server, { fetchSize: 10 });
    const stream = connection.run("x");
    await settle();
    expect(server.asked).toEqual([10]);
    let read = 0;
    while (read < 5) read += (await stream.next())!.length;
    await settle();
    expect(server.asked.length).toBe(2);
    for (let batch = await stream.next(); batch !== undefined; batch = await stream.next()) {
      read += batch.length;
      expect(server.asked.length * 10 - read).toBeLessThanOrEqual(15);
      await settle();
    }
    expect(read).toBe(1000);
  });

  it("waits for several readers in their order", async () => {
    const { connection } = await open("5.4", rowsServer(1), { fetchSize: 1 });
    const stream = connection.run("x");
    const [first, second] = await Promise.all([stream.next(), stream.next()]);
    expect(first?.rows()).toEqual([[0, "row 0"]]);
    expect(second).toBeUndefined();
  });

  it("throws the rest away on the server (RES)", async () => {
    const server = rowsServer(1000);
    const { connection, peer } = await open("5.4", server, { fetchSize: 10 });
    const stream = connection.run("x");
    await stream.next();
    expect(await stream.discard()).toMatchObject({ type: "r" });
    expect(peer.requests.at(-1)).toMatchObject({ type: "DISCARD", extra: { n: -1 } });
    expect(await stream.next()).toBeUndefined();
    expect(await stream.discard()).toMatchObject({ type: "r" });
    expect(connection.isIdle).toBe(true);
  });

  it("throws the rest away when a loop is left early, or fails", async () => {
    const { connection, peer } = await open("5.4", rowsServer(1000), { fetchSize: 10 });
    for await (const [n] of connection.run("x")) if (n === 3) break;
    expect(peer.requests.at(-1)?.type).toBe("DISCARD");
    const failed = async () => {
      for await (const _ of connection.run("x").objects()) throw new Error("mine");
    };
    expect(await failureOf(failed())).toMatchObject({ message: "mine" });
    expect(connection.isIdle).toBe(true);
  });

  it("in a transaction names its result only beside a later one", async () => {
    const { connection, peer } = await open("5.4", rowsServer(4), { fetchSize: 2 });
    connection.begin();
    const first = connection.run("one");
    await settle();
    const second = connection.run("two");
    await settle();
    expect(connection.state).toBe("TX_STREAMING");
    const read = async (stream: AsyncIterable<unknown[]>) => {
      const rows = [];
      for await (const row of stream) rows.push(row[0]);
      return rows;
    };
    expect(await read(first)).toEqual([0, 1, 2, 3]);
    expect(connection.state).toBe("TX_STREAMING");
    expect(await read(second)).toEqual([0, 1, 2, 3]);
    expect(connection.state).toBe("TX_READY");
    const pulls = peer.requests.flatMap((request) => (request.type === "PULL" ? [request.extra] : []));
    expect(pulls.map(({ qid }) => (qid === -1 ? undefined : qid))).toEqual([undefined, undefined, 0, undefined]);
    await connection.commit();
    expect(connection.state).toBe("READY");
  });

  it.each(["commit", "rollback", "reset"] as const)(
    "that is half read when %s ends its transaction doesn't hang",
    async (end) => {
      const { connection } = await open("5.4", rowsServer(100), { fetchSize: 2 });
      connection.begin();
      const stream = connection.run("x");
      await settle();
      const summary = failureOf(stream.summary());
      await connection[end]();
      expect(await summary).toBeInstanceOf(ResultConsumedError);
      expect((await stream.next())?.length).toBeGreaterThan(0);
      const rest = async () => {
        for await (const _ of stream);
      };
      expect(await failureOf(rest())).toBe(await summary);
      expect(connection.isIdle).toBe(true);
    },
  );

  it("fails when another one of its transaction does (ERR-23)", async () => {
    const server = rowsServer(100);
    const { connection } = await open(
      "5.4",
      {
        ...server,
        RUN: (request, peer) =>
          request.query === "bad" ? peer.failure("Neo.ClientError.General.Foo") : server.RUN?.(request, peer),
      },
      { fetchSize: 2 },
    );
    connection.begin();
    const first = connection.run("good");
    await settle();
    const error = await failureOf(connection.run("bad").keys());
    expect(await failureOf(first.summary())).toMatchObject({ name: "ResultFailedError", cause: error });
  });

  it("that is half read when the connection is lost doesn't hang", async () => {
    const { connection, peer } = await open("5.4", rowsServer(100), { fetchSize: 2 });
    const stream = connection.run("x");
    await settle();
    peer.drop();
    const error = await failureOf(stream.summary());
    expect(error).toBeInstanceOf(ServiceUnavailable);
    expect((error as unknown as ServiceUnavailable).isRetryable()).toBe(true);
  });

  it("may ask on together with another one of its transaction", async () => {
    const { connection } = await open("5.4", rowsServer(10), { fetchSize: 2 });
    connection.begin();
    const [first, second] = [connection.run("one"), connection.run("two")];
    const count = async (stream: AsyncIterable<unknown[]>) => {
      let rows = 0;
      for await (const _ of stream) rows++;
      return rows;
    };
    expect(await Promise.all([count(first), count(second)])).toEqual([10, 10]);
    await connection.commit();
  });

  it("gives the rows that came before a failure, then fails", async () => {
    const { connection } = await open("5.4", {
      PULL: (_, peer) => {
        peer.records([1], [2]);
        peer.failure("Neo.ClientError.Statement.ArithmeticError", "/ by zero");
      },
    });
    const stream = connection.run("x");
    await failureOf(stream.summary());
    const rows: unknown[] = [];
    const read = async () => {
      for await (const row of stream) rows.push(row);
    };
    const error = await failureOf(read());
    expect(rows).toEqual([[1], [2]]);
    expect(error).toBeInstanceOf(ClientError);
    expect(error.message).toBe("/ by zero");
    expect(await failureOf(stream.next())).toBe(error);
  });

  it("of all rows at once stops the network while nobody reads, unless something else is asked for", async () => {
    const { connection, peer } = await open("5.4", { PULL: () => {} });
    connection.begin();
    const stream = connection.run("x", {}, undefined, { fetchSize: -1 });
    await stream.keys();
    const many = Array.from({ length: 70_000 }, () => peer.encode({ type: "RECORD", data: [1] }));
    peer.sendBytes(Buffer.concat(many));
    expect(peer.isPaused).toBe(true);
    while (peer.isPaused) expect((await stream.next())?.length).toBeGreaterThan(0);
    peer.sendBytes(Buffer.concat(many));
    expect(peer.isPaused).toBe(true);
    const committed = connection.commit();
    expect(peer.isPaused).toBe(false);
    peer.success({ type: "r" });
    await committed;
    expect(await stream.summary()).toMatchObject({ type: "r" });
  });

  it("refuses a fetch size that is none", async () => {
    const { connection } = await open("5.4");
    for (const fetchSize of [0, -2, 1.5, Number.NaN]) {
      expect(() => connection.run("x", {}, {}, { fetchSize })).toThrow(/fetchSize/);
    }
  });
});
