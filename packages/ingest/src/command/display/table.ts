/** Rows as an aligned table that fits a terminal. */
import { cellOf, isNumeric } from "./cell.ts";
import { cut, harmless, pad, widthOf } from "./width.ts";

const gap = "  ";
/** A column is not made narrower than this to fit the others in, nor wider than it needs. */
const least = 8;

type Side = "left" | "right";

export interface TableLayout {
  /** Of the terminal; Infinity where there is none: nothing is cut then. */
  readonly width: number;
  /** How many rows say how wide the columns are. Default 1000. */
  readonly sample?: number;
  /** How the columns are aligned. Default: numbers to the right. */
  readonly sides?: readonly Side[];
}

/**
 * The lines of a table, while its rows arrive. The widths are those of the first rows, which are held until then; a later cell that is wider is cut.
 */
export class TableWriter {
  readonly #keys: readonly string[];
  readonly #width: number;
  readonly #sample: number;
  readonly #sides: readonly Side[] | undefined;
  #held: (readonly unknown[])[] | undefined = [];
  #columns: readonly { readonly width: number; readonly side: Side }[] = [];

  constructor(keys: readonly string[], { width, sample = 1000, sides }: TableLayout) {
    this.#keys = keys;
    this.#sides = sides;
    this.#width = width;
    this.#sample = sample;
  }

  /** The lines that a row makes; none while the first ones are gathered. */
  add(values: readonly unknown[]): string[] {
    if (this.#held === undefined) return [this.#line(values.map(cellOf))];
    this.#held.push(values);
    return this.#held.length < this.#sample ? [] : this.#begin();
  }

  /** The lines that are left. */
  end(): string[] {
    return this.#held === undefined ? [] : this.#begin();
  }

  #begin(): string[] {
    const rows = this.#held ?? [];
    this.#held = undefined;
    const cells = rows.map((row) => row.map(cellOf));
    const names = this.#keys.map(harmless);
    const wanted = names.map((name, at) => Math.max(widthOf(name), ...cells.map((row) => widthOf(row[at]!)), 1));
    const widths = fit(wanted, this.#width - gap.length * (names.length - 1));
    this.#columns = widths.map((width, at) => {
      const values = rows.map((row) => row[at]).filter((value) => value !== null);
      return { width, side: this.#sides?.[at] ?? (values.length > 0 && values.every(isNumeric) ? "right" : "left") };
    });
    return [
      this.#line(names),
      widths.map((width) => "─".repeat(width)).join(gap),
      ...cells.map((row) => this.#line(row)),
    ];
  }

  #line(cells: readonly string[]): string {
    const padded = this.#columns.map(({ width, side }, at) => pad(cut(cells[at] ?? "", width), width, side));
    return padded.join(gap).trimEnd();
  }
}

/** The widths that fit: wide columns give up what they have more than others, none falls below what it can be read in. */
function fit(wanted: readonly number[], room: number): number[] {
  if (wanted.reduce((sum, width) => sum + width, 0) <= room) return [...wanted];
  // The largest limit at which all fit.
  let limit = Math.max(...wanted);
  const at = (limit: number) => wanted.map((width) => Math.min(width, Math.max(limit, least)));
  while (limit > least && at(limit).reduce((sum, width) => sum + width, 0) > room) limit--;
  return at(limit);
}
