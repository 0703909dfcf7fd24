/**
 * Notes in the graph of what is written, in the transactions that write it: so that it can be known of each batch, whatever became of the connection or of this process.
 *
 * Each slot, which has one batch at a time at the server, has a node. A batch's transaction first writes the batch's key into its slot's node, together with the keys
 * before it that no checkpoint has yet. That takes the node's lock, which does three things. Who asks whether a batch in doubt was written waits until its transaction, if the
 * server still has it, has ended; looking without the lock might come too early. A run that takes over a job waits for what the run before it left behind, and, having put its own
 * name into the nodes, is safe from it: the other one sees a foreign name and commits nothing more. And no key is ever written without its batch.
 * The nodes don't grow: a key is dropped when it is in a checkpoint that is on the disk; without a checkpoint, with the next batch.
 */
import type { ManagedTransaction, Result } from "@fulgur/neo4j-driver";
import { IngestError } from "../ingest-error.ts";

export const ledgerLabel = "FulgurIngestLedger";

const text = {
  /** What is there of the job becomes this run's. SET comes first: what is read behind it is what the lock keeps. */
  take: `MATCH (l:${ledgerLabel} {job: $job}) SET l.run = $run WITH l RETURN l.slot AS slot, l.done AS done`,
  open: `UNWIND range(0, $slots - 1) AS slot
MERGE (l:${ledgerLabel} {job: $job, slot: slot})
ON CREATE SET l.done = [], l.run = $run, l.since = datetime()`,
  note: `MATCH (l:${ledgerLabel} {job: $job, slot: $slot}) SET l.done = $done WITH l
RETURN count(CASE WHEN l.run = $run THEN 1 END) AS noted, count(l) AS found`,
  look: `MATCH (l:${ledgerLabel} {job: $job, slot: $slot}) SET l.asked = $asked WITH l RETURN l.done AS done, l.run = $run AS isOurs`,
  close: `MATCH (l:${ledgerLabel} {job: $job}) WHERE l.run = $run DELETE l`,
};

interface Noted {
  readonly noted: number;
  readonly found: number;
}

export interface LedgerOptions {
  readonly job: string;
  /** This run of the job. */
  readonly run: string;
  readonly slots: number;
}

export class Ledger {
  readonly #options: LedgerOptions;
  /** By slot, what is committed and in no checkpoint yet. */
  readonly #unsaved: string[][];
  #asked = 0;

  constructor(options: LedgerOptions) {
    this.#options = options;
    this.#unsaved = Array.from({ length: options.slots }, () => []);
  }

  /** Takes the job over, in a transaction of its own; gives what earlier runs have noted. */
  async open(tx: ManagedTransaction): Promise<string[]> {
    const { job, run, slots } = this.#options;
    const { records } = await tx.run<{ slot: number; done: string[] }>(text.take, { job, run });
    await tx.run(text.open, { job, run, slots });
    return records.flatMap((record) => record.get("done"));
  }

  /** Notes a batch; see {@link confirm}. The query is sent, and needn't be waited for before the batch's own. */
  note(tx: ManagedTransaction, slot: number, key: string): Result<Noted> {
    const { job, run } = this.#options;
    return tx.run(text.note, { job, run, slot, done: [...this.#unsaved[slot]!, key] });
  }

  /** @throws IngestError when another run has taken the job over, or has deleted the notes */
  async confirm(answer: Result<Noted>): Promise<void> {
    const { records } = await answer;
    const [noted, found] = [Number(records[0]?.get("noted") ?? 0), Number(records[0]?.get("found") ?? 0)];
    if (noted === 0 || noted < found) throw takenOver();
  }

  /** Whether a batch was written, of which that isn't known. */
  async has(tx: ManagedTransaction, slot: number, key: string): Promise<boolean> {
    const { job, run } = this.#options;
    const asked = ++this.#asked;
    const { records } = await tx.run<{ done: string[]; isOurs: boolean }>(text.look, { job, run, slot, asked });
    if (records.length === 0 || !records.every((record) => record.get("isOurs"))) throw takenOver();
    return records.some((record) => record.get("done").includes(key));
  }

  /** A batch is committed. */
  committed(slot: number, key: string, isCheckpointed: boolean): void {
    if (isCheckpointed) this.#unsaved[slot]!.push(key);
  }

  /** How many keys a slot has that no checkpoint has. */
  unsaved(slot: number): number {
    return this.#unsaved[slot]!.length;
  }

  /** What a checkpoint that is written now makes superfluous; to be called when it is on the disk. */
  saving(): () => void {
    const counts = this.#unsaved.map(({ length }) => length);
    return () => {
      for (const [slot, count] of counts.entries()) this.#unsaved[slot]!.splice(0, count);
    };
  }

  /** Nothing is in doubt any more. Deletes the notes that are the given run's. */
  async close(tx: ManagedTransaction, run: string): Promise<void> {
    await tx.run(text.close, { job: this.#options.job, run });
  }
}

function takenOver(): IngestError {
  return new IngestError(
    `Another run has taken the job over, or the nodes with the label ${ledgerLabel} were deleted. Nothing was written twice; only one run of a job may go on.`,
  );
}
