/** A whole result in memory. */
import type { Record } from "./record.ts";
import type { AnyRow } from "./row.ts";
import type { ResultSummary } from "./summary.ts";

/** All records, the summary and the column names: as an object, or in this order as an array. (EQ-04, RES-21) */
export class EagerResult<Row extends object = AnyRow> {
  readonly records: Record<Row>[];
  readonly summary: ResultSummary;
  readonly keys: readonly string[];

  /** @internal Eager results are made by results. */
  constructor(records: Record<Row>[], summary: ResultSummary, keys: readonly string[]) {
    this.records = records;
    this.summary = summary;
    this.keys = keys;
    Object.freeze(this);
  }

  get 0(): Record<Row>[] {
    return this.records;
  }

  get 1(): ResultSummary {
    return this.summary;
  }

  get 2(): readonly string[] {
    return this.keys;
  }

  get length(): 3 {
    return 3;
  }

  *[Symbol.iterator](): IterableIterator<Record<Row>[] | ResultSummary | readonly string[]> {
    yield this.records;
    yield this.summary;
    yield this.keys;
  }
}
