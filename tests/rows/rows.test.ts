/** The judge of the feature rows: each kind of gap and slip is found. */
import { describe, expect, it } from "vitest";
import { idsIn, judge, kinds, reasonsIn } from "./judge.ts";

const rows = { AB: 3, CD: 2 };
const test = (name: string) => ({ name, at: "x.test.ts:1" });
const table = (...lines: string[]) => reasonsIn(["| row | kind | why |", "|---|---|---|", ...lines].join("\n"), rows);
const kind = kinds[0]!;

function judged(names: string[], lines: string[] = [], open: string[] = []) {
  return judge({ rows, open, later: [], tests: names.map(test), reasons: table(...lines) });
}

const covered = ["one (AB-01, AB-02)", "two (AB-03)", "three (CD-01, CD-02)"];

describe("the ids in a test's name", () => {
  it("are those of the areas that there are, with ranges counted out", () => {
    expect(idsIn("does this (AB-01, CD-02) at UTF-16 and AB-1", rows)).toEqual(["AB-01", "CD-02"]);
    expect(idsIn("all of it (AB-01 to AB-03, CD-01 to 02)", rows)).toEqual([
      "AB-01",
      "AB-02",
      "AB-03",
      "CD-01",
      "CD-02",
    ]);
  });
});

describe("the rows", () => {
  it("are fine when each has a test or a reason", () => {
    expect(judged(covered).problems).toEqual([]);
    expect(judged(covered.slice(1), [`| AB-01, AB-02 | ${kind} | so |`]).problems).toEqual([]);
    expect(judged(covered, [`| AB-01: a part | ${kind} | so |`]).problems).toEqual([]);
  });

  it.each<[string, string[], string[], RegExp]>([
    ["a row has neither", covered.slice(1), [], /^AB has .* AB-01, AB-02\.$/],
    [
      "a reason is only for a part of a row without a test",
      covered.slice(1),
      [`| AB-01, AB-02: all | ${kind} | so |`],
      /AB-01/,
    ],
    [
      "a row has a test and a reason",
      covered,
      [`| CD-02 | ${kind} | so |`],
      /feature-rows.md:3: CD-02 has a test as well/,
    ],
    ["a test cites too many rows", [...covered, "all (AB-01 to AB-03, CD-01)"], [], /cites 4 rows/],
    ["a test cites a row that doesn't exist", [...covered, "new (AB-04)"], [], /cites AB-04, which doesn't exist/],
    ["a reason is for a row that doesn't exist", covered, [`| CD-07 | ${kind} | so |`], /CD-07 doesn't exist/],
    ["a reason is of no known kind", covered, ["| AB-01: x | too hard | so |"], /"too hard" is no kind of reason/],
    ["a reason is empty", covered, [`| AB-01: x | ${kind} | |`], /the reason is missing/],
  ])("are not fine when %s", (_, names, lines, problem) => {
    const { problems } = judged(names, lines);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });

  it("may be uncovered only in an area that is open", () => {
    const { problems, areas } = judged(covered.slice(1), [], ["AB"]);
    expect(problems).toEqual([]);
    expect(areas).toEqual([
      { area: "AB", rows: 3, uncovered: ["AB-01", "AB-02"], state: "open" },
      { area: "CD", rows: 2, uncovered: [], state: "closed" },
    ]);
    expect(judged(covered.slice(0, 2), [], ["AB"]).problems).toEqual([expect.stringContaining("CD-01, CD-02")]);
  });
});
