import type { Driver } from "@fulgur/neo4j-driver";
import { ingest } from "@fulgur/neo4j-ingest";
import type { Airport, Flight } from "./data.ts";
import { ProgressBar } from "./progress.ts";

// Labels and types have a prefix of their own: the demo may run against a server that holds other data.
const constraints = [
  `CREATE CONSTRAINT fulgur_demo_airport IF NOT EXISTS
   FOR (airport:FulgurDemoAirport) REQUIRE airport.iata IS UNIQUE`,
  `CREATE CONSTRAINT fulgur_demo_flight IF NOT EXISTS
   FOR ()-[flight:FULGUR_DEMO_FLIGHT]-() REQUIRE flight.row IS UNIQUE`,
];

const mergeAirports = `
  UNWIND $rows AS row
  MERGE (airport:FulgurDemoAirport {iata: row.iata})
  SET airport += {name: row.name, city: row.city, state: row.state, location: row.location}`;

const mergeFlights = `
  UNWIND $rows AS row
  MATCH (origin:FulgurDemoAirport {iata: row.origin})
  MATCH (destination:FulgurDemoAirport {iata: row.destination})
  MERGE (origin)-[flight:FULGUR_DEMO_FLIGHT {row: row.row}]->(destination)
  SET flight += {date: row.date, delay: row.delay, distance: row.distance}`;

/** Writes the graph. Every statement merges by a key, so a second run changes nothing. */
export async function load(driver: Driver, airports: readonly Airport[], flights: readonly Flight[]): Promise<void> {
  for (const constraint of constraints) await driver.executeQuery(constraint);
  await driver.executeQuery("CALL db.awaitIndexes(60)");
  await write(driver, "airports", mergeAirports, airports);
  await write(driver, "flights", mergeFlights, flights);
}

async function write(driver: Driver, label: string, query: string, source: readonly object[]): Promise<void> {
  const bar = new ProgressBar(label, source.length);
  const { counters } = await ingest(driver, {
    query,
    source,
    batchSize: 1_000,
    onProgress: ({ rows }) => bar.update(rows),
  });
  bar.finish();
  console.log(`            ${counters.nodesCreated} nodes and ${counters.relationshipsCreated} relationships are new`);
}
