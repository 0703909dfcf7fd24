/** Rows as Parquet, by row group. */
import type { Column, ColumnTable } from "@fulgur/neo4j-codec";
import type { ByteWriter, ParquetWriteOptions, ParquetWriter as Writer } from "hyparquet-writer";
import type { SeenKind } from "./column-kind.ts";
import type { ColumnTypes, TypedColumn } from "./column-types.ts";
import type { Output } from "./output.ts";
import { RowGroups } from "./row-groups.ts";
import { storeOf } from "./stored-values.ts";
import type { FormatWriter } from "./table-writer.ts";
import { WriteError } from "./write-error.ts";

type SchemaElement = NonNullable<ParquetWriteOptions["schema"]>[number];

interface OpenFile {
  readonly writer: Writer;
  readonly bytes: ByteWriter & { index: number };
}

export class ParquetWriter implements FormatWriter {
  readonly #output: Output;
  readonly #types: ColumnTypes;
  readonly #groups: RowGroups;
  #file: { readonly writer: Writer; readonly bytes: ByteWriter & { index: number } } | undefined;
  #rows = 0;

  /** @param groupRows rows of a row group, at least */
  constructor(output: Output, types: ColumnTypes, groupRows: number) {
    this.#output = output;
    this.#types = types;
    this.#groups = new RowGroups(groupRows);
  }

  async write(table: ColumnTable): Promise<void> {
    const group = this.#groups.add(table);
    if (group !== undefined) await this.#writeGroup(group);
  }

  async end(names: readonly string[]): Promise<void> {
    const group = this.#groups.take();
    if (group !== undefined) await this.#writeGroup(group);
    const { writer } = await this.#opened(this.#types.none(names));
    writer.finish();
    await this.#flush();
  }

  async #writeGroup(group: ColumnTable): Promise<void> {
    const typed = this.#types.of(group, this.#rows + 1);
    const { writer } = await this.#opened(typed);
    const columnData = typed.map((column, i) => ({
      name: column.name,
      data: stored(group.columns[i] as Column, column),
    }));
    writer.write({ columnData, rowGroupSize: group.length });
    this.#rows += group.length;
    await this.#flush();
  }

  async #opened(typed: readonly TypedColumn[]): Promise<OpenFile> {
    if (this.#file === undefined) {
      // Loaded by the first rows: programs that write no Parquet don't wait for it.
      const { ByteWriter, ParquetWriter: Writer } = await import("hyparquet-writer");
      const bytes = new ByteWriter();
      const schema = [{ name: "root", num_children: typed.length }, ...typed.flatMap(schemaOf)];
      const writer = new Writer({ writer: bytes, schema, createdBy: "fulgur" });
      this.#file = { writer, bytes: bytes as ByteWriter & { index: number } };
    }
    return this.#file;
  }

  /** Places in the file go on being counted. */
  async #flush(): Promise<void> {
    const { bytes } = this.#file as OpenFile;
    await this.#output.write(bytes.getBytes().slice());
    bytes.index = 0;
  }
}

function stored(column: Column, { name, kind }: TypedColumn): unknown[] {
  const store = storeOf(kind) as (value: unknown) => unknown;
  try {
    return column.toArray().map((value) => (value === null || value === undefined ? null : store(value)));
  } catch (error) {
    if (error instanceof RangeError)
      throw new WriteError(`${error.message}; \`types\` can declare it "json"`, { column: name }, error);
    throw error;
  }
}

function schemaOf({ name, kind }: TypedColumn): SchemaElement[] {
  const repetition_type = "OPTIONAL";
  if (!kind.endsWith("[]")) return [{ name, repetition_type, ...elementOf(kind) }];
  return [
    { name, repetition_type, converted_type: "LIST", logical_type: { type: "LIST" }, num_children: 1 },
    { name: "list", repetition_type: "REPEATED", num_children: 1 },
    { name: "element", repetition_type, ...elementOf(kind.slice(0, -2) as SeenKind) },
  ];
}

function elementOf(kind: SeenKind): Omit<SchemaElement, "name" | "repetition_type"> {
  switch (kind) {
    case "boolean":
      return { type: "BOOLEAN" };
    case "integer":
      return { type: "INT64" };
    case "float":
      return { type: "DOUBLE" };
    case "bytes":
      return { type: "BYTE_ARRAY" };
    case "date":
      return { type: "INT32", converted_type: "DATE", logical_type: { type: "DATE" } };
    case "localtime":
      return { type: "INT64", logical_type: { type: "TIME", unit: "NANOS", isAdjustedToUTC: false } };
    case "localdatetime":
    case "localdatetime_ns":
    case "datetime":
    case "datetime_ns": {
      const unit = kind.endsWith("_ns") ? "NANOS" : "MICROS";
      return { type: "INT64", logical_type: { type: "TIMESTAMP", unit, isAdjustedToUTC: kind.startsWith("datetime") } };
    }
    default:
      return { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } };
  }
}
