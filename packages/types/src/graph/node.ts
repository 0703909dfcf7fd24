import { inspect, inspectLine } from "../inspect.ts";
import type { Integer } from "../integer.ts";
import { jsonValue } from "../json.ts";
import { kind, kindOf } from "../kind.ts";
import type { Properties } from "../value.ts";
import type { Graph } from "./graph.ts";
import { graphOf } from "./graph-of.ts";
import { idText } from "./id-text.ts";
import { propertyOf } from "./properties.ts";

/**
 * A node of the graph as it was when the query returned it (GRA-05).
 *
 * @typeParam P what its properties are; not checked at run time.
 * @typeParam L the labels that it may have.
 */
export class Node<P extends object = Properties, L extends string = string> {
  /**
   * The node's number in its database; `null` where the server keeps it to itself.
   *
   * @deprecated numbers are reused after deletion: use {@link elementId} (GRA-08).
   */
  readonly identity: Integer | null;
  readonly labels: readonly L[];
  readonly properties: P;
  /** The node's identity, valid within the transaction that returned it (GRA-07). */
  readonly elementId: string;

  /** @param elementId default: the identity as text, as Bolt 4.4 has it. */
  constructor(identity: Integer | null, labels: readonly L[], properties: P, elementId: string = idText(identity)) {
    this.identity = identity;
    this.labels = labels;
    this.properties = properties;
    this.elementId = elementId;
  }

  get [kind](): "Node" {
    return "Node";
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
    return propertyOf(this.properties, name, "node");
  }

  /** The {@link Graph} that the entity was put into, if it was (GRA-14). */
  get graph(): Graph | undefined {
    return graphOf(this);
  }

  /** Whether it has a label (GRA-06). */
  hasLabel(label: string): boolean {
    return (this.labels as readonly string[]).includes(label);
  }

  /** Text that is the same for equal nodes only: a key for Map and Set (GRA-10). So is {@link elementId}, among nodes. */
  toKey(): string {
    return `Node:${this.elementId}`;
  }

  /** Whether both are the same node: equal element ids, whatever else they hold (GRA-09). */
  equals(other: unknown): boolean {
    return kindOf(other) === "Node" && (other as Node).elementId === this.elementId;
  }

  /** One line: `(4:…:1:Person {name: "Ada"})`. */
  toString(): string {
    return `(${entityText(this.elementId, this.labels, this.properties)})`;
  }

  /** Plain fields; whole numbers that aren't safe become decimal text. */
  toJSON(): { identity: unknown; labels: readonly L[]; properties: unknown; elementId: string } {
    return {
      identity: jsonValue(this.identity),
      labels: this.labels,
      properties: jsonValue(this.properties),
      elementId: this.elementId,
    };
  }

  [inspect](): string {
    return `Node ${this}`;
  }
}

/** What stands between the brackets of a node or relationship: element id, labels or type, properties. */
export function entityText(elementId: string, labels: readonly string[], properties: object): string {
  const names = labels.map((label) => `:${label}`).join("");
  return Object.keys(properties).length === 0 ? elementId + names : `${elementId}${names} ${inspectLine(properties)}`;
}
