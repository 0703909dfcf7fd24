/** How much memory rows take, roughly: a few of them are looked at. */
import type { RowSet } from "../source/row-set.ts";

const mostSamples = 16;

/** Bytes of one row, on average. */
export function bytesPerRow(rows: RowSet): number {
  const { length } = rows;
  if (length === 0) return 0;
  const step = Math.max(1, Math.floor(length / mostSamples));
  let bytes = 0;
  let samples = 0;
  for (let i = 0; i < length; i += step) {
    bytes += sizeOf(rows.row(i), 4);
    samples++;
  }
  return bytes / samples;
}

/** About what a value is on the wire and in memory alike. */
function sizeOf(value: unknown, depth: number): number {
  if (typeof value === "string") return 16 + value.length;
  if (typeof value !== "object" || value === null) return 8;
  if (ArrayBuffer.isView(value)) return 16 + value.byteLength;
  if (depth === 0) return 64;
  let bytes = 16;
  const items =
    Array.isArray(value) || value instanceof Set ? value : value instanceof Map ? value.values() : undefined;
  if (items !== undefined) {
    for (const item of items) bytes += 8 + sizeOf(item, depth - 1);
    return bytes;
  }
  for (const key in value) bytes += 8 + key.length + sizeOf((value as { [key: string]: unknown })[key], depth - 1);
  return bytes;
}
