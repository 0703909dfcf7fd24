import { describe, expect, it } from "vitest";
import neo4j, * as fulgur from "../src/index.ts";

describe("the default export", () => {
  it("holds the same things as the named exports", () => {
    for (const [name, value] of Object.entries(neo4j)) expect(fulgur, name).toHaveProperty(name, value);
  });

  it("has npm's constants (OLD-24)", () => {
    expect(neo4j.session).toEqual({ READ: "READ", WRITE: "WRITE" });
    expect(neo4j.routing).toEqual({ READ: "READ", WRITE: "WRITE" });
    expect(neo4j.error.SERVICE_UNAVAILABLE).toBe("ServiceUnavailable");
    expect(neo4j.notificationFilterMinimumSeverityLevel.OFF).toBe("OFF");
    expect(neo4j.notificationFilterDisabledClassification).not.toHaveProperty("UNKNOWN");
  });

  it("has npm's guards, alone and in groups", () => {
    const point = new neo4j.types.Point(7203, 1, 2);
    expect([neo4j.isPoint(point), neo4j.spatial.isPoint(point), neo4j.graph.isNode(point)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(neo4j.temporal.isDate(new neo4j.Date(2024, 2, 29))).toBe(true);
    expect(neo4j.isInt(neo4j.int(5))).toBe(true);
  });

  it("does with integers what npm's does, except rounding", () => {
    for (const five of [5, 5n, "5", neo4j.int(5)]) {
      expect(neo4j.integer.toNumber(five)).toBe(5);
      expect(neo4j.integer.toString(five)).toBe("5");
      expect(neo4j.integer.inSafeRange(five)).toBe(true);
    }
    expect(neo4j.integer.inSafeRange(2n ** 53n)).toBe(false);
    expect(() => neo4j.integer.toNumber(2n ** 53n)).toThrow(RangeError);
    expect(() => neo4j.integer.toNumber(1.5)).toThrow(/isn't whole/);
  });
});

describe("what older drivers had", () => {
  it.each(["DirectDriver", "RoutingDriver", "Driver"])("is no class: %s (OLD-02, OLD-03)", (name) => {
    expect(fulgur).not.toHaveProperty(name);
  });

  it.each(["expirationBased", "AuthManagers", "ExpiringAuth", "onAuthExpired"])(
    "is no way to renew tokens: %s (OLD-16, OLD-25)",
    (name) => {
      expect(fulgur).not.toHaveProperty(name);
      expect(fulgur.auth).not.toHaveProperty(name);
    },
  );

  it.each([
    ["Bookmark", "Bookmarks"],
    ["isRetriable", "isRetryableError"],
    ["isRetriableError", "isRetryableError"],
  ])("has another name today: %s is %s (OLD-18, OLD-19)", (old, today) => {
    expect(fulgur).not.toHaveProperty(old);
    expect(fulgur).toHaveProperty(today);
  });

  it("is no ExperimentalWarning (OLD-22)", () => {
    expect(fulgur).not.toHaveProperty("ExperimentalWarning");
  });

  it("is no method of drivers, sessions and errors either (OLD-17, OLD-19, OLD-23)", () => {
    const db = fulgur.driver("bolt://localhost");
    expect(db).not.toHaveProperty("queryBookmarkManager");
    expect(db.executeQueryBookmarkManager).toBeDefined();
    const session = db.session();
    for (const old of ["readTransaction", "writeTransaction", "lastBookmark"]) expect(session).not.toHaveProperty(old);
    for (const today of ["executeRead", "executeWrite", "lastBookmarks"]) expect(session).toHaveProperty(today);
    const error = new fulgur.ServiceUnavailable("nobody is there");
    for (const old of ["isRetriable", "is_retriable", "retriable"]) expect(error).not.toHaveProperty(old);
    expect(error.isRetryable()).toBe(true);
  });

  it("is refused where it was an option: bookmarks as texts (OLD-18)", () => {
    const make = () => fulgur.driver("bolt://localhost").session({ bookmarks: ["a"] as never });
    expect(make).toThrow(fulgur.ConfigurationError);
    expect(make).toThrow(/Bookmarks\.fromRawValues/);
  });

  it("is still how tokens are made: the arguments have their old order (OLD-29)", () => {
    expect({ ...fulgur.auth.basic("ann", "secret", "native") }).toEqual({
      scheme: "basic",
      principal: "ann",
      credentials: "secret",
      realm: "native",
    });
    expect({ ...fulgur.auth.custom("ann", "secret", "native", "mine", { level: 2 }) }).toEqual({
      scheme: "mine",
      principal: "ann",
      credentials: "secret",
      realm: "native",
      parameters: { level: 2 },
    });
  });
});
