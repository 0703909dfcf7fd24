/** Keys that ascend, as those of sorted files and of counted rows do: then no key comes twice, wherever rows are cut. */
import type { RowSet } from "../source/row-set.ts";

type Ordered = number | string;

export class AscendingKeys {
  readonly #field: string;
  /** The last row's key. */
  #last: Ordered | undefined;
  #goesOn = true;

  /** @param fields those of the key; where the first one ascends, so does the whole. */
  constructor([field]: readonly string[]) {
    this.#field = field as string;
  }

  /**
   * Whether these rows go on so: each with a larger number, or a larger text, than the row before, those of former calls included. Once
   * that ends it has ended, for a later row may have the key of any before.
   */
  goOn(rows: RowSet): boolean {
    this.#goesOn &&= this.#ascends(rows);
    return this.#goesOn;
  }

  #ascends(rows: RowSet): boolean {
    const { length } = rows;
    let last = this.#last;
    for (let i = 0; i < length; i++) {
      const key = rows.value(i, this.#field);
      if (typeof key === "number") {
        // What is no number, NaN, isn't larger than anything.
        if (last !== undefined ? !(typeof last === "number" && key > last) : Number.isNaN(key)) return false;
      } else if (typeof key !== "string" || !(last === undefined || (typeof last === "string" && key > last))) {
        return false;
      }
      last = key;
    }
    this.#last = last;
    return true;
  }
}
