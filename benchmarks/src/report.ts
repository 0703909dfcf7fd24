import type { Spread } from "./statistics.ts";
import type { Group, Summary } from "./summary.ts";

/** A ratio as it is told: its median, and its quartiles in brackets. */
export const inWords = ({ q1, median, q3 }: Spread, digits = 1): string =>
  `${median.toFixed(digits)}x (${q1.toFixed(digits)} – ${q3.toFixed(digits)})`;

export function printGroup(title: string, { rows, timings }: Group): void {
  console.log(`\n${title} (${rows.toLocaleString("en")} rows)`);
  for (const { name, ms, ratio, heldMemory } of timings) {
    const times = `${ms.min.toFixed(2).padStart(9)} ms min ${ms.median.toFixed(2).padStart(9)} ms median`;
    const held = heldMemory === undefined ? "" : `   ${heldMemory.toFixed(1)} MB held`;
    const spread = `${ratio.median.toFixed(1).padStart(6)}x  (${ratio.q1.toFixed(1)} – ${ratio.q3.toFixed(1)})`;
    console.log(`  ${name.padEnd(26)} ${times}   ${spread}${held}`);
  }
  const auto = timings.find(({ name }) => name === "fulgur auto");
  if (auto?.firstRatio !== undefined) console.log(`  fulgur auto, first passes alone: ${inWords(auto.firstRatio)}`);
  for (const [other, ratio] of Object.entries(auto?.ratioTo ?? {}))
    console.log(`  fulgur auto / ${other}: ${inWords(ratio, 2)}`);
}

export function printSummary({ geometricMean, geometricMeanTyped, smallest }: Summary): void {
  console.log("\nfulgur auto, all decode workloads");
  console.log(`  geometric mean without temporals / npm neo4j-driver: ${inWords(geometricMean)}`);
  console.log(`  the same, lists of floats as typed arrays:           ${inWords(geometricMeanTyped)}`);
  for (const [reference, { workload, ...ratio }] of Object.entries(smallest))
    console.log(`  smallest / ${reference}: ${inWords(ratio, 2)}, for ${workload}`);
}
