import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LargeBuffers } from "../src/plain/large-buffers.ts";
import { codec, engines } from "./engines.ts";

const run = (parameters: Record<string, unknown>) => ({ type: "RUN", query: "Q", parameters, extra: {} }) as const;
const large = (fill: string) => run({ text: fill.repeat(100_000) });

type Step =
  | { readonly kind: "message" | "refused" | "value"; readonly value: unknown }
  | { readonly kind: "release"; readonly at: number };

const value = fc.oneof(
  fc.integer({ min: 0, max: 100_000 }).map((length) => "x".repeat(length)),
  fc.integer({ min: 0, max: 3000 }).map((length) => Array.from({ length }, (_, id) => ({ id, name: `n${id}` }))),
  fc.integer({ min: 0, max: 600 }).map((length) => Array.from({ length }, (_, id) => ({ id, list: ["y".repeat(id)] }))),
  fc.integer({ min: 0, max: 200_000 }).map((length) => new Uint8Array(length).fill(length)),
  fc.record({ a: fc.integer(), b: fc.constant(undefined) }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("message" as const), value }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("refused" as const, "value" as const), value }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("release" as const), at: fc.nat(7) }) },
);

describe.each(engines)("the memory of messages in the %s engine", (engine) => {
  it("is never written over before it was given back, whatever is encoded meanwhile", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 24 }), (steps) => {
        const one = codec({ engine });
        const fresh = (given: unknown) => codec({ engine }).encodeMessage(run({ value: given }));
        const held: { readonly bytes: Uint8Array; readonly asMade: Uint8Array }[] = [];
        for (const todo of steps) {
          if (todo.kind === "release") {
            const [given] = held.splice(todo.at % Math.max(1, held.length), 1);
            if (given === undefined) continue;
            one.release(given.bytes);
            // Who holds a message no longer may say so again.
            one.release(given.bytes);
          } else if (todo.kind === "refused") {
            expect(() => one.encodeMessage(run({ value: [todo.value, Symbol("s")] }))).toThrow(/symbol/);
          } else {
            const isMessage = todo.kind === "message";
            const bytes = isMessage ? one.encodeMessage(run({ value: todo.value })) : one.encodeValue(todo.value);
            if (isMessage) expect(Buffer.compare(bytes, fresh(todo.value))).toBe(0);
            held.push({ bytes, asMade: bytes.slice() });
          }
          for (const { bytes, asMade } of held) expect(Buffer.compare(bytes, asMade)).toBe(0);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("serves later messages when it was given back, and only then", () => {
    const one = codec({ engine });
    const first = one.encodeMessage(large("a"));
    const second = one.encodeMessage(large("b"));
    expect(second.buffer).not.toBe(first.buffer);
    one.release(first);
    expect(one.encodeMessage(large("c")).buffer).toBe(first.buffer);
    expect(one.encodeMessage(large("d")).buffer).not.toBe(first.buffer);
  });

  it("isn't lost with a message that can't be sent", () => {
    const one = codec({ engine });
    const first = one.encodeMessage(large("a"));
    one.release(first);
    expect(() => one.encodeMessage(run({ text: "b".repeat(100_000), bad: Symbol("s") }))).toThrow(/symbol/);
    expect(one.encodeMessage(large("c")).buffer).toBe(first.buffer);
  });

  it("isn't taken from who got it after somebody else", () => {
    const one = codec({ engine });
    const first = one.encodeMessage(large("a"));
    one.release(first);
    const second = one.encodeMessage(large("b"));
    one.release(first);
    one.release(second.subarray());
    codec({ engine }).release(second);
    const asMade = second.slice();
    one.encodeMessage(large("c"));
    expect(Buffer.compare(second, asMade)).toBe(0);
  });

  it("is shared by small messages, which may be given back without effect", () => {
    const one = codec({ engine });
    const small = [1, 2, 3].map((n) => one.encodeMessage(run({ n })));
    const asMade = small.map((bytes) => bytes.slice());
    expect(new Set(small.map(({ buffer }) => buffer)).size).toBe(1);
    one.release(small[1] as Uint8Array);
    for (let n = 0; n < 5000; n++) one.encodeMessage(run({ n }));
    expect(small).toEqual(asMade);
  });
});

describe("large buffers", () => {
  it("are kept up to four of them and four MiB", () => {
    const buffers = new LargeBuffers();
    const sizes = (least: number) => {
      const taken: number[] = [];
      for (let size = buffers.take(least, 0).length; size !== least; size = buffers.take(least, 0).length)
        taken.push(size);
      return taken;
    };
    for (let i = 0; i < 9; i++) buffers.keep(new Uint8Array(100_000 + i));
    expect(sizes(10)).toEqual([100_005, 100_006, 100_007, 100_008]);
    buffers.keep(new Uint8Array((1 << 22) + 1));
    expect(sizes(10)).toEqual([]);
    for (const size of [1 << 20, 2 << 20, 3 << 19]) buffers.keep(new Uint8Array(size));
    expect(sizes(10)).toEqual([2 << 20, 3 << 19]);
  });

  it("are made as large as is usual where none is large enough", () => {
    const buffers = new LargeBuffers();
    buffers.keep(new Uint8Array(50));
    expect(buffers.take(60, 80).length).toBe(80);
    expect(buffers.take(60, 40).length).toBe(60);
    expect(buffers.take(50, 80).length).toBe(50);
  });
});
