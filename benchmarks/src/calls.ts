/**
 * `bench:calls`: the cost of a single call. `executeQuery("RETURN 1")` one after the other on a real Neo4j, beside npm's neo4j-driver
 * beside the bare messages on one connection, and beside their bytes on a socket, which are the floor under all of them; and many calls at
 * once on a server that replays. Interleaved in one process, on the Node that runs it. Options: --rounds=N (9), --calls=N (5000), --warmup=N (1000), --concurrent=N (10000).
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Message } from "@fulgur/neo4j-codec";
import { connect } from "@fulgur/neo4j-core";
import { auth, driver } from "@fulgur/neo4j-driver";
import { startNeo4j } from "@fulgur/neo4j-testing";
import neo4j from "neo4j-driver";
import { BareSocket } from "./calls/bare-socket.ts";
import { type Calls, type CallTiming, interleaveCalls } from "./calls/interleave-calls.ts";
import { machine } from "./machine.ts";
import { writeResult } from "./results.ts";
import type { Spread } from "./statistics.ts";
import { Program } from "./wire/program.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "9" },
    calls: { type: "string", default: "5000" },
    warmup: { type: "string", default: "1000" },
    concurrent: { type: "string", default: "10000" },
  },
});
const [rounds, calls, warmup, concurrent] = [values.rounds, values.calls, values.warmup, values.concurrent].map(
  Number,
) as [number, number, number, number];
const npmReads = { routing: neo4j.routing.READ };

/** One call after the other. */
const sequential =
  (call: () => Promise<unknown>) =>
  async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) await call();
  };

/** All calls at once. */
const together =
  (call: () => Promise<unknown>) =>
  async (count: number): Promise<void> => {
    await Promise.all(Array.from({ length: count }, call));
  };

function print(title: string, timings: readonly CallTiming[]): void {
  console.log(`\n${title}`);
  const inWords = ({ q1, median, q3 }: Spread, digits: number) =>
    `${median.toFixed(digits)} (${q1.toFixed(digits)} – ${q3.toFixed(digits)})`;
  for (const { name, ms, cpu, system, ratio, cpuRatio } of timings) {
    const time = `${inWords(ms, 3)} ms a call, ${inWords(ratio, 2)}x`;
    const processor = `${cpu.median.toFixed(3)} ms of CPU, ${system.median.toFixed(3)} of it the kernel's, ${inWords(cpuRatio, 2)}x`;
    console.log(`  ${name.padEnd(44)} ${time.padEnd(56)} ${processor}`);
  }
}

async function oneByOne(): Promise<{ server: string; timings: CallTiming[] }> {
  await using server = await startNeo4j();
  const { uri, username, password } = server;
  await using ours = driver(uri, auth.basic(username, password));
  const theirs = neo4j.driver(uri, neo4j.auth.basic(username, password));
  await using connection = await connect(uri, auth.basic(username, password));
  using socket = await BareSocket.open(uri, username, password);
  const all = async (rows: AsyncIterable<unknown>): Promise<void> => {
    for await (const _ of rows);
  };
  const begin: Message = { type: "BEGIN", extra: { mode: "r" } };
  const pull: Message = { type: "PULL", extra: { n: 1000 } };
  const run = (extra: { mode?: string }): Message => ({ type: "RUN", query: "RETURN 1", parameters: {}, extra });
  const candidates: Calls[] = [
    { name: "npm neo4j-driver, executeQuery", run: sequential(() => theirs.executeQuery("RETURN 1", {}, npmReads)) },
    { name: "fulgur, executeQuery", run: sequential(() => ours.executeQuery("RETURN 1", {}, { routing: "READ" })) },
    { name: "bare RUN, PULL", run: sequential(() => all(connection.run("RETURN 1", {}, { mode: "r" }))) },
    {
      name: "bare BEGIN, RUN, PULL, COMMIT",
      run: sequential(async () => {
        const begun = connection.begin({ mode: "r" });
        const read = all(connection.run("RETURN 1"));
        const committed = connection.commit();
        await Promise.all([begun, read, committed]);
      }),
    },
    { name: "bare sockets: RUN, PULL", run: sequential(socket.exchange([run({ mode: "r" }), pull], 3)) },
    {
      name: "bare sockets: BEGIN, RUN, PULL, COMMIT",
      run: sequential(socket.exchange([begin, run({}), pull, { type: "COMMIT" }], 5)),
    },
  ];
  try {
    const timings = await interleaveCalls(candidates, { rounds, calls, warmup });
    return { server: connection.server.agent, timings };
  } finally {
    await theirs.close();
  }
}

async function atOnce(): Promise<CallTiming[]> {
  const replay = new Program(process.execPath, [
    ...process.execArgv,
    fileURLToPath(new URL("./wire/replay-server.ts", import.meta.url)),
    "rows",
  ]);
  try {
    const uri = `bolt://127.0.0.1:${await replay.line()}`;
    const query = "REPLAY rows 1";
    await using ours = driver(uri, auth.basic("neo4j", "replayed"));
    const theirs = neo4j.driver(uri, neo4j.auth.basic("neo4j", "replayed"));
    const timings = await interleaveCalls(
      [
        { name: "npm neo4j-driver, executeQuery", run: together(() => theirs.executeQuery(query, {}, npmReads)) },
        { name: "fulgur, executeQuery", run: together(() => ours.executeQuery(query, {}, { routing: "READ" })) },
      ],
      { rounds, calls: concurrent, warmup: concurrent },
    );
    await theirs.close();
    return timings;
  } finally {
    await replay.end();
  }
}

const about = machine(rounds);
console.log(
  `Node ${about.node}, load ${about.load.join(" ")}, ${rounds} interleaved rounds; ratios are to the npm neo4j-driver`,
);
const { server, timings } = await oneByOne();
print(`${calls.toLocaleString("en")} calls one after the other, ${server}`, timings);
const together10k = await atOnce();
print(`${concurrent.toLocaleString("en")} calls at once, against a replaying server`, together10k);
writeResult("calls.json", { machine: about, server, calls, concurrent, oneByOne: timings, atOnce: together10k });
console.log("\nWritten: benchmarks/results/calls.json");
