import { fileURLToPath } from "node:url";
import type { Timing } from "../interleave.ts";
import { ratioOf, type Spread, spread } from "../statistics.ts";
import type { WireCandidate, WireGroup } from "./groups.ts";
import { type Pass, Program } from "./program.ts";

export interface WireTiming extends Timing {
  /** Milliseconds of processor time a pass, median. */
  readonly cpu: number;
  /** The reference's processor time divided by this one's, round by round: on a busy machine it says more than the wall's. */
  readonly cpuRatio: Spread;
  /** By the name of a further reference, the same as `cpuRatio` to that one. */
  readonly cpuRatioTo: Readonly<Record<string, Spread>>;
  /** What the first pass of the fresh process took, and its processor time. */
  readonly first: { readonly ms: number; readonly cpu: number };
  /** The most memory that the process has held, in MB. */
  readonly peakMemory: number | undefined;
}

/** What is done after each pass, those to warm up as well, and not timed. */
export type AfterPass = (candidate: string) => Promise<void>;

/** The replay server, in a process of its own. */
export async function startReplayServer(recordings: readonly string[]): Promise<{ port: string; server: Program }> {
  const program = fileURLToPath(new URL("./replay-server.ts", import.meta.url));
  const server = new Program(process.execPath, [...process.execArgv, program, ...recordings]);
  return { port: await server.line(), server };
}

const warmUpTime = 1500;

/**
 * At least two passes; short ones need more of them until their code is compiled for good. Answers the first one.
 *
 * @param passes so many, where a pass is long enough to be warm after them
 */
async function warmUp(pass: () => Promise<Pass>, passes?: number): Promise<Pass> {
  const start = performance.now();
  const first = await pass();
  const isCold = (done: number) => done < 2 || (done < 10 && performance.now() - start < warmUpTime);
  for (let done = 1; passes === undefined ? isCold(done) : done < passes; done++) await pass();
  return first;
}

/** Times a group's candidates, each in a process of its own, a pass of each a round, in an order that is reversed every other round. */
export async function measure(
  group: WireGroup,
  port: string,
  rounds: number,
  afterPass?: AfterPass,
): Promise<WireTiming[]> {
  const countOf = ({ share = 1 }: WireCandidate) => Math.round(group.count * share);
  const runners = group.candidates.map((candidate) => {
    const { language, mode } = candidate;
    const args = [port, mode, group.workload, String(countOf(candidate)), String(group.fetchSize)];
    const program = new Program(language.command, [...language.args, ...args]);
    const pass = async (): Promise<Pass> => {
      const done = await program.pass();
      await afterPass?.(candidate.name);
      return done;
    };
    return { candidate, program, pass, ms: [] as number[], cpu: [] as number[] };
  });
  const sums = new Map<number, string>();
  const firsts = new Map<string, Pass>();
  try {
    for (const { candidate, pass } of runners) firsts.set(candidate.name, await warmUp(pass, group.warmUps));
    for (let round = 0; round < rounds; round++) {
      for (const { candidate, pass, ms, cpu } of round % 2 === 0 ? runners : [...runners].reverse()) {
        const done = await pass();
        const count = countOf(candidate);
        const sum = `${done.rows} ${done.whole} ${done.decimal}`;
        if (sum !== (sums.get(count) ?? sum)) throw new Error(`${candidate.name} has read something else: ${sum}`);
        sums.set(count, sum);
        ms.push((done.ms * group.count) / count);
        cpu.push((done.cpu * group.count) / count);
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
      cpuRatioTo: Object.fromEntries(others.map((other) => [other.candidate.name, ratioOf(other.cpu, cpu)])),
      first: { ms: (firsts.get(name)?.ms ?? 0) / share, cpu: (firsts.get(name)?.cpu ?? 0) / share },
      peakMemory: program.peakMemory(),
    }));
  } finally {
    for (const { program } of runners) await program.end();
  }
}
