import { type Codec, createCodec } from "@fulgur/neo4j-codec";
import type { Workload } from "../workloads.ts";

const version = "6.1";

export type EngineName = "wasm" | "plain" | "auto";

/** The bytes of a workload as a server sends them, in network buffers. */
export function networkBuffers({ rows }: Workload, size = 65_536): Uint8Array[] {
  const server = createCodec({ version, role: "server", engine: "plain" });
  const messages = rows.map((data) => server.encodeMessage({ type: "RECORD", data }));
  const stream = new Uint8Array(messages.reduce((sum, message) => sum + message.length, 0));
  let offset = 0;
  for (const message of messages) {
    stream.set(message, offset);
    offset += message.length;
  }
  const buffers: Uint8Array[] = [];
  for (let start = 0; start < stream.length; start += size)
    buffers.push(Buffer.from(stream.subarray(start, start + size)));
  return buffers;
}

/** Decodes to one plain object a row. Answers the number of rows. */
export function decodeWithFulgur(
  buffers: readonly Uint8Array[],
  fields: readonly string[],
  codec: Codec,
  name: string,
): number {
  const decoder = codec.decoder();
  decoder.expect({ statement: name, fields });
  let count = 0;
  for (const buffer of buffers) {
    for (const message of decoder.push(buffer)) if (message.type === "RECORD") count += message.objects(fields).length;
  }
  decoder.end();
  return count;
}

export function encodeWithFulgur(query: string, batches: readonly (readonly unknown[])[], codec: Codec): number {
  let count = 0;
  for (const rows of batches) {
    const bytes = codec.encodeMessage({ type: "RUN", query, parameters: { rows }, extra: {} });
    if (bytes.length > 0) count += rows.length;
  }
  return count;
}

export const codecFor = (engine: EngineName): Codec => createCodec({ version, engine });
