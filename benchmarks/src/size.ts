/**
 * `npm run bench:size`: what the packages add to an application's bundle, and how soon a fresh process has decoded something,
 * beside npm's neo4j-driver. Writes results/size.json. Options: --processes=N (7), --nodes=20,24.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { machine } from "./machine.ts";
import { nodes } from "./nodes.ts";
import { readResult, writeResult } from "./results.ts";
import { bundled, npmEntry } from "./size/bundle.ts";
import { installPacked } from "./size/pack.ts";
import type { SizeResult, StartUp } from "./size/size-result.ts";
import { startUps } from "./size/start-up.ts";

const { values: options } = parseArgs({
  options: { processes: { type: "string", default: "7" }, nodes: { type: "string" } },
});
const processes = Number(options.processes);
const temporary = mkdtempSync(join(tmpdir(), "fulgur-size-"));

async function sizesOf(folder: string) {
  installPacked(["types", "codec", "core", "pool", "driver"], folder);
  const [codec, driver] = ["@fulgur/neo4j-codec", "@fulgur/neo4j-driver"];
  return [
    await bundled(codec, codec, folder, ["@fulgur/neo4j-types"]),
    await bundled(`${codec} with @fulgur/neo4j-types`, codec, folder),
    await bundled(`${driver} with everything`, driver, folder),
    await bundled("npm neo4j-driver", npmEntry(), folder),
  ];
}

function print(programs: readonly StartUp[]): void {
  for (const { name, firstMessage, firstBuffer } of programs) {
    const times = [firstMessage, firstBuffer].map(
      ({ q1, median, q3 }) => `${median.toFixed(1).padStart(6)} ms (${q1.toFixed(1)} – ${q3.toFixed(1)})`,
    );
    console.log(`  ${name.padEnd(26)} first record ${times[0]}   first 64 KiB of nodes, too ${times[1]}`);
  }
}

try {
  const sizes = await sizesOf(temporary);
  console.log("\nBundled and minified; gzipped");
  for (const { name, minified, gzipped } of sizes)
    console.log(`  ${name.padEnd(46)} ${minified.toFixed(1).padStart(7)} kB ${gzipped.toFixed(1).padStart(7)} kB`);
  const startUp: Record<string, SizeResult["startUp"][string]> = { ...readResult<SizeResult>("size.json")?.startUp };
  for (const node of nodes(options.nodes)) {
    const about = { ...machine(processes), node: node.version };
    console.log(`\nStart-up on Node ${node.version}, from before the import; medians of ${processes} processes`);
    const programs = startUps(node, processes, temporary);
    print(programs);
    startUp[node.major] = { machine: about, programs };
  }
  writeResult("size.json", { sizes, startUp } satisfies SizeResult);
  console.log("\nWritten: benchmarks/results/size.json");
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
