import { inspect } from "../inspect.ts";
import { addExact, exactInteger, type Integer, safeNumber } from "../integer.ts";
import { kind, kindOf } from "../kind.ts";
import {
  calendarDayOf,
  checkedNanosecond,
  checkedOffset,
  epochDaysOfSeconds,
  isoOffset,
  secondOfDay,
} from "./calendar.ts";
import { carriedNanosecond, isoDateTime, isWithinSecond, wallSecondsOfFields } from "./local-date-time.ts";
import { fromStandard, type StandardDate, toStandard } from "./standard-date.ts";
import { raw } from "./wire.ts";
import { epochSecondsOfWall, isKnownTimeZone, timeZoneOffsetAt, wallSecondsOf } from "./zone.ts";

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
