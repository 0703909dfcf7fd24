/** A file that keeps how far a job is. It is replaced as a whole, so that whoever reads it sees one state or the next. */
import { link, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { ConfigurationError } from "@fulgur/neo4j-driver";
import { IngestError } from "../ingest-error.ts";
import type { DeadLetterState } from "../rejected/dead-letters.ts";
import { rangeOf } from "./done-range.ts";
import type { Place } from "./tracker.ts";

export interface CheckpointState {
  readonly version: 1;
  /** The job's name in the ledger. */
  readonly job: string;
  /** Which run of the job has written it. */
  readonly run: string;
  /** Of what is written and how: another job's checkpoint isn't gone on with. */
  readonly fingerprint: string;
  readonly isFinished: boolean;
  readonly after: Place | null;
  /** How many rows are done up to that place, rejected ones included. */
  readonly settled: number;
  /** See {@link keyOf}. */
  readonly done: readonly string[];
  /** Rows that were written, of all runs, for whoever looks into the file. */
  readonly rows: number;
  /** Rows that were rejected, of all runs. */
  readonly rejected: number;
  readonly deadLetters: DeadLetterState | null;
}

/**
 * @returns `undefined` if there is no such file
 * @throws ConfigurationError for a file that is no checkpoint, or another job's
 */
export async function readCheckpoint(path: string, fingerprint: string): Promise<CheckpointState | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new ConfigurationError(`The checkpoint ${path} can't be read: ${(error as Error).message}`, {
      option: "checkpoint",
    });
  }
  const state = parsed(text);
  if (state === undefined) {
    throw new ConfigurationError(`The file ${path} is no checkpoint of this version: name another one, or delete it.`, {
      option: "checkpoint",
    });
  }
  if (state.fingerprint !== fingerprint) {
    const what = "what is written, how, or the database is another";
    throw new ConfigurationError(
      `The checkpoint ${path} is another job's: ${what}. Go on with the options that it was begun with, or delete it to begin anew.`,
      { option: "checkpoint" },
    );
  }
  return state;
}

function parsed(text: string): CheckpointState | undefined {
  try {
    const state = JSON.parse(text) as CheckpointState;
    if (state.version !== 1 || typeof state.job !== "string" || !Array.isArray(state.done)) return undefined;
    state.done.forEach(rangeOf);
    return state;
  } catch {
    return undefined;
  }
}

/**
 * Writes the first checkpoint of a job; it is on the disk when this resolves.
 *
 * @returns false if somebody else was faster: the file is then that one's
 */
export async function createCheckpoint(path: string, state: CheckpointState): Promise<boolean> {
  const next = await written(path, state);
  try {
    // Unlike a renaming this fails if there is such a file.
    await link(next, path);
    await rm(next);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      await rm(next);
      return false;
    }
    // Not every file system has links.
    await rename(next, path);
  }
  await syncFolder(dirname(path));
  return true;
}

/**
 * Replaces the checkpoint; the new one is on the disk when this resolves.
 *
 * @throws IngestError when another run of the job has replaced it
 */
export async function replaceCheckpoint(path: string, state: CheckpointState, runs: readonly string[]): Promise<void> {
  const there = await readFile(path, "utf8").then(parsed, () => undefined);
  if (there !== undefined && !runs.includes(there.run)) {
    throw new IngestError(`Another run has taken the job of the checkpoint ${path} over. Only one may go on.`);
  }
  await rename(await written(path, state), path);
  await syncFolder(dirname(path));
}

/** Beside the file, and on the disk. */
async function written(path: string, state: CheckpointState): Promise<string> {
  const next = `${path}.${state.run}.next`;
  const file = await open(next, "w");
  try {
    await file.writeFile(`${JSON.stringify(state)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return next;
}

/** So that the new name is on the disk, too. Some systems have no such thing. */
async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch {
    // The name follows when the system finds the time.
  }
}
