import { inspect } from "node:util";
import { DriverError, Neo4jDriverBaseError, Neo4jError } from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { errorFromFailure } from "../src/errors/failure.ts";
import * as errors from "../src/errors.ts";

/** The classes by their names. */
const classes = Object.fromEntries(Object.entries(errors)) as unknown as Record<
  string,
  new (
    message: string,
  ) => Neo4jDriverBaseError
>;

const failure = (code: string, more: object = {}) => ({
  code,
  message: "it went wrong",
  gqlStatus: "50N42",
  description: "error: general processing exception - unexpected error. it went wrong",
  diagnosticRecord: { OPERATION: "", OPERATION_CODE: "0", CURRENT_SCHEMA: "/" },
  ...more,
});

describe("a FAILURE", () => {
  it.each([
    ["Neo.ClientError.General.Foo", "ClientError", false],
    ["Neo.ClientError.Statement.SyntaxError", "CypherSyntaxError", false],
    ["Neo.ClientError.Statement.InvalidSyntax", "CypherSyntaxError", false],
    ["Neo.ClientError.Statement.TypeError", "CypherTypeError", false],
    ["Neo.ClientError.Procedure.TypeError", "CypherTypeError", false],
    ["Neo.ClientError.Statement.InvalidType", "CypherTypeError", false],
    ["Neo.ClientError.Schema.ConstraintValidationFailed", "ConstraintError", false],
    ["Neo.ClientError.Schema.ConstraintViolation", "ConstraintError", false],
    ["Neo.ClientError.Security.Unauthorized", "AuthError", false],
    ["Neo.ClientError.Security.AuthorizationFailed", "AuthError", false],
    ["Neo.ClientError.Security.TokenExpired", "TokenExpired", false],
    ["Neo.ClientError.Security.Forbidden", "Forbidden", false],
    ["Neo.ClientError.General.ReadOnly", "Forbidden", false],
    ["Neo.ClientError.Transaction.ForbiddenDueToTransactionType", "Forbidden", false],
    ["Neo.ClientError.Security.CredentialsExpired", "ClientError", false],
    ["Neo.ClientError.Security.AuthorizationExpired", "TransientError", true],
    ["Neo.ClientError.Cluster.NotALeader", "NotALeader", true],
    ["Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", "ForbiddenOnReadOnlyDatabase", true],
    ["Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", "ClientError", false],
    ["Neo.ClientError.Statement.AccessMode", "ClientError", false],
    ["Neo.TransientError.General.Foo", "TransientError", true],
    ["Neo.TransientError.Transaction.DeadlockDetected", "TransientError", true],
    ["Neo.TransientError.General.DatabaseUnavailable", "DatabaseUnavailable", true],
    ["Neo.DatabaseError.General.UnknownError", "DatabaseError", false],
    ["Neo.Nonsense", "DatabaseError", false],
    ["nonsense", "DatabaseError", false],
    ["", "DatabaseError", false],
  ] as const)("with %s is a %s, retryable: %s (ERR-03)", (code, name, retryable) => {
    const error = errorFromFailure(failure(code));
    expect(error.name).toBe(name);
    expect(error).toBeInstanceOf(classes[name]);
    expect(error).toBeInstanceOf(Neo4jError);
    expect(error.isRetryable()).toBe(retryable);
    expect(error.code).toBe(code);
    expect(error).not.toBeInstanceOf(DriverError);
  });

  it.each(["Terminated", "LockClientStopped"])("with the old code for %s is the client's doing (ERR-17)", (title) => {
    const error = errorFromFailure(failure(`Neo.TransientError.Transaction.${title}`));
    expect(error).toBeInstanceOf(errors.ClientError);
    expect(error).not.toBeInstanceOf(errors.TransientError);
    expect(error.code).toBe(`Neo.ClientError.Transaction.${title}`);
    expect(error.isRetryable()).toBe(false);
  });

  it("of a token becomes retryable when an auth manager has handled it (AUTH-16)", () => {
    const error = errorFromFailure(failure("Neo.ClientError.Security.TokenExpired"));
    errors.markAuthHandled(error);
    expect(error.isRetryable()).toBe(true);
    expect(Object.keys(error)).toEqual(Object.keys(errorFromFailure(failure("Neo.ClientError.Security.TokenExpired"))));
  });

  it("says what else is to be done", () => {
    expect(errors.effectsOf(errorFromFailure(failure("Neo.ClientError.Cluster.NotALeader")))).toEqual(["forgetWriter"]);
    expect(errors.effectsOf(errorFromFailure(failure("Neo.ClientError.Security.Foo")))).toContain("tellAuthManager");
    expect(errors.effectsOf(errorFromFailure(failure("Neo.ClientError.General.Foo")))).toEqual([]);
  });

  it("carries GQL data and the chain of causes (ERR-35)", () => {
    const record = { OPERATION: "", OPERATION_CODE: "0", CURRENT_SCHEMA: "/" };
    const error = errorFromFailure(
      failure("Neo.ClientError.Statement.ArgumentError", {
        gqlStatus: "22N00",
        description: "outer",
        diagnosticRecord: { ...record, _classification: "CLIENT_ERROR" },
        cause: {
          message: "the middle",
          gqlStatus: "22N01",
          description: "middle",
          diagnosticRecord: record,
          cause: { message: "the inner", gqlStatus: "22N02", description: "inner", diagnosticRecord: record },
        },
      }),
    );
    expect(error).toMatchObject({ gqlStatus: "22N00", gqlStatusDescription: "outer", classification: "CLIENT_ERROR" });
    expect(error.cause).toMatchObject({ message: "the middle", gqlStatus: "22N01", classification: "UNKNOWN" });
    expect(error.findByGqlStatus("22N02")?.message).toBe("the inner");
    expect(error.findByGqlStatus("00000")).toBeUndefined();
    expect(inspect(error)).toContain("the inner");
  });
});

describe("a mistake in a query", () => {
  const query = "MATCH (n)\nRETRUN n, $secret\nLIMIT 5";
  const at = (line: number, column: number) => ({ diagnosticRecord: { _position: { offset: 10, line, column } } });

  it("is shown with a caret under its place, and nothing else of the query (ERR-06)", () => {
    const error = errorFromFailure(failure("Neo.ClientError.Statement.SyntaxError", at(2, 1)), query);
    expect(error.message).toBe("it went wrong (line 2, column 1)\nRETRUN n, $secret\n^");
    expect(error).toMatchObject({ position: { offset: 10, line: 2, column: 1 } });
    expect(errorFromFailure(failure("Neo.ClientError.Statement.SyntaxError", at(2, 8)), query).message).toMatch(
      /\nRETRUN n, \$secret\n {7}\^$/,
    );
  });

  it("is found in the place that the server wrote", () => {
    const message = "Invalid input (line 2, column 3 (offset: 12))";
    const error = errorFromFailure(failure("Neo.ClientError.Statement.SyntaxError", { message }), query);
    expect(error.message).toBe(`${message}\nRETRUN n, $secret\n  ^`);
    expect(error).toMatchObject({ position: { offset: 12, line: 2, column: 3 } });
  });

  it("is not drawn twice", () => {
    const message = 'Invalid input (line 2, column 3 (offset: 12))\n"RETRUN n, $secret"\n   ^';
    expect(errorFromFailure(failure("Neo.ClientError.Statement.SyntaxError", { message }), query).message).toBe(
      message,
    );
  });

  it("is found in a cause", () => {
    const cause = { message: "x", gqlStatus: "42I00", description: "d", ...at(3, 7) };
    expect(errorFromFailure(failure("Neo.ClientError.Statement.SyntaxError", { cause }), query).message).toMatch(
      /\nLIMIT 5\n {6}\^$/,
    );
  });

  it("keeps the caret in place under tabs and in long lines", () => {
    expect(errorFromFailure(failure("Neo.ClientError.Statement.SyntaxError", at(1, 3)), "\t\tX").message).toMatch(
      /\n\t\tX\n\t\t\^$/,
    );
    const long = `${"a".repeat(500)}X${"b".repeat(500)}`;
    const [, line = "", caret = ""] = errorFromFailure(
      failure("Neo.ClientError.Statement.SyntaxError", at(1, 501)),
      long,
    ).message.split("\n");
    expect(line.length).toBeLessThanOrEqual(100);
    expect(line[caret.indexOf("^")]).toBe("X");
  });

  it("at a place that the query doesn't have, or without a query, is only named", () => {
    for (const place of [at(9, 1), at(1, 99), at(1, 0), at(-1, 1)]) {
      const { message } = errorFromFailure(failure("Neo.ClientError.Statement.SyntaxError", place), query);
      expect(message).toMatch(/^it went wrong \(line -?\d, column \d+\)$/);
    }
    expect(errorFromFailure(failure("Neo.ClientError.Statement.SyntaxError", at(1, 1))).message).not.toContain("\n");
  });
});

describe("the family of errors", () => {
  const { BoltProtocolError, ConfigurationError, ServiceUnavailable, TransactionError, ResultError, ClientError } =
    errors;
  it.each([
    ["SessionError", DriverError, false],
    ["TransactionError", DriverError, false],
    ["TransactionNestingError", TransactionError, false],
    ["ResultError", DriverError, false],
    ["ResultFailedError", ResultError, false],
    ["ResultConsumedError", ResultError, false],
    ["ResultNotSingleError", ResultError, false],
    ["BrokenRecordError", DriverError, false],
    ["SessionExpired", DriverError, true],
    ["ServiceUnavailable", DriverError, true],
    ["RoutingServiceUnavailable", ServiceUnavailable, true],
    ["WriteServiceUnavailable", ServiceUnavailable, true],
    ["ReadServiceUnavailable", ServiceUnavailable, true],
    ["IncompleteCommit", ServiceUnavailable, false],
    ["ConnectionPoolError", DriverError, false],
    ["ConnectionAcquisitionTimeoutError", errors.ConnectionPoolError, false],
    ["AuthConfigurationError", ConfigurationError, false],
    ["CertificateConfigurationError", ConfigurationError, false],
    ["UnsupportedServerProduct", ConfigurationError, false],
    ["BoltProtocolError", DriverError, false],
    ["ClientError", Neo4jError, false],
    ["CypherSyntaxError", ClientError, false],
    ["CypherTypeError", ClientError, false],
    ["ConstraintError", ClientError, false],
    ["AuthError", ClientError, false],
    ["TokenExpired", errors.AuthError, false],
    ["Forbidden", ClientError, false],
    ["DatabaseError", Neo4jError, false],
    ["TransientError", Neo4jError, true],
    ["DatabaseUnavailable", errors.TransientError, true],
    ["NotALeader", errors.TransientError, true],
    ["ForbiddenOnReadOnlyDatabase", errors.TransientError, true],
  ] as const)("has %s (ERR-01, ERR-18)", (name, parent, retryable) => {
    const error = new classes[name]!("what happened");
    expect(error).toBeInstanceOf(parent);
    expect(error).toBeInstanceOf(Neo4jDriverBaseError);
    expect(error.name).toBe(name);
    expect(error.isRetryable()).toBe(retryable);
    expect(error).not.toBeInstanceOf(name === "BoltProtocolError" ? ServiceUnavailable : BoltProtocolError);
    expect(String(error)).toBe(`${name}: what happened`);
  });

  it("gives connection errors their GQL status", () => {
    expect(new ServiceUnavailable("x").gqlStatus).toBe("08000");
    expect(new errors.SessionExpired("x").gqlStatus).toBe("08000");
    expect(new errors.IncompleteCommit("x").gqlStatus).toBe("08007");
  });

  it("names what was misused without printing it (ERR-19, ERR-20, ERR-22)", () => {
    const session = { config: "secret-8" };
    const error = new errors.SessionError("x", { session });
    expect(error.session).toBe(session);
    expect(new errors.TransactionNestingError("x", { transaction: session }).transaction).toBe(session);
    expect(new errors.ResultConsumedError("x", { result: session }).result).toBe(session);
    expect(`${inspect(error)}${JSON.stringify(error)}`).not.toContain("secret-8");
  });
});

describe("the driver's own errors", () => {
  it.each([
    [new errors.ServiceUnavailable("m"), "ServiceUnavailable"],
    [new errors.ReadServiceUnavailable("m"), "ServiceUnavailable"],
    [new errors.SessionExpired("m"), "SessionExpired"],
    [new errors.BoltProtocolError("m"), "ProtocolError"],
    [new errors.ConfigurationError("m", { option: "o" }), "N/A"],
  ])("%s have the codes of npm's driver", (error, code) => {
    expect(error.code).toBe(code);
    expect(error.serverCode).toBeUndefined();
    expect(String(error)).toBe(`${error.name}: m`);
  });

  it("tell a server's code apart", () => {
    const error = errorFromFailure(failure("Neo.ClientError.Statement.SyntaxError"));
    expect(error.serverCode).toBe("Neo.ClientError.Statement.SyntaxError");
  });
});
