import type { Date, Driver, Node, Path } from "@fulgur/neo4j-driver";
import { printTable } from "./table.ts";

const read = { routing: "READ" } as const;

type AirportProperties = { iata: string; name: string; city: string | null };

/** The airports with the most departures and arrivals. */
export async function busiestAirports(driver: Driver): Promise<void> {
  const { records } = await driver.executeQuery<{ airport: Node; departures: number; arrivals: number }>(
    `MATCH (airport:FulgurDemoAirport)
     WITH airport, count { (airport)-[:FULGUR_DEMO_FLIGHT]->() } AS departures,
          count { (airport)<-[:FULGUR_DEMO_FLIGHT]-() } AS arrivals
     RETURN airport, departures, arrivals ORDER BY departures + arrivals DESC, airport.iata LIMIT $limit`,
    { limit: 8 },
    read,
  );
  printTable(
    records.map((record) => {
      const airport = record.get("airport").properties as AirportProperties;
      return {
        airport: airport.iata,
        name: airport.name,
        departures: record.get("departures"),
        arrivals: record.get("arrivals"),
      };
    }),
  );
}

/** The path with the fewest flights between two airports, leg by leg. */
export async function shortestPath(driver: Driver, from: string, to: string): Promise<void> {
  const { records } = await driver.executeQuery<{ path: Path }>(
    `MATCH path = shortestPath((:FulgurDemoAirport {iata: $from})-[:FULGUR_DEMO_FLIGHT*..8]->(:FulgurDemoAirport {iata: $to}))
     RETURN path`,
    { from, to },
    read,
  );
  const path = records[0]?.get("path");
  printTable(
    (path?.segments ?? []).map(({ start, relationship, end }) => ({
      from: (start.properties as AirportProperties).iata,
      to: (end.properties as AirportProperties).iata,
      departs: String(relationship.properties["date"]),
      miles: relationship.properties["distance"],
    })),
  );
}

/** The distance on the sphere between two airports, by their `point` values, beside what the flights say. */
export async function distances(driver: Driver, origin: string): Promise<void> {
  const { records } = await driver.executeQuery<{ destination: string; km: number; flown: number }>(
    `MATCH (origin:FulgurDemoAirport {iata: $origin})-[flight:FULGUR_DEMO_FLIGHT]->(destination:FulgurDemoAirport)
     WITH origin, destination, head(collect(flight.distance)) AS miles
     RETURN destination.name AS destination,
            point.distance(origin.location, destination.location) / 1000 AS km,
            miles * 1.609344 AS flown
     ORDER BY km DESC LIMIT 5`,
    { origin },
    read,
  );
  printTable(
    records.map((record) => ({
      destination: record.get("destination"),
      "km by the points": record.get("km"),
      "km by the airline": record.get("flown"),
    })),
  );
}

/** The busiest days: `date(...)` of a local date-time gives a `Date`. */
export async function flightsPerDay(driver: Driver): Promise<void> {
  const { records } = await driver.executeQuery<{ day: Date; flights: number; late: number }>(
    `MATCH ()-[flight:FULGUR_DEMO_FLIGHT]->()
     RETURN date(flight.date) AS day, count(*) AS flights,
            sum(CASE WHEN flight.delay > 15 THEN 1 ELSE 0 END) AS late
     ORDER BY flights DESC, day LIMIT 5`,
    {},
    read,
  );
  printTable(
    records.map((record) => ({
      day: record.get("day").toString(),
      weekday: record.get("day").toStandardDate().toLocaleDateString("en", { weekday: "long", timeZone: "UTC" }),
      flights: record.get("flights"),
      "over 15 min late": record.get("late"),
    })),
  );
}

/** What the graph holds now. */
export async function graphSize(driver: Driver): Promise<{ airports: number; flights: number }> {
  const { records } = await driver.executeQuery<{ airports: number; flights: number }>(
    `RETURN count { (:FulgurDemoAirport) } AS airports, count { ()-[:FULGUR_DEMO_FLIGHT]->() } AS flights`,
    {},
    read,
  );
  const record = records[0];
  return { airports: record?.get("airports") ?? 0, flights: record?.get("flights") ?? 0 };
}
