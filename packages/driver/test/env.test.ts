import { ConfigurationError } from "@fulgur/neo4j-core";
import { describe, expect, it, vi } from "vitest";
import { driver } from "../src/factory.ts";

const aura = {
  NEO4J_URI: "neo4j+s://x.databases.neo4j.io",
  NEO4J_USERNAME: "ann",
  NEO4J_PASSWORD: "secret-5f2a",
  NEO4J_DATABASE: "movies",
};

describe("driver.fromEnv()", () => {
  it("reads the variables of Aura's credentials file (CONN-37)", () => {
    expect(driver.fromEnv({}, aura).encrypted).toBe(true);
    expect(driver.fromEnv(undefined, { NEO4J_URI: "bolt://localhost" }).encrypted).toBe(false);
  });

  it("reads the process's own environment when it isn't given one", () => {
    vi.stubEnv("NEO4J_URI", "bolt+s://localhost");
    for (const name of ["NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"]) vi.stubEnv(name, undefined);
    try {
      expect(driver.fromEnv().encrypted).toBe(true);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it.each([
    ["NEO4J_URI", { NEO4J_URI: undefined }],
    ["NEO4J_URI", { NEO4J_URI: "" }],
    ["NEO4J_USERNAME", { NEO4J_USERNAME: undefined }],
    ["NEO4J_USERNAME", { NEO4J_USERNAME: "" }],
    ["NEO4J_PASSWORD", { NEO4J_PASSWORD: undefined }],
    ["NEO4J_URI", { NEO4J_URI: "localhost:7687" }],
    ["NEO4J_URI", { NEO4J_URI: "neo4j://ann:secret-5f2a@localhost" }],
  ])("names %s, and no secret, when it is given %j (CONN-37)", (name, change) => {
    const make = () => driver.fromEnv({}, { ...aura, ...change });
    expect(make).toThrow(ConfigurationError);
    expect(make).toThrow(name);
    expect(make).toThrow(expect.objectContaining({ option: name }));
    expect(make).not.toThrow(/secret-5f2a/);
  });

  it("refuses unknown options as driver() does (DRV-02)", () => {
    expect(() => driver.fromEnv({ fetchsize: 1 } as never, aura)).toThrow(/did you mean fetchSize/);
  });
});
