import { kind, kindOf } from "@fulgur/neo4j-types";
import { Packer } from "../plain/packer.ts";
import type { Profile } from "../profile.ts";
import { type FlatStructure, flatStructureOf } from "./send-structure.ts";

/**
 * What a column of rows to send holds, other cells apart. `structure`: one of integers, floats and strings, whose fields
 * have the columns behind it. `encoded`: what the plain writer encodes, value by value.
 */
export type ColumnKind = "number" | "float" | "bigint" | "boolean" | "string" | "structure" | "encoded";

/** A value of the rows, in the order in which they are written. */
export interface SendField {
  readonly kind: ColumnKind;
  /** What stands before it on the wire: its key, and before the first key of a map that map's head. */
  readonly literal: Uint8Array;
  /** How many maps, and structures, it is in. */
  readonly level: number;
  /** Of a structure: which one. The fields behind this one are its own. */
  readonly structure?: FlatStructure;
  /** Whether it is a field of the structure before. */
  readonly isPart?: boolean;
}

/** The keys of the rows, or of a map in them; by key the number of a field, or a map. */
export interface SendMap {
  readonly keys: readonly string[];
  readonly values: readonly (number | SendMap)[];
}

/** What rows have in common. Rows that differ are encoded one by one. */
export interface SendShape {
  readonly map: SendMap;
  readonly fields: readonly SendField[];
  /** How many maps and structures nest, the row included. */
  readonly depth: number;
  /** Names what the extractor of such rows depends on. */
  readonly name: string;
}

const maxKeys = 64;
/** Maps nested deeper are encoded by the plain writer. */
const maxLevel = 3;
/** So many rows tell the shape of all. */
const maxLessons = 50;
const longList = 32;
const noLiteral = new Uint8Array(0);
/** With fewer of them like the first one, columns don't pay. */
const leastAlike = 0.5;

/** The shape of the first row, if most rows are like it and have something that columns are good for. */
export function shapeOf(rows: readonly unknown[], profile: Profile): SendShape | undefined {
  const first = rows[0];
  if (!isMap(first)) return undefined;
  const keys = Object.keys(first);
  const lessons = rows.slice(0, maxLessons);
  const alike = lessons.filter((row) => hasKeys(row, keys)) as Record<string, unknown>[];
  if (alike.length < lessons.length * leastAlike) return undefined;
  const fields: SendField[] = [];
  const scratch = new Packer();
  scratch.beginValue();
  const map = mapShape(alike, keys, 1, fields, scratch, profile);
  if (map === undefined || fields.every((field) => field.kind === "encoded")) return undefined;
  const depth = fields.reduce((most, { level }) => Math.max(most, level), 1);
  return { map, fields, depth, name: JSON.stringify([map, fields.map(kindText)]) };
}

function kindText({ kind: of, structure }: SendField): string {
  return structure === undefined ? of : `${of} ${structure.number}`;
}

/** The columns of the fields of a structure in so many maps. An integer's holds doubles, each a safe integer. */
function partsOf({ kinds }: FlatStructure, level: number): SendField[] {
  const inStructure = { literal: noLiteral, level: level + 1, isPart: true };
  return kinds.map((of) => ({ kind: of === "integer" ? "number" : of, ...inStructure }));
}

function mapShape(
  maps: readonly Record<string, unknown>[],
  keys: readonly string[],
  level: number,
  fields: SendField[],
  scratch: Packer,
  profile: Profile,
): SendMap | undefined {
  if (keys.length === 0 || keys.length > maxKeys) return undefined;
  const values: (number | SendMap)[] = [];
  scratch.mapHeader(keys.length);
  for (const key of keys) {
    // Keys that can't be sent: the plain writer says so.
    if (!scratch.string(key)) return undefined;
    const seen = maps.map((map) => map[key]);
    const inner = level < maxLevel ? sameMaps(seen) : undefined;
    const nested = inner && mapShape(inner, Object.keys(inner[0] as object), level + 1, fields, scratch, profile);
    if (nested !== undefined) {
      values.push(nested);
      continue;
    }
    if (inner !== undefined) return undefined;
    const literal = scratch.takeValue();
    if (literal.length >= 0x1_0000) return undefined;
    const found = columnKindOf(seen);
    if (found === undefined) return undefined;
    values.push(fields.length);
    const structure = found === "encoded" ? flatStructureOf(seen, profile) : undefined;
    if (structure === undefined) fields.push({ kind: found, literal, level });
    else fields.push({ kind: "structure", literal, level, structure }, ...partsOf(structure, level));
    scratch.beginValue();
  }
  return { keys, values };
}

/** Values that are all maps of the same keys. */
function sameMaps(values: readonly unknown[]): readonly Record<string, unknown>[] | undefined {
  const [first] = values;
  if (!isMap(first)) return undefined;
  const keys = Object.keys(first);
  const usable = keys.length > 0 && keys.length <= maxKeys && values.every((value) => hasKeys(value, keys));
  return usable ? (values as Record<string, unknown>[]) : undefined;
}

/**
 * The kind of the first value that isn't null. `undefined` for long lists and bytes: next to them the rest of a row hardly
 * matters, and they would be copied once more.
 */
export function columnKindOf(values: readonly unknown[]): ColumnKind | undefined {
  const value = values.find((one) => one !== null && one !== undefined);
  switch (typeof value) {
    case "number":
    case "bigint":
    case "boolean":
    case "string":
      return typeof value as ColumnKind;
    case "undefined":
      // Nothing but nulls, so far as was seen.
      return "boolean";
    default:
      if (((value as { length?: unknown }).length as number) > longList) return undefined;
      return kindOf(value) === "Float" ? "float" : "encoded";
  }
}

/** Whether an object is a map of exactly these keys in this order, and nothing else. */
export function hasKeys(row: unknown, keys: readonly string[]): row is Record<string, unknown> {
  if (!isMap(row)) return false;
  let at = 0;
  for (const key in row) if (key !== keys[at++]) return false;
  return at === keys.length;
}

/** Whether an object is sent as a map: no class, no brand. */
export function isMap(row: unknown): row is Record<string, unknown> {
  if (typeof row !== "object" || row === null) return false;
  const prototype: unknown = Object.getPrototypeOf(row);
  return (prototype === Object.prototype || prototype === null) && (row as { [kind]?: unknown })[kind] === undefined;
}
