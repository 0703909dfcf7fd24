/** Figures by module, as a table for people, beside the official drivers'. */
import { anchorCounts, anchors, type Counts, isCompared } from "./anchors.ts";
import { moduleOf } from "./outcome.ts";
import type { Kind, Verdict } from "./verdict.ts";

const kinds: readonly Kind[] = ["known failure", "unexpected", "undeclared", "not applicable", "borrowed name"];

export function table(verdicts: readonly Verdict[]): string {
  const modules = [...new Set(verdicts.map(({ outcome }) => moduleOf(outcome.id)))].sort();
  const suites = [...new Set(modules.map((module) => module.split(".")[0]))];
  const rows = [
    ...modules.map((module) => ({ name: module, of: [module] })),
    ...suites.map((suite) => ({ name: `total ${suite}`, of: modules.filter((one) => one.startsWith(`${suite}.`)) })),
    { name: "total where no module needs older Bolt", of: modules.filter(isCompared) },
  ];
  const lines = rows.map(({ name, of }) => {
    const inside = verdicts.filter(({ outcome }) => of.includes(moduleOf(outcome.id)));
    const ours = kinds.map((kind) => inside.filter((verdict) => verdict.kind === kind).length);
    const theirs = anchors.map((anchor) => text(sum(of.map((module) => anchorCounts(module, anchor)))));
    const seconds = inside.reduce((all, { outcome }) => all + outcome.seconds, 0);
    return [name, inside.length, text(outcomesOf(inside)), ours.join(" / "), ...theirs, Math.round(seconds)];
  });
  const head = ["module", "tests", "passed / failed / skipped", kinds.join(" / "), ...anchors, "s"];
  return [head, head.map((_, at) => (at === 0 ? "---" : "---:")), ...lines]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function outcomesOf(verdicts: readonly Verdict[]): Counts {
  const count = (status: string) => verdicts.filter(({ outcome }) => outcome.status === status).length;
  return [count("passed"), count("failed"), count("skipped")];
}

/** `undefined` when one of them isn't known. */
function sum(all: readonly (Counts | undefined)[]): Counts | undefined {
  return all.reduce<Counts | undefined>(
    (total, one) => total && one && [total[0] + one[0], total[1] + one[1], total[2] + one[2]],
    [0, 0, 0],
  );
}

function text(counts: Counts | undefined): string {
  return counts?.join(" / ") ?? "";
}
