import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { PackStreamError } from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { bytesOf, chunked, codec, concat, engines, replies } from "./engines.ts";
import { recordsOf } from "./wasm-streams.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** How many bytes an action left allocated at its end, garbage included: collections in between can only lower it. */
function allocated(action: () => void): number {
  collectGarbage();
  const before = process.memoryUsage();
  action();
  const after = process.memoryUsage();
  return after.heapUsed - before.heapUsed + (after.arrayBuffers - before.arrayBuffers);
}

/** Every marker with a size, its widths and what one item needs at least. */
const sized: Readonly<Record<string, { markers: Readonly<Record<number, string>>; each: number; what: string }>> = {
  string: { markers: { 1: "d0", 2: "d1", 4: "d2" }, each: 1, what: "a string" },
  bytes: { markers: { 1: "cc", 2: "cd", 4: "ce" }, each: 1, what: "bytes" },
  list: { markers: { 1: "d4", 2: "d5", 4: "d6" }, each: 1, what: "a list" },
  map: { markers: { 1: "d8", 2: "d9", 4: "da" }, each: 2, what: "a map" },
};
const claims: Readonly<Record<number, readonly string[]>> = {
  1: ["80", "ff"],
  2: ["8000", "ffff"],
  4: ["00ffffff", "7fffffff", "80000000", "ffffffff"],
};

const cases = Object.entries(sized).flatMap(([kind, { markers, each, what }]) =>
  Object.entries(markers).flatMap(([width, marker]) =>
    (claims[Number(width)] as string[]).map((claim) => ({ kind, marker, claim, each, what })),
  ),
);

describe.each(engines)("sizes that are claimed and not there, in the %s engine", (engine) => {
  const each = codec({ engine });
  const sound = recordsOf(codec({ engine: "plain" }), [
    [1, "a"],
    [2, "b"],
  ]);

  it.each(cases)("$kind: $marker $claim", ({ marker, claim, each: bytes, what }) => {
    const needed = Number.parseInt(claim, 16) * bytes;
    for (const content of ["", "01", "8161", "c0c0c0"]) {
      const left = content.length / 2;
      const reason = `${what} needs ${needed} more bytes, ${left} are left`;
      const value = bytesOf(`${marker}${claim}${content}`);
      const error = caught(() => each.decodeValue(value));
      expect(error).toBeInstanceOf(PackStreamError);
      expect(error).toMatchObject({ offset: 0, reason });
      for (const before of [new Uint8Array(0), sound, concat(sound, sound, sound)]) {
        const bad = chunked(concat(bytesOf("b1 71 92 01"), value));
        expect(replies(each, [concat(before, bad, sound)]).at(-1)).toMatchObject({ offset: 4, reason });
      }
    }
  });

  it.each(cases)("$kind: $marker $claim, within lists, maps and nodes", ({ marker, claim }) => {
    for (const around of [
      "91",
      "a18161",
      "92c0",
      "b44e01",
      "b44e0190a18161",
      "b35091",
      "b172",
      "b256cc01c1",
      "d60000000291c0",
    ]) {
      const value = bytesOf(`${around}${marker}${claim}`);
      const error = caught(() => each.decodeValue(value));
      expect(error).toBeInstanceOf(PackStreamError);
      const bad = chunked(concat(bytesOf("b1 71 92 01"), value));
      expect(replies(each, [concat(sound, bad)]).at(-1)).toMatchObject({ name: "PackStreamError" });
    }
  });

  it("a record's own list, and a message's metadata", () => {
    for (const body of [
      "b171d67fffffff",
      "b171d6ffffffff01",
      "b171d5ffff",
      "b170da7fffffff",
      "b170da7fffffff8161",
      "b17fd9ffff",
    ]) {
      expect(replies(each, [chunked(bytesOf(body))])).toMatchObject([{ name: "PackStreamError" }]);
      expect(replies(each, [concat(sound, chunked(bytesOf(body)))]).at(-1)).toMatchObject({ name: "PackStreamError" });
    }
  });

  it("costs no memory, ten thousand times over", () => {
    const bad = ["d27fffffff", "ce7fffffff", "d67fffffff", "da7fffffff", "d6ffffffff", "daffffffff"].map(bytesOf);
    const used = allocated(() => {
      for (let i = 0; i < 10_000; i++) caught(() => each.decodeValue(bad[i % bad.length] as Uint8Array));
    });
    // Errors with their stacks, and nothing of the size that was claimed.
    expect(used).toBeLessThan(64_000_000);
  });

  it("lists that claim all the bytes that are left, each in the other, cost no more than the bytes allow", () => {
    // Each claim is true as far as one can tell from outside: so many bytes do follow.
    const depth = 499;
    const body = new Uint8Array(60_000).fill(0xc0);
    body.set(bytesOf("b1 71 91"));
    let at = 3;
    for (let i = 0; i < depth; i++) {
      body[at] = 0xd5;
      const left = body.length - at - 3;
      body[at + 1] = left >> 8;
      body[at + 2] = left & 0xff;
      at += 3;
    }
    const used = allocated(() => {
      for (let i = 0; i < 20; i++) {
        expect(replies(each, [chunked(body)])).toMatchObject([
          { name: "PackStreamError", reason: expect.stringMatching(/bytes end|bytes/) },
        ]);
      }
    });
    // Room for all that they claim would be 499 lists of 60,000 items, 8 bytes each: 240 MB, each of 20 times.
    expect(used).toBeLessThan(100_000_000);
  });

  it("maps that claim all the bytes that are left, each in the other", () => {
    const body = new Uint8Array(60_000).fill(0x80);
    body.set(bytesOf("b1 71 91"));
    let at = 3;
    for (let i = 0; i < 499; i++) {
      const left = Math.floor((body.length - at - 3) / 2);
      body.set([0xd9, left >> 8, left & 0xff, 0x80], at);
      at += 4;
    }
    const used = allocated(() => {
      expect(replies(each, [chunked(body)])).toMatchObject([{ name: "PackStreamError" }]);
    });
    expect(used).toBeLessThan(50_000_000);
  });

  it("a message that never ends holds no more than its bytes", () => {
    const decoder = each.decoder();
    const chunk = new Uint8Array(65_537).fill(0x91);
    chunk.set([0xff, 0xff]);
    const used = allocated(() => {
      for (let i = 0; i < 160; i++) expect([...decoder.push(chunk)]).toHaveLength(0);
    });
    // 10 MiB arrived; the buffer doubles as it grows.
    expect(used).toBeLessThan(45_000_000);
    expect(() => decoder.end()).toThrow(PackStreamError);
  });
});

function caught(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
}
