import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { NodeVersion } from "../nodes.ts";
import { networkBuffers } from "../peers/fulgur.ts";
import { spread } from "../statistics.ts";
import { type Workload, workloads } from "../workloads.ts";
import type { StartUp } from "./size-result.ts";

const folder = new URL("../../peers/start/", import.meta.url);
const programs = { "@fulgur/neo4j-codec alone": "codec", "@fulgur/neo4j-driver": "fulgur", "npm neo4j-driver": "npm" };

interface Start {
  readonly firstMessage: number;
  readonly firstBuffer: number;
  readonly count: number;
}

/** Times fresh processes: all programs in turn, so many times. */
export function startUps(node: NodeVersion, processes: number, temporary: string): StartUp[] {
  const nodes = (workloads["nodes"] as (rows: number) => Workload)(1000);
  const record = { name: "record", fields: [], rows: [[1, "Alice", true]] };
  const files = [record, nodes].map((workload) => {
    const file = join(temporary, `${workload.name}.bolt`);
    writeFileSync(file, networkBuffers(workload)[0] as Uint8Array);
    return file;
  });
  const all = Object.entries(programs).map(([name, program]) => ({ name, program, starts: [] as Start[] }));
  for (let round = 0; round < processes; round++) {
    for (const { program, starts } of round % 2 === 0 ? all : [...all].reverse()) {
      const path = fileURLToPath(new URL(`${program}.mjs`, folder));
      const { status, stdout } = spawnSync(node.command, [...node.args, path, ...files], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      if (status !== 0) throw new Error(`${path} ended with status ${status}`);
      starts.push(JSON.parse(stdout.toString()) as Start);
    }
  }
  const counts = new Set(all.flatMap(({ starts }) => starts.map(({ count }) => count)));
  if (counts.size !== 1) throw new Error(`They have read different amounts: ${[...counts].join(", ")}`);
  return all.map(({ name, starts }) => ({
    name,
    firstMessage: spread(starts.map(({ firstMessage }) => firstMessage)),
    firstBuffer: spread(starts.map(({ firstBuffer }) => firstBuffer)),
  }));
}
