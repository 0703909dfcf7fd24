import { inspect } from "../inspect.ts";
import { type Integer, safeNumber } from "../integer.ts";
import { kind, kindOf } from "../kind.ts";
import { compareIntegers, momentOfNanoseconds } from "./arithmetic.ts";
import { checkedNanosecondOfDay, checkedOffset, isoOffset, isoTime, nanosPerDay, nanosPerSecond } from "./calendar.ts";
import { checkComparable, primitiveOf } from "./comparing.ts";
import { Duration } from "./duration.ts";
import { parseClockAndOffset } from "./iso-text.ts";
import { type ClockFields, clockPlus, LocalTime } from "./local-time.ts";
import { raw } from "./wire.ts";

/** Cypher's ZONED TIME: a time of day to the nanosecond with an offset from UTC (TMP-09). */
export class Time {
  /** Nanoseconds since local midnight, 0 to 86,399,999,999,999. */
  readonly nanosecondOfDay: number;
  /** Seconds, positive east of Greenwich. */
  readonly timeZoneOffsetSeconds: number;

  /**
   * @param hour 0 to 23.
   * @param minute 0 to 59.
   * @param second 0 to 59.
   * @param nanosecond of the second, 0 to 999,999,999.
   * @param timeZoneOffsetSeconds -64,800 to 64,800 (18 hours).
   * @throws RangeError that names the field that is out of range.
   */
  constructor(hour: number, minute: number, second: number, nanosecond: number, timeZoneOffsetSeconds: number) {
    if (minute === raw) {
      this.nanosecondOfDay = hour;
      this.timeZoneOffsetSeconds = timeZoneOffsetSeconds;
    } else {
      this.nanosecondOfDay = checkedNanosecondOfDay(hour, minute, second, nanosecond);
      this.timeZoneOffsetSeconds = checkedOffset(timeZoneOffsetSeconds);
    }
  }

  get [kind](): "Time" {
    return "Time";
  }

  /** From the wire's fields. @throws RangeError for a field that isn't a safe integer. */
  static fromNanosecondOfDay(nanosecondOfDay: Integer, timeZoneOffsetSeconds: Integer): Time {
    return new Time(
      typeof nanosecondOfDay === "number" ? nanosecondOfDay : safeNumber(nanosecondOfDay, "a time's nanoseconds"),
      raw,
      0,
      0,
      typeof timeZoneOffsetSeconds === "number"
        ? timeZoneOffsetSeconds
        : safeNumber(timeZoneOffsetSeconds, "a time's offset"),
    );
  }

  /**
   * Reads ISO 8601: `12:34:56.789+01:00`, `12:34Z`. The offset has to be there; without one the text is a {@link LocalTime}'s.
   *
   * @throws RangeError for another form, or a time that doesn't exist.
   */
  static parse(text: string): Time {
    const { second, nanosecond, offset } = parseClockAndOffset(text);
    if (offset === undefined) throw new RangeError("a Time's text needs an offset, such as Z or +01:00");
    return new Time(second * nanosPerSecond + nanosecond, raw, 0, 0, offset);
  }

  get hour(): number {
    return Math.floor(this.nanosecondOfDay / (3600 * nanosPerSecond));
  }

  get minute(): number {
    return Math.floor(this.nanosecondOfDay / (60 * nanosPerSecond)) % 60;
  }

  get second(): number {
    return Math.floor(this.nanosecondOfDay / nanosPerSecond) % 60;
  }

  /** Of the second, 0 to 999,999,999. */
  get nanosecond(): number {
    return this.nanosecondOfDay % nanosPerSecond;
  }

  /** The same time with some fields changed. @throws RangeError that names the field that is out of range. */
  with(fields: Partial<ClockFields & { readonly timeZoneOffsetSeconds: number }>): Time {
    const { hour, minute, second, nanosecond, timeZoneOffsetSeconds } = this;
    const changed = { hour, minute, second, nanosecond, timeZoneOffsetSeconds, ...fields };
    return new Time(changed.hour, changed.minute, changed.second, changed.nanosecond, changed.timeZoneOffsetSeconds);
  }

  /** The same instant on a clock with another offset, round midnight if need be. @throws RangeError beyond 18 hours. */
  withOffset(timeZoneOffsetSeconds: number): Time {
    const shifted =
      this.nanosecondOfDay + (checkedOffset(timeZoneOffsetSeconds) - this.timeZoneOffsetSeconds) * nanosPerSecond;
    const wrapped = ((shifted % nanosPerDay) + nanosPerDay) % nanosPerDay;
    return new Time(wrapped, raw, 0, 0, timeZoneOffsetSeconds + 0);
  }

  /** What the clock shows, without the offset. */
  toLocalTime(): LocalTime {
    return LocalTime.fromNanosecondOfDay(this.nanosecondOfDay);
  }

  /** So much later, round midnight if need be; months and days change nothing, as in Cypher. */
  plus(duration: Duration): Time {
    return new Time(clockPlus(this.nanosecondOfDay, duration), raw, 0, 0, this.timeZoneOffsetSeconds);
  }

  /** {@link plus} of the duration negated. */
  minus(duration: Duration): Time {
    return this.plus(duration.negated());
  }

  /** The time to another, by the instants: 12:00+01:00 is an hour before 12:00Z. */
  until(other: Time): Duration {
    checkComparable("Time", other);
    const { seconds, nanosecond } = momentOfNanoseconds(BigInt(utcNanoseconds(other) - utcNanoseconds(this)));
    return new Duration(0, 0, seconds, nanosecond);
  }

  /**
   * Which instant is the earlier, if both are on the same day: 12:00+01:00 and 11:00Z compare as 0, though they aren't equal (TMP-12).
   *
   * @returns -1, 0 or 1, for `sort`.
   * @throws TypeError for anything but a Time.
   */
  compare(other: Time): -1 | 0 | 1 {
    checkComparable("Time", other);
    return compareIntegers(utcNanoseconds(this), utcNanoseconds(other));
  }

  /** Text that is the same for equal times only: a key for Map and Set. */
  toKey(): string {
    return `Time:${this.nanosecondOfDay}:${this.timeZoneOffsetSeconds}`;
  }

  /** Whether clock and offset are the same: 12:00+01:00 is not equal to 11:00Z (TMP-12). */
  equals(other: unknown): boolean {
    return (
      kindOf(other) === "Time" &&
      (other as Time).nanosecondOfDay === this.nanosecondOfDay &&
      (other as Time).timeZoneOffsetSeconds === this.timeZoneOffsetSeconds
    );
  }

  /** ISO 8601: `12:34:56.789+01:00`. */
  toString(): string {
    const clock = isoTime(Math.floor(this.nanosecondOfDay / nanosPerSecond), this.nanosecond);
    return clock + isoOffset(this.timeZoneOffsetSeconds);
  }

  /** The ISO text. */
  toJSON(): string {
    return this.toString();
  }

  [Symbol.toPrimitive](hint: string): string {
    return primitiveOf(this, hint);
  }

  [inspect](): string {
    return `Time ${this}`;
  }
}

/** Nanoseconds since midnight UTC; negative, or beyond a day, where it is another day there. */
function utcNanoseconds({ nanosecondOfDay, timeZoneOffsetSeconds }: Time): number {
  return nanosecondOfDay - timeZoneOffsetSeconds * nanosPerSecond;
}
