import { inspect } from "../inspect.ts";
import type { Integer } from "../integer.ts";
import { jsonValue } from "../json.ts";
import { kind, kindOf } from "../kind.ts";
import type { Properties } from "../value.ts";
import { idText } from "./id-text.ts";
import type { Node } from "./node.ts";
import { Relationship, relationshipText } from "./relationship.ts";

/** A relationship without its ends, as the wire carries it within a path. Users meet it only when they look at raw structures. */
export class UnboundRelationship<P extends object = Properties, T extends string = string> {
  /** @deprecated numbers are reused after deletion: use {@link elementId}. */
  readonly identity: Integer | null;
  readonly type: T;
  readonly properties: P;
  readonly elementId: string;

  /** @param elementId default: the identity as text, as Bolt 4.4 has it. */
  constructor(identity: Integer | null, type: T, properties: P, elementId: string = idText(identity)) {
    this.identity = identity;
    this.type = type;
    this.properties = properties;
    this.elementId = elementId;
  }

  get [kind](): "UnboundRelationship" {
    return "UnboundRelationship";
  }

  /** The relationship from one node to another. */
  bind(start: Node<object>, end: Node<object>): Relationship<P, T> {
    return new Relationship(
      this.identity,
      start.identity,
      end.identity,
      this.type,
      this.properties,
      this.elementId,
      start.elementId,
      end.elementId,
    );
  }

  equals(other: unknown): boolean {
    return kindOf(other) === "UnboundRelationship" && (other as UnboundRelationship).elementId === this.elementId;
  }

  /** Text that is the same for equal values only: a key for Map and Set. */
  toKey(): string {
    return `UnboundRelationship:${this.elementId}`;
  }

  /** One line: `-[5:…:1:KNOWS {since: 1999}]-`. */
  toString(): string {
    return `-${relationshipText(this)}-`;
  }

  /** Plain fields; whole numbers that aren't safe become decimal text. */
  toJSON(): Record<string, unknown> {
    return {
      identity: jsonValue(this.identity),
      type: this.type,
      properties: jsonValue(this.properties),
      elementId: this.elementId,
    };
  }

  [inspect](): string {
    return `UnboundRelationship ${this}`;
  }
}
