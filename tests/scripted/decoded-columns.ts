/** Rows as the decoder of a connection would give them by columns, whole network buffers of them at a time. */
import { type ColumnTable, createCodec, joinTables, type RecordBatch } from "@fulgur/neo4j-codec";

export type EngineName = "wasm" | "plain";

const version = "6.1";

/**
 * What is made of each batch, while it is the last one: its columns leave the decoder's memory without becoming rows.
 *
 * @param size how many bytes arrive at a time
 */
export function eachBatch<T>(
  rows: readonly (readonly unknown[])[],
  engine: EngineName,
  take: (batch: RecordBatch) => T,
  size = 30_000,
): T[] {
  const server = createCodec({ version, role: "server", engine: "plain" });
  const decoder = createCodec({ version, engine }).decoder();
  const messages = rows.map((row) => server.encodeMessage({ type: "RECORD", data: [...row] }));
  const bytes = new Uint8Array(messages.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const message of messages) {
    bytes.set(message, end);
    end += message.length;
  }
  const taken: T[] = [];
  for (let at = 0; at < end; at += size) {
    for (const item of decoder.push(bytes.subarray(at, at + size))) {
      if (item.type === "RECORD") taken.push(take(item as RecordBatch));
    }
  }
  decoder.end();
  return taken;
}

/** All rows as one table, as `result.columns()` has it. */
export function columnsOf(
  names: readonly string[],
  rows: readonly (readonly unknown[])[],
  engine: EngineName,
  size?: number,
): ColumnTable {
  return joinTables(
    names,
    eachBatch(rows, engine, (batch) => batch.columns(names), size),
  );
}
