import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { codecWasm } from "../src/gen/codec-wasm.ts";
import { instantiate, loadWasm } from "../src/wasm/load.ts";
import { bytesOfModule, shift } from "../src/wasm/module-text.ts";
import * as operations from "../src/wasm/operations.ts";
import { concat } from "./engines.ts";

const assembly = (file: string): Map<string, number> => {
  const source = readFileSync(new URL(`../assembly/${file}.ts`, import.meta.url), "utf8");
  const constants = source.matchAll(/export const (\w+): (?:u8|usize|u32) = (?:STATUS \+ )?(\w+);/g);
  return new Map([...constants].map(([, name, value]) => [name as string, Number(value)]));
};

describe("the WebAssembly module", () => {
  it("is compiled once and instantiated once a thread", () => {
    expect(loadWasm()).toBe(loadWasm());
    expect(loadWasm()).toBeDefined();
  });

  it("is unavailable, without an error, where WebAssembly is missing or forbidden", () => {
    expect(instantiate({})).toBeUndefined();
    class Forbidden {
      constructor() {
        throw new Error("Wasm code generation disallowed by embedder");
      }
    }
    expect(instantiate({ WebAssembly: { Module: Forbidden, Instance: Forbidden as never } })).toBeUndefined();
  });

  it("is shipped as text of nothing beyond Latin-1, one unit a byte", () => {
    const units = Array.from({ length: codecWasm.length }, (_, i) => codecWasm.charCodeAt(i));
    expect(Math.max(...units)).toBeLessThan(256);
    expect(bytesOfModule(codecWasm)).toEqual(Uint8Array.from(units, (unit) => unit - shift));
    expect([...bytesOfModule(codecWasm).subarray(0, 8)]).toEqual([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  });

  it("reads and writes the same without globalThis.Buffer", async () => {
    const { Buffer: nodes } = globalThis;
    vi.resetModules();
    Reflect.deleteProperty(globalThis, "Buffer");
    try {
      const { createCodec } = await import("@fulgur/neo4j-codec");
      const wasm = createCodec({ version: "5.8", engine: "wasm" });
      const server = createCodec({ version: "5.8", role: "server", engine: "plain" });
      const rows = Array.from({ length: 200 }, (_, i) => [
        i,
        `name ${i}`,
        ["żółć", "\u{1f680} ÿ", "€\u0080"][i % 3],
        { a: `x${i}` },
      ]);
      const decoder = wasm.decoder();
      const seen: unknown[] = [];
      for (const data of rows) {
        for (const item of decoder.push(server.encodeMessage({ type: "RECORD", data }))) {
          if (item.type === "RECORD") seen.push(...item.rows());
        }
      }
      for (const item of decoder.push(concat(...rows.map((data) => server.encodeMessage({ type: "RECORD", data }))))) {
        if (item.type === "RECORD") seen.push(...item.rows());
      }
      expect(seen).toEqual([...rows, ...rows]);
      const maps = rows.map(([a, b, c]) => ({ a, b, c }));
      expect(wasm.encodeValue(maps)).toEqual(server.encodeValue(maps));
    } finally {
      globalThis.Buffer = nodes;
    }
  });

  it("has the numbers of operations and tags that TypeScript writes", () => {
    const all = new Map<string, number>([
      ...assembly("operations"),
      ...[...assembly("tags")].map(([name, value]): [string, number] => [`TAG_${name}`, value]),
    ]);
    for (const [name, value] of Object.entries(operations)) {
      if (name !== "operationSize") expect([name, all.get(name)]).toEqual([name, value]);
    }
    expect(all.get("SIZE")).toBe(operations.operationSize);
  });

  it("imports nothing, and can't grow its memory", () => {
    const { WebAssembly } = globalThis as unknown as {
      WebAssembly: { Module: { new (bytes: Uint8Array): object; imports(module: object): unknown[] } };
    };
    expect(WebAssembly.Module.imports(new WebAssembly.Module(bytesOfModule(codecWasm)))).toEqual([]);
    const { memory } = instantiate(globalThis as never) as unknown as { memory: { grow(pages: number): number } };
    expect(() => memory.grow(1)).toThrow(RangeError);
  });
});
