/** A connection that breaks at each step: who hears of it, as what, and what is tried again. */
import {
  BoltProtocolError,
  IncompleteCommit,
  isRetryableError,
  ServiceUnavailable,
  SessionExpired,
} from "@fulgur/neo4j-driver";
import type { Conversation, ScriptedPeer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failureOf, hurryRetries, play, playCore } from "./play.ts";

/** Follows the script on the first connection, at whose end it breaks; answers one query on the next. */
function breaksAfter(script: (peer: ScriptedPeer) => Promise<unknown>, how: "close" | "destroy"): Conversation {
  return async (peer, connection) => {
    await peer.login();
    if (connection > 0) await peer.result({ fields: ["n"], records: [[1]] });
    else {
      await script(peer);
      peer[how]();
    }
    await peer.closed();
  };
}

describe.each(["close", "destroy"] as const)("a connection lost (%s)", (how) => {
  it("in a transaction that nobody closes leaves the session free for what comes next (TX-14, TX-32)", async () => {
    const script = async (peer: ScriptedPeer) => {
      await peer.accept("BEGIN");
      await peer.receive("RUN");
      await peer.receive("PULL");
    };
    await play(breaksAfter(script, how), async (db) => {
      const session = db.session();
      const lost = await session.beginTransaction();
      expect((await failureOf(lost.run("RETURN 1"))).constructor).toBe(ServiceUnavailable);
      expect((await session.run("RETURN 1")).records).toHaveLength(1);
      await lost.close();
      expect(lost.closed).toBe(true);
    });
  });

  it("while RUN waits is ServiceUnavailable, and the next query has a new connection", async () => {
    const script = async (peer: ScriptedPeer) => {
      await peer.receive("RUN");
      await peer.receive("PULL");
    };
    await play(breaksAfter(script, how), async (db, { peers, address }) => {
      const session = db.session();
      const error = await failureOf(session.run("RETURN 1"));
      expect(error.constructor).toBe(ServiceUnavailable);
      expect(error.message).toContain(address);
      expect(error.message).toContain("RUN");
      expect(isRetryableError(error)).toBe(true);
      await session.run("RETURN 1");
      expect(peers).toHaveLength(2);
    });
  });

  it("amid the records gives what had come, then the error", async () => {
    const script = async (peer: ScriptedPeer) => {
      await peer.receive("RUN");
      await peer.receive("PULL");
      peer.success({ fields: ["n"] });
      peer.records([1], [2]);
      // And the beginning of a third record.
      peer.raw([0, 4, 0xb1, 0x71]);
    };
    await play(breaksAfter(script, how), async (db) => {
      const session = db.session();
      const seen: unknown[] = [];
      const reading = async () => {
        for await (const record of session.run("RETURN 1")) seen.push(record.get("n"));
      };
      expect(await failureOf(reading())).toBeInstanceOf(ServiceUnavailable);
      if (how === "close") expect(seen).toEqual([1, 2]);
      await session.run("RETURN 1");
    });
  });

  it("while BEGIN waits rejects beginTransaction", async () => {
    await play(
      breaksAfter((peer) => peer.receive("BEGIN"), how),
      async (db) => {
        const session = db.session();
        expect(await failureOf(session.beginTransaction())).toBeInstanceOf(ServiceUnavailable);
        await session.run("RETURN 1");
      },
    );
  });

  it("while COMMIT waits is IncompleteCommit, which nobody tries again (ERR-30, TX-29)", async () => {
    const script = async (peer: ScriptedPeer) => {
      await peer.accept("BEGIN");
      await peer.result();
      await peer.receive("COMMIT");
    };
    await play(breaksAfter(script, how), async (db, { peers }) => {
      const session = db.session();
      let attempts = 0;
      const error = await failureOf(
        session.executeWrite((tx) => {
          attempts++;
          return tx.run("CREATE ()");
        }),
      );
      expect(error).toBeInstanceOf(IncompleteCommit);
      expect(isRetryableError(error)).toBe(false);
      expect((error as IncompleteCommit).gqlStatus).toBe("08007");
      expect(attempts).toBe(1);
      expect(peers).toHaveLength(1);
      await session.run("RETURN 1");
    });
  });

  it("while ROLLBACK waits rejects rollback, and close keeps quiet about it", async () => {
    const script = async (peer: ScriptedPeer) => {
      await peer.accept("BEGIN");
      await peer.receive("ROLLBACK");
    };
    await play(breaksAfter(script, how), async (db) => {
      const session = db.session();
      const tx = await session.beginTransaction();
      expect(await failureOf(tx.rollback())).toBeInstanceOf(ServiceUnavailable);
      await session.run("RETURN 1");
    });
    await play(breaksAfter(script, how), async (db) => {
      const session = db.session();
      const tx = await session.beginTransaction();
      await tx.close();
      await session.run("RETURN 1");
    });
  });

  it("between two queries is not heard of: the next one has a new connection", async () => {
    const script = (peer: ScriptedPeer) => peer.result();
    await play(breaksAfter(script, how), async (db, { peers }) => {
      const session = db.session();
      await session.run("RETURN 1");
      await peers[0]!.closed();
      // The client's end learns it in a later turn.
      for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
      await session.run("RETURN 2");
      expect(peers).toHaveLength(2);
    });
  });

  it("while RESET waits is nobody's business", async () => {
    const script = async (peer: ScriptedPeer) => {
      await peer.receive("RUN");
      await peer.receive("PULL");
      peer.failure("Neo.ClientError.Statement.SyntaxError");
      peer.ignored();
      await peer.receive("RESET");
    };
    await play(breaksAfter(script, how), async (db) => {
      const session = db.session();
      expect((await failureOf(session.run("RETURN 1"))).code).toBe("Neo.ClientError.Statement.SyntaxError");
      await session.run("RETURN 1");
    });
  });
});

describe("work that a connection is lost under", () => {
  it("is tried again in a managed transaction, on a new connection (TX-20)", async () => {
    const delays = hurryRetries();
    const names = await play(
      async (peer, connection) => {
        await peer.login();
        await peer.accept("BEGIN");
        if (connection === 0) {
          await peer.receive("RUN");
          await peer.receive("PULL");
          peer.destroy();
        } else {
          await peer.result({ fields: ["name"], records: [["Ada"]] });
          await peer.accept("COMMIT", { bookmark: "b" });
        }
        await peer.closed();
      },
      async (db) => {
        const session = db.session();
        const { records } = await session.executeWrite(async (tx) => tx.run("MERGE (p) RETURN p.name AS name"));
        return records.map((record) => record.get("name"));
      },
    );
    expect(names).toEqual(["Ada"]);
    expect(delays).toHaveLength(1);
  });

  it("is tried again when a reading executeQuery was in flight", async () => {
    hurryRetries();
    await play(
      async (peer, connection) => {
        await peer.login();
        await peer.receive("BEGIN");
        await peer.receive("RUN");
        await peer.receive("PULL");
        await peer.receive("COMMIT");
        if (connection === 0) return peer.destroy();
        peer.success();
        peer.success({ fields: ["n"], qid: 0 });
        peer.record(1);
        peer.success();
        peer.success({ bookmark: "b" });
        await peer.closed();
      },
      async (db, { peers }) => {
        const { records } = await db.executeQuery("RETURN 1", {}, { routing: "READ" });
        expect(records).toHaveLength(1);
        expect(peers[1]!.flights[1]).toEqual(["BEGIN", "RUN", "PULL", "COMMIT"]);
      },
    );
  });

  it("is IncompleteCommit when a writing executeQuery was in flight, and not tried again", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.receive("BEGIN");
        await peer.receive("RUN");
        await peer.receive("PULL");
        await peer.receive("COMMIT");
        peer.destroy();
        await peer.closed();
      },
      async (db, { peers }) => {
        const error = await failureOf(db.executeQuery("CREATE ()", {}, { commitInFlight: true }));
        expect(error).toBeInstanceOf(IncompleteCommit);
        expect(peers).toHaveLength(1);
      },
    );
  });

  it("has failed for a known reason when a failure came before the connection was lost", async () => {
    await playCore(
      async (peer) => {
        await peer.login();
        for (const type of ["BEGIN", "RUN", "PULL", "COMMIT"] as const) await peer.receive(type);
        peer.success();
        peer.failure("Neo.ClientError.Statement.SyntaxError");
        peer.close();
        await peer.closed();
      },
      async (connection) => {
        connection.begin();
        const ran = failureOf(connection.run("bad").summary());
        const committed = failureOf(connection.commit());
        expect((await ran).code).toBe("Neo.ClientError.Statement.SyntaxError");
        expect(await committed).not.toBeInstanceOf(IncompleteCommit);
      },
    );
  });

  it("is SessionExpired when it was routed (ERR-27)", async () => {
    await play(
      async (peer, connection) => {
        await peer.login();
        if (connection === 0) {
          const { routing } = await peer.receive("ROUTE");
          const addresses = [routing.address];
          peer.success({
            rt: { ttl: 300, db: "neo4j", servers: ["ROUTE", "READ", "WRITE"].map((role) => ({ role, addresses })) },
          });
          await peer.receive("RUN");
          peer.destroy();
        }
        await peer.closed();
      },
      async (db) => {
        const error = await failureOf(db.session({ database: "neo4j" }).run("RETURN 1"));
        expect(error).toBeInstanceOf(SessionExpired);
      },
      { scheme: "neo4j" },
    );
  });
});

describe("a server that breaks the protocol", () => {
  it.each([
    ["an unknown message", (peer: ScriptedPeer) => peer.packed([0xb0, 0x55])],
    ["a record before there are columns", (peer: ScriptedPeer) => peer.record(1)],
    ["a reserved marker", (peer: ScriptedPeer) => peer.packed([0xb1, 0x70, 0xc4])],
    ["a length beyond the message", (peer: ScriptedPeer) => peer.packed([0xb1, 0x70, 0xd6, 0x7f, 0xff, 0xff, 0xff])],
    ["IGNORED to a RESET", (peer: ScriptedPeer) => peer.ignored()],
  ])("by %s loses the connection, at once and only that one", async (what, say) => {
    await play(
      async (peer, connection) => {
        await peer.login();
        if (connection > 0) await peer.result();
        else {
          await peer.receive("RUN");
          await peer.receive("PULL");
          if (what.includes("RESET")) {
            peer.failure("Neo.ClientError.Statement.SyntaxError");
            peer.ignored();
            await peer.receive("RESET");
          }
          say(peer);
        }
        await peer.closed();
      },
      async (db, { peers }) => {
        const session = db.session();
        const error = await failureOf(session.run("RETURN 1"));
        if (!what.includes("RESET")) expect(error).toBeInstanceOf(BoltProtocolError);
        await session.run("RETURN 2");
        expect(peers).toHaveLength(2);
      },
    );
  });
});

describe("a record that does not fit its header", () => {
  it.each([
    ["too few", [1]],
    ["too many", [1, 2, 3]],
  ])("because it has %s values breaks the protocol", async (_, values) => {
    const error = await play(
      async (peer) => {
        await peer.login();
        await peer.receive("RUN");
        await peer.receive("PULL");
        peer.success({ fields: ["a", "b"] });
        peer.record(...values);
        peer.success();
        await peer.closed();
      },
      (db) => failureOf(db.session().run("RETURN 1")),
    );
    expect(error).toBeInstanceOf(BoltProtocolError);
  });
});
