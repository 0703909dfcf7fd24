import { checkedWithin, type Integer } from "../integer.ts";

/**
 * The proleptic Gregorian calendar, exact far beyond what a JavaScript `Date` holds: the server's years run
 * from -999,999,999 to 999,999,999.
 */

/** The last year that Neo4j knows; the first is its negative. */
export const maxYear = 999_999_999;
export const secondsPerDay = 86_400;
export const nanosPerSecond = 1_000_000_000;
export const nanosPerDay = 86_400_000_000_000;
/** The calendar repeats, weekdays included, after 400 years. */
export const secondsPer400Years = 146_097 * secondsPerDay;

/** A day of the calendar. */
export interface CalendarDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * Days since 1970-01-01 of a calendar day. Years are counted from March, so that the leap day is a year's last:
 * then the days before each month follow one linear formula.
 */
export function epochDaysOf(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The calendar day of a number of days since 1970-01-01. */
export function calendarDayOf(epochDays: number): CalendarDay {
  const shifted = epochDays + 719_468;
  let dayOfEra = shifted % 146_097;
  if (dayOfEra < 0) dayOfEra += 146_097;
  const era = (shifted - dayOfEra) / 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** Epoch days of a day that a user gave. @throws RangeError that names the field that is out of range. */
export function checkedEpochDays(year: number, month: number, day: number): number {
  checkedWithin(year, -maxYear, maxYear, "year");
  checkedWithin(month, 1, 12, "month");
  checkedWithin(day, 1, daysInMonth(year, month), `day of ${isoDate({ year, month, day: 1 }).slice(0, -3)}`);
  return epochDaysOf(year, month, day);
}

/** Nanoseconds since midnight of a time that a user gave. @throws RangeError that names the field that is out of range. */
export function checkedNanosecondOfDay(hour: number, minute: number, second: number, nanosecond: number): number {
  return checkedSecondOfDay(hour, minute, second) * nanosPerSecond + checkedNanosecond(nanosecond);
}

export function checkedSecondOfDay(hour: number, minute: number, second: number): number {
  checkedWithin(hour, 0, 23, "hour");
  checkedWithin(minute, 0, 59, "minute");
  checkedWithin(second, 0, 59, "second");
  return hour * 3600 + minute * 60 + second;
}

export function checkedNanosecond(nanosecond: number): number {
  return checkedWithin(nanosecond, 0, nanosPerSecond - 1, "nanosecond");
}

/** An offset from UTC that a user gave, in seconds; the server refuses more than 18 hours (TMP-07). */
export function checkedOffset(seconds: number): number {
  return checkedWithin(seconds, -64_800, 64_800, "timeZoneOffsetSeconds");
}

/** Whole days since 1970-01-01 of seconds since then, floored. */
export function epochDaysOfSeconds(seconds: Integer): number {
  if (typeof seconds === "number") return (seconds - secondOfDay(seconds)) / secondsPerDay;
  return Number((seconds - BigInt(secondOfDay(seconds))) / 86_400n);
}

/** 0 to 86,399. */
export function secondOfDay(seconds: Integer): number {
  const rest = typeof seconds === "number" ? seconds % secondsPerDay : Number(seconds % 86_400n);
  return rest < 0 ? rest + secondsPerDay : rest + 0;
}

/** `2024-02-29`; years of more than four digits carry a sign, as the server writes them. */
export function isoDate({ year, month, day }: CalendarDay): string {
  const digits = String(Math.abs(year)).padStart(4, "0");
  const sign = year < 0 ? "-" : year > 9999 ? "+" : "";
  return `${sign}${digits}-${two(month)}-${two(day)}`;
}

/** `12:34:56.789`; the fraction in groups of three digits, and none when it is zero. */
export function isoTime(second: number, nanosecond: number): string {
  const clock = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
  if (nanosecond === 0) return clock;
  return `${clock}.${String(nanosecond)
    .padStart(9, "0")
    .replace(/(000){1,2}$/, "")}`;
}

/** `Z`, `+01:00` or `-00:01:15`. */
export function isoOffset(seconds: number): string {
  if (seconds === 0) return "Z";
  const size = Math.abs(seconds);
  const rest = size % 60 === 0 ? "" : `:${two(size % 60)}`;
  return `${seconds < 0 ? "-" : "+"}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${rest}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
