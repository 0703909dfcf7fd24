import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { Graph, Node, Path, Relationship, UnboundRelationship } from "../src/index.ts";

const node = (id: number, labels: string[] = ["N"]) => new Node(id, labels, { id }, `4:x:${id}`);
const knows = (id: number, from: number, to: number, type = "KNOWS") =>
  new Relationship(id, from, to, type, { since: 1999 }, `5:x:${id}`, `4:x:${from}`, `4:x:${to}`);

describe("a node", () => {
  const ada = new Node(1, ["Person", "Author"], { name: "Ada", born: null, __proto__: undefined }, "4:x:1");

  it("has its properties by name (GRA-11, GRA-12)", () => {
    expect(ada.size).toBe(2);
    expect([ada.has("name"), ada.has("born"), ada.has("toString")]).toEqual([true, true, false]);
    expect([ada.get("name"), ada.get("age" as "name"), ada.get("age" as "name", "?")]).toEqual(["Ada", null, "?"]);
    expect(ada.get("toString" as "name")).toBeNull();
    expect(ada.property("name")).toBe("Ada");
    expect(() => ada.property("age" as "name")).toThrow('the node has no property "age": it has "name", "born"');
    expect(() => node(1).property("x" as "id")).toThrow(RangeError);
  });

  it("lists names, values and both in one order (GRA-13)", () => {
    const made = new Node(1, [], { b: 1, a: 2, c: 3 });
    expect([...made.keys()]).toEqual(["b", "a", "c"]);
    expect([...made.values()]).toEqual([1, 2, 3]);
    expect([...made.entries()]).toEqual(Object.entries(made.properties));
  });

  it("has labels, several or none, that the types keep from being changed (GRA-06)", () => {
    expect([ada.hasLabel("Author"), ada.hasLabel("Robot"), node(2, []).hasLabel("N")]).toEqual([true, false, false]);
    expect(node(2, []).labels).toEqual([]);
    // @ts-expect-error the labels are readonly, and so is the field
    const change = () => ada.labels.push("Robot");
    expect(change).toBeTypeOf("function");
  });

  it("has element id, identity, labels and properties (GRA-05)", () => {
    expect({ ...ada }).toEqual({
      identity: 1,
      labels: ["Person", "Author"],
      properties: ada.properties,
      elementId: "4:x:1",
    });
  });
});

describe("a relationship", () => {
  it("has a type, however odd, and both ends' ids (GRA-15, GRA-16)", () => {
    const odd = knows(1, 1, 2, "is fond of");
    expect([odd.type, odd.startNodeElementId, odd.endNodeElementId]).toEqual(["is fond of", "4:x:1", "4:x:2"]);
    expect([odd.get("since"), odd.size, [...odd.keys()], [...odd.values()], [...odd.entries()], odd.has("x")]).toEqual([
      1999,
      1,
      ["since"],
      [1999],
      [["since", 1999]],
      false,
    ]);
    expect(() => odd.property("x" as "since")).toThrow("the relationship has no property");
  });

  it("knows its nodes once it is in a graph (GRA-17)", () => {
    const lonely = knows(1, 1, 2);
    expect([lonely.startNode, lonely.endNode, lonely.nodes, lonely.graph]).toEqual([
      null,
      null,
      [null, null],
      undefined,
    ]);
    const graph = Graph.of([lonely]);
    const bare = lonely.startNode as Node;
    expect([bare.elementId, bare.labels, bare.size, bare.identity]).toEqual(["4:x:1", [], 0, 1]);
    graph.add(node(1, ["Person"]));
    expect(lonely.startNode).toBe(bare);
    expect([bare.labels, bare.properties]).toEqual([["Person"], { id: 1 }]);
    expect(lonely.nodes).toEqual([bare, graph.nodes.get("4:x:2")]);
  });
});

describe("a graph", () => {
  const [a, b] = [node(1), node(2)];
  const path = Path.fromFields({
    nodes: [a, b],
    relationships: [new UnboundRelationship(1, "KNOWS", {}, "5:x:1")],
    indices: [1, 1],
  });

  it("has each entity once, in the order of first sight (GRA-01, GRA-02)", () => {
    const graph = Graph.of([
      path,
      node(1),
      { list: [node(3), knows(1, 1, 2)], map: new Map([["r", knows(2, 3, 4)]]) },
      5,
      null,
    ]);
    expect([...graph.nodes].map((each) => each.elementId)).toEqual(["4:x:1", "4:x:2", "4:x:3", "4:x:4"]);
    expect([graph.nodes.size, graph.relationships.size]).toEqual([4, 2]);
    expect(graph.nodes.get("4:x:2")).toBe(b);
    expect([graph.nodes.get("4:x:9"), graph.nodes.has("4:x:9"), graph.nodes.has("4:x:1"), graph.nodes.has(a)]).toEqual([
      undefined,
      false,
      true,
      true,
    ]);
  });

  it("looks into records and whatever else can be iterated, and into a path's segments (GRA-01)", () => {
    const record = {
      secret: 1,
      *[Symbol.iterator]() {
        yield* [node(1), "text", [knows(1, 1, 2)]];
      },
    };
    expect([...Graph.of([record]).nodes].map((each) => each.elementId)).toEqual(["4:x:1", "4:x:2"]);
    const graph = Graph.of(path.segments);
    expect([graph.nodes.size, graph.relationships.size, graph.nodes.get("4:x:2")]).toEqual([2, 1, b]);
    expect(Graph.of([Float64Array.of(1), new Map([["a", { b: node(7) }]])]).nodes.has("4:x:7")).toBe(true);
  });

  it("finds relationships by type (GRA-03)", () => {
    const graph = Graph.of([knows(1, 1, 2), knows(2, 2, 1), knows(3, 1, 1, "LIKES")]);
    expect(graph.relationshipsOfType("KNOWS").map((each) => each.elementId)).toEqual(["5:x:1", "5:x:2"]);
    expect(graph.relationshipsOfType("HATES")).toEqual([]);
  });

  it("keeps one object of an entity that comes in several rows (GRA-04, GRA-10)", () => {
    const rows = [{ n: node(1) }, { n: node(1), r: knows(1, 1, 2) }, { n: node(2, ["Late"]) }];
    const graph = Graph.of(rows);
    expect(graph.nodes.get("4:x:1")).toBe(rows[0]?.n);
    expect(graph.nodes.get("4:x:2")?.labels).toEqual(["Late"]);
    expect(new Set(rows.map(({ n }) => graph.nodes.get(n.elementId))).size).toBe(2);
    expect(rows[1]?.n.graph).toBe(graph);
  });

  it("is what its entities belong to, without showing it (GRA-14, GRA-20)", () => {
    const graph = Graph.of([path, knows(7, 1, 2)]);
    expect([a.graph, path.graph, path.relationships[0]?.graph, graph.relationships.get("5:x:7")?.graph]).toEqual([
      graph,
      graph,
      graph,
      graph,
    ]);
    expect(inspect(a)).not.toContain("Graph");
    expect(Object.keys(a)).not.toContain("graph");
    expect(JSON.stringify(a)).not.toContain("graph");
    expect(inspect(graph)).toBe("Graph (2 nodes, 2 relationships)");
    expect(JSON.parse(JSON.stringify(graph)).nodes[0]).toEqual(JSON.parse(JSON.stringify(a)));
  });
});

describe("a path made of relationships (GRA-18)", () => {
  it("walks them in and against their direction, with the nodes that are known", () => {
    const path = Path.of(node(1), knows(1, 1, 2), knows(2, 3, 2), knows(3, 3, 1));
    expect(path.nodes.map((each) => each.elementId)).toEqual(["4:x:1", "4:x:2", "4:x:3", "4:x:1"]);
    expect(path.segments.map((each) => each.forward)).toEqual([true, false, true]);
    expect(path.end).toBe(path.start);
    expect(Path.of(node(1)).length).toBe(0);
    const inGraph = knows(9, 1, 5);
    const graph = Graph.of([inGraph, node(5, ["Known"])]);
    expect(Path.of(node(1), inGraph).end).toBe(graph.nodes.get("4:x:5"));
  });

  it("refuses one that doesn't connect", () => {
    expect(() => Path.of(node(1), knows(1, 1, 2), knows(2, 3, 4))).toThrow("relationship 1 doesn't touch the node");
  });

  it("counts and lists what it walks (GRA-19, GRA-20)", () => {
    const path = Path.of(node(1), knows(1, 1, 2), knows(2, 2, 3));
    expect([path.length, path.nodes.length]).toEqual([2, 3]);
    expect([...path]).toEqual(path.relationships);
    expect([path.nodes[0], path.nodes[2]]).toEqual([path.start, path.end]);
  });

  it("differs from the same way walked backwards (GRA-21)", () => {
    const [there, back] = [Path.of(node(1), knows(1, 1, 2)), Path.of(node(2), knows(1, 1, 2))];
    expect([there.equals(back), there.equals(Path.of(node(1), knows(1, 1, 2)))]).toEqual([false, true]);
  });
});
