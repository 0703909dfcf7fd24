/**
 * `@fulgur/neo4j-ingest`: writes many rows into Neo4j, in batches, from anything that gives rows: each once, whatever happens on the way.
 *
 * @example
 * ```ts
 * await ingest(db, { nodes: { labels: "Person", key: "id" }, source: readRows(), onProgress: ({ rows }) => bar.update(rows) });
 * ```
 *
 * @packageDocumentation
 */
export { type IngestResult, ingest, ingestCypher } from "./ingest.ts";
export { IngestError } from "./ingest-error.ts";
export type { PropertyType } from "./mapping/property-type.ts";
export type { BatchLimits, IngestOptions } from "./options/ingest-options.ts";
export type { NodeTarget, PropertyMapping, RelationshipEnd, RelationshipTarget } from "./options/targets.ts";
export type { IngestCounters } from "./progress/counters.ts";
export type { IngestProgress } from "./progress/progress.ts";
export { readArrow } from "./readers/arrow/read-arrow.ts";
export type {
  ColumnarOptions as ArrowFileOptions,
  ColumnarOptions as ParquetOptions,
} from "./readers/columnar-options.ts";
export type { CsvOptions } from "./readers/csv/csv-options.ts";
export type { FieldType } from "./readers/csv/csv-types.ts";
export { readCsv } from "./readers/csv/read-csv.ts";
export type { FileFormat } from "./readers/formats.ts";
export type { ByteSource, FileInput, NamedBytes } from "./readers/input.ts";
export type { JsonOptions } from "./readers/json/json-options.ts";
export { readJson } from "./readers/json/read-json.ts";
export { readJsonLines } from "./readers/json/read-json-lines.ts";
export { readParquet } from "./readers/parquet/read-parquet.ts";
export { ReadError, type ReadPlace } from "./readers/read-error.ts";
export { type ReadFilesOptions, readFiles } from "./readers/read-files.ts";
export type { RejectedRow, RowChunk, RowPosition, RowSource, SourceProgress } from "./source/row-source.ts";
export type { ColumnSource, ReadableStreamOf, Source } from "./source/source.ts";
export { IngestWarning } from "./warning.ts";
export type { ColumnKind } from "./writers/column-kind.ts";
export { openWriter, writeRows } from "./writers/open-writer.ts";
export type { ByteSink, OutputTarget } from "./writers/output.ts";
export type { TableWriter, WrittenFile, WrittenRows } from "./writers/table-writer.ts";
export { WriteError } from "./writers/write-error.ts";
export type { WriteOptions } from "./writers/write-options.ts";
