import {
  Date,
  DateTime,
  Duration,
  type Integer,
  LocalDateTime,
  LocalTime,
  Point,
  Time,
  UUID,
  type VectorArray,
  vector,
} from "@fulgur/neo4j-types";

/** An object of the npm package neo4j-driver: its fields by name, whole numbers as numbers, bigints or its Integer. */
type NpmFields = Readonly<Record<string, unknown>>;

/** By the mark that each class of npm's driver puts on its prototype, how its fields become a value of ours. */
const readers: Readonly<Record<string, (fields: NpmFields) => unknown>> = {
  __isInteger__: (fields) => integerOf(fields),
  __isDate__: (f) => new Date(n(f["year"]), n(f["month"]), n(f["day"])),
  __isTime__: (f) =>
    new Time(n(f["hour"]), n(f["minute"]), n(f["second"]), n(f["nanosecond"]), n(f["timeZoneOffsetSeconds"])),
  __isLocalTime__: (f) => new LocalTime(n(f["hour"]), n(f["minute"]), n(f["second"]), n(f["nanosecond"])),
  __isLocalDateTime__: (f) =>
    new LocalDateTime(
      n(f["year"]),
      n(f["month"]),
      n(f["day"]),
      n(f["hour"]),
      n(f["minute"]),
      n(f["second"]),
      n(f["nanosecond"]),
    ),
  __isDateTime__: (f) => {
    const offset = f["timeZoneOffsetSeconds"];
    return new DateTime(
      n(f["year"]),
      n(f["month"]),
      n(f["day"]),
      n(f["hour"]),
      n(f["minute"]),
      n(f["second"]),
      n(f["nanosecond"]),
      offset === undefined || offset === null ? undefined : n(offset),
      f["timeZoneId"] as string | undefined,
    );
  },
  __isDuration__: (f) =>
    new Duration(integerOf(f["months"]), integerOf(f["days"]), integerOf(f["seconds"]), integerOf(f["nanoseconds"])),
  __isVector__: (f) => vector((f as unknown as { asTypedArray(): VectorArray }).asTypedArray()),
  __isUUID__: (f) => UUID.fromString(String(f)),
  __isPoint__: (f) => new Point(n(f["srid"]), f["x"] as number, f["y"] as number, f["z"] as number | undefined),
};

/**
 * What an object of npm's driver stands for: its Integer as a bigint, its temporal values, points, vectors and UUIDs as ours.
 * `undefined` for any other object.
 */
export function fromNpmValue(value: object): unknown {
  for (const mark of Object.keys(readers)) {
    if ((value as NpmFields)[mark] === true) return readers[mark]?.(value as NpmFields);
  }
  return undefined;
}

function integerOf(value: unknown): Integer {
  if (typeof value === "number" || typeof value === "bigint") return value;
  const { high, low } = value as { readonly high: number; readonly low: number };
  return (BigInt(high) << 32n) + BigInt(low >>> 0);
}

function n(value: unknown): number {
  return Number(integerOf(value));
}
