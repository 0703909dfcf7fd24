import { Node, Path, Point, Relationship } from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { bytesOf, chunked, codec, concat, engines, expectSame, replies } from "./engines.ts";

describe.each(engines)("nodes in the %s engine", (engine) => {
  it("have an element id on every version: the identity's text before 5.0 (GRA-05, GRA-07, GRA-08)", () => {
    const old = codec({ engine, version: "4.4" }).decodeValue(bytesOf("b34e 2a 90 a0"));
    expect(old).toEqual(new Node(42, [], {}, "42"));
    const native = codec({ engine, version: "5.0" });
    expect(native.decodeValue(bytesOf("b44e 2a 90 a0 87343a757569643a"))).toEqual(new Node(42, [], {}, "4:uuid:"));
  });

  it("hold points as properties (SPA-07)", () => {
    const each = codec({ engine });
    const node = new Node(1, ["Place"], { at: new Point(4326, 12.5, 55.5), route: [new Point(7203, 1, 2)] }, "4:x:1");
    expectSame(each.decodeValue(each.encodeValue(node)), node);
  });
});

/** Rows of a node, a relationship and a path of the two, every third one without the numbers. */
const numbered = (i: number) => (i % 3 === 1 ? null : i);
const entitiesOf = (i: number) => {
  const node = new Node(numbered(i), ["A"], { i }, `4:x:${i}`);
  const loop = new Relationship(numbered(i), numbered(i), numbered(i), "R", { i }, `5:x:${i}`, `4:x:${i}`, `4:x:${i}`);
  return [node, loop, Path.of(node, loop), i];
};

describe.each(engines)("entities without numbers in the %s engine (GRA-08)", (engine) => {
  const rows = Array.from({ length: 90 }, (_, i) => entitiesOf(i));
  const fields = ["n", "r", "p", "i"];
  const server = codec({ role: "server", engine: "plain" });
  const wire = concat(...rows.map((data) => server.encodeMessage({ type: "RECORD", data })));

  it.each(["auto", "bigint", "number"] as const)(
    "are whole, wherever in a stream they are, with integers %s",
    (integers) => {
      const shown = (value: unknown): unknown =>
        integers === "bigint" && value !== null ? BigInt(value as number) : value;
      const seen = replies(codec({ engine, integers }), [wire], fields) as {
        row: [Node, Relationship, Path, unknown];
      }[];
      expect(seen).toHaveLength(rows.length);
      for (const [i, { row }] of seen.entries()) {
        const [node, relationship, path] = row;
        const number = shown(numbered(i));
        expect([node.identity, node.elementId, node.labels]).toEqual([number, `4:x:${i}`, ["A"]]);
        expect([relationship.identity, relationship.start, relationship.end]).toEqual([number, number, number]);
        expect([path.start.identity, path.relationships[0]?.identity]).toEqual([number, number]);
        expect(path.start.equals(node)).toBe(true);
      }
    },
  );

  it("come by columns as they come by rows", () => {
    const decoder = codec({ engine }).decoder();
    decoder.expect({ statement: "MATCH (n)", fields });
    const nodes: unknown[] = [];
    for (const item of decoder.push(wire)) {
      if (item.type === "RECORD") nodes.push(...(item.columns(fields).columns[0]?.toArray() ?? []));
    }
    expectSame(
      nodes,
      rows.map(([node]) => node),
    );
  });

  it("are broken before 5.0, which has no other name for them; the rest of the record is whole", () => {
    const row = "b171 92 b34e c0 90 a0 01";
    const [seen] = replies(codec({ engine, version: "4.4" }), [chunked(bytesOf(row))], ["n", "i"]) as [
      { row: [{ cause: Error }, number] },
    ];
    expect(seen.row[0].cause.message).toContain("the field id is null, and this version has no element ids");
    expect(seen.row[1]).toBe(1);
  });
});
