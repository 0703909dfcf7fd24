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
  /** The same for the first pass of each turn alone: whoever is fast pays for the collection before the round. */
  readonly firstRatio?: Spread;
  /** By the name of a further reference, the same as `ratio` to that one. */
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

/** A turn lasts at least so long, in milliseconds: who is done sooner goes through the workload again. */
const leastTurn = 25;

interface Turn {
  /** Milliseconds of the first pass. */
  readonly first: number;
  /** Milliseconds per pass, the first one included. */
  readonly each: number;
}

/**
 * Runs passes for a turn. A turn of one pass of two milliseconds would leave its garbage to whoever comes next, and
 * its share of the cost of the collection before the round would be ten times a slower one's.
 */
function turn(run: () => number, counts: Set<number>): Turn {
  const start = performance.now();
  let first = 0;
  for (let passes = 1; ; passes++) {
    counts.add(run());
    const elapsed = performance.now() - start;
    if (passes === 1) first = elapsed;
    if (elapsed >= leastTurn) return { first, each: elapsed / passes };
  }
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
  const turns = new Map<string, Turn[]>(candidates.map(({ name }) => [name, []]));
  const counts = new Set<number>();
  for (let round = -warmups; round < rounds; round++) {
    // Once a round, not before each pass: a full collection also throws away what the engine has learned of short-lived
    // shapes, and every candidate would be measured cold.
    collect?.();
    for (const { name, run } of round % 2 === 0 ? candidates : [...candidates].reverse()) {
      const taken = turn(run, counts);
      if (round >= 0) turns.get(name)?.push(taken);
    }
  }
  if (counts.size !== 1) throw new Error(`The candidates went through different amounts: ${[...counts].join(", ")}`);
  const timesOf = (name: string, part: keyof Turn) => (turns.get(name) as Turn[]).map((taken) => taken[part]);
  const further = others.filter((other) => turns.has(other));
  return candidates.map(({ name, keep }) => {
    const own = timesOf(name, "each");
    return {
      name,
      ms: { ...spread(own), min: Math.min(...own) },
      ratio: ratioOf(timesOf(reference, "each"), own),
      firstRatio: ratioOf(timesOf(reference, "first"), timesOf(name, "first")),
      ratioTo: Object.fromEntries(further.map((other) => [other, ratioOf(timesOf(other, "each"), own)])),
      ...(keep !== undefined && { heldMemory: heldBy(keep) }),
    };
  });
}
