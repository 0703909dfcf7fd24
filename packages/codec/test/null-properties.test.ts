import { Node, Path, Relationship } from "@fulgur/neo4j-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, chunked, codec, concat, engines, expectSame, replies } from "./engines.ts";

const property = fc.oneof(fc.constant(null), fc.integer(), fc.string({ maxLength: 5 }), fc.constant([null]));
const properties = fc.dictionary(fc.constantFrom("a", "b", "c", "__proto__"), property, { noNullPrototype: true });
const clean = (given: object) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));

describe.each(engines)("properties that are null in the %s engine (GRA-22)", (engine) => {
  const each = codec({ engine });

  it("are left out of nodes, relationships and paths; in maps they stay", () => {
    const node = new Node(1, ["A"], { a: null, b: 1, c: [null] }, "1");
    const back = each.decodeValue(each.encodeValue([node, { a: null }])) as [Node, object];
    expect(Object.keys(back[0].properties)).toEqual(["b", "c"]);
    expect(back[0].properties["c"]).toEqual([null]);
    expect(back[1]).toEqual({ a: null });
    const relationship = new Relationship(1, 1, 1, "R", { a: null }, "1", "1", "1");
    expect(each.decodeValue(each.encodeValue(relationship))).toEqual(new Relationship(1, 1, 1, "R", {}, "1", "1", "1"));
    const path = each.decodeValue(each.encodeValue(Path.of(node, relationship))) as Path;
    expect([path.start.has("a"), path.relationships[0]?.size]).toEqual([false, 0]);
  });

  it("are left out of every row of a batch, wherever they first appear", () => {
    fc.assert(
      fc.property(fc.array(properties, { minLength: 1, maxLength: 60 }), (all) => {
        const rows = all.map(
          (each, i) => [new Node(i, ["A"], each as Node["properties"], `${i}`), { map: each }] as const,
        );
        const wire = concat(...rows.map((row) => chunked(concat(bytesOf("b171"), each.encodeValue(row)))));
        const seen = replies(each, [wire], ["n", "m"]);
        expectSame(
          seen,
          rows.map(([node, map]) => ({
            row: [new Node(node.identity, ["A"], clean(node.properties) as Node["properties"], node.elementId), map],
          })),
        );
      }),
    );
  });
});
