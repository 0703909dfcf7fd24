import { inspect } from "../inspect.ts";
import type { Integer } from "../integer.ts";
import { kindOf } from "../kind.ts";
import { setGraph } from "./graph-of.ts";
import { Node } from "./node.ts";
import type { Path } from "./path.ts";
import type { PathSegment } from "./path-segment.ts";
import type { Relationship } from "./relationship.ts";

/** The entities of one kind in a graph, each once, in the order of first sight, to be found by element id (GRA-02). */
export interface EntityView<Entity> extends Iterable<Entity> {
  readonly size: number;
  /** `undefined` for an id that isn't in the graph. */
  get(elementId: string): Entity | undefined;
  /** Whether an element id, or an entity of the same id, is in the graph. */
  has(elementId: string | Entity): boolean;
}

class Entities<Entity extends { readonly elementId: string }> implements EntityView<Entity> {
  readonly byId = new Map<string, Entity>();

  get size(): number {
    return this.byId.size;
  }

  get(elementId: string): Entity | undefined {
    return this.byId.get(elementId);
  }

  has(elementId: string | Entity): boolean {
    return this.byId.has(typeof elementId === "string" ? elementId : elementId.elementId);
  }

  [Symbol.iterator](): IterableIterator<Entity> {
    return this.byId.values();
  }
}

/**
 * The nodes and relationships of a result, each one object however often it came (GRA-01, GRA-04). The first of several is kept; the others know the
 * graph, too. A node that is known as a relationship's end only has neither labels nor properties until it is seen itself.
 *
 * @example
 * ```ts
 * const graph = Graph.of(records);
 * for (const person of graph.nodes) console.log(person.labels);
 * ```
 */
export class Graph {
  readonly #nodes = new Entities<Node>();
  readonly #relationships = new Entities<Relationship>();
  /** Nodes that only a relationship has told of. */
  readonly #bare = new Set<string>();

  /** Puts everything that is found in the values, within records, lists and maps, too, into a new graph. */
  static of(values: Iterable<unknown>): Graph {
    const graph = new Graph();
    for (const value of values) graph.add(value);
    return graph;
  }

  get nodes(): EntityView<Node> {
    return this.#nodes;
  }

  get relationships(): EntityView<Relationship> {
    return this.#relationships;
  }

  /** The relationships of a type; none for a type that the graph hasn't (GRA-03). */
  relationshipsOfType(type: string): Relationship[] {
    return [...this.#relationships].filter((relationship) => relationship.type === type);
  }

  /** Adds a node, relationship or path, or all that are in a record, list, map or other iterable. Other values are passed over. */
  add(value: unknown): this {
    const kind = kindOf(value);
    if (kind === "Node") this.#addNode(value as Node);
    else if (kind === "Relationship") this.#addRelationship(value as Relationship);
    else if (kind === "Path") this.#addPath(value as Path);
    else if (kind === "PathSegment") this.#addSegment(value as PathSegment);
    else if (kind !== undefined || typeof value !== "object" || value === null || ArrayBuffer.isView(value))
      return this;
    else if (value instanceof Map) for (const item of value.values()) this.add(item);
    else if (Symbol.iterator in value) for (const item of value as Iterable<unknown>) this.add(item);
    else for (const item of Object.values(value)) this.add(item);
    return this;
  }

  #addNode(node: Node): void {
    const { elementId } = node;
    const known = this.#nodes.get(elementId);
    setGraph(node, this);
    if (known === undefined) {
      this.#nodes.byId.set(elementId, node);
    } else if (this.#bare.delete(elementId)) {
      // This graph has made it, and may fill it: what has been handed out stays the one object of its id.
      Object.assign(known, { identity: node.identity, labels: node.labels, properties: node.properties });
    }
  }

  #addRelationship(relationship: Relationship): void {
    setGraph(relationship, this);
    if (this.#relationships.has(relationship)) return;
    this.#relationships.byId.set(relationship.elementId, relationship);
    this.#addEnd(relationship.start, relationship.startNodeElementId);
    this.#addEnd(relationship.end, relationship.endNodeElementId);
  }

  #addEnd(identity: Integer | null, elementId: string): void {
    if (this.#nodes.has(elementId)) return;
    const node = new Node(identity, [], {}, elementId);
    this.#bare.add(elementId);
    this.#nodes.byId.set(elementId, node);
    setGraph(node, this);
  }

  #addSegment({ start, relationship, end }: PathSegment): void {
    this.#addNode(start);
    this.#addNode(end);
    this.#addRelationship(relationship);
  }

  #addPath(path: Path): void {
    for (const node of path.nodes) this.#addNode(node);
    for (const relationship of path.relationships) this.#addRelationship(relationship);
    setGraph(path, this);
  }

  /** `Graph (3 nodes, 2 relationships)`. */
  toString(): string {
    return `Graph (${this.#nodes.size} nodes, ${this.#relationships.size} relationships)`;
  }

  toJSON(): { nodes: unknown[]; relationships: unknown[] } {
    return {
      nodes: [...this.#nodes].map((node) => node.toJSON()),
      relationships: [...this.#relationships].map((relationship) => relationship.toJSON()),
    };
  }

  [inspect](): string {
    return this.toString();
  }
}
