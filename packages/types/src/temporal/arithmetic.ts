import { addExact, exactInteger, type Integer, subtractExact } from "../integer.ts";
import {
  calendarDayOf,
  daysInMonth,
  epochDaysOf,
  epochDaysOfSeconds,
  maxYear,
  nanosPerSecond,
  secondOfDay,
} from "./calendar.ts";
import { wallSecondsOfDay } from "./wall-clock.ts";

/*
 * Arithmetic as the server does it: months first, then days, then seconds; a day that a month lacks becomes its last.
 */

/** The server's first and last day. */
export const minEpochDays = -365_243_219_162;
export const maxEpochDays = 365_241_780_471;
const minSeconds = -31_557_014_135_596_800n;
const maxSeconds = 31_556_889_832_780_799n;

/** Seconds of a clock or instant, and nanoseconds of the second. */
export interface Moment {
  readonly seconds: Integer;
  readonly nanosecond: number;
}

function outOfRange(): RangeError {
  return new RangeError("the result lies outside the years -999999999 to 999999999");
}

/** The day so many months later, or the month's last if it has no such day. @throws RangeError outside the server's years. */
export function daysPlusMonths(epochDays: number, months: Integer): number {
  if (months === 0) return epochDays;
  const { year, month, day } = calendarDayOf(epochDays);
  const count = year * 12 + month - 1 + Number(months);
  const newYear = Math.floor(count / 12);
  if (newYear < -maxYear || newYear > maxYear) throw outOfRange();
  const newMonth = count - newYear * 12 + 1;
  return epochDaysOf(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}

/** @throws RangeError outside the server's years. */
export function daysPlusDays(epochDays: number, days: Integer): number {
  const sum = epochDays + Number(days);
  if (sum < minEpochDays || sum > maxEpochDays) throw outOfRange();
  return sum;
}

/** A clock's seconds so many months later, at the same time of day. */
export function wallPlusMonths(wallSeconds: Integer, months: Integer): Integer {
  const days = daysPlusMonths(epochDaysOfSeconds(wallSeconds), months);
  return wallSecondsOfDay(days, secondOfDay(wallSeconds));
}

/** A clock's seconds so many days later, at the same time of day. */
export function wallPlusDays(wallSeconds: Integer, days: Integer): Integer {
  return wallSecondsOfDay(daysPlusDays(epochDaysOfSeconds(wallSeconds), days), secondOfDay(wallSeconds));
}

/** @throws RangeError outside the server's years. */
export function momentPlus({ seconds, nanosecond }: Moment, more: Integer, moreNanoseconds: number): Moment {
  const nanos = nanosecond + moreNanoseconds;
  const carry = Math.floor(nanos / nanosPerSecond);
  const sum = addExact(addExact(seconds, more), carry);
  if (sum < minSeconds || sum > maxSeconds) throw outOfRange();
  return { seconds: sum, nanosecond: nanos - carry * nanosPerSecond };
}

/** Whole months from one day to another, towards zero. */
export function monthsBetween(fromDays: number, toDays: number): number {
  const from = calendarDayOf(fromDays);
  const to = calendarDayOf(toDays);
  const months = to.year * 12 + to.month - (from.year * 12 + from.month);
  if (months > 0 && to.day < from.day) return months - 1;
  if (months < 0 && to.day > from.day) return months + 1;
  return months;
}

/** The last day that is reached by whole days from one moment of a clock towards another. */
export function wholeDay(from: Moment, to: Moment): number {
  const fromDays = epochDaysOfSeconds(from.seconds);
  const toDays = epochDaysOfSeconds(to.seconds);
  const late = secondOfDay(to.seconds) - secondOfDay(from.seconds) || to.nanosecond - from.nanosecond;
  if (toDays > fromDays && late < 0) return toDays - 1;
  if (toDays < fromDays && late > 0) return toDays + 1;
  return toDays;
}

/** What is left in seconds and nanoseconds from one moment to another, as a Duration holds it. */
export function rest(from: Moment, to: Moment): Moment {
  return { seconds: subtractExact(to.seconds, from.seconds), nanosecond: to.nanosecond - from.nanosecond };
}

/** Which of two numbers is less. */
export function compareIntegers(a: Integer, b: Integer): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Which of two moments of the same clock is the earlier. */
export function compareMoments(a: Moment, b: Moment): -1 | 0 | 1 {
  return compareIntegers(a.seconds, b.seconds) || compareIntegers(a.nanosecond, b.nanosecond);
}

/** Nanoseconds, as many as there are. */
export function totalNanoseconds(seconds: Integer, nanoseconds: number): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
}

/** The reverse of {@link totalNanoseconds}: floored seconds and what is left. */
export function momentOfNanoseconds(nanoseconds: bigint): Moment {
  const size = 1_000_000_000n;
  const left = ((nanoseconds % size) + size) % size;
  return { seconds: exactInteger((nanoseconds - left) / size), nanosecond: Number(left) };
}
