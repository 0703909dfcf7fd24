/** The most memory that a job holds, by its number of rows: each in a fresh process, since a process never forgets its peak. */
import { type Spread, spread } from "../statistics.ts";
import type { WireCandidate } from "../wire/groups.ts";
import { Program } from "../wire/program.ts";

export interface MemoryResult {
  readonly rows: number;
  /** MB of the whole process, over the runs. */
  readonly peak: Spread;
  readonly ms: Spread;
}

async function onePass({ language, mode }: WireCandidate, port: string, rows: number) {
  const program = new Program(language.command, [...language.args, port, mode, "ingest", String(rows), "1000"]);
  try {
    const pass = await program.pass();
    if (pass.rows !== rows) throw new Error(`${pass.rows} rows were written of ${rows}`);
    const peak = program.peakMemory();
    if (peak === undefined) throw new Error("The system doesn't say how much memory a process has held");
    return { peak, ms: pass.ms };
  } finally {
    await program.end();
  }
}

/** The sizes in turn, so many times each. */
export async function measureMemory(
  candidate: WireCandidate,
  port: string,
  sizes: readonly number[],
  runs: number,
): Promise<MemoryResult[]> {
  const seen = sizes.map((rows) => ({ rows, peaks: [] as number[], times: [] as number[] }));
  for (let run = 0; run < runs; run++) {
    for (const { rows, peaks, times } of seen) {
      const { peak, ms } = await onePass(candidate, port, rows);
      peaks.push(peak);
      times.push(ms);
    }
  }
  return seen.map(({ rows, peaks, times }) => ({ rows, peak: spread(peaks), ms: spread(times) }));
}
