import { inspect } from "node:util";
import {
  BrokenRecordError,
  ClientError,
  ResultConsumedError,
  ResultFailedError,
  ResultNotSingleError,
} from "@fulgur/neo4j-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Result } from "../src/index.ts";
import * as publicNames from "../src/index.ts";
import { settle } from "./fake-clock.ts";
import { driverOf, numbers, type Peer, ScriptedServer } from "./scripted-server.ts";

const refused = { code: "Neo.ClientError.General.Foo" };

function sessionWith(rows: number, fetchSize = 2) {
  const server = new ScriptedServer();
  server.answers.set("Q", { rows: numbers(rows) });
  server.answers.set("breaks", { rows: numbers(rows), breaks: refused });
  server.answers.set("fails", { fails: refused });
  const { driver } = driverOf(server);
  return { server, session: driver.session({ fetchSize }) };
}

async function valuesOf(result: Result): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const record of result) values.push(record.get("n"));
  return values;
}

describe("a result", () => {
  it("iterates its records, and is done for good at the end (RES-02, RES-03)", async () => {
    const { session } = sessionWith(5);
    const result = session.run("Q");
    expect(await valuesOf(result)).toEqual([1, 2, 3, 4, 5]);
    expect(await result.next()).toEqual({ done: true, value: undefined });
    expect(await valuesOf(result)).toEqual([]);
    expect((await result.summary()).queryType).toBe("r");
    expect(result.closed).toBe(false);
  });

  it("is made by running a query, and by nothing else (RES-26)", () => {
    expect(publicNames).not.toHaveProperty("Result");
    expect(publicNames).toHaveProperty("Record");
  });

  it("knows its keys before and after everything (RES-04, RES-28)", async () => {
    const { session } = sessionWith(0);
    const result = session.run("Q");
    expect(await result.keys()).toEqual(["n"]);
    await result.consume();
    expect(await result.keys()).toEqual(["n"]);
  });

  it("goes on after a loop that was left early, in the same place (RES-02)", async () => {
    const { session } = sessionWith(5);
    const result = session.run("Q");
    for await (const record of result) if (record.get("n") === 2) break;
    expect(await valuesOf(result)).toEqual([3, 4, 5]);
  });

  it("awaited is the same eager result each time, and can't be iterated then", async () => {
    const { session } = sessionWith(3);
    const result = session.run("Q");
    const eager = await result;
    expect(await result).toBe(eager);
    expect(eager.records.map((record) => record.get("n"))).toEqual([1, 2, 3]);
    await expect(valuesOf(result)).rejects.toBeInstanceOf(ResultConsumedError);
    expect(result.closed).toBe(true);
    expect(await result.consume()).toEqual(eager.summary);
  });

  it("consumed throws the rest away on the server and gives one summary (RES-05, RES-22)", async () => {
    const { server, session } = sessionWith(5);
    const result = session.run("Q");
    await result.next();
    const summary = await result.consume();
    expect(await result.consume()).toBe(summary);
    expect(server.of("DISCARD").map(({ extra }) => extra.n)).toEqual([-1]);
    await expect(valuesOf(result)).rejects.toBeInstanceOf(ResultConsumedError);
    await expect(result.peek()).rejects.toBeInstanceOf(ResultConsumedError);
    await expect(result.toEagerResult()).rejects.toMatchObject({ result });
  });

  it("asks for no more than a slow reader can hold (RES-24, SES-19)", async () => {
    const { server, session } = sessionWith(100, 10);
    const result = session.run("Q");
    await result.next();
    await settle();
    expect(server.of("PULL").length).toBeLessThanOrEqual(3);
    expect(server.of("PULL").every(({ extra }) => extra.n === 10)).toBe(true);
    expect(await valuesOf(result)).toHaveLength(99);
    expect(server.of("PULL")).toHaveLength(10);
  });

  it("stops the network before a reader that asked for all at once, and lets it flow as it reads (RES-24)", async () => {
    const { server, session } = sessionWith(66_000, -1);
    const result = session.run("Q");
    await result.next();
    await settle();
    const [peer] = server.connections as [Peer];
    expect([peer.pauses, peer.resumes]).toEqual([1, 0]);
    expect(await valuesOf(result)).toHaveLength(65_999);
    expect(peer.resumes).toBe(peer.pauses);
  });

  it("peeks and fetches (RES-07, RES-08)", async () => {
    const { session } = sessionWith(5);
    const result = session.run("Q");
    expect((await result.peek())?.get("n")).toBe(1);
    expect((await result.fetch(3)).map((record) => record.get("n"))).toEqual([1, 2, 3]);
    expect(await result.fetch(0)).toEqual([]);
    expect(await result.fetch(9)).toHaveLength(2);
    expect(await result.peek()).toBeNull();
    await expect(result.fetch(-1)).rejects.toBeInstanceOf(RangeError);
  });

  it.each([0, 1, 2])("has a single record or not, of %d (RES-06)", async (rows) => {
    const { session } = sessionWith(rows);
    const lenient = await session.run("Q").single();
    expect(lenient?.get("n")).toBe(rows === 0 ? undefined : 1);
    const strict = session.run("Q").single({ strict: true });
    if (rows === 1) expect((await strict).get("n")).toBe(1);
    else await expect(strict).rejects.toBeInstanceOf(ResultNotSingleError);
  });

  it("refuses an option of single() that doesn't exist, before it reads", async () => {
    const { session } = sessionWith(1);
    const result = session.run("Q");
    for (const wrong of [{ strct: true }, { strict: 1 }]) {
      await expect(result.single(wrong as never)).rejects.toMatchObject({ name: "ConfigurationError" });
    }
    expect((await result.single({ strict: true })).get("n")).toBe(1);
  });

  it("hands out the same values by batches as rows, as records and as objects, also of a batch that was begun", async () => {
    const { session } = sessionWith(5, 3);
    const result = session.run("Q");
    await result.next();
    const seen: unknown[] = [];
    for await (const batch of result.batches()) {
      const values = batch.values.map(([n]) => n);
      expect(batch.values).toBe(batch.values);
      expect(batch.objects()).toEqual(values.map((n) => ({ n })));
      expect(batch.records().map((record) => record.get("n"))).toEqual(values);
      seen.push(...values);
    }
    expect(seen).toEqual([2, 3, 4, 5]);
  });

  it("hands out batches and plain objects", async () => {
    const { session } = sessionWith(5);
    const sizes: number[] = [];
    const result = session.run("Q");
    await result.next();
    for await (const batch of result.batches()) {
      sizes.push(batch.length);
      expect(batch.objects()).toHaveLength(batch.length);
      expect(batch.keys).toEqual(["n"]);
    }
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(4);
    expect(await session.run("Q").rows()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }, { n: 5 }]);
  });

  it("gives each record once and in order, however it is read (RES-29)", async () => {
    const reading = fc.constantFrom("next", "peek", "fetch", "batch", "loop");
    await fc.assert(
      fc.asyncProperty(
        fc.nat(12),
        fc.integer({ min: 1, max: 4 }),
        fc.array(reading),
        async (rows, fetchSize, readings) => {
          const { session } = sessionWith(rows, fetchSize);
          const result = session.run("Q");
          const seen: unknown[] = [];
          for (const how of [...readings, "loop"]) {
            if (how === "next") {
              const { done, value } = await result.next();
              if (!done) seen.push(value.get("n"));
            } else if (how === "peek") {
              expect((await result.peek())?.get("n")).toBe(seen.length < rows ? seen.length + 1 : undefined);
            } else if (how === "fetch") {
              for (const record of await result.fetch(2)) seen.push(record.get("n"));
            } else if (how === "batch") {
              const { done, value } = await result.batches().next();
              if (!done) for (const record of value.records()) seen.push(record.get("n"));
            } else if (how === "loop" && readings.length % 2 === 0) {
              for await (const record of result) seen.push(record.get("n"));
            }
          }
          for await (const record of result) seen.push(record.get("n"));
          expect(seen).toEqual(Array.from({ length: rows }, (_, at) => at + 1));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("serves readers at the same time, each record once", async () => {
    const { session } = sessionWith(6);
    const result = session.run("Q");
    const reads = await Promise.all(Array.from({ length: 8 }, () => result.next()));
    expect(reads.map(({ value }) => value?.get("n"))).toEqual([1, 2, 3, 4, 5, 6, undefined, undefined]);
  });

  it("fails where it is read: the records before come first, the error once, then a ResultFailedError (RES-25)", async () => {
    const { session } = sessionWith(2, 1000);
    const result = session.run("breaks");
    expect((await result.next()).value?.get("n")).toBe(1);
    expect((await result.next()).value?.get("n")).toBe(2);
    const first = await result.next().catch((error: unknown) => error);
    expect(first).toBeInstanceOf(ClientError);
    const again = await result.next().catch((error: unknown) => error);
    expect(again).toBeInstanceOf(ResultFailedError);
    expect((again as Error).cause).toBe(first);
    expect((again as ResultFailedError).result).toBe(result);
  });

  it("rejects when the server refuses the query, whatever is asked first", async () => {
    for (const ask of ["keys", "next", "peek", "consume", "summary", "rows", "toEagerResult"] as const) {
      const { session } = sessionWith(0);
      await expect(session.run("fails")[ask]()).rejects.toBeInstanceOf(ClientError);
    }
    const { session } = sessionWith(0);
    const result = session.run("fails");
    const [one, two] = [await result.catch((error) => error), await result.catch((error) => error)];
    expect(one).toBeInstanceOf(ClientError);
    expect(two).toBe(one);
  });

  it("ends no process by a failure that nobody looks at", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    const { session } = sessionWith(2);
    session.run("fails");
    session.run("breaks");
    session.run("Q", { bad: undefined });
    const transaction = await session.beginTransaction();
    transaction.run("breaks");
    transaction.run("fails");
    transaction.run("Q");
    await settle();
    await session.close();
    await settle();
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });

  it("keeps the other columns readable when one can't be decoded, and prints and writes as JSON (REC-16, REC-17, ERR-26)", async () => {
    const server = new ScriptedServer();
    // A zone that doesn't exist.
    const zoned = { fields: ["z", "n"] };
    server.answers.set("Q", { ...zoned, rows: [["x", 1]] });
    server.intercept = (request, peer) => {
      if (request.type !== "PULL") return false;
      const zone = [...new TextEncoder().encode("Foo/Bar")];
      const record = [0xb1, 0x71, 0x92, 0xb3, 0x69, 0x00, 0x00, 0x80 + zone.length, ...zone, 0x01];
      peer.listener.received(Uint8Array.from([0, record.length, ...record, 0, 0]));
      peer.success({ type: "r" });
      return true;
    };
    const { driver } = driverOf(server);
    const { records } = await driver.session().run("Q");
    const record = records[0]!;
    expect(record.get("n")).toBe(1);
    const read = [() => record.get("z"), () => record.at(0), () => record.values(), () => record.toObject()];
    for (const access of [...read, () => [...record], () => record.entries()]) {
      expect(access).toThrow(BrokenRecordError);
      expect(access).toThrow(/"z"/);
    }
    expect(inspect(record)).toBe('Record {z: "(can\'t be decoded)", n: 1}');
    expect(JSON.parse(JSON.stringify(record))).toEqual({ z: { brokenValue: expect.stringContaining("zone") }, n: 1 });
  });
});
