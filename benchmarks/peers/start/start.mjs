// What every program here does: it prints one line of JSON with the milliseconds from before the import until the first
// record, and then the first buffer of nodes, are decoded. Plain JavaScript: Node 20 runs it, too.
import { readFileSync } from "node:fs";

/** @param {() => Promise<(bytes: Uint8Array, fields: string[]) => number>} load imports a driver and answers what reads records */
export async function start(load) {
  const [record, nodes] = process.argv.slice(2).map((file) => readFileSync(file));
  const begin = performance.now();
  const read = await load();
  const first = read(record, ["id", "name", "active"]);
  const firstMessage = performance.now() - begin;
  const count = read(nodes, ["n"]);
  const firstBuffer = performance.now() - begin;
  console.log(JSON.stringify({ firstMessage, firstBuffer, count: first + count }));
}
