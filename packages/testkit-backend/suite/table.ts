/** Figures by module, as a table for people. */
import { moduleOf } from "./outcome.ts";
import type { Kind, Verdict } from "./verdict.ts";

const kinds: readonly Kind[] = ["known failure", "unexpected", "undeclared", "not applicable", "borrowed name"];

export function table(verdicts: readonly Verdict[]): string {
  const rows = new Map<string, Map<string, number>>();
  const count = (row: string, column: string, by = 1) => {
    const counts = rows.get(row) ?? new Map<string, number>();
    rows.set(row, counts.set(column, (counts.get(column) ?? 0) + by));
  };
  const modules = [...new Set(verdicts.map(({ outcome }) => moduleOf(outcome.id)))].sort();
  for (const row of [...modules, "total"]) rows.set(row, new Map());
  for (const { outcome, kind } of verdicts) {
    for (const row of [moduleOf(outcome.id), "total"]) {
      count(row, outcome.status);
      if (kind !== "passed") count(row, kind);
      count(row, "seconds", outcome.seconds);
    }
  }
  const lines = Array.from(rows, ([module, counts]) => {
    const of = (column: string) => counts.get(column) ?? 0;
    const result = `${of("passed")} / ${of("failed")} / ${of("skipped")}`;
    return `| ${module} | ${result} | ${kinds.map(of).join(" | ")} | ${Math.round(of("seconds"))} |`;
  });
  return [
    `| module | passed / failed / skipped | ${kinds.join(" | ")} | s |`,
    `|---|${"---:|".repeat(kinds.length + 2)}`,
    ...lines,
  ].join("\n");
}
