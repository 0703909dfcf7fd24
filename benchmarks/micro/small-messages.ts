/**
 * `npm run bench:micro`: single small messages, where a batch can't help: what one SUCCESS, one short RECORD and one RUN
 * cost. Writes results/small-messages.json and .svg.
 */
import { parseArgs } from "node:util";
import { createCodec } from "@fulgur/neo4j-codec";
import { Bench } from "tinybench";
import { chart } from "../src/chart.ts";
import type { Timing } from "../src/interleave.ts";
import { machine } from "../src/machine.ts";
import { decodeWithNpmDriver, encodeWithNpmDriver, readWithNpmDriver } from "../src/peers/npm-driver.ts";
import { writeResult } from "../src/results.ts";

const { values: options } = parseArgs({ options: { time: { type: "string", default: "1000" } } });
const server = createCodec({ version: "6.1", role: "server" });
const client = createCodec({ version: "6.1" });
const fields = ["id", "name", "active"];
const record = Buffer.from(server.encodeMessage({ type: "RECORD", data: [1, "Alice", true] }));
const success = Buffer.from(
  server.encodeMessage({ type: "SUCCESS", metadata: { fields, t_first: 2, qid: 0, db: "neo4j" } }),
);
const run = { type: "RUN", query: "RETURN $x", parameters: { rows: [1] }, extra: {} } as const;
const decoder = client.decoder();
decoder.expect({ statement: "RETURN", fields });

const cases: readonly { readonly name: string; fulgur(): unknown; npm(): unknown }[] = [
  {
    name: "decode one record",
    fulgur() {
      for (const message of decoder.push(record)) if (message.type === "RECORD") message.objects(fields);
    },
    npm: () => decodeWithNpmDriver([record], { fields }),
  },
  {
    name: "decode one SUCCESS",
    fulgur() {
      for (const message of decoder.push(success)) if (message.type === "RECORD") throw new Error("not a record");
    },
    npm: () => readWithNpmDriver(success),
  },
  {
    name: "encode one RUN",
    fulgur: () => client.encodeMessage(run),
    npm: () => encodeWithNpmDriver("RETURN $x", [[1]]),
  },
];

const groups: { name: string; timings: Timing[] }[] = [];
for (const { name, fulgur, npm } of cases) {
  const bench = new Bench({ name, time: Number(options.time) });
  bench.add("npm neo4j-driver", () => void npm());
  bench.add("fulgur auto", () => void fulgur());
  await bench.run();
  console.log(name);
  console.table(bench.table());
  const latencies = bench.tasks.map((task) => {
    if (task.result.state !== "completed") throw new Error(`${name}, ${task.name}: ${task.result.state}`);
    const { min, p50, p75 } = task.result.latency;
    return { name: task.name, min, median: p50, q3: p75 };
  });
  const base = latencies[0]?.median as number;
  groups.push({
    name,
    timings: latencies.map(({ name, min, median, q3 }) => ({
      name,
      ms: { min, q1: min, median, q3 },
      // Single calls are too short for interleaved rounds: the whiskers are from the median to the upper quartile.
      ratio: { q1: base / q3, median: base / median, q3: base / median },
    })),
  });
}
const about = machine(Number(options.time));
writeResult("small-messages.json", { machine: about, groups });
writeResult("small-messages.svg", chart("Single small messages", groups));
