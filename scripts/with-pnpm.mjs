// Installs the workspace with the pinned pnpm, then runs one of its scripts: `npm run demo` works from a fresh
// clone with Node >= 20.19 and npm alone.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const { packageManager } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
const shell = process.platform === "win32";

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, env, stdio: "inherit", shell });
  if (error) console.error(`${command} could not be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

const [script, ...rest] = process.argv.slice(2);
run("npx", ["--yes", packageManager, "install", "--frozen-lockfile", "--reporter=append-only", "--loglevel=error"]);
run("npx", ["--no-install", "pnpm", "run", script, ...rest]);
