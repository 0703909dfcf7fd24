/** The types that a field can be declared to have. */

/** See {@link PropertyType}. */
export const propertyTypes = [
  "integer",
  "float",
  "string",
  "boolean",
  "date",
  "datetime",
  "localdatetime",
  "time",
  "localtime",
  "duration",
  "point",
  "vector",
] as const;

/**
 * A Cypher type by its name. A text becomes a value of it as Cypher's own functions would read it, numbers and JavaScript's `Date` where they can stand for
 * one, and what has the type already stays. `null`, `undefined` and, of all but strings, the empty text are null. A list of a type is its name with
 * `[]` behind it, for fields that hold arrays.
 */
export type PropertyType = (typeof propertyTypes)[number] | `${(typeof propertyTypes)[number]}[]`;
