/** Sessions: when they have a connection and when not, what runs when calls overlap, and how they end. */
import {
  ClientError,
  CypherSyntaxError,
  type Result,
  ResultConsumedError,
  SessionError,
  TransactionError,
} from "@fulgur/neo4j-driver";
import { describe, expect, it } from "vitest";
import { conversation, failingQuery, firstPortion, query, transaction } from "./exchanges.ts";
import { failureOf, play } from "./play.ts";

describe("a session", () => {
  it("runs queries that overlap one after the other, in the order of the calls (SES-01)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        for (const query of ["ONE", "TWO", "THREE"]) {
          const { run } = await peer.result({ fields: ["q"], records: [[query], [query]] });
          expect(run.query).toBe(query);
        }
        await peer.closed();
      },
      async (db, { peers }) => {
        const session = db.session();
        const results = await Promise.all(["ONE", "TWO", "THREE"].map((query) => session.run<{ q: string }>(query)));
        const seen = results.map(({ records }) => records.map((record) => record.get("q")));
        expect(seen).toEqual([
          ["ONE", "ONE"],
          ["TWO", "TWO"],
          ["THREE", "THREE"],
        ]);
        expect(peers).toHaveLength(1);
      },
    );
  });

  it("gives its connection back when the scope that it was made for is left by an error (SES-02)", async () => {
    await play(
      conversation(firstPortion([1]), "DISCARD", query()),
      async (db) => {
        const mine = new Error("mine");
        const scope = async () => {
          await using session = db.session({ fetchSize: 1 });
          await session.run("RETURN 1").keys();
          throw mine;
        };
        expect(await failureOf(scope())).toBe(mine);
        // There is but one connection to be had.
        await db.session().run("RETURN 2");
      },
      { config: { maxConnectionPoolSize: 1 } },
    );
  });

  it("closes: an open transaction is rolled back, and a second time nothing is sent (SES-03)", async () => {
    await play(conversation("BEGIN", query(), "ROLLBACK"), async (db) => {
      const session = db.session();
      const tx = await session.beginTransaction();
      await tx.run("CREATE ()");
      await session.close();
      expect([session.closed, tx.closed]).toEqual([true, true]);
      await session.close();
    });
  });

  it("closes: a result that fails while it is thrown away doesn't make that fail (SES-03)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await firstPortion([1])(peer);
        await peer.receive("DISCARD");
        peer.failure("Neo.ClientError.Statement.ArithmeticError");
        await peer.accept("RESET");
        await transaction(peer);
        await peer.closed();
      },
      async (db, { peers }) => {
        const session = db.session({ fetchSize: 1 });
        await session.run("RETURN 1").keys();
        await session.close();
        await db.executeQuery("RETURN 2");
        expect(peers).toHaveLength(1);
      },
    );
  });

  it("closes: what is left of a result is thrown away, and reading it says why (SES-03)", async () => {
    await play(conversation(firstPortion([1]), "DISCARD"), async (db) => {
      const session = db.session({ fetchSize: 1 });
      const result = session.run("RETURN 1");
      await result.keys();
      await session.close();
      const error = await failureOf(result.next());
      expect(error).toBeInstanceOf(ResultConsumedError);
      expect(error.message).toContain("session was closed");
    });
  });

  it("closes: a managed transaction that is under way is rolled back and tells why (SES-03, SES-05)", async () => {
    await play(
      conversation("BEGIN", query(), "RESET", query()),
      async (db) => {
        const session = db.session();
        const { promise: hasRun, resolve } = withResolvers();
        const managed = failureOf(
          session.executeWrite(async (tx) => {
            await tx.run("CREATE ()");
            resolve();
            await new Promise(() => {});
          }),
        );
        await hasRun;
        await session.close();
        expect(await managed).toBeInstanceOf(SessionError);
        await db.session().run("RETURN 2");
      },
      { config: { maxConnectionPoolSize: 1 } },
    );
  });

  it("closes: a managed transaction that waits for a connection never begins (SES-03)", async () => {
    await play(
      conversation("BEGIN", "COMMIT", query()),
      async (db) => {
        const tx = await db.session().beginTransaction();
        const session = db.session();
        let calls = 0;
        const managed = failureOf(session.executeWrite(() => calls++));
        // Its connection is asked for before the next one's.
        const next = db.session().run("RETURN 2");
        await session.close();
        await tx.commit();
        expect(await managed).toBeInstanceOf(SessionError);
        await next;
        expect(calls).toBe(0);
      },
      { config: { maxConnectionPoolSize: 1 } },
    );
  });

  it("says whether it is closed (SES-04)", async () => {
    await play(
      async () => {},
      async (db) => {
        const session = db.session();
        expect(session.closed).toBe(false);
        await session.close();
        expect(session.closed).toBe(true);
        let kept: ReturnType<typeof db.session>;
        {
          await using scoped = db.session();
          kept = scoped;
        }
        expect(kept.closed).toBe(true);
      },
    );
  });

  it("sends a query at once, and pulls no more than was asked for (SES-06, SES-19)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.receive("RUN");
        expect((await peer.receive("PULL")).extra).toEqual({ n: 2 });
        peer.success({ fields: ["n"] });
        peer.records([1], [2]);
        peer.success({ has_more: true });
        for (const last of [false, true]) {
          expect((await peer.receive("PULL")).extra).toEqual({ n: 2 });
          peer.records([3], ...(last ? [] : [[4]]));
          peer.success(last ? {} : { has_more: true });
        }
        await peer.closed();
      },
      async (db, { peers }) => {
        const session = db.session({ fetchSize: 2 });
        const result = session.run("RETURN 1");
        await result.keys();
        expect(peers[0]!.received.filter(({ type }) => type === "PULL")).toHaveLength(1);
        expect(await result.rows()).toHaveLength(5);
      },
    );
  });

  it.each<[string, number | undefined, number]>([
    ["a thousand by default", undefined, 1000],
    ["all with -1", -1, -1],
    ["all with Infinity", Number.POSITIVE_INFINITY, -1],
  ])("pulls %s (SES-19)", async (_, fetchSize, n) => {
    await play(
      async (peer) => {
        await peer.login();
        expect((await peer.result()).pull.extra).toEqual({ n });
        await peer.closed();
      },
      (db) => db.session({ fetchSize }).run("RETURN 1").then(),
    );
  });

  it("gives a query's failure to whoever reads the result, whatever is read first (SES-06)", async () => {
    const reads: ((result: Result) => PromiseLike<unknown>)[] = [
      (result) => result,
      (result) => result.keys(),
      (result) => result.next(),
      (result) => result.consume(),
    ];
    await play(
      async (peer) => {
        await peer.login();
        for (const _ of reads) {
          await failingQuery("Neo.ClientError.Statement.SyntaxError")(peer);
        }
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        for (const read of reads) {
          expect(await failureOf(read(session.run("RETRUN 1")))).toBeInstanceOf(CypherSyntaxError);
        }
      },
    );
  });

  it("fetches an earlier result whole before the next query, and keeps it readable (SES-07)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await firstPortion([1], [2])(peer);
        await peer.receive("PULL");
        peer.record(3);
        peer.success();
        expect((await peer.result({ fields: ["m"], records: [[9]] })).run.query).toBe("B");
        await peer.closed();
      },
      async (db) => {
        const session = db.session({ fetchSize: 2 });
        const a = session.run<{ n: number }>("A");
        const b = await session.run<{ m: number }>("B");
        expect(b.records[0]?.get("m")).toBe(9);
        expect((await a.rows()).map(({ n }) => n)).toEqual([1, 2, 3]);
      },
    );
  });

  it("ends an open result before it begins a transaction (SES-09)", async () => {
    await play(conversation(firstPortion([1]), "DISCARD", transaction), async (db) => {
      const session = db.session({ fetchSize: 1 });
      const result = session.run("RETURN 1");
      await result.keys();
      const tx = await session.beginTransaction();
      await tx.run("CREATE ()");
      await tx.commit();
      expect((await failureOf(result.next())).name).toBe("ResultConsumedError");
    });
  });

  it("does nothing any more once it is closed (SES-05, SES-10)", async () => {
    await play(
      async () => {},
      async (db, { peers }) => {
        const session = db.session();
        await session.close();
        for (const use of [
          () => session.run("RETURN 1"),
          () => session.beginTransaction(),
          () => session.executeRead(() => 1),
          () => session.executeWrite(() => 1),
          () => session.withTransaction(() => 1),
        ]) {
          const error = await failureOf(Promise.resolve(use()));
          expect(error).toBeInstanceOf(SessionError);
          expect((error as SessionError).session).toBe(session);
        }
        expect(peers).toEqual([]);
      },
    );
  });

  it("goes on after a failure, with the same connection (SES-25)", async () => {
    await play(
      conversation(failingQuery("Neo.ClientError.Statement.ArithmeticError"), query({ fields: ["n"], records: [[1]] })),
      async (db, { peers }) => {
        const session = db.session();
        expect(await failureOf(session.run("RETURN 1/0"))).toBeInstanceOf(ClientError);
        expect((await session.run("RETURN 1")).records).toHaveLength(1);
        expect(peers).toHaveLength(1);
      },
    );
  });

  it("has no connection before it runs something and after the result's end (SES-27)", async () => {
    await play(
      conversation(firstPortion([1]), "DISCARD", query()),
      async (db, { peers }) => {
        const [one, two] = [db.session({ fetchSize: 1 }), db.session()];
        expect(peers).toEqual([]);
        const result = one.run("RETURN 1");
        await result.keys();
        // The only connection is in use: whoever wants one waits.
        const next = two.run("RETURN 2");
        await result.consume();
        await next;
        expect(peers).toHaveLength(1);
      },
      { config: { maxConnectionPoolSize: 1 } },
    );
  });

  it("refuses whatever is asked for beside an open transaction, which goes on (TX-05, TX-06)", async () => {
    await play(conversation(transaction), async (db) => {
      const session = db.session();
      const tx = await session.beginTransaction();
      const refused = [
        () => session.run("RETURN 1"),
        () => session.beginTransaction(),
        () => session.executeRead(() => 1),
      ];
      for (const use of refused) {
        const error = await failureOf(Promise.resolve(use()));
        expect(error).toBeInstanceOf(TransactionError);
        expect(error.message).toContain("open transaction");
      }
      await tx.run("CREATE ()");
      await tx.commit();
    });
  });

  it("refuses its own use within the work of its managed transaction (TX-06)", async () => {
    await play(conversation("BEGIN", query(), "ROLLBACK"), async (db) => {
      const session = db.session();
      const nested = session.executeWrite(async (tx) => {
        await tx.run("CREATE ()");
        await session.run("RETURN 1");
      });
      expect(await failureOf(nested)).toBeInstanceOf(TransactionError);
    });
  });
});

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
