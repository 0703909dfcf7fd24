import { inspect } from "../inspect.ts";
import { type Integer, safeNumber } from "../integer.ts";
import { kind, kindOf } from "../kind.ts";
import { checkedNanosecondOfDay, isoTime, nanosPerSecond } from "./calendar.ts";
import { raw } from "./wire.ts";

/** Cypher's LOCAL TIME: a time of day to the nanosecond, without offset (TMP-09). */
export class LocalTime {
  /** Nanoseconds since midnight, 0 to 86,399,999,999,999. */
  readonly nanosecondOfDay: number;

  /**
   * @param hour 0 to 23.
   * @param minute 0 to 59.
   * @param second 0 to 59.
   * @param nanosecond of the second, 0 to 999,999,999.
   * @throws RangeError that names the field that is out of range.
   */
  constructor(hour: number, minute: number, second = 0, nanosecond = 0) {
    this.nanosecondOfDay = minute === raw ? hour : checkedNanosecondOfDay(hour, minute, second, nanosecond);
  }

  get [kind](): "LocalTime" {
    return "LocalTime";
  }

  /** From the wire's field. @throws RangeError for nanoseconds that aren't a safe integer. */
  static fromNanosecondOfDay(nanosecondOfDay: Integer): LocalTime {
    return new LocalTime(
      typeof nanosecondOfDay === "number" ? nanosecondOfDay : safeNumber(nanosecondOfDay, "a time's nanoseconds"),
      raw,
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

  equals(other: unknown): boolean {
    return kindOf(other) === "LocalTime" && (other as LocalTime).nanosecondOfDay === this.nanosecondOfDay;
  }

  /** ISO 8601: `12:34:56.789`. */
  toString(): string {
    return isoTime(Math.floor(this.nanosecondOfDay / nanosPerSecond), this.nanosecond);
  }

  /** The ISO text. */
  toJSON(): string {
    return this.toString();
  }

  [inspect](): string {
    return `LocalTime ${this}`;
  }
}
