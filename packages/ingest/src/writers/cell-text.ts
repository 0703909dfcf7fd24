/** Values as text. */
import type { Column } from "@fulgur/neo4j-codec";
import { kindOf, type Node, type Relationship } from "@fulgur/neo4j-types";

/** A column's cells as texts, `undefined` for null. Numbers of a column of floats have a point, whole ones too. */
export function cellTexts(column: Column): (string | undefined)[] {
  const text = column.type === "float64" ? (value: unknown) => floatText(value as number) : plainText;
  return column.toArray().map((value) => (value === null || value === undefined ? undefined : text(value)));
}

/** A column's cells as JSON. */
export function cellJson(column: Column): string[] {
  const values = column.toArray();
  return column.type === "float64"
    ? values.map((value) => (value === null ? "null" : jsonFloat(value as number)))
    : values.map(jsonText);
}

/**
 * Texts as they are, temporal values and UUIDs in their ISO form, everything that has parts as {@link jsonText}.
 */
function plainText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return String(value);
  const text = ownText(value);
  return text ?? jsonText(value);
}

/** Of temporal values, UUIDs, numbers that are objects, and bytes, in base64. */
function ownText(value: object): string | undefined {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (value instanceof Date) return value.toISOString();
  switch (kindOf(value)) {
    case "Date":
    case "Time":
    case "LocalTime":
    case "DateTime":
    case "LocalDateTime":
    case "Duration":
    case "UUID":
    case "Int":
      return String(value);
    case "Float":
      return floatText((value as unknown as { readonly value: number }).value);
    default:
      return undefined;
  }
}

/** With a point where JavaScript writes none, so that it is read as a float again. */
export function floatText(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value);
}

/** What JSON has no number for is a text: `"NaN"`, `"Infinity"`. */
function jsonFloat(value: number): string {
  return Number.isFinite(value) ? floatText(value) : `"${value}"`;
}

/**
 * JSON that loses nothing: whole numbers have all their digits, lists of floats have floats. Nodes, relationships, points and so on are
 * objects, vectors lists, what {@link ownText} has a text for that text.
 */
export function jsonText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return Number.isFinite(value) ? (Object.is(value, -0) ? "-0.0" : String(value)) : `"${value}"`;
    case "bigint":
    case "boolean":
      return String(value);
    case "object":
      return value === null ? "null" : jsonOfObject(value);
    default:
      return "null";
  }
}

function jsonOfObject(value: object): string {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`;
  const kind = kindOf(value);
  if (kind === "Float") return jsonFloat((value as unknown as { readonly value: number }).value);
  if (kind === "Int") return String(value);
  const text = ownText(value);
  if (text !== undefined) return JSON.stringify(text);
  if (ArrayBuffer.isView(value)) return listJson(value as unknown as ArrayLike<number | bigint>);
  switch (kind) {
    case "Vector":
      return listJson((value as unknown as { readonly data: ArrayLike<number | bigint> }).data);
    case "Node": {
      const { elementId, labels, properties } = value as Node;
      return jsonOfObject({ elementId, labels, properties });
    }
    case "Relationship": {
      const { elementId, type, startNodeElementId, endNodeElementId, properties } = value as Relationship;
      return jsonOfObject({ elementId, type, startNodeElementId, endNodeElementId, properties });
    }
    default:
  }
  const { toJSON } = value as { readonly toJSON?: unknown };
  if (typeof toJSON === "function") return jsonText(toJSON.call(value));
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}:${jsonText(item)}`)
    .join(",")}}`;
}

function listJson(values: ArrayLike<number | bigint>): string {
  const isFloat = /Float/.test(Object.prototype.toString.call(values));
  return `[${Array.from(values, (value) => (isFloat ? jsonFloat(value as number) : String(value))).join(",")}]`;
}
