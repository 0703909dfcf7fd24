/** The rows of a reader, cut to the size that is asked for. */

import { numberAt, numbersFrom, type Portion, type RowFeed, type RowNumbers } from "./row-feed.ts";
import { ObjectRows } from "./row-set.ts";
import type { RowChunk, RowPosition, RowSource, SourceProgress } from "./row-source.ts";

export class ChunkFeed implements RowFeed {
  readonly #source: RowSource<unknown>;
  readonly #chunks: AsyncIterator<RowChunk<unknown>>;
  /** What is left of a chunk. */
  #rest: Portion | undefined;

  constructor(source: RowSource<unknown>, after: RowPosition | undefined) {
    this.#source = source;
    this.#chunks = source.chunks(after)[Symbol.asyncIterator]();
  }

  async take(most: number): Promise<Portion | undefined> {
    const portion = this.#rest ?? (await this.#read());
    if (portion === undefined || portion.rows.length <= most) {
      this.#rest = undefined;
      return portion;
    }
    const [taken, rest] = split(portion, most);
    this.#rest = rest;
    return taken;
  }

  async close(): Promise<void> {
    try {
      await this.#chunks.return?.();
    } catch {
      // Whoever closes it has a reason that says more.
    }
  }

  progress(): SourceProgress {
    return this.#source.progress?.() ?? { bytesRead: 0 };
  }

  async #read(): Promise<Portion | undefined> {
    for (;;) {
      const { done, value } = await this.#chunks.next();
      if (done) return undefined;
      if (value.rows.length > 0 || (value.rejected?.length ?? 0) > 0) return portionOf(value);
    }
  }
}

function portionOf({ file, rows, firstRow, rowNumbers, rejected = [] }: RowChunk<unknown>): Portion {
  const numbers: RowNumbers = rowNumbers ?? firstRow;
  const ends = rows.length === 0 ? [] : [numberAt(numbers, 0), numberAt(numbers, rows.length - 1)];
  let first = ends[0] ?? Number.POSITIVE_INFINITY;
  let last = ends[1] ?? 0;
  for (const { row } of rejected) {
    first = Math.min(first, row);
    last = Math.max(last, row);
  }
  return { file, rows: new ObjectRows(rows), numbers, rejected, first, last };
}

/** Rejected rows go with the part that they lie in. */
function split({ file, rows, numbers, rejected, first, last }: Portion, at: number): [Portion, Portion] {
  const end = numberAt(numbers, at - 1);
  const taken: Portion = {
    file,
    rows: rows.slice(0, at),
    numbers: numbersFrom(numbers, 0, at),
    rejected: rejected.filter(({ row }) => row <= end),
    first,
    last: end,
  };
  const rest: Portion = {
    file,
    rows: rows.slice(at, rows.length),
    numbers: numbersFrom(numbers, at, rows.length),
    rejected: rejected.filter(({ row }) => row > end),
    first: end + 1,
    last,
  };
  return [taken, rest];
}
