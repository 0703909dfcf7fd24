// `npm test`: installs what is needed, runs every check, and ends with `N passed, N failed, N skipped` whatever happens.
// Each check counts as one test; vitest's counts come from tests/reporter/counts.ts.
// `npm test -- --only=unit,live` runs some vitest projects and no checks.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const { packageManager } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
const temporary = mkdtempSync(join(tmpdir(), "fulgur-test-"));
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
const only = process.argv.find((argument) => argument.startsWith("--only="))?.slice("--only=".length);
const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

function run(command, args, more = {}) {
  const shell = process.platform === "win32";
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", shell, env: { ...env, ...more } });
  if (error) console.error(`${command} could not be started: ${error.message}`);
  return status === 0;
}

function check(name, command, args) {
  const start = Date.now();
  console.log(`\n=== ${name}`);
  const ok = run(command, args);
  total[ok ? "passed" : "failed"]++;
  if (!ok) failures.push(name);
  console.log(`=== ${name}: ${ok ? "passed" : "FAILED"} in ${((Date.now() - start) / 1000).toFixed(1)} s`);
  return ok;
}

function vitest(project) {
  const file = join(temporary, `${project}.json`);
  const start = Date.now();
  console.log(`\n=== tests: ${project}`);
  const ok = run("npx", ["--no-install", "pnpm", "exec", "vitest", "run", "--project", project], {
    FULGUR_TEST_COUNTS: file,
  });
  let counts = { passed: 0, failed: 1, skipped: 0 };
  try {
    counts = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    console.error(`vitest wrote no counts for ${project}: it counts as failed`);
  }
  if (!ok && counts.failed === 0) counts.failed = 1;
  for (const key of Object.keys(total)) total[key] += counts[key];
  if (counts.failed > 0) failures.push(`tests: ${project}`);
  console.log(
    `=== tests: ${project}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${((Date.now() - start) / 1000).toFixed(1)} s)`,
  );
}

const pnpm = (...args) => ["npx", ["--no-install", "pnpm", ...args]];
const projects = ["unit", "types", "spec", "scripted", "live", "adversity", "install"];

try {
  const install = [
    "--yes",
    packageManager,
    "install",
    "--frozen-lockfile",
    "--reporter=append-only",
    "--loglevel=error",
  ];
  if (check("install", "npx", install)) {
    if (only === undefined) {
      check("lint and format", ...pnpm("run", "check:lint"));
      check("spec: lint, format, breaking changes, guard", ...pnpm("run", "check:spec"));
      check("generated code is what the spec says", ...pnpm("run", "check:generated"));
      check("build", ...pnpm("run", "build"));
      check("arrows between the packages", ...pnpm("run", "check:arrows"));
      check("types", ...pnpm("run", "check:types"));
      check("feature rows have tests or reasons", ...pnpm("run", "check:rows"));
    }
    for (const project of only?.split(",") ?? projects) vitest(project);
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
  if (failures.length > 0) console.log(`\nFailed: ${failures.join("; ")}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}
