import { ClientError, type Driver } from "@fulgur/neo4j-driver";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IngestError, type IngestProgress, ingest } from "../src/index.ts";

interface Written {
  readonly query: string;
  readonly rows: unknown[];
}

/** A driver whose server writes down what it gets; `reply` may refuse a batch. It notes whatever a ledger wants noted. */
function fakeDriver(reply: (batch: Written) => { written?: number } = ({ rows }) => ({ written: rows.length })) {
  const written: Written[] = [];
  const sessions: object[] = [];
  const asked: string[] = [];
  let open = 0;
  const answer = (row: object) => ({
    summary: { counters: { updates: () => zeros } },
    records: [{ get: (key: string) => Reflect.get(row, key) as unknown }],
  });
  const driver = {
    executeQueryBookmarkManager: {},
    async executeQuery(query: string) {
      asked.push(query);
      return { records: [] };
    },
    session(config: object) {
      sessions.push(config);
      open++;
      return {
        executeWrite: (work: (tx: object) => unknown) =>
          work({
            run: async (query: string, parameters: { rows: unknown[] }) => {
              if (query.includes("FulgurIngestLedger")) return answer({ noted: 1, found: 1, done: [] });
              const { rows } = parameters;
              const row = reply({ query, rows });
              written.push({ query, rows });
              const counters = { ...zeros, nodesCreated: rows.length, propertiesSet: 2 };
              return { ...answer(row), summary: { counters: { updates: () => counters } } };
            },
          }),
        close: async () => {
          open--;
        },
      };
    },
  };
  return { driver: driver as unknown as Driver, written, sessions, asked, openSessions: () => open };
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

const quiet = { constraints: "ignore" } as const;

describe("ingesting", () => {
  it("writes every row once and in order, whatever the sizes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(50), fc.integer({ min: 1, max: 12 }), async (count, batchSize) => {
        const { driver, written } = fakeDriver();
        const result = await ingest(driver, { query: "CREATE (n) SET n = row", source: range(count), batchSize });
        expect(written.flatMap(({ rows }) => rows)).toEqual(range(count));
        expect(written.every(({ rows }) => rows.length <= batchSize)).toBe(true);
        expect(result).toMatchObject({ rows: count, batches: Math.ceil(count / batchSize), unmatched: 0, rejected: 0 });
        expect(result.counters.nodesCreated).toBe(count);
        expect(result.elapsed).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 50 },
    );
  });

  it("passes the user's own objects on", async () => {
    const { driver, written } = fakeDriver();
    const source = range(3);
    await ingest(driver, { query: "RETURN row", source });
    expect(written[0]?.rows.every((row, i) => row === source[i])).toBe(true);
  });

  it("takes rows only as fast as they are written: one batch is read while another one is at the server", async () => {
    let given = 0;
    let committed = 0;
    let ahead = 0;
    const { driver } = fakeDriver(({ rows }) => {
      committed += rows.length;
      return {};
    });
    async function* source() {
      for (const row of range(55)) {
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
    expect(ahead).toBeLessThanOrEqual(20);
    expect(steps.map(({ rows, batches }) => [rows, batches])).toEqual([
      [10, 1],
      [20, 2],
      [30, 3],
      [40, 4],
      [50, 5],
      [55, 6],
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

  it("says where the rows are that can't be written", async () => {
    const cause = new ClientError("no such database", { code: "Neo.ClientError.Database.DatabaseNotFound" });
    const { driver, openSessions } = fakeDriver(({ rows }) => {
      if (rows.some((row) => (row as { id: number }).id === 7)) throw cause;
      return {};
    });
    const steps: number[] = [];
    const error = await ingest(driver, {
      query: "RETURN row",
      source: range(20),
      batchSize: 3,
      onProgress: ({ rows }) => void steps.push(rows),
    }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(IngestError);
    expect(error).toMatchObject({ row: 7, file: undefined, cause });
    expect((error as Error).message).toBe("The rows 7 to 9 could not be written: no such database");
    expect(steps).toEqual([3, 6]);
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
    await expect(ingest(driver, { query: "RETURN row", source: source(), batchSize: 1, onProgress })).rejects.toBe(
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
    expect(written.length).toBeLessThanOrEqual(3);
  });

  it("stops at its signal while its source hangs", async () => {
    const { driver, openSessions } = fakeDriver();
    const abort = new AbortController();
    async function* source() {
      yield { id: 1 };
      abort.abort(new Error("enough"));
      await new Promise(() => {});
    }
    const stopped = ingest(driver, { query: "RETURN row", source: source(), signal: abort.signal });
    await expect(stopped).rejects.toThrow("enough");
    expect(openSessions()).toBe(0);
  });

  it("tells of a batch that failed while its source hangs", async () => {
    const cause = new ClientError("no such database", { code: "Neo.ClientError.Database.DatabaseNotFound" });
    const { driver, openSessions } = fakeDriver(() => {
      throw cause;
    });
    async function* source() {
      yield* range(2);
      await new Promise(() => {});
    }
    const failing = ingest(driver, { query: "RETURN row", source: source(), batchSize: 2 });
    await expect(failing).rejects.toMatchObject({ name: "IngestError", cause });
    expect(openSessions()).toBe(0);
  });

  it("belongs to the driver's chain of queries and to the database asked for", async () => {
    const { driver, sessions } = fakeDriver();
    await ingest(driver, { query: "RETURN row", source: [], database: "movies", maxTransactionRetryTime: 5 });
    const bookmarkManager = driver.executeQueryBookmarkManager;
    expect(sessions).toMatchObject([{ database: "movies", bookmarkManager, maxTransactionRetryTime: 5 }]);
  });

  it("leaves nothing in the graph, and asks for nothing, when there are no rows", async () => {
    const { driver, written, asked } = fakeDriver();
    await ingest(driver, { nodes: { labels: "P", key: "id" }, source: [], ...quiet });
    expect([written, asked]).toEqual([[], []]);
  });
});
