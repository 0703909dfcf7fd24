import { createRequire } from "node:module";

// The npm driver's codec is not part of its public API: these are the modules that its own connection is built from.
const require = createRequire(import.meta.url);
const lib = "neo4j-driver-bolt-connection/lib";
const { Dechunker, Chunker, alloc } = require(`${lib}/channel/index.js`);
const ChannelBuffer = require(`${lib}/channel/channel-buf.js`).default;
const Protocol = require(`${lib}/bolt/bolt-protocol-v6x1.js`).default;
const { Record: NpmRecord, int } = require("neo4j-driver-core");

void alloc;

export { int as npmInt };

const silent = { isDebugEnabled: () => false, debug() {}, info() {}, warn() {}, error() {} };

/** Decodes network buffers as the npm driver does: dechunk, unpack, hydrate, `Record`. Answers the number of records. */
export function decodeWithNpmDriver(buffers: readonly Uint8Array[], fields: readonly string[]): number {
  const protocol = new Protocol(
    {},
    null,
    {},
    () => null,
    silent,
    () => {},
  );
  const dechunker = new Dechunker();
  const lookup = Object.fromEntries(fields.map((field, index) => [field, index]));
  let rows: unknown[] = [];
  let count = 0;
  dechunker.onmessage = (message: unknown) => {
    const structure = protocol.unpack(message);
    rows.push(new NpmRecord(fields, structure.fields[0], lookup));
    count++;
  };
  for (const buffer of buffers) {
    dechunker.write(new ChannelBuffer(buffer));
    rows = [];
  }
  return count;
}

/** Encodes `RUN query {rows}` as the npm driver does, chunks included. Answers the number of rows. */
export function encodeWithNpmDriver(query: string, batches: readonly (readonly unknown[])[]): number {
  let bytes = 0;
  const channel = { write: (buffer: { length: number }) => void (bytes += buffer.length) };
  const chunker = new Chunker(channel);
  const protocol = new Protocol(
    {},
    chunker,
    {},
    () => null,
    silent,
    () => {},
  );
  let count = 0;
  for (const rows of batches) {
    const fields = [query, { rows }, {}].map((field) => protocol.packable(field));
    protocol.packer().packStruct(0x10, fields);
    chunker.messageBoundary();
    chunker.flush();
    count += rows.length;
  }
  if (bytes === 0) throw new Error("nothing was written");
  return count;
}
