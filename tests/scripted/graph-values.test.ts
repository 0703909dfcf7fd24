/** Nodes, relationships and paths as servers of several versions write them. */
import type { BoltVersion } from "@fulgur/neo4j-core";
import { BrokenRecordError, Graph, type Node, type Path, type Record, type Relationship } from "@fulgur/neo4j-driver";
import { describe, expect, it } from "vitest";
import { list, map, nothing, record, structure, text } from "./packed.ts";
import { play } from "./play.ts";

interface Row {
  a: Node;
  r: Relationship;
  p: Path;
}

const labels = (...names: string[]) => list(...names.map(text));
/** Where a version has element ids they end the structure. */
const ids = (version: BoltVersion, ...names: string[]) => (version === "4.4" ? [] : names.map(text));

const node = (version: BoltVersion, id: number, properties = map({})) =>
  structure("N", [id], labels("Person"), properties, ...ids(version, `4:uuid:${id}`));
const unbound = (version: BoltVersion, id: number) =>
  structure("r", [id], text("KNOWS"), map({ since: [7] }), ...ids(version, `5:uuid:${id}`));
const relationship = (version: BoltVersion, id: number, start: number, end: number) =>
  structure(
    "R",
    [id],
    [start],
    [end],
    text("KNOWS"),
    map({ since: [7] }),
    ...ids(version, `5:uuid:${id}`, `4:uuid:${start}`, `4:uuid:${end}`),
  );

const idOf = (version: BoltVersion, kind: "4" | "5", id: number) =>
  version === "4.4" ? String(id) : `${kind}:uuid:${id}`;

const engines = ["wasm", "plain"] as const;
const versions = ["4.4", "5.0", "6.1"] as const;

describe.each(engines.flatMap((engine) => versions.map((version) => [engine, version] as const)))(
  "with the %s engine and Bolt %s",
  (engine, version) => {
    /** What a driver makes of these records. */
    const read = (fields: readonly string[], ...records: readonly (readonly number[])[]): Promise<Record<Row>[]> =>
      play(
        async (peer) => {
          await peer.login();
          await peer.receive("RUN");
          await peer.receive("PULL");
          peer.success({ fields });
          for (const bytes of records) peer.packed(bytes);
          peer.success();
          await peer.closed();
        },
        async (db) => (await db.session().run<Row>("MATCH p = (a)-[r]-() RETURN *")).records,
        { config: { engine }, version },
      );

    it("a node has its number, labels, properties and an element id (GRA-05, GRA-07, GRA-08)", async () => {
      const [row] = await read(["a"], record(node(version, 42, map({ name: text("Ada") }))));
      const { identity, elementId, labels, properties } = row!.get("a");
      expect([identity, elementId, labels, properties]).toEqual([
        42,
        version === "4.4" ? "42" : "4:uuid:42",
        ["Person"],
        { name: "Ada" },
      ]);
    });

    it("a number that is null is null, where there are element ids (GRA-08)", async () => {
      const hidden = structure("N", nothing, labels("Person"), map({}), ...ids(version, "4:uuid:1"));
      const [row] = await read(["a", "r"], record(hidden, relationship(version, 3, 1, 2)));
      if (version === "4.4") expect(() => row!.get("a")).toThrow(BrokenRecordError);
      else expect([row!.get("a").identity, row!.get("a").elementId]).toEqual([null, "4:uuid:1"]);
      expect(row!.get("r").identity).toBe(3);
    });

    it("a property that is null is none (GRA-22)", async () => {
      const [row] = await read(["a"], record(node(version, 1, map({ gone: nothing, here: [1] }))));
      expect(row!.get("a").has("gone")).toBe(false);
      expect(row!.get("a").properties).toEqual({ here: 1 });
    });

    it("a relationship has a type, properties and both ends' ids (GRA-15)", async () => {
      const [row] = await read(["r"], record(relationship(version, 3, 1, 2)));
      const { identity, start, end, type, properties, elementId, startNodeElementId, endNodeElementId } = row!.get("r");
      expect([identity, start, end, type, properties]).toEqual([3, 1, 2, "KNOWS", { since: 7 }]);
      expect([elementId, startNodeElementId, endNodeElementId]).toEqual([
        idOf(version, "5", 3),
        idOf(version, "4", 1),
        idOf(version, "4", 2),
      ]);
    });

    it("a path walks relationships in and against their direction, or none (GRA-15, GRA-18)", async () => {
      const nodes = list(node(version, 1), node(version, 2), node(version, 3));
      const walk = structure("P", nodes, list(unbound(version, 8), unbound(version, 9)), list([1], [1], [0xfe], [2]));
      const [row, alone] = await read(
        ["p"],
        record(walk),
        record(structure("P", list(node(version, 1)), list(), list())),
      );
      const path = row!.get("p");
      const id = (number: number) => idOf(version, "4", number);
      expect(path.nodes.map((each) => each.elementId)).toEqual([id(1), id(2), id(3)]);
      expect(path.segments.map((each) => each.forward)).toEqual([true, false]);
      expect(path.relationships.map((each) => [each.startNodeElementId, each.endNodeElementId])).toEqual([
        [id(1), id(2)],
        [id(3), id(2)],
      ]);
      expect(path.relationships.map((each) => each.elementId)).toEqual([idOf(version, "5", 8), idOf(version, "5", 9)]);
      expect([alone!.get("p").length, alone!.get("p").start.elementId]).toEqual([0, id(1)]);
    });

    it("a graph has each entity of a result once, and fills ends in when they come (GRA-01, GRA-04, GRA-17)", async () => {
      const walk = structure(
        "P",
        list(node(version, 1, map({ n: [1] })), node(version, 2)),
        list(unbound(version, 8)),
        list([1], [1]),
      );
      const rows = await read(
        ["a", "r", "p"],
        record(node(version, 1, map({ n: [1] })), relationship(version, 9, 1, 3), walk),
        record(node(version, 1, map({ n: [1] })), relationship(version, 8, 1, 2), walk),
        record(node(version, 3, map({ n: [3] })), relationship(version, 9, 1, 3), walk),
      );
      const graph = Graph.of(rows.slice(0, 2));
      const id = (number: number) => idOf(version, "4", number);
      expect([...graph.nodes].map((each) => each.elementId).sort()).toEqual([id(1), id(2), id(3)]);
      expect(graph.relationships.size).toBe(2);
      const [first, second, third] = rows.map((row) => row.toObject() as Row);
      expect(graph.nodes.get(first!.a.elementId)).toBe(graph.nodes.get(second!.a.elementId));
      const end = first!.r.endNode!;
      expect([first!.r.startNode, end.elementId, end.labels, end.size]).toEqual([first!.a, id(3), [], 0]);
      graph.add(third!.a);
      expect(first!.r.endNode).toBe(end);
      expect([end.labels, end.properties]).toEqual([["Person"], { n: 3 }]);
    });
  },
);
