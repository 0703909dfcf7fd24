/** A whole result in memory. */
import { inspect } from "@fulgur/neo4j-types";
import type { Record } from "./record.ts";
import type { AnyRow } from "./row.ts";
import type { ResultSummary } from "./summary.ts";

/** All records, the summary and the column names: as an object, or in this order as an array. (EQ-04, RES-21) */
export class EagerResult<Row extends object = AnyRow> {
  readonly records: Record<Row>[];
  declare readonly summary: ResultSummary;
  readonly keys: readonly string[];
  #summary: ResultSummary | (() => ResultSummary);

  /**
   * @internal Eager results are made by results.
   *
   * @param summary a function is called when somebody looks at the summary
   */
  constructor(records: Record<Row>[], summary: ResultSummary | (() => ResultSummary), keys: readonly string[]) {
    this.records = records;
    this.keys = keys;
    this.#summary = summary;
    Object.defineProperty(this, "summary", EagerResult.#lazily);
    Object.freeze(this);
  }

  /** An own property like the others, so that copies of the result have it. */
  static readonly #lazily: PropertyDescriptor & ThisType<EagerResult> = {
    enumerable: true,
    get() {
      if (typeof this.#summary === "function") this.#summary = this.#summary();
      return this.#summary;
    },
  };

  /** As if it were a value. */
  [inspect](_depth: number, options: object, print: (value: unknown, options: object) => string): string {
    const { records, summary, keys } = this;
    return `EagerResult ${print({ records, summary, keys }, options)}`;
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
