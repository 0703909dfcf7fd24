import { ClientError, ConfigurationError, type Driver } from "@fulgur/neo4j-driver";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IngestError, type IngestOptions, type IngestProgress, ingest } from "../src/index.ts";

interface Written {
  readonly query: string;
  readonly rows: unknown[];
}

/** A driver whose server writes down what it gets; `reply` may refuse a batch. */
function fakeDriver(reply: (batch: Written) => { written?: number } = ({ rows }) => ({ written: rows.length })) {
  const written: Written[] = [];
  const sessions: object[] = [];
  let open = 0;
  const driver = {
    executeQueryBookmarkManager: {},
    session(config: object) {
      sessions.push(config);
      open++;
      return {
        executeWrite: (work: (tx: object) => unknown) =>
          work({
            run: async (query: string, { rows }: { rows: unknown[] }) => {
              const row = reply({ query, rows });
              written.push({ query, rows });
              const counters = { nodesCreated: rows.length, propertiesSet: 2 };
              return { summary: { counters: { ...zeros, ...counters } }, records: [{ get: () => row.written }] };
            },
          }),
        [Symbol.asyncDispose]: async () => {
          open--;
        },
      };
    },
  };
  return { driver: driver as unknown as Driver, written, sessions, openSessions: () => open };
}

const zeros = Object.fromEntries(
  [
    ...["nodes", "relationships"].flatMap((what) => [`${what}Created`, `${what}Deleted`]),
    ...["labels", "indexes", "constraints"].flatMap((what) => [`${what}Added`, `${what}Removed`]),
    "propertiesSet",
  ].map((name) => [name, 0]),
);

function range(count: number): { id: number }[] {
  return Array.from({ length: count }, (_, id) => ({ id }));
}

describe("ingesting", () => {
  it("writes every row once and in order, whatever the sizes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(50), fc.integer({ min: 1, max: 12 }), async (count, batchSize) => {
        const { driver, written } = fakeDriver();
        const result = await ingest(driver, { query: "CREATE (n) SET n = row", source: range(count), batchSize });
        expect(written.flatMap(({ rows }) => rows)).toEqual(range(count));
        expect(written.every(({ rows }) => rows.length <= batchSize)).toBe(true);
        expect(result).toMatchObject({ rows: count, batches: Math.ceil(count / batchSize), unmatched: 0 });
        expect(result.counters.nodesCreated).toBe(count);
        expect(result.elapsed).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 50 },
    );
  });

  it("takes rows only as fast as they are written, one batch at a time", async () => {
    let given = 0;
    let committed = 0;
    let ahead = 0;
    const { driver } = fakeDriver(({ rows }) => {
      committed += rows.length;
      return {};
    });
    async function* source() {
      for (const row of range(25)) {
        ahead = Math.max(ahead, ++given - committed);
        yield row;
      }
    }
    const steps: IngestProgress[] = [];
    await ingest(driver, {
      query: "RETURN row",
      source: source(),
      batchSize: 10,
      onProgress: (step) => void steps.push(step),
    });
    expect(ahead).toBe(10);
    expect(steps.map(({ rows, batches }) => [rows, batches])).toEqual([
      [10, 1],
      [20, 2],
      [25, 3],
    ]);
  });

  it("gives a query its row, unless it takes $rows itself", async () => {
    const { driver, written } = fakeDriver();
    await ingest(driver, { query: "MERGE (:P {id: row.id})", source: range(1) });
    await ingest(driver, { query: "UNWIND $rows AS r MERGE (:P {id: r.id})", source: range(1) });
    expect(written.map(({ query }) => query)).toEqual([
      "UNWIND $rows AS row\nMERGE (:P {id: row.id})",
      "UNWIND $rows AS r MERGE (:P {id: r.id})",
    ]);
  });

  it("makes nodes, merged by a key or created, with any name quoted", async () => {
    const { driver, written } = fakeDriver();
    await ingest(driver, { nodes: { labels: "Per`son" }, source: range(1) });
    await ingest(driver, { nodes: { labels: ["Person", "Old"], key: ["a b", "c"] }, source: range(1) });
    expect(written.map(({ query }) => query)).toEqual([
      "UNWIND $rows AS row\nCREATE (n:`Per``son`)\nSET n = row",
      "UNWIND $rows AS row\nMERGE (n:`Person` {`a b`: row.`a b`, `c`: row.`c`})\nSET n += row, n:`Old`",
    ]);
  });

  it("makes relationships between nodes that exist, and counts the rows that found none", async () => {
    const { driver, written } = fakeDriver(({ rows }) => ({ written: rows.length - 1 }));
    const { unmatched } = await ingest(driver, {
      relationships: {
        type: "KNOWS",
        from: { label: "Person", key: "id", field: "me" },
        to: { label: "Person", key: "id" },
        key: "since",
      },
      source: [
        { me: 1, to: 2, since: 3, how: "well" },
        { me: 1, to: undefined },
      ],
    });
    expect(unmatched).toBe(1);
    expect(written[0]?.rows).toEqual([
      { from: 1, to: 2, properties: { since: 3, how: "well" } },
      { from: 1, to: null, properties: {} },
    ]);
    expect(written[0]?.query).toContain("MERGE (a)-[r:`KNOWS` {`since`: row.properties.`since`}]->(b)");
  });

  it("says what is committed when a batch can't be written", async () => {
    const cause = new ClientError("constraint", { code: "Neo.ClientError.Schema.ConstraintValidationFailed" });
    const { driver, openSessions } = fakeDriver(({ rows }) => {
      if (rows.some((row) => (row as { id: number }).id === 7)) throw cause;
      return {};
    });
    const error = await ingest(driver, { query: "RETURN row", source: range(20), batchSize: 3 }).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(IngestError);
    expect(error).toMatchObject({ rows: 6, batches: 2, cause });
    expect((error as Error).message).toBe("Batch 3 (rows 7 to 9) could not be written: constraint");
    expect(openSessions()).toBe(0);
  });

  it("passes on what the source and onProgress throw, and tells the source that it is over", async () => {
    const mine = new RangeError("mine");
    const { driver, openSessions, written } = fakeDriver();
    let closed = false;
    function* source() {
      try {
        yield* range(5);
        throw mine;
      } finally {
        closed = true;
      }
    }
    await expect(ingest(driver, { query: "RETURN row", source: source(), batchSize: 2 })).rejects.toBe(mine);
    expect(written).toHaveLength(2);
    closed = false;
    const onProgress = () => {
      throw mine;
    };
    await expect(ingest(driver, { query: "RETURN row", source: source(), batchSize: 2, onProgress })).rejects.toBe(
      mine,
    );
    expect([closed, openSessions()]).toEqual([true, 0]);
  });

  it("stops at its signal; what is committed stays", async () => {
    const { driver, written } = fakeDriver();
    const abort = new AbortController();
    const onProgress = ({ batches }: IngestProgress) => {
      if (batches === 2) abort.abort(new Error("enough"));
    };
    const stopped = ingest(driver, {
      query: "RETURN row",
      source: range(20),
      batchSize: 2,
      onProgress,
      signal: abort.signal,
    });
    await expect(stopped).rejects.toThrow("enough");
    expect(written).toHaveLength(2);
  });

  it("belongs to the driver's chain of queries and to the database asked for", async () => {
    const { driver, sessions } = fakeDriver();
    await ingest(driver, { query: "RETURN row", source: [], database: "movies" });
    expect(sessions).toEqual([{ database: "movies", bookmarkManager: driver.executeQueryBookmarkManager }]);
  });

  it.each([
    [{ source: [] }, /exactly one of query, nodes and relationships/],
    [{ source: [], query: "x", nodes: { labels: "A" } }, /exactly one of/],
    [{ source: [], query: " " }, /`query`.*Cypher text/],
    [{ query: "x" }, /`source`/],
    [{ query: "x", source: "rows" }, /`source`/],
    [{ query: "x", source: [], batchSize: 0 }, /`batchSize`/],
    [{ query: "x", source: [], batchsize: 10 }, /`batchsize`.*no such option/],
    [{ nodes: { labels: [] }, source: [] }, /`nodes.labels`/],
  ])("refuses %o", async (options, message) => {
    const { driver, sessions } = fakeDriver();
    const refused = ingest(driver, options as IngestOptions<unknown>);
    await expect(refused).rejects.toBeInstanceOf(ConfigurationError);
    await expect(refused).rejects.toThrow(message);
    expect(sessions).toEqual([]);
  });
});
