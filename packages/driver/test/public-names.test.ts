import { describe, expect, it } from "vitest";
import * as everything from "../src/index.ts";

describe("the package's names", () => {
  const names = Object.keys(everything);

  it("hold no warning for experiments: what is preview is not in it (LOG-12, OLD-22)", () => {
    expect(names.filter((name) => /experimental/i.test(name))).toEqual([]);
    expect(names.filter((name) => name.endsWith("Warning")).sort()).toEqual([
      "Neo4jDeprecationWarning",
      "Neo4jWarning",
    ]);
  });

  it("hold every class of errors, each under its own name (ERR-01)", () => {
    const classes = Object.entries(everything).filter(
      ([, value]) => typeof value === "function" && value.prototype instanceof everything.Neo4jDriverBaseError,
    );
    expect(classes.length).toBeGreaterThan(35);
    for (const [name, value] of classes) expect((value as { prototype: Error }).prototype.name).toBe(name);
  });
});
