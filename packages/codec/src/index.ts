/**
 * `@fulgur/neo4j-codec`: bytes to Neo4j values and back. PackStream, Bolt messages and record batches, for Bolt 4.4 to 6.1,
 * in WebAssembly and in plain TypeScript. No I/O, and nothing but `@fulgur/neo4j-types` is imported.
 *
 * @packageDocumentation
 */
// Before all others: between them the text of the WebAssembly module would cost bundles by gzip 2 % more.
import "./wasm/load.ts";

export { BrokenValue, isBrokenValue } from "./broken-value.ts";
export { type Codec, type CodecOptions, createCodec, type TemporalMode } from "./codec.ts";
export type {
  BooleanColumn,
  Column,
  ColumnType,
  DictionaryColumn,
  ListColumn,
  MapColumn,
  NullColumn,
  NumberColumn,
  NumericArray,
  StringColumn,
  StructureColumn,
  ValuesColumn,
} from "./columns/column.ts";
export { columnOf } from "./columns/column-of.ts";
export { type ColumnInput, ColumnTable, type ColumnWithNulls, columns } from "./columns/column-table.ts";
export { joinTables, rowsFrom } from "./columns/join-tables.ts";
export type { Decoder, ExpectedResult, Message, RecordBatch } from "./decoder.ts";
export type { Engine } from "./engine.ts";
export type * as bolt from "./gen/messages.ts";
export { mapTables, messages, telemetryApi } from "./gen/messages.ts";
export { structures } from "./gen/structures.ts";
export { type BoltVersion, boltPatches, boltVersions, versionNumber } from "./gen/versions.ts";
export type { Role } from "./plain/messages.ts";
export type { IntegerMode, Profile } from "./profile.ts";
export * from "./tables.ts";
