/** The driver's own check of parameters; what has no Cypher type at all is the encoder's to refuse. */
import type { Column, ColumnTable } from "@fulgur/neo4j-codec";
import { kindOf, ParameterError } from "@fulgur/neo4j-types";

/** Values by the names that the query uses for them, such as `name` for `$name`. */
// biome-ignore lint/suspicious/noExplicitAny: `unknown` would refuse objects whose type is an interface
export type Parameters = Readonly<{ [name: string]: any }>;

const graphKinds: ReadonlySet<string> = new Set(["Node", "Relationship", "UnboundRelationship", "Path", "PathSegment"]);
/** Only servers send it: for a value of a type that the connection's version can't carry (MAP-18). */
const standIn = "UnsupportedType";
const deepest = 500;

/**
 * Refuses graph values, which a server takes neither as a reference nor as a value (QRY-05), what stands for a value of a newer type, and
 * top-level `undefined`, which is a forgotten parameter far more often than a null.
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
    const value = parameters[name];
    if (value === undefined) {
      throw new ParameterError(`The parameter ${name} is undefined: pass null, or leave it out.`, {
        path: name,
        type: "undefined",
      });
    }
    if (typeof value !== "object" || value === null) continue;
    const refused = refusedIn(value, 1);
    if (refused !== undefined) throw refusal(name + refused.path, refused.kind);
  }
}

/** What can't be sent: where in the value it is, and its kind; none where the value is nested too deep. */
interface Refused {
  path: string;
  readonly kind: string | undefined;
}

/** Most values are fine, and there may be millions: the path is put together on the way back, where something is wrong. */
function refusedIn(value: object, depth: number): Refused | undefined {
  if (Array.isArray(value)) {
    if (depth > deepest) return { path: "", kind: undefined };
    for (let at = 0; at < value.length; at++) {
      const item: unknown = value[at];
      if (typeof item !== "object" || item === null) continue;
      const refused = refusedIn(item, depth + 1);
      if (refused !== undefined) return within(`[${at}]`, refused);
    }
    return undefined;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) {
    if (depth > deepest) return { path: "", kind: undefined };
    const map = value as { [key: string]: unknown };
    for (const key in map) {
      const item = map[key];
      if (typeof item !== "object" || item === null) continue;
      const refused = refusedIn(item, depth + 1);
      if (refused !== undefined) return within(`.${key}`, refused);
    }
  } else if (value instanceof Map || value instanceof Set) {
    if (depth > deepest) return { path: "", kind: undefined };
    let at = 0;
    for (const [key, item] of value.entries()) {
      const position = at++;
      if (typeof item !== "object" || item === null) continue;
      const refused = refusedIn(item, depth + 1);
      // A Set's keys are its values, and a Map's may be anything: neither may get into a message.
      if (refused !== undefined) return within(typeof key === "string" ? `.${key}` : `[${position}]`, refused);
    }
  }
  const kind = kindOf(value);
  if (kind === "ColumnTable") return refusedInTable(value as ColumnTable, depth);
  const isRefused = kind !== undefined && (graphKinds.has(kind) || kind === standIn);
  return isRefused ? { path: "", kind } : undefined;
}

/** Tables go over the wire as lists of maps; their typed columns hold nothing that is refused but structures of a graph. */
function refusedInTable({ names, columns }: ColumnTable, depth: number): Refused | undefined {
  for (const [at, column] of columns.entries()) {
    const refused = refusedInColumn(column, depth + 1);
    if (refused !== undefined) return within(`.${names[at]}`, refused);
  }
  return undefined;
}

function refusedInColumn(column: Column, depth: number): Refused | undefined {
  switch (column.type) {
    case "values":
      return refusedIn(column.values as unknown[], depth);
    case "list":
      return refusedInColumn(column.items, depth + 1);
    case "map": {
      for (const [at, inner] of column.columns.entries()) {
        const refused = refusedInColumn(inner, depth + 1);
        if (refused !== undefined) return within(`.${column.keys[at]}`, refused);
      }
      return undefined;
    }
    case "structure":
      return graphKinds.has(column.name) || column.name === standIn ? { path: "", kind: column.name } : undefined;
    default:
      return undefined;
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

function within(step: string, refused: Refused): Refused {
  refused.path = step + refused.path;
  return refused;
}

function refusal(path: string, kind: string | undefined): ParameterError {
  if (kind === undefined) {
    return new ParameterError(`A parameter is nested deeper than ${deepest} levels; does it contain itself?`, {
      path: path.slice(0, 40),
      type: "object",
    });
  }
  const article = kind === standIn ? "an" : "a";
  const advice =
    kind === standIn
      ? "it stands for a value of a type that needs a newer Bolt version"
      : "pass its properties or its elementId";
  return new ParameterError(`The parameter ${path} is ${article} ${kind}, which can't be sent: ${advice}.`, {
    path,
    type: kind,
  });
}
