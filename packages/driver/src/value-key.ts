/** Values as text that is the same for equal values and for no others: what equality of records goes by. */
import { kindOf } from "@fulgur/neo4j-types";

/**
 * A number equals a bigint of the same value, NaN equals NaN, 0 equals -0; typed arrays equal arrays of their numbers, but bytes
 * are bytes; maps are equal whatever the order of their keys; nodes and relationships by their ids.
 */
export function valueKey(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return Number.isInteger(value) ? String(BigInt(value)) : String(value);
    case "object":
      return value === null ? "null" : objectKey(value);
    default:
      return String(value);
  }
}

function objectKey(value: object): string {
  if ("toKey" in value && typeof value.toKey === "function") return String(value.toKey());
  if (ArrayBuffer.isView(value) || Array.isArray(value) || value instanceof Set) {
    const items = Array.from(value as unknown as Iterable<unknown>, valueKey).join();
    return value instanceof Uint8Array ? `bytes[${items}]` : `[${items}]`;
  }
  if (value instanceof Map) return mapKey([...value]);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null)
    return `${kindOf(value) ?? ""}${mapKey(Object.entries(value))}`;
  // Of others' classes, such as Temporal's, what they say of themselves in JSON.
  return `${Object.prototype.toString.call(value)}${JSON.stringify(value)}`;
}

function mapKey(entries: readonly (readonly [unknown, unknown])[]): string {
  const texts = entries.map(([key, item]) => `${valueKey(key)}:${valueKey(item)}`);
  return `{${texts.sort().join()}}`;
}
