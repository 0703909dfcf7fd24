/**
 * The long form of restarts.test.ts, by hand: `npx pnpm run check:ledger [restarts] [cuts] [writers] [calm]`, by default 20, 200, 16 and 25. Prints the figures; the exit code says whether the books are right.
 */
import { startNeo4j } from "@fulgur/neo4j-testing";
import { keepLedger } from "./ledger.ts";

const [restarts = 20, cuts = 200, writers = 16, calm = 25] = process.argv.slice(2).map(Number);
const began = Date.now();
await using server = await startNeo4j();
console.log(`Neo4j ${server.version}`);
const figures = await keepLedger(server, { restarts, cuts, writers, calm, log: console.log });
console.log({ ...figures, seconds: Math.round((Date.now() - began) / 1000) });
const { lost, doubled, inPart, undead, leftOpen } = figures;
if (lost + doubled + inPart + undead + leftOpen > 0) process.exitCode = 1;
