/** Transactions around a function: begun, committed and rolled back by what the function does. */
import {
  IncompleteCommit,
  type ManagedTransaction,
  type Result,
  ResultConsumedError,
  TransactionError,
  unitOfWork,
} from "@fulgur/neo4j-driver";
import { describe, expect, it } from "vitest";
import { conversation, failingTransaction, transaction } from "./exchanges.ts";
import { failureOf, hurryRetries, play } from "./play.ts";

describe("a managed transaction", () => {
  it("reads or writes by the call, and gives what the work returned (TX-17, TX-18)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        expect((await transaction(peer)).extra).toEqual({ mode: "r" });
        expect((await transaction(peer)).extra).toEqual({ bookmarks: ["b"] });
        await peer.closed();
      },
      async (db, { peers }) => {
        const session = db.session();
        const count = async (tx: ManagedTransaction) => (await tx.run("RETURN 1")).records.length;
        expect(await session.executeRead(count)).toBe(1);
        expect(await session.executeWrite(count)).toBe(1);
        // The work is called when BEGIN was answered.
        const flights = [["BEGIN"], ["RUN", "PULL"], ["COMMIT"]];
        expect(peers[0]!.flights.slice(1)).toEqual([...flights, ...flights]);
      },
    );
  });

  it("commits whatever the work returns, and rolls back however it throws (TX-25)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await transaction(peer);
        for (let time = 0; time < 2; time++) {
          await peer.accept("BEGIN");
          await peer.result();
          await peer.accept("ROLLBACK");
        }
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        const mine = new Error("mine");
        const returned = await session.executeWrite(async (tx) => {
          await tx.run("CREATE ()");
        });
        expect(returned).toBeUndefined();
        const rejects = async (tx: ManagedTransaction) => {
          await tx.run("CREATE ()");
          throw mine;
        };
        const throws = (tx: ManagedTransaction) => {
          tx.run("CREATE ()");
          throw mine;
        };
        expect(await failureOf(session.executeWrite(rejects))).toBe(mine);
        expect(await failureOf(session.executeWrite(throws))).toBe(mine);
      },
    );
  });

  it("takes its results with it: what the work leaves open can't be read afterwards (TX-26, TX-33)", async () => {
    await play(conversation(transaction, transaction), async (db) => {
      const session = db.session();
      let kept: Result | undefined;
      await session.executeRead(async (tx) => {
        kept = tx.run("RETURN 1");
        await kept.keys();
      });
      expect(await failureOf(kept!.next())).toBeInstanceOf(ResultConsumedError);
      // A result that is returned is awaited: that gives all of it, in time.
      const { records } = await session.executeRead((tx) => tx.run("RETURN 1"));
      expect(records).toHaveLength(1);
    });
  });

  it("throws away what a loop that was left early has not read (TX-27)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("BEGIN");
        await peer.receive("RUN");
        expect((await peer.receive("PULL")).extra).toEqual({ n: 4 });
        peer.success({ fields: ["n"], qid: 0 });
        peer.records([1], [2], [3], [4]);
        peer.success({ has_more: true });
        // Asked for before the reader had left.
        await peer.receive("PULL");
        peer.records([5], [6], [7], [8]);
        peer.success({ has_more: true });
        expect((await peer.receive("DISCARD")).extra).toEqual({ n: -1 });
        peer.success({ type: "r" });
        await peer.accept("COMMIT");
        await peer.closed();
      },
      async (db) => {
        const session = db.session({ fetchSize: 4 });
        const found = await session.executeRead(async (tx) => {
          const result = tx.run<{ n: number }>("RETURN 1");
          const seen: number[] = [];
          for await (const record of result) {
            seen.push(record.get("n"));
            if (seen.length === 1) break;
          }
          const summary = await result.consume();
          return { seen, type: summary.queryType };
        });
        expect(found).toEqual({ seen: [1], type: "r" });
      },
    );
  });

  it("can't be ended by the work (TX-24)", async () => {
    await play(conversation(transaction), async (db) => {
      const found = await db.session().executeWrite(async (tx) => {
        await tx.run("CREATE ()");
        return ["run", "commit", "rollback", "close"].filter((method) => method in tx);
      });
      expect(found).toEqual(["run"]);
    });
  });

  it("needs work that is a function, and asks for no connection otherwise (TX-19)", async () => {
    await play(
      async () => {},
      async (db, { peers }) => {
        for (const work of ["x", undefined, {}]) {
          expect(await failureOf(db.session().executeRead(work as never))).toBeInstanceOf(TypeError);
          expect(await failureOf(db.session().executeWrite(work as never))).toBeInstanceOf(TypeError);
        }
        expect(() => unitOfWork({}, "x" as never)).toThrow(TypeError);
        expect(peers).toEqual([]);
      },
    );
  });

  it("is configured by the call and by its unit of work, the same at each attempt (TX-20)", async () => {
    hurryRetries();
    const seen: unknown[] = [];
    await play(
      async (peer) => {
        await peer.login();
        for (let time = 0; time < 2; time++) {
          seen.push((await peer.accept("BEGIN")).extra);
          await peer.receive("RUN");
          await peer.receive("PULL");
          if (time === 0) {
            peer.failure("Neo.TransientError.Transaction.DeadlockDetected");
            peer.ignored();
            await peer.accept("RESET");
          } else {
            peer.success({ fields: [] });
            peer.success();
            await peer.accept("COMMIT");
          }
        }
        seen.push((await transaction(peer)).extra);
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        const work = unitOfWork({ metadata: { job: "nightly" }, timeout: 1500 }, async (tx) => {
          await tx.run("CREATE ()");
        });
        await session.executeWrite(work);
        await session.executeWrite(work, { timeout: 0 });
      },
    );
    const extra = { txMetadata: { job: "nightly" }, txTimeout: 1500 };
    expect(seen).toEqual([extra, extra, { ...extra, txTimeout: 0 }]);
  });

  it("isn't tried again when nobody knows whether COMMIT took place (TX-29)", async () => {
    const delays = hurryRetries();
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("BEGIN");
        await peer.result();
        await peer.receive("COMMIT");
        peer.destroy();
      },
      async (db, { peers }) => {
        let attempts = 0;
        const work = async (tx: ManagedTransaction) => {
          attempts++;
          await tx.run("CREATE ()");
        };
        expect(await failureOf(db.session().executeWrite(work))).toBeInstanceOf(IncompleteCommit);
        expect([attempts, peers.length, delays.length]).toEqual([1, 1, 0]);
      },
    );
  });

  it("that failed is over, also for work that goes on as if it hadn't (TX-32)", async () => {
    await play(
      conversation((peer) => failingTransaction(peer, "Neo.ClientError.Statement.ArithmeticError")),
      async (db) => {
        let second: Error | undefined;
        const failed = await failureOf(
          db.session().executeWrite(async (tx) => {
            const first = await failureOf(tx.run("RETURN 1/0"));
            second = await failureOf(tx.run("CREATE ()"));
            expect(second.cause).toBe(first);
            return "done";
          }),
        );
        expect(second).toBeInstanceOf(TransactionError);
        expect(failed).toBe(second?.cause);
      },
    );
  });
});
