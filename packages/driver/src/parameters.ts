/** The driver's own check of parameters, before it asks for a connection; what can't be sent is the encoder's to refuse. */
import { kindOf, ParameterError } from "@fulgur/neo4j-types";

/** Values by the names that the query uses for them, such as `name` for `$name`. */
// biome-ignore lint/suspicious/noExplicitAny: `unknown` would refuse objects whose type is an interface
export type Parameters = Readonly<{ [name: string]: any }>;

/**
 * Refuses what is no map of values by their names, and top-level `undefined`, which is a forgotten parameter far more often than a null.
 *
 * @throws ParameterError with the path of the value
 */
export function checkParameters(parameters: Parameters): void {
  if (!isPlain(parameters)) {
    const type = typeOf(parameters);
    const advice = type === "Map" ? " Pass Object.fromEntries(map)." : "";
    throw new ParameterError(`The parameters must be a plain object: values by their names, not ${type}.${advice}`, {
      path: "",
      type,
    });
  }
  for (const name of Object.keys(parameters)) {
    if (parameters[name] !== undefined) continue;
    throw new ParameterError(`The parameter ${name} is undefined: pass null, or leave it out.`, {
      path: name,
      type: "undefined",
    });
  }
}

/** An object literal or the like, also one of another realm. */
function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, "isPrototypeOf");
}

function typeOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  if (Array.isArray(value)) return "array";
  const { constructor } = value;
  return kindOf(value) ?? (typeof constructor === "function" && constructor.name !== "" ? constructor.name : "object");
}
