import { inspect } from "../inspect.ts";
import { kind, kindOf } from "../kind.ts";
import type { Node } from "./node.ts";
import { type Relationship, relationshipText } from "./relationship.ts";

/** One step of a path: from a node over a relationship, in or against its direction, to the next node. */
export class PathSegment {
  readonly start: Node;
  readonly relationship: Relationship;
  readonly end: Node;

  constructor(start: Node, relationship: Relationship, end: Node) {
    this.start = start;
    this.relationship = relationship;
    this.end = end;
  }

  get [kind](): "PathSegment" {
    return "PathSegment";
  }

  /** Whether the step goes from the relationship's start to its end. */
  get forward(): boolean {
    return this.relationship.startNodeElementId === this.start.elementId;
  }

  equals(other: unknown): boolean {
    if (kindOf(other) !== "PathSegment") return false;
    const that = other as PathSegment;
    return this.start.equals(that.start) && this.relationship.equals(that.relationship) && this.end.equals(that.end);
  }

  /** Text that is the same for equal values only: a key for Map and Set. */
  toKey(): string {
    return `PathSegment:${[this.start, this.relationship, this.end].map((part) => part.toKey()).join(" ")}`;
  }

  /** One line: `(…)-[…]->(…)`, or `(…)<-[…]-(…)` against the relationship's direction. */
  toString(): string {
    return `${this.start}${stepText(this)}`;
  }

  toJSON(): { start: unknown; relationship: unknown; end: unknown } {
    return { start: this.start.toJSON(), relationship: this.relationship.toJSON(), end: this.end.toJSON() };
  }

  [inspect](): string {
    return `PathSegment ${this}`;
  }
}

/** A segment without its first node. */
export function stepText({ forward, relationship, end }: PathSegment): string {
  const text = relationshipText(relationship);
  return forward ? `-${text}->${end}` : `<-${text}-${end}`;
}
