import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { RejectedRow, RowChunk, RowPosition, RowSource } from "../../src/source/row-source.ts";

export interface Numbered<Row> {
  readonly file: string | undefined;
  readonly number: number;
  readonly row: Row;
}

/** Every row with its number, and every rejected one. */
export async function readAll<Row>(source: RowSource<Row>, after?: RowPosition) {
  const rows: Numbered<Row>[] = [];
  const rejected: RejectedRow[] = [];
  const chunks: RowChunk<Row>[] = [];
  for await (const chunk of source.chunks(after)) {
    chunks.push(chunk);
    for (const [i, row] of chunk.rows.entries()) {
      rows.push({ file: chunk.file, number: chunk.rowNumbers?.[i] ?? chunk.firstRow + i, row });
    }
    rejected.push(...(chunk.rejected ?? []));
  }
  return { rows, rejected, chunks };
}

/** The rows alone, of a source that rejects none. */
export async function rowsOf<Row>(source: RowSource<Row>, after?: RowPosition): Promise<Row[]> {
  const { rows, rejected } = await readAll(source, after);
  if (rejected.length > 0) throw new Error(`rejected: ${JSON.stringify(rejected)}`);
  return rows.map(({ row }) => row);
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A stream of these bytes, so many at once. */
export async function* streamOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** A folder that is gone after the test. */
export function temporaryFolder(): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), "fulgur-readers-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return (name) => join(folder, name);
}
