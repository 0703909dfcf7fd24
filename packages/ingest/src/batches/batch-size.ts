/** How many rows the next batch gets: as many as the server writes in the time that a batch should take. */
import type { CheckedLimits } from "../options/check-options.ts";

/** Before anything is known. */
const firstRows = 2000;
/** A single slow or fast answer says little. */
const mostGrowth = 2;
const mostShrinking = 0.5;

export class BatchSize {
  readonly #limits: CheckedLimits;
  #rows: number;
  /** What the server could bear: less than the limit once a batch was too much for it. */
  #bearable: number;
  #bytesPerRow = 0;

  constructor(limits: CheckedLimits) {
    this.#limits = limits;
    this.#bearable = limits.maxRows;
    this.#rows = Math.min(Math.max(firstRows, limits.minRows), limits.maxRows);
  }

  /** Rows of the next batch. */
  get rows(): number {
    const { minRows, maxBytes } = this.#limits;
    const wanted = Math.min(Math.max(Math.round(this.#rows), minRows), this.#bearable);
    if (this.#bytesPerRow === 0) return wanted;
    return Math.max(1, Math.min(wanted, Math.floor(maxBytes / this.#bytesPerRow)));
  }

  /** Rows of a batch that has become larger than it was to be: what was asked for isn't exceeded. */
  get most(): number {
    const { rows } = this;
    return this.#limits.minRows === this.#limits.maxRows ? rows : Math.ceil(rows * 1.5);
  }

  /** So large rows are, of late. The larger estimate is believed longer. */
  saw(bytesPerRow: number): void {
    const before = this.#bytesPerRow;
    this.#bytesPerRow = bytesPerRow > before ? bytesPerRow : before * 0.9 + bytesPerRow * 0.1;
  }

  /** A batch was written in so many milliseconds. */
  wrote(rows: number, milliseconds: number): void {
    // A small rest of something says nothing about a whole one.
    if (rows < this.#rows / 4) return;
    const ideal = (rows * this.#limits.targetTime) / Math.max(milliseconds, 0.1);
    const next = Math.min(Math.max(ideal, this.#rows * mostShrinking), this.#rows * mostGrowth);
    this.#rows = Math.min(Math.max(next, this.#limits.minRows), this.#bearable);
  }

  /** A batch of so many rows was more than the server has memory or time for. */
  tooMuch(rows: number): void {
    this.#bearable = Math.max(1, Math.min(this.#bearable, Math.floor(rows / 2)));
    this.#rows = Math.min(this.#rows, this.#bearable);
  }
}
