/** FAILURE in its two forms, what becomes of it, and of the connection. */
import { inspect } from "node:util";
import { type BoltVersion, type bolt, boltVersions } from "@fulgur/neo4j-core";
import {
  AuthError,
  ClientError,
  ConstraintError,
  CypherSyntaxError,
  CypherTypeError,
  DatabaseError,
  DatabaseUnavailable,
  Forbidden,
  ForbiddenOnReadOnlyDatabase,
  Neo4jError,
  NotALeader,
  TokenExpired,
  TransientError,
} from "@fulgur/neo4j-driver";
import type { Conversation, ScriptedPeer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { conversation, failingQuery, query } from "./exchanges.ts";
import { failureOf, password, play, playCore } from "./play.ts";

/** Fails the first query as told, and answers the second on the same connection. */
function failsOnce(fail: (peer: ScriptedPeer) => void): Conversation {
  return async (peer) => {
    await peer.login();
    await peer.receive("RUN");
    await peer.receive("PULL");
    fail(peer);
    peer.ignored();
    await peer.accept("RESET");
    await peer.result({ fields: ["n"], records: [[1]] });
    await peer.closed();
  };
}

/** The error of a query that fails as told; the connection has to survive it. */
function errorOf(fail: (peer: ScriptedPeer) => void, version?: BoltVersion, query = "RETURN 1"): Promise<Neo4jError> {
  return play(
    failsOnce(fail),
    async (db, { peers }) => {
      const session = db.session();
      const error = await failureOf(session.run(query, { p: "value-5b1" }));
      const { records } = await session.run("RETURN 1");
      expect(records[0]?.get("n")).toBe(1);
      expect(peers).toHaveLength(1);
      return error as Neo4jError;
    },
    version === undefined ? {} : { version },
  );
}

const defaults = { OPERATION: "", OPERATION_CODE: "0", CURRENT_SCHEMA: "/" };

describe.each(boltVersions)("with Bolt %s a FAILURE", (version) => {
  const isGql = boltVersions.indexOf(version) >= boltVersions.indexOf("5.7");
  const cause: bolt.FailureCause = {
    message: "inner",
    gqlStatus: "22003",
    description: "error: data exception - numeric value out of range",
    diagnosticRecord: {},
    cause: {
      message: "innermost",
      gqlStatus: "22N01",
      description: "deep",
      diagnosticRecord: { _classification: "CLIENT_ERROR" },
    },
  };

  it("is followed by IGNORED and RESET, and the connection goes on (ERR-01)", async () => {
    const error = await errorOf((peer) => {
      peer.failure("Neo.ClientError.Statement.ArithmeticError", "too big", {
        gqlStatus: "22000",
        description: "error: data exception",
        diagnosticRecord: { _classification: "CLIENT_ERROR", other: 1 },
        cause,
      });
    }, version);
    expect(error).toBeInstanceOf(ClientError);
    expect(error.code).toBe("Neo.ClientError.Statement.ArithmeticError");
    expect(error.message).toBe("too big");
    expect(error.isRetryable()).toBe(false);
    if (isGql) {
      expect(error.gqlStatus).toBe("22000");
      expect(error.gqlStatusDescription).toBe("error: data exception");
      expect(error.diagnosticRecord).toEqual({ ...defaults, _classification: "CLIENT_ERROR", other: 1 });
      const inner = error.cause as Neo4jError;
      expect(inner).toBeInstanceOf(Neo4jError);
      expect(inner).toMatchObject({ message: "inner", gqlStatus: "22003", diagnosticRecord: defaults });
      expect(inner.cause).toMatchObject({ message: "innermost", gqlStatus: "22N01" });
    } else {
      expect(error.gqlStatus).toBe("50N42");
      expect(error.gqlStatusDescription).toBe("error: general processing exception - unexpected error. too big");
      expect(error.diagnosticRecord).toEqual(defaults);
      expect(error.cause).toBeUndefined();
    }
  });

  it("that says nothing is an unknown error", async () => {
    const error = await errorOf((peer) => peer.packed([0xb1, 0x7f, 0xa0]), version);
    expect(error).toBeInstanceOf(DatabaseError);
    expect(error).toMatchObject({
      code: "Neo.DatabaseError.General.UnknownError",
      message: "An unknown error occurred",
      gqlStatus: "50N42",
    });
  });
});

describe("a FAILURE", () => {
  it.each([
    ["Neo.ClientError.Statement.SyntaxError", CypherSyntaxError, false],
    ["Neo.ClientError.Statement.TypeError", CypherTypeError, false],
    ["Neo.ClientError.Schema.ConstraintValidationFailed", ConstraintError, false],
    ["Neo.ClientError.Security.Unauthorized", AuthError, false],
    ["Neo.ClientError.Security.TokenExpired", TokenExpired, false],
    ["Neo.ClientError.Security.AuthorizationExpired", TransientError, true],
    ["Neo.ClientError.Security.Forbidden", Forbidden, false],
    ["Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", ClientError, false],
    ["Neo.ClientError.Cluster.NotALeader", NotALeader, true],
    ["Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", ForbiddenOnReadOnlyDatabase, true],
    ["Neo.TransientError.Transaction.DeadlockDetected", TransientError, true],
    ["Neo.TransientError.General.DatabaseUnavailable", DatabaseUnavailable, true],
    ["Neo.DatabaseError.General.UnknownError", DatabaseError, false],
    ["nonsense", DatabaseError, false],
  ])("with the code %s has its class, and may be retried or not (ERR-03)", async (code, errorClass, retryable) => {
    // By core: of some codes the driver's pool draws consequences for the connection.
    const error = await playCore(
      failsOnce((peer) => peer.failure(code)),
      async (connection) => {
        const error = (await failureOf(connection.run("RETURN 1").summary())) as Neo4jError;
        await connection.run("RETURN 1").summary();
        return error;
      },
    );
    expect(error.constructor).toBe(errorClass);
    expect(error.code).toBe(code);
    expect(error.isRetryable()).toBe(retryable);
  });

  it.each(["Terminated", "LockClientStopped"])(
    "that claims Transaction.%s to be transient is the client's (ERR-17)",
    async (title) => {
      const error = await errorOf((peer) => peer.failure(`Neo.TransientError.Transaction.${title}`));
      expect(error.code).toBe(`Neo.ClientError.Transaction.${title}`);
      expect(error.isRetryable()).toBe(false);
    },
  );

  it("about the query's text shows where, and no parameter (ERR-35)", async () => {
    const error = await errorOf(
      (peer) => {
        peer.failure("Neo.ClientError.Statement.SyntaxError", "Invalid input 'RETRUN'", {
          gqlStatus: "42001",
          diagnosticRecord: { _position: { offset: 10, line: 2, column: 1 }, _classification: "CLIENT_ERROR" },
        });
      },
      "5.8",
      "MATCH (n)\nRETRUN n",
    );
    expect((error as CypherSyntaxError).position).toEqual({ offset: 10, line: 2, column: 1 });
    expect(error.message).toContain("\nRETRUN n\n^");
    const printed = `${inspect(error, { depth: 9 })}${error.stack}${JSON.stringify(error)}`;
    expect(printed).not.toContain("value-5b1");
    expect(printed).not.toContain(password);
  });

  it("has the stack of the user's call", async () => {
    const error = await errorOf((peer) => peer.failure("Neo.ClientError.Statement.SyntaxError"));
    expect(error.stack).toContain("failures.test.ts");
  });

  it("that nobody looks at disturbs nobody: no unhandled rejection, and the session goes on", async () => {
    const seen: unknown[] = [];
    const listen = (reason: unknown) => seen.push(reason);
    process.on("unhandledRejection", listen);
    try {
      await play(
        failsOnce((peer) => peer.failure("Neo.ClientError.Statement.SyntaxError")),
        async (db) => {
          const session = db.session();
          session.run("bad");
          await session.run("RETURN 1");
          await new Promise(setImmediate);
        },
      );
    } finally {
      process.off("unhandledRejection", listen);
    }
    expect(seen).toEqual([]);
  });

  it("to RESET gives the connection up, and the next query another one", async () => {
    await play(
      async (peer, connection) => {
        await peer.login();
        if (connection === 1) await peer.result();
        else {
          await peer.receive("RUN");
          await peer.receive("PULL");
          peer.failure("Neo.ClientError.Statement.SyntaxError");
          peer.ignored();
          await peer.receive("RESET");
          peer.failure("Neo.DatabaseError.General.UnknownError");
        }
        await peer.closed();
      },
      async (db, { peers }) => {
        const session = db.session();
        expect(await failureOf(session.run("RETURN 1"))).toBeInstanceOf(CypherSyntaxError);
        await session.run("RETURN 2");
        expect(peers).toHaveLength(2);
      },
    );
  });

  it("ends a transaction with all of its results, and rolling back asks nothing more of the server (TX-16)", async () => {
    await play(
      conversation("BEGIN", failingQuery("Neo.ClientError.Statement.SyntaxError", "no"), query()),
      async (db) => {
        const session = db.session();
        const tx = await session.beginTransaction();
        const error = await failureOf(tx.run("bad"));
        expect(error).toBeInstanceOf(CypherSyntaxError);
        expect((await failureOf(tx.run("good"))).cause).toBe(error);
        await tx.rollback();
        await session.run("RETURN 1");
      },
    );
  });

  it("to BEGIN rejects beginTransaction", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.receive("BEGIN");
        peer.failure("Neo.ClientError.Database.DatabaseNotFound", "no such database");
        await peer.accept("RESET");
        await peer.closed();
      },
      async (db) => {
        const error = await failureOf(db.session({ database: "nowhere" }).beginTransaction());
        expect(error.code).toBe("Neo.ClientError.Database.DatabaseNotFound");
      },
    );
  });

  it("to COMMIT is that failure, and nothing is unknown", async () => {
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
        await tx.run("CREATE ()");
        expect(await failureOf(tx.commit())).toBeInstanceOf(ConstraintError);
      },
    );
  });

  it("in a flight of requests is everybody's, and the next request resets first", async () => {
    await playCore(
      async (peer) => {
        await peer.login();
        await peer.receive("BEGIN");
        peer.failure("Neo.ClientError.Transaction.InvalidBookmark", "what bookmark?");
        for (const type of ["RUN", "PULL", "COMMIT"] as const) {
          await peer.receive(type);
          peer.ignored();
        }
        await peer.accept("RESET");
        await peer.result();
        await peer.closed();
      },
      async (connection, { peers }) => {
        const begun = failureOf(connection.begin());
        const ran = failureOf(connection.run("RETURN 1").summary());
        const committed = failureOf(connection.commit());
        const error = await begun;
        expect(error.code).toBe("Neo.ClientError.Transaction.InvalidBookmark");
        expect(await ran).toBe(error);
        expect(await committed).toBe(error);
        expect(connection.state).toBe("FAILED");
        await connection.reset();
        await connection.run("RETURN 1").summary();
        expect(peers[0]!.flights.slice(1)).toEqual([["BEGIN", "RUN", "PULL", "COMMIT"], ["RESET"], ["RUN", "PULL"]]);
      },
    );
  });
});

describe("an auto-commit query", () => {
  const idempotent = { diagnosticRecord: { _idempotent: true } };

  it("that the server says to have left nothing behind is repeated once, at once (TX-02)", async () => {
    await play(
      failsOnce((peer) => peer.failure("Neo.TransientError.Transaction.AdmissionControl", "busy", idempotent)),
      async (db) => {
        const { records } = await db.session().run("RETURN 1");
        expect(records).toHaveLength(1);
      },
    );
  });

  it("is not repeated twice, nor when that is disabled, nor below Bolt 5.7 (TX-02)", async () => {
    const code = "Neo.TransientError.Transaction.AdmissionControl";
    const failing =
      (times: number): Conversation =>
      async (peer) => {
        await peer.login();
        for (let time = 0; time < times; time++) {
          await failingQuery(code, "busy", idempotent)(peer);
        }
        await peer.closed();
      };
    const run = (db: Parameters<Parameters<typeof play>[1]>[0]) => failureOf(db.session().run("RETURN 1"));
    expect((await play(failing(2), run)).code).toBe(code);
    expect((await play(failing(1), run, { config: { disableAutoCommitRetries: true } })).code).toBe(code);
    expect((await play(failing(1), run, { version: "5.6" })).code).toBe(code);
  });
});
