/** Keeps what is done: all up to a place, and ranges of rows beyond it. */
import { type Batch, firstOf, lastOf, type Window } from "../batches/batch.ts";
import type { RowPosition } from "../source/row-source.ts";
import { type DoneRange, keyOf, refusedScheme } from "./done-range.ts";

/** A place in a source; `file` is absent for rows that come from no file. */
export interface Place {
  readonly file?: string | undefined;
  readonly row: number;
}

/** Of its window only what is needed: its rows can go when they are written, while it waits for those before it. */
interface OpenWindow {
  readonly place: Place;
  readonly rows: number;
  batches: number;
  isRefusedDone: boolean;
  readonly ranges: Map<string, DoneRange>;
}

export class Tracker {
  readonly #open = new Map<number, OpenWindow>();
  /** What an earlier run has done beyond its place. */
  #earlier: readonly DoneRange[];
  #after: Place | undefined;
  #settled: number;
  #next = 0;

  /**
   * @param settled how many rows are done up to the place
   */
  constructor(after: Place | undefined, settled: number, earlier: readonly DoneRange[]) {
    this.#after = after;
    this.#settled = settled;
    this.#earlier = earlier;
  }

  /** Everything up to here is done. */
  get after(): Place | undefined {
    return this.#after;
  }

  /** How many rows are done up to there, rejected ones included. */
  get settled(): number {
    return this.#settled;
  }

  /** What is done beyond, by its keys. */
  get done(): string[] {
    const own = [...this.#open.values()].flatMap(({ ranges }) => [...ranges.keys()]);
    return [...new Set([...this.#earlier.map(keyOf), ...own])];
  }

  /** The index of the first window that isn't done; those behind it may be. */
  get firstOpen(): number {
    const [first = this.#next] = this.#open.keys();
    return first;
  }

  began(window: Window): void {
    this.#next = window.index + 1;
    const { index, file, last, batches, rejected, resumed } = window;
    const rows = batches.reduce((sum, batch) => sum + batch.rows.length, rejected.length + resumed);
    const isRefusedDone = rejected.length === 0;
    const place = { file, row: last };
    this.#open.set(index, { place, rows, batches: batches.length, isRefusedDone, ranges: new Map() });
    this.#advance();
  }

  /** The window's rows that could not be read or converted are seen to. */
  refusedDone({ index, file, first, last }: Window): void {
    const open = this.#open.get(index)!;
    open.isRefusedDone = true;
    const range = { file, first, last, scheme: refusedScheme, cell: 0 };
    open.ranges.set(keyOf(range), range);
    this.#advance();
  }

  /** What a batch, or a part of one, is called in ledger and checkpoint. */
  rangeOf(batch: Batch): DoneRange {
    const { file, scheme, cell } = batch;
    return { file, first: firstOf(batch), last: lastOf(batch), scheme, cell };
  }

  /** Some rows of a batch that isn't through yet. */
  partDone(part: Batch): void {
    const range = this.rangeOf(part);
    this.#open.get(part.window)!.ranges.set(keyOf(range), range);
  }

  batchDone(batch: Batch): void {
    const open = this.#open.get(batch.window)!;
    const whole = this.rangeOf(batch);
    for (const [key, { first, last, cell, scheme }] of open.ranges) {
      const isPart = scheme === whole.scheme && cell === whole.cell && first >= whole.first && last <= whole.last;
      if (isPart) open.ranges.delete(key);
    }
    open.ranges.set(keyOf(whole), whole);
    open.batches--;
    this.#advance();
  }

  #advance(): void {
    for (const [index, { place, rows, batches, isRefusedDone }] of this.#open) {
      if (batches > 0 || !isRefusedDone) return;
      this.#open.delete(index);
      this.#settled += rows;
      const left = this.#after?.file;
      const { file, row: last } = place;
      this.#after = place;
      const isBehind = (range: DoneRange) =>
        range.file === file ? range.last <= last : left !== file && range.file === left;
      if (this.#earlier.length > 0) this.#earlier = this.#earlier.filter((range) => !isBehind(range));
    }
  }
}

/** For a reader; rows that come from no file have a place all the same. */
export function positionOf(place: Place | undefined): RowPosition | undefined {
  return place === undefined ? undefined : { file: place.file ?? "", row: place.row };
}
