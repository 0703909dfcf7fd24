/** Sees to rejected rows: they are handed on and counted, and too many of them end the job. */
import { IngestError } from "../ingest-error.ts";
import type { RejectedRow } from "../source/row-source.ts";
import type { DeadLetters } from "./dead-letters.ts";

export interface RejectionsOptions {
  readonly most: number;
  /** Those of earlier runs of the job. */
  readonly before: number;
  readonly letters: DeadLetters | undefined;
  readonly tell: ((row: RejectedRow) => void | Promise<void>) | undefined;
}

export class Rejections {
  readonly #options: RejectionsOptions;
  #count = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: RejectionsOptions) {
    this.#options = options;
  }

  /** Rows of this run. */
  get count(): number {
    return this.#count;
  }

  /** Rows of all runs. */
  get total(): number {
    return this.#options.before + this.#count;
  }

  /**
   * @param cause what the last of them was refused with
   * @throws IngestError when there are too many
   */
  add(rows: readonly RejectedRow[], window: number, cause?: unknown): Promise<void> {
    const added = this.#turn.then(() => this.#add(rows, window, cause));
    this.#turn = added.catch(() => {});
    return added;
  }

  async #add(rows: readonly RejectedRow[], window: number, cause: unknown): Promise<void> {
    const { most, letters, tell } = this.#options;
    await letters?.add(rows, window);
    for (const row of rows) await tell?.(row);
    this.#count += rows.length;
    if (this.total > most) throw tooMany(rows.at(-1)!, most, cause);
  }
}

function tooMany({ file, row, reason }: RejectedRow, most: number, cause: unknown): IngestError {
  const place = file === undefined ? `Row ${row}` : `Row ${row} of ${file}`;
  const limit =
    most === 0
      ? "No row may be rejected; to go on in spite of some, set `maxRejected`, and `rejected` to keep them."
      : `More rows were rejected than \`maxRejected\` allows (${most}).`;
  return new IngestError(`${place} was rejected: ${reason.replace(/[.\s]+$/, "")}. ${limit}`, { cause, file, row });
}
