import { describe, expect, it } from "vitest";
import { objectFactory } from "../src/plain/object-factory.ts";
import { bytesOf, chunked, codec, concat, engines, expectSame, replies } from "./engines.ts";

const server = codec({ role: "server" });

describe.each([true, false])("an object factory, generated code allowed: %s", (generate) => {
  it.each([
    { keys: [], values: [] },
    { keys: ["a", "b"], values: [1, null] },
    { keys: ["b", "a", "b"], values: [1, 2, 3] },
    { keys: ["__proto__", "x", "__proto__"], values: [{ evil: true }, 1, 2] },
    { keys: ["10", "a", "9", "constructor", "toString", "quote\"'`\n\u2028", ""], values: [1, 2, 3, 4, 5, 6, 7] },
    { keys: Array.from({ length: 100 }, (_, i) => `k${i}`), values: Array.from({ length: 100 }, (_, i) => i) },
  ])("makes plain objects of $keys", ({ keys, values }) => {
    const expected: Record<string, unknown> = {};
    keys.forEach((key, i) => {
      const value = values[i];
      Object.defineProperty(expected, key, { value, writable: true, enumerable: true, configurable: true });
    });
    const made = objectFactory(keys, generate)(["before", ...values], 1);
    expectSame(made, expected);
    expect(Object.keys(made)).toEqual(Object.keys(expected));
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
    made["__proto__x"] = 1;
    expect(({} as Record<string, unknown>)["evil"]).toBeUndefined();
  });
});

describe.each(engines)("maps in the %s engine", (engine) => {
  it("of ever new keys are read like others", () => {
    const each = codec({ engine });
    const rows = Array.from({ length: 6_000 }, (_, i) => [{ [`key ${i}`]: i, same: i, [`other ${i % 50}`]: null }]);
    const stream = concat(...rows.map((data) => server.encodeMessage({ type: "RECORD", data })));
    expectSame(
      replies(each, [stream]),
      rows.map((row) => ({ row })),
    );
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, i]));
    for (let i = 0; i < 3; i++) expectSame(each.decodeValue(each.encodeValue(wide)), wide);
  });

  it("of many shapes in turn are read right, also after their objects come from generated code", () => {
    const each = codec({ engine });
    const shapes = [{ a: 1 }, { a: 1, b: 2 }, { b: 1, a: 2 }, { aa: 1 }, {}, { a: { a: { b: [] } } }, { é: "é" }];
    const values = Array.from({ length: 500 }, (_, i) => shapes[(i * i) % shapes.length]);
    for (const value of values) expectSame(each.decodeValue(each.encodeValue(value)), value);
  });

  it("the last of equal keys wins, whatever form the keys have", () => {
    const each = codec({ engine });
    expect(each.decodeValue(bytesOf("a3 8161 01 8162 02 d00161 03"))).toEqual({ a: 3, b: 2 });
    expect(replies(each, [chunked(bytesOf("b1 71 91 a2 8161 01 d00161 03"))])).toEqual([{ row: [{ a: 3 }] }]);
  });

  it("__proto__ is an own property", () => {
    const value = codec({ engine }).decodeValue(bytesOf("a2 895f5f70726f746f5f5f a1 8178 01 8161 02"));
    expect(Object.keys(value as object)).toEqual(["__proto__", "a"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect((value as { x?: unknown }).x).toBeUndefined();
  });
});

describe.each(engines)("lists that claim much and hold little, in the %s engine", (engine) => {
  it("cost little, however deep", () => {
    const claims = new Uint8Array(2 * 1024 * 1024);
    for (let i = 0; i < 400; i++) claims.set([0xd6, 0x00, 0x10, 0x00, 0x00], i * 5);
    claims.fill(0xc4, 400 * 5);
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    expect(() => codec({ engine }).decodeValue(claims)).toThrow(expect.objectContaining({ offset: 2000 }));
    expect(process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed - before).toBeLessThan(64 * 1024 * 1024);
  });
});
