import { chart } from "../chart.ts";
import type { Machine } from "../machine.ts";
import { inWords } from "../report.ts";
import { readResult, writeResult } from "../results.ts";
import type { WireTiming } from "../wire/measure.ts";
import type { MemoryResult } from "./memory.ts";
import { memoryChart } from "./memory-chart.ts";

/** Jobs of one kind on one server. */
export interface JobGroup {
  readonly name: string;
  readonly machine: Machine;
  readonly rows: number;
  /** The real server's version. */
  readonly server?: string;
  readonly timings: readonly WireTiming[];
}

export interface MemoryGroup {
  readonly machine: Machine;
  readonly sizes: readonly MemoryResult[];
  /** What the largest job's peak is to the smallest's. */
  readonly growth: number;
}

/** jobs.json. */
export interface JobResults {
  readonly groups: readonly JobGroup[];
  readonly memory?: MemoryGroup;
}

const file = "jobs.json";

export function readJobs(): JobResults {
  return readResult<JobResults>(file) ?? { groups: [] };
}

export function printJobs({ name, rows, server, timings }: JobGroup): void {
  console.log(`\n${name}, ${rows.toLocaleString("en")} rows${server === undefined ? "" : `, Neo4j ${server}`}`);
  for (const { name: who, ms, cpu, ratio, cpuRatio, first, peakMemory } of timings) {
    const rate = `${Math.round(rows / ms.median).toLocaleString("en")} rows/ms`.padStart(12);
    const times = `${ms.median.toFixed(0).padStart(6)} ms ${rate} ${cpu.toFixed(0).padStart(6)} ms cpu`;
    const fresh = `first pass ${first.ms.toFixed(0)} ms, cpu ${first.cpu.toFixed(0)} ms`;
    console.log(
      `  ${who.padEnd(40)} ${times}  wall ${inWords(ratio, 2)}  cpu ${inWords(cpuRatio)}  ${fresh}  ${peakMemory ?? "?"} MB`,
    );
  }
}

export function printMemory({ sizes, growth }: MemoryGroup): void {
  console.log("\nPeak memory of the process, rows from a generator, a server that replays");
  for (const { rows, peak, ms } of sizes) {
    const spread = `${peak.median.toFixed(0)} MB (${peak.q1.toFixed(0)} – ${peak.q3.toFixed(0)})`;
    console.log(`  ${rows.toLocaleString("en").padStart(10)} rows ${spread}, ${ms.median.toFixed(0)} ms`);
  }
  console.log(`  the most rows / the fewest: ${growth.toFixed(2)}`);
}

/** What other runs have measured stays. */
export function saveJobs(group: JobGroup): void {
  const { groups: earlier, ...rest } = readJobs();
  const groups = [...earlier.filter(({ name }) => name !== group.name), group];
  writeResult(file, { ...rest, groups } satisfies JobResults);
  const byCpu = groups.map(({ name, timings }) => ({
    name: `${name}: processor time`,
    timings: timings.map((timing) => ({ ...timing, ratio: timing.cpuRatio })),
  }));
  const byTime = groups.map(({ name, timings }) => ({ name: `${name}: wall time`, timings }));
  writeResult("jobs.svg", chart("Ingestion, whole jobs", [...byCpu, ...byTime]));
}

export function saveMemory(memory: MemoryGroup): void {
  writeResult(file, { ...readJobs(), memory } satisfies JobResults);
  writeResult("jobs-memory.svg", memoryChart("Memory of ingest(), rows from a generator", memory.sizes));
}
