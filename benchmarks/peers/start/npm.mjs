// npm's neo4j-driver in a fresh process: its import loads the codec as well, which is not public. See start.mjs.
import { createRequire } from "node:module";
import { start } from "./start.mjs";

await start(async () => {
  await import("neo4j-driver");
  const require = createRequire(import.meta.url);
  const lib = "neo4j-driver-bolt-connection/lib";
  const { Dechunker } = require(`${lib}/channel/index.js`);
  const ChannelBuffer = require(`${lib}/channel/channel-buf.js`).default;
  const Protocol = require(`${lib}/bolt/bolt-protocol-v6x1.js`).default;
  const { Record } = require("neo4j-driver-core");
  const silent = { isDebugEnabled: () => false, debug() {}, info() {}, warn() {}, error() {} };
  const nothing = () => {};
  const protocol = new Protocol({}, null, {}, () => null, silent, nothing);
  return (bytes, fields) => {
    const dechunker = new Dechunker();
    const lookup = Object.fromEntries(fields.map((field, index) => [field, index]));
    const records = [];
    dechunker.onmessage = (message) => records.push(new Record(fields, protocol.unpack(message).fields[0], lookup));
    dechunker.write(new ChannelBuffer(bytes));
    return records.length;
  };
});
