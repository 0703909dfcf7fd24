import { ratioOf, type Spread, spread } from "./statistics.ts";

/** One thing to time; `run` answers how many rows (or bytes) it went through, so that the work can't be left out. */
export interface Candidate {
  readonly name: string;
  run(): number;
  /** The same, with the rows kept: for what they hold of memory. */
  keep?(rows: unknown[]): void;
}

export interface Timing {
  readonly name: string;
  /** Milliseconds per pass. */
  readonly ms: Spread & { readonly min: number };
  /** The reference's time divided by this one's, round by round. */
  readonly ratio: Spread;
  /** By the name of a further reference, the same to that one. */
  readonly ratioTo?: Readonly<Record<string, Spread>>;
  /** What the rows of a pass hold of memory while they are kept, in MB. */
  readonly heldMemory?: number;
}

/** How much memory is in use, in bytes, after a collection. */
function usedMemory(): number {
  const collect = (globalThis as { gc?: () => void }).gc;
  // Twice: what the first one finalizes, the second one frees.
  collect?.();
  collect?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function heldBy(keep: (rows: unknown[]) => void): number {
  const before = usedMemory();
  const rows: unknown[] = [];
  keep(rows);
  const held = usedMemory() - before;
  if (rows.length === 0) throw new Error("Nothing was kept");
  return Number((held / 2 ** 20).toFixed(2));
}

/**
 * Times candidates against each other: rounds are interleaved and their order is reversed every other round, garbage is
 * collected between rounds, and a ratio is the median of the rounds' ratios with its quartiles.
 *
 * @param reference the candidate that `ratio` is to.
 * @param others further candidates to have ratios to; those that don't take part are left out.
 */
export function interleave(
  candidates: readonly Candidate[],
  reference: string,
  others: readonly string[],
  rounds: number,
  warmups = 3,
): Timing[] {
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
  const further = others.filter((other) => times.has(other));
  return candidates.map(({ name, keep }) => {
    const own = times.get(name) as number[];
    return {
      name,
      ms: { ...spread(own), min: Math.min(...own) },
      ratio: ratioOf(base, own),
      ratioTo: Object.fromEntries(further.map((other) => [other, ratioOf(times.get(other) as number[], own)])),
      ...(keep !== undefined && { heldMemory: heldBy(keep) }),
    };
  });
}
