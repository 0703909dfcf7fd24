import { exactInteger, type Integer } from "../integer.ts";
import {
  calendarDayOf,
  checkedEpochDays,
  checkedSecondOfDay,
  epochDaysOfSeconds,
  isoDate,
  isoTime,
  nanosPerSecond,
  secondOfDay,
  secondsPerDay,
} from "./calendar.ts";

/** Seconds since 1970-01-01T00:00 of the clock that shows these calendar fields. @throws RangeError that names a bad field. */
export function wallSecondsOfFields(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): Integer {
  return wallSecondsOfDay(checkedEpochDays(year, month, day), checkedSecondOfDay(hour, minute, second));
}

/** Seconds since 1970-01-01T00:00 of the clock that shows this day and second of the day. */
export function wallSecondsOfDay(epochDays: number, second: number): Integer {
  const seconds = epochDays * secondsPerDay + second;
  return Number.isSafeInteger(seconds) ? seconds : exactInteger(BigInt(epochDays) * 86_400n + BigInt(second));
}

/**
 * Nanoseconds of a second from the wire, brought into 0 to 999,999,999; the server carries what is outside into
 * the seconds, too.
 */
export function carriedNanosecond(nanosecond: Integer): { seconds: Integer; nanosecond: number } {
  const size = BigInt(nanosPerSecond);
  const all = BigInt(nanosecond);
  const rest = ((all % size) + size) % size;
  return { seconds: exactInteger((all - rest) / size), nanosecond: Number(rest) };
}

/** Whether wire nanoseconds are already within the second, as they are but for a strange peer. */
export function isWithinSecond(nanosecond: Integer): nanosecond is number {
  return typeof nanosecond === "number" && nanosecond >= 0 && nanosecond < nanosPerSecond;
}

/** `2024-02-29T12:34:56.789` of seconds on a wall clock. */
export function isoDateTime(wallSeconds: Integer, nanosecond: number): string {
  return `${isoDate(calendarDayOf(epochDaysOfSeconds(wallSeconds)))}T${isoTime(secondOfDay(wallSeconds), nanosecond)}`;
}
