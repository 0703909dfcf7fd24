/** Rows as Arrow's file or stream, by record batch. */
import { type Column, ColumnTable, columnOf } from "@fulgur/neo4j-codec";
import { arrowRecordBatch } from "@fulgur/neo4j-driver";
import { kindOf, type Vector } from "@fulgur/neo4j-types";
import { type ArrowBatchWriter, type ArrowFiles, arrowLibrary } from "../readers/arrow/arrow-library.ts";
import type { SeenKind } from "./column-kind.ts";
import type { ColumnTypes, TypedColumn } from "./column-types.ts";
import type { Output } from "./output.ts";
import { RowGroups } from "./row-groups.ts";
import { storeOf } from "./stored-values.ts";
import type { FormatWriter } from "./table-writer.ts";
import { WriteError } from "./write-error.ts";

type Schema = NonNullable<NonNullable<Parameters<typeof arrowRecordBatch>[2]>["schema"]>;

interface OpenFile {
  readonly arrow: ArrowFiles;
  readonly schema: Schema;
  readonly writer: ArrowBatchWriter;
  readonly bytes: AsyncIterator<Uint8Array>;
}

export class ArrowWriter implements FormatWriter {
  readonly #output: Output;
  readonly #types: ColumnTypes;
  readonly #isStream: boolean;
  readonly #groups: RowGroups;
  #file: OpenFile | undefined;
  #next: Promise<IteratorResult<Uint8Array>> | undefined;
  #rows = 0;

  /** @param batchRows rows of a record batch, at least */
  constructor(output: Output, types: ColumnTypes, batchRows: number, isStream: boolean) {
    this.#output = output;
    this.#types = types;
    this.#isStream = isStream;
    this.#groups = new RowGroups(batchRows);
  }

  async write(table: ColumnTable): Promise<void> {
    const group = this.#groups.add(table);
    if (group !== undefined) await this.#writeBatch(group);
  }

  async end(names: readonly string[]): Promise<void> {
    const group = this.#groups.take();
    if (group !== undefined) await this.#writeBatch(group);
    else if (this.#file === undefined) {
      // The schema goes with the first batch, if it is an empty one.
      const typed = this.#types.none(names);
      await this.#put(
        new ColumnTable(
          0,
          names,
          names.map(() => columnOf([])),
        ),
        typed,
      );
    }
    const { writer } = this.#file as OpenFile;
    writer.finish();
    await this.#flush();
  }

  async #writeBatch(group: ColumnTable): Promise<void> {
    await this.#put(group, this.#types.of(group, this.#rows + 1));
    this.#rows += group.length;
  }

  async #put(group: ColumnTable, typed: readonly TypedColumn[]): Promise<void> {
    const { arrow, schema, writer } = await this.#opened(typed);
    const columns = typed.map((column, i) => suited(group.columns[i] as Column, column));
    writer.write(
      arrowRecordBatch(arrow, new ColumnTable(group.length, group.names, columns), { schema, dictionaries: false }),
    );
    await this.#flush();
  }

  async #opened(typed: readonly TypedColumn[]): Promise<OpenFile> {
    if (this.#file === undefined) {
      const arrow = await arrowLibrary();
      const fields = typed.map(({ name, kind }) => new arrow.Field(name, typeOf(kind, arrow), true));
      const writer = this.#isStream ? new arrow.RecordBatchStreamWriter() : new arrow.RecordBatchFileWriter();
      this.#file = { arrow, schema: new arrow.Schema(fields), writer, bytes: writer[Symbol.asyncIterator]() };
    }
    return this.#file;
  }

  /** What the library has put together, which it gives part by part and without saying which is the last. */
  async #flush(): Promise<void> {
    const { bytes } = this.#file as OpenFile;
    const parts: Uint8Array[] = [];
    for (;;) {
      this.#next ??= bytes.next();
      const nothing = new Promise<undefined>((resolve) => setImmediate(resolve, undefined));
      const found = await Promise.race([this.#next, nothing]);
      if (found === undefined) break;
      this.#next = undefined;
      if (found.done) break;
      parts.push(found.value);
    }
    if (parts.length > 0) await this.#output.write(Buffer.concat(parts));
  }
}

/** A column whose values the driver writes as the kind says. */
function suited(column: Column, { name, kind }: TypedColumn): Column {
  const suit = suitOf(kind);
  try {
    if (/date/.test(kind)) checkMoments(column, kind);
    if (isSuited(column, kind)) return column;
    return columnOf(column.toArray().map((value) => (value === null || value === undefined ? null : suit(value))));
  } catch (error) {
    if (error instanceof RangeError)
      throw new WriteError(`${error.message}; \`types\` can declare it "json"`, { column: name }, error);
    throw error;
  }
}

/** The driver would say of its own options what doesn't fit. @throws RangeError for a day or moment that is too far away */
function checkMoments(column: Column, kind: SeenKind): void {
  const count = storeOf(kind) as (value: unknown) => unknown;
  for (const value of column.toArray()) if (value !== null && value !== undefined) count(value);
}

function isSuited(column: Column, kind: SeenKind): boolean {
  const { type } = column;
  if (kind === "json" || kind === "text") return type === "null";
  if (type === "list" && kind.endsWith("[]")) return isSuited(column.items, kind.slice(0, -2) as SeenKind);
  // Not all of them are floats, which the driver would say of its own options.
  if (kind === "float" && type === "int64") return false;
  return type !== "values" && type !== "map";
}

function suitOf(kind: SeenKind): (value: unknown) => unknown {
  if (kind.endsWith("[]")) {
    const item = suitOf(kind.slice(0, -2) as SeenKind);
    return (list) => {
      const items = kindOf(list) === "Vector" ? (list as Vector).data : (list as ArrayLike<unknown>);
      return Array.from(items as ArrayLike<unknown>, (value) => (value === null ? null : item(value)));
    };
  }
  // The driver knows days, moments, bytes and the like by themselves.
  const isKept = /^(date|local|bytes|boolean|string)/.test(kind);
  return isKept ? (value) => value : (storeOf(kind) as (value: unknown) => unknown);
}

// biome-ignore lint/suspicious/noExplicitAny: Arrow's types are the library's, which is any version of it
function typeOf(kind: SeenKind, arrow: ArrowFiles): any {
  if (kind.endsWith("[]")) {
    return new arrow.List(new arrow.Field("item", typeOf(kind.slice(0, -2) as SeenKind, arrow), true));
  }
  switch (kind) {
    case "boolean":
      return new arrow.Bool();
    case "integer":
      return new arrow.Int64();
    case "float":
      return new arrow.Float64();
    case "bytes":
      return new arrow.Binary();
    case "date":
      return new arrow.DateDay();
    case "localtime":
      return new arrow.TimeNanosecond();
    case "localdatetime":
      return new arrow.TimestampMicrosecond();
    case "localdatetime_ns":
      return new arrow.TimestampNanosecond();
    case "datetime":
      return new arrow.TimestampMicrosecond("UTC");
    case "datetime_ns":
      return new arrow.TimestampNanosecond("UTC");
    default:
      return new arrow.Utf8();
  }
}
