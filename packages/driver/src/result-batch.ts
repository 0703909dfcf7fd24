/** Some records of a result that arrived together. */
import { Record, type RecordHeader } from "./record.ts";
import type { AnyRow } from "./row.ts";

export class ResultBatch<Row extends object = AnyRow> {
  readonly #header: RecordHeader;
  /** The values in column order, by row. A value that could not be decoded is a BrokenValue. */
  readonly values: readonly unknown[][];

  /** @internal Batches are made by results. */
  constructor(header: RecordHeader, values: readonly unknown[][]) {
    this.#header = header;
    this.values = values;
  }

  get keys(): readonly string[] {
    return this.#header.keys;
  }

  get length(): number {
    return this.values.length;
  }

  /** The rows as records. */
  records(): Record<Row>[] {
    return this.values.map((row) => new Record<Row>(this.#header, row));
  }

  /** The rows as plain objects. Throws a BrokenRecordError at a value that could not be decoded. */
  objects(): Row[] {
    return this.records().map((record) => record.toObject());
  }
}
