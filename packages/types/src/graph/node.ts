import { inspect, inspectLine } from "../inspect.ts";
import type { Integer } from "../integer.ts";
import { jsonValue } from "../json.ts";
import { kind, kindOf } from "../kind.ts";
import type { Properties } from "../value.ts";

/**
 * A node of the graph as it was when the query returned it (GRA-05).
 *
 * @typeParam P what its properties are; not checked at run time.
 * @typeParam L the labels that it may have.
 */
export class Node<P extends object = Properties, L extends string = string> {
  /**
   * The node's number in its database.
   *
   * @deprecated numbers are reused after deletion: use {@link elementId} (GRA-08).
   */
  readonly identity: Integer;
  readonly labels: readonly L[];
  readonly properties: P;
  /** The node's identity, valid within the transaction that returned it (GRA-07). */
  readonly elementId: string;

  /** @param elementId default: the identity as text, as Bolt 4.4 has it. */
  constructor(identity: Integer, labels: readonly L[], properties: P, elementId: string = String(identity)) {
    this.identity = identity;
    this.labels = labels;
    this.properties = properties;
    this.elementId = elementId;
  }

  get [kind](): "Node" {
    return "Node";
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
