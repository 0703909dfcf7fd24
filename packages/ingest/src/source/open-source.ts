/** What a source is, and where to begin in it. */
import { ColumnTable } from "@fulgur/neo4j-codec";
import { ChunkFeed } from "./chunk-feed.ts";
import { ColumnRows, isArrowTable, tableOf } from "./column-rows.ts";
import { AsyncIterableFeed, IterableFeed, MemoryFeed, WebStreamFeed } from "./feeds.ts";
import type { RowFeed } from "./row-feed.ts";
import { ObjectRows } from "./row-set.ts";
import type { RowPosition, RowSource } from "./row-source.ts";
import type { ColumnSource, ReadableStreamOf, Source } from "./source.ts";

export type SourceKind = "chunks" | "columns" | "array" | "async iterable" | "iterable" | "web stream";

/** What kind of a source it is; `undefined` for what can't be one. */
export function kindOfSource(source: unknown): SourceKind | undefined {
  if (typeof source !== "object" || source === null) return undefined;
  if (typeof Reflect.get(source, "chunks") === "function") return "chunks";
  if (source instanceof ColumnTable || isArrowTable(source)) return "columns";
  if (Array.isArray(source)) return "array";
  if (Symbol.asyncIterator in source) return "async iterable";
  if (typeof Reflect.get(source, "getReader") === "function") return "web stream";
  if (Symbol.iterator in source) return ArrayBuffer.isView(source) ? undefined : "iterable";
  return isColumns(source) ? "columns" : undefined;
}

/** A plain object of arrays and columns. */
function isColumns(source: object): boolean {
  const prototype = Object.getPrototypeOf(source);
  if (prototype !== Object.prototype && prototype !== null) return false;
  const columns = Object.values(source);
  return columns.length > 0 && columns.every((column) => typeof column === "object" && column !== null);
}

/**
 * @param after where an earlier run has stopped
 * @throws ParameterError for columns that don't make a table
 */
export function openSource(source: Source<unknown>, after: RowPosition | undefined): RowFeed {
  const start = after?.row ?? 0;
  switch (kindOfSource(source)) {
    case "chunks":
      return new ChunkFeed(source as RowSource<unknown>, after);
    case "columns":
      return new MemoryFeed(new ColumnRows(tableOf(source as ColumnTable | ColumnSource)), start);
    case "array":
      return new MemoryFeed(new ObjectRows(source as unknown[]), start);
    case "async iterable":
      return new AsyncIterableFeed(source as AsyncIterable<unknown>, start);
    case "web stream":
      return new WebStreamFeed(source as ReadableStreamOf<unknown>, start);
    default:
      return new IterableFeed(source as Iterable<unknown>, start);
  }
}
