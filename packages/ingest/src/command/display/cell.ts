/** Values as a table shows them: one line each, the way Cypher writes them. */

import { isBrokenValue } from "@fulgur/neo4j-driver";
import { kindOf, type Node, type Path, type Relationship, type UnboundRelationship } from "@fulgur/neo4j-types";
import { harmless } from "./width.ts";

/** A value as a cell of a table; a text without quotes. */
export function cellOf(value: unknown): string {
  return typeof value === "string" ? harmless(value) : harmless(literal(value));
}

/** Whether a column of such values is aligned to the right. */
export function isNumeric(value: unknown): boolean {
  return typeof value === "number" || typeof value === "bigint";
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object") return String(value);
  if (isBrokenValue(value)) return "(can't be read)";
  switch (kindOf(value)) {
    case "Node":
      return node(value as Node);
    case "Relationship":
    case "UnboundRelationship":
      return relationship(value as Relationship);
    case "Path":
      return path(value as Path);
    case undefined:
      break;
    default:
      return String(value);
  }
  if (value instanceof Uint8Array)
    return `0x${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  if (ArrayBuffer.isView(value)) return `[${Array.from(value as unknown as ArrayLike<unknown>, literal).join(", ")}]`;
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  return map(value);
}

function map(value: object): string {
  const entries = Object.entries(value).map(([key, item]) => `${name(key)}: ${literal(item)}`);
  return `{${entries.join(", ")}}`;
}

function node({ labels, properties }: Node): string {
  const names = labels.map((label) => `:${name(label)}`).join("");
  const values = Object.keys(properties).length === 0 ? "" : map(properties);
  return `(${[names, values].filter((part) => part !== "").join(" ")})`;
}

function relationship({ type, properties }: Relationship | UnboundRelationship): string {
  const values = Object.keys(properties).length === 0 ? "" : ` ${map(properties)}`;
  return `[:${name(type)}${values}]`;
}

function path({ start, segments }: Path): string {
  const steps = segments.map(({ start, relationship: step, end }) => {
    const forth = step.startNodeElementId === start.elementId;
    return `${forth ? "-" : "<-"}${relationship(step)}${forth ? "->" : "-"}${node(end)}`;
  });
  return node(start) + steps.join("");
}

/** A name as Cypher writes it. */
function name(text: string): string {
  return /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(text) ? text : `\`${text.replaceAll("`", "``")}\``;
}
