import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const here = new URL("../", import.meta.url);

/**
 * Compiles this folder to JavaScript, which every Node runs: 20 takes no types away by itself. All Nodes get the compiled
 * program, the one that could do without as well, so that they run the same code.
 *
 * @returns where the compiled program of a source file is, as `one` for `src/one.ts`.
 */
export function compiled(): (name: string) => string {
  const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", here));
  const project = fileURLToPath(new URL("tsconfig.run.json", here));
  const { status } = spawnSync(process.execPath, [tsc, "-p", project], { stdio: "inherit" });
  if (status !== 0) throw new Error(`The benchmarks could not be compiled: tsc ended with status ${status}`);
  return (name) => fileURLToPath(new URL(`build/src/${name}.js`, here));
}
