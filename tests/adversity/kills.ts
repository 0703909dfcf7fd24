/** Jobs that are killed again and again, at any moment of theirs, and go on: each row has to be there once. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { auth, type Driver, driver } from "@fulgur/neo4j-driver";
import type { Neo4j } from "@fulgur/neo4j-testing";
import { ends, type JobArguments, type JobKind } from "./killed-job.ts";

export interface KillOptions {
  readonly kind: JobKind;
  /** How often it is killed. When a job has finished before, another one begins. */
  readonly kills: number;
  /** Rows of a job. */
  readonly rows: number;
  /** Gives numbers in [0, 1): when it is killed. */
  readonly random: () => number;
  readonly log?: (line: string) => void;
}

export interface KillFigures {
  readonly kind: JobKind;
  readonly kills: number;
  /** Jobs that were begun; each of them was brought to its end. */
  readonly jobs: number;
  readonly rows: number;
  /** Kills after which the graph had rows of which the process had not told yet: it died between a commit and the next step. */
  readonly betweenCommitAndWord: number;
  /** Rows that aren't there. */
  readonly lost: number;
  /** Rows that are there more than once, counted each time beyond the first. */
  readonly doubled: number;
  /** Notes of the ledger that were left. */
  readonly notesLeft: number;
}

/** So many batches it may write before it is killed, and so many milliseconds later it is. */
const [mostBatches, mostDelay] = [10, 60];

export async function killJobs(server: Neo4j, options: KillOptions): Promise<KillFigures> {
  const { kind, random, log = () => {} } = options;
  const { uri, username, password } = server;
  await using db = driver(uri, auth.basic(username, password));
  await prepare(db, kind);
  const folder = mkdtempSync(join(tmpdir(), "fulgur-kills-"));
  let [kills, jobs, lost, doubled, betweenCommitAndWord] = [0, 0, 0, 0, 0];
  try {
    while (kills < options.kills) {
      const name = `Killed_${kind}_${jobs++}`;
      if (kind === "merge") await db.executeQuery(`CREATE CONSTRAINT FOR (n:${name}) REQUIRE n.id IS UNIQUE`);
      const job = { uri, username, password, kind, name, rows: options.rows, checkpoint: join(folder, name) };
      for (let isFinished = false; !isFinished; ) {
        // When it has been killed often enough it may finish.
        const moment = kills < options.kills ? { batches: random() * mostBatches, delay: random() * mostDelay } : never;
        const run = await runAndKill(job, moment);
        isFinished = run.isFinished;
        if (isFinished) continue;
        kills++;
        const there = (await inTheGraph(db, job)).all;
        if (there > run.told) betweenCommitAndWord++;
        log(`${kind}: kill ${kills} after ${run.told} rows were told of, ${there} there`);
      }
      const { all, distinct } = await inTheGraph(db, job);
      lost += options.rows - distinct;
      doubled += all - distinct;
    }
    const left = await db.executeQuery<{ notes: number }>("MATCH (n:FulgurIngestLedger) RETURN count(n) AS notes");
    const notesLeft = left.records[0]!.get("notes");
    return { kind, kills, jobs, rows: jobs * options.rows, betweenCommitAndWord, lost, doubled, notesLeft };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepare(db: Driver, kind: JobKind): Promise<void> {
  if (kind !== "relationships") return;
  await db.executeQuery("CREATE CONSTRAINT end_id IF NOT EXISTS FOR (n:End) REQUIRE n.id IS UNIQUE");
  await db.executeQuery("UNWIND range(0, $ends - 1) AS id MERGE (:End {id: id})", { ends });
}

interface Moment {
  readonly batches: number;
  readonly delay: number;
}

const never: Moment = { batches: Number.POSITIVE_INFINITY, delay: 0 };

interface Run {
  readonly isFinished: boolean;
  /** The rows of which the job said that they are written, by any of its runs. */
  readonly told: number;
}

async function runAndKill(job: JobArguments, { batches, delay }: Moment): Promise<Run> {
  const program = fileURLToPath(new URL("./killed-job.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=@fulgur/source", program, JSON.stringify(job)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(child, "exit");
  let [lines, told, isFinished] = [0, 0, false];
  for await (const line of createInterface({ input: child.stdout })) {
    // "begins" is the first line: it may be killed before any batch is written.
    if (lines++ === Math.floor(batches)) setTimeout(() => child.kill("SIGKILL"), delay);
    if (line.startsWith("finished")) isFinished = true;
    else if (line !== "begins") told = Number(line);
  }
  const [code, signal] = await exit;
  if (code !== 0 && signal !== "SIGKILL") throw new Error(`The job ended by itself, with the code ${code}`);
  return { isFinished, told };
}

async function inTheGraph(db: Driver, { kind, name }: JobArguments): Promise<{ all: number; distinct: number }> {
  const pattern = kind === "relationships" ? `()-[n:${name}]->()` : `(n:${name})`;
  const { records } = await db.executeQuery<{ all: number; distinct: number }>(
    `MATCH ${pattern} RETURN count(n) AS all, count(DISTINCT n.id) AS distinct`,
  );
  return records[0]!.toObject();
}
