/** Results as they are read, against a server that says exactly this. The rows of the feature list: RES, REC-17, GRA-01. */
import { Readable } from "node:stream";
import {
  BrokenRecordError,
  Node,
  Path,
  PathSegment,
  Relationship,
  type Result,
  ResultConsumedError,
  ResultError,
  ResultFailedError,
  ResultNotSingleError,
  type Session,
} from "@fulgur/neo4j-driver";
import { answering, type ScriptedPeer, type ScriptedServer } from "@fulgur/neo4j-testing";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { list, record as packedRecord, structure, text } from "./packed.ts";
import { failureOf, play } from "./play.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, i) => [i + 1]);

interface Given {
  readonly fields?: readonly string[];
  readonly fetchSize?: number;
  readonly engine?: "wasm" | "plain";
}

/** A session whose every query gives these records. */
function withRecords<T>(
  records: readonly (readonly unknown[])[],
  use: (session: Session, server: ScriptedServer) => Promise<T>,
  { fields = ["n"], fetchSize = 2, engine = "wasm" }: Given = {},
): Promise<T> {
  return play(
    answering(() => ({ fields, records, summary: { type: "r" } })),
    async (db, server) => {
      await using session = db.session({ fetchSize });
      return await use(session, server);
    },
    { config: { engine } },
  );
}

/** The requests of the first connection after its login. */
const askedOf = ({ peers }: ScriptedServer): string[] => {
  const all = peers[0]?.received.map(({ type }) => type) ?? [];
  return all.filter((type) => !["HELLO", "LOGON"].includes(type));
};

async function rest(result: Result): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const record of result) values.push(record.get("n"));
  return values;
}

describe("a result", () => {
  it("holds its connection until the last record or consume, whichever comes first (RES-01)", async () => {
    await play(
      answering(() => ({ fields: ["n"], records: numbers(3) })),
      async (db, { peers }) => {
        const [one, other] = [db.session({ fetchSize: 2 }), db.session({ fetchSize: 2 })];
        const open = one.run("RETURN 1");
        await open.next();
        await other.run("RETURN 2").consume();
        expect(peers).toHaveLength(2);
        await rest(open);
        const again = one.run("RETURN 3");
        const beside = other.run("RETURN 4");
        await Promise.all([again.keys(), beside.keys()]);
        await again.consume();
        const third = db.session();
        await third.run("RETURN 5");
        expect(peers).toHaveLength(2);
        for (const session of [one, other, third]) await session.close();
      },
    );
  });

  it("is shared by its iterators, and goes on after a loop that was left (RES-02, RES-03)", async () => {
    await withRecords(numbers(7), async (session) => {
      const result = session.run<{ n: number }>("RETURN 1");
      const [one, other] = [result[Symbol.asyncIterator](), result[Symbol.asyncIterator]()];
      const taken: unknown[] = [];
      for (const iterator of [one, other, one]) taken.push((await iterator.next()).value?.get("n"));
      for await (const record of result) if (taken.push(record.get("n")) === 5) break;
      for await (const batch of result.batches()) {
        for (const { n } of batch.objects()) taken.push(n);
        break;
      }
      taken.push(...(await rest(result)));
      expect(taken).toEqual([1, 2, 3, 4, 5, 6, 7]);
      for (const iterator of [one, other, result])
        expect(await iterator.next()).toEqual({ done: true, value: undefined });
    });
  });

  it.each([
    ["rows", numbers(3)],
    ["no rows", []],
  ])("of %s has its keys before any record and after everything (RES-04)", async (_, records) => {
    await withRecords(records, async (session) => {
      const result = session.run("RETURN 1");
      expect(await result.keys()).toEqual(["n"]);
      await result.consume();
      expect(await result.keys()).toEqual(["n"]);
    });
  });

  it("has its keys while the server holds back the records (RES-28)", async () => {
    let release!: () => void;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await play(
      async (peer) => {
        await peer.login();
        await peer.receive("RUN");
        await peer.receive("PULL");
        peer.success({ fields: ["a", "b"] });
        await released;
        peer.record(1, 2);
        peer.success();
        await peer.closed();
      },
      async (db) => {
        const result = db.session().run("RETURN 1");
        expect(await result.keys()).toEqual(["a", "b"]);
        release();
        expect((await result.next()).value?.toObject()).toEqual({ a: 1, b: 2 });
      },
    );
  });

  it("consumed with records left is discarded after the portion under way, and says its summary again (RES-05)", async () => {
    await withRecords(numbers(5), async (session, server) => {
      const result = session.run("RETURN 1");
      await result.keys();
      const summary = await result.consume();
      expect(askedOf(server)).toEqual(["RUN", "PULL", "DISCARD"]);
      expect(server.peers[0]?.received.at(-1)).toMatchObject({ type: "DISCARD", extra: { n: -1 } });
      expect(await result.consume()).toBe(summary);
      expect(await result.summary()).toBe(summary);
      expect(askedOf(server)).toHaveLength(3);
    });
  });

  it("consumed with all records in is not discarded (RES-05)", async () => {
    await withRecords(
      numbers(2),
      async (session, server) => {
        const result = session.run("RETURN 1");
        await result.next();
        expect((await result.consume()).queryType).toBe("r");
        expect(askedOf(server)).toEqual(["RUN", "PULL"]);
      },
      { fetchSize: 1000 },
    );
  });

  it("can't be consumed after its transaction, though its summary is kept (RES-05, RES-22, RES-23)", async () => {
    await withRecords(numbers(5), async (session) => {
      const messages = new Set<string>();
      for (const end of ["commit", "rollback"] as const) {
        const transaction = await session.beginTransaction();
        const [read, unread, consumed] = ["a", "b", "c"].map((query) => transaction.run(query)) as [
          Result,
          Result,
          Result,
        ];
        await rest(read);
        const summary = await consumed.consume();
        expect([read.closed, unread.closed, consumed.closed]).toEqual([false, false, true]);
        await transaction[end]();
        expect([read.closed, unread.closed]).toEqual([true, true]);
        for (const result of [read, unread]) {
          for (const ask of ["consume", "next", "peek", "toEagerResult", "rows", "columns", "graph"] as const) {
            const error = await failureOf(result[ask]() as Promise<unknown>);
            expect(error).toBeInstanceOf(ResultConsumedError);
            expect((error as ResultConsumedError).result).toBe(result);
            messages.add(error.message);
          }
        }
        expect((await read.summary()).queryType).toBe("r");
        expect(await consumed.consume()).toBe(summary);
        const error = await failureOf(consumed.next());
        expect(error).toBeInstanceOf(ResultConsumedError);
        expect(messages).not.toContain(error.message);
      }
      expect(messages.size).toBe(1);
    });
  });

  it("is closed by consume and by awaiting, not by its last record (RES-20, RES-22)", async () => {
    await withRecords(numbers(3), async (session) => {
      const result = session.run("RETURN 1");
      await rest(result);
      expect(result.closed).toBe(false);
      await result.consume();
      expect(result.closed).toBe(true);
      const other = session.run("RETURN 1");
      const eager = await other.toEagerResult();
      expect(eager.records.map((record) => record.get("n"))).toEqual([1, 2, 3]);
      expect([eager.keys, eager.summary.queryType, other.closed]).toEqual([["n"], "r", true]);
      expect(await other.toEagerResult()).toBe(eager);
      await expect(other.next()).rejects.toBeInstanceOf(ResultConsumedError);
    });
  });

  it.each([0, 1, 2, 5])("of %d records has a single one or not; the rest is discarded (RES-06)", async (count) => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on("warning", note);
    onTestFinished(() => void process.off("warning", note));
    await withRecords(numbers(count), async (session, server) => {
      const single = await session.run("RETURN 1").single();
      expect(single?.get("n") ?? null).toBe(count === 0 ? null : 1);
      expect(askedOf(server).includes("DISCARD")).toBe(count === 5);
      const result = session.run("RETURN 1");
      if (count === 1) {
        expect((await result.single({ strict: true })).get("n")).toBe(1);
      } else {
        const error = await failureOf(result.single({ strict: true }));
        expect(error).toBeInstanceOf(ResultNotSingleError);
        expect(error).toMatchObject({ result, message: expect.stringContaining(count === 0 ? "none" : "several") });
      }
      // It is at its end, and was not consumed.
      expect(await result.single()).toBeNull();
      expect(await result.next()).toEqual({ done: true, value: undefined });
      expect((await result.consume()).queryType).toBe("r");
      await expect(result.single()).rejects.toBeInstanceOf(ResultConsumedError);
    });
    await new Promise(setImmediate);
    expect(warnings.map(({ name }) => name)).toEqual(count > 1 ? ["Neo4jWarning"] : []);
    if (count > 1) expect(warnings[0]?.stack).toContain("results.test.ts");
  });

  it("gives so many records, over the ends of portions, and what there is (RES-07)", async () => {
    await withRecords(numbers(5), async (session) => {
      const result = session.run("RETURN 1");
      const take = async (count: number) => (await result.fetch(count)).map((record) => record.get("n"));
      expect([await take(3), await take(0), await take(9), await take(1)]).toEqual([[1, 2, 3], [], [4, 5], []]);
      for (const count of [-1, 1.5, Number.NaN]) await expect(result.fetch(count)).rejects.toBeInstanceOf(RangeError);
      const all = await session.run("RETURN 1").fetch(Number.POSITIVE_INFINITY);
      expect(all).toHaveLength(5);
    });
  });

  it("shows its next record without taking it (RES-08)", async () => {
    await withRecords(numbers(1), async (session) => {
      const result = session.run("RETURN 1");
      const peeked = [await result.peek(), await result.peek()];
      for (const record of peeked) expect(record?.get("n")).toBe(1);
      expect((await result.next()).value?.equals(peeked[0])).toBe(true);
      expect(await result.peek()).toBeNull();
    });
  });

  it("gives what is left of one column, by name or index, or something instead (RES-10)", async () => {
    const records = [
      [1, "a"],
      [2, null],
      [3, "c"],
    ];
    await withRecords(
      records,
      async (session) => {
        expect(await session.run("RETURN 1").value()).toEqual([1, 2, 3]);
        const result = session.run<{ n: number; s: string }>("RETURN 1");
        await result.next();
        expect(await result.value("s", "else")).toEqual([null, "c"]);
        expect(await result.value("s")).toEqual([]);
        expect(await session.run("RETURN 1").value(1)).toEqual(["a", null, "c"]);
        expect(await session.run("RETURN 1").value("nobody", "else")).toEqual(["else", "else", "else"]);
        expect(await session.run("RETURN 1").value(2)).toEqual([null, null, null]);
      },
      { fields: ["n", "s"] },
    );
  });

  it("gives what is left as lists, of all columns or of chosen ones in their order (RES-11)", async () => {
    const records = [
      [1, "a", true],
      [2, "b", false],
    ];
    await withRecords(
      records,
      async (session) => {
        expect(await session.run("RETURN 1").values()).toEqual(records);
        expect(await session.run("RETURN 1").values("b", 0, "nobody")).toEqual([
          [true, 1, null],
          [false, 2, null],
        ]);
        await expect(session.run("RETURN 1").values(3)).rejects.toBeInstanceOf(RangeError);
      },
      { fields: ["n", "s", "b"] },
    );
  });

  it("gives what is left as plain data, in which relationships know nodes of other records (RES-12)", async () => {
    const [ann, bob] = [new Node(1, ["P"], { name: "Ann" }, "n1"), new Node(2, ["P"], { name: "Bob" }, "n2")];
    const knows = new Relationship(3, 1, 2, "KNOWS", { since: 1 }, "r1", "n1", "n2");
    const path = new Path(ann, bob, [new PathSegment(ann, knows, bob)]);
    await withRecords([[ann], [bob], [knows], [path], [2n ** 60n]], async (session) => {
      const step = [{ name: "Ann" }, "KNOWS", { name: "Bob" }];
      const data = await session.run("RETURN 1").data();
      expect(data.map(({ n }) => n)).toEqual([{ name: "Ann" }, { name: "Bob" }, step, step, "1152921504606846976"]);
      expect(JSON.parse(JSON.stringify(data))).toEqual(data);
      expect((await session.run("RETURN 1").data(0))[1]).toEqual({ n: { name: "Bob" } });
    });
    await withRecords([], async (session) => expect(await session.run("RETURN 1").data()).toEqual([]));
  });

  it("is mapped while it arrives; an error of the mapper leaves the rest (RES-27)", async () => {
    await withRecords(numbers(4), async (session) => {
      const result = session.run<{ n: number }>("RETURN 1");
      const doubled = result.map(async (record, index) => {
        if (record.get("n") === 2) throw new Error("no twos");
        return [index, record.get("n") * 2];
      });
      expect((await doubled.next()).value).toEqual([0, 2]);
      await expect(doubled.next()).rejects.toThrow("no twos");
      expect((await doubled.next()).value).toEqual([2, 6]);
      expect(await rest(result)).toEqual([4]);
      expect(await doubled.next()).toEqual({ done: true, value: undefined });
    });
  });

  it("fails where it is read, then says that it has failed (RES-25)", async () => {
    await play(
      async (peer) => {
        await peer.login();
        await peer.receive("RUN");
        await peer.receive("PULL");
        peer.success({ fields: ["n"] });
        peer.records([1], [2]);
        peer.failure("Neo.ClientError.Statement.ArithmeticError");
        await peer.accept("RESET");
        await peer.closed();
      },
      async (db) => {
        const result = db.session().run("RETURN 1");
        expect((await result.fetch(2)).map((record) => record.get("n"))).toEqual([1, 2]);
        const error = await failureOf(result.next());
        expect(error.code).toBe("Neo.ClientError.Statement.ArithmeticError");
        for (const ask of ["next", "peek", "graph", "columns", "data"] as const) {
          const again = await failureOf(result[ask]() as Promise<unknown>);
          expect(again).toBeInstanceOf(ResultFailedError);
          expect(again.cause).toBe(error);
        }
      },
    );
  });

  it("gives each record once and in order, however it is read (RES-29)", async () => {
    const ways = fc.array(fc.constantFrom("next", "peek", "fetch", "loop", "batch", "map", "graph"), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.nat(9), fc.integer({ min: 1, max: 4 }), ways, async (count, fetchSize, readings) => {
        await withRecords(numbers(count), (session) => readAllWays(session.run("RETURN 1"), count, readings), {
          fetchSize,
        });
      }),
      { numRuns: 40 },
    );
  });

  it("is what Node's and the web's streams can be made of (RES-24)", async () => {
    await withRecords(numbers(5), async (session) => {
      const seen: unknown[] = [];
      for await (const record of Readable.from(session.run("RETURN 1"))) seen.push(record.get("n"));
      for await (const record of ReadableStream.from(session.run("RETURN 1"))) seen.push(record.get("n"));
      expect(seen).toEqual([1, 2, 3, 4, 5, 1, 2, 3, 4, 5]);
    });
  });
});

async function readAllWays(result: Result, count: number, readings: readonly string[]): Promise<void> {
  const seen: unknown[] = [];
  for (const how of readings) {
    if (how === "next") {
      const { value } = await result.next();
      if (value !== undefined) seen.push(value.get("n"));
    } else if (how === "peek") {
      expect((await result.peek())?.get("n")).toBe(seen.length < count ? seen.length + 1 : undefined);
    } else if (how === "fetch") {
      for (const record of await result.fetch(3)) seen.push(record.get("n"));
    } else if (how === "loop") {
      for await (const record of result) {
        seen.push(record.get("n"));
        break;
      }
    } else if (how === "batch") {
      const { value } = await result.batches().next();
      for (const [n] of value?.values ?? []) seen.push(n);
    } else if (how === "map") {
      const { value, done } = await result.map((record) => record.get("n")).next();
      if (!done) seen.push(value);
    } else {
      // Fetches the rest, or says that it can't be whole; takes nothing away.
      await result.graph().catch((error: unknown) => expect(error).toBeInstanceOf(ResultError));
    }
  }
  seen.push(...(await rest(result)));
  expect(seen).toEqual(numbers(count).flat());
}

describe("a result's graph", () => {
  const nodeOf = (id: number) => new Node(id, ["P"], { id }, `n${id}`);
  const [a, b, c] = [nodeOf(1), nodeOf(2), nodeOf(3)];
  const ab = new Relationship(1, 1, 2, "NEXT", {}, "r1", "n1", "n2");
  const bc = new Relationship(2, 2, 3, "NEXT", {}, "r2", "n2", "n3");
  const path = new Path(a, c, [new PathSegment(a, ab, b), new PathSegment(b, bc, c)]);

  it("has each node and relationship once (GRA-01)", async () => {
    await withRecords([[path], [path], [b]], async (session) => {
      const graph = await session.run("RETURN 1").graph();
      expect([...graph.nodes].map(({ elementId }) => elementId)).toEqual(["n1", "n2", "n3"]);
      expect([...graph.relationships].map(({ elementId }) => elementId)).toEqual(["r1", "r2"]);
    });
  });

  it("has records that were read before, too, and leaves the others to be read (RES-09)", async () => {
    await withRecords(
      [[a], [b], [c]],
      async (session, server) => {
        const result = session.run("RETURN 1");
        expect((await result.next()).value?.get("n").elementId).toBe("n1");
        const graph = await result.graph();
        expect([...graph.nodes].map(({ elementId }) => elementId)).toEqual(["n1", "n2", "n3"]);
        // Everything is here: the connection serves others.
        expect(server.peers).toHaveLength(1);
        expect(await result.graph()).toBe(graph);
        const left = await result.fetch(9);
        expect(left.map((record) => record.get("n").graph === graph)).toEqual([true, true]);
        expect((await result.consume()).queryType).toBe("r");
      },
      { fetchSize: 1000 },
    );
  });

  it("says so when records that were read are not kept, instead of being incomplete (RES-09)", async () => {
    await withRecords(
      [[a], [b], [c]],
      async (session) => {
        const result = session.run("RETURN 1");
        await result.fetch(2);
        const error = await failureOf(result.graph());
        expect(error).toBeInstanceOf(ResultError);
        expect(error.message).toMatch(/1 records have been read and are not kept. Ask for the graph first/);
        expect((await result.next()).value?.get("n").elementId).toBe("n3");
      },
      { fetchSize: 1 },
    );
  });
});

describe.each(["wasm", "plain"] as const)("with the %s engine a column that can't be decoded", (engine) => {
  it("throws when it is read, and leaves the others and the records around it whole (REC-17)", async () => {
    const say = (peer: ScriptedPeer) => {
      peer.record("before", 1);
      peer.packed(packedRecord(structure("i", [0], [0], text("Foo/Bar")), [2]));
      peer.packed(packedRecord(list([1]), [3]));
    };
    await play(
      async (peer) => {
        for (await peer.login(); ; ) {
          const request = await peer.receiveAny();
          if (request === undefined || request.type === "GOODBYE") return peer.close();
          if (request.type === "PULL") say(peer);
          peer.success(request.type === "RUN" ? { fields: ["z", "n"] } : {});
        }
      },
      async (db) => {
        const session = db.session();
        const { records } = await session.run("RETURN 1");
        expect(records.map((record) => record.get("n"))).toEqual([1, 2, 3]);
        expect([records[0]?.get("z"), records[2]?.get("z")]).toEqual(["before", [1]]);
        const broken = records[1]!;
        const reads = [() => broken.get("z"), () => broken.at(0), () => broken.values(), () => [...broken]];
        const others = [() => broken.entries(), () => broken.toObject(), () => broken.data(), () => broken.equals([])];
        for (const read of [...reads, ...others, () => broken.value(), () => broken.get("z", "else")]) {
          const error = (await failureOf(Promise.resolve().then(read))) as BrokenRecordError;
          expect(error).toBeInstanceOf(BrokenRecordError);
          expect(error.message).toMatch(/"z" \(index 0\).*Foo\/Bar/);
          expect(error.cause).toMatchObject({ name: "PackStreamError" });
        }
        expect([broken.values("n"), broken.data("n"), broken.slice(1).values()]).toEqual([[2], { n: 2 }, [2]]);
        expect(String(broken)).toContain("can't be decoded");
        expect(JSON.parse(JSON.stringify(broken))).toEqual({
          z: { brokenValue: expect.stringContaining("Foo/Bar") },
          n: 2,
        });
        await expect(session.run("RETURN 1").rows()).rejects.toBeInstanceOf(BrokenRecordError);
        expect(await session.run("RETURN 1").value("n")).toEqual([1, 2, 3]);
        const table = await session.run("RETURN 1").columns();
        expect(table.column("n")?.toArray()).toEqual([1, 2, 3]);
        await session.close();
      },
      { config: { engine } },
    );
  });
});
