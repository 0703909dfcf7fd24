/**
 * `bench:ingest`: whole jobs by `ingest()`, by npm's neo4j-driver with batches written by hand, and by Python's; on a real Neo4j,
 * beside the bare bytes, and on a server that only says SUCCESS; and the memory that a job takes. README.md here has the method.
 * Options: --rounds=N (15), --quick (5), --rows=N (200000), --only=live,replayed,memory, --nodes=20, --foreign=false.
 */
import { parseArgs } from "node:util";
import { jobs, ours, theirs } from "./ingest/candidates.ts";
import { live } from "./ingest/live.ts";
import { measureMemory } from "./ingest/memory.ts";
import { type JobGroup, type MemoryGroup, printJobs, printMemory, saveJobs, saveMemory } from "./ingest/report.ts";
import { machine } from "./machine.ts";
import { nodes } from "./nodes.ts";
import { otherLanguages } from "./wire/languages.ts";
import { measure, startReplayServer } from "./wire/measure.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "15" },
    quick: { type: "boolean" },
    rows: { type: "string", default: "200000" },
    only: { type: "string", default: "live,replayed,memory" },
    nodes: { type: "string" },
    foreign: { type: "string", default: "true" },
  },
});
const rounds = options.quick ? 5 : Number(options.rounds);
const rows = Number(options.rows);
const parts = options.only.split(",");
// The machine's own Node, which is what users have; the real server takes too long for both.
const node = nodes(options.nodes)[0];
if (node === undefined) throw new Error(`There is no Node ${options.nodes} here`);
const about = () => ({ ...machine(rounds), node: (node as { version: string }).version });

function done(group: JobGroup): void {
  printJobs(group);
  saveJobs(group);
}

const { cores, cpu, load } = about();
console.log(
  `Node ${node.version}, ${cores} x ${cpu}, load ${load.join(" ")}, ${rounds} interleaved rounds, loopback TCP`,
);
if (parts.includes("replayed") || parts.includes("memory")) {
  const { port, server } = await startReplayServer([]);
  try {
    if (parts.includes("replayed")) {
      const before = about();
      const group = jobs(`replayed, Node ${node.major}`, 500_000, [
        theirs(node),
        ours(node, "ingest()"),
        ours(node, "ingest(), keys in no order"),
        ours(node, "ingest() of columns"),
        ours(node, "UNWIND by hand"),
        ours(node, "ingest() of a CSV file"),
        ours(node, "the CSV file read, nothing written"),
      ]);
      const timings = await measure(group, port, rounds);
      done({ name: group.name, machine: before, rows: group.count, timings });
    }
    if (parts.includes("memory")) {
      const before = about();
      const sizes = await measureMemory(ours(node, "ingest() of a generator"), port, [300_000, 3_000_000], 5);
      const [few, many] = sizes.map(({ peak }) => peak.median) as [number, number];
      const memory: MemoryGroup = { machine: before, sizes, growth: many / few };
      printMemory(memory);
      saveMemory(memory);
    }
  } finally {
    await server.end();
  }
}
if (parts.includes("live")) {
  const before = about();
  const languages = options.foreign === "false" ? {} : otherLanguages(["python-rust"]);
  const { server, timings } = await live(node, { rows, rounds }, languages["python-rust"]);
  done({ name: `real server, Node ${node.major}`, machine: before, rows, server, timings });
}
console.log("\nWritten: benchmarks/results/jobs.json, jobs.svg, jobs-memory.svg");
