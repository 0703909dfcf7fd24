import { inspect } from "../inspect.ts";
import { addExact, exactInteger, type Integer } from "../integer.ts";
import { kind, kindOf } from "../kind.ts";
import {
  compareMoments,
  type Moment,
  momentPlus,
  monthsBetween,
  rest,
  wallPlusDays,
  wallPlusMonths,
  wholeDay,
} from "./arithmetic.ts";
import {
  type CalendarDay,
  calendarDayOf,
  checkedNanosecond,
  epochDaysOfSeconds,
  nanosPerSecond,
  secondOfDay,
} from "./calendar.ts";
import { checkComparable, primitiveOf } from "./comparing.ts";
import { Date } from "./date.ts";
import { Duration } from "./duration.ts";
import { parseDateTime } from "./iso-text.ts";
import { type ClockFields, LocalTime } from "./local-time.ts";
import { fromStandard, type StandardDate, toStandard } from "./standard-date.ts";
import {
  implementationOf,
  splitSubSecond,
  subSecond,
  type Tc39,
  type TemporalImplementation,
  temporalFields,
} from "./tc39.ts";
import { carriedNanosecond, isoDateTime, isWithinSecond, wallSecondsOfDay, wallSecondsOfFields } from "./wall-clock.ts";
import { raw } from "./wire.ts";

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

  /** A day and a time of day together. */
  static combine(date: Date, time: LocalTime): LocalDateTime {
    const { nanosecondOfDay, nanosecond } = time;
    const second = (nanosecondOfDay - nanosecond) / nanosPerSecond;
    return LocalDateTime.fromEpochSeconds(wallSecondsOfDay(date.epochDays, second), nanosecond);
  }

  /** Reads ISO 8601: `2024-02-29T12:34:56.789`. @throws RangeError for another form, also with an offset or zone. */
  static parse(text: string): LocalDateTime {
    const { epochDays, second, nanosecond, offset, zoneId } = parseDateTime(text);
    if (offset !== undefined || zoneId !== undefined) {
      throw new RangeError("a LocalDateTime's text has neither offset nor zone: use DateTime.parse");
    }
    return LocalDateTime.fromEpochSeconds(wallSecondsOfDay(epochDays, second), nanosecond);
  }

  /** From a TC39 `Temporal.PlainDateTime`, of any implementation. @throws TypeError for anything else. */
  static fromTemporal(value: object): LocalDateTime {
    const f = temporalFields(value, "PlainDateTime");
    return new LocalDateTime(f.year, f.month, f.day, f.hour, f.minute, f.second, subSecond(f));
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

  toDate(): Date {
    return Date.fromEpochDays(epochDaysOfSeconds(this.epochSeconds));
  }

  toLocalTime(): LocalTime {
    return LocalTime.fromNanosecondOfDay(secondOfDay(this.epochSeconds) * nanosPerSecond + this.nanosecond);
  }

  /** The same with some fields changed. @throws RangeError that names the field that is out of range. */
  with(fields: Partial<CalendarDay & ClockFields>): LocalDateTime {
    const { hour, minute, second, nanosecond } = this;
    const changed = {
      ...calendarDayOf(epochDaysOfSeconds(this.epochSeconds)),
      hour,
      minute,
      second,
      nanosecond,
      ...fields,
    };
    return new LocalDateTime(
      changed.year,
      changed.month,
      changed.day,
      changed.hour,
      changed.minute,
      changed.second,
      changed.nanosecond,
    );
  }

  /**
   * Months first, then days, then seconds; a day that the month lacks becomes its last, as in Cypher.
   *
   * @throws RangeError outside the server's years.
   */
  plus({ months, days, seconds, nanoseconds }: Duration): LocalDateTime {
    const wall = wallPlusDays(wallPlusMonths(this.epochSeconds, months), days);
    const sum = momentPlus({ seconds: wall, nanosecond: this.nanosecond }, seconds, nanoseconds);
    return LocalDateTime.fromEpochSeconds(sum.seconds, sum.nanosecond);
  }

  /** {@link plus} of the duration negated. */
  minus(duration: Duration): LocalDateTime {
    return this.plus(duration.negated());
  }

  /** Months, days and seconds to another, as Cypher's `duration.between`: `a.plus(a.until(b))` is `b`. */
  until(other: LocalDateTime): Duration {
    checkComparable("LocalDateTime", other);
    let from = momentOf(this);
    const to = momentOf(other);
    const months = monthsBetween(epochDaysOfSeconds(from.seconds), wholeDay(from, to));
    from = { ...from, seconds: wallPlusMonths(from.seconds, months) };
    const days = wholeDay(from, to) - epochDaysOfSeconds(from.seconds);
    const left = rest({ ...from, seconds: wallPlusDays(from.seconds, days) }, to);
    return new Duration(months, days, left.seconds, left.nanosecond);
  }

  /** -1 when this is before the other, 0 when it is the same, else 1: for `sort`. @throws TypeError for anything but a LocalDateTime. */
  compare(other: LocalDateTime): -1 | 0 | 1 {
    checkComparable("LocalDateTime", other);
    return compareMoments(momentOf(this), momentOf(other));
  }

  /** Text that is the same for equal values only: a key for Map and Set. */
  toKey(): string {
    return `LocalDateTime:${this.epochSeconds}:${this.nanosecond}`;
  }

  /**
   * A TC39 `Temporal.PlainDateTime`.
   *
   * @param implementation default: the global `Temporal`.
   * @throws RangeError beyond its years, -271821 to 275760; TypeError where there is no Temporal.
   */
  toTemporal(implementation?: TemporalImplementation): Tc39<"PlainDateTime"> {
    const { PlainDateTime } = implementationOf(implementation);
    const { year, month, day } = calendarDayOf(epochDaysOfSeconds(this.epochSeconds));
    const split = splitSubSecond(this.nanosecond);
    return new PlainDateTime(year, month, day, this.hour, this.minute, this.second, ...split) as Tc39<"PlainDateTime">;
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

  [Symbol.toPrimitive](hint: string): string {
    return primitiveOf(this, hint);
  }

  [inspect](): string {
    return `LocalDateTime ${this}`;
  }
}

function momentOf({ epochSeconds, nanosecond }: LocalDateTime): Moment {
  return { seconds: epochSeconds, nanosecond };
}
