// Each row of the feature list has a test whose name cites it, or a reason in docs/feature-rows.md. tests/rows/rows.json has the rows'
// numbers by area, and which areas are still open. `--report` only tells; without it the exit code says whether all is well.
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { createVitest } from "vitest/node";
import { judge, reasonsIn } from "../tests/rows/judge.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const { rows, open, later } = JSON.parse(readFileSync(`${root}/tests/rows/rows.json`, "utf8"));
const reasons = reasonsIn(readFileSync(`${root}/docs/feature-rows.md`, "utf8"), rows);

/** Vitest reads the names from the source: nothing runs, and what stands in a comment is no test. */
const vitest = await createVitest({ root, watch: false, reporters: [{}] });
const problems = [];
const tests = [];
for (const module of await vitest.parseSpecifications(await vitest.globTestSpecifications())) {
  const file = relative(root, module.moduleId).replaceAll("\\", "/");
  for (const error of module.errors()) problems.push(`${file}: ${error.message}`);
  const source = readFileSync(module.moduleId, "utf8");
  if (/\b(?:it|test|describe)\.(?:skip|todo|fails)\b/.test(source)) {
    problems.push(`${file} skips a test for good; skipIf with the reason in the name is for what a machine can't run.`);
  }
  for (const test of module.children.allTests()) {
    tests.push({ name: test.fullName, at: `${file}:${test.location?.line ?? 0}` });
  }
}
await vitest.close();

const judged = judge({ rows, open, later, tests, reasons });
problems.push(...judged.problems);
for (const { area, rows: count, uncovered, state } of judged.areas) {
  const covered = `${String(count - uncovered.length).padStart(3)} of ${String(count).padStart(2)}`;
  const missing =
    uncovered.length === 0 ? (state === "closed" ? "" : " - nothing is missing") : ` - ${uncovered.join(" ")}`;
  console.log(`${area.padEnd(4)} ${covered} ${state.padEnd(6)}${missing}`);
}
for (const problem of problems) console.error(problem);
const missing = judged.areas.reduce((sum, { uncovered }) => sum + uncovered.length, 0);
console.log(`${tests.length} tests; ${missing} rows are uncovered; ${problems.length} problems`);
process.exit(problems.length === 0 || process.argv.includes("--report") ? 0 : 1);
