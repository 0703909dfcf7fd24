import { inspect } from "../inspect.ts";
import { addExact, exactInteger, type Integer } from "../integer.ts";
import { kind, kindOf } from "../kind.ts";
import {
  calendarDayOf,
  checkedEpochDays,
  checkedNanosecond,
  checkedSecondOfDay,
  epochDaysOfSeconds,
  isoDate,
  isoTime,
  nanosPerSecond,
  secondOfDay,
  secondsPerDay,
} from "./calendar.ts";
import { fromStandard, type StandardDate, toStandard } from "./standard-date.ts";
import { raw } from "./wire.ts";

/** Seconds since 1970-01-01T00:00 of the clock that shows these calendar fields. @throws RangeError that names a bad field. */
export function wallSecondsOfFields(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): Integer {
  const days = checkedEpochDays(year, month, day);
  const rest = checkedSecondOfDay(hour, minute, second);
  const seconds = days * secondsPerDay + rest;
  return Number.isSafeInteger(seconds) ? seconds : exactInteger(BigInt(days) * 86_400n + BigInt(rest));
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

/** Cypher's LOCAL DATETIME: a day and a time of day to the nanosecond, without zone (TMP-10). */
export class LocalDateTime {
  /** Seconds since 1970-01-01T00:00 of the same clock; a bigint beyond some 285 million years. */
  readonly epochSeconds: Integer;
  /** Of the second, 0 to 999,999,999. */
  readonly nanosecond: number;

  /**
   * @param year -999,999,999 to 999,999,999.
   * @param month 1 to 12.
   * @param day 1 to the month's length.
   * @param nanosecond of the second, 0 to 999,999,999.
   * @throws RangeError that names the field that is out of range.
   */
  constructor(year: number, month: number, day: number, hour = 0, minute = 0, second = 0, nanosecond = 0) {
    if (month === raw) {
      this.epochSeconds = year;
      this.nanosecond = nanosecond;
    } else {
      this.epochSeconds = wallSecondsOfFields(year, month, day, hour, minute, second);
      this.nanosecond = checkedNanosecond(nanosecond);
    }
  }

  get [kind](): "LocalDateTime" {
    return "LocalDateTime";
  }

  /** From the wire's fields: seconds since 1970-01-01T00:00 as if in UTC. Nanoseconds outside the second are carried. */
  static fromEpochSeconds(epochSeconds: Integer, nanosecond: Integer = 0): LocalDateTime {
    if (!isWithinSecond(nanosecond)) {
      const carried = carriedNanosecond(nanosecond);
      return LocalDateTime.fromEpochSeconds(addExact(epochSeconds, carried.seconds), carried.nanosecond);
    }
    const seconds = typeof epochSeconds === "number" ? epochSeconds : exactInteger(epochSeconds);
    return new LocalDateTime(seconds as number, raw, 0, 0, 0, 0, nanosecond);
  }

  /** What a clock in UTC shows at the instant of a JavaScript Date. UTC, so that the answer is the same on every machine. */
  static fromStandardDate(date: StandardDate): LocalDateTime {
    const { seconds, nanosecond } = fromStandard(date);
    return LocalDateTime.fromEpochSeconds(seconds, nanosecond);
  }

  get year(): number {
    return calendarDayOf(epochDaysOfSeconds(this.epochSeconds)).year;
  }

  /** 1 to 12. */
  get month(): number {
    return calendarDayOf(epochDaysOfSeconds(this.epochSeconds)).month;
  }

  /** 1 to 31. */
  get day(): number {
    return calendarDayOf(epochDaysOfSeconds(this.epochSeconds)).day;
  }

  get hour(): number {
    return Math.floor(secondOfDay(this.epochSeconds) / 3600);
  }

  get minute(): number {
    return Math.floor(secondOfDay(this.epochSeconds) / 60) % 60;
  }

  get second(): number {
    return secondOfDay(this.epochSeconds) % 60;
  }

  /** The instant at which a clock in UTC shows this, cut to milliseconds. @throws RangeError beyond what a JavaScript Date holds. */
  toStandardDate(): StandardDate {
    return toStandard(this.epochSeconds, this.nanosecond, "the LocalDateTime");
  }

  equals(other: unknown): boolean {
    return (
      kindOf(other) === "LocalDateTime" &&
      (other as LocalDateTime).epochSeconds === this.epochSeconds &&
      (other as LocalDateTime).nanosecond === this.nanosecond
    );
  }

  /** ISO 8601: `2024-02-29T12:34:56.789`. */
  toString(): string {
    return isoDateTime(this.epochSeconds, this.nanosecond);
  }

  /** The ISO text. */
  toJSON(): string {
    return this.toString();
  }

  [inspect](): string {
    return `LocalDateTime ${this}`;
  }
}

/** `2024-02-29T12:34:56.789` of seconds on a wall clock. */
export function isoDateTime(wallSeconds: Integer, nanosecond: number): string {
  return `${isoDate(calendarDayOf(epochDaysOfSeconds(wallSeconds)))}T${isoTime(secondOfDay(wallSeconds), nanosecond)}`;
}
