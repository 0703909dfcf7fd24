import { describe, expect, it } from "vitest";
import { features, undeclared } from "../src/features.ts";
import { nameChoices } from "../src/names/borrowed-name.ts";
import { nameSkip, skipReason } from "../src/skips.ts";
import { type Lists, listedOf, readLists } from "../suite/lists.ts";
import { moduleOf, type Outcome } from "../suite/outcome.ts";
import { table } from "../suite/table.ts";
import { strangers, verdictOf } from "../suite/verdict.ts";

const listsOf = (lists: Partial<Lists>): Lists => ({ knownFailures: new Map(), borrowedName: new Map(), ...lists });
const id = "stub.tx_run.test_tx_run.TestTxRun.test_x";
const outcome = (status: Outcome["status"], more: Partial<Outcome> = {}): Outcome => ({
  id,
  status,
  seconds: 1,
  ...more,
});
const known = listsOf({ knownFailures: new Map([[id, "routing isn't done yet"]]) });
const named = listsOf({ borrowedName: new Map([[id, "for the name"]]) });
const none = listsOf({});

describe("a run of the suite", () => {
  it.each([
    ["a pass", outcome("passed"), none, "passed"],
    ["a pass that is listed as failing", outcome("passed"), known, "unexpected"],
    ["a pass that is listed as skipped for the name", outcome("passed"), named, "unexpected"],
    ["a failure", outcome("failed"), none, "unexpected"],
    ["a failure that is listed", outcome("failed"), known, "known failure"],
    ["a failure that is listed as a skip", outcome("failed"), named, "unexpected"],
    ["a skip", outcome("skipped", { why: "requires investigation", missing: [] }), none, "unexpected"],
    [
      "a skip that is listed",
      outcome("skipped", { why: "requires investigation", missing: [] }),
      named,
      "borrowed name",
    ],
    ["a skip by the backend", outcome("skipped", { why: nameSkip, missing: [] }), none, "unexpected"],
    [
      "a skip by the backend that is listed",
      outcome("skipped", { why: nameSkip, missing: [] }),
      named,
      "borrowed name",
    ],
    [
      "a skip for the server's edition",
      outcome("skipped", { why: "Needs multi DB support", missing: [] }),
      none,
      "not applicable",
    ],
    ["a skip for an old Bolt", outcome("skipped", { missing: ["Feature:Bolt:3.0"] }), none, "undeclared"],
    ["a skip for what isn't there yet", outcome("skipped", { missing: ["Feature:Auth:Managed"] }), none, "unexpected"],
    [
      "a skip for what isn't there yet that is listed",
      outcome("skipped", { missing: ["Feature:Auth:Managed"] }),
      known,
      "known failure",
    ],
  ] as const)("takes %s for what it is", (_, one, lists, kind) => {
    expect(verdictOf(one, lists).kind).toBe(kind);
  });

  it("finds listed tests that the suite doesn't have, where it has looked", () => {
    expect(strangers([], ["stub"], known)).toEqual([id]);
    expect(strangers([id], ["stub"], known)).toEqual([]);
    expect(strangers([], ["stub.tx_run.test_tx"], known)).toEqual([]);
  });

  it("is shown by module, with totals, beside the official drivers", () => {
    const old = outcome("skipped", {
      id: "stub.routing.test_routing_v3.RoutingV3.test_x",
      missing: ["Feature:Bolt:3.0"],
    });
    const verdicts = [verdictOf(outcome("passed"), none), verdictOf(outcome("failed"), known), verdictOf(old, none)];
    expect(table(verdicts).split("\n").slice(2)).toEqual([
      "| stub.routing.test_routing_v3 | 1 | 0 / 0 / 1 | 0 / 0 / 1 / 0 / 0 | 58 / 0 / 37 | 58 / 0 / 37 | 93 / 1 / 1 | 1 |",
      "| stub.tx_run.test_tx_run | 2 | 1 / 1 / 0 | 1 / 0 / 0 / 0 / 0 | 13 / 0 / 6 | 13 / 0 / 6 | 19 / 0 / 0 | 2 |",
      "| total stub | 3 | 1 / 1 / 1 | 1 / 0 / 1 / 0 / 0 | 71 / 0 / 43 | 71 / 0 / 43 | 112 / 1 / 1 | 3 |",
      "| total where no module needs older Bolt | 2 | 1 / 1 / 0 | 1 / 0 / 0 / 0 / 0 | 13 / 0 / 6 | 13 / 0 / 6 | 19 / 0 / 0 | 2 |",
    ]);
  });

  it("names modules without their classes", () => {
    expect(moduleOf("neo4j.datatypes.test_datatypes.TestDataTypes.test_y")).toBe("neo4j.datatypes.test_datatypes");
    expect(moduleOf("stub.errors.test_errors._TestBase.test_y")).toBe("stub.errors.test_errors");
  });
});

describe("the lists", () => {
  it("are readable, give a reason for each test, and name none twice", () => {
    for (const name of nameChoices) {
      const { knownFailures, borrowedName } = readLists(name);
      expect([...knownFailures.keys()].filter((test) => borrowedName.has(test))).toEqual([]);
    }
    expect(() => listedOf([{ reason: "", tests: [id] }], "list")).toThrow("without a reason");
    expect(() => listedOf([{ reason: "a", tests: [id, id] }], "list")).toThrow("twice");
  });

  it("hold no known failure under npm's name, and under Python's only what was decided", () => {
    expect([...readLists("javascript").knownFailures]).toEqual([]);
    const reasons = [...readLists("python").knownFailures.values()];
    expect(reasons.filter((reason) => !reason.startsWith("A decision: "))).toEqual([]);
  });

  it("have a flag either as declared or as undeclared", () => {
    expect(features.filter((feature) => Object.hasOwn(undeclared, feature))).toEqual([]);
  });

  it("have every test that the backend skips among those of the borrowed name", () => {
    const { borrowedName } = readLists("javascript");
    const skipped = [...borrowedName.keys()].filter((test) => skipReason(test) !== undefined);
    expect(skipped.length).toBeGreaterThan(0);
  });
});
