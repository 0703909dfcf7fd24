/**
 * `npm run bench`: decode and encode against npm's neo4j-driver, msgpackr and JSON, by the method that README.md here
 * describes. One process a workload, so that one's shapes don't disturb another's.
 * Then small messages and, with --wire, whole drivers on a replayed stream. Options: --rounds=N (15), --only=a,b, --quick (5
 * rounds), --wire.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chart } from "./chart.ts";
import type { Timing } from "./interleave.ts";
import { machine } from "./machine.ts";
import { workloads } from "./workloads.ts";

interface Group {
  readonly name: string;
  readonly rows: number;
  readonly bytes?: number;
  readonly timings: Timing[];
}

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "15" },
    only: { type: "string" },
    quick: { type: "boolean" },
    wire: { type: "boolean" },
  },
});
const rounds = options.quick ? 5 : Number(options.rounds);
const only = options.only?.split(",");
const results = new URL("../results/", import.meta.url);

function inOwnProcess(kind: string, name: string): Group {
  const child = fileURLToPath(new URL("./one.ts", import.meta.url));
  const { status, stdout } = spawnSync(
    process.execPath,
    [...process.execArgv, "--expose-gc", child, kind, name, String(rounds)],
    {
      stdio: ["ignore", "pipe", "inherit"],
      maxBuffer: 1 << 26,
    },
  );
  if (status !== 0) throw new Error(`${kind} ${name} ended with status ${status}`);
  return JSON.parse(stdout.toString()) as Group;
}

function print({ name, rows, timings }: Group): void {
  console.log(`\n${name} (${rows.toLocaleString("en")} rows)`);
  for (const { name: who, ms, ratio, heldMemory } of timings) {
    const spread = `${ratio.q1.toFixed(1)} – ${ratio.q3.toFixed(1)}`;
    console.log(
      `  ${who.padEnd(20)} ${ms.min.toFixed(2).padStart(9)} ms min ${ms.median.toFixed(2).padStart(9)} ms median   ${ratio.median.toFixed(1).padStart(6)}x  (${spread})${heldMemory === undefined ? "" : `   ${heldMemory.toFixed(1)} MB held`}`,
    );
  }
}

const about = machine(rounds);
console.log(
  `Node ${about.node}, ${about.cores} x ${about.cpu}, load ${about.load.join(" ")}, ${rounds} interleaved rounds`,
);
console.log("Ratios are to the npm neo4j-driver: median of the rounds' ratios, with quartiles.");

const decode: Group[] = [];
for (const name of Object.keys(workloads)) {
  if (only && !only.includes(name)) continue;
  const group = inOwnProcess("decode", name);
  print({ ...group, name: `decode ${name}` });
  decode.push(group);
}
const encode: Group[] = [];
if (!only || only.includes("encode")) {
  const group = inOwnProcess("encode", "ingest batches of 5,000");
  print({ ...group, name: `encode ${group.name}` });
  encode.push(group);
}

if (!only) {
  mkdirSync(results, { recursive: true });
  writeFileSync(new URL("codec.json", results), `${JSON.stringify({ machine: about, decode, encode }, null, 2)}\n`);
  writeFileSync(new URL("decode.svg", results), chart("Decode", decode));
  writeFileSync(new URL("encode.svg", results), chart("Encode", encode));
  console.log("\nWritten: benchmarks/results/codec.json, decode.svg, encode.svg");
}

function run(program: string, ...args: string[]): void {
  const { status } = spawnSync(
    process.execPath,
    [...process.execArgv, fileURLToPath(new URL(program, import.meta.url)), ...args],
    {
      stdio: "inherit",
    },
  );
  if (status !== 0) throw new Error(`${program} ended with status ${status}`);
}

if (!only) run("../micro/small-messages.ts");
if (options.wire) run("./wire.ts", options.quick ? "--quick" : "--rounds=7");
