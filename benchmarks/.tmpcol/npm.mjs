import { createRequire } from "node:module";

// The npm driver's codec is not part of its public API: these are the modules that its own connection is built from.
const require = createRequire(import.meta.url);
const lib = "neo4j-driver-bolt-connection/lib";
const { Dechunker, Chunker } = require(`${lib}/channel/index.js`);
const ChannelBuffer = require(`${lib}/channel/channel-buf.js`).default;
const Protocol = require(`${lib}/bolt/bolt-protocol-v6x1.js`).default;
const { Record: NpmRecord, int } = require("neo4j-driver-core");

export { int as npmInt };

const silent = { isDebugEnabled: () => false, debug() {}, info() {}, warn() {}, error() {} };

const whole = (value) => (typeof value === "number" ? value : value.toNumber());

const protocolOn = (chunker) =>
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
const chunker = new Chunker({ write: (buffer) => void (written += buffer.length) });
const writing = protocolOn(chunker);

/** Decodes one message. */
export function readWithNpmDriver(bytes) {
  const dechunker = new Dechunker();
  let message;
  dechunker.onmessage = (whole) => {
    message = reading.unpack(whole);
  };
  dechunker.write(new ChannelBuffer(bytes));
  return message;
}

/**
 * Decodes network buffers as the npm driver does: dechunk, unpack, hydrate, `Record`. Answers the number of records, or
 * what `read` made of them; `keep` gets the records.
 */
export function decodeWithNpmDriver(buffers, { fields, read }, keep) {
  const dechunker = new Dechunker();
  const lookup = Object.fromEntries(fields.map((field, index) => [field, index]));
  let rows = [];
  let count = 0;
  dechunker.onmessage = (message) => {
    const structure = reading.unpack(message);
    const values = structure.fields[0];
    rows.push(new NpmRecord(fields, values, lookup));
    if (read === undefined) count++;
    else for (let at = 0; at < read.length; at++) count += read[at](values[at], whole);
  };
  for (const buffer of buffers) {
    dechunker.write(new ChannelBuffer(buffer));
    if (keep !== undefined) for (const row of rows) keep.push(row);
    rows = [];
  }
  return count;
}

/** Encodes `RUN query {rows}` as the npm driver does, chunks included. Answers the number of rows. */
export function encodeWithNpmDriver(query, batches) {
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
