import { inspect } from "../inspect.ts";
import type { Integer } from "../integer.ts";
import { jsonValue } from "../json.ts";
import { kind, kindOf } from "../kind.ts";
import type { Properties } from "../value.ts";
import type { Graph } from "./graph.ts";
import { graphOf } from "./graph-of.ts";
import { idText } from "./id-text.ts";
import { entityText, type Node } from "./node.ts";
import { propertyOf } from "./properties.ts";

/**
 * A relationship of the graph as it was when the query returned it (GRA-15).
 *
 * @typeParam P what its properties are; not checked at run time.
 * @typeParam T its type's name.
 */
export class Relationship<P extends object = Properties, T extends string = string> {
  /**
   * The relationship's number in its database; `null` where the server keeps it to itself, as are {@link start} and {@link end}.
   *
   * @deprecated numbers are reused after deletion: use {@link elementId} (GRA-08).
   */
  readonly identity: Integer | null;
  /** The start node's number. @deprecated use {@link startNodeElementId}. */
  readonly start: Integer | null;
  /** The end node's number. @deprecated use {@link endNodeElementId}. */
  readonly end: Integer | null;
  readonly type: T;
  readonly properties: P;
  /** The relationship's identity, valid within the transaction that returned it. */
  readonly elementId: string;
  readonly startNodeElementId: string;
  readonly endNodeElementId: string;

  /** Element ids default to the numbers as text, as Bolt 4.4 has them. */
  constructor(
    identity: Integer | null,
    start: Integer | null,
    end: Integer | null,
    type: T,
    properties: P,
    elementId: string = idText(identity),
    startNodeElementId: string = idText(start),
    endNodeElementId: string = idText(end),
  ) {
    this.identity = identity;
    this.start = start;
    this.end = end;
    this.type = type;
    this.properties = properties;
    this.elementId = elementId;
    this.startNodeElementId = startNodeElementId;
    this.endNodeElementId = endNodeElementId;
  }

  get [kind](): "Relationship" {
    return "Relationship";
  }

  /** How many properties it has (GRA-11). */
  get size(): number {
    return Object.keys(this.properties).length;
  }

  /** The properties' names, in the order of {@link properties} (GRA-13). */
  keys(): IterableIterator<string> {
    return Object.keys(this.properties)[Symbol.iterator]();
  }

  /** The properties' values, in the order of {@link keys}. */
  values<V = P[keyof P]>(): IterableIterator<V> {
    return (Object.values(this.properties) as V[])[Symbol.iterator]();
  }

  /** Name and value of each property, in the order of {@link keys}. */
  entries<V = P[keyof P]>(): IterableIterator<[string, V]> {
    return (Object.entries(this.properties) as [string, V][])[Symbol.iterator]();
  }

  /** Whether it has a property. */
  has(name: string): boolean {
    return Object.hasOwn(this.properties, name);
  }

  /**
   * A property, or what is given instead when it has none of that name (GRA-12). {@link property} is the strict form.
   *
   * @param fallback default `null`.
   */
  get<K extends keyof P & string>(name: K): P[K] | null;
  get<K extends keyof P & string, D>(name: K, fallback: D): P[K] | D;
  get(name: string, fallback: unknown = null): unknown {
    return Object.hasOwn(this.properties, name) ? Reflect.get(this.properties, name) : fallback;
  }

  /** A property that has to be there. @throws RangeError that lists the names when it isn't. */
  property<K extends keyof P & string>(name: K): P[K] {
    return propertyOf(this.properties, name, "relationship");
  }

  /** The {@link Graph} that the entity was put into, if it was (GRA-14). */
  get graph(): Graph | undefined {
    return graphOf(this);
  }

  /**
   * The node that it starts from, once the relationship was put into a {@link Graph} (GRA-17); else `null`: only its id came along. A node
   * that wasn't returned itself has neither labels nor properties.
   */
  get startNode(): Node | null {
    return this.graph?.nodes.get(this.startNodeElementId) ?? null;
  }

  /** The node that it leads to, see {@link startNode}. */
  get endNode(): Node | null {
    return this.graph?.nodes.get(this.endNodeElementId) ?? null;
  }

  /** {@link startNode} and {@link endNode}. */
  get nodes(): [Node | null, Node | null] {
    return [this.startNode, this.endNode];
  }

  /** Text that is the same for equal relationships only: a key for Map and Set (GRA-10). */
  toKey(): string {
    return `Relationship:${this.elementId}`;
  }

  /** Whether both are the same relationship: equal element ids, whatever else they hold (GRA-09). */
  equals(other: unknown): boolean {
    return kindOf(other) === "Relationship" && (other as Relationship).elementId === this.elementId;
  }

  /** One line: `(4:…:1)-[5:…:1:KNOWS {since: 1999}]->(4:…:2)`. */
  toString(): string {
    return `(${this.startNodeElementId})-${relationshipText(this)}->(${this.endNodeElementId})`;
  }

  /** Plain fields; whole numbers that aren't safe become decimal text. */
  toJSON(): Record<string, unknown> {
    return {
      identity: jsonValue(this.identity),
      start: jsonValue(this.start),
      end: jsonValue(this.end),
      type: this.type,
      properties: jsonValue(this.properties),
      elementId: this.elementId,
      startNodeElementId: this.startNodeElementId,
      endNodeElementId: this.endNodeElementId,
    };
  }

  [inspect](): string {
    return `Relationship ${this}`;
  }
}

/** `[5:…:1:KNOWS {since: 1999}]`. */
export function relationshipText(relationship: {
  readonly elementId: string;
  readonly type: string;
  readonly properties: object;
}): string {
  return `[${entityText(relationship.elementId, [relationship.type], relationship.properties)}]`;
}
