import { createRequire } from "node:module";
import type { FieldReader, Workload } from "../workloads.ts";

// The npm driver's codec is not part of its public API: these are the modules that its own connection is built from.
const require = createRequire(import.meta.url);
const lib = "neo4j-driver-bolt-connection/lib";
const { Dechunker, Chunker } = require(`${lib}/channel/index.js`);
const ChannelBuffer = require(`${lib}/channel/channel-buf.js`).default;
const Protocol = require(`${lib}/bolt/bolt-protocol-v6x1.js`).default;
const { Record: NpmRecord, int } = require("neo4j-driver-core");

export { int as npmInt };

const silent = { isDebugEnabled: () => false, debug() {}, info() {}, warn() {}, error() {} };

const whole = (value: number | { toNumber(): number }) => (typeof value === "number" ? value : value.toNumber());

const protocolOn = (chunker: unknown) =>
  new Protocol(
    {},
    chunker,
    {},
    () => null,
    silent,
    () => {},
  );

/** As on a connection that is there already: reading, and writing to a channel that counts. */
const reading = protocolOn(null);
let written = 0;
const chunker = new Chunker({ write: (buffer: { length: number }) => void (written += buffer.length) });
const writing = protocolOn(chunker);

/** Decodes one message. */
export function readWithNpmDriver(bytes: Uint8Array): unknown {
  const dechunker = new Dechunker();
  let message: unknown;
  dechunker.onmessage = (whole: unknown) => {
    message = reading.unpack(whole);
  };
  dechunker.write(new ChannelBuffer(bytes));
  return message;
}

/**
 * Decodes network buffers as the npm driver does: dechunk, unpack, hydrate, `Record`. Answers the number of records, or
 * what `read` made of them; `keep` gets the records.
 */
export function decodeWithNpmDriver(
  buffers: readonly Uint8Array[],
  { fields, read }: Pick<Workload, "fields" | "read">,
  keep?: unknown[],
): number {
  const dechunker = new Dechunker();
  const lookup = Object.fromEntries(fields.map((field, index) => [field, index]));
  let rows: unknown[] = [];
  let count = 0;
  dechunker.onmessage = (message: unknown) => {
    const structure = reading.unpack(message);
    const values = structure.fields[0];
    rows.push(new NpmRecord(fields, values, lookup));
    if (read === undefined) count++;
    else
      for (let at = 0; at < read.length; at++) count += (read[at] as FieldReader)(values[at] as never, whole as never);
  };
  for (const buffer of buffers) {
    dechunker.write(new ChannelBuffer(buffer));
    if (keep !== undefined) for (const row of rows) keep.push(row);
    rows = [];
  }
  return count;
}

/** Encodes `RUN query {rows}` as the npm driver does, chunks included. Answers the number of rows. */
export function encodeWithNpmDriver(query: string, batches: readonly (readonly unknown[])[]): number {
  const before = written;
  let count = 0;
  for (const rows of batches) {
    const fields = [query, { rows }, {}].map((field) => writing.packable(field));
    writing.packer().packStruct(0x10, fields);
    chunker.messageBoundary();
    chunker.flush();
    count += rows.length;
  }
  if (written === before) throw new Error("nothing was written");
  return count;
}
