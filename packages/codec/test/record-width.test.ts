import { describe, expect, it } from "vitest";
import { chunked, codec, concat, engines, replies } from "./engines.ts";

const server = codec({ role: "server" });
const record = (...values: unknown[]): Uint8Array =>
  chunked(concat(Uint8Array.of(0xb1, 0x71), server.encodeValue(values)));
const many = (count: number, row: (i: number) => unknown[]): Uint8Array =>
  concat(...Array.from({ length: count }, (_, i) => record(...row(i))));
const refused = (reason: string) => ({ name: "PackStreamError", offset: 2, reason });

describe.each(engines)("records whose values are not as many as their result's columns, in the %s engine", (engine) => {
  const heard = (stream: Uint8Array, fields?: string[]): unknown[] => replies(codec({ engine }), [stream], fields);

  it("are refused with both counts, where they are the first", () => {
    expect(heard(record(1), ["a", "b"])).toEqual([refused("a RECORD has 1 value, its result 2 columns")]);
    expect(heard(record(1, 2, 3), ["a"])).toEqual([refused("a RECORD has 3 values, its result 1 column")]);
    expect(heard(record(), ["a"])).toEqual([refused("a RECORD has 0 values, its result 1 column")]);
    expect(heard(record(1), [])).toEqual([refused("a RECORD has 1 value, its result 0 columns")]);
  });

  it("are refused among others, which come first", () => {
    const stream = concat(
      many(300, (i) => [i, `s${i}`]),
      record(1),
      many(5, (i) => [i, "x"]),
    );
    const seen = heard(stream, ["a", "b"]);
    expect(seen).toHaveLength(301);
    expect(seen[299]).toEqual({ row: [299, "s299"] });
    expect(seen[300]).toEqual(refused("a RECORD has 1 value, its result 2 columns"));
  });

  it("are refused where all of them are alike", () => {
    for (const row of [(i: number) => [i, 2, 3], (i: number) => [`s${i}`, "b", "c"]]) {
      expect(heard(many(300, row), ["a", "b"])).toEqual([refused("a RECORD has 3 values, its result 2 columns")]);
    }
  });

  it("are read where no result was announced", () => {
    expect(heard(concat(record(1), record(1, 2)))).toEqual([{ row: [1] }, { row: [1, 2] }]);
  });
});
