/** A table whose nodes, relationships, lists and maps are columns of what is in them. */
import { type Column, ColumnTable, columnOf } from "@fulgur/neo4j-codec";
import { kindOf, type Node, type Relationship } from "@fulgur/neo4j-types";
import { isPlain } from "../plain-data.ts";

/**
 * Under a column `x`
 *
 * - a node becomes `x().prop.<name>` for each property, `x().element_id` and `x().labels`;
 * - a relationship `x->.prop.<name>`, `x->.element_id`, `x->.start.element_id`, `x->.end.element_id` and `x->.type`;
 * - a list `x[].0`, `x[].1` …, and a map `x{}.<key>`, and what is in those, but not in properties, again.
 *
 * Everything else stays one cell, paths too. Where a row has nothing for a column its cell is null; an empty list or map has no columns.
 * `.` and `\` in keys and in the result's own names have a backslash in front; properties' names stay what they are.
 * (RES-14 to RES-18)
 */
export function expandTable({ length, names, columns }: ColumnTable): ColumnTable {
  const found: [string, Column][] = [];
  for (const [i, column] of columns.entries()) {
    found.push(...expanded(escapeColumnKey(names[i] as string), column));
  }
  return new ColumnTable(
    length,
    found.map(([name]) => name),
    found.map(([, column]) => column),
  );
}

/** A name or key as a part of a column's name. */
export function escapeColumnKey(key: string): string {
  return key.replace(/[.\\]/g, "\\$&");
}

/** The columns of nodes, relationships and maps are taken as they are; what is in others is found value by value. */
function expanded(name: string, column: Column): [string, Column][] {
  if (isFlat(column)) return [[name, column]];
  if (column.type === "map" && !column.sparse) {
    return column.keys.flatMap((key, i) => expanded(`${name}{}.${escapeColumnKey(key)}`, column.columns[i] as Column));
  }
  if (column.type === "structure") {
    const { elementId, labels, properties, startElementId, endElementId, type } = column.fields;
    // Not so on versions of Bolt that derive the element ids from others; nor where nodes differ too much to have columns.
    if (properties?.type === "map" && elementId !== undefined) {
      const own = (prefix: string) =>
        properties.keys
          .map((key, i): [string, Column] => [`${name}${prefix}.prop.${key}`, properties.columns[i] as Column])
          .filter(([, cells]) => hasValue(cells));
      if (labels !== undefined) {
        return [...own("()"), [`${name}().element_id`, elementId], [`${name}().labels`, labels]];
      }
      if (startElementId !== undefined && endElementId !== undefined && type !== undefined) {
        return [
          ...own("->"),
          [`${name}->.element_id`, elementId],
          [`${name}->.start.element_id`, startElementId],
          [`${name}->.end.element_id`, endElementId],
          [`${name}->.type`, type],
        ];
      }
    }
  }
  const place = new Place(name, column.length);
  for (const [row, value] of column.toArray().entries()) place.put(row, value);
  return place.columns();
}

/** Whether not all cells are null. */
function hasValue(column: Column): boolean {
  if (column.type === "null") return false;
  if (column.validity === undefined && column.type !== "values") return column.length > 0;
  for (let i = 0; i < column.length; i++) if (!column.isNull(i)) return true;
  return false;
}

/** Whether its values stay one cell each. */
function isFlat(column: Column): boolean {
  switch (column.type) {
    case "structure":
      return column.name !== "Node" && column.name !== "Relationship";
    case "dictionary":
      return typeof column.dictionary[0] === "string";
    default:
      return column.type !== "list" && column.type !== "map" && column.type !== "values";
  }
}

/** A place in the rows' values: its own cells, and the places within it, in the order of first sight. */
class Place {
  readonly #name: string;
  readonly #rows: number;
  #cells: unknown[] | undefined;
  #isExpanded = false;
  readonly #parts = new Map<string, Place>();

  constructor(name: string, rows: number) {
    this.#name = name;
    this.#rows = rows;
  }

  put(row: number, value: unknown): void {
    if (value === null) return;
    const kind = kindOf(value);
    if (kind === "Node") this.#putNode(row, value as Node);
    else if (kind === "Relationship") this.#putRelationship(row, value as Relationship);
    else if (Array.isArray(value) || value instanceof Float64Array) this.#putList(row, value);
    else if (isPlain(value)) this.#putMap(row, value);
    else this.#set(row, value);
  }

  /** Its columns: its own, then those within. One that was never more than null is a column of nulls. */
  columns(): [string, Column][] {
    const within = [...this.#parts.values()].flatMap((part) => part.columns());
    if (this.#cells === undefined && this.#isExpanded) return within;
    const cells = this.#cells ?? new Array<unknown>(this.#rows).fill(null);
    return [[this.#name, columnOf(cells)], ...within];
  }

  #putNode(row: number, { properties, elementId, labels }: Node): void {
    const node = this.#part("()");
    node.#putProperties(row, properties);
    node.#part(".element_id").#set(row, elementId);
    node.#part(".labels").#set(row, labels);
  }

  #putRelationship(row: number, relationship: Relationship): void {
    const { properties, elementId, startNodeElementId, endNodeElementId, type } = relationship;
    const place = this.#part("->");
    place.#putProperties(row, properties);
    place.#part(".element_id").#set(row, elementId);
    place.#part(".start.element_id").#set(row, startNodeElementId);
    place.#part(".end.element_id").#set(row, endNodeElementId);
    place.#part(".type").#set(row, type);
  }

  #putProperties(row: number, properties: object): void {
    const place = this.#part(".prop");
    place.#isExpanded = true;
    for (const [name, value] of Object.entries(properties)) place.#part(`.${name}`).#set(row, value);
  }

  #putList(row: number, items: ArrayLike<unknown>): void {
    const place = this.#part("[]");
    place.#isExpanded = true;
    for (let i = 0; i < items.length; i++) place.#part(`.${i}`).put(row, items[i]);
  }

  #putMap(row: number, map: { readonly [key: string]: unknown }): void {
    const place = this.#part("{}");
    place.#isExpanded = true;
    for (const [key, item] of Object.entries(map)) place.#part(`.${escapeColumnKey(key)}`).put(row, item);
  }

  #set(row: number, value: unknown): void {
    this.#cells ??= new Array<unknown>(this.#rows).fill(null);
    this.#cells[row] = value;
  }

  #part(name: string): Place {
    this.#isExpanded = true;
    let part = this.#parts.get(name);
    if (part === undefined) {
      part = new Place(this.#name + name, this.#rows);
      this.#parts.set(name, part);
    }
    return part;
  }
}
