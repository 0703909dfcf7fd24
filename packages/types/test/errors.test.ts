import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import * as types from "../src/index.ts";

vi.resetModules();
const copy = await import("../src/index.ts");
const { ConfigurationError, DriverError, Neo4jDriverBaseError, Neo4jError, PackStreamError, ParameterError } = types;

const tree = { Neo4jDriverBaseError, Neo4jError, DriverError, PackStreamError, ParameterError, ConfigurationError };
const samples = (from: typeof types): [string, Error, string[]][] => [
  ["Neo4jError", new from.Neo4jError("m"), ["Neo4jDriverBaseError", "Neo4jError"]],
  ["DriverError", new from.DriverError("m"), ["Neo4jDriverBaseError", "DriverError"]],
  ["PackStreamError", new from.PackStreamError("m", 3), ["Neo4jDriverBaseError", "DriverError", "PackStreamError"]],
  [
    "ParameterError",
    new from.ParameterError("m", { path: "a", type: "symbol" }),
    ["Neo4jDriverBaseError", "DriverError", "ParameterError"],
  ],
  [
    "ConfigurationError",
    new from.ConfigurationError("m"),
    ["Neo4jDriverBaseError", "DriverError", "ConfigurationError"],
  ],
];

describe("errors (ERR-01)", () => {
  it.each([...samples(types), ...samples(copy)])(
    "are instances of their classes, in both copies: %s",
    (name, error, classes) => {
      expect(copy.DriverError).not.toBe(DriverError);
      expect(error).toBeInstanceOf(Error);
      expect(error.name).toBe(name);
      const saying = Object.entries(tree).filter(([, errorClass]) => error instanceof errorClass);
      expect(saying.map(([className]) => className)).toEqual(classes);
    },
  );

  it("don't claim other things", () => {
    for (const value of [null, undefined, 1, "x", {}, new Error("x")])
      expect(value instanceof Neo4jDriverBaseError).toBe(false);
  });

  it("let a subclass of a user's be told by prototype", () => {
    class Mine extends DriverError {}
    expect(new Mine("m") instanceof Mine).toBe(true);
    expect(new Mine("m") instanceof DriverError).toBe(true);
    expect(new DriverError("m") instanceof Mine).toBe(false);
    expect(new Neo4jError("m") instanceof Mine).toBe(false);
  });

  it("let a subclass be branded, as core's are", () => {
    class SessionExpired extends DriverError {
      static {
        types.brandErrorClass(SessionExpired, "SessionExpired");
      }
      override isRetryable() {
        return true;
      }
    }
    const error = new SessionExpired("m");
    expect([error.name, error.isRetryable(), error instanceof copy.DriverError]).toEqual([
      "SessionExpired",
      true,
      true,
    ]);
    expect(new DriverError("m") instanceof SessionExpired).toBe(false);
    expect(new DriverError("m").isRetryable()).toBe(false);
  });

  it("carry code, GQL status and cause, with defaults for a server that gives none (ERR-02, ERR-35)", () => {
    const cause = new Neo4jError("inner", { gqlStatus: "22N01", code: "Neo.ClientError.General.Inner" });
    const error = new Neo4jError("outer", {
      code: "Neo.ClientError.Statement.SyntaxError",
      gqlStatus: "42001",
      gqlStatusDescription: "error: syntax error",
      diagnosticRecord: { _classification: "CLIENT_ERROR" },
      cause,
    });
    expect([error.code, error.gqlStatus, error.classification]).toEqual([
      "Neo.ClientError.Statement.SyntaxError",
      "42001",
      "CLIENT_ERROR",
    ]);
    expect(error.findByGqlStatus("42001")).toBe(error);
    expect(error.findByGqlStatus("22N01")).toBe(cause);
    expect(error.findByGqlStatus("00000")).toBeUndefined();
    const bare = new DriverError("m");
    expect([bare.code, bare.gqlStatus, bare.classification, bare.rawClassification, bare.cause]).toEqual([
      "N/A",
      "50N42",
      "UNKNOWN",
      undefined,
      undefined,
    ]);
    expect("cause" in bare).toBe(false);
  });

  it("end the search in a ring of causes", () => {
    const error = new DriverError("m");
    Object.defineProperty(error, "cause", { value: error });
    expect(error.findByGqlStatus("00000")).toBeUndefined();
  });

  it("say where in the bytes, the parameters or the options they arose", () => {
    const bytes = new PackStreamError("a list's length is beyond the message", 12);
    expect([bytes.offset, bytes.reason, bytes.message]).toEqual([
      12,
      "a list's length is beyond the message",
      "a list's length is beyond the message at byte 12",
    ]);
    const parameter = new ParameterError("can't be sent", { path: "people[3].born", type: "symbol" });
    expect([parameter.path, parameter.type]).toEqual(["people[3].born", "symbol"]);
    expect(new ConfigurationError("unknown", { option: "fetchSise" }).option).toBe("fetchSise");
  });

  it("survive JSON with what they are, and structuredClone as errors with message, stack and cause (ERR-01)", () => {
    const details = { code: "Neo.ClientError.General.Foo", gqlStatus: "22N01", cause: new DriverError("inner") };
    const error = new Neo4jError("outer", details);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: "Neo4jError",
      message: "outer",
      code: "Neo.ClientError.General.Foo",
      gqlStatus: "22N01",
      cause: { name: "DriverError", message: "inner" },
    });
    const parameter = new ParameterError("m", {
      path: "a[3]",
      type: "symbol",
      cause: new TypeError("why", { cause: "because" }),
    });
    const attempts = [{ error: parameter, startedAt: 0, took: 2 }];
    Object.defineProperty(parameter, "attempts", { value: attempts, enumerable: false });
    expect(JSON.parse(JSON.stringify(parameter))).toMatchObject({
      path: "a[3]",
      type: "symbol",
      attempts: [{ error: { name: "ParameterError", message: "m" }, startedAt: 0, took: 2 }],
      cause: { name: "TypeError", message: "why", cause: "because" },
    });
    const clone: unknown = structuredClone(error);
    expect(clone).toBeInstanceOf(Error);
    expect(clone).not.toBeInstanceOf(Neo4jError);
    expect(clone).toMatchObject({ message: "outer", cause: { message: "inner" } });
    expect((clone as Error).stack).toContain("errors.test.ts");
  });

  it("have isRetryable() and no other spelling of it (ERR-04, OLD-19)", () => {
    for (const errorClass of Object.values(tree)) {
      expect(errorClass.prototype.isRetryable).toBeTypeOf("function");
      for (const old of ["isRetriable", "is_retriable", "retriable"]) expect(old in errorClass.prototype).toBe(false);
    }
    expect("isRetriable" in Neo4jError).toBe(false);
  });

  it("end where their causes go round in a circle, printed and as JSON (ERR-01)", () => {
    const [outer, middle] = [new DriverError("outer"), new TypeError("middle")];
    const inner = new DriverError("inner", { cause: outer });
    Object.defineProperty(outer, "cause", { value: middle });
    Object.defineProperty(middle, "cause", { value: inner });
    expect(inspect(outer)).toMatch(/outer[\s\S]*middle[\s\S]*inner[\s\S]*see above/);
    expect(JSON.parse(JSON.stringify(outer))).toMatchObject({
      cause: { message: "middle", cause: { message: "inner", cause: { name: "DriverError", message: "outer" } } },
    });
  });

  it("are one line inside of something else, without the caret's lines", () => {
    const error = new Neo4jError("bad (line 1, column 1)\nRETRUN 1\n^", { code: "Neo.ClientError.General.Foo" });
    const line = "Neo4jError [Neo.ClientError.General.Foo]: bad (line 1, column 1)";
    expect(inspect({ error }, { breakLength: 999 })).toBe(`{ error: ${line} }`);
    expect(inspect([error], { depth: 0 })).toContain("Neo4jError");
  });

  it("print name, code and message, the stack, and the cause (ERR-37)", () => {
    const error = new Neo4jError("bad", { code: "Neo.ClientError.General.Foo", cause: new TypeError("why") });
    expect(String(error)).toBe("Neo4jError [Neo.ClientError.General.Foo]: bad");
    const lines = inspect(error).split("\n");
    expect(lines[0]).toBe(String(error));
    expect(lines[1]).toMatch(/^\s+at .*errors\.test\.ts/);
    expect(lines.some((line) => line.includes("[cause]: TypeError: why"))).toBe(true);
    expect(
      JSON.parse(JSON.stringify(new Neo4jError("m", { diagnosticRecord: { n: 2n ** 60n } }))).diagnosticRecord,
    ).toEqual({
      n: "1152921504606846976",
    });
  });
});
