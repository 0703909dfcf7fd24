/**
 * `npm run bench:wire`: drivers against a replay server on loopback, through their public APIs. README.md here has the
 * method. Options: --rounds=N (15), --quick (5), --only=<part of a group's name>, --nodes=20,24, --foreign=false.
 */
import { parseArgs } from "node:util";
import { chart } from "./chart.ts";
import { type Machine, machine } from "./machine.ts";
import { nodes } from "./nodes.ts";
import { readResult, writeResult } from "./results.ts";
import { wireGroups } from "./wire/groups.ts";
import { otherLanguages } from "./wire/languages.ts";
import { measure, startReplayServer, type WireTiming } from "./wire/measure.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "15" },
    quick: { type: "boolean" },
    only: { type: "string" },
    nodes: { type: "string" },
    foreign: { type: "string", default: "true" },
  },
});
const rounds = options.quick ? 5 : Number(options.rounds);

const charts = [
  ["stream", "Replayed stream", "stream of"],
  ["kept", "Replayed result, all records kept", "kept"],
  ["ingest", "Replayed ingest", "ingest"],
  ["columns", "Replayed mixed rows, to columns and to objects", "mixed rows"],
] as const;

function print(name: string, timings: readonly WireTiming[]): void {
  console.log(`\n${name}`);
  for (const { name: who, ms, ratio, cpu, cpuRatio, peakMemory } of timings) {
    const spread = `${ratio.q1.toFixed(1)} – ${ratio.q3.toFixed(1)}`;
    console.log(
      `  ${who.padEnd(52)} ${ms.min.toFixed(0).padStart(7)} ms min ${ms.median.toFixed(0).padStart(7)} median  ${cpu.toFixed(0).padStart(6)} ms cpu ${String(peakMemory ?? "?").padStart(5)} MB ${ratio.median.toFixed(2).padStart(7)}x  (${spread})  cpu ${cpuRatio.median.toFixed(1)}x`,
    );
  }
}

interface Measured {
  readonly name: string;
  readonly rows: number;
  readonly machine: Machine;
  readonly timings: readonly WireTiming[];
}

/** After each group; what other runs have measured stays, so that groups can be measured one at a time. */
function save(group: Measured): void {
  const earlier = readResult<{ groups: Measured[] }>("wire.json")?.groups ?? [];
  const groups = [...earlier.filter(({ name }) => name !== group.name), group];
  writeResult("wire.json", { groups });
  for (const [picture, title, part] of charts) {
    const drawn = groups.filter(({ name }) => name.includes(part)).sort((a, b) => b.timings.length - a.timings.length);
    if (drawn.length > 0) writeResult(`${picture}.svg`, chart(title, drawn));
  }
}

const about = machine(rounds);
console.log(`${about.cores} x ${about.cpu}, load ${about.load.join(" ")}, ${rounds} interleaved rounds, loopback TCP`);
const others = options.foreign === "false" ? {} : otherLanguages();
const { port, server } = await startReplayServer(["rows", "nodes", "mixed"]);
try {
  for (const [index, node] of nodes(options.nodes).entries()) {
    // The drivers of other languages don't change with Node: once is enough.
    for (const group of wireGroups(node, index === 0 ? others : {})) {
      if (options.only !== undefined && !group.name.includes(options.only)) continue;
      const before = machine(rounds);
      const timings = await measure(group, port, rounds);
      print(group.name, timings);
      save({ name: group.name, rows: group.count, machine: { ...before, node: node.version }, timings });
    }
  }
} finally {
  await server.end();
}
console.log("\nWritten: benchmarks/results/wire.json, stream.svg, kept.svg, ingest.svg, columns.svg");
