// The fuzzer as a command: node --conditions=@fulgur/source packages/codec/test/fuzz/run.ts --seconds 60 --seed 1 --inputs 1000000
import { parseArgs } from "node:util";
import { runEpoch, type Tally } from "./epoch.ts";
import { report } from "./minimise.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: String(Math.floor(Date.now() / 86_400_000)) },
    inputs: { type: "string", default: "1000000000" },
    /** To have one epoch again. */
    epoch: { type: "string" },
    /** Findings after which it stops. */
    findings: { type: "string", default: "1" },
  },
});
const seed = Number(values.seed);
const until = performance.now() + Number(values.seconds) * 1000;
const tally: Tally = { inputs: 0, bytes: 0, rejected: 0, broken: 0, rowsOfPasses: 0, rowsOfReader: 0, encoded: 0 };
// Each rejected input makes an error or two: their stacks are of no use here.
Error.stackTraceLimit = values.epoch === undefined ? 0 : 20;

let findings = 0;
let nextNote = performance.now() + 10_000;
const first = values.epoch === undefined ? 0 : Number(values.epoch);
console.log(`seed ${seed}`);
for (let epoch = first; tally.inputs < Number(values.inputs) && performance.now() < until; epoch++) {
  const finding = runEpoch(seed, epoch, tally);
  if (finding !== undefined) {
    findings++;
    console.log(report(seed, finding));
    if (findings >= Number(values.findings)) break;
  }
  if (values.epoch !== undefined) break;
  if (performance.now() > nextNote) {
    nextNote += 10_000;
    console.log(`${new Date().toISOString()} epoch ${epoch}: ${JSON.stringify(tally)}`);
  }
}
console.log(`${findings} findings in ${tally.inputs} inputs: ${JSON.stringify(tally)}`);
process.exitCode = findings === 0 ? 0 : 1;
