import {
  BooleanColumn,
  type Column,
  DictionaryColumn,
  ListColumn,
  type MapColumn,
  NullColumn,
  NumberColumn,
  StringColumn,
  type StructureColumn,
  ValuesColumn,
} from "./column.ts";
import { columnOf, mapColumn } from "./column-of.ts";
import { joinNumbers } from "./join-numbers.ts";
import { joinValidity, lengthOf } from "./join-validity.ts";

/** Offsets have 32 bits. */
const mostItems = 0x7fff_ffff;

/**
 * One column of the cells of several, in order. Parts of one type stay of it; integers become wider where they have to, and integers
 * beside floats `"number"`. What has no type in common becomes `"values"`.
 */
export function joinColumns(parts: readonly Column[]): Column {
  const some = parts.filter((part) => part.length > 0);
  const typed = some.filter((part) => part.type !== "null");
  const [first] = typed;
  if (first === undefined) return new NullColumn(lengthOf(some));
  if (some.length === 1) return first;
  return joinTyped(some, typed) ?? new ValuesColumn(some.flatMap((part) => part.toArray()));
}

function isAll<Type extends Column["type"]>(
  columns: readonly Column[],
  type: Type,
): columns is Extract<Column, { readonly type: Type }>[] {
  return columns.every((column) => column.type === type);
}

/** @param typed those of the parts that don't hold nothing but nulls. */
function joinTyped(parts: readonly Column[], typed: readonly Column[]): Column | undefined {
  if (isAll(typed, "boolean")) return joinBooleans(parts);
  if (typed.every((column) => column instanceof NumberColumn)) return joinNumbers(parts, typed);
  if (isAll(typed, "string")) return joinStrings(parts, typed);
  if (typed.some((column) => column.type === "dictionary")) return joinCoded(parts, typed);
  if (isAll(typed, "list")) return joinLists(parts, typed);
  if (isAll(typed, "map")) return joinMaps(parts, typed);
  if (isAll(typed, "structure")) return joinStructures(parts, typed);
  return undefined;
}

function joinBooleans(parts: readonly Column[]): Column {
  const values = new Uint8Array(lengthOf(parts));
  let at = 0;
  for (const part of parts) {
    if (part.type === "boolean") values.set(part.values, at);
    at += part.length;
  }
  return new BooleanColumn(values, joinValidity(parts));
}

function joinStrings(parts: readonly Column[], typed: readonly StringColumn[]): Column | undefined {
  const size = typed.reduce((sum, column) => sum + (column.offsets[column.length] as number), 0);
  if (size > mostItems) return undefined;
  const bytes = new Uint8Array(size);
  const offsets = joinOffsets(parts, (part, at) => {
    if (part.type !== "string") return undefined;
    bytes.set(part.bytes.subarray(0, part.offsets[part.length]), at);
    return part.offsets;
  });
  return new StringColumn(offsets, bytes, joinValidity(parts));
}

/** @param offsetsOf takes over a part's items, of which there are `at` before; `undefined` for one without any. */
function joinOffsets(
  parts: readonly Column[],
  offsetsOf: (part: Column, at: number) => Int32Array | undefined,
): Int32Array {
  const offsets = new Int32Array(lengthOf(parts) + 1);
  let cell = 0;
  let at = 0;
  for (const part of parts) {
    const own = offsetsOf(part, at);
    if (own === undefined) offsets.fill(at, cell + 1, cell + 1 + part.length);
    else shift(offsets, cell, own, part.length, at);
    cell += part.length;
    at = offsets[cell] as number;
  }
  return offsets;
}

/** A loop of its own, which sees nothing but arrays of integers. */
function shift(offsets: Int32Array, cell: number, own: Int32Array, length: number, by: number): void {
  for (let i = 1; i <= length; i++) offsets[cell + i] = by + (own[i] as number);
}

/**
 * A column that is coded in some parts. The first rows of a result and single ones between its regions come as they are: where they are the
 * fewer, and repeat, they are coded as well; else what repeats in one batch doesn't in the next.
 */
function joinCoded(parts: readonly Column[], typed: readonly Column[]): Column {
  const others = typed.filter((part) => part.type !== "dictionary");
  if (others.length === 0) return joinDictionaries(parts);
  if (lengthOf(others) * 2 < lengthOf(typed) && others.every(isCodable)) {
    const coded = joinDictionaries(parts);
    // As few different ones as the decoder asks for, too.
    if (coded.dictionary.length * 10 < lengthOf(typed) * 3) return coded;
  }
  return joinColumns(parts.map((part) => (part.type === "dictionary" ? columnOf(part.toArray(), undefined) : part)));
}

function isCodable(column: Column): boolean {
  return column.type === "string" || (column.type === "list" && ["string", "null"].includes(column.items.type));
}

/** Parts of other types are columns of strings, or of lists of them. */
function joinDictionaries(parts: readonly Column[]): DictionaryColumn {
  const strings = new Map<string, number>();
  const lists = new Map<string, number>();
  const dictionary: unknown[] = [];
  const indices = new Int32Array(lengthOf(parts));
  const placeOf = (value: unknown): number => {
    // Equal lists are one, whichever batch they came in; a string that looks like one is another value.
    const [places, key] = typeof value === "string" ? [strings, value] : [lists, JSON.stringify(value)];
    let place = places.get(key);
    if (place === undefined) places.set(key, (place = dictionary.push(value) - 1));
    return place;
  };
  let at = 0;
  for (const part of parts) {
    if (part.type === "dictionary") {
      const place = part.dictionary.map(placeOf);
      for (let i = 0; i < part.length; i++) indices[at + i] = place[part.indices[i] as number] ?? 0;
    } else if (part.type !== "null") {
      for (const [i, value] of part.toArray().entries()) if (value !== null) indices[at + i] = placeOf(value);
    }
    at += part.length;
  }
  return new DictionaryColumn(indices, dictionary, joinValidity(parts));
}

function joinLists(parts: readonly Column[], typed: readonly ListColumn[]): Column | undefined {
  // Empty lists come as arrays, whatever lists of floats come as.
  const filled = typed.filter(({ items }) => items.length > 0);
  if (lengthOf(typed.map(({ items }) => items)) > mostItems) return undefined;
  const isTyped = filled.length > 0 && filled.every((column) => column.typed);
  if (!isTyped && filled.some((column) => column.typed)) return undefined;
  const offsets = joinOffsets(parts, (part) => (part.type === "list" ? part.offsets : undefined));
  return new ListColumn(offsets, joinColumns(typed.map(({ items }) => items)), joinValidity(parts), isTyped);
}

function joinMaps(parts: readonly Column[], typed: readonly MapColumn[]): Column | undefined {
  const sparse = typed.every((column) => column.sparse);
  const { keys: first } = typed[0] as MapColumn;
  const isSame = ({ keys }: MapColumn) => keys.length === first.length && keys.every((key, i) => key === first[i]);
  if (!sparse && !typed.every((column) => !column.sparse && isSame(column))) return undefined;
  const keys = sparse ? [...new Set(typed.flatMap((column) => column.keys))] : first;
  const columns = keys.map((key) =>
    joinColumns(
      parts.map((part) => {
        const at = part.type === "map" ? part.keys.indexOf(key) : -1;
        return part.type === "map" && at >= 0 ? (part.columns[at] as Column) : new NullColumn(part.length);
      }),
    ),
  );
  return mapColumn(lengthOf(parts), keys, columns, joinValidity(parts), sparse, false);
}

function joinStructures(parts: readonly Column[], typed: readonly StructureColumn[]): Column | undefined {
  const first = typed[0] as StructureColumn;
  if (!typed.every(({ name }) => name === first.name)) return undefined;
  const columns = Object.keys(first.fields).map((field) =>
    joinColumns(parts.map((part) => (part.type === "structure" && part.fields[field]) || new NullColumn(part.length))),
  );
  return first.withCells(lengthOf(parts), columns, joinValidity(parts));
}
