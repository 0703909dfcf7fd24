import { inspect } from "../inspect.ts";
import { type Integer, safeNumber } from "../integer.ts";
import { kind, kindOf } from "../kind.ts";
import { compareIntegers, daysPlusDays, daysPlusMonths, monthsBetween } from "./arithmetic.ts";
import {
  type CalendarDay,
  calendarDayOf,
  checkedEpochDays,
  daysInMonth,
  epochDaysOf,
  isLeapYear,
  isoDate,
  secondsPerDay,
} from "./calendar.ts";
import { checkComparable, primitiveOf, type WallClock } from "./comparing.ts";
import { Duration } from "./duration.ts";
import { dayOfWeekOf, isoWeekOf, parseDay } from "./iso-text.ts";
import { fromStandard, type StandardDate, toStandard } from "./standard-date.ts";
import { implementationOf, type Tc39, type TemporalImplementation, temporalFields } from "./tc39.ts";
import { raw } from "./wire.ts";
import { timeZoneOffsetAt } from "./zone.ts";

/**
 * Cypher's DATE: a day of the calendar, without time or zone (TMP-01).
 *
 * Holds what the wire carries, days since 1970-01-01; year, month and day are worked out when asked for.
 */
export class Date {
  /** The first day that the server knows, -999999999-01-01. */
  static readonly MIN: Date = /* @__PURE__ */ new Date(-999_999_999, 1, 1);
  /** The last day that the server knows, +999999999-12-31. */
  static readonly MAX: Date = /* @__PURE__ */ new Date(999_999_999, 12, 31);

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

  /**
   * Reads ISO 8601: `2024-02-29`, `20240229`, the week date `2024-W09-4`, the ordinal date `2024-060`. Years of more than four digits
   * carry a sign.
   *
   * @throws RangeError for another form, or a day that doesn't exist.
   */
  static parse(text: string): Date {
    return new Date(parseDay(text), raw, 0);
  }

  /**
   * The day that it is now.
   *
   * @param options `timeZoneId`: where; default UTC, as for Cypher's `date()`. `clock`: for tests.
   * @throws RangeError naming a zone that this runtime doesn't know.
   */
  static today(options: { readonly timeZoneId?: string; readonly clock?: WallClock } = {}): Date {
    const { timeZoneId, clock = globalThis.Date } = options;
    const seconds = Math.floor(clock.now() / 1000);
    const offset = timeZoneId === undefined ? 0 : timeZoneOffsetAt(timeZoneId, seconds);
    return new Date(Math.floor((seconds + offset) / secondsPerDay), raw, 0);
  }

  /** From a TC39 `Temporal.PlainDate`, of any implementation. @throws TypeError for anything else. */
  static fromTemporal(value: object): Date {
    const { year, month, day } = temporalFields(value, "PlainDate");
    return new Date(year, month, day);
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

  /** 1 (Monday) to 7 (Sunday). */
  get dayOfWeek(): number {
    return dayOfWeekOf(this.epochDays);
  }

  /** 1 to 366. */
  get dayOfYear(): number {
    return this.epochDays - epochDaysOf(this.year, 1, 1) + 1;
  }

  /** The week's number, 1 to 53, in {@link isoWeekYear}: weeks begin on Monday, and belong to the year that has their Thursday. */
  get isoWeek(): number {
    return isoWeekOf(this.epochDays).week;
  }

  /** The year of {@link isoWeek}: 2024-12-30 is in the first week of 2025. */
  get isoWeekYear(): number {
    return isoWeekOf(this.epochDays).year;
  }

  /** 28 to 31. */
  get daysInMonth(): number {
    const { year, month } = calendarDayOf(this.epochDays);
    return daysInMonth(year, month);
  }

  /** Whether the year has a 29th of February. */
  get isLeapYear(): boolean {
    return isLeapYear(this.year);
  }

  /** The same day with some fields changed. @throws RangeError that names the field that is out of range. */
  with(fields: Partial<CalendarDay>): Date {
    const { year, month, day } = { ...calendarDayOf(this.epochDays), ...fields };
    return new Date(year, month, day);
  }

  /**
   * Months first, then days; a day that the month lacks becomes its last, as in Cypher: 31 January and a month is the last of February.
   *
   * @throws RangeError for a duration with seconds, which a day can't take, and for a day outside the server's years.
   */
  plus(duration: Duration): Date {
    if (duration.seconds !== 0 || duration.nanoseconds !== 0) {
      throw new RangeError("a duration with hours, minutes or seconds can't be added to a Date");
    }
    return new Date(daysPlusDays(daysPlusMonths(this.epochDays, duration.months), duration.days), raw, 0);
  }

  /** {@link plus} of the duration negated. */
  minus(duration: Duration): Date {
    return this.plus(duration.negated());
  }

  /** Months and days to another day, as Cypher's `duration.between`: `a.plus(a.until(b))` is `b`. */
  until(other: Date): Duration {
    checkComparable("Date", other);
    const months = monthsBetween(this.epochDays, other.epochDays);
    return new Duration(months, other.epochDays - daysPlusMonths(this.epochDays, months), 0, 0);
  }

  /** -1 when this day is before the other, 0 when it is the same, else 1: for `sort`. @throws TypeError for anything but a Date. */
  compare(other: Date): -1 | 0 | 1 {
    checkComparable("Date", other);
    return compareIntegers(this.epochDays, other.epochDays);
  }

  /** Text that is the same for equal days only: a key for Map and Set. */
  toKey(): string {
    return `Date:${this.epochDays}`;
  }

  /**
   * A TC39 `Temporal.PlainDate`.
   *
   * @param implementation default: the global `Temporal`.
   * @throws RangeError beyond its years, -271821 to 275760; TypeError where there is no Temporal.
   */
  toTemporal(implementation?: TemporalImplementation): Tc39<"PlainDate"> {
    const { year, month, day } = calendarDayOf(this.epochDays);
    return new (implementationOf(implementation).PlainDate)(year, month, day) as Tc39<"PlainDate">;
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

  [Symbol.toPrimitive](hint: string): string {
    return primitiveOf(this, hint);
  }

  [inspect](): string {
    return `Date ${this}`;
  }
}
