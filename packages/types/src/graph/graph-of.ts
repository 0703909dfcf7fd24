import type { Graph } from "./graph.ts";

/**
 * Which graph an entity belongs to. Kept beside the entities, so that one that is never put into a graph pays nothing for it, and printing
 * or comparing one doesn't drag its graph along.
 */
const graphs = new WeakMap<object, Graph>();

export function graphOf(entity: object): Graph | undefined {
  return graphs.get(entity);
}

export function setGraph(entity: object, graph: Graph): void {
  graphs.set(entity, graph);
}
