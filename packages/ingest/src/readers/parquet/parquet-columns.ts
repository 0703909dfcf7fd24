/** How the columns of a Parquet file are decoded and what becomes of their values. */
import { float } from "@fulgur/neo4j-driver";
import type { FileMetaData, ParquetParsers, SchemaElement, SchemaTree } from "hyparquet";
import { type Convert, itself, leafConvert } from "./leaf-values.ts";

export interface ParquetColumn {
  readonly name: string;
  /** What its raw values become while it is decoded: once for each different one, where the file has a dictionary. */
  readonly parsers: ParquetParsers;
  /** What a decoded value becomes. */
  readonly convert: (value: unknown) => unknown;
}

/** @param tree of a top-level column. */
export function parquetColumn(tree: SchemaTree, decimals: "float" | "string"): ParquetColumn {
  const { name } = tree.element;
  if (!isFlat(tree)) return { name, parsers: parsersOf(itself), convert: converted(tree, decimals) };
  const leaf = leafConvert(tree.element, decimals);
  return { name, parsers: parsersOf(leaf), convert: orNull(isParsed(tree.element) ? itself : leaf) };
}

/**
 * The metadata with a schema by which the library gives all values of a flat column to a parser of ours, as it does with timestamps: where the
 * file has a dictionary, once for each different one. Of integers no bigints are made then, and decimals aren't rounded.
 */
export function withParsedValues(metadata: FileMetaData, columns: readonly SchemaTree[]): FileMetaData {
  const parsed = new Set(
    columns.filter((tree) => isFlat(tree) && isParsed(tree.element)).map(({ element }) => element),
  );
  return {
    ...metadata,
    schema: metadata.schema.map((element) => (parsed.has(element) ? asParsed(element) : raw(element))),
  };
}

function isFlat({ children, element }: SchemaTree): boolean {
  return children.length === 0 && element.repetition_type !== "REPEATED";
}

function isParsed(element: SchemaElement): boolean {
  if (element.type === "INT96") return true;
  const type = typeOf(element);
  if (type === "" || type === "INTEGER" || /^INT_/.test(type)) {
    const isUnsigned = element.logical_type?.type === "INTEGER" && !element.logical_type.isSigned;
    return !isUnsigned && /^(INT64|FLOAT|DOUBLE)$/.test(element.type ?? "");
  }
  return /^(DECIMAL|DATE|TIME|TIMESTAMP)/.test(type);
}

function asParsed(element: SchemaElement): SchemaElement {
  if (element.type === "INT96") return element;
  const { converted_type: _, ...rest } = element;
  return { ...rest, logical_type: { type: "TIMESTAMP", unit: "MILLIS", isAdjustedToUTC: false } };
}

/** Decimals as they are, so that they aren't rounded. */
function raw(element: SchemaElement): SchemaElement {
  if (typeOf(element) !== "DECIMAL") return element;
  const { converted_type: _, logical_type: __, ...rest } = element;
  return rest;
}

function typeOf({ logical_type: logical, converted_type: converted }: SchemaElement): string {
  return logical?.type ?? converted ?? "";
}

function parsersOf(leaf: Convert): ParquetParsers {
  const temporal = leaf as (value: unknown) => unknown;
  return {
    timestampFromMilliseconds: temporal,
    timestampFromMicroseconds: temporal,
    timestampFromNanoseconds: temporal,
    dateFromDays: temporal,
    stringFromBytes: textOf,
    jsonFromBytes: textOf,
    uuidFromBytes: uuidOf,
    geometryFromBytes: itself,
    geographyFromBytes: itself,
  };
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
}

function uuidOf(bytes: Uint8Array | undefined): string | undefined {
  const digits = bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex");
  return digits?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Lists become arrays, groups and maps plain objects. */
function converted(tree: SchemaTree, decimals: "float" | "string"): (value: unknown) => unknown {
  const { element, children } = tree;
  const [child] = children;
  let one: (value: unknown) => unknown;
  if (child === undefined) one = leafConvert(element, decimals) as (value: unknown) => unknown;
  else if (typeOf(element) === "LIST" && children.length === 1) {
    const [item] = child.children;
    const isPlain = child.children.length === 1 && item !== undefined;
    const leaf = isPlain ? item : child;
    one = isFloat(leaf) ? floatsOf : listOf(orNull(isPlain ? converted(item, decimals) : groupOf(child, decimals)));
  } else if (typeOf(element) === "MAP" && child.children.length === 2) {
    one = mapOf(orNull(converted(child.children[1] as SchemaTree, decimals)));
  } else one = groupOf(tree, decimals);
  return orNull(element.repetition_type === "REPEATED" ? listOf(orNull(one)) : one);
}

function groupOf({ element, children }: SchemaTree, decimals: "float" | "string"): (value: unknown) => unknown {
  if (children.length === 0) return leafConvert(element, decimals) as (value: unknown) => unknown;
  const fields = children.map((child) => [child.element.name, converted(child, decimals)] as const);
  return (value) =>
    Object.fromEntries(fields.map(([name, convert]) => [name, convert((value as Record<string, unknown>)[name])]));
}

function listOf(item: (value: unknown) => unknown): (value: unknown) => unknown {
  return (values) => Array.from(values as ArrayLike<unknown>, item);
}

function isFloat({ element, children }: SchemaTree): boolean {
  return children.length === 0 && typeOf(element) === "" && /^(FLOAT|DOUBLE)$/.test(element.type ?? "");
}

/** A Float64Array, whose items are all floats; an array only where one is null. */
function floatsOf(values: unknown): unknown {
  const list = values as ArrayLike<number | null | undefined>;
  const numbers = new Float64Array(list.length);
  for (let i = 0; i < list.length; i++) {
    const value = list[i];
    if (value === null || value === undefined) return listOf(orNull(float))(list);
    numbers[i] = value;
  }
  return numbers;
}

function mapOf(item: (value: unknown) => unknown): (value: unknown) => unknown {
  return (map) => Object.fromEntries(Object.entries(map as object).map(([key, value]) => [key, item(value)]));
}

function orNull(convert: (value: never) => unknown): (value: unknown) => unknown {
  return (value) => (value === null || value === undefined ? null : convert(value as never));
}
