/**
 * The well-known symbol under which every value of this package carries the name of its type.
 *
 * It is registered with `Symbol.for`, so that two copies of the package in one program recognise each other's values,
 * which `instanceof` would not. On classes it sits on the prototype: asking costs one property load and no instance pays for it.
 */
export const kind = Symbol.for("fulgur.neo4j.kind");

/** The kinds that have a class here. A structure without one carries its own name, see {@link brandedStructure}. */
export type Kind =
  | "Node"
  | "Relationship"
  | "UnboundRelationship"
  | "Path"
  | "PathSegment"
  | "Date"
  | "Time"
  | "LocalTime"
  | "DateTime"
  | "LocalDateTime"
  | "Duration"
  | "Point"
  | "Vector"
  | "UUID"
  | "UnsupportedType"
  | "Int"
  | "Float";

/**
 * The name of a value's Neo4j type, such as `"Node"`, whichever copy of the package made it.
 *
 * @returns the name, or `undefined` for everything that carries no brand (numbers, strings, plain objects, arrays, ...).
 */
export function kindOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const name = (value as { readonly [kind]?: unknown })[kind];
  return typeof name === "string" ? name : undefined;
}

/** A structure that has no class: its fields by name, and its name under {@link kind}. */
export type BrandedStructure<Name extends string = string, Fields extends object = Record<string, unknown>> = Fields & {
  readonly [kind]: Name;
};

/**
 * Makes the value that a structure without a class decodes to: a plain object of its fields, branded by its name.
 * A protocol version newer than this package's classes stays usable this way.
 *
 * @param name the structure's name in the spec, such as `"Gadget"`.
 * @param fields its fields by name.
 */
export function brandedStructure<Name extends string, Fields extends object>(
  name: Name,
  fields: Fields,
): BrandedStructure<Name, Fields> {
  return { ...fields, [kind]: name };
}
