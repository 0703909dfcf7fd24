import { inspect } from "../inspect.ts";
import { type Integer, safeNumber } from "../integer.ts";
import { kind, kindOf } from "../kind.ts";
import { type CalendarDay, calendarDayOf, checkedEpochDays, isoDate, secondsPerDay } from "./calendar.ts";
import { fromStandard, type StandardDate, toStandard } from "./standard-date.ts";
import { raw } from "./wire.ts";

/**
 * Cypher's DATE: a day of the calendar, without time or zone (TMP-01).
 *
 * Holds what the wire carries, days since 1970-01-01; year, month and day are worked out when asked for.
 */
export class Date {
  /** Days since 1970-01-01, negative before. */
  readonly epochDays: number;

  /**
   * @param year -999,999,999 to 999,999,999.
   * @param month 1 to 12.
   * @param day 1 to the month's length.
   * @throws RangeError that names the field that is out of range.
   */
  constructor(year: number, month: number, day: number) {
    this.epochDays = month === raw ? year : checkedEpochDays(year, month, day);
  }

  get [kind](): "Date" {
    return "Date";
  }

  /** From the wire's field. @throws RangeError for days that aren't a safe integer. */
  static fromEpochDays(epochDays: Integer): Date {
    return new Date(typeof epochDays === "number" ? epochDays : safeNumber(epochDays, "a date's days"), raw, 0);
  }

  /** The UTC day of a JavaScript Date. UTC, so that the answer is the same on every machine. @throws RangeError for an invalid one. */
  static fromStandardDate(date: StandardDate): Date {
    return Date.fromEpochDays(Math.floor(fromStandard(date).seconds / secondsPerDay));
  }

  /** Year, month and day at once: cheaper than one after the other. */
  toCalendarDay(): CalendarDay {
    return calendarDayOf(this.epochDays);
  }

  get year(): number {
    return calendarDayOf(this.epochDays).year;
  }

  /** 1 to 12. */
  get month(): number {
    return calendarDayOf(this.epochDays).month;
  }

  /** 1 to 31. */
  get day(): number {
    return calendarDayOf(this.epochDays).day;
  }

  /** Midnight UTC of the day. @throws RangeError beyond what a JavaScript Date holds. */
  toStandardDate(): StandardDate {
    return toStandard(this.epochDays * secondsPerDay, 0, "the Date");
  }

  equals(other: unknown): boolean {
    return kindOf(other) === "Date" && (other as Date).epochDays === this.epochDays;
  }

  /** ISO 8601: `2024-02-29`. */
  toString(): string {
    return isoDate(calendarDayOf(this.epochDays));
  }

  /** The ISO text. */
  toJSON(): string {
    return this.toString();
  }

  [inspect](): string {
    return `Date ${this}`;
  }
}
