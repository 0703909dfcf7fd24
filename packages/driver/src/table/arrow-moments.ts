/** Apache Arrow's dates, times, timestamps and durations as Neo4j's, whose units its types tell. */
import { Date, DateTime, Duration, LocalDateTime, LocalTime } from "@fulgur/neo4j-types";
import type { ArrowVector } from "./arrow-cells.ts";
import { type Any, arrowTypes } from "./arrow-library.ts";
import { perSecond } from "./arrow-temporal.ts";
import { isNull } from "./arrow-text.ts";

const { date, time, timestamp, duration } = arrowTypes;

export function isTemporal({ typeId }: Any): boolean {
  return typeId === date || typeId === time || typeId === timestamp || typeId === duration;
}

/** Null where there is none. */
export function temporalsOf({ type, data }: ArrowVector): unknown[] {
  const make = makerOf(type);
  const made: unknown[] = [];
  for (const { length, values, nullBitmap, nullCount, offset } of data) {
    const validity = nullCount === 0 ? undefined : (nullBitmap ?? undefined);
    for (let i = 0; i < length; i++) made.push(isNull(validity, offset + i) ? null : make(values[i]));
  }
  return made;
}

function makerOf({ typeId, unit, timezone }: Any): (count: number | bigint) => unknown {
  if (typeId === date) {
    // Days, or milliseconds.
    return unit === 0
      ? (days) => Date.fromEpochDays(days)
      : (ms) => Date.fromEpochDays(Math.floor(Number(ms) / 86_400_000));
  }
  const scale = perSecond[unit as 0 | 1 | 2 | 3];
  if (typeId === time) return (count) => LocalTime.fromNanosecondOfDay(Number(count) * (1e9 / scale));
  const parts = splitter(scale);
  if (typeId === duration) {
    return (count) => {
      const { seconds, nanosecond } = parts(count);
      return new Duration(0, 0, seconds, nanosecond);
    };
  }
  const zone = (timezone ?? null) as string | null;
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? "") ?? [];
  const offset = sign === undefined ? undefined : Number(`${sign}1`) * (Number(hours) * 3600 + Number(minutes) * 60);
  return (count) => {
    const { seconds, nanosecond } = parts(count);
    if (zone === null) return LocalDateTime.fromEpochSeconds(seconds, nanosecond);
    if (zone === "UTC") return DateTime.fromEpochSeconds(seconds, nanosecond, 0);
    return offset === undefined
      ? DateTime.fromEpochSecondsInZone(seconds, nanosecond, zone)
      : DateTime.fromEpochSeconds(seconds, nanosecond, offset);
  };
}

/** Of a number of units the seconds, rounded down, and nanoseconds beyond. */
function splitter(
  scale: number,
): (count: number | bigint) => { readonly seconds: number; readonly nanosecond: number } {
  return (count) => {
    // As many as a double can hold need no bigints.
    const rough = Number(count);
    const seconds = Number.isSafeInteger(rough)
      ? Math.floor(rough / scale)
      : Number(floorDivide(BigInt(count), BigInt(scale)));
    const rest = Number.isSafeInteger(rough)
      ? rough - seconds * scale
      : Number(BigInt(count) - BigInt(seconds) * BigInt(scale));
    return { seconds, nanosecond: rest * (1e9 / scale) };
  };
}

function floorDivide(count: bigint, by: bigint): bigint {
  const quotient = count / by;
  return count < 0n && quotient * by !== count ? quotient - 1n : quotient;
}
