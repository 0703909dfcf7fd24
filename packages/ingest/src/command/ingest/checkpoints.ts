/** Where the steps of a job keep how far they are. */
import { mkdir, readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { CommandFailure, UsageError } from "../failure.ts";
import { failureOf } from "../files.ts";
import type { Plan } from "../plan/plan.ts";
import { fileName } from "../plan/read-plan.ts";

export interface CheckpointMode {
  readonly resume: boolean;
  readonly restart: boolean;
}

export class Checkpoints {
  readonly #folder: string | undefined;
  readonly #files: ReadonlyMap<string, string>;

  constructor({ checkpoint, steps }: Plan) {
    this.#folder = checkpoint;
    this.#files = new Map(steps.map(({ name }) => [name, `${fileName(name)}.json`]));
  }

  /** The file of a step; undefined where none is kept. */
  fileOf(step: string): string | undefined {
    return this.#folder && join(this.#folder, this.#files.get(step)!);
  }

  /**
   * @returns whether an earlier job goes on
   * @throws UsageError where an earlier job has stopped and it isn't said whether to go on with it
   */
  async open({ resume, restart }: CheckpointMode): Promise<boolean> {
    if (this.#folder === undefined) {
      if (resume || restart) throw new UsageError("This job keeps no checkpoint, so there is nothing to go on with.");
      return false;
    }
    const left = await this.#left();
    if (left.length > 0 && !resume && !restart) {
      throw new UsageError(
        `An earlier run of this job has stopped before its end; ${this.#folder} says how far it was. --resume goes on from there, --restart begins anew.`,
      );
    }
    if (restart) await this.#remove(left);
    await mkdir(this.#folder, { recursive: true }).catch((error: unknown) => {
      throw new CommandFailure(`The folder ${this.#folder} for the checkpoint can't be made: ${failureOf(error)}.`);
    });
    return resume && left.length > 0;
  }

  /** Whether something is left to go on with. */
  async isKept(): Promise<boolean> {
    return (await this.#left()).length > 0;
  }

  /** The job is done: nothing of it stays. */
  async close(): Promise<void> {
    if (this.#folder === undefined) return;
    await this.#remove(await this.#left());
    // Other files in it aren't ours.
    await rmdir(this.#folder).catch(() => {});
  }

  async #left(): Promise<string[]> {
    if (this.#folder === undefined) return [];
    const ours = new Set(this.#files.values());
    const all = await readdir(this.#folder).catch(() => []);
    return all.filter((file) => ours.has(file));
  }

  async #remove(files: readonly string[]): Promise<void> {
    for (const file of files) await rm(join(this.#folder!, file), { force: true });
  }
}
