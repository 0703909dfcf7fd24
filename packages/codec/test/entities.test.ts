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

/** A node, a relationship, a path of the two, and the row's number. */
const entitiesOf = (id: number | null, i: number) => {
  const node = new Node(id, ["A"], { i }, `4:x:${i}`);
  const loop = new Relationship(id, id, id, "R", { i }, `5:x:${i}`, `4:x:${i}`, `4:x:${i}`);
  return [node, loop, Path.of(node, loop), i];
};

const server = codec({ role: "server", engine: "plain" });
const fields = ["n", "r", "p", "i"];
const streams: readonly (readonly [what: string, isHidden: (i: number) => boolean])[] = [
  ["in every third row", (i) => i % 3 === 1],
  ["in the first row", (i) => i === 0],
  ["in the last row", (i) => i === 89],
  ["in all rows", () => true],
];

describe.each(engines)("entities without numbers in the %s engine (GRA-08)", (engine) => {
  describe.each(streams)("%s", (_, isHidden) => {
    const rows = Array.from({ length: 90 }, (_, i) => entitiesOf(isHidden(i) ? null : i, i));
    const wire = concat(...rows.map((data) => server.encodeMessage({ type: "RECORD", data })));

    it.each(["auto", "number"] as const)("are whole with integers %s", (integers) => {
      const seen = replies(codec({ engine, integers }), [wire], fields);
      expectSame(
        seen,
        rows.map((row) => ({ row })),
      );
    });

    it("are whole with integers as bigints", () => {
      const seen = replies(codec({ engine, integers: "bigint" }), [wire], fields) as { row: [Node, Relationship] }[];
      expect(seen).toHaveLength(rows.length);
      for (const [i, { row }] of seen.entries()) {
        const id = isHidden(i) ? null : BigInt(i);
        expect([row[0].identity, row[1].identity, row[1].start, row[1].end]).toEqual([id, id, id, id]);
      }
    });

    it("come by columns as they come by rows", () => {
      const decoder = codec({ engine }).decoder();
      decoder.expect({ statement: "MATCH (n)", fields });
      const seen: unknown[][] = [[], []];
      for (const item of decoder.push(wire)) {
        if (item.type !== "RECORD") continue;
        const table = item.columns(fields);
        for (const [at, values] of seen.entries()) values.push(...(table.columns[at]?.toArray() ?? []));
      }
      expectSame(
        seen,
        seen.map((_, at) => rows.map((row) => row[at])),
      );
    });
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

describe.each(engines)("labels in the %s engine (GRA-06)", (engine) => {
  const rowsOf = (dataOf: (i: number) => unknown[]): unknown[][] => {
    const wire = concat(
      ...Array.from({ length: 300 }, (_, i) => server.encodeMessage({ type: "RECORD", data: dataOf(i) })),
    );
    const decoder = codec({ engine }).decoder();
    const rows: unknown[][] = [];
    for (const item of decoder.push(wire)) if (item.type === "RECORD") rows.push(...item.rows());
    return rows;
  };

  it("are frozen, whether they repeat or not, however many they are", () => {
    const many = Array.from({ length: 40 }, (_, i) => `Label${i}`);
    const labelsOf = (i: number) => [["A"], ["A", "B"], [], [`Unique${i}`], many][i % 5] as string[];
    const rows = rowsOf((i) => [new Node(i, labelsOf(i), {}, `4:x:${i}`)]);
    const nodes = rows.map(([node]) => node as Node);
    expect(nodes.map(({ labels }) => labels)).toEqual(nodes.map((_, i) => labelsOf(i)));
    for (const { labels } of nodes) expect(Object.isFrozen(labels)).toBe(true);
  });

  it("are no lists of the user's: those are each row's own, to be changed", () => {
    const rows = rowsOf((i) => [
      ["red", "green"],
      new Node(i, ["red", "green"], { tags: ["red", "green"] }, `4:x:${i}`),
    ]);
    const [first, second] = rows as [string[], Node<{ tags: string[] }>][];
    first?.[0].push("blue");
    first?.[1].properties.tags.push("blue");
    expect(second?.[0]).toEqual(["red", "green"]);
    expect(second?.[1].properties.tags).toEqual(["red", "green"]);
  });
});

describe.each(engines)("shapes that appear late in the %s engine", (engine) => {
  it.each([
    ["nulls", () => null],
    ["other maps", (i: number) => ({ other: `${i}`, id: i })],
    ["numbers", (i: number) => i],
  ])("%s where only nodes were at first", (_, late) => {
    const data = Array.from({ length: 3000 }, (_, i) => [
      i > 1500 && i % 3 === 0 ? late(i) : new Node(i, ["A"], { i }, `4:x:${i}`),
    ]);
    const wire = concat(...data.map((row) => server.encodeMessage({ type: "RECORD", data: row })));
    const decoder = codec({ engine }).decoder();
    const rows: unknown[][] = [];
    for (let at = 0; at < wire.length; at += 8192) {
      for (const item of decoder.push(wire.subarray(at, at + 8192)))
        if (item.type === "RECORD") rows.push(...item.rows());
    }
    expect(rows).toEqual(data);
  });
});
