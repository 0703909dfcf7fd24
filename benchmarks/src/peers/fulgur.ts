import { type Codec, type CodecOptions, createCodec } from "@fulgur/neo4j-codec";
import type { FieldReader, Workload } from "../workloads.ts";

const version = "6.1";

/** What users get, each engine by force, and what remains where code can't be generated. */
export const fulgurs: readonly { readonly name: string; readonly codec: () => Codec }[] = [
  { name: "fulgur auto", codec: () => codecWith({}) },
  { name: "fulgur wasm", codec: () => codecWith({ engine: "wasm" }) },
  { name: "fulgur plain", codec: () => codecWith({ engine: "plain" }) },
  { name: "fulgur, no code generation", codec: () => codecWith({ codeGeneration: false }) },
];

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

const whole = (value: number) => value;

/** Decodes to one plain object a row. Answers the number of rows, or what `read` made of them; `keep` gets the objects. */
export function decodeWithFulgur(
  buffers: readonly Uint8Array[],
  { fields, name, read }: Pick<Workload, "fields" | "name" | "read">,
  codec: Codec,
  keep?: unknown[],
): number {
  const decoder = codec.decoder();
  decoder.expect({ statement: name, fields });
  let count = 0;
  for (const buffer of buffers) {
    for (const message of decoder.push(buffer)) {
      if (message.type !== "RECORD") continue;
      const objects = message.objects(fields);
      if (keep !== undefined) for (const object of objects) keep.push(object);
      if (read === undefined) count += objects.length;
      else for (const object of objects) count += sumOf(read, fields, object);
    }
  }
  decoder.end();
  return count;
}

/** Decodes to columns, without making rows. Answers the number of rows; `keep` gets the tables. */
export function columnsWithFulgur(
  buffers: readonly Uint8Array[],
  { fields, name }: Pick<Workload, "fields" | "name">,
  codec: Codec,
  keep?: unknown[],
): number {
  const decoder = codec.decoder();
  decoder.expect({ statement: name, fields });
  let count = 0;
  for (const buffer of buffers) {
    for (const message of decoder.push(buffer)) {
      if (message.type !== "RECORD") continue;
      const table = message.columns(fields);
      keep?.push(table);
      count += message.length;
    }
  }
  decoder.end();
  return count;
}

function sumOf(
  read: NonNullable<Workload["read"]>,
  fields: readonly string[],
  object: Record<string, unknown>,
): number {
  let sum = 0;
  for (let at = 0; at < read.length; at++)
    sum += (read[at] as FieldReader)(object[fields[at] as string] as never, whole as never);
  return sum;
}

/** @param batches arrays of row objects, or tables of columns. */
export function encodeWithFulgur(query: string, batches: readonly { readonly length: number }[], codec: Codec): number {
  let count = 0;
  for (const rows of batches) {
    const bytes = codec.encodeMessage({ type: "RUN", query, parameters: { rows }, extra: {} });
    if (bytes.length > 0) count += rows.length;
  }
  return count;
}

/** A codec as an application has it, but for what is said. */
export const codecWith = (options: Omit<CodecOptions, "version">): Codec => createCodec({ version, ...options });
