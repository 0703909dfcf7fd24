import { inspect } from "../inspect.ts";
import type { Integer } from "../integer.ts";
import { jsonValue } from "../json.ts";
import { kind, kindOf } from "../kind.ts";
import type { Properties } from "../value.ts";
import { entityText } from "./node.ts";

/**
 * A relationship of the graph as it was when the query returned it (GRA-15).
 *
 * @typeParam P what its properties are; not checked at run time.
 * @typeParam T its type's name.
 */
export class Relationship<P extends object = Properties, T extends string = string> {
  /** @deprecated numbers are reused after deletion: use {@link elementId}. */
  readonly identity: Integer;
  /** The start node's number. @deprecated use {@link startNodeElementId}. */
  readonly start: Integer;
  /** The end node's number. @deprecated use {@link endNodeElementId}. */
  readonly end: Integer;
  readonly type: T;
  readonly properties: P;
  /** The relationship's identity, valid within the transaction that returned it. */
  readonly elementId: string;
  readonly startNodeElementId: string;
  readonly endNodeElementId: string;

  /** Element ids default to the numbers as text, as Bolt 4.4 has them. */
  constructor(
    identity: Integer,
    start: Integer,
    end: Integer,
    type: T,
    properties: P,
    elementId: string = String(identity),
    startNodeElementId: string = String(start),
    endNodeElementId: string = String(end),
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
