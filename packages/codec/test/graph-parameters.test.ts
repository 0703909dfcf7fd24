import { ColumnTable, columns } from "@fulgur/neo4j-codec";
import {
  Node,
  ParameterError,
  Path,
  PathSegment,
  Relationship,
  UnboundRelationship,
  UnsupportedType,
} from "@fulgur/neo4j-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ValuesColumn } from "../src/columns/column.ts";
import { codec, engines, hex } from "./engines.ts";

const node = new Node(1, ["Person"], { name: "secret-9" }, "4:x:1");
const relationship = new Relationship(2, 1, 1, "KNOWS", { since: "secret-9" }, "5:x:2", "4:x:1", "4:x:1");
const graphValues = {
  Node: node,
  Relationship: relationship,
  UnboundRelationship: new UnboundRelationship(2, "KNOWS", { since: "secret-9" }, "5:x:2"),
  Path: new Path(node, node, [new PathSegment(node, relationship, node)]),
};

function refusal(engine: (typeof engines)[number], parameters: Record<string, unknown>): ParameterError {
  const speaker = codec({ engine, version: "6.0" });
  const run = (given: Record<string, unknown>) =>
    speaker.encodeMessage({ type: "RUN", query: "Q", parameters: given, extra: {} });
  let refused: unknown;
  try {
    run(parameters);
  } catch (error) {
    refused = error;
  }
  expect(refused).toBeInstanceOf(ParameterError);
  // Nothing of it is left: the next message is as if it were the first.
  expect(hex(run({ a: 1 }))).toBe(
    hex(codec({ engine, version: "6.0" }).encodeMessage({ type: "RUN", query: "Q", parameters: { a: 1 }, extra: {} })),
  );
  return refused as ParameterError;
}

const rows = (count: number, odd: number, value: unknown) =>
  Array.from({ length: count }, (_, i) => ({ id: i, to: { name: `n${i}`, at: i === odd ? value : `x${i}` } }));
const oddColumn = (value: unknown) => Array.from({ length: 200 }, (_, i) => (i === 150 ? value : i));

describe.each(engines)("a request in the %s engine", (engine) => {
  describe.each(Object.entries(graphValues))("can't carry a %s", (type, value) => {
    it.each<[string, Record<string, unknown>, string]>([
      ["as a parameter", { a: value }, "a"],
      ["in a list", { a: [1, [value]] }, "a[1][0]"],
      ["in a map, a Map and a Set", { a: { b: new Map([["c", new Set([0, value])]]) } }, "a.b.c[1]"],
      ["in one of many rows", { rows: rows(200, 150, value) }, "rows[150].to.at"],
      ["in the first of many rows", { rows: rows(200, 0, value) }, "rows[0].to.at"],
      ["in every row", { rows: Array.from({ length: 100 }, (_, i) => ({ i, value })) }, "rows[0].value"],
      ["as a row among rows", { rows: [...rows(60, -1, 0), value] }, "rows[60]"],
      ["in a column", { rows: columns({ id: Int32Array.from({ length: 200 }), v: oddColumn(value) }) }, "rows[150].v"],
      [
        "in a column of few rows",
        { rows: new ColumnTable(2, ["v"], [new ValuesColumn([null, [value]])]) },
        "rows[1].v[0]",
      ],
    ])("%s (QRY-05, QRY-07)", (_, parameters, path) => {
      const error = refusal(engine, parameters);
      expect(error).toMatchObject({ path, type });
      expect(error.message).toBe(
        `The parameter ${path} can't be sent: it is a ${type}, pass its properties or its elementId`,
      );
    });
  });

  it("can't carry what stands for a value of a newer type (MAP-18)", () => {
    const error = refusal(engine, { a: [new UnsupportedType("NEW", { major: 7, minor: 0 })] });
    expect(error.message).toMatch(/^The parameter a\[0\] can't be sent: .*needs a newer Bolt version$/);
  });

  it("can't carry a graph value anywhere, however the rows look (QRY-05)", () => {
    const scalar = fc.oneof(fc.integer(), fc.string({ unit: "grapheme-ascii" }), fc.constant(null), fc.boolean());
    const row = fc.dictionary(fc.stringMatching(/^[a-d]$/), scalar, { minKeys: 1, maxKeys: 4 });
    const alike = fc
      .tuple(fc.integer({ min: 50, max: 130 }), row)
      .map(([n, one]) => Array.from({ length: n }, () => ({ ...one })));
    const lists = fc.oneof(fc.array(row, { minLength: 1, maxLength: 120 }), alike);
    fc.assert(
      fc.property(lists, fc.nat(), fc.constantFrom(...Object.values(graphValues)), (list, at, value) => {
        const place = at % list.length;
        const parameters = { rows: list.map((one, i) => (i === place ? { ...one, z: value } : one)) };
        expect(refusal(engine, parameters).path).toBe(`rows[${place}].z`);
      }),
      { numRuns: 60 },
    );
  });
});

describe.each(engines)("graph values in the %s engine", (engine) => {
  it.each(Object.entries(graphValues))("a server sends: %s", (_, value) => {
    const server = codec({ engine, role: "server", version: "6.0" });
    const [batch] = [
      ...codec({ engine, version: "6.0" })
        .decoder()
        .push(server.encodeMessage({ type: "RECORD", fields: [value] } as never)),
    ];
    expect(batch).toMatchObject({ type: "RECORD", length: 1 });
  });

  it.each(Object.entries(graphValues))("are values like others where no message is made: %s", (_, value) => {
    const speaker = codec({ engine, version: "6.0" });
    expect(speaker.decodeValue(speaker.encodeValue([value]))).toEqual([value]);
  });
});
