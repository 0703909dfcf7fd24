import { type Spread, spread } from "./statistics.ts";

/** One thing to time; `run` answers how many rows (or bytes) it went through, so that the work can't be left out. */
export interface Candidate {
  readonly name: string;
  run(): number;
}

export interface Timing {
  readonly name: string;
  /** Milliseconds per pass. */
  readonly ms: Spread & { readonly min: number };
  /** The reference's time divided by this one's, round by round. */
  readonly ratio: Spread;
}

/**
 * Times candidates against each other: rounds are interleaved and their order is reversed every other round, garbage is
 * collected between rounds, and a ratio is the median of the rounds' ratios with its quartiles.
 */
export function interleave(candidates: readonly Candidate[], reference: string, rounds: number, warmups = 3): Timing[] {
  const collect = (globalThis as { gc?: () => void }).gc;
  const times = new Map<string, number[]>(candidates.map(({ name }) => [name, []]));
  const counts = new Set<number>();
  for (let round = -warmups; round < rounds; round++) {
    // Once a round, not before each pass: a full collection also throws away what the engine has learned of short-lived
    // shapes, and every candidate would be measured cold.
    collect?.();
    for (const { name, run } of round % 2 === 0 ? candidates : [...candidates].reverse()) {
      const start = performance.now();
      counts.add(run());
      const elapsed = performance.now() - start;
      if (round >= 0) times.get(name)?.push(elapsed);
    }
  }
  if (counts.size !== 1) throw new Error(`The candidates went through different amounts: ${[...counts].join(", ")}`);
  const base = times.get(reference) as number[];
  return candidates.map(({ name }) => {
    const own = times.get(name) as number[];
    return {
      name,
      ms: { ...spread(own), min: Math.min(...own) },
      ratio: spread(own.map((time, round) => (base[round] as number) / time)),
    };
  });
}
