import {
  ConfigurationError,
  NotALeader,
  ResultConsumedError,
  ResultFailedError,
  RoutingServiceUnavailable,
  ServiceUnavailable,
  SessionExpired,
  TransactionError,
} from "@fulgur/neo4j-driver";
import { afterEach, describe, expect, it, vi } from "vitest";
import { borrowedName } from "../src/names/borrowed-name.ts";

const notALeader = new NotALeader("no", { code: "Neo.ClientError.Cluster.NotALeader" });
const otherUser = new ConfigurationError(
  "Another user than the driver's needs Bolt 5.1 or later, and the server speaks 5.0: make a driver for each user.",
);

describe("a borrowed name", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("is npm's where none is said, and one of those that the backend knows", () => {
    vi.stubEnv("TEST_DRIVER_NAME", undefined);
    expect(borrowedName().errorType(notALeader)).toBe("Neo4jError");
    vi.stubEnv("TEST_DRIVER_NAME", "cobol");
    expect(() => borrowedName()).toThrow("javascript or python");
  });

  it.each([
    [notALeader, "NotALeader"],
    [new RoutingServiceUnavailable("no"), "ServiceUnavailable"],
    [new ResultConsumedError("no"), "ResultConsumedError"],
    [new SessionExpired("no"), "SessionExpired"],
  ])("of Python has Python's classes: %s", (error, name) => {
    vi.stubEnv("TEST_DRIVER_NAME", "python");
    expect(borrowedName().errorType(error)).toBe(`<class 'neo4j.exceptions.${name}'>`);
  });

  it("of Python has the words that the suite looks for", () => {
    vi.stubEnv("TEST_DRIVER_NAME", "python");
    const { message, warning } = borrowedName();
    expect(message(new ResultFailedError("It failed.", { cause: notALeader }))).toContain("NotALeader");
    expect(message(new TransactionError("It is committed."))).toContain("closed");
    expect(message(otherUser)).toContain("User switching is not supported for Bolt Protocol Version(5, 0)");
    expect(warning("the first of several")).toContain("multiple");
  });

  it("of npm has npm's codes and texts", () => {
    vi.stubEnv("TEST_DRIVER_NAME", "javascript");
    const { code, message } = borrowedName();
    expect(code(new ServiceUnavailable("no"))).toBe("ServiceUnavailable");
    expect(code(new ResultFailedError("no", { cause: new SessionExpired("no") }))).toBe("SessionExpired");
    expect(message(otherUser)).toBe("Driver is connected to a database that does not support user switch.");
  });
});
