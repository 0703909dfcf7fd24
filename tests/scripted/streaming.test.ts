/** How records are asked for: portion by portion, ahead of the reader, and no more than somebody wants. */
import { boltVersions } from "@fulgur/neo4j-core";
import { BoltProtocolError, int } from "@fulgur/neo4j-driver";
import type { ScriptedPeer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failureOf, play, playCore } from "./play.ts";

const rows = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => [from + i]);

async function header(peer: ScriptedPeer, n: number): Promise<void> {
  await peer.receive("RUN");
  expect((await peer.receive("PULL")).extra).toEqual({ n });
  peer.success({ fields: ["n"] });
}

describe.each(boltVersions)("with Bolt %s a result", (version) => {
  it("comes in portions of fetchSize (SES-19)", async () => {
    const seen = await play(
      async (peer) => {
        await peer.login();
        await header(peer, 3);
        peer.records(...rows(1, 3));
        peer.success({ has_more: true });
        expect((await peer.receive("PULL")).extra).toEqual({ n: 3 });
        peer.records(...rows(4, 6));
        peer.success({ has_more: true });
        expect((await peer.receive("PULL")).extra).toEqual({ n: 3 });
        peer.record(7);
        peer.success({ type: "r" });
        await peer.closed();
      },
      async (db, { peers }) => {
        const seen: unknown[] = [];
        for await (const record of db.session({ fetchSize: 3 }).run("RETURN 1")) seen.push(record.get("n"));
        expect(peers[0]!.flights[1]).toEqual(["RUN", "PULL"]);
        return seen;
      },
      { version },
    );
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

describe("a result", () => {
  it("comes at once when fetchSize is -1 (SES-19)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await header(peer, -1);
        peer.records(...rows(1, 5000));
        peer.success();
        await peer.closed();
      },
      async (db) => {
        const { records } = await db.session({ fetchSize: -1 }).run("RETURN 1");
        expect(records).toHaveLength(5000);
      },
    );
  });

  it("is asked for 1000 records at a time by default", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await header(peer, 1000);
        peer.success();
        await peer.closed();
      },
      async (db) => {
        await db.session().run("RETURN 1");
      },
    );
  });

  it("is asked for ahead: the next PULL leaves while records are unread", async () => {
    let asked!: () => void;
    const secondPull = new Promise<void>((resolve) => {
      asked = resolve;
    });
    await play(
      async (peer) => {
        await peer.login();
        await header(peer, 4);
        peer.records(...rows(1, 4));
        peer.success({ has_more: true });
        await peer.receive("PULL");
        asked();
        peer.record(5);
        peer.success();
        await peer.closed();
      },
      async (db) => {
        const result = db.session({ fetchSize: 4 }).run("RETURN 1");
        const first = await result.next();
        expect(first.value?.get("n")).toBe(1);
        // Of the first portion three are unread, and nobody reads on until the server has been asked again.
        await secondPull;
        expect(await result.fetch(9)).toHaveLength(4);
      },
    );
  });

  it("is asked for one portion ahead, however small the server makes them", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await header(peer, 100);
        for (const n of [1, 2]) {
          peer.record(n);
          peer.success({ has_more: true });
          if (n === 1) await peer.receive("PULL");
        }
        expect((await peer.receive("DISCARD")).extra).toEqual({ n: -1 });
        peer.success();
        await peer.closed();
      },
      async (db) => {
        const session = db.session({ fetchSize: 100 });
        const result = session.run("RETURN 1");
        await result.next();
        for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
        await session.close();
      },
    );
  });

  it("that nobody reads is not asked for any further, and is thrown away with the session", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await header(peer, 4);
        peer.records(...rows(1, 4));
        peer.success({ has_more: true });
        expect((await peer.receive("DISCARD")).extra).toEqual({ n: -1 });
        peer.success({ bookmark: "b" });
        await peer.closed();
      },
      async (db) => {
        const session = db.session({ fetchSize: 4 });
        await session.run("RETURN 1").keys();
        for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
        await session.close();
      },
    );
  });

  it("that is consumed is discarded on the server, not fetched (RES-05)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await header(peer, 2);
        peer.records(...rows(1, 2));
        peer.success({ has_more: true });
        expect((await peer.receive("DISCARD")).extra).toEqual({ n: -1 });
        peer.success({ type: "w", bookmark: "after" });
        await peer.result();
        await peer.closed();
      },
      async (db) => {
        const session = db.session({ fetchSize: 2 });
        const summary = await session.run("RETURN 1").consume();
        expect(summary.queryType).toBe("w");
        expect((await session.lastBookmarks()).toJSON()).toEqual(["after"]);
        await session.run("RETURN 2");
      },
    );
  });

  it("is fetched whole when its session runs another query beside it (SES-07)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await header(peer, 2);
        peer.records(...rows(1, 2));
        peer.success({ has_more: true });
        await peer.receive("PULL");
        peer.record(3);
        peer.success({ bookmark: "first" });
        const second = await peer.receive("RUN");
        expect(second.extra).toEqual({ bookmarks: ["first"] });
        await peer.receive("PULL");
        peer.success({ fields: ["m"] });
        peer.success();
        await peer.closed();
      },
      async (db) => {
        const session = db.session({ fetchSize: 2 });
        const first = session.run("RETURN 1");
        const second = session.run("RETURN 2");
        await second;
        expect((await first).records.map((record) => record.get("n"))).toEqual([1, 2, 3]);
      },
    );
  });

  it("gives the records that came before the server failed, then the failure", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await header(peer, 1000);
        peer.records(...rows(1, 3));
        peer.failure("Neo.ClientError.Statement.ArithmeticError", "/ by zero");
        await peer.accept("RESET");
        await peer.result();
        await peer.closed();
      },
      async (db, { peers }) => {
        const session = db.session();
        const seen: unknown[] = [];
        const error = await failureOf(
          (async () => {
            for await (const record of session.run("RETURN 1")) seen.push(record.get("n"));
          })(),
        );
        expect(error.code).toBe("Neo.ClientError.Statement.ArithmeticError");
        expect(seen).toEqual([1, 2, 3]);
        await session.run("RETURN 2");
        expect(peers).toHaveLength(1);
      },
    );
  });

  it("of 100000 records in pieces of any size is whole", async () => {
    const count = 100_000;
    const sum = await play(
      async (peer) => {
        await peer.login();
        await header(peer, -1);
        const record = peer.codec.encodeMessage({ type: "RECORD", data: [int(77_777)] });
        const bytes = new Uint8Array(record.length * count);
        for (let at = 0; at < bytes.length; at += record.length) bytes.set(record, at);
        for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7 + 3) % 70_001) {
          peer.raw(bytes.subarray(at, Math.min(bytes.length, at + size)));
          if (size % 5 === 0) await new Promise(setImmediate);
        }
        peer.success();
        await peer.closed();
      },
      async (db) => {
        let sum = 0;
        for await (const batch of db.session({ fetchSize: -1 }).run<{ n: number }>("RETURN 1").batches()) {
          for (const row of batch.objects()) sum += row.n;
        }
        return sum;
      },
    );
    expect(sum).toBe(count * 77_777);
  });
});

describe("two results of one transaction", () => {
  it("are told apart by qid where the latest isn't meant", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("BEGIN");
        await peer.receive("RUN");
        expect((await peer.receive("PULL")).extra).toEqual({ n: 2 });
        peer.success({ fields: ["a"], qid: 0 });
        peer.records([1], [2]);
        peer.success({ has_more: true });
        await peer.receive("RUN");
        expect((await peer.receive("PULL")).extra).toEqual({ n: 2 });
        peer.success({ fields: ["b"], qid: 1 });
        peer.records([10], [20]);
        peer.success({ has_more: true });
        expect((await peer.receive("PULL")).extra).toEqual({ n: 2, qid: 0 });
        peer.record(3);
        peer.success();
        expect((await peer.receive("PULL")).extra).toEqual({ n: 2 });
        peer.record(30);
        peer.success();
        await peer.accept("COMMIT", { bookmark: "b" });
        await peer.closed();
      },
      async (db) => {
        const tx = await db.session({ fetchSize: 2 }).beginTransaction();
        const a = tx.run("RETURN 'a'");
        await a.keys();
        const b = tx.run("RETURN 'b'");
        await b.keys();
        const read = async (result: typeof a, key: string) => (await result.fetch(9)).map((record) => record.get(key));
        expect(await read(a, "a")).toEqual([1, 2, 3]);
        expect(await read(b, "b")).toEqual([10, 20, 30]);
        await tx.commit();
      },
    );
  });
});

describe("core's stream", () => {
  it("discards the rest when a loop is left", async () => {
    await playCore(
      async (peer) => {
        await peer.login();
        await header(peer, 2);
        peer.records(...rows(1, 2));
        peer.success({ has_more: true });
        // The reader has the first portion in hand, so the next one is under way already.
        await peer.receive("PULL");
        peer.records(...rows(3, 4));
        peer.success({ has_more: true });
        await peer.accept("DISCARD");
        await peer.result({ fields: ["m"], records: [[9]] });
        await peer.closed();
      },
      async (connection) => {
        for await (const row of connection.run("RETURN 1", {}, {}, { fetchSize: 2 })) if (row[0] === 1) break;
        const objects = [];
        for await (const row of connection.run("RETURN 2").objects()) objects.push(row);
        expect(objects).toEqual([{ m: 9 }]);
      },
    );
  });

  it("sends RUN and PULL, and several requests of one tick, in one write", async () => {
    await playCore(
      async (peer) => {
        await peer.login();
        await peer.receive("BEGIN");
        await peer.receive("RUN");
        await peer.receive("PULL");
        await peer.receive("COMMIT");
        peer.success();
        peer.success({ fields: [], qid: 0 });
        peer.success();
        peer.success({ bookmark: "b" });
        await peer.closed();
      },
      async (connection, { peers }) => {
        connection.begin({ mode: "r" });
        connection.run("RETURN 1");
        expect(await connection.commit()).toEqual({ bookmark: "b" });
        expect(peers[0]!.flights).toEqual([
          ["HELLO", "LOGON"],
          ["BEGIN", "RUN", "PULL", "COMMIT"],
        ]);
      },
    );
  });

  it.each([
    ["an answer too many", (peer: ScriptedPeer) => peer.success()],
    ["a record that nobody asked for", (peer: ScriptedPeer) => peer.record(1)],
  ])("is over, and the connection with it, at %s", async (_, say) => {
    await playCore(
      async (peer) => {
        await peer.login();
        await peer.result();
        say(peer);
        await peer.closed();
      },
      async (connection, { peers }) => {
        await connection.run("RETURN 1").summary();
        await peers[0]!.closed();
        expect(connection.isOpen).toBe(false);
        expect(await failureOf(connection.run("RETURN 2").keys())).toBeInstanceOf(BoltProtocolError);
      },
    );
  });
});
