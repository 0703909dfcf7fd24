/** Some records of a result that arrived together. */
import { type ColumnTable, rowsFrom } from "@fulgur/neo4j-codec";
import type { RecordBatch } from "@fulgur/neo4j-core";
import { Record, type RecordHeader } from "./record.ts";
import type { AnyRow } from "./row.ts";
import type { ArrowLibrary } from "./table/arrow-library.ts";
import { arrowRecordBatch } from "./table/arrow-table.ts";
import { columnsBy } from "./table/columns-by.ts";
import { type ArrowOptions, type ColumnsOptions, checkColumnsOptions } from "./table/columns-options.ts";

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
   * one batch to the next. A value that could not be decoded is a BrokenValue in a column of `"values"`. The options are those of
   * {@link Result.columns}.
   *
   * @throws ConfigurationError for an option that is unknown or wrong
   */
  columns(options: ColumnsOptions = {}): ColumnTable {
    return columnsBy(this.#columns(), checkColumnsOptions(options));
  }

  /**
   * The rows as a record batch of Apache Arrow, made of {@link columns}. Types are chosen by the values, and so may change from one batch to
   * the next: the option `schema` takes those of the first one, or yours, for all.
   *
   * @param arrow the library, as `import * as arrow from "apache-arrow"` gives it
   * @throws ConfigurationError and DriverError as {@link Result.toArrow}
   */
  toArrow<Arrow extends ArrowLibrary>(arrow: Arrow, options: ArrowOptions = {}): InstanceType<Arrow["RecordBatch"]> {
    return arrowRecordBatch(arrow, this.#columns(), options);
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

  #columns(): ColumnTable {
    return rowsFrom(this.#batch.columns(this.#header.keys), this.#from);
  }
}
