import type { MarkerTable } from "./tables.ts";

/**
 * What a marker byte announces, as a small number: the readers switch on it instead of on byte ranges, so that a
 * version's markers are a table of 256 entries and not code.
 */
export const RESERVED = 0;
export const NULL = 1;
export const FALSE = 2;
export const TRUE = 3;
/** The marker itself, as a signed byte, is the number. */
export const INLINE_INTEGER = 4;
export const INT8 = 5;
export const INT16 = 6;
export const INT32 = 7;
export const INT64 = 8;
export const FLOAT64 = 9;
/** The payload is the size, here and in the other TINY_… classes. */
export const TINY_STRING = 10;
/** The payload is the number of bytes that hold the size, here and in the other SIZED_… classes. */
export const SIZED_STRING = 11;
export const TINY_LIST = 12;
export const SIZED_LIST = 13;
export const TINY_MAP = 14;
export const SIZED_MAP = 15;
export const TINY_STRUCTURE = 16;
export const SIZED_BYTES = 17;
/** A value of so many bytes and a type of its own, such as a UUID; the payload is the number of bytes. */
export const OPAQUE = 18;

const integerByWidth: Readonly<Record<number, number>> = { 1: INT8, 2: INT16, 4: INT32, 8: INT64 };
const tinyByType: Readonly<Record<string, number>> = {
  string: TINY_STRING,
  list: TINY_LIST,
  map: TINY_MAP,
  structure: TINY_STRUCTURE,
};
const sizedByType: Readonly<Record<string, number>> = {
  string: SIZED_STRING,
  list: SIZED_LIST,
  map: SIZED_MAP,
  bytes: SIZED_BYTES,
};

/** The class of a marker's bytes; RESERVED for a form that this codec has no way to read. */
export function markerClassOf(marker: MarkerTable): number {
  switch (marker.layout) {
    case "inline":
      if (marker.type === "null") return NULL;
      if (marker.type === "boolean") return marker.name.endsWith("TRUE") ? TRUE : FALSE;
      return marker.type === "integer" ? INLINE_INTEGER : RESERVED;
    case "fixed":
      if (marker.type === "integer") return integerByWidth[marker.fixedBytes] ?? RESERVED;
      if (marker.type === "float") return marker.fixedBytes === 8 ? FLOAT64 : RESERVED;
      return marker.type === "reserved" ? RESERVED : OPAQUE;
    case "tiny":
      return tinyByType[marker.type] ?? RESERVED;
    default:
      return sizedByType[marker.type] ?? RESERVED;
  }
}

/** What belongs to the class of one marker byte: a size, a number of bytes, or nothing (0). */
export function markerPayloadOf(marker: MarkerTable, byte: number): number {
  switch (marker.layout) {
    case "tiny":
      return byte - marker.first;
    case "sized":
      return marker.sizeBytes;
    case "fixed":
      return marker.fixedBytes;
    default:
      return 0;
  }
}
