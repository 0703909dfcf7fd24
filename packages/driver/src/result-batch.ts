/** Some records of a result that arrived together. */
import { type ColumnTable, rowsFrom } from "@fulgur/neo4j-codec";
import type { RecordBatch } from "@fulgur/neo4j-core";
import { Record, type RecordHeader } from "./record.ts";
import type { AnyRow } from "./row.ts";

export class ResultBatch<Row extends object = AnyRow> {
  readonly #header: RecordHeader;
  readonly #batch: RecordBatch;
  /** How many of its first records have been read otherwise. */
  readonly #from: number;
  #values: readonly unknown[][] | undefined;

  /** @internal Batches are made by results. */
  constructor(header: RecordHeader, batch: RecordBatch, from = 0) {
    this.#header = header;
    this.#batch = batch;
    this.#from = from;
  }

  get keys(): readonly string[] {
    return this.#header.keys;
  }

  get length(): number {
    return this.#batch.length - this.#from;
  }

  /** The values in column order, by row; the same arrays at each call. A value that could not be decoded is a BrokenValue. */
  get values(): readonly unknown[][] {
    if (this.#values === undefined) {
      const rows = this.#batch.rows();
      this.#values = this.#from === 0 ? rows : rows.slice(this.#from);
    }
    return this.#values;
  }

  /**
   * The rows by columns, without making rows: typed arrays of numbers, strings as UTF-8, and so on. The type of a column may change from
   * one batch to the next. A value that could not be decoded is a BrokenValue in a column of `"values"`.
   */
  columns(): ColumnTable {
    return rowsFrom(this.#batch.columns(this.#header.keys), this.#from);
  }

  /** The rows as records. */
  records(): Record<Row>[] {
    const header = this.#header;
    return this.values.map((row) => new Record<Row>(header, row));
  }

  /** The rows as plain objects. Throws a BrokenRecordError at a value that could not be decoded. */
  objects(): Row[] {
    if (this.#from === 0) {
      // The codec makes them without making rows first.
      const objects = this.#batch.objects(this.#header.keys);
      if (!this.#batch.broken) return objects as Row[];
    }
    return this.records().map((record) => record.toObject());
  }
}
