/**
 * The air traffic of early 2001 in a graph: starts a real Neo4j (or uses the one that NEO4J_URI names), ingests
 * airports and flights, and answers questions about them. It writes only labels and types with a prefix of its own
 * and deletes nothing; a second run against one server gives the same graph.
 */
import { auth, type Driver, driver } from "@fulgur/neo4j-driver";
import { startNeo4j } from "@fulgur/neo4j-testing";
import { readAirports, readFlights } from "./data.ts";
import { load } from "./load.ts";
import { busiestAirports, distances, flightsPerDay, graphSize, shortestPath } from "./questions.ts";
import { printTable } from "./table.ts";

const stages: { stage: string; seconds: number }[] = [];

async function stage<T>(name: string, work: () => Promise<T>): Promise<T> {
  console.log(`\n${name}`);
  const start = performance.now();
  const result = await work();
  stages.push({ stage: name, seconds: (performance.now() - start) / 1000 });
  return result;
}

async function tour(db: Driver): Promise<void> {
  const server = await db.getServerInfo();
  console.log(`  ${server.agent} at ${server.address}, Bolt ${server.protocolVersion}`);
  const [airports, flights] = await stage("Read the data", () => Promise.all([readAirports(), readFlights()]));
  console.log(`  ${airports.length.toLocaleString("en")} airports, ${flights.length.toLocaleString("en")} flights`);
  await stage("Ingest", () => load(db, airports, flights));
  await stage("Busiest airports", () => busiestAirports(db));
  await stage("Fewest flights from Key West to Petersburg, Alaska", () => shortestPath(db, "EYW", "PSG"));
  await stage("Farthest direct flights from Chicago O'Hare", () => distances(db, "ORD"));
  await stage("Busiest days", () => flightsPerDay(db));
  const size = await graphSize(db);
  console.log(
    `\nThe graph holds ${size.airports.toLocaleString("en")} airports and ${size.flights.toLocaleString("en")} flights.`,
  );
  console.log("\nTime of each stage");
  printTable(stages);
}

async function withServer(use: (uri: string, username: string, password: string) => Promise<void>): Promise<void> {
  const { NEO4J_URI: uri, NEO4J_USERNAME: username = "neo4j", NEO4J_PASSWORD: password = "" } = process.env;
  if (uri !== undefined && uri !== "") return use(uri, username, password);
  const server = await stage("Start a real Neo4j (the first start fetches it by Maven: 155 MB)", () => startNeo4j());
  try {
    await use(server.uri, server.username, server.password);
  } finally {
    await server.stop();
  }
}

await withServer(async (uri, username, password) => {
  const db = driver(uri, password === "" ? auth.none() : auth.basic(username, password));
  try {
    await tour(db);
  } finally {
    await db.close();
  }
});
