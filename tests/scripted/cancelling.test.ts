/** Calls that are cancelled by a signal: before anything is sent nothing is sent, afterwards the server is told to stop. */
import { getEventListeners } from "node:events";
import type { bolt } from "@fulgur/neo4j-core";
import { type Driver, IncompleteCommit, ResultFailedError, type Session, TransactionError } from "@fulgur/neo4j-driver";
import type { ScriptedPeer } from "@fulgur/neo4j-testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { conversation, failingTransaction, query } from "./exchanges.ts";
import { failureOf, play } from "./play.ts";

const reason = new Error("enough");

/** Requests that are not answered so far, and what happens then. */
const unanswered =
  (types: readonly bolt.Request["type"][], then: () => unknown) =>
  async (peer: ScriptedPeer): Promise<void> => {
    for (const type of types) await peer.receive(type);
    await then();
  };

/** A query that is not answered so far, and what happens then. */
const running = (then: () => unknown) => unanswered(["RUN", "PULL"], then);

/** What a server says to a RESET that overtakes what it was asked before. */
const interrupted =
  (...requests: ("failed" | "ignored")[]) =>
  async (peer: ScriptedPeer): Promise<void> => {
    await peer.receive("RESET");
    for (const request of requests) {
      if (request === "failed") peer.failure("Neo.ClientError.Transaction.Terminated", "interrupted");
      else peer.ignored();
    }
    peer.success();
  };

/** A signal, and its end. At the end of the test nobody must listen to it any more. */
function cancelling() {
  const controller = new AbortController();
  const { signal } = controller;
  onTestFinished(() => expect(getEventListeners(signal, "abort")).toEqual([]));
  return { signal, abort: () => controller.abort(reason) };
}

type Call = (db: Driver, session: Session, signal: AbortSignal) => PromiseLike<unknown>;

/** Each way to have something done. */
const calls: [string, Call][] = [
  ["session.run", (_, session, signal) => session.run("RETURN 1", {}, { signal })],
  ["beginTransaction", (_, session, signal) => session.beginTransaction({ signal })],
  ["withTransaction", (_, session, signal) => session.withTransaction((tx) => tx.run("RETURN 1"), { signal })],
  ["executeRead", (_, session, signal) => session.executeRead((tx) => tx.run("RETURN 1"), { signal })],
  ["executeWrite", (_, session, signal) => session.executeWrite((tx) => tx.run("RETURN 1"), { signal })],
  ["executeQuery", (db, _, signal) => db.executeQuery("RETURN 1", {}, { signal })],
  ["a reading executeQuery", (db, _, signal) => db.executeQuery("RETURN 1", {}, { signal, routing: "READ" })],
];
const questions: [string, Call][] = [
  ["verifyConnectivity", (db, _, signal) => db.verifyConnectivity({ signal })],
  ["getServerInfo", (db, _, signal) => db.getServerInfo({ signal })],
  ["verifyAuthentication", (db, _, signal) => db.verifyAuthentication({ signal })],
];

describe("a signal that is aborted", () => {
  it.each([...calls, ...questions])("before %s has begun lets nothing be sent (ASY-06)", async (_, call) => {
    await play(conversation(query()), async (db, { peers }) => {
      const session = db.session();
      expect(await failureOf(call(db, session, AbortSignal.abort(reason)))).toBe(reason);
      expect(peers).toEqual([]);
      await session.run("RETURN 2");
    });
  });

  it.each([...calls, ...questions])("while %s opens a connection gives that up (ASY-06)", async (_, call) => {
    const { signal, abort } = cancelling();
    await play(
      async (peer) => {
        await peer.receive("HELLO");
        await peer.receive("LOGON");
        abort();
        await peer.closed();
      },
      async (db) => {
        expect(await failureOf(call(db, db.session(), signal))).toBe(reason);
      },
    );
  });

  it.each(calls)("while %s waits for a connection leaves its place in the line (ASY-06)", async (_, call) => {
    const { signal, abort } = cancelling();
    await play(
      conversation("BEGIN", "COMMIT", query()),
      async (db) => {
        const tx = await db.session().beginTransaction();
        const failed = failureOf(call(db, db.session(), signal));
        const behind = db.session().run("RETURN 2");
        abort();
        expect(await failed).toBe(reason);
        await tx.commit();
        await behind;
      },
      { config: { maxConnectionPoolSize: 1 } },
    );
  });

  it.each(calls)(
    "while the server is busy with %s is heard of at once, whatever the server does (ASY-06)",
    async (_, call) => {
      const { signal, abort } = cancelling();
      let free: () => void = () => {};
      const held = new Promise<void>((resolve) => {
        free = resolve;
      });
      await play(
        conversation(async (peer) => {
          const asked: string[] = [];
          for (;;) {
            const request = (await peer.receiveAny())!;
            if (request.type === "RESET") break;
            asked.push(request.type);
            // All of one write has come when its last one has.
            const last = peer.flights.at(-1)!.at(-1);
            if (request.type === last) abort();
          }
          // The server says nothing until the caller has gone.
          await held;
          for (const _request of asked) peer.ignored();
          peer.success();
        }, query()),
        async (db, { peers }) => {
          const session = db.session();
          expect(await failureOf(call(db, session, signal))).toBe(reason);
          free();
          // The same connection, as soon as it is free again.
          await session.run("RETURN 2");
          expect(peers).toHaveLength(1);
        },
        { config: { maxConnectionPoolSize: 1 } },
      );
    },
  );

  it("amid the records stops the reader at once (ASY-06)", async () => {
    const { signal, abort } = cancelling();
    await play(
      conversation(
        async (peer) => {
          await peer.receive("RUN");
          await peer.receive("PULL");
          peer.success({ fields: ["n"] });
          peer.records([1], [2], [3]);
        },
        interrupted("failed"),
        query(),
      ),
      async (db, { peers }) => {
        const session = db.session();
        const seen: unknown[] = [];
        const reading = async () => {
          for await (const record of session.run("RETURN 1", {}, { signal })) {
            seen.push(record.get("n"));
            if (seen.length === 3) abort();
          }
        };
        expect(await failureOf(reading())).toBe(reason);
        expect(seen).toEqual([1, 2, 3]);
        await session.run("RETURN 2");
        expect(peers).toHaveLength(1);
      },
    );
  });

  it("with whatever for a reason rejects with just that (ASY-06)", async () => {
    for (const given of ["a text", null, Object.freeze(new Error("frozen"))]) {
      const controller = new AbortController();
      await play(
        conversation(
          running(() => controller.abort(given)),
          interrupted("failed", "ignored"),
        ),
        async (db) => {
          const result = db.session().run("RETURN 1", {}, { signal: controller.signal });
          expect(await failureOf(result.consume())).toBe(given);
        },
      );
    }
  });

  it("may be shared by many calls at once: it has one listener, and its abort ends them all (ASY-06)", async () => {
    const { signal, abort } = cancelling();
    const together = 40;
    let asked = 0;
    const listeners: number[] = [];
    await play(
      conversation(
        running(() => {
          listeners.push(getEventListeners(signal, "abort").length);
          if (++asked === together) abort();
        }),
        interrupted("failed", "ignored"),
      ),
      async (db) => {
        const failures = await Promise.all(
          Array.from({ length: together }, () => failureOf(db.session().run("RETURN 1", {}, { signal }))),
        );
        expect(new Set(failures)).toEqual(new Set([reason]));
        expect(new Set(listeners)).toEqual(new Set([1]));
      },
    );
  });

  it("leaves a result that has ended alone (ASY-06)", async () => {
    const { signal, abort } = cancelling();
    await play(conversation(query({ fields: ["n"], records: [[1]] })), async (db) => {
      const { records } = await db.session().run("RETURN 1", {}, { signal });
      expect(getEventListeners(signal, "abort")).toEqual([]);
      abort();
      expect(records).toHaveLength(1);
    });
  });

  it("leaves no listener behind, however often it is used (ASY-06)", async () => {
    const { signal } = cancelling();
    await play(
      async (peer) => {
        await peer.login();
        for (;;) {
          const request = await peer.receiveAny();
          if (request === undefined || request.type === "GOODBYE") return;
          peer.success(request.type === "RUN" ? { fields: [] } : {});
        }
      },
      async (db) => {
        for (let time = 0; time < 3; time++) {
          for (const [name, call] of calls) {
            const session = db.session();
            await call(db, session, signal);
            await session.close();
            expect(getEventListeners(signal, "abort"), name).toEqual([]);
          }
          for (const [name, call] of questions) {
            await call(db, db.session(), signal);
            expect(getEventListeners(signal, "abort"), name).toEqual([]);
          }
        }
      },
    );
  });
});

describe("a transaction that is cancelled", () => {
  it("is closed: it can't be ended in another way, and closing it does nothing (ASY-05)", async () => {
    const { signal, abort } = cancelling();
    await play(
      conversation("BEGIN", running(abort), interrupted("failed", "ignored"), query()),
      async (db, { peers }) => {
        const session = db.session();
        const tx = await session.beginTransaction({ signal });
        const result = tx.run("CREATE ()");
        expect(await failureOf(result)).toBe(reason);
        expect([tx.closed, tx.isOpen()]).toEqual([true, false]);
        for (const refused of [tx.commit(), tx.rollback(), tx.run("RETURN 1")]) {
          const error = await failureOf(refused);
          expect(error).toBeInstanceOf(TransactionError);
          expect(error.cause).toBe(reason);
          expect(error.message).toContain("cancelled");
        }
        await tx.close();
        expect(await failureOf(result.next())).toBeInstanceOf(ResultFailedError);
        await session.run("RETURN 2");
        expect(peers).toHaveLength(1);
      },
    );
  });

  it("between two queries is rolled back by RESET, and its session is free at once (ASY-05, ASY-06)", async () => {
    const { signal, abort } = cancelling();
    await play(conversation("BEGIN", query(), "RESET", query()), async (db) => {
      const session = db.session();
      const tx = await session.beginTransaction({ signal });
      await tx.run("CREATE ()");
      abort();
      expect(tx.closed).toBe(true);
      await session.run("RETURN 2");
    });
  });

  it("while COMMIT is under way has an unknown end, which is said (ASY-06, TX-29)", async () => {
    const { signal, abort } = cancelling();
    await play(
      conversation("BEGIN", query(), unanswered(["COMMIT"], abort), interrupted("ignored"), query()),
      async (db, { peers }) => {
        const session = db.session();
        const error = await failureOf(session.executeWrite((tx) => tx.run("CREATE ()"), { signal }));
        expect(error).toBeInstanceOf(IncompleteCommit);
        expect(error.cause).toBe(reason);
        await session.run("RETURN 2");
        expect(peers).toHaveLength(1);
      },
    );
  });

  it("with its COMMIT in one flight has an unknown end if it writes (ASY-06, TX-29)", async () => {
    const { signal, abort } = cancelling();
    await play(
      conversation(
        unanswered(["BEGIN", "RUN", "PULL", "COMMIT"], abort),
        interrupted("ignored", "ignored", "ignored", "ignored"),
      ),
      async (db) => {
        const error = await failureOf(db.executeQuery("CREATE ()", {}, { signal, commitInFlight: true }));
        expect(error).toBeInstanceOf(IncompleteCommit);
        expect(error.cause).toBe(reason);
      },
    );
  });

  it("while its work waits for something else is over for its caller at once (ASY-06)", async () => {
    const { signal, abort } = cancelling();
    await play(conversation("BEGIN", query(), "RESET"), async (db) => {
      let later: Promise<Error> | undefined;
      const work = db.session().executeWrite(
        async (tx) => {
          await tx.run("CREATE ()");
          queueMicrotask(abort);
          await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
          later = failureOf(tx.run("CREATE ()"));
          await later;
        },
        { signal },
      );
      expect(await failureOf(work)).toBe(reason);
      expect(await later).toBeInstanceOf(TransactionError);
    });
  });

  it("between two attempts isn't attempted again (ASY-10)", async () => {
    const { signal, abort } = cancelling();
    await play(
      conversation(
        (peer) => failingTransaction(peer, "Neo.TransientError.Transaction.DeadlockDetected"),
        query(),
        async () => abort(),
      ),
      async (db) => {
        let attempts = 0;
        let begun: () => void = () => {};
        const hasBegun = new Promise<void>((resolve) => {
          begun = resolve;
        });
        const failed = failureOf(
          db.session().executeWrite(
            (tx) => {
              attempts++;
              begun();
              return tx.run("CREATE ()");
            },
            { signal },
          ),
        );
        await hasBegun;
        // The only connection is free while the transaction waits for its next attempt.
        await db.session().run("RETURN 1");
        expect(await failed).toBe(reason);
        expect(attempts).toBe(1);
      },
      { config: { maxConnectionPoolSize: 1 } },
    );
  });
});

describe("a query in a transaction that is cancelled by a signal of its own", () => {
  it("before it is sent is left out, and the transaction goes on (ASY-06)", async () => {
    await play(conversation("BEGIN", query(), "COMMIT"), async (db) => {
      const tx = await db.session().beginTransaction();
      expect(await failureOf(tx.run("CREATE ()", {}, { signal: AbortSignal.abort(reason) }))).toBe(reason);
      await tx.run("RETURN 1");
      await tx.commit();
    });
  });

  it.each([false, true])(
    "ends its transaction at once, whatever the server does (ASY-05, ASY-06)",
    async (alsoWhole) => {
      const { signal, abort } = cancelling();
      const whole = cancelling();
      let free: () => void = () => {};
      const held = new Promise<void>((resolve) => {
        free = resolve;
      });
      await play(
        conversation("BEGIN", running(abort), () => held, interrupted("failed", "ignored"), query()),
        async (db, { peers }) => {
          const session = db.session();
          const tx = await session.beginTransaction(alsoWhole ? { signal: whole.signal } : {});
          expect(await failureOf(tx.run("CREATE ()", {}, { signal }))).toBe(reason);
          expect([tx.closed, tx.isOpen()]).toEqual([true, false]);
          expect((await failureOf(tx.commit())).cause).toBe(reason);
          free();
          await session.run("RETURN 2");
          expect(peers).toHaveLength(1);
        },
      );
    },
  );

  it("heeds the transaction's own signal as well (ASY-06)", async () => {
    const { signal } = cancelling();
    const whole = cancelling();
    await play(conversation("BEGIN", running(whole.abort), interrupted("failed", "ignored")), async (db) => {
      const tx = await db.session().beginTransaction({ signal: whole.signal });
      expect(await failureOf(tx.run("CREATE ()", {}, { signal }))).toBe(reason);
    });
  });

  it("ends a managed transaction for good, also where the work says nothing of it (ASY-06)", async () => {
    const { signal, abort } = cancelling();
    await play(conversation("BEGIN", running(abort), interrupted("failed", "ignored")), async (db) => {
      let times = 0;
      const done = db.session().executeWrite(async (tx) => {
        times++;
        await tx
          .run("CREATE ()", {}, { signal })
          .consume()
          .catch(() => {});
      });
      expect(await failureOf(done)).toBe(reason);
      expect(times).toBe(1);
    });
  });

  it("after its result has ended does nothing (ASY-06)", async () => {
    const { signal, abort } = cancelling();
    await play(conversation("BEGIN", query({ fields: ["n"], records: [[1]] }), "COMMIT"), async (db) => {
      const tx = await db.session().beginTransaction();
      const { records } = await tx.run("RETURN 1", {}, { signal });
      expect(getEventListeners(signal, "abort")).toEqual([]);
      abort();
      expect(records).toHaveLength(1);
      await tx.commit();
    });
  });
});
