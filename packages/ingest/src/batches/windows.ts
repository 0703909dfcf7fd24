/** Cuts a source into windows, and those into batches. */
import type { DoneRows } from "../checkpoint/done-rows.ts";
import type { Shape } from "../mapping/shape.ts";
import { numberAt, type Portion, type RowFeed, type RowNumbers } from "../source/row-feed.ts";
import type { RowSet } from "../source/row-set.ts";
import type { RejectedRow } from "../source/row-source.ts";
import type { AscendingKeys } from "./ascending-keys.ts";
import { type Batch, partOf, type Window } from "./batch.ts";
import type { BatchSize } from "./batch-size.ts";
import type { Cells } from "./cells.ts";
import { divided } from "./divide.ts";
import { bytesPerRow } from "./row-bytes.ts";

export interface WindowsOptions {
  readonly feed: RowFeed;
  readonly shape: Shape;
  readonly size: BatchSize;
  readonly cells: Cells;
  /** What says that rows need no cells, since no key comes twice. */
  readonly ascending: AscendingKeys | undefined;
  /** How many batches a window is cut into: as many as there are cells, or nearly. */
  readonly perWindow: number;
  /** What an earlier run has done. */
  readonly done: DoneRows;
  /** Told of each row that was done, before its window is made. */
  readonly onDone?: ((file: string | undefined, row: number, window: number) => void) | undefined;
}

/** Rows of a window, unless a batch alone has more: two of them may be in memory, and cells rather become smaller. */
const mostRows = 30_000;

/** Shaped rows without those that are done. */
interface Left {
  readonly rows: RowSet;
  readonly numbers: RowNumbers;
  readonly rejected: readonly RejectedRow[];
  readonly resumed: number;
}

export class Windows {
  readonly #options: WindowsOptions;
  #index = 0;
  /** What was read and belongs to the next window: it is of another file. */
  #ahead: Portion | undefined;

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  /** The next window; `undefined` at the end of the source. */
  async next(): Promise<Window | undefined> {
    const { size, perWindow } = this.#options;
    const wanted = Math.min(size.rows * perWindow, Math.max(size.rows, mostRows));
    let portion = await this.#portion(wanted);
    if (portion === undefined) return undefined;
    const parts = [portion];
    for (let missing = wanted - portion.rows.length; missing > 0; missing -= portion.rows.length) {
      portion = await this.#portion(missing);
      if (portion === undefined) break;
      if (portion.file !== parts[0]!.file) {
        this.#ahead = portion;
        break;
      }
      parts.push(portion);
    }
    return this.#window(parts);
  }

  async #portion(most: number): Promise<Portion | undefined> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    return ahead ?? (await this.#options.feed.take(most));
  }

  #window(parts: readonly Portion[]): Window {
    const { size } = this.#options;
    const left = parts.map((part) => this.#left(part));
    const rows = joinedRows(left);
    const numbers = joinedNumbers(left);
    if (rows.length > 0) size.saw(bytesPerRow(rows));
    const index = this.#index++;
    const { file } = parts[0]!;
    return {
      index,
      file,
      first: parts[0]!.first,
      last: parts.at(-1)!.last,
      batches: this.#batches({ window: index, file }, rows, numbers),
      rejected: left.flatMap((one) => one.rejected),
      resumed: left.reduce((sum, one) => sum + one.resumed, 0),
    };
  }

  /** Converts, and passes over what is done. */
  #left(portion: Portion): Left {
    const { shape, done, onDone } = this.#options;
    const { rows, numbers, rejected } = shape.of(portion);
    const { file, first, last } = portion;
    const refused = portion.rejected.length === 0 ? rejected : [...portion.rejected, ...rejected];
    if (!done.touches(file, first, last)) return { rows, numbers, rejected: refused, resumed: 0 };
    const open: number[] = [];
    for (let i = 0; i < rows.length; i++) {
      const number = numberAt(numbers, i);
      if (!done.has(file, number, rows, i)) open.push(i);
      else onDone?.(file, number, this.#index);
    }
    const again = refused.filter(({ row }) => {
      const isDone = done.hasRefused(file, row);
      if (isDone) onDone?.(file, row, this.#index);
      return !isDone;
    });
    const resumed = rows.length - open.length + (refused.length - again.length);
    return { rows: rows.pick(open), numbers: open.map((i) => numberAt(numbers, i)), rejected: again, resumed };
  }

  #batches(origin: Pick<Batch, "window" | "file">, rows: RowSet, numbers: RowNumbers): Batch[] {
    const { cells, ascending, perWindow } = this.#options;
    if (rows.length === 0) return [];
    const undivided = { ...origin, rows, numbers, scheme: "", cell: 0, locks: 0 };
    if (cells.count === 1 || ascending?.goOn(rows)) return this.#cut(undivided, perWindow);
    const { scheme } = cells;
    return divided(rows, numbers, cells).flatMap((part) =>
      this.#cut({ ...origin, ...part, scheme, locks: cells.locks(part.cell) }, 1),
    );
  }

  /** Into `least` batches, or more: a cell may have got much more than its share. */
  #cut(batch: Batch, least: number): Batch[] {
    const { most, rows: usual } = this.#options.size;
    const { length } = batch.rows;
    const count = Math.min(length, Math.max(least, length <= most ? 1 : Math.ceil(length / usual)));
    if (count === 1) return [batch];
    return Array.from({ length: count }, (_, i) => {
      return partOf(batch, Math.floor((length * i) / count), Math.floor((length * (i + 1)) / count));
    });
  }
}

function joinedRows([first, ...more]: readonly Left[]): RowSet {
  return more.length === 0 ? first!.rows : first!.rows.concat(more.map(({ rows }) => rows));
}

function joinedNumbers(parts: readonly Left[]): RowNumbers {
  if (parts.length === 1) return parts[0]!.numbers;
  let next: number | undefined;
  let first: number | undefined;
  for (const { numbers, rows } of parts) {
    if (rows.length === 0) continue;
    if (typeof numbers !== "number" || (next !== undefined && numbers !== next)) {
      return parts.flatMap((part) => Array.from({ length: part.rows.length }, (_, i) => numberAt(part.numbers, i)));
    }
    first ??= numbers;
    next = numbers + rows.length;
  }
  return first ?? 1;
}
