import { inspect } from "../inspect.ts";
import { addExact, exactInteger, type Integer, safeNumber } from "../integer.ts";
import { kind, kindOf } from "../kind.ts";
import {
  compareMoments,
  momentOfNanoseconds,
  momentPlus,
  monthsBetween,
  rest,
  totalNanoseconds,
  wallPlusDays,
  wallPlusMonths,
  wholeDay,
} from "./arithmetic.ts";
import {
  type CalendarDay,
  calendarDayOf,
  checkedNanosecond,
  checkedOffset,
  epochDaysOfSeconds,
  isoOffset,
  nanosPerSecond,
  secondOfDay,
} from "./calendar.ts";
import { checkComparable, primitiveOf, type WallClock } from "./comparing.ts";
import type { Date } from "./date.ts";
import { Duration } from "./duration.ts";
import { parseDateTime, parseOffset } from "./iso-text.ts";
import { LocalDateTime } from "./local-date-time.ts";
import type { ClockFields, LocalTime } from "./local-time.ts";
import { fromStandard, type StandardDate, toStandard } from "./standard-date.ts";
import { implementationOf, type Tc39, type TemporalImplementation, temporalFields } from "./tc39.ts";
import { Time } from "./time.ts";
import { carriedNanosecond, isoDateTime, isWithinSecond, wallSecondsOfDay, wallSecondsOfFields } from "./wall-clock.ts";
import { raw } from "./wire.ts";
import { type Disambiguation, epochSecondsOfWall, isKnownTimeZone, timeZoneOffsetAt, wallSecondsOf } from "./zone.ts";

/** A named zone, such as `Europe/Stockholm`, or an offset from UTC in seconds. */
export type TimeZone = string | number;

/**
 * Cypher's ZONED DATETIME: an instant to the nanosecond, with an offset from UTC or a named zone (TMP-10).
 *
 * Holds what Bolt 5 carries, UTC seconds; calendar fields and a named zone's offset are worked out when asked for.
 */
export class DateTime {
  /** Seconds since 1970-01-01T00:00Z; a bigint beyond some 285 million years. */
  readonly epochSeconds: Integer;
  /** Of the second, 0 to 999,999,999. */
  readonly nanosecond: number;
  /** The zone's IANA name, such as `Europe/Stockholm`; `undefined` when the value has an offset only. */
  readonly timeZoneId: string | undefined;
  /** The offset in seconds as the wire carries it; `undefined` when the value has a zone's name. */
  readonly fixedOffsetSeconds: number | undefined;

  /**
   * With a zone alone, a time that the zone's clocks show twice is taken as the earlier, and one that they skip is moved
   * forward; with a zone and an offset, the offset decides.
   *
   * @param year -999,999,999 to 999,999,999.
   * @param month 1 to 12.
   * @param day 1 to the month's length.
   * @param nanosecond of the second, 0 to 999,999,999.
   * @param timeZoneOffsetSeconds -64,800 to 64,800 (18 hours), positive east of Greenwich.
   * @param timeZoneId an IANA name.
   * @throws RangeError that names the field that is out of range, or a zone that this runtime doesn't know, or says that the zone hasn't that
   *   offset then; also when neither offset nor zone is given.
   */
  constructor(
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
    nanosecond: number,
    timeZoneOffsetSeconds?: number | null,
    timeZoneId?: string | null,
  ) {
    if (month === raw) {
      this.epochSeconds = year;
      this.nanosecond = nanosecond;
      this.timeZoneId = timeZoneId as string | undefined;
      this.fixedOffsetSeconds = timeZoneOffsetSeconds as number | undefined;
      return;
    }
    const wallSeconds = wallSecondsOfFields(year, month, day, hour, minute, second);
    this.epochSeconds = instantOf(wallSeconds, timeZoneOffsetSeconds ?? undefined, timeZoneId ?? undefined);
    this.nanosecond = checkedNanosecond(nanosecond);
    this.timeZoneId = timeZoneId ?? undefined;
    this.fixedOffsetSeconds = this.timeZoneId === undefined ? (timeZoneOffsetSeconds ?? undefined) : undefined;
  }

  get [kind](): "DateTime" {
    return "DateTime";
  }

  /** From Bolt 5's fields: UTC seconds and an offset. Nanoseconds outside the second are carried. */
  static fromEpochSeconds(epochSeconds: Integer, nanosecond: Integer, timeZoneOffsetSeconds: Integer): DateTime {
    const offset =
      typeof timeZoneOffsetSeconds === "number"
        ? timeZoneOffsetSeconds
        : safeNumber(timeZoneOffsetSeconds, "a date-time's offset");
    return fromRaw(epochSeconds, nanosecond, offset, undefined);
  }

  /**
   * From Bolt 5's fields: UTC seconds and a zone. Nothing is lost when this runtime doesn't know the zone: only what needs
   * its offset throws then (TMP-06, see {@link isKnownTimeZone}).
   */
  static fromEpochSecondsInZone(epochSeconds: Integer, nanosecond: Integer, timeZoneId: string): DateTime {
    return fromRaw(epochSeconds, nanosecond, undefined, timeZoneId);
  }

  /** From Bolt 4.4's fields: seconds of the wall clock and an offset. */
  static fromWallSeconds(wallSeconds: Integer, nanosecond: Integer, timeZoneOffsetSeconds: Integer): DateTime {
    const offset = safeNumber(timeZoneOffsetSeconds, "a date-time's offset");
    return fromRaw(addExact(wallSeconds, -offset), nanosecond, offset, undefined);
  }

  /**
   * From Bolt 4.4's fields: seconds of the wall clock and a zone. A time shown twice is taken as the earlier: the wire doesn't tell.
   *
   * @throws RangeError naming the zone when this runtime doesn't know it.
   */
  static fromWallSecondsInZone(wallSeconds: Integer, nanosecond: Integer, timeZoneId: string): DateTime {
    return fromRaw(epochSecondsOfWall(timeZoneId, wallSeconds), nanosecond, undefined, timeZoneId);
  }

  /**
   * What a zone's or an offset's clock shows, as an instant.
   *
   * @param disambiguation of a time that the zone's clocks show twice or never: `"compatible"`, the default, takes the earlier, and moves a
   *   skipped time forward; see {@link epochSecondsOfWall}.
   * @throws RangeError naming a zone that this runtime doesn't know, and as the disambiguation says.
   */
  static fromLocal(local: LocalDateTime, zone: TimeZone, disambiguation: Disambiguation = "compatible"): DateTime {
    return inZone(wallToInstant(local.epochSeconds, zone, disambiguation), local.nanosecond, zone);
  }

  /**
   * A day and a time of day together: with a {@link Time} its offset is taken, with a {@link LocalTime} a zone or an offset is needed.
   *
   * @throws RangeError naming a zone that this runtime doesn't know.
   */
  static combine(date: Date, time: Time): DateTime;
  static combine(date: Date, time: LocalTime, zone: TimeZone, disambiguation?: Disambiguation): DateTime;
  static combine(date: Date, time: Time | LocalTime, zone?: TimeZone, disambiguation?: Disambiguation): DateTime {
    const own = kindOf(time) === "Time" ? (time as Time).timeZoneOffsetSeconds : undefined;
    const { nanosecondOfDay, nanosecond } = time;
    const wall = wallSecondsOfDay(date.epochDays, (nanosecondOfDay - nanosecond) / nanosPerSecond);
    if (zone === undefined && own === undefined) throw new RangeError("a LocalTime needs a zone or an offset");
    return DateTime.fromLocal(
      LocalDateTime.fromEpochSeconds(wall, nanosecond),
      own ?? (zone as TimeZone),
      disambiguation,
    );
  }

  /**
   * Reads ISO 8601 with an offset, a zone in brackets, or both: `2024-02-29T12:34:56.789+01:00[Europe/Stockholm]`. With `Z` and a zone the time
   * is UTC's; a zone that this runtime doesn't know needs an offset or `Z`.
   *
   * @throws RangeError for another form, a time that doesn't exist, and an offset that the zone hasn't then.
   */
  static parse(text: string): DateTime {
    const { epochDays, second, nanosecond, offset, isUtc, zoneId } = parseDateTime(text);
    const wall = wallSecondsOfDay(epochDays, second);
    if (zoneId === undefined) {
      if (offset === undefined)
        throw new RangeError("a DateTime's text needs an offset or a zone: use LocalDateTime.parse");
      return fromRaw(addExact(wall, -offset), nanosecond, offset, undefined);
    }
    const exact = offset !== undefined && (isUtc || !isKnownTimeZone(zoneId));
    const seconds = exact ? addExact(wall, -offset) : instantOf(wall, offset, zoneId);
    return fromRaw(seconds, nanosecond, undefined, zoneId);
  }

  /**
   * The present instant, to the millisecond.
   *
   * @param options `zone`: default UTC, as for Cypher's `datetime()`. `clock`: for tests.
   * @throws RangeError naming a zone that this runtime doesn't know.
   */
  static now(options: { readonly zone?: TimeZone; readonly clock?: WallClock } = {}): DateTime {
    const { zone = 0, clock = globalThis.Date } = options;
    return DateTime.fromStandardDate(new globalThis.Date(clock.now())).withTimeZone(zone);
  }

  /** From a TC39 `Temporal.ZonedDateTime`, or a `Temporal.Instant` as UTC, of any implementation. @throws TypeError for anything else. */
  static fromTemporal(value: object): DateTime {
    const { epochNanoseconds, timeZoneId } = temporalFields(value, "ZonedDateTime", "Instant");
    const { seconds, nanosecond } = momentOfNanoseconds(BigInt(String(epochNanoseconds)));
    if (timeZoneId === undefined) return fromRaw(seconds, nanosecond, 0, undefined);
    const fixed = /^[+-]\d/.test(timeZoneId) ? parseOffset(timeZoneId) : undefined;
    return fromRaw(seconds, nanosecond, fixed, fixed === undefined ? timeZoneId : undefined);
  }

  /** The instant of a JavaScript Date, in UTC (TMP-03). @throws RangeError for an invalid one. */
  static fromStandardDate(date: StandardDate): DateTime {
    const { seconds, nanosecond } = fromStandard(date);
    return DateTime.fromEpochSeconds(seconds, nanosecond, 0);
  }

  /**
   * The offset from UTC in seconds, positive east of Greenwich; a named zone's at this instant.
   *
   * @throws RangeError naming the zone when this runtime doesn't know it.
   */
  get timeZoneOffsetSeconds(): number {
    return this.fixedOffsetSeconds ?? timeZoneOffsetAt(this.timeZoneId as string, this.epochSeconds);
  }

  /** Seconds since 1970-01-01T00:00 of the wall clock, which Bolt 4.4 carries. @throws RangeError for an unknown zone. */
  get wallSeconds(): Integer {
    if (this.fixedOffsetSeconds !== undefined) return addExact(this.epochSeconds, this.fixedOffsetSeconds);
    return wallSecondsOf(this.timeZoneId as string, this.epochSeconds);
  }

  get year(): number {
    return calendarDayOf(epochDaysOfSeconds(this.wallSeconds)).year;
  }

  /** 1 to 12. */
  get month(): number {
    return calendarDayOf(epochDaysOfSeconds(this.wallSeconds)).month;
  }

  /** 1 to 31. */
  get day(): number {
    return calendarDayOf(epochDaysOfSeconds(this.wallSeconds)).day;
  }

  get hour(): number {
    return Math.floor(secondOfDay(this.wallSeconds) / 3600);
  }

  get minute(): number {
    return Math.floor(secondOfDay(this.wallSeconds) / 60) % 60;
  }

  get second(): number {
    return secondOfDay(this.wallSeconds) % 60;
  }

  /** What the zone's clock shows. @throws RangeError naming a zone that this runtime doesn't know; so do the next four. */
  toLocalDateTime(): LocalDateTime {
    return LocalDateTime.fromEpochSeconds(this.wallSeconds, this.nanosecond);
  }

  toDate(): Date {
    return this.toLocalDateTime().toDate();
  }

  toLocalTime(): LocalTime {
    return this.toLocalDateTime().toLocalTime();
  }

  /** The time of day with the offset that holds at this instant. */
  toTime(): Time {
    return Time.fromNanosecondOfDay(this.toLocalTime().nanosecondOfDay, this.timeZoneOffsetSeconds);
  }

  /** The same instant in another zone. */
  withTimeZone(zone: TimeZone): DateTime {
    return inZone(this.epochSeconds, this.nanosecond, zone);
  }

  /**
   * The same clock and zone with some fields changed. In the hour that clocks show twice the offset stays as it is; a time that they skip is
   * moved forward.
   *
   * @throws RangeError that names the field that is out of range, or an unknown zone.
   */
  with(fields: Partial<CalendarDay & ClockFields>): DateTime {
    const local = this.toLocalDateTime().with(fields);
    return fromRaw(this.#instantOfWall(local.epochSeconds), local.nanosecond, this.fixedOffsetSeconds, this.timeZoneId);
  }

  /**
   * As in Cypher: months, then days, both on the zone's clock, then seconds of real time. A day that the month lacks becomes its last; a
   * time that clocks skip is moved forward; in the hour that they show twice the offset stays as it is.
   *
   * @throws RangeError outside the server's years, or naming a zone that this runtime doesn't know.
   */
  plus({ months, days, seconds, nanoseconds }: Duration): DateTime {
    let moved: DateTime = this;
    if (months !== 0) moved = moved.#atWall(wallPlusMonths(moved.wallSeconds, months));
    if (days !== 0) moved = moved.#atWall(wallPlusDays(moved.wallSeconds, days));
    const sum = momentPlus({ seconds: moved.epochSeconds, nanosecond: this.nanosecond }, seconds, nanoseconds);
    return fromRaw(sum.seconds, sum.nanosecond, this.fixedOffsetSeconds, this.timeZoneId);
  }

  /** {@link plus} of the duration negated. */
  minus(duration: Duration): DateTime {
    return this.plus(duration.negated());
  }

  /** Months, days and seconds to another, as Cypher's `duration.between`, on this one's clock: `a.plus(a.until(b))` is `b`'s instant. */
  until(other: DateTime): Duration {
    checkComparable("DateTime", other);
    const to = { seconds: other.withTimeZone(this.#zone).wallSeconds, nanosecond: other.nanosecond };
    const wall = { seconds: this.wallSeconds, nanosecond: this.nanosecond };
    const months = monthsBetween(epochDaysOfSeconds(wall.seconds), wholeDay(wall, to));
    const moved = this.plus(new Duration(months, 0, 0, 0));
    const movedWall = { seconds: moved.wallSeconds, nanosecond: this.nanosecond };
    const days = wholeDay(movedWall, to) - epochDaysOfSeconds(movedWall.seconds);
    const near = moved.plus(new Duration(0, days, 0, 0));
    const left = rest(
      { seconds: near.epochSeconds, nanosecond: near.nanosecond },
      { ...to, seconds: other.epochSeconds },
    );
    return new Duration(months, days, left.seconds, left.nanosecond);
  }

  /**
   * Which instant is the earlier, wherever they are: 12:00+01:00 and 11:00Z compare as 0, though they aren't equal (TMP-12).
   *
   * @returns -1, 0 or 1, for `sort`.
   * @throws TypeError for anything but a DateTime.
   */
  compare(other: DateTime): -1 | 0 | 1 {
    checkComparable("DateTime", other);
    return compareMoments(
      { seconds: this.epochSeconds, nanosecond: this.nanosecond },
      { seconds: other.epochSeconds, nanosecond: other.nanosecond },
    );
  }

  /** Text that is the same for equal values only, instant and zone: a key for Map and Set. */
  toKey(): string {
    return `DateTime:${this.epochSeconds}:${this.nanosecond}:${this.#zone}`;
  }

  /**
   * A TC39 `Temporal.ZonedDateTime`.
   *
   * @param implementation default: the global `Temporal`.
   * @throws RangeError beyond its years, for a zone that it doesn't know, and for an offset with seconds; TypeError where there is no Temporal.
   */
  toTemporal(implementation?: TemporalImplementation): Tc39<"ZonedDateTime"> {
    const { ZonedDateTime } = implementationOf(implementation);
    const offset = this.fixedOffsetSeconds === 0 ? "+00:00" : isoOffset(this.fixedOffsetSeconds ?? 0);
    const nanoseconds = totalNanoseconds(this.epochSeconds, this.nanosecond);
    return new ZonedDateTime(nanoseconds, this.timeZoneId ?? offset) as Tc39<"ZonedDateTime">;
  }

  get #zone(): TimeZone {
    return this.timeZoneId ?? (this.fixedOffsetSeconds as number);
  }

  #atWall(wallSeconds: Integer): DateTime {
    return fromRaw(this.#instantOfWall(wallSeconds), this.nanosecond, this.fixedOffsetSeconds, this.timeZoneId);
  }

  /** The instant of a time on this one's clock, with this one's offset if the zone has it then. */
  #instantOfWall(wallSeconds: Integer): Integer {
    const seconds = addExact(wallSeconds, -this.timeZoneOffsetSeconds);
    if (this.timeZoneId === undefined) return seconds;
    const holds = timeZoneOffsetAt(this.timeZoneId, seconds) === this.timeZoneOffsetSeconds;
    return holds ? seconds : epochSecondsOfWall(this.timeZoneId, wallSeconds);
  }

  /** The instant, cut to milliseconds. @throws RangeError beyond what a JavaScript Date holds. */
  toStandardDate(): StandardDate {
    return toStandard(this.epochSeconds, this.nanosecond, "the DateTime");
  }

  /** Whether instant, offset and zone are the same: 12:00+01:00 is not equal to 11:00Z (TMP-12). */
  equals(other: unknown): boolean {
    if (kindOf(other) !== "DateTime") return false;
    const that = other as DateTime;
    return (
      that.epochSeconds === this.epochSeconds &&
      that.nanosecond === this.nanosecond &&
      that.timeZoneId === this.timeZoneId &&
      (this.timeZoneId !== undefined || that.timeZoneOffsetSeconds === this.timeZoneOffsetSeconds)
    );
  }

  /** ISO 8601: `2024-02-29T12:34:56.789+01:00[Europe/Stockholm]`. In UTC when this runtime doesn't know the zone: printing never throws. */
  toString(): string {
    const zone = this.timeZoneId === undefined ? "" : `[${this.timeZoneId}]`;
    if (this.timeZoneId !== undefined && !isKnownTimeZone(this.timeZoneId)) {
      return `${isoDateTime(this.epochSeconds, this.nanosecond)}Z${zone}`;
    }
    return isoDateTime(this.wallSeconds, this.nanosecond) + isoOffset(this.timeZoneOffsetSeconds) + zone;
  }

  /** The ISO text. */
  toJSON(): string {
    return this.toString();
  }

  [Symbol.toPrimitive](hint: string): string {
    return primitiveOf(this, hint);
  }

  [inspect](): string {
    return `DateTime ${this}`;
  }
}

function fromRaw(seconds: Integer, nanos: Integer, offset: number | undefined, zone: string | undefined): DateTime {
  if (isWithinSecond(nanos)) {
    const exact = typeof seconds === "number" ? seconds : exactInteger(seconds);
    return new DateTime(exact as number, raw, 0, 0, 0, 0, nanos, offset, zone);
  }
  const carried = carriedNanosecond(nanos);
  return fromRaw(addExact(seconds, carried.seconds), carried.nanosecond, offset, zone);
}

function instantOf(wallSeconds: Integer, offset: number | undefined, zoneId: string | undefined): Integer {
  if (offset === undefined) {
    if (zoneId === undefined) throw new RangeError("a DateTime needs a timeZoneOffsetSeconds or a timeZoneId");
    return epochSecondsOfWall(zoneId, wallSeconds);
  }
  const seconds = addExact(wallSeconds, -checkedOffset(offset));
  if (zoneId !== undefined && timeZoneOffsetAt(zoneId, seconds) !== offset) {
    throw new RangeError(`the time zone ${JSON.stringify(zoneId)} hasn't the offset ${isoOffset(offset)} at that time`);
  }
  return seconds;
}

function inZone(seconds: Integer, nanosecond: number, zone: TimeZone): DateTime {
  if (typeof zone === "number") return fromRaw(seconds, nanosecond, checkedOffset(zone), undefined);
  if (!isKnownTimeZone(zone))
    throw new RangeError(`the time zone ${JSON.stringify(zone)} is not known to this runtime`);
  return fromRaw(seconds, nanosecond, undefined, zone);
}

function wallToInstant(wallSeconds: Integer, zone: TimeZone, disambiguation: Disambiguation): Integer {
  if (typeof zone === "number") return addExact(wallSeconds, -checkedOffset(zone));
  return epochSecondsOfWall(zone, wallSeconds, disambiguation);
}
