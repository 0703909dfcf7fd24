/** Transactions that their user ends: what each step sends, and what is possible afterwards. */
import {
  ClientError,
  ConfigurationError,
  ResultConsumedError,
  ResultFailedError,
  TransactionError,
} from "@fulgur/neo4j-driver";
import type { ScriptedPeer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { conversation, failingQuery, query } from "./exchanges.ts";
import { failureOf, play } from "./play.ts";

/** RUN and PULL of a result of which one record comes, and more are to be had. */
async function opened(peer: ScriptedPeer, qid = 0) {
  const run = await peer.receive("RUN");
  await peer.receive("PULL");
  peer.success({ fields: ["n"], qid });
  peer.record(1);
  peer.success({ has_more: true });
  return run;
}

describe("an explicit transaction", () => {
  it("begins as it is told (TX-05)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        const { extra } = await peer.accept("BEGIN");
        expect(extra).toEqual({ mode: "r", txMetadata: { job: 7 }, txTimeout: 1500 });
        expect((await peer.result()).run.extra).toEqual({});
        await peer.accept("COMMIT");
        await peer.closed();
      },
      async (db) => {
        const config = { metadata: { job: 7 }, timeout: 1500, accessMode: "READ" } as const;
        const tx = await db.session().beginTransaction(config);
        await tx.run("RETURN 1");
        await tx.commit();
        const wrong = { accessMode: "read" } as never;
        expect(await failureOf(db.session().beginTransaction(wrong))).toBeInstanceOf(ConfigurationError);
      },
    );
  });

  it("says nothing in its RUNs, and after its end runs nothing (TX-10, TX-14)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("BEGIN");
        const { run } = await peer.result();
        expect(run).toMatchObject({ query: "RETURN $a", parameters: { a: 1 }, extra: {} });
        await peer.accept("COMMIT");
        await peer.closed();
      },
      async (db) => {
        const tx = await db.session({ database: "movies" }).beginTransaction();
        expect(tx.closed).toBe(false);
        await tx.run("RETURN $a", { a: 1 });
        await tx.commit();
        expect(tx.closed).toBe(true);
        const error = await failureOf(tx.run("RETURN 1"));
        expect(error).toBeInstanceOf(TransactionError);
        expect((error as TransactionError).transaction).toBe(tx);
      },
    );
  });

  it("discards what is open before ROLLBACK, and then is over (TX-12, TX-33)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("BEGIN");
        await opened(peer);
        await peer.accept("DISCARD");
        await peer.accept("ROLLBACK", { bookmark: "ignored" });
        await peer.closed();
      },
      async (db) => {
        const session = db.session({ fetchSize: 1 });
        const tx = await session.beginTransaction();
        const result = tx.run("RETURN 1");
        await result.keys();
        await tx.rollback();
        expect(tx.closed).toBe(true);
        expect(await failureOf(tx.rollback())).toBeInstanceOf(TransactionError);
        expect(await failureOf(tx.commit())).toBeInstanceOf(TransactionError);
        expect(await failureOf(result.next())).toBeInstanceOf(ResultConsumedError);
        expect((await session.lastBookmarks()).size).toBe(0);
      },
    );
  });

  it("ends its results with it, also those whose records are all here already (TX-33)", async () => {
    await play(conversation("BEGIN", query({ fields: ["n"], records: [[1], [2]] }), "COMMIT"), async (db) => {
      const tx = await db.session().beginTransaction();
      const result = tx.run("RETURN 1");
      await result.next();
      await tx.commit();
      expect(await failureOf(result.next())).toBeInstanceOf(ResultConsumedError);
    });
  });

  it("closes by ROLLBACK, and when it is over by nothing (TX-13)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        for (const end of ["ROLLBACK", "COMMIT", "ROLLBACK"] as const) {
          await peer.accept("BEGIN");
          await peer.accept(end);
        }
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        const ends = [
          () => {},
          (tx: { commit(): unknown }) => tx.commit(),
          (tx: { rollback(): unknown }) => tx.rollback(),
        ];
        for (const end of ends) {
          const tx = await session.beginTransaction();
          await end(tx);
          await tx.close();
          await tx.close();
          expect(tx.closed).toBe(true);
        }
      },
    );
  });

  it("reads several results by turns, each PULL naming its own (TX-15)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("BEGIN");
        await opened(peer, 0);
        await opened(peer, 1);
        // Whose portion is read to its end has the next one asked for.
        for (const qid of [0, 1, 0, 1]) {
          const { extra } = await peer.receive("PULL");
          expect(extra.qid ?? 1).toBe(qid);
          peer.record(2 + qid);
          peer.success(peer.received.filter(({ type }) => type === "PULL").length > 4 ? {} : { has_more: true });
        }
        await peer.accept("COMMIT");
        await peer.closed();
      },
      async (db) => {
        const tx = await db.session({ fetchSize: 1 }).beginTransaction();
        const [a, b] = [tx.run<{ n: number }>("A"), tx.run<{ n: number }>("B")];
        await Promise.all([a.keys(), b.keys()]);
        const seen: number[] = [];
        for (let turn = 0; turn < 3; turn++) {
          for (const result of [a, b]) seen.push((await result.next()).value!.get("n"));
        }
        expect(seen).toEqual([1, 1, 2, 3, 2, 3]);
        await tx.commit();
      },
    );
  });

  it("answers queries that are asked for at the same time, each with its own result (ASY-03)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("BEGIN");
        for (const query of ["A", "B"]) {
          expect((await peer.receive("RUN")).query).toBe(query);
          await peer.receive("PULL");
        }
        for (const [qid, query] of ["A", "B"].entries()) {
          peer.success({ fields: ["q"], qid });
          peer.record(query);
          peer.success();
        }
        await peer.accept("COMMIT");
        await peer.closed();
      },
      async (db) => {
        const tx = await db.session().beginTransaction();
        const results = await Promise.all([tx.run<{ q: string }>("A"), tx.run<{ q: string }>("B")]);
        expect(results.map(({ records }) => records.map((record) => record.get("q")))).toEqual([["A"], ["B"]]);
        await tx.commit();
      },
    );
  });

  it("fails as a whole with one of its results (TX-16, TX-32)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("BEGIN");
        await opened(peer, 0);
        await opened(peer, 1);
        await peer.receive("PULL");
        peer.failure("Neo.ClientError.Statement.ArithmeticError");
        await peer.accept("RESET");
        await peer.result();
        await peer.closed();
      },
      async (db) => {
        const session = db.session({ fetchSize: 1 });
        const tx = await session.beginTransaction();
        const [a, b] = [tx.run("A"), tx.run("B")];
        await Promise.all([a.keys(), b.keys()]);
        await a.next();
        const failure = await failureOf(a.next());
        expect(failure).toBeInstanceOf(ClientError);
        const sibling = await failureOf(b.next());
        expect(sibling).toBeInstanceOf(ResultFailedError);
        expect(sibling.cause).toBe(failure);
        for (const refused of [await failureOf(tx.run("C")), await failureOf(tx.commit())]) {
          expect(refused).toBeInstanceOf(TransactionError);
          expect(refused.cause).toBe(failure);
        }
        await tx.rollback();
        await tx.close();
        await session.run("RETURN 1");
      },
    );
  });

  it("tells that COMMIT failed, and closing it sends nothing more (TX-28)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("BEGIN");
        await peer.result();
        await peer.receive("COMMIT");
        peer.failure("Neo.ClientError.Schema.ConstraintValidationFailed");
        await peer.accept("RESET");
        await peer.closed();
      },
      async (db) => {
        const tx = await db.session().beginTransaction();
        let seen: unknown;
        try {
          await tx.run("CREATE ()");
          await tx.commit();
        } catch (error) {
          seen = error;
        } finally {
          await tx.close();
        }
        expect(seen).toBeInstanceOf(ClientError);
      },
    );
  });

  it("whose BEGIN fails was none: the session is free for another one (TX-05)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.receive("BEGIN");
        peer.failure("Neo.ClientError.Database.DatabaseNotFound");
        await peer.accept("RESET");
        await peer.accept("BEGIN");
        await peer.accept("COMMIT");
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        expect(await failureOf(session.beginTransaction())).toBeInstanceOf(ClientError);
        await (await session.beginTransaction()).commit();
      },
    );
  });
});

describe("session.withTransaction", () => {
  it("commits when its work returns, and gives what that returned (TX-09)", async () => {
    await play(conversation("BEGIN", query({ fields: ["n"], records: [[1]] }), "COMMIT"), async (db) => {
      const count = await db.session().withTransaction(async (tx) => (await tx.run("RETURN 1")).records.length);
      expect(count).toBe(1);
    });
  });

  it("rolls back when its work throws, and throws the same; it isn't tried again (TX-09)", async () => {
    await play(
      conversation("BEGIN", "ROLLBACK", "BEGIN", failingQuery("Neo.TransientError.Transaction.DeadlockDetected")),
      async (db) => {
        const mine = new Error("mine");
        const session = db.session();
        const work = () => {
          throw mine;
        };
        expect(await failureOf(session.withTransaction(work))).toBe(mine);
        const failed = await failureOf(session.withTransaction((tx) => tx.run("CREATE ()")));
        expect(failed.name).toBe("TransientError");
      },
    );
  });

  it("leaves alone what its work has ended, and needs work (TX-09, TX-19)", async () => {
    await play(conversation("BEGIN", "ROLLBACK"), async (db) => {
      expect(await db.session().withTransaction((tx) => tx.rollback())).toBeUndefined();
      expect(await failureOf(db.session().withTransaction("x" as never))).toBeInstanceOf(TypeError);
    });
  });
});
