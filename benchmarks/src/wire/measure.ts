import { fileURLToPath } from "node:url";
import type { Timing } from "../interleave.ts";
import { ratioOf, type Spread, spread } from "../statistics.ts";
import type { WireCandidate, WireGroup } from "./groups.ts";
import { Program } from "./program.ts";

export interface WireTiming extends Timing {
  /** Milliseconds of processor time a pass, median. */
  readonly cpu: number;
  /** The reference's processor time divided by this one's, round by round: on a busy machine it says more than the wall's. */
  readonly cpuRatio: Spread;
  /** The most memory that the process has held, in MB. */
  readonly peakMemory: number | undefined;
}

/** The replay server, in a process of its own. */
export async function startReplayServer(recordings: readonly string[]): Promise<{ port: string; server: Program }> {
  const program = fileURLToPath(new URL("./replay-server.ts", import.meta.url));
  const server = new Program(process.execPath, [...process.execArgv, program, ...recordings]);
  return { port: await server.line(), server };
}

const warmUpTime = 1500;

/** At least two passes; short ones need more of them until their code is compiled for good. */
async function warmUp(program: Program): Promise<void> {
  const start = performance.now();
  for (let passes = 0; passes < 2 || (passes < 10 && performance.now() - start < warmUpTime); passes++)
    await program.pass();
}

/** Times a group's candidates, each in a process of its own, a pass of each a round, in an order that is reversed every other round. */
export async function measure(group: WireGroup, port: string, rounds: number): Promise<WireTiming[]> {
  const countOf = ({ share = 1 }: WireCandidate) => Math.round(group.count * share);
  const runners = group.candidates.map((candidate) => {
    const { language, mode } = candidate;
    const args = [port, mode, group.workload, String(countOf(candidate)), String(group.fetchSize)];
    const program = new Program(language.command, [...language.args, ...args]);
    return { candidate, program, ms: [] as number[], cpu: [] as number[] };
  });
  const sums = new Map<number, string>();
  try {
    for (const { program } of runners) await warmUp(program);
    for (let round = 0; round < rounds; round++) {
      for (const { candidate, program, ms, cpu } of round % 2 === 0 ? runners : [...runners].reverse()) {
        const pass = await program.pass();
        const count = countOf(candidate);
        const sum = `${pass.rows} ${pass.whole} ${pass.decimal}`;
        if (sum !== (sums.get(count) ?? sum)) throw new Error(`${candidate.name} has read something else: ${sum}`);
        sums.set(count, sum);
        ms.push((pass.ms * group.count) / count);
        cpu.push((pass.cpu * group.count) / count);
      }
    }
    const base = runners.find(({ candidate }) => candidate.name === group.reference) as (typeof runners)[number];
    const others = runners.filter(({ candidate: { name } }) => !name.startsWith("fulgur"));
    return runners.map(({ candidate: { name, share = 1 }, program, ms, cpu }) => ({
      name: share === 1 ? name : `${name} (${share * 100} % of it, scaled)`,
      ms: { ...spread(ms), min: Math.min(...ms) },
      ratio: ratioOf(base.ms, ms),
      ratioTo: Object.fromEntries(others.map((other) => [other.candidate.name, ratioOf(other.ms, ms)])),
      cpu: spread(cpu).median,
      cpuRatio: ratioOf(base.cpu, cpu),
      peakMemory: program.peakMemory(),
    }));
  } finally {
    for (const { program } of runners) await program.end();
  }
}
