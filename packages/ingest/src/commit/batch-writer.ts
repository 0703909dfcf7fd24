/**
 * Writes a batch, once, whatever happens on the way. A batch that fails by something in its rows is divided until the rows are found that can't be
 * written; the others are.
 */
import { IncompleteCommit, type ManagedTransaction, type Session, type Updates } from "@fulgur/neo4j-driver";
import { type Batch, firstOf, lastOf, partOf, rejectedRow } from "../batches/batch.ts";
import { keyOf } from "../checkpoint/done-range.ts";
import type { Tracker } from "../checkpoint/tracker.ts";
import { IngestError } from "../ingest-error.ts";
import type { WritePlan } from "../mapping/write-plan.ts";
import type { Rejections } from "../rejected/rejections.ts";
import type { RejectedRow } from "../source/row-source.ts";
import { kindOfFailure, rowOfFailure } from "./failures.ts";
import type { Ledger } from "./ledger.ts";

export interface Written {
  readonly counters: Updates;
  /** Rows without an effect that weren't rejected. */
  readonly unmatched: number;
  /** Rows that were rejected by it. */
  readonly rejected: number;
}

export interface BatchWriterOptions {
  readonly plan: WritePlan;
  readonly ledger: Ledger | undefined;
  readonly tracker: Tracker;
  readonly rejections: Rejections;
  /** Whether checkpoints are kept: the ledger then keeps a batch's key until it is in one. */
  readonly isCheckpointed: boolean;
  readonly signal: AbortSignal | undefined;
  /** Told of each commit. */
  readonly committed: (batch: Batch, written: Written, milliseconds: number) => void;
  /** Told of each attempt beyond the first one. */
  readonly retried: () => void;
  /** Told of a batch that was more than the server could bear. */
  readonly tooMuch: (rows: number) => void;
}

interface Attempt {
  readonly slot: number;
  /** The batch's key in the ledger. */
  readonly key: string;
  /** The indices of rows that were rejected, and told of. */
  readonly told: Set<number>;
}

/** A failure that fewer rows may not meet: not one to be tried again as it is. */
class TooMuch extends Error {}

/** So often a batch's COMMIT may be lost before that is taken for the server's way. */
const mostDoubts = 10;

export class BatchWriter {
  readonly #options: BatchWriterOptions;

  constructor(options: BatchWriterOptions) {
    this.#options = options;
  }

  /** @throws IngestError; what the signal was aborted with */
  async write(batch: Batch, session: Session, slot: number): Promise<void> {
    await this.#writePart(batch, session, slot);
    this.#options.tracker.batchDone(batch);
  }

  async #writePart(part: Batch, session: Session, slot: number): Promise<void> {
    try {
      await this.#transact(part, session, slot);
    } catch (error) {
      const { signal, tooMuch } = this.#options;
      if (signal?.aborted) throw signal.reason;
      const cause = error instanceof TooMuch ? error.cause : error;
      const kind = kindOfFailure(cause);
      if (error instanceof IngestError || kind === "other") throw failed(part, cause);
      if (kind === "too much") tooMuch(part.rows.length);
      await this.#divide(part, cause, session, slot);
    }
  }

  async #divide(part: Batch, cause: unknown, session: Session, slot: number): Promise<void> {
    const { length } = part.rows;
    if (length === 1) {
      await this.#reject(part, [rejectedRow(part, 0, reasonOf(cause), codeOf(cause))], cause);
      this.#options.tracker.partDone(part);
      return;
    }
    const known = rowOfFailure(cause);
    const cuts = known !== undefined && known < length ? [known, known + 1] : [length >> 1];
    let from = 0;
    for (const to of [...cuts, length]) {
      if (to > from) {
        const piece = partOf(part, from, to);
        if (known !== undefined && from === known) await this.#divide(piece, cause, session, slot);
        else await this.#writePart(piece, session, slot);
      }
      from = to;
    }
  }

  /** One transaction, and as many attempts as it takes. */
  async #transact(part: Batch, session: Session, slot: number): Promise<void> {
    const { ledger, plan, tracker, signal, isCheckpointed } = this.#options;
    const attempt = { key: keyOf(tracker.rangeOf(part)), slot, told: new Set<number>() };
    const begin = performance.now();
    let attempts = 0;
    /** What an attempt has done whose COMMIT was lost. */
    let inDoubt: Written | undefined;
    for (let doubts = 0; ; doubts++) {
      let done: Written | undefined;
      try {
        await session.executeWrite(
          async (tx) => {
            if (attempts++ > 0) this.#options.retried();
            const isThere = inDoubt !== undefined && (await ledger?.has(tx, slot, attempt.key));
            done = isThere ? inDoubt : await this.#attempt(tx, part, attempt);
          },
          { signal, beginInFlight: true },
        );
        // Without a ledger the first attempt's figures count: if it took place the second one had nothing to do, and else they are the same.
        const written = (ledger === undefined ? inDoubt : undefined) ?? done!;
        tracker.partDone(part);
        ledger?.committed(slot, attempt.key, isCheckpointed);
        this.#options.committed(part, written, performance.now() - begin);
        return;
      } catch (error) {
        if (!(error instanceof IncompleteCommit) || signal?.aborted) throw error;
        if (ledger === undefined && !plan.isIdempotent) throw unknownOutcome(part, error);
        if (doubts >= mostDoubts) throw error;
        inDoubt = done ?? inDoubt;
      }
    }
  }

  async #attempt(tx: ManagedTransaction, part: Batch, { slot, key, told }: Attempt): Promise<Written> {
    const { plan, ledger } = this.#options;
    try {
      const noted = ledger?.note(tx, slot, key);
      const parameters = { rows: part.rows.parameter };
      const answer = await tx.run<{ written?: number }>(plan.text, parameters);
      if (noted !== undefined) await ledger!.confirm(noted);
      const counters = answer.summary.counters.updates();
      const { missing } = plan;
      if (missing === undefined) return { counters, unmatched: 0, rejected: 0 };
      const without = part.rows.length - Number(answer.records[0]?.get("written") ?? 0);
      if (without <= 0 || missing.then === "skip") return { counters, unmatched: Math.max(0, without), rejected: 0 };
      const rejected = await this.#rejectMissing(tx, part, missing.text, told);
      return { counters, unmatched: 0, rejected };
    } catch (error) {
      // Else the driver would try the same again.
      if (kindOfFailure(error) === "too much") throw new TooMuch("", { cause: error });
      throw error;
    }
  }

  /**
   * Before the commit, so that no run can end between the two: the rows' lines are looked through when the job goes on.
   *
   * @param told the rows of which an attempt before has told
   */
  async #rejectMissing(tx: ManagedTransaction, part: Batch, text: string, told: Set<number>): Promise<number> {
    const { records } = await tx.run<{ i: number; hasFrom: boolean; hasTo: boolean }>(text, {
      rows: part.rows.parameter,
    });
    const fresh = records.filter((record) => !told.has(Number(record.get("i"))));
    const rows = fresh.map((record) => {
      const index = Number(record.get("i"));
      told.add(index);
      const ends = [...(record.get("hasFrom") ? [] : ["from"]), ...(record.get("hasTo") ? [] : ["to"])];
      const reason = `There is no node for the relationship's \`${ends.join("`, and none for its `")}\`.`;
      return rejectedRow(part, index, reason);
    });
    if (rows.length > 0) await this.#reject(part, rows, undefined);
    return records.length;
  }

  async #reject(part: Batch, rows: readonly RejectedRow[], cause: unknown): Promise<void> {
    await this.#options.rejections.add(rows, part.window, cause);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function codeOf(error: unknown): string | undefined {
  const code: unknown = (error as { code?: unknown }).code;
  return typeof code === "string" && code !== "N/A" ? code : undefined;
}

function placeOf(part: Batch): string {
  const [first, last] = [firstOf(part), lastOf(part)];
  const rows = first === last ? `Row ${first}` : `The rows ${first} to ${last}`;
  return part.file === undefined ? rows : `${rows} of ${part.file}`;
}

function failed(part: Batch, cause: unknown): unknown {
  if (cause instanceof IngestError) return cause;
  return new IngestError(`${placeOf(part)} could not be written: ${reasonOf(cause)}`, {
    cause,
    file: part.file,
    row: firstOf(part),
  });
}

function unknownOutcome(part: Batch, cause: unknown): IngestError {
  return new IngestError(
    `${placeOf(part)} were sent and perhaps written: the connection was lost during COMMIT, and with \`ledger: false\` nobody can know. Look at the data.`,
    { cause, file: part.file, row: firstOf(part) },
  );
}
