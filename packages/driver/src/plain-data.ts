/** What `data()` makes of values: plain data that JSON can hold, for a first look at a result. (REC-15) */
import { jsonValue, kindOf, type Node, type Path, type Relationship } from "@fulgur/neo4j-types";

/** Plain data of the values of one record, or of all that are read together. */
export class PlainData {
  readonly #values: Iterable<unknown>;
  #nodes: Map<string, object> | undefined;

  /** @param values what a relationship's nodes are looked for in. */
  constructor(values: Iterable<unknown>) {
    this.#values = values;
  }

  /**
   * A node becomes its properties; a relationship the properties of its start, its type, and the properties of its end, each
   * empty where the node isn't known; a path its nodes' properties with the relationships' types between them. Lists and maps
   * are gone into. A bigint becomes a number where that is safe, else decimal text. All else stays what it is.
   */
  of(value: unknown): unknown {
    if (typeof value === "bigint") return jsonValue(value);
    if (typeof value !== "object" || value === null) return value;
    switch (kindOf(value)) {
      case "Node":
        return this.#map((value as Node).properties);
      case "Relationship":
        return this.#relationship(value as Relationship);
      case "Path":
        return this.#path(value as Path);
      case undefined:
        return this.#collection(value);
      default:
        return value;
    }
  }

  #relationship(relationship: Relationship): unknown[] {
    const { startNode, endNode, startNodeElementId, endNodeElementId, type } = relationship;
    this.#nodes ??= nodesIn(this.#values, new Map());
    const start = startNode?.properties ?? this.#nodes.get(startNodeElementId) ?? {};
    const end = endNode?.properties ?? this.#nodes.get(endNodeElementId) ?? {};
    return [this.#map(start), type, this.#map(end)];
  }

  #path({ start, segments }: Path): unknown[] {
    const steps = segments.flatMap(({ relationship, end }) => [relationship.type, this.#map(end.properties)]);
    return [this.#map(start.properties), ...steps];
  }

  #collection(value: object): unknown {
    if (Array.isArray(value)) return value.map((item) => this.of(item));
    if (ArrayBuffer.isView(value)) return value instanceof Uint8Array ? value : this.of([...(value as Float64Array)]);
    if (isPlain(value)) return this.#map(value);
    return value;
  }

  #map(map: object): object {
    return Object.fromEntries(Object.entries(map).map(([key, item]) => [key, this.of(item)]));
  }
}

function nodesIn(values: Iterable<unknown>, found: Map<string, object>): Map<string, object> {
  for (const value of values) {
    const kind = kindOf(value);
    if (kind === "Node") found.set((value as Node).elementId, (value as Node).properties);
    else if (kind === "Path") nodesIn((value as Path).nodes, found);
    else if (kind === undefined && Array.isArray(value)) nodesIn(value, found);
    else if (kind === undefined && isPlain(value)) nodesIn(Object.values(value), found);
  }
  return found;
}

/** Whether it is a map as results have them, and not an object of some class. */
export function isPlain(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && kindOf(value) === undefined;
}
