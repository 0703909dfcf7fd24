import { ratioOf, type Spread, spread } from "../statistics.ts";

/** One way to make calls. */
export interface Calls {
  readonly name: string;
  /** Makes so many of them. */
  run(count: number): Promise<void>;
}

export interface CallTiming {
  readonly name: string;
  /** Milliseconds a call. */
  readonly ms: Spread;
  /** The same of processor time, all threads of this process. */
  readonly cpu: Spread;
  /** The kernel's part of that. */
  readonly system: Spread;
  /** The first candidate's time divided by this one's, round by round; and its processor time. */
  readonly ratio: Spread;
  readonly cpuRatio: Spread;
}

/** Times them in turn, in a reversed order every other round; the first of them is what ratios are to. */
export async function interleaveCalls(
  candidates: readonly Calls[],
  { rounds, calls, warmup }: { readonly rounds: number; readonly calls: number; readonly warmup: number },
): Promise<CallTiming[]> {
  const times = candidates.map((): number[] => []);
  const cpus = candidates.map((): number[] => []);
  const systems = candidates.map((): number[] => []);
  for (const { run } of candidates) await run(warmup);
  for (let round = 0; round < rounds; round++) {
    const order = candidates.map((_, index) => index);
    for (const index of round % 2 === 0 ? order : order.reverse()) {
      const cpuBefore = process.cpuUsage();
      const start = performance.now();
      await (candidates[index] as Calls).run(calls);
      times[index]?.push((performance.now() - start) / calls);
      const { user, system } = process.cpuUsage(cpuBefore);
      cpus[index]?.push((user + system) / 1000 / calls);
      systems[index]?.push(system / 1000 / calls);
    }
  }
  const [base, baseCpu] = [times[0] as number[], cpus[0] as number[]];
  return candidates.map(({ name }, index) => {
    const [own, cpu] = [times[index] as number[], cpus[index] as number[]];
    const ratios = { ratio: ratioOf(base, own), cpuRatio: ratioOf(baseCpu, cpu) };
    return { name, ms: spread(own), cpu: spread(cpu), system: spread(systems[index] as number[]), ...ratios };
  });
}
