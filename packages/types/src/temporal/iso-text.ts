import { calendarDayOf, checkedEpochDays, checkedOffset, checkedSecondOfDay, epochDaysOf } from "./calendar.ts";

/*
 * ISO 8601 as Cypher reads and writes it. An error says what was expected, never what was given: it may be secret.
 */

const extendedDay = /^([+-]\d{4,9}|\d{4})-(?:(\d\d)-(\d\d)|W(\d\d)-(\d)|(\d{3}))$/;
const compactDay = /^(\d{4})(?:(\d\d)(\d\d)|W(\d\d)(\d)|(\d{3}))$/;
const extendedClock = /^(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?$/;
const compactClock = /^(\d\d)(\d\d)(?:(\d\d)(?:[.,](\d{1,9}))?)?$/;
const clockAndOffset = /^([\d:.,]+)(Z|[+-][\d:]+)?$/i;
const offsetForm = /^([+-])(\d\d)(?::?(\d\d)(?::?(\d\d))?)?$/;
const dateTimeForm = /^([^T]+)T([\d:.,]+)(?:(Z|[+-][\d:]+)?(?:\[([^[\]]{1,255})\])?)$/i;

/** A time of day. */
export interface ClockText {
  readonly second: number;
  readonly nanosecond: number;
}

/** A day and a time, with an offset and a zone where they were written. */
export interface DateTimeText extends ClockText {
  readonly epochDays: number;
  /** Seconds; 0 for `Z`. */
  readonly offset: number | undefined;
  /** Whether the offset was written `Z`: the instant is given in UTC, whatever the zone's offset is. */
  readonly isUtc: boolean;
  readonly zoneId: string | undefined;
}

function checkText(text: unknown): asserts text is string {
  if (typeof text !== "string") throw new TypeError(`a text is needed, not ${text === null ? "null" : typeof text}`);
}

/** 1 (Monday) to 7. */
export function dayOfWeekOf(epochDays: number): number {
  const rest = (epochDays + 3) % 7;
  return (rest < 0 ? rest + 7 : rest) + 1;
}

/** The week of a day and the year that the week belongs to: the one that has its Thursday. */
export function isoWeekOf(epochDays: number): { year: number; week: number } {
  const thursday = epochDays - dayOfWeekOf(epochDays) + 4;
  const { year } = calendarDayOf(thursday);
  return { year, week: Math.floor((thursday - epochDaysOf(year, 1, 1)) / 7) + 1 };
}

/**
 * Days since 1970-01-01 of `2024-02-29`, `20240229`, `2024-W09-4`, `2024-060` and their like. Years of more than four digits carry a sign.
 *
 * @throws RangeError for another form, or a day that doesn't exist.
 */
export function parseDay(text: string): number {
  checkText(text);
  const found = extendedDay.exec(text) ?? compactDay.exec(text);
  if (found === null || text.startsWith("-0000-")) {
    throw new RangeError("a date's text has the form 2024-02-29, 2024-W09-4 or 2024-060");
  }
  const [, yearText, month, day, week, weekday, dayOfYear] = found;
  const year = Number(yearText);
  if (month !== undefined) return checkedEpochDays(year, Number(month), Number(day));
  if (week !== undefined) return dayOfWeekDate(year, Number(week), Number(weekday));
  const epochDays = checkedEpochDays(year, 1, 1) + Number(dayOfYear) - 1;
  if (calendarDayOf(epochDays).year !== year) throw new RangeError("a date's text names a day that the year hasn't");
  return epochDays;
}

function dayOfWeekDate(year: number, week: number, weekday: number): number {
  const fourth = checkedEpochDays(year, 1, 4);
  const epochDays = fourth - dayOfWeekOf(fourth) + (week - 1) * 7 + weekday;
  const of = isoWeekOf(epochDays);
  if (weekday < 1 || weekday > 7 || of.year !== year || of.week !== week) {
    throw new RangeError("a date's text names a week or weekday that the year hasn't");
  }
  return epochDays;
}

/** `12:34:56.789`, `12:34`, `12`, `123456.789`. @throws RangeError for another form, or a time that doesn't exist. */
export function parseClock(text: string): ClockText {
  checkText(text);
  const found = extendedClock.exec(text) ?? compactClock.exec(text);
  if (found === null) {
    throw new RangeError("a time's text has the form 12:34:56.123456789, with at most 9 digits after the point");
  }
  const [, hour, minute = "0", second = "0", fraction = ""] = found;
  return {
    second: checkedSecondOfDay(Number(hour), Number(minute), Number(second)),
    nanosecond: Number(fraction.padEnd(9, "0")),
  };
}

/** Seconds of `Z`, `+01`, `+01:00`, `-0130`, `+01:00:30`. @throws RangeError for another form, and beyond 18 hours. */
export function parseOffset(text: string): number {
  if (text === "Z" || text === "z") return 0;
  const found = offsetForm.exec(text);
  if (found === null) throw new RangeError("an offset's text has the form Z, +01:00 or +01:00:30");
  const [, sign, hours, minutes = "0", seconds = "0"] = found;
  if (Number(minutes) > 59 || Number(seconds) > 59) throw new RangeError("an offset's minutes and seconds end at 59");
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return checkedOffset(sign === "-" ? -size : size);
}

/** A time with an offset or without. @throws RangeError for another form. */
export function parseClockAndOffset(text: string): ClockText & { readonly offset: number | undefined } {
  checkText(text);
  const found = clockAndOffset.exec(text);
  if (found === null) throw new RangeError("a time's text has the form 12:34:56.123456789+01:00");
  return { ...parseClock(found[1] as string), offset: found[2] === undefined ? undefined : parseOffset(found[2]) };
}

/** `2024-02-29T12:34:56.789`, and with `Z`, `+01:00`, `[Europe/Stockholm]` or both. @throws RangeError for another form. */
export function parseDateTime(text: string): DateTimeText {
  checkText(text);
  const found = dateTimeForm.exec(text);
  if (found === null) {
    throw new RangeError("a date-time's text has the form 2024-02-29T12:34:56.789+01:00[Europe/Stockholm]");
  }
  const [, day, clock, offset, zoneId] = found;
  return {
    epochDays: parseDay(day as string),
    ...parseClock(clock as string),
    offset: offset === undefined ? undefined : parseOffset(offset),
    isUtc: offset === "Z" || offset === "z",
    zoneId,
  };
}
