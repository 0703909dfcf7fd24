/**
 * `npm run bench`: decode and encode against npm's neo4j-driver, msgpackr and JSON, by the method that README.md here
 * describes. One process a workload, so that one's shapes don't disturb another's.
 * Then small messages, single calls on a real server, sizes and start-up, with --wire whole drivers on a replayed stream, and at last the
 * figures that were asked for. Options: --rounds=N (15), --only=a,b ("encode": all of that; may be repeated), --nodes=20,24, --call-rounds=N
 * (9; 0: no single calls), --quick (5 rounds; 3 of single calls), --wire.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chart } from "./chart.ts";
import { compiled } from "./compile.ts";
import { references } from "./decode.ts";
import { encodeWorkloads } from "./encode-workloads.ts";
import { machine } from "./machine.ts";
import { type NodeVersion, nodes } from "./nodes.ts";
import { printGroup, printSummary } from "./report.ts";
import { readResult, writeResult } from "./results.ts";
import { type CodecResult, type CodecResults, type Group, summarize } from "./summary.ts";
import { workloads } from "./workloads.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "15" },
    only: { type: "string", multiple: true },
    nodes: { type: "string" },
    "call-rounds": { type: "string" },
    quick: { type: "boolean" },
    wire: { type: "boolean" },
  },
});
const rounds = options.quick ? 5 : Number(options.rounds);
const callRounds = Number(options["call-rounds"] ?? (options.quick ? 3 : 9));
// A name may have a comma in it: `--only="names, repeated"`.
const only = options.only?.flatMap((names) => [names, ...names.split(",")]);
const program = compiled();

function inOwnProcess({ command, args }: NodeVersion, kind: "decode" | "encode", name: string): Group {
  const { status, stdout } = spawnSync(command, [...args, "--expose-gc", program("one"), kind, name, String(rounds)], {
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(`${kind} ${name} ended with status ${status}`);
  return JSON.parse(stdout.toString()) as Group;
}

function measured(node: NodeVersion, kind: "decode" | "encode", names: readonly string[]): Group[] {
  const wanted = names.filter((name) => only === undefined || only.includes(name) || only.includes(kind));
  return wanted.map((name) => {
    const group = inOwnProcess(node, kind, name);
    printGroup(`${kind} ${name}`, group);
    return group;
  });
}

function bench(node: NodeVersion): void {
  const about = { ...machine(rounds), node: node.version };
  console.log(
    `\nNode ${about.node}, ${about.cores} x ${about.cpu}, load ${about.load.join(" ")}, ${rounds} interleaved rounds`,
  );
  const decode = measured(node, "decode", Object.keys(workloads));
  const encode = measured(node, "encode", Object.keys(encodeWorkloads));
  if (only !== undefined) return;
  const summary = summarize(decode, references);
  printSummary(summary);
  // What other runs have measured on other Nodes stays.
  const earlier = readResult<CodecResults>("codec.json")?.nodes;
  const result: CodecResult = { machine: about, ...summary, decode, encode };
  writeResult("codec.json", { nodes: { ...earlier, [node.major]: result } });
  for (const [kind, groups] of Object.entries({ decode, encode })) {
    const title = `${kind === "decode" ? "Decode" : "Encode"}, Node ${node.major}`;
    writeResult(`${kind}-node-${node.major}.svg`, chart(title, groups));
  }
  console.log(`\nWritten: benchmarks/results/codec.json, decode-node-${node.major}.svg, encode-node-${node.major}.svg`);
}

function run(script: string, ...args: string[]): void {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { status } = spawnSync(process.execPath, [...process.execArgv, path, ...args], { stdio: "inherit" });
  if (status !== 0) throw new Error(`${script} ended with status ${status}`);
}

console.log("Ratios are to the npm neo4j-driver: median of the rounds' ratios, with quartiles.");
for (const node of nodes(options.nodes)) bench(node);
if (only === undefined) {
  run("../micro/small-messages.ts");
  if (callRounds > 0) run("./calls.ts", `--rounds=${callRounds}`);
  run("./size.ts");
}
if (options.wire) run("./wire.ts", options.quick ? "--quick" : "--rounds=7");
if (only === undefined) run("./figures.ts");
