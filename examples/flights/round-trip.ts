/**
 * Flights into a graph by `fulgur ingest`, and out of it by `fulgur export`: the same rows, duplicates counted.
 *
 *   node examples/flights/round-trip.ts [--limit=100000] [--connection=server.env]
 *
 * Without a connection file it starts a Neo4j of its own, and nothing is left behind.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startNeo4j } from "@fulgur/neo4j-testing";
import { type Fingerprint, fingerprint } from "./fingerprint.ts";
import { program } from "./program.ts";

const { values } = parseArgs({ options: { limit: { type: "string" }, connection: { type: "string" } } });
const limit = values.limit === undefined ? undefined : Number(values.limit);

const plan = fileURLToPath(new URL("plan.yaml", import.meta.url));
const flights = fileURLToPath(new URL("../data/flights-3m.parquet", import.meta.resolve("vega-datasets")));
const query = `MATCH (origin:Airport)-[flight:FLIGHT]->(destination:Airport)
RETURN flight.date AS date, flight.delay AS delay, flight.distance AS distance,
       origin.iata AS origin, destination.iata AS destination`;

async function fulgur(...args: string[]): Promise<void> {
  const child = spawn(process.execPath, [...program, ...args], { stdio: "inherit" });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`fulgur ${args[0]} ended with exit code ${code}`);
}

/** A server for three million relationships. */
async function withServer(connection: string, use: () => Promise<void>): Promise<void> {
  const settings = { "server.memory.pagecache.size": "1g" };
  await using server = await startNeo4j({ heap: "3g", jit: "full", settings, startTimeout: 600_000 });
  const { uri, username, password } = server;
  const lines = [`NEO4J_URI=${uri}`, `NEO4J_USERNAME=${username}`, `NEO4J_PASSWORD=${password}`];
  await writeFile(connection, lines.join("\n"), { mode: 0o600 });
  await use();
}

async function thereAndBack(connection: string, exported: string): Promise<void> {
  const limited = limit === undefined ? [] : [`--limit=${limit}`];
  // What an earlier try may have left doesn't matter: its server is gone.
  await fulgur("ingest", plan, "--connection", connection, "--restart", ...limited);
  await fulgur("export", query, "--to", exported, "--connection", connection);
}

function told(what: string, { rows, sum }: Fingerprint): string {
  return `${what}: ${rows.toLocaleString("en")} rows, sum ${sum.toString(16)}`;
}

const folder = await mkdtemp(join(tmpdir(), "fulgur-flights-"));
try {
  const exported = join(folder, "flights.parquet");
  const connection = join(folder, "server.env");
  if (values.connection !== undefined) await thereAndBack(values.connection, exported);
  else await withServer(connection, () => thereAndBack(connection, exported));
  const [before, after] = [await fingerprint(flights, limit), await fingerprint(exported)];
  console.log(`\n${told("flights-3m.parquet", before)}`);
  console.log(told("out of the graph", after));
  if (before.rows !== after.rows || before.sum !== after.sum) throw new Error("These are not the same rows.");
  console.log("The same rows, duplicates counted.");
} finally {
  await rm(folder, { recursive: true, force: true });
}
