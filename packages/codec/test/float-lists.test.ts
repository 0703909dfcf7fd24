import { ConfigurationError, float, Node } from "@fulgur/neo4j-types";
import { describe, expect, it } from "vitest";
import { codec, engines, expectSame } from "./engines.ts";
import { heard, pieces, plainDecoder, recordsOf, wasmDecoder } from "./wasm-streams.ts";

const floats = (...values: number[]) => values.map(float);

/** Values, and what they are where lists of floats are typed arrays. */
const values: readonly [sent: unknown, typed: unknown][] = [
  [floats(1.5, -0, Number.NaN), Float64Array.of(1.5, -0, Number.NaN)],
  [floats(2), Float64Array.of(2)],
  [[], []],
  [
    [float(1), 2],
    [1, 2],
  ],
  [
    [float(1), null],
    [1, null],
  ],
  [
    [1, 2],
    [1, 2],
  ],
  [
    [floats(1, 2), [floats(3)]],
    [Float64Array.of(1, 2), [Float64Array.of(3)]],
  ],
  [
    { v: floats(1), w: [] },
    { v: Float64Array.of(1), w: [] },
  ],
  [
    new Node(1, ["A"], { embedding: floats(0.5, 0.25) as never }, "x"),
    new Node(1, ["A"], { embedding: Float64Array.of(0.5, 0.25) as never }, "x"),
  ],
  [null, null],
];

describe.each(engines)("lists of floats in the %s engine", (engine) => {
  it("are Float64Arrays where that was asked for, if they hold nothing else and are not empty", () => {
    const typed = codec({ engine, floatLists: "typed" });
    for (const [sent, expected] of values) expectSame(typed.decodeValue(typed.encodeValue(sent)), expected);
  });

  it("are arrays by default", () => {
    const usual = codec({ engine });
    expectSame(usual.decodeValue(usual.encodeValue(floats(1, 2))), [1, 2]);
  });

  it("are sent as the same list again", () => {
    const typed = codec({ engine, floatLists: "typed" });
    const bytes = typed.encodeValue(floats(1.5, 2));
    expect(typed.encodeValue(typed.decodeValue(bytes))).toEqual(bytes);
  });

  it("are bounded by the bytes that are there", () => {
    const typed = codec({ engine, floatLists: "typed" });
    const usual = codec({ engine });
    for (const hex of ["92c1", "d6ffffffff", `91c1${"00".repeat(7)}`, `92c1${"00".repeat(8)}c4`, "91c4"]) {
      const bytes = new Uint8Array(Buffer.from(hex, "hex"));
      const say = (each: typeof typed): string => {
        try {
          return String(each.decodeValue(bytes));
        } catch (error) {
          return `${(error as { offset: number }).offset} ${(error as Error).message}`;
        }
      };
      expect(say(typed)).toBe(say(usual));
    }
  });
});

describe("records of lists of floats", () => {
  it("are the same in both engines", () => {
    const typed = codec({ floatLists: "typed", engine: "plain" });
    for (const [i, [sent]] of values.entries()) {
      const rows = Array.from({ length: 150 }, (_, k) => [k % 7 === 6 ? values[(i + k) % values.length]?.[0] : sent]);
      const stream = recordsOf(typed, rows);
      for (const generate of [true, false]) {
        const wasm = wasmDecoder(typed, { threshold: 1, generate });
        expectSame(heard(wasm, pieces(stream, 3000)).items, heard(plainDecoder(typed), [stream]).items);
      }
    }
  });

  it("of any length are the same in both engines, also where an item is no float", () => {
    const plain = codec({ engine: "plain" });
    const list = (length: number) => Array.from({ length }, (_, i) => float(i / 3));
    const lengths = [0, 1, 2, 3, 4, 5, 31, 32, 33];
    const odd = [0, 1, 2, 3, 4, 31].flatMap((at) =>
      lengths.filter((length) => length > at).map((length) => list(length).map((item, i) => (i === at ? 7 : item))),
    );
    // Enough lists of nothing but floats between the odd ones for the plan to hold.
    const rows = odd.flatMap((one) => [...lengths.map((length) => [list(length)]), [one]]);
    const stream = recordsOf(plain, rows);
    const wasm = heard(wasmDecoder(plain), pieces(stream, 5000));
    expect(wasm.fromColumns).toBeGreaterThan(rows.length / 2);
    expectSame(wasm.items, heard(plainDecoder(plain), [stream]).items);
  });

  it("come typed from the columns of the wasm engine", () => {
    const typed = codec({ floatLists: "typed", engine: "plain" });
    const rows = Array.from({ length: 50 }, (_, i) => [floats(i, 0.5, i * 2)]);
    const { items, fromColumns } = heard(wasmDecoder(typed), [recordsOf(typed, rows)]);
    expect(fromColumns).toBe(50);
    expectSame(items[7], [Float64Array.of(7, 0.5, 14)]);
  });
});

it("floatLists has to be known", () => {
  expect(() => codec({ floatLists: "float32" as never })).toThrow(ConfigurationError);
});
