/** An expanded table that takes over the decoder's columns is the one that is made value by value. */
import { ColumnTable, columnOf, createCodec, joinTables, type RecordBatch } from "@fulgur/neo4j-codec";
import { Node, Relationship } from "@fulgur/neo4j-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expandTable } from "../src/table/expand.ts";

const names = ["n", "m.x"];
const strings = fc.string({ unit: "binary", maxLength: 12 });
const keys = fc.constantFrom("a", "b.c", "d\\e", "__proto__");
const properties = fc.dictionary(keys, fc.oneof(fc.integer(), strings, fc.constant([1, 2])), { maxKeys: 3 });
const sameProperties = fc.record({ a: fc.integer(), "b.c": strings });
const labels = fc.subarray(["A", "B"]);
const map = fc.record({ x: fc.integer(), y: fc.record({ z: fc.option(strings), "w.w": fc.constant([1, [2]]) }) });

const kinds: readonly fc.Arbitrary<unknown>[] = [
  fc.integer(),
  strings,
  map,
  fc.dictionary(keys, fc.oneof(fc.integer(), fc.constant(null)), { maxKeys: 2 }),
  fc.array(fc.oneof(fc.integer(), map), { maxLength: 3 }),
  ...[properties, sameProperties].flatMap((has) => [
    fc.tuple(fc.nat(), labels, has).map(([id, some, own]) => new Node(id, some, own, `4:x:${id}`)),
    fc.tuple(fc.nat(), has).map(([id, own]) => new Relationship(id, 1, 2, "R", own, `5:x:${id}`, "4:x:1", "4:x:2")),
  ]),
];
const cells = kinds.flatMap((values) => [values, fc.option(values)]);
const rowsOfSomeKinds = fc
  .tuple(fc.constantFrom(...cells, fc.oneof(...kinds)), fc.constantFrom(...cells))
  .chain((columns) => fc.array(fc.tuple(...columns), { minLength: 1, maxLength: 10 }));

/** What is made of each batch while it is at hand: later, the decoder would have made rows of it. */
function eachBatch<T>(
  rows: readonly unknown[][],
  engine: "wasm" | "plain",
  size: number,
  take: (batch: RecordBatch) => T,
): T[] {
  const server = createCodec({ version: "6.1", role: "server", engine: "plain" });
  const decoder = createCodec({ version: "6.1", engine }).decoder();
  const bytes = Buffer.concat(rows.map((data) => server.encodeMessage({ type: "RECORD", data })));
  const taken: T[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    for (const item of decoder.push(bytes.subarray(at, at + size)))
      if (item.type === "RECORD") taken.push(take(item as RecordBatch));
  }
  return taken;
}

describe.each(["wasm", "plain"] as const)("with the %s engine", (engine) => {
  it("columns are expanded as values are, whatever the rows and however they arrive (RES-14, RES-16, RES-18)", () => {
    fc.assert(
      fc.property(
        rowsOfSomeKinds,
        fc.integer({ min: 1, max: 250 }),
        fc.integer({ min: 300, max: 20_000 }),
        (few, count, size) => {
          const rows = Array.from({ length: count }, (_, i) => [...(few[i % few.length] as unknown[])]);
          const tables = eachBatch(rows, engine, size, (batch) => batch.columns(names));
          const found = expandTable(joinTables(names, tables));
          const values = eachBatch(rows, engine, size, (batch) => batch.rows()).flat();
          const columns = names.map((_, at) => columnOf(values.map((row) => row[at])));
          const wanted = expandTable(new ColumnTable(values.length, names, columns));
          const cellsOf = (table: ColumnTable) =>
            table.columns
              .map((column, i) => [table.names[i] as string, column.toArray()] as const)
              .sort(([a], [b]) => (a < b ? -1 : 1));
          expect(cellsOf(found)).toEqual(cellsOf(wanted));
        },
      ),
      { numRuns: 120 },
    );
  });

  it("nodes and maps of one shape keep the decoder's arrays (RES-14, RES-16)", () => {
    const rows = Array.from({ length: 300 }, (_, i) => [new Node(i, ["P"], { f: i + 0.5 }, `n${i}`), { k: i + 0.5 }]);
    for (const table of eachBatch(rows, engine, 30_000, (batch) => batch.columns(names))) {
      const [node, map] = table.columns;
      const expanded = expandTable(table);
      expect(expanded.names).toEqual(["n().prop.f", "n().element_id", "n().labels", "m\\.x{}.k"]);
      if (node?.type !== "structure" || map?.type !== "map") throw new Error("not by columns");
      const held = node.fields["properties"];
      expect(held?.type === "map" && expanded.columns[0] === held.columns[0]).toBe(true);
      expect(expanded.columns[3]).toBe(map.columns[0]);
    }
  });
});
