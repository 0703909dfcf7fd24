import { kindOf } from "@fulgur/neo4j-types";

/**
 * A value of ours as data that msgpackr and JSON carry: numbers for `float()`, plain objects of the wire's fields for
 * nodes and temporals. Made once, outside the timing.
 */
export function plainData(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainData);
  if (value === null || typeof value !== "object") return value;
  const kind = kindOf(value);
  if (kind === "Float") return Number(value);
  if (kind === "Vector") return [...(value as { data: Float64Array }).data];
  if (kind !== undefined && typeof (value as { toJSON?: unknown }).toJSON === "function" && kind !== "Node")
    return { text: String(value) };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainData(item)]));
}
