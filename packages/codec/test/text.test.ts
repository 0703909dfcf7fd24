import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createText, firstInvalidUtf8, isWellFormed, text } from "../src/text.ts";
import { bytesOf } from "./engines.ts";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

describe.each([
  ["with Buffer", text],
  ["with TextDecoder", createText(undefined)],
])("text %s", (_, each) => {
  it("decodes what TextDecoder decodes, and refuses what it refuses", () => {
    const mostlyText = fc
      .tuple(
        fc.string({ unit: "binary", maxLength: 40 }),
        fc.uint8Array({ maxLength: 3 }),
        fc.string({ maxLength: 40 }),
      )
      .map(([a, odd, b]) => Uint8Array.from([...Buffer.from(a), ...odd, ...Buffer.from(b)]));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), mostlyText), fc.nat(5), (bytes, before) => {
        const padded = Uint8Array.from([...new Uint8Array(before).fill(0xff), ...bytes, 0xff]);
        let expected: string | undefined;
        try {
          expected = strict.decode(bytes);
        } catch {
          expected = undefined;
        }
        expect(each.decode(padded, before, before + bytes.length)).toBe(expected);
        expect(firstInvalidUtf8(bytes, 0, bytes.length) === -1).toBe(expected !== undefined);
      }),
      { numRuns: 2000 },
    );
  });

  it("encodes what TextEncoder encodes, and refuses half surrogate pairs", () => {
    const odd = fc
      .array(fc.oneof(fc.string(), fc.constantFrom("\ud83d", "\ude00", "é", "中")))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(odd, fc.string({ unit: "binary", maxLength: 200 })), (value) => {
        const into = new Uint8Array(value.length * 3 + 1);
        const written = each.encode(value, into, 1);
        if (isWellFormed(value)) expect(into.slice(1, 1 + written)).toStrictEqual(new TextEncoder().encode(value));
        else expect(written).toBe(-1);
      }),
      { numRuns: 1000 },
    );
  });

  it("gives one unit per byte as latin1", () => {
    const bytes = Uint8Array.from({ length: 10_000 }, (_, i) => i & 0xff);
    const latin1 = each.latin1(bytes, 5, 9_999);
    expect(latin1).toHaveLength(9_994);
    expect([...latin1].every((unit, i) => unit.charCodeAt(0) === ((i + 5) & 0xff))).toBe(true);
  });
});

describe("the first invalid byte", () => {
  it.each([
    ["41 42", -1],
    ["80", 0],
    ["41 c3", 1],
    ["41 c3 a9 c3 28", 3],
    ["e2 82", 0],
    ["e0 80 80", 0],
    ["ed a0 80", 0],
    ["f0 8f bf bf", 0],
    ["f4 90 80 80", 0],
    ["f0 9f 98 80 ff", 4],
    ["f5 80 80 80", 0],
  ])("of %s is %i", (hex, offset) => {
    const bytes = bytesOf(hex);
    expect(firstInvalidUtf8(bytes, 0, bytes.length)).toBe(offset);
  });
});

describe("without globalThis.Buffer", () => {
  const { Buffer: nodes } = globalThis;
  const hex = (bytes: Uint8Array): string => nodes.from(bytes).toString("hex");

  beforeEach(() => {
    vi.resetModules();
    Reflect.deleteProperty(globalThis, "Buffer");
  });
  afterEach(() => {
    globalThis.Buffer = nodes;
  });

  it("the codec gives the same values, bytes and errors", async () => {
    const { createCodec } = await import("@fulgur/neo4j-codec");
    const client = createCodec({ version: "5.8" });
    const values = [
      "",
      "short",
      "å",
      "x".repeat(1000),
      "中文".repeat(500),
      { ключ: ["значение", "\ufffd".repeat(50)] },
    ];
    for (const value of values) expect(client.decodeValue(client.encodeValue(value))).toStrictEqual(value);
    expect(hex(client.encodeValue("å"))).toBe("82c3a5");
    const bad = new Uint8Array(70).fill(0x41);
    bad.set([0xd0, 68]);
    bad[40] = 0xff;
    expect(() => client.decodeValue(bad)).toThrow(expect.objectContaining({ name: "PackStreamError", offset: 40 }));
    expect(() => client.encodeValue(`${"x".repeat(100)}\ud800`)).toThrow(/surrogate/);
  });
});
