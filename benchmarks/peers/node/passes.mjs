// What every program of peers/ does: on each line of its input it runs one pass and prints one line of JSON, with the
// pass's milliseconds and sums over every field, which the bench compares. Plain JavaScript: Node 20 runs it, too.
import { createInterface } from "node:readline";

/** The sums over what a pass has read: whole numbers and text lengths, and decimals. */
export class Sums {
  rows = 0;
  whole = 0;
  decimal = 0;
}

/** @param {(sums: Sums) => Promise<void>} pass */
export async function passes(pass, close) {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === "end") break;
    const sums = new Sums();
    const cpu = process.cpuUsage();
    const start = performance.now();
    await pass(sums);
    const ms = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    console.log(JSON.stringify({ ms, cpu: (user + system) / 1000, ...sums }));
  }
  await close();
}

const first = ["Alice", "Bob", "Carol", "Dave", "Erin", "Frank", "Grace", "Heidi", "Ivan", "Judy", "Mallory", "Niaj"];

/** Rows for `UNWIND $rows`, as the codec's ingest workload has them, from the given index. */
export function ingestRows(count, integer, from = 0) {
  return Array.from({ length: count }, (_, offset) => ingestRow(from + offset, integer));
}

function ingestRow(index, integer) {
  return {
    id: integer(index),
    age: integer(index % 99),
    name: `${first[index % 12]} ${((index * 2654435761) % 4294967296).toString(36)}`,
    email: `${((index * 40503) % 16777216).toString(36)}@example.org`,
    score: (index % 1000) / 7 + 0.5,
  };
}

export const ingestQuery = "UNWIND $rows AS row MERGE (p:Person {id: row.id}) SET p += row";
export const [port, mode, workload, count, fetchSize] = process.argv.slice(2);
export const query = `REPLAY ${workload} ${count}`;
