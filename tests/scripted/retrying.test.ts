/** Managed transactions: after what they are tried again, when, and when no more. */
import { ClientError, ServiceUnavailable, TransientError } from "@fulgur/neo4j-driver";
import { describe, expect, it } from "vitest";
import { conversation, failingTransaction, query, transaction } from "./exchanges.ts";
import { failureOf, hurryRetries, play } from "./play.ts";

describe("a managed transaction", () => {
  it.each([
    "Neo.TransientError.Transaction.DeadlockDetected",
    "Neo.TransientError.General.DatabaseUnavailable",
    "Neo.ClientError.Security.AuthorizationExpired",
    "Neo.ClientError.Cluster.NotALeader",
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
  ])("is tried again after %s (TX-23)", async (code) => {
    const delays = hurryRetries();
    let failed = false;
    await play(
      async (peer) => {
        await peer.login();
        let next = await peer.receiveAny();
        if (!failed) {
          failed = true;
          peer.success();
          await peer.receive("RUN");
          await peer.receive("PULL");
          peer.failure(code);
          peer.ignored();
          next = await peer.receiveAny();
          // Whether the second attempt has this connection or another one depends on the code.
          if (next?.type === "RESET") {
            peer.success();
            next = await peer.receiveAny();
          }
        }
        // Whoever was told that the authorization has expired may prove it anew, on the same connection.
        if (next?.type === "LOGOFF") {
          peer.success();
          await peer.accept("LOGON");
          next = await peer.receiveAny();
        }
        if (next === undefined || next.type === "GOODBYE") return;
        expect(next.type).toBe("BEGIN");
        peer.success();
        await peer.result({ fields: ["n"], records: [[1]] });
        await peer.accept("COMMIT", { bookmark: "b" });
        await peer.closed();
      },
      async (db) => {
        const attempts: number[] = [];
        const value = await db.session().executeWrite(async (tx) => {
          attempts.push(attempts.length);
          const { records } = await tx.run("CREATE (n) RETURN 1 AS n");
          return records[0]?.get("n");
        });
        expect(value).toBe(1);
        expect(attempts).toEqual([0, 1]);
      },
    );
    expect(delays).toHaveLength(1);
    expect(delays[0]).toBeGreaterThanOrEqual(799);
    expect(delays[0]).toBeLessThanOrEqual(1200);
  });

  it.each([
    "Neo.TransientError.Transaction.Terminated",
    "Neo.TransientError.Transaction.LockClientStopped",
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
    "Neo.ClientError.Security.Unauthorized",
    "Neo.DatabaseError.General.UnknownError",
  ])("is not tried again after %s (TX-23)", async (code) => {
    await play(
      conversation((peer) => failingTransaction(peer, code)),
      async (db) => {
        let attempts = 0;
        const error = await failureOf(
          db.session().executeRead((tx) => {
            attempts++;
            return tx.run("RETURN 1");
          }),
        );
        expect(error.code).toBe(code.replace("TransientError", "ClientError"));
        expect(attempts).toBe(1);
      },
    );
  });

  it("waits longer each time, with its connection given back meanwhile (TX-22, TX-23)", async () => {
    const delays = hurryRetries();
    await play(
      async (peer) => {
        await peer.login();
        for (let time = 0; time < 3; time++) {
          await failingTransaction(peer, "Neo.TransientError.Transaction.DeadlockDetected");
        }
        await transaction(peer);
        await peer.closed();
      },
      async (db, { peers }) => {
        await db.session().executeWrite((tx) => tx.run("CREATE ()"));
        expect(peers).toHaveLength(1);
      },
    );
    expect(delays).toHaveLength(3);
    for (const [index, delay] of delays.entries()) {
      expect(delay).toBeGreaterThanOrEqual(800 * 2 ** index - 1);
      expect(delay).toBeLessThanOrEqual(1200 * 2 ** index);
    }
  });

  it("is not tried again when the time for it is over (DRV-25)", async () => {
    await play(
      conversation((peer) => failingTransaction(peer, "Neo.TransientError.Transaction.DeadlockDetected")),
      async (db) => {
        const error = await failureOf(db.session().executeWrite((tx) => tx.run("CREATE ()")));
        expect(error).toBeInstanceOf(TransientError);
      },
      { config: { maxTransactionRetryTime: 0 } },
    );
  });

  it("is rolled back when the work throws, and that is what is thrown (TX-17)", async () => {
    const own = new Error("changed my mind");
    await play(conversation("BEGIN", query(), "ROLLBACK"), async (db) => {
      const error = await failureOf(
        db.session().executeWrite(async (tx) => {
          await tx.run("CREATE ()");
          throw own;
        }),
      );
      expect(error).toBe(own);
    });
  });

  it("is tried again when COMMIT fails for the moment", async () => {
    hurryRetries();
    await play(
      async (peer) => {
        await peer.login();
        await peer.accept("BEGIN");
        await peer.result();
        await peer.receive("COMMIT");
        peer.failure("Neo.TransientError.Transaction.DeadlockDetected");
        await peer.accept("RESET");
        await transaction(peer);
        await peer.closed();
      },
      async (db) => {
        await db.session().executeWrite((tx) => tx.run("CREATE ()"));
      },
    );
  });

  it("is tried again on another connection when the first one is lost (TX-23)", async () => {
    hurryRetries();
    await play(
      async (peer, connection) => {
        await peer.login();
        if (connection > 0) {
          await transaction(peer);
          await peer.closed();
          return;
        }
        await peer.accept("BEGIN");
        await peer.receive("RUN");
        await peer.receive("PULL");
        peer.destroy();
      },
      async (db, { peers }) => {
        const { records } = await db.session().executeWrite((tx) => tx.run("CREATE (n) RETURN 1 AS n"));
        expect(records).toHaveLength(1);
        expect(peers).toHaveLength(2);
      },
    );
  });

  it("isn't tried again after an error of the work's own, unless that says so itself (TX-23)", async () => {
    hurryRetries();
    await play(
      async (peer) => {
        await peer.login();
        for (const end of ["ROLLBACK", "ROLLBACK", "COMMIT"] as const) {
          await peer.accept("BEGIN");
          await peer.result();
          await peer.accept(end);
        }
        await peer.closed();
      },
      async (db) => {
        const mine = new Error("mine");
        const session = db.session();
        const work = (errors: Error[]) =>
          session.executeWrite(async (tx) => {
            await tx.run("CREATE ()");
            const error = errors.shift();
            if (error !== undefined) throw error;
          });
        expect(await failureOf(work([mine, mine]))).toBe(mine);
        await work([Object.assign(new Error("try me again"), { isRetryable: () => true })]);
      },
    );
  });

  it("says in its last error what each attempt failed by, and when (TX-22)", async () => {
    hurryRetries();
    const code = "Neo.TransientError.Transaction.DeadlockDetected";
    await play(
      conversation(
        (peer) => failingTransaction(peer, code),
        (peer) => failingTransaction(peer, code),
        (peer) => failingTransaction(peer, "Neo.ClientError.Statement.ArithmeticError"),
      ),
      async (db) => {
        const error = await failureOf(db.session().executeWrite((tx) => tx.run("CREATE ()")));
        expect(error).toBeInstanceOf(ClientError);
        const { attempts = [] } = error as ClientError;
        expect(attempts.map((attempt) => (attempt.error as ClientError).code)).toEqual([
          code,
          code,
          "Neo.ClientError.Statement.ArithmeticError",
        ]);
        expect(attempts[2]?.error).toBe(error);
      },
    );
  });

  it("isn't tried again before any server was reached (TX-23)", async () => {
    const delays = hurryRetries();
    await play(
      async (peer) => {
        await peer.receive("HELLO");
        peer.destroy();
      },
      async (db, { peers }) => {
        const error = await failureOf(db.session().executeWrite((tx) => tx.run("CREATE ()")));
        expect(error).toBeInstanceOf(ServiceUnavailable);
        expect([peers.length, delays.length]).toEqual([1, 0]);
      },
    );
  });
});
