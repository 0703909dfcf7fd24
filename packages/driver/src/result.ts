/**
 * The result of one query: records while they arrive, then the summary. It is an async iterable that holds a bounded
 * part of the result, and thenable to the whole of it. All ways of reading share one stream: each record comes once.
 */
import type { ColumnTable } from "@fulgur/neo4j-codec";
import { type CallSite, callSite, ResultNotSingleError } from "@fulgur/neo4j-core";
import { type Graph, inspect } from "@fulgur/neo4j-types";
import { EagerResult } from "./eager.ts";
import { checkFlag } from "./option-checks.ts";
import { PlainData } from "./plain-data.ts";
import type { Record } from "./record.ts";
import { eachBatch, eachRecord, nextRecord, RecordIterator } from "./record-iterator.ts";
import { columnsOf, restOf, rowsOf } from "./rest-of-result.ts";
import type { ResultBatch } from "./result-batch.ts";
import { type ResultOrigin, ResultReader } from "./result-reader.ts";
import type { AnyRow } from "./row.ts";
import { checkSchema, type OutputOf, type StandardSchema, validateRow } from "./row-schema.ts";
import type { ResultSummary } from "./summary.ts";
import type { ArrowLibrary } from "./table/arrow-library.ts";
import { arrowTable, tableBy } from "./table/arrow-table.ts";
import { columnsBy } from "./table/columns-by.ts";
import {
  type ArrowOptions,
  type ColumnsOptions,
  checkArrowOptions,
  checkColumnsOptions,
  checkTableOptions,
} from "./table/columns-options.ts";
import { refuseUnknownKeys } from "./unknown-keys.ts";

export class Result<Row extends object = AnyRow> implements AsyncIterable<Record<Row>>, PromiseLike<EagerResult<Row>> {
  readonly #reader: ResultReader<Row>;
  readonly #warnings: ResultOrigin["warnings"];
  #eager: Promise<EagerResult<Row>> | undefined;
  #graph: Promise<Graph> | undefined;

  /**
   * @internal What a result reads from; for the session or transaction that it belongs to. A method, since a static block would keep the class, and
   * Arrow with it, in every bundle.
   */
  static readerOf<Row extends object>(result: Result<Row>): ResultReader<Row> {
    return result.#reader;
  }

  /** @internal Results are made by running a query. */
  constructor(origin: ResultOrigin) {
    this.#reader = new ResultReader(origin, this);
    this.#warnings = origin.warnings;
  }

  /** Whether the records can no longer be read: after `consume`, after awaiting, or when the transaction has ended. */
  get closed(): boolean {
    return this.#reader.closed;
  }

  /** The column names, as soon as the server has accepted the query. (RES-04, RES-28) */
  async keys(): Promise<readonly string[]> {
    return (await this.#asked.header()).keys;
  }

  /** The next record; `done` again and again after the last. (RES-03) */
  next(): Promise<IteratorResult<Record<Row>, undefined>> {
    return nextRecord(this.#reader);
  }

  /**
   * Leaving a loop early keeps the rest: another loop goes on, `consume` throws it away. (RES-02)
   *
   * @throws ResultConsumedError (at the first record) after `consume`, after awaiting, or when the transaction has ended
   */
  [Symbol.asyncIterator](): AsyncIterator<Record<Row>, undefined> {
    return new RecordIterator(this.#reader);
  }

  /** The records in the portions in which they arrived: the fast way through a large result. */
  batches(): AsyncIterableIterator<ResultBatch<Row>> {
    return eachBatch(this.#reader);
  }

  /** The next record, which stays the next; null after the last. (RES-08) */
  async peek(): Promise<Record<Row> | null> {
    const reader = this.#asked;
    while (!reader.hasRow) if (!(await reader.load())) return null;
    return reader.look();
  }

  /**
   * Up to `count` records, a whole number from 0 or Infinity. (RES-07)
   *
   * @throws RangeError for another count; nothing is read then
   */
  async fetch(count: number): Promise<Record<Row>[]> {
    if (!(count >= 0 && (Number.isInteger(count) || count === Number.POSITIVE_INFINITY))) {
      throw new RangeError("fetch() takes a number of records: a whole number from 0, or Infinity.");
    }
    const records: Record<Row>[] = [];
    while (records.length < count) {
      const { done, value } = await this.next();
      if (done) break;
      records.push(value);
    }
    return records;
  }

  /**
   * The first record, or null if there is none, as at the end of a result; the rest is thrown away, and a process warning says so if there were more.
   * With `strict`, none or several are a ResultNotSingleError. (RES-06)
   */
  single(options: { readonly strict: true }): Promise<Record<Row>>;
  single(options?: { readonly strict?: boolean }): Promise<Record<Row> | null>;
  single(options: { readonly strict?: boolean } = {}): Promise<Record<Row> | null> {
    return this.#single(options, callSite(this.single));
  }

  /**
   * One value of each record that is left, by name or index, the first column by default. Throws nothing for a column that isn't there: the
   * value is the fallback. (RES-10)
   */
  value<T = unknown>(key: (keyof Row & string) | number = 0, fallback: unknown = null): Promise<T[]> {
    return restOf(this.#asked, (record) => record.value(key, fallback) as T);
  }

  /** What {@link Record.values} gives of each record that is left: all values, or those of the given columns. (RES-11) */
  values(...keys: readonly (string | number)[]): Promise<unknown[][]> {
    return restOf(this.#asked, (record) => record.values(...keys));
  }

  /**
   * What is left of the result as plain data that can be written as JSON, for a first look; see {@link Record.data}. A relationship's nodes
   * are known if they are anywhere in it. (RES-12)
   */
  async data(...keys: readonly (string | number)[]): Promise<AnyRow[]> {
    const all = await restOf(this.#asked, (record) => record.entries(...keys));
    const plain = new PlainData(all.flatMap((entries) => entries.map(([, value]) => value)));
    return all.map((entries) => Object.fromEntries(entries.map(([key, value]) => [key, plain.of(value)])));
  }

  /** What is left of the result, as plain objects; with a schema, checked by it and typed as its output, see {@link as}. */
  rows(): Promise<Row[]>;
  rows<Schema extends StandardSchema>(schema: Schema): Promise<OutputOf<Schema>[]>;
  async rows(schema?: StandardSchema): Promise<unknown[]> {
    if (schema === undefined) return rowsOf(this.#asked);
    const rows: unknown[] = [];
    for await (const row of this.as(schema)) rows.push(row);
    return rows;
  }

  /**
   * The rows as plain objects while they arrive, each checked by a Standard Schema, such as one of zod, valibot or arktype, and typed as its
   * output.
   *
   * @throws RowValidationError (at the row) with the row's index and the path in it, never the value. The next row can be read after it.
   */
  as<Schema extends StandardSchema>(schema: Schema): AsyncIterableIterator<OutputOf<Schema>> {
    checkSchema(schema);
    return eachRecord(this.#reader, (record, index) => {
      return validateRow(schema as StandardSchema<OutputOf<Schema>>, record.toObject(), index, this);
    }) as AsyncIterableIterator<OutputOf<Schema>>;
  }

  /** What `mapper` makes of each record, while they arrive. After an error of the mapper the next record can be read. (RES-27) */
  map<T>(mapper: (record: Record<Row>, index: number) => T | PromiseLike<T>): AsyncIterableIterator<Awaited<T>> {
    return eachRecord(this.#reader, mapper);
  }

  /**
   * What is left of the result by columns, without making rows: typed arrays of numbers, strings as UTF-8, and so on; on request with nodes,
   * relationships, lists and maps as columns of what is in them, or with JavaScript's `Date`. The whole of it is held in memory;
   * {@link batches} has the columns of a part at a time. (RES-13 to RES-19)
   *
   * @throws ConfigurationError for an option that is unknown or wrong; nothing is read then
   */
  async columns(options: ColumnsOptions = {}): Promise<ColumnTable> {
    const checked = checkColumnsOptions(options);
    return columnsBy(await columnsOf(this.#asked), checked);
  }

  /**
   * What is left of the result as a table of Apache Arrow, made of {@link columns}. `batch.toArrow` of {@link batches} has a part at a time.
   * docs/columns.md says what becomes of which type. (RES-13)
   *
   * @param arrow the library, as `import * as arrow from "apache-arrow"` gives it
   * @throws ConfigurationError for an option that is unknown or wrong, and for another library; nothing is read then. DriverError naming a
   *   column that Arrow has no type for, or that isn't of the type that the schema asks for
   */
  async toArrow<Arrow extends ArrowLibrary>(
    arrow: Arrow,
    options: ArrowOptions = {},
  ): Promise<InstanceType<Arrow["Table"]>> {
    const checked = checkArrowOptions(arrow, options);
    return tableBy(arrow, await columnsOf(this.#asked), checked);
  }

  /**
   * What is left of the result as a table, as other drivers give data frames: {@link columns}, or with `arrow` a table of Apache Arrow, of the same
   * columns. {@link toArrow} has more options for that one. (RES-13 to RES-19)
   *
   * @param options those of {@link columns}, and `arrow`: the library, as `import * as arrow from "apache-arrow"` gives it
   * @throws ConfigurationError and DriverError as those two
   */
  toTable(options?: ColumnsOptions & { readonly arrow?: undefined }): Promise<ColumnTable>;
  toTable<Arrow extends ArrowLibrary>(
    options: ColumnsOptions & { readonly arrow: Arrow },
  ): Promise<InstanceType<Arrow["Table"]>>;
  async toTable(options: ColumnsOptions & { readonly arrow?: ArrowLibrary | undefined } = {}): Promise<unknown> {
    const { arrow, ...checked } = checkTableOptions(options);
    const columns = columnsBy(await columnsOf(this.#asked), checked);
    return arrow === undefined ? columns : arrowTable(arrow, columns);
  }

  /**
   * The nodes and relationships of all records, each once. What is left is fetched into memory, and the records stay to be read. Records that
   * were read before are not kept beyond the portion that they came in: ask for the graph first. (RES-09)
   *
   * @throws ResultError when records have been read that are not kept
   */
  graph(): Promise<Graph> {
    return (this.#graph ??= this.#asked.graph());
  }

  /**
   * Throws away what is left, on the server where possible, and gives the summary; the same one at each call. (RES-05)
   *
   * @throws ResultConsumedError when the transaction ended before; {@link summary} still has the summary then
   */
  consume(): Promise<ResultSummary> {
    const reader = this.#asked;
    if (reader.closed && reader.summary !== undefined && !reader.isOutOfScope) return reader.summary;
    const refusal = reader.refusal();
    if (refusal !== undefined) return Promise.reject(refusal);
    reader.close("consumed");
    return reader.discard();
  }

  /** The summary: of a result that has ended, in whatever way, else as `consume`. */
  summary(): Promise<ResultSummary> {
    return this.#asked.summary ?? this.consume();
  }

  /** Awaiting a result gives all of it, as with npm's driver. */
  then<A = EagerResult<Row>, B = never>(
    onFulfilled?: ((result: EagerResult<Row>) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.toEagerResult().then(onFulfilled, onRejected);
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<EagerResult<Row> | B> {
    return this.toEagerResult().catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<EagerResult<Row>> {
    return this.toEagerResult().finally(onFinally);
  }

  /** All that is left of the result, in memory; the same one at each call. (RES-20) */
  toEagerResult(): Promise<EagerResult<Row>> {
    return (this.#eager ??= this.#collect(this.#asked));
  }

  /** Throws away what is left, and any failure with it. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#reader.isOver) await this.consume().catch(() => {});
  }

  /** Prints the beginning of the query, and whether there is something left to read. */
  [inspect](): string {
    return this.#reader.toString();
  }

  async #single(options: { readonly strict?: boolean }, site: CallSite): Promise<Record<Row> | null> {
    refuseUnknownKeys(options, ["strict"], "single");
    const strict = checkFlag("strict", options.strict) ?? false;
    const [first, second] = await this.fetch(2);
    await this.#asked.exhaust();
    if (first !== undefined && second === undefined) return first;
    if (strict) {
      const found = first === undefined ? "none" : "several";
      const message = `The result should have exactly one record, but it has ${found}.`;
      throw new ResultNotSingleError(message, { result: this });
    }
    if (second !== undefined) this.#warnings.single(site);
    return first ?? null;
  }

  /** The reader, where somebody asks for something: a failure that nobody has asked for is told at commit. */
  get #asked(): ResultReader<Row> {
    this.#reader.observed = true;
    return this.#reader;
  }

  async #collect(reader: ResultReader<Row>): Promise<EagerResult<Row>> {
    const records = await restOf(reader, (record) => record);
    const [{ keys }, summary] = [await reader.header(), await reader.summary!];
    reader.close("awaited");
    return new EagerResult(records, summary, keys);
  }
}
