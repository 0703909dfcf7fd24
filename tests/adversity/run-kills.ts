/**
 * Jobs of ingest() that are killed, by hand: `npx pnpm run check:ingest-kills [kills] [rows] [seed]`, by default 20 of each kind, 30000 and 1. tests/live has the short form.
 * Prints the figures; the exit code says whether each row is there once.
 */
import { startNeo4j } from "@fulgur/neo4j-testing";
import { jobKinds } from "./killed-job.ts";
import { type KillFigures, killJobs } from "./kills.ts";

const [kills = 20, rows = 30_000, seed = 1] = process.argv.slice(2).map(Number);
let state = seed;
/** The same moments for the same seed, as far as a process can be met at the same moment twice. */
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};

const began = Date.now();
await using server = await startNeo4j();
console.log(`Neo4j ${server.version}`);
const all: KillFigures[] = [];
for (const kind of jobKinds) all.push(await killJobs(server, { kind, kills, rows, random, log: console.log }));
console.table(all);
console.log({ seconds: Math.round((Date.now() - began) / 1000) });
if (all.some(({ lost, doubled, notesLeft }) => lost + doubled + notesLeft > 0)) process.exitCode = 1;
