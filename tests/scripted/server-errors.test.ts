/** The server's errors by class: what they are, what is tried again, and what is kept of what the server said. (ERR) */
import * as errors from "@fulgur/neo4j-driver";
import { auth, type Driver, driver, type Neo4jError } from "@fulgur/neo4j-driver";
import { type Conversation, type ScriptedPeer, startScriptedServer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { failureOf, hurryRetries, play, playCore } from "./play.ts";

/** RUN fails with a code; then, if the client resets, a result. */
function fails(code: string): Conversation {
  return async (peer) => {
    await peer.login();
    await peer.receive("RUN");
    await peer.receive("PULL");
    peer.failure(code);
    peer.ignored();
    await peer.accept("RESET");
    await peer.closed();
  };
}

/** What a query of core's fails with, which no pool and no retry has touched. */
async function errorOf(code: string): Promise<Neo4jError> {
  return playCore(fails(code), async (connection) => {
    const error = await failureOf(connection.run("RETURN $x", { x: "value-91e" }).summary());
    await connection.reset();
    return error as Neo4jError;
  });
}

/** A managed transaction whose first `failures` queries fail with a code. */
function failsFirst(failures: number, code: string): Conversation {
  let left = failures;
  return async (peer) => {
    await peer.login();
    for (let request = await peer.receiveAny(); request !== undefined; request = await peer.receiveAny()) {
      if (request.type === "RUN" && left > 0) {
        left--;
        peer.failure(code);
        await peer.receive("PULL");
        peer.ignored();
      } else if (request.type === "RUN") {
        peer.success({ fields: ["n"] });
      } else if (request.type !== "GOODBYE") {
        peer.success();
      }
    }
  };
}

/** How often work was done in a managed transaction, and what came of it. */
async function worked(failures: number, code: string, more: { scheme?: "bolt" } = {}) {
  hurryRetries();
  let times = 0;
  let outcome: unknown;
  await play(
    failsFirst(failures, code),
    async (db) => {
      const work = db.session().executeWrite(async (tx) => {
        times++;
        await tx.run("CREATE ()");
        return "done";
      });
      outcome = await work.catch((error: unknown) => error);
    },
    more,
  );
  return { times, outcome };
}

describe("a server's error", () => {
  it("without a text and a code has the defaults for unknown ones (ERR-02)", async () => {
    const conversation: Conversation = async (peer) => {
      await peer.login();
      await peer.receive("RUN");
      await peer.receive("PULL");
      // FAILURE {}
      peer.packed([0xb1, 0x7f, 0xa0]);
      peer.ignored();
      await peer.accept("RESET");
      await peer.closed();
    };
    const error = await play(conversation, (db) => failureOf(db.session().run("RETURN 1")));
    expect(error).toBeInstanceOf(errors.DatabaseError);
    expect(error.code).toBe("Neo.DatabaseError.General.UnknownError");
    expect(error.message).toBe("An unknown error occurred");
  });

  const isA = async (code: string, errorClass: object, retryable: boolean) => {
    const error = await errorOf(code);
    expect(error.constructor).toBe(errorClass);
    expect(error.code).toBe(code);
    expect(error.isRetryable()).toBe(retryable);
    expect(errors.isRetryableError(error)).toBe(retryable);
    expect(`${error}${error.stack}`).not.toContain("value-91e");
  };

  it.each([
    ["ClientError", "General.Foo", errors.ClientError],
    ["CypherSyntaxError", "Statement.SyntaxError", errors.CypherSyntaxError],
    ["CypherTypeError", "Statement.TypeError", errors.CypherTypeError],
    ["ConstraintError", "Schema.ConstraintValidationFailed", errors.ConstraintError],
    ["AuthError", "Security.AuthorizationFailed", errors.AuthError],
    ["Forbidden", "Security.Forbidden", errors.Forbidden],
    ["Forbidden", "General.ReadOnly", errors.Forbidden],
  ])("about what the client did is a %s, of the code %s (ERR-05, ERR-09, ERR-11)", async (_, title, errorClass) => {
    await isA(`Neo.ClientError.${title}`, errorClass, false);
  });

  it.each([
    ["DatabaseError", "Neo.DatabaseError.General.UnknownError", errors.DatabaseError, false],
    ["DatabaseError", "nonsense", errors.DatabaseError, false],
    ["TransientError", "Neo.TransientError.General.Foo", errors.TransientError, true],
    ["DatabaseUnavailable", "Neo.TransientError.General.DatabaseUnavailable", errors.DatabaseUnavailable, true],
  ])(
    "about the server itself is a %s, of the code %s (ERR-12, ERR-13, ERR-14)",
    async (_, code, errorClass, retryable) => {
      await isA(code, errorClass, retryable);
    },
  );

  it.each([
    ["Neo.TransientError.Transaction.Terminated", "Neo.ClientError.Transaction.Terminated", errors.ClientError, false],
    [
      "Neo.TransientError.Transaction.LockClientStopped",
      "Neo.ClientError.Transaction.LockClientStopped",
      errors.ClientError,
      false,
    ],
    [
      "Neo.ClientError.Security.AuthorizationExpired",
      "Neo.ClientError.Security.AuthorizationExpired",
      errors.TransientError,
      true,
    ],
  ])("with the code %s is treated as another one (ERR-17)", async (code, treatedAs, errorClass, retryable) => {
    const error = await errorOf(code);
    expect(error.constructor).toBe(errorClass);
    expect(error.code).toBe(treatedAs);
    expect(error.isRetryable()).toBe(retryable);
  });

  it("that is transient is tried again in a managed transaction, and surfaces in run (ERR-13)", async () => {
    const code = "Neo.TransientError.General.Foo";
    expect(await worked(2, code)).toEqual({ times: 3, outcome: "done" });
    const error = await play(fails(code), (db) => failureOf(db.session().run("RETURN 1")));
    expect(error).toBeInstanceOf(errors.TransientError);
  });

  it("of an unavailable database is tried again (ERR-14)", async () => {
    expect(await worked(1, "Neo.TransientError.General.DatabaseUnavailable")).toEqual({ times: 2, outcome: "done" });
  });

  it("of an expired token is not tried again with a token that stays the same (ERR-10)", async () => {
    const { times, outcome } = await worked(1, "Neo.ClientError.Security.TokenExpired");
    expect(times).toBe(1);
    expect(outcome).toBeInstanceOf(errors.TokenExpired);
    expect(outcome).toBeInstanceOf(errors.AuthError);
  });

  it("with causes keeps the whole chain, with status, classification and record (ERR-35)", async () => {
    const cause = (message: string, gqlStatus: string, more = {}) => ({
      message,
      gqlStatus,
      description: `error: ${message}`,
      diagnosticRecord: { _classification: "DATABASE_ERROR", OPERATION: "", OPERATION_CODE: "0", CURRENT_SCHEMA: "/" },
      ...more,
    });
    const conversation: Conversation = async (peer) => {
      await peer.login();
      await peer.receive("RUN");
      await peer.receive("PULL");
      peer.failure("Neo.ClientError.Statement.TypeError", "outer", {
        ...cause("outer", "22G03"),
        diagnosticRecord: { _classification: "CLIENT_ERROR" },
        cause: cause("middle", "22N01", { cause: cause("inner", "22003") }),
      });
      peer.ignored();
      await peer.accept("RESET");
      await peer.closed();
    };
    const error = (await play(conversation, (db) => failureOf(db.session().run("RETURN 1")))) as Neo4jError;
    expect(error).toMatchObject({ gqlStatus: "22G03", classification: "CLIENT_ERROR", message: "outer" });
    const inner = error.findByGqlStatus("22003");
    expect(inner).toMatchObject({ message: "inner", gqlStatusDescription: "error: inner", code: "N/A" });
    expect(inner?.rawClassification).toBe("DATABASE_ERROR");
    expect(error.findByGqlStatus("22N01")?.cause).toBe(inner);
  });

  it("of a server before Bolt 5.7 has the status for everything that has none (ERR-35)", async () => {
    const error = (await play(fails("Neo.ClientError.General.Foo"), (db) => failureOf(db.session().run("x")), {
      version: "5.6",
    })) as Neo4jError;
    expect(error.gqlStatus).toBe("50N42");
    expect(error.gqlStatusDescription).toBe(
      "error: general processing exception - unexpected error. the script says so",
    );
    expect(error.diagnosticRecord).toEqual({ OPERATION: "", OPERATION_CODE: "0", CURRENT_SCHEMA: "/" });
    expect([error.classification, error.rawClassification, error.cause]).toEqual(["UNKNOWN", undefined, undefined]);
  });
});

describe("a refused login", () => {
  const refuses: Conversation = async (peer) => {
    await peer.receive("HELLO");
    peer.success({ server: "Neo4j/5.26.0", connection_id: "bolt-0" });
    await peer.receive("LOGON");
    peer.failure("Neo.ClientError.Security.Unauthorized", "The client is unauthorized.");
    await peer.closed();
  };

  it("names the server, the code and where it was asked for, and nothing that is secret (ERR-09)", async () => {
    await using server = await startScriptedServer({ conversation: refuses });
    await using db = driver(server.uri, auth.basic("ann", "canary-6fa1"));
    const error = await failureOf(db.verifyConnectivity());
    expect(error).toBeInstanceOf(errors.AuthError);
    expect(error.message).toBe(`The client is unauthorized. (from the server at ${server.address})`);
    expect(error.stack).toContain("server-errors.test.ts");
    expect(`${String(error)}${error.stack}${JSON.stringify(error)}`).not.toContain("canary-6fa1");
  });
});

describe("an error's stack has the line that asked", () => {
  const busy: Conversation = async (peer: ScriptedPeer) => {
    await peer.login();
    for (let request = await peer.receiveAny(); request !== undefined; request = await peer.receiveAny()) {
      if (request.type === "RUN") peer.failure("Neo.ClientError.Statement.SyntaxError");
      else if (request.type === "PULL" || request.type === "COMMIT") peer.ignored();
      else if (request.type !== "GOODBYE") peer.success();
    }
  };
  const calls: [string, (db: Driver) => PromiseLike<unknown>][] = [
    [
      "session.run",
      function theCaller(db) {
        return db.session().run("x");
      },
    ],
    [
      "tx.run",
      async function theCaller(db) {
        const tx = await db.session().beginTransaction();
        await tx.run("x");
      },
    ],
    [
      "executeQuery",
      async function theCaller(db) {
        await db.executeQuery("x");
      },
    ],
    [
      "executeQuery in one flight",
      async function theCaller(db) {
        await db.executeQuery("x", {}, { routing: "READ" });
      },
    ],
    [
      "executeWrite",
      async function theCaller(db) {
        await db.session().executeWrite((tx) => tx.run("x"));
      },
    ],
    [
      "result.consume",
      async function theCaller(db) {
        await db.session().run("x").consume();
      },
    ],
  ];
  it.each(calls)("%s", async (_, call) => {
    const error = await play(busy, (db) => failureOf(call(db)));
    expect(error).toBeInstanceOf(errors.CypherSyntaxError);
    expect(error.stack).toMatch(/at (?:async )?(?:Object\.)?theCaller .*server-errors\.test\.ts:\d+:\d+/);
  });
});
