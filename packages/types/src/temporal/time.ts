import { inspect } from "../inspect.ts";
import { type Integer, safeNumber } from "../integer.ts";
import { kind, kindOf } from "../kind.ts";
import { checkedNanosecondOfDay, checkedOffset, isoOffset, isoTime, nanosPerSecond } from "./calendar.ts";
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

  [inspect](): string {
    return `Time ${this}`;
  }
}
