/** What the values of a column have in common, for files whose columns have types. */
import type { Column } from "@fulgur/neo4j-codec";
import { kindOf, type LocalDateTime, type Vector } from "@fulgur/neo4j-types";

/**
 * The type of a column in a Parquet or Arrow file. `text`: what has an ISO form and no type there (durations, times with an offset, UUIDs);
 * `json`: everything else, also mixtures. Times are in microseconds; `_ns`: in nanoseconds.
 */
export const columnKinds = [
  ...["boolean", "integer", "float", "string", "text", "json", "bytes", "date", "localtime"],
  ...["localdatetime", "localdatetime_ns", "datetime", "datetime_ns"],
] as const;

type ScalarKind =
  | "boolean"
  | "integer"
  | "float"
  | "string"
  | "text"
  | "json"
  | "bytes"
  | "date"
  | "localtime"
  | MomentKind;
type MomentKind = "localdatetime" | "localdatetime_ns" | "datetime" | "datetime_ns";
export type ColumnKind = ScalarKind | `${Exclude<ScalarKind, "json">}[]`;
/** `null`: no value was seen. */
export type SeenKind = ColumnKind | "null" | "null[]";

/** The narrowest kind of all values of a column. */
export function kindOfColumn(column: Column): SeenKind {
  switch (column.type) {
    case "null":
      return "null";
    case "boolean":
      return "boolean";
    case "int32":
    case "int53":
    case "int64":
      return "integer";
    case "float64":
    case "number":
      return "float";
    case "string":
      return "string";
    case "dictionary":
      return kindOfValues(column.dictionary);
    case "list":
      return listOf(kindOfColumn(column.items));
    case "map":
      return "json";
    default:
      return kindOfValues(column.toArray());
  }
}

function kindOfValues(values: readonly unknown[]): SeenKind {
  let kind: SeenKind = "null";
  for (const value of values) {
    if (value === null || value === undefined) continue;
    kind = together(kind, kindOfValue(value));
    if (kind === "json") return kind;
  }
  return kind;
}

function kindOfValue(value: unknown): SeenKind {
  switch (typeof value) {
    case "boolean":
    case "string":
      return typeof value as "boolean" | "string";
    case "bigint":
      return "integer";
    case "number":
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? "integer" : "float";
    case "object":
      return kindOfObject(value as object);
    default:
      return "json";
  }
}

function kindOfObject(value: object): SeenKind {
  if (Array.isArray(value)) return listOf(kindOfValues(value));
  if (value instanceof Uint8Array) return "bytes";
  if (value instanceof Date) return "datetime";
  switch (kindOf(value)) {
    case "Float":
      return "float";
    case "Int":
      return "integer";
    case "Date":
      return "date";
    case "LocalTime":
      return "localtime";
    case "LocalDateTime":
      return isFine(value) ? "localdatetime_ns" : "localdatetime";
    case "DateTime":
      return isFine(value) ? "datetime_ns" : "datetime";
    case "Time":
    case "Duration":
    case "UUID":
      return "text";
    case "Vector":
      return kindOfNumbers((value as Vector).data);
    default:
      return ArrayBuffer.isView(value) ? kindOfNumbers(value) : "json";
  }
}

function kindOfNumbers(values: object): SeenKind {
  return /Float/.test(Object.prototype.toString.call(values)) ? "float[]" : "integer[]";
}

function isFine(value: object): boolean {
  return (value as LocalDateTime).nanosecond % 1_000 !== 0;
}

function listOf(item: SeenKind): SeenKind {
  return item === "json" || item.endsWith("[]") ? "json" : (`${item}[]` as SeenKind);
}

/** The narrowest kind that values of both have; `"json"` if they have no other. */
export function together(a: SeenKind, b: SeenKind): SeenKind {
  if (a === b || fits(b, a)) return a;
  return fits(a, b) ? b : "json";
}

/** Whether values of a kind can stand in a column of another as they are, integers as floats and microseconds as nanoseconds too. */
export function fits(kind: SeenKind, column: SeenKind): boolean {
  if (kind === column || kind === "null") return true;
  const [isList, isListColumn] = [kind.endsWith("[]"), column.endsWith("[]")];
  if (isList && isListColumn) return fits(kind.slice(0, -2) as SeenKind, column.slice(0, -2) as SeenKind);
  if (isList || isListColumn) return false;
  return (kind === "integer" && column === "float") || `${kind}_ns` === column;
}
