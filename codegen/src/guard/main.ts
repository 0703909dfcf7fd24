/**
 * The guard: `node codegen/src/guard/main.ts [folder of the spec]`. It compares the spec with `baseline/bolt.binpb` in
 * the same folder, prints a line for each thing that a released version would say differently, and exits 1 if there is
 * any; 2 if it couldn't compare.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compare, differenceText } from "./compare.ts";
import { buildImage, readImage } from "./image.ts";

const folder = process.argv[2] ?? fileURLToPath(new URL("../../../spec", import.meta.url));

try {
  const baseline = readImage(readFileSync(join(folder, "baseline", "bolt.binpb")));
  const differences = compare(baseline, readImage(buildImage(folder)));
  for (const difference of differences) console.error(differenceText(difference));
  if (differences.length > 0) {
    console.error(
      `\nThe guard found ${differences.length} ${differences.length === 1 ? "change" : "changes"} to what declared versions say. Bind a new thing to a new version (\`since\`), retire an old one with \`until\`; if the baseline is wrong, accept the change by \`pnpm --filter @fulgur/spec run baseline\`.`,
    );
    process.exitCode = 1;
  }
} catch (error) {
  console.error(
    `The guard can't compare ${folder} with its baseline: ${error instanceof Error ? error.message : error}`,
  );
  process.exitCode = 2;
}
