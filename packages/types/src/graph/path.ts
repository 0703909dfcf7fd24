import { inspect } from "../inspect.ts";
import type { Integer } from "../integer.ts";
import { kind, kindOf } from "../kind.ts";
import type { Graph } from "./graph.ts";
import { graphOf } from "./graph-of.ts";
import { Node } from "./node.ts";
import { PathSegment, stepText } from "./path-segment.ts";
import type { Relationship } from "./relationship.ts";
import { UnboundRelationship } from "./unbound-relationship.ts";

/** A path as the wire carries it: each node and relationship once, and the way through them as indices. */
export interface PathFields {
  /** Each node once; the first is the path's start. */
  readonly nodes: readonly Node[];
  /** Each relationship once. */
  readonly relationships: readonly UnboundRelationship[];
  /**
   * Pairs. First the relationship, counted from 1, negative when it is walked against its direction; then the node
   * reached, counted from 0.
   */
  readonly indices: readonly Integer[];
}

/** A walk through the graph: nodes joined by relationships, in order (GRA-18). */
export class Path {
  readonly start: Node;
  readonly end: Node;
  readonly segments: readonly PathSegment[];
  /** How many relationships it walks; a single node is a path of length 0. */
  readonly length: number;

  /** @throws RangeError when the segments don't lead from `start` to `end`, each beginning where the one before ended. */
  constructor(start: Node, end: Node, segments: readonly PathSegment[]) {
    let at = start;
    segments.forEach((segment, i) => {
      if (!segment.start.equals(at))
        throw new RangeError(`the path's segment ${i} doesn't begin where the path stands`);
      at = segment.end;
    });
    if (!at.equals(end)) throw new RangeError("the path's segments don't lead to its end");
    this.start = start;
    this.end = end;
    this.segments = segments;
    this.length = segments.length;
  }

  get [kind](): "Path" {
    return "Path";
  }

  /**
   * From the wire's fields. A relationship that is walked twice is one object.
   *
   * @throws RangeError for indices that are odd in number or point nowhere, and for a relationship that is said to join two different
   *   pairs of nodes.
   */
  static fromFields({ nodes, relationships, indices }: PathFields): Path {
    if (nodes.length === 0) throw new RangeError("a path needs a node");
    if (indices.length % 2 !== 0) throw new RangeError("a path's indices come in pairs");
    const bound: Relationship[] = [];
    const segments: PathSegment[] = [];
    let at = nodes[0] as Node;
    for (let i = 0; i < indices.length; i += 2) {
      const step = Number(indices[i]);
      const reached = nodes[Number(indices[i + 1])];
      if (reached === undefined) throw new RangeError(`the path's node index ${indices[i + 1]} points nowhere`);
      const unbound = relationships[Math.abs(step) - 1];
      if (unbound === undefined) throw new RangeError(`the path's relationship index ${indices[i]} points nowhere`);
      const from = step > 0 ? at : reached;
      const to = step > 0 ? reached : at;
      let relationship = bound[Math.abs(step)];
      if (relationship === undefined) {
        relationship = unbound.bind(from, to);
        bound[Math.abs(step)] = relationship;
      } else if (relationship.startNodeElementId !== from.elementId || relationship.endNodeElementId !== to.elementId) {
        throw new RangeError(`the path's relationship ${Math.abs(step)} joins two different pairs of nodes`);
      }
      segments.push(new PathSegment(at, relationship, reached));
      at = reached;
    }
    return new Path(nodes[0] as Node, at, segments);
  }

  /**
   * A walk from a node over relationships, each of which has to touch the node that the one before led to (GRA-18). Nodes are taken from the
   * relationships' {@link Graph} where they have one, else they are without labels and properties.
   *
   * @throws RangeError when a relationship doesn't connect.
   */
  static of(start: Node, ...relationships: readonly Relationship[]): Path {
    let at = start;
    const known = new Map([[start.elementId, start]]);
    const segments = relationships.map((relationship, i) => {
      const forward = relationship.startNodeElementId === at.elementId;
      if (!forward && relationship.endNodeElementId !== at.elementId) {
        throw new RangeError(`the path's relationship ${i} doesn't touch the node where the path stands`);
      }
      const elementId = forward ? relationship.endNodeElementId : relationship.startNodeElementId;
      const identity = forward ? relationship.end : relationship.start;
      const reached =
        known.get(elementId) ?? relationship.graph?.nodes.get(elementId) ?? new Node(identity, [], {}, elementId);
      known.set(elementId, reached);
      const segment = new PathSegment(at, relationship, reached);
      at = reached;
      return segment;
    });
    return new Path(start, at, segments);
  }

  /** The wire's fields: nodes and relationships in the order of their first sight. */
  toFields(): PathFields {
    const nodes: Node[] = [];
    const relationships: UnboundRelationship[] = [];
    const indices: number[] = [];
    const nodeIndex = new Map<string, number>();
    const relationshipIndex = new Map<string, number>();
    const indexOfNode = (node: Node): number => {
      const known = nodeIndex.get(node.elementId);
      if (known !== undefined) return known;
      nodeIndex.set(node.elementId, nodes.length);
      return nodes.push(node) - 1;
    };
    indexOfNode(this.start);
    for (const { forward, relationship, end } of this.segments) {
      let index = relationshipIndex.get(relationship.elementId);
      if (index === undefined) {
        const { identity, type, properties, elementId } = relationship;
        index = relationships.push(new UnboundRelationship(identity, type, properties, elementId));
        relationshipIndex.set(elementId, index);
      }
      indices.push(forward ? index : -index, indexOfNode(end));
    }
    return { nodes, relationships, indices };
  }

  /** All nodes in order, one more than relationships (GRA-20). */
  get nodes(): Node[] {
    return [this.start, ...this.segments.map((segment) => segment.end)];
  }

  /** All relationships in order. */
  get relationships(): Relationship[] {
    return this.segments.map((segment) => segment.relationship);
  }

  /** Walks the relationships in order (GRA-19). */
  *[Symbol.iterator](): IterableIterator<Relationship> {
    for (const { relationship } of this.segments) yield relationship;
  }

  /** Whether both walk the same relationships from the same start (GRA-21). */
  equals(other: unknown): boolean {
    if (kindOf(other) !== "Path") return false;
    const that = other as Path;
    return (
      this.length === that.length &&
      this.start.equals(that.start) &&
      this.segments.every((segment, i) => segment.equals(that.segments[i]))
    );
  }

  /** Text that is the same for equal paths only: a key for Map and Set. */
  toKey(): string {
    return `Path:${[this.start.toKey(), ...this.segments.map((segment) => segment.toKey())].join(" ")}`;
  }

  /** The {@link Graph} that the path was put into, if it was (GRA-20). */
  get graph(): Graph | undefined {
    return graphOf(this);
  }

  /** One line: `(…)-[…]->(…)<-[…]-(…)`. */
  toString(): string {
    return `${this.start}${this.segments.map(stepText).join("")}`;
  }

  toJSON(): { start: unknown; end: unknown; segments: unknown[]; length: number } {
    return {
      start: this.start.toJSON(),
      end: this.end.toJSON(),
      segments: this.segments.map((segment) => segment.toJSON()),
      length: this.length,
    };
  }

  [inspect](): string {
    return `Path ${this}`;
  }
}
