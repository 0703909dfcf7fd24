/** What rows a Parquet file holds, whatever their order: their number, and the sum of a 64-bit hash of each one's text. */
import { hash } from "node:crypto";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";

export interface Fingerprint {
  readonly rows: number;
  /** Modulo 2^64. Equal rows count as often as they are there. */
  readonly sum: bigint;
}

const columns = ["date", "delay", "distance", "origin", "destination"];

/** Reads the file by itself, and not by what wrote it. */
export async function fingerprint(path: string, limit = Number.POSITIVE_INFINITY): Promise<Fingerprint> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  let rows = 0;
  let sum = 0n;
  for (const { num_rows } of metadata.row_groups) {
    const rowEnd = Math.min(rows + Number(num_rows), limit);
    if (rowEnd === rows) break;
    const read = await parquetReadObjects({ file, metadata, columns, compressors, rowStart: rows, rowEnd });
    for (const row of read) sum += hash("sha1", canonicalText(row), "buffer").readBigUInt64LE(0);
    sum = BigInt.asUintN(64, sum);
    rows = rowEnd;
  }
  return { rows, sum };
}

/** `2001-01-01T00:47:00.000Z|-3|1262|PHX|ORD`: the same for the same values, whatever types hold them. */
function canonicalText(row: Readonly<Record<string, unknown>>): string {
  return columns.map((column) => textOf(row[column])).join("|");
}

function textOf(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
