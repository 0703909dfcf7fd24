import { type bolt, createCodec } from "@fulgur/neo4j-codec";
import { describe, expect, it } from "vitest";
import { RequestEncoder } from "../src/connection/request-encoder.ts";

const codec = createCodec({ version: "5.8" });
const run = (parameters: Record<string, unknown>, query = "RETURN 1", extra = {}): bolt.Request => ({
  type: "RUN",
  query,
  parameters,
  extra,
});

describe("encoding requests", () => {
  it("gives what the codec gives, the first time and again", () => {
    const requests: bolt.Request[] = [
      { type: "BEGIN", extra: { mode: "r", bookmarks: ["b"] } },
      run({}),
      run({ x: 1 }),
      run({}, "RETURN 2"),
      run({}, "RETURN 1", { mode: "r" }),
      { type: "PULL", extra: { n: -1 } },
      { type: "PULL", extra: { n: 1000 } },
      { type: "PULL", extra: { n: 1000, qid: 1 } },
      { type: "DISCARD", extra: { n: -1 } },
      { type: "COMMIT" },
      { type: "ROLLBACK" },
      { type: "RESET" },
    ];
    const encoder = new RequestEncoder(codec);
    for (const request of [...requests, ...requests.toReversed(), ...requests]) {
      expect(encoder.encode(request)).toEqual(codec.encodeMessage(request));
    }
  });

  it("sends the parameters that there are now, whatever the same object held before", () => {
    const encoder = new RequestEncoder(codec);
    const parameters: Record<string, unknown> = {};
    encoder.encode(run(parameters));
    parameters["x"] = 1;
    expect(encoder.encode(run(parameters))).toEqual(codec.encodeMessage(run({ x: 1 })));
  });

  it("doesn't take a Map for an empty map", () => {
    const encoder = new RequestEncoder(codec);
    encoder.encode(run({}));
    const parameters = new Map([["x", 1]]) as unknown as Record<string, unknown>;
    expect(encoder.encode(run(parameters))).toEqual(codec.encodeMessage(run({ x: 1 })));
  });

  it("keeps what it gives again in memory of its own, which nobody writes over", () => {
    const own = createCodec({ version: "5.8" });
    const encoder = new RequestEncoder(own);
    const long = run({}, "//".repeat(2000));
    const kept = [long, { type: "PULL", extra: { n: 1 } }, { type: "COMMIT" }] satisfies bolt.Request[];
    const first = kept.map((request) => encoder.encode(request));
    const asMade = first.map((bytes) => bytes.slice());
    for (const bytes of first) own.release(bytes);
    for (let i = 0; i < 3; i++) encoder.encode(run({ text: "x".repeat(100_000) }));
    expect(first).toEqual(asMade);
    expect(kept.map((request) => encoder.encode(request))).toEqual(asMade);
    for (const { buffer, length } of first) expect(buffer.byteLength).toBe(length);
  });

  it("refuses again what it has refused", () => {
    const encoder = new RequestEncoder(codec);
    const bad = { type: "PULL", extra: {} } as unknown as bolt.Request;
    for (const _ of [1, 2]) expect(() => encoder.encode(bad)).toThrow(/needs n/);
  });
});
