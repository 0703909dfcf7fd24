/** The suite's Cypher values as the driver's parameters. */
import {
  cartesianPoint,
  Date,
  DateTime,
  Duration,
  float,
  int,
  LocalDateTime,
  LocalTime,
  Time,
  wgs84Point,
} from "@fulgur/neo4j-driver";
import type { Framed } from "../framing.ts";

/** A map from names to values, such as parameters or metadata. */
export type CypherMapData = { readonly [name: string]: Framed };

type Fields = { readonly [field: string]: unknown };
type Numbers<Field extends string> = { readonly [F in Field]: number };

const readers: { readonly [name: string]: (data: never) => unknown } = {
  CypherNull: () => null,
  CypherBool: ({ value }: Fields) => value,
  CypherString: ({ value }: Fields) => value,
  CypherInt: ({ value }: { value: number | bigint }) => int(value),
  CypherFloat: ({ value }: { value: number | bigint | string }) => float(Number(value)),
  CypherBytes: ({ value }: { value: string }) =>
    Uint8Array.from(value === "" ? [] : value.split(" "), (pair) => Number.parseInt(pair, 16)),
  CypherList: ({ value }: { value: readonly Framed[] }) => value.map(valueFromSuite),
  CypherMap: ({ value }: { value: CypherMapData }) => mapFromSuite(value),
  CypherPoint: ({ system, x, y, z }: Numbers<"x" | "y"> & { system: string; z: number | null }) =>
    (system === "wgs84" ? wgs84Point : cartesianPoint)(Number(x), Number(y), ...(z === null ? [] : [Number(z)])),
  CypherDate: ({ year, month, day }: Numbers<"year" | "month" | "day">) => new Date(year, month, day),
  CypherTime: ({ hour, minute, second, nanosecond, utc_offset_s: offset }: ClockData) =>
    typeof offset === "number"
      ? new Time(hour, minute, second, nanosecond, offset)
      : new LocalTime(hour, minute, second, nanosecond),
  CypherDateTime: (data: DateTimeData) => {
    const { year, month, day, hour, minute, second, nanosecond, utc_offset_s: offset, timezone_id: zone } = data;
    return typeof offset === "number"
      ? new DateTime(year, month, day, hour, minute, second, nanosecond, offset, zone)
      : new LocalDateTime(year, month, day, hour, minute, second, nanosecond);
  },
  CypherDuration: ({ months, days, seconds, nanoseconds }: Numbers<"months" | "days" | "seconds" | "nanoseconds">) =>
    new Duration(months, days, seconds, nanoseconds),
};

type ClockData = Numbers<"hour" | "minute" | "second" | "nanosecond"> & { utc_offset_s?: number | null };
type DateTimeData = ClockData & Numbers<"year" | "month" | "day"> & { timezone_id?: string | null };

/** @throws Error for a type that isn't known; what the driver's own classes refuse is theirs. */
export function valueFromSuite({ name, data }: Framed): unknown {
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (read === undefined) throw new Error(`The backend doesn't know the type ${name}.`);
  return read((data ?? {}) as never);
}

/** `undefined` for an absent map. */
export function mapFromSuite(map: CypherMapData): { [name: string]: unknown };
export function mapFromSuite(map: CypherMapData | null | undefined): { [name: string]: unknown } | undefined;
export function mapFromSuite(map: CypherMapData | null | undefined) {
  if (map === null || map === undefined) return undefined;
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, valueFromSuite(value)]));
}
