/** What rows can be taken from, and how they are counted. */
import { Readable } from "node:stream";
import { columns } from "@fulgur/neo4j-codec";
import { Float } from "@fulgur/neo4j-driver";
import { tableFromArrays } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kindOfSource, openSource } from "../src/source/open-source.ts";
import { numberAt, type RowFeed } from "../src/source/row-feed.ts";
import type { RowChunk, RowSource } from "../src/source/row-source.ts";
import type { Source } from "../src/source/source.ts";

interface Taken {
  readonly numbers: number[];
  readonly rows: unknown[];
  readonly refused: number[];
  readonly most: number;
}

async function takeAll(feed: RowFeed, most: number): Promise<Taken> {
  const taken = { numbers: [] as number[], rows: [] as unknown[], refused: [] as number[], most: 0 };
  let last = 0;
  for (let portion = await feed.take(most); portion !== undefined; portion = await feed.take(most)) {
    taken.most = Math.max(taken.most, portion.rows.length);
    for (let i = 0; i < portion.rows.length; i++) {
      taken.rows.push(portion.rows.row(i));
      taken.numbers.push(numberAt(portion.numbers, i));
    }
    taken.refused.push(...portion.rejected.map(({ row }) => row));
    for (const { row } of portion.rejected) expect(row >= portion.first && row <= portion.last).toBe(true);
    if (portion.rows.length > 0) expect(portion.last).toBeGreaterThanOrEqual(numberAt(portion.numbers, 0));
    expect(portion.first).toBeGreaterThan(last);
    last = portion.last;
  }
  await feed.close();
  return taken;
}

const rows = Array.from({ length: 23 }, (_, id) => ({ id, name: `row ${id}` }));

async function* asynchronously() {
  yield* rows;
}

const sources: [string, () => Source<unknown>][] = [
  ["an array", () => rows],
  ["a Set", () => new Set(rows)],
  ["a generator", () => asynchronously()],
  ["a stream of Node's", () => Readable.from(rows)],
  ["a web stream", () => Readable.toWeb(Readable.from(rows)) as unknown as Source<unknown>],
  [
    "something with getReader",
    () => {
      let at = 0;
      const read = async () => (at < rows.length ? { done: false, value: rows[at++] } : { done: true });
      return { getReader: () => ({ read, cancel: async () => {}, releaseLock: () => {} }) };
    },
  ],
  ["columns", () => ({ id: Int32Array.from(rows, ({ id }) => id), name: rows.map(({ name }) => name) })],
  ["a table", () => columns({ id: rows.map(({ id }) => id), name: rows.map(({ name }) => name) })],
  [
    "an Arrow table",
    () => tableFromArrays({ id: Int32Array.from(rows, ({ id }) => id), name: rows.map(({ name }) => name) }),
  ],
  [
    "chunks",
    () =>
      chunked([
        { firstRow: 1, rows: rows.slice(0, 4) },
        { firstRow: 5, rows: rows.slice(4) },
      ]),
  ],
];

function chunked(chunks: readonly RowChunk<unknown>[]): RowSource<unknown> {
  return {
    async *chunks(after) {
      for (const chunk of chunks) {
        const skip = Math.max(0, (after?.row ?? 0) - chunk.firstRow + 1);
        yield { ...chunk, firstRow: chunk.firstRow + skip, rows: chunk.rows.slice(skip) };
      }
    },
  };
}

describe.each(sources)("%s", (_, make) => {
  it.each([1, 5, 23, 100])("gives its rows with their numbers, at most %i at a time", async (most) => {
    const taken = await takeAll(openSource(make(), undefined), most);
    expect(taken.rows).toEqual(rows);
    expect(taken.numbers).toEqual(rows.map(({ id }) => id + 1));
    expect(taken.most).toBeLessThanOrEqual(most);
  });

  it.each([0, 1, 7, 23])("begins behind a row: %i", async (row) => {
    const taken = await takeAll(openSource(make(), { file: "", row }), 5);
    expect(taken.rows).toEqual(rows.slice(row));
    expect(taken.numbers[0]).toBe(row === 23 ? undefined : row + 1);
  });
});

describe("sources", () => {
  it("that are none are known", () => {
    for (const bad of [undefined, null, "rows", 5, {}, { a: "text" }, () => rows, new Uint8Array(3)]) {
      expect(kindOfSource(bad)).toBeUndefined();
    }
  });

  it("are told when no more is wanted", async () => {
    let closed = 0;
    function* iterable() {
      try {
        yield* rows;
      } finally {
        closed++;
      }
    }
    async function* asyncIterable() {
      try {
        yield* rows;
      } finally {
        closed++;
      }
    }
    for (const source of [iterable(), asyncIterable()]) {
      const feed = openSource(source, undefined);
      await feed.take(2);
      await feed.close();
    }
    expect(closed).toBe(2);
    const stream = Readable.from(rows);
    const feed = openSource(stream, undefined);
    await feed.take(2);
    await feed.close();
    expect(stream.destroyed).toBe(true);
  });

  it("in chunks keep the numbers of rows with gaps, and rejected rows with the part that they lie in", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 7 }),
        async (parts, most) => {
          let number = 0;
          const good: number[] = [];
          const bad: number[] = [];
          const chunks = parts.map((part): RowChunk<unknown> => {
            const firstRow = number + 1;
            const own = part.map((isGood) => ({ isGood, number: ++number }));
            const numbers = own.filter((one) => one.isGood).map((one) => one.number);
            const rejected = own.filter((one) => !one.isGood).map((one) => one.number);
            good.push(...numbers);
            bad.push(...rejected);
            return {
              firstRow: numbers[0] ?? firstRow,
              rows: numbers.map((row) => ({ row })),
              rowNumbers: numbers,
              rejected: rejected.map((row) => ({ row, content: "", reason: "ragged" })),
            };
          });
          const taken = await takeAll(openSource(chunked(chunks), undefined), most);
          expect(taken.numbers).toEqual(good);
          expect(taken.rows).toEqual(good.map((row) => ({ row })));
          expect(taken.refused).toEqual(bad);
        },
      ),
    );
  });

  it("of columns stay columns, in their types, however they are cut", async () => {
    const floats = Float64Array.of(1, 2.5, 3, 4);
    const validity = Uint8Array.of(0b1101);
    const feed = openSource(
      { floats, big: BigInt64Array.of(1n, 2n, 3n, 4n), some: { values: floats, validity } },
      undefined,
    );
    const portion = (await feed.take(3))!;
    const cut = portion.rows.slice(1, 3);
    const picked = portion.rows.pick([2, 0]);
    for (const part of [cut, picked]) {
      const { names, columns: list } = part.parameter as { names: string[]; columns: { type: string }[] };
      expect(names).toEqual(["floats", "big", "some"]);
      expect(list.map(({ type }) => type)).toEqual(["float64", "int64", "values"]);
    }
    expect(cut.value(0, "floats")).toBe(2.5);
    expect(cut.value(0, "some")).toBeNull();
    expect(cut.value(1, "some")).toBeInstanceOf(Float);
    expect([picked.value(0, "big"), picked.value(1, "big"), picked.value(0, "none")]).toEqual([3n, 1n, null]);
    expect(cut.concat([picked]).length).toBe(4);
  });
});
