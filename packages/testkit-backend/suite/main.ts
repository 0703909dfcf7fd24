/**
 * `npm run testkit -- [NAME …]`: runs the conformance suite against the driver. A NAME is what follows `tests.` in the
 * suite's own names: `stub`, `tls`, `neo4j`, a module, a class or a test. Default: `stub`, `tls` where its server is built, and
 * `neo4j` where TEST_NEO4J_HOST is set.
 * Exit status: 0 when everything is as listed, 1 when not, 2 when the suite can't run.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readLists } from "./lists.ts";
import type { Outcome } from "./outcome.ts";
import { checkSuites, NotReady, possibleSuites, readSettings, type Settings } from "./settings.ts";
import { table } from "./table.ts";
import { strangers, type Verdict, verdictOf } from "./verdict.ts";
import { closeWorkers, Worker } from "./worker.ts";

const folder = fileURLToPath(new URL("../build/", import.meta.url));
/** What waits longest begins first, so that no worker is left alone with it at the end. */
const slow = /timeout|liveness|retry|until|recv|acquisition|unexpectedly|auth_manager|verify_auth/;

async function main(args: readonly string[]): Promise<number> {
  const settings = readSettings(process.env);
  const names = namesOf(args, settings);
  const ids = listTests(names, settings);
  const lists = readLists(settings.name);
  mkdirSync(folder, { recursive: true });
  const start = Date.now();

  const onServer = ids.filter(needsServer);
  const others = ids.filter((id) => !needsServer(id));
  const queue = others.sort((a, b) => Number(slow.test(b)) - Number(slow.test(a)));
  const workers = Array.from({ length: Math.max(1, settings.shards) }, (_, at) => {
    return runAll(queue, settings, `shard-${at}`, settings.shards > 0);
  });
  const first = (await Promise.all([...workers, runAll(onServer, settings, "server", false)])).flat();
  const outcomes = await secondTry(first, (outcome) => verdictOf(outcome, lists).kind === "unexpected", settings);

  const verdicts = outcomes.map((outcome) => verdictOf(outcome, lists)).sort(byId);
  report(verdicts, strangers(ids, names, lists));
  console.log(`${((Date.now() - start) / 1000).toFixed(0)} s; details in ${folder}`);
  const count = (status: string) => verdicts.filter(({ outcome }) => outcome.status === status).length;
  console.log(`${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped`);
  const isGood = verdicts.every(({ kind }) => kind !== "unexpected") && strangers(ids, names, lists).length === 0;
  return isGood ? 0 : 1;
}

function namesOf(args: readonly string[], settings: Settings): readonly string[] {
  const names = args.length > 0 ? args.map((name) => name.replace(/^tests\./, "")) : possibleSuites(settings);
  checkSuites(names, settings);
  return names;
}

/** It can't be reached from a namespace of the worker's own. */
function needsServer(id: string): boolean {
  return id.startsWith("neo4j.");
}

function listTests(names: readonly string[], { home, python, name }: Settings): string[] {
  const worker = fileURLToPath(new URL("worker.py", import.meta.url));
  const env = { ...process.env, TESTKIT_HOME: home, TEST_DRIVER_NAME: name, PYTHONDONTWRITEBYTECODE: "1" };
  const text = execFileSync(python, ["-W", "ignore", worker, "list", ...names], { env, encoding: "utf8" });
  return text.split("\n").filter((line) => line !== "");
}

/** Takes tests from the queue until it is empty. */
async function runAll(queue: string[], settings: Settings, name: string, namespace: boolean): Promise<Outcome[]> {
  const log = join(folder, `${name}.log`);
  rmSync(log, { force: true });
  const worker = new Worker(settings, { namespace, log });
  const outcomes: Outcome[] = [];
  try {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      const outcome = await worker.run(id);
      outcomes.push(outcome);
      if (outcome.status === "failed") console.log(`failed: ${id}: ${outcome.why?.split("\n")[0]}`);
      else if (queue.length % 50 === 0) console.log(`${queue.length} tests to go`);
    }
  } finally {
    worker.close();
  }
  return outcomes;
}

/** Time limits of a second don't bear a busy machine: what went wrong runs once more, alone. */
async function secondTry(outcomes: readonly Outcome[], isBad: (outcome: Outcome) => boolean, settings: Settings) {
  const again = new Map<string, Outcome>();
  const failed = outcomes.filter((one) => one.status === "failed" && isBad(one)).map(({ id }) => id);
  for (const isOnServer of [true, false]) {
    const ids = failed.filter((id) => needsServer(id) === isOnServer);
    const more = await runAll(ids, settings, "again", !isOnServer && settings.shards > 0);
    for (const outcome of more) {
      if (!isBad(outcome)) console.log(`only passed when it ran again: ${outcome.id}`);
      again.set(outcome.id, outcome);
    }
  }
  return outcomes.map((outcome) => again.get(outcome.id) ?? outcome);
}

function report(verdicts: readonly Verdict[], unknown: readonly string[]): void {
  const unexpected = verdicts.filter(({ kind }) => kind === "unexpected");
  writeFileSync(join(folder, "results.json"), JSON.stringify(verdicts, undefined, 1));
  const texts = verdicts
    .filter(({ outcome }) => outcome.status === "failed")
    .map(({ outcome: { id, text } }) => `=== ${id}\n${text}\n`);
  writeFileSync(join(folder, "failures.txt"), texts.join("\n"));
  console.log(`\n${table(verdicts)}\n`);
  for (const { outcome, remark } of unexpected) console.log(`UNEXPECTED ${outcome.id}: ${remark}`);
  for (const id of unknown) console.log(`UNEXPECTED ${id}: is listed, but the suite has no such test`);
}

function byId(a: Verdict, b: Verdict): number {
  return a.outcome.id < b.outcome.id ? -1 : 1;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    closeWorkers();
    process.exit(130);
  });
}
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof NotReady)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
