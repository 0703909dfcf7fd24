/**
 * What the generated tables are made by: there each thing is a short row, which says what isn't as usual. Written out they
 * would be a tenth of the package in a bundle. The functions have no effects, so that bundlers can leave out a table.
 */
import type { KeyTable, MapTable, MessageTable, StructureTable, WireType } from "./tables.ts";

export const any: WireType = { kind: "any" };
export const boolean: WireType = { kind: "boolean" };
export const bytes: WireType = { kind: "bytes" };
export const float: WireType = { kind: "float" };
export const integer: WireType = { kind: "integer" };
export const string: WireType = { kind: "string" };
export const uuid: WireType = { kind: "uuid" };

/* @__NO_SIDE_EFFECTS__ */
export function list(of: WireType): WireType {
  return { kind: "list", of };
}

/* @__NO_SIDE_EFFECTS__ */
export function map(of: WireType): WireType {
  return { kind: "map", of };
}

/* @__NO_SIDE_EFFECTS__ */
export function structure(name: string): WireType {
  return { kind: "structure", name };
}

/* @__NO_SIDE_EFFECTS__ */
export function table(name: string): WireType {
  return { kind: "table", name };
}

/** A key or field. It is in all versions, and its name on the wire is the API's in snake case, if nothing else is said. */
export type KeyRow = readonly [name: string, type: WireType, more?: Partial<Omit<KeyTable, "name" | "type">>];

/** A message: in all versions, if nothing else is said. */
export type MessageRow = readonly [
  name: string,
  signature: number,
  direction: MessageTable["direction"],
  fields: readonly KeyRow[],
  more?: Partial<Pick<MessageTable, "on" | "success" | "unanswered">>,
];

/** A structure: in all versions, of one form, sendable, and carrying the value of its own name, if nothing else is said. */
export type StructureRow = readonly [
  name: string,
  tag: number,
  read: StructureTable["read"],
  write: StructureTable["write"],
  fields: readonly KeyRow[],
  more?: Partial<Pick<StructureTable, "value" | "form" | "on" | "sendable">>,
];

function keyOf([name, type, more]: KeyRow): KeyTable {
  return { name, key: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), type, on: [], ...more };
}

/* @__NO_SIDE_EFFECTS__ */
export function mapTablesOf(maps: Readonly<Record<string, readonly KeyRow[]>>): Record<string, MapTable> {
  return Object.fromEntries(Object.entries(maps).map(([name, keys]) => [name, { name, keys: keys.map(keyOf) }]));
}

/* @__NO_SIDE_EFFECTS__ */
export function messagesOf(rows: readonly MessageRow[]): MessageTable[] {
  return rows.map(([name, signature, direction, fields, more]) => {
    return { name, signature, direction, on: [], fields: fields.map(keyOf), ...more };
  });
}

/* @__NO_SIDE_EFFECTS__ */
export function structuresOf(rows: readonly StructureRow[]): StructureTable[] {
  return rows.map(([name, tag, read, write, fields, more]) => {
    return {
      name,
      tag,
      value: name,
      form: "",
      on: [],
      sendable: true,
      fields: fields.map(keyOf),
      read,
      write,
      ...more,
    };
  });
}
