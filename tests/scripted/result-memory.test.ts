/** Large results and slow readers: what is held in memory doesn't grow with either. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Driver } from "@fulgur/neo4j-driver";
import type { ScriptedPeer } from "@fulgur/neo4j-testing";
import { describe, expect, it } from "vitest";
import { play } from "./play.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const fields = ["id", "name", "score"];

/** A server that sends portions of one block of records until `total` have been sent. Tells how many were asked for. */
async function stream<T>(
  total: number,
  fetchSize: number,
  engine: "wasm" | "plain",
  use: (db: Driver, sent: () => number) => Promise<T>,
): Promise<T> {
  let sent = 0;
  const pour = (peer: ScriptedPeer, block: Uint8Array) => {
    peer.raw(block);
    sent += fetchSize;
    peer.success(sent < total ? { has_more: true } : { type: "r" });
  };
  return play(
    async (peer) => {
      await peer.login();
      const rows = Array.from({ length: fetchSize }, (_, i) => [i, `user number ${i}`, i / 3]);
      const block = Buffer.concat(rows.map((data) => peer.codec.encodeMessage({ type: "RECORD", data })));
      for (;;) {
        const request = await peer.receiveAny();
        if (request === undefined || request.type === "GOODBYE") return peer.close();
        if (request.type === "PULL") pour(peer, block);
        else peer.success(request.type === "RUN" ? { fields } : {});
        // What came is not needed any more, and it would be held.
        peer.received.length = 0;
        peer.pieces.length = 0;
        peer.flights.length = 0;
      }
    },
    (db) => use(db, () => sent),
    { config: { engine } },
  );
}

function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

describe.each(["wasm", "plain"] as const)("with the %s engine", (engine) => {
  it("the heap is the same after 50,000 records and after 400,000 (RES-24)", async () => {
    await stream(400_000, 1000, engine, async (db) => {
      await using session = db.session({ fetchSize: 1000 });
      let [count, sum, early] = [0, 0, 0];
      for await (const record of session.run<{ id: number }>("RETURN 1")) {
        sum += record.get("id");
        if (++count === 50_000) early = heap();
      }
      expect([count, sum]).toEqual([400_000, 400 * ((999 * 1000) / 2)]);
      // All of them would be more than 50 MB.
      expect(heap() - early).toBeLessThan(3e6);
    });
  });
});

it("a slow reader has at most the portion that it reads and the next one before it (RES-24)", async () => {
  await stream(100_000, 100, "wasm", async (db, sent) => {
    await using session = db.session({ fetchSize: 100 });
    const result = session.run("RETURN 1");
    for (let read = 1; read <= 1000; read++) {
      expect((await result.next()).done).toBe(false);
      if (read % 150 === 0) for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
      expect(sent() - read).toBeLessThanOrEqual(200);
    }
  });
});
