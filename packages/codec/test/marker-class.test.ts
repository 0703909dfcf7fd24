import { describe, expect, it } from "vitest";
import { markers } from "../src/gen/markers.ts";
import * as classes from "../src/marker-class.ts";
import { codec } from "./engines.ts";

describe("marker classes", () => {
  // The reader's jump table and the WebAssembly tables spell these numbers out.
  it("have the numbers that the reader's jump table has", () => {
    const { markerClassOf, markerPayloadOf, ...numbers } = classes;
    expect(numbers).toEqual({
      RESERVED: 0,
      NULL: 1,
      FALSE: 2,
      TRUE: 3,
      INLINE_INTEGER: 4,
      INT8: 5,
      INT16: 6,
      INT32: 7,
      INT64: 8,
      FLOAT64: 9,
      TINY_STRING: 10,
      SIZED_STRING: 11,
      TINY_LIST: 12,
      SIZED_LIST: 13,
      TINY_MAP: 14,
      SIZED_MAP: 15,
      TINY_STRUCTURE: 16,
      SIZED_BYTES: 17,
      OPAQUE: 18,
    });
  });

  it("cover every declared marker, and reserve what a version doesn't declare", () => {
    for (const marker of markers) expect([marker.name, classes.markerClassOf(marker)]).not.toEqual([marker.name, 0]);
    const { markerClass } = codec({ version: "6.0" }).profile;
    expect(markerClass[0xe0]).toBe(classes.RESERVED);
    expect(codec({ version: "6.1" }).profile.markerClass[0xe0]).toBe(classes.OPAQUE);
    for (const byte of [0xc4, 0xc7, 0xcf, 0xd3, 0xd7, 0xdb, 0xdc, 0xdf, 0xe1, 0xef]) expect(markerClass[byte]).toBe(0);
  });
});
