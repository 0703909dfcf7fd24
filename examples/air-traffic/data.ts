import { readFile } from "node:fs/promises";
import { LocalDateTime, Point } from "@fulgur/neo4j-driver";
import { parse } from "csv-parse/sync";

/** An airport as the graph holds it. */
export type Airport = { iata: string; name: string; city: string | null; state: string | null; location: Point };

/** A flight; the data has no key of its own and repeats itself, so the row's number is the key. */
export type Flight = {
  row: number;
  date: LocalDateTime;
  delay: number;
  distance: number;
  origin: string;
  destination: string;
};

const wgs84 = 4326;

/** `vega-datasets` hides its `data/` folder from `exports`; it lies beside the module that it does export. */
const folder = new URL("../data/", import.meta.resolve("vega-datasets"));

/** The 3,376 airports of airports.csv. */
export async function readAirports(): Promise<Airport[]> {
  const text = await readFile(new URL("airports.csv", folder), "utf8");
  const rows = parse(text, { columns: true, skip_empty_lines: true }) as Record<string, string>[];
  return rows.map(({ iata = "", name = "", city, state, latitude, longitude }) => ({
    iata,
    name,
    city: known(city),
    state: known(state),
    location: new Point(wgs84, Number(longitude), Number(latitude)),
  }));
}

/** The 20,000 flights of flights-20k.json; their dates are local to the airport of departure. */
export async function readFlights(): Promise<Flight[]> {
  const text = await readFile(new URL("flights-20k.json", folder), "utf8");
  const rows = JSON.parse(text) as {
    date: string;
    delay: number;
    distance: number;
    origin: string;
    destination: string;
  }[];
  return rows.map((flight, row) => ({ ...flight, row, date: parseDate(flight.date) }));
}

/** "2001/01/01 00:47" */
function parseDate(text: string): LocalDateTime {
  const [year, month, day, hour, minute] = text.split(/[/ :]/).map(Number) as [number, number, number, number, number];
  return new LocalDateTime(year, month, day, hour, minute, 0, 0);
}

function known(value: string | undefined): string | null {
  return value === undefined || value === "" || value === "NA" ? null : value;
}
