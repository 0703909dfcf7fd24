import { describe, expect, it } from "vitest";
import { runEpoch, type Tally } from "./epoch.ts";
import { report } from "./minimise.ts";

/** `run.ts` runs the same for as long as one likes, and has a finding again by its seed and epoch. */
const seeds: Readonly<Record<string, number>> = {
  "a fixed seed": 20_260_901,
  "a seed of today": Math.floor(Date.now() / 86_400_000),
};
const milliseconds = 4000;
const fewest = 4000;

describe("both engines, fuzzed", () => {
  for (const [name, seed] of Object.entries(seeds)) {
    it(`say the same of valid, odd and damaged streams: ${name}, ${seed}`, () => {
      console.log(`fuzzing with seed ${seed}`);
      const tally: Tally = {
        inputs: 0,
        bytes: 0,
        rejected: 0,
        broken: 0,
        rowsOfPasses: 0,
        rowsOfReader: 0,
        encoded: 0,
      };
      const limit = Error.stackTraceLimit;
      Error.stackTraceLimit = 0;
      const until = performance.now() + milliseconds;
      let finding: string | undefined;
      for (let epoch = 0; finding === undefined && (tally.inputs < fewest || performance.now() < until); epoch++) {
        const found = runEpoch(seed, epoch, tally);
        if (found !== undefined) finding = report(seed, found);
      }
      Error.stackTraceLimit = limit;
      expect(finding).toBeUndefined();
      // It would find nothing, too, if the passes read nothing or all was rejected.
      expect(tally.rowsOfPasses).toBeGreaterThan(tally.inputs / 10);
      expect(tally.rejected).toBeGreaterThan(tally.inputs / 10);
      expect(tally.rejected).toBeLessThan(tally.inputs * 0.9);
      expect(tally.broken).toBeGreaterThan(tally.inputs / 50);
    });
  }
});
