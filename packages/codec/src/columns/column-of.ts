import { fitsInteger, kindOf } from "@fulgur/neo4j-types";
import { objectFactory } from "../plain/object-factory.ts";
import type { ActiveStructure, Profile } from "../profile.ts";
import { text } from "../text.ts";
import { structureNameOf, withoutNulls } from "../values.ts";
import { makerOfFields } from "../wasm/make.ts";
import {
  BooleanColumn,
  type Column,
  ListColumn,
  MapColumn,
  NullColumn,
  NumberColumn,
  StringColumn,
  StructureColumn,
  ValuesColumn,
} from "./column.ts";

/**
 * The column of values as rows have them; its type is chosen by what they are.
 *
 * @param profile for the fields of structures; without it they are `"values"`.
 */
export function columnOf(values: readonly unknown[], profile?: Profile): Column {
  const first = values.find((value) => value !== null);
  if (first === undefined) return values.includes(undefined) ? new ValuesColumn(values) : new NullColumn(values.length);
  switch (typeof first) {
    case "boolean":
      return booleans(values) ?? new ValuesColumn(values);
    case "number":
    case "bigint":
      return numbers(values) ?? new ValuesColumn(values);
    case "string":
      return strings(values) ?? new ValuesColumn(values);
    default:
      return objects(values, first as object, profile) ?? new ValuesColumn(values);
  }
}

/** Bits of the cells that aren't null; `undefined` if none is. */
export function validityOf(length: number, isNull: (index: number) => boolean): Uint8Array | undefined {
  let validity: Uint8Array | undefined;
  for (let i = 0; i < length; i++) {
    if (!isNull(i)) continue;
    if (validity === undefined) {
      validity = new Uint8Array((length + 7) >> 3).fill(0xff);
      // No bits beyond the end.
      if (length % 8 !== 0) validity[length >> 3] = (1 << (length & 7)) - 1;
    }
    validity[i >> 3] &= ~(1 << (i & 7));
  }
  return validity;
}

function validityOfValues(values: readonly unknown[]): Uint8Array | undefined {
  return validityOf(values.length, (i) => values[i] === null);
}

function booleans(values: readonly unknown[]): Column | undefined {
  if (!values.every((value) => value === null || typeof value === "boolean")) return undefined;
  return new BooleanColumn(Uint8Array.from(values, Number), validityOfValues(values));
}

function numbers(values: readonly unknown[]): Column | undefined {
  let whole = 0;
  let fractions = 0;
  let bigints = 0;
  let safeBigints = 0;
  let isInt32 = true;
  for (const value of values) {
    if (value === null) continue;
    if (typeof value === "bigint") {
      if (!fitsInteger(value)) return undefined;
      bigints++;
      if (Number.isSafeInteger(Number(value))) safeBigints++;
    } else if (typeof value !== "number") {
      return undefined;
    } else if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
      whole++;
      isInt32 &&= (value | 0) === value;
    } else {
      fractions++;
    }
  }
  const validity = validityOfValues(values);
  if (bigints > 0) {
    // Integers are all bigints, so that the whole numbers beside them are floats: 64 bits can't say which is which.
    if (fractions > 0 || (whole > 0 && safeBigints > 0)) return undefined;
    const all = BigInt64Array.from(values as number[], (value) => BigInt(value ?? 0));
    return new NumberColumn("int64", all, validity, whole > 0);
  }
  if (fractions === 0 && isInt32) return new NumberColumn("int32", Int32Array.from(values as number[]), validity);
  const type = fractions === 0 ? "int53" : whole === 0 ? "float64" : "number";
  return new NumberColumn(type, Float64Array.from(values as number[]), validity);
}

function strings(values: readonly unknown[]): Column | undefined {
  if (!values.every((value) => value === null || typeof value === "string")) return undefined;
  const units = (values as (string | null)[]).reduce((sum, value) => sum + (value?.length ?? 0), 0);
  const bytes = new Uint8Array(units * 3);
  const offsets = new Int32Array(values.length + 1);
  let at = 0;
  for (let i = 0; i < values.length; i++) {
    const length = values[i] === null ? 0 : text.encode(values[i] as string, bytes, at);
    if (length < 0) return undefined;
    at += length;
    offsets[i + 1] = at;
  }
  return new StringColumn(offsets, bytes.slice(0, at), validityOfValues(values));
}

function objects(values: readonly unknown[], first: object, profile: Profile | undefined): Column | undefined {
  if (!values.every((value) => typeof value === "object")) return undefined;
  const all = values as readonly (object | null)[];
  if (isFloats(first)) return floatLists(all);
  if (Array.isArray(first)) return all.some(isFloats) ? floatLists(all) : lists(all, profile);
  const found = kindOf(first);
  if (found === undefined) return maps(all, first, profile);
  return profile && structures(all, profile.structureByValue.get(structureNameOf(found, first)), found, profile);
}

function lists(values: readonly (object | null)[], profile: Profile | undefined): Column | undefined {
  const offsets = new Int32Array(values.length + 1);
  const items: unknown[] = [];
  for (const [i, value] of values.entries()) {
    if (value !== null) {
      if (!Array.isArray(value)) return undefined;
      for (const item of value) items.push(item);
    }
    offsets[i + 1] = items.length;
  }
  return new ListColumn(offsets, columnOf(items, profile), validityOfValues(values));
}

/** Lists of floats that came as typed arrays; empty ones as arrays. */
function floatLists(values: readonly (object | null)[]): Column | undefined {
  const offsets = new Int32Array(values.length + 1);
  for (const [i, value] of values.entries()) {
    const isEmpty = value === null || (Array.isArray(value) && value.length === 0);
    if (!isEmpty && !isFloats(value)) return undefined;
    offsets[i + 1] = (offsets[i] as number) + (isEmpty ? 0 : (value as Float64Array).length);
  }
  const items = new Float64Array(offsets[values.length] as number);
  for (const [i, value] of values.entries()) if (isFloats(value)) items.set(value, offsets[i]);
  return new ListColumn(offsets, new NumberColumn("float64", items, undefined), validityOfValues(values), true);
}

function isFloats(value: object | null): value is Float64Array {
  return Object.prototype.toString.call(value) === "[object Float64Array]";
}

function maps(values: readonly (object | null)[], first: object, profile: Profile | undefined): Column | undefined {
  const keys = Object.keys(first);
  for (const value of values) {
    if (value === null) continue;
    const prototype: unknown = Object.getPrototypeOf(value);
    if ((prototype !== Object.prototype && prototype !== null) || kindOf(value) !== undefined) return undefined;
    const own = Object.keys(value);
    if (own.length !== keys.length || own.some((key, i) => key !== keys[i])) return undefined;
  }
  const columns = keys.map((key) =>
    columnOf(
      values.map((value) => propertyOf(value, key)),
      profile,
    ),
  );
  return mapColumn(values.length, keys, columns, validityOfValues(values), false, profile?.codeGeneration === true);
}

/** Of nodes and relationships: a column for each key that one of them has. `undefined` where they have their keys in other orders. */
function propertyMaps(values: readonly unknown[], profile: Profile): Column | undefined {
  const maps = values as readonly (Record<string, unknown> | null)[];
  const places = new Map<string, number>();
  for (const map of maps) {
    if (map === null) continue;
    let last = -1;
    for (const key of Object.keys(map)) {
      const place = places.get(key) ?? places.size;
      if (place < last) return undefined;
      if (place === places.size) places.set(key, place);
      last = place;
    }
  }
  const keys = [...places.keys()];
  const columns = keys.map((key) =>
    columnOf(
      maps.map((map) => (map !== null && Object.hasOwn(map, key) ? map[key] : null)),
      profile,
    ),
  );
  return mapColumn(values.length, keys, columns, validityOfValues(values), true, profile.codeGeneration);
}

function propertyOf(value: object | null, key: string): unknown {
  return value === null ? null : (value as Record<string, unknown>)[key];
}

/** @param sparse whether a null means that there is no such property. */
export function mapColumn(
  length: number,
  keys: readonly string[],
  columns: readonly Column[],
  validity: Uint8Array | undefined,
  sparse: boolean,
  generate: boolean,
): MapColumn {
  const make = objectFactory(keys, generate);
  const whole = (values: readonly unknown[]) => make(values, 0);
  const made = sparse ? (values: readonly unknown[]) => withoutNulls(whole(values)) : whole;
  return new MapColumn(length, keys, columns, validity, made, sparse);
}

const scalars: readonly string[] = ["integer", "float", "boolean", "string"];

function structures(
  values: readonly (object | null)[],
  active: ActiveStructure | undefined,
  name: string,
  profile: Profile,
): Column | undefined {
  if (active === undefined || active.size === 0) return undefined;
  const declared = active.table.fields.slice(0, active.size);
  if (!active.isEntity && !declared.every(({ type }) => scalars.includes(type.kind))) return undefined;
  const columns: unknown[][] = declared.map(() => []);
  try {
    for (const value of values) {
      if (value !== null) {
        const found = kindOf(value);
        if (found !== name || profile.structureByValue.get(structureNameOf(found, value)) !== active) return undefined;
      }
      const fields = value === null ? undefined : active.take(value as never);
      for (const [i, column] of columns.entries()) column.push(fields === undefined ? null : fields[i]);
    }
  } catch {
    // A value that has no fields on this version's wire.
    return undefined;
  }
  const parts = columns.map((column, i) => {
    const properties = active.isEntity && declared[i]?.type.kind === "map" ? propertyMaps(column, profile) : undefined;
    return properties ?? columnOf(column, profile);
  });
  return structureColumn(values.length, active, parts, validityOfValues(values));
}

/** A column of structures of the columns of their fields. */
export function structureColumn(
  length: number,
  active: ActiveStructure,
  columns: readonly Column[],
  validity: Uint8Array | undefined,
): StructureColumn {
  const fields = Object.fromEntries(columns.map((column, i) => [active.table.fields[i]?.name, column]));
  return new StructureColumn(length, active.table.name, fields, validity, makerOfFields(active));
}
