import { inspect } from "../inspect.ts";
import { type Integer, safeNumber } from "../integer.ts";
import { kind, kindOf } from "../kind.ts";
import { compareIntegers, momentOfNanoseconds, totalNanoseconds } from "./arithmetic.ts";
import { checkedNanosecondOfDay, isoTime, nanosPerDay, nanosPerSecond } from "./calendar.ts";
import { checkComparable, primitiveOf } from "./comparing.ts";
import { Duration } from "./duration.ts";
import { parseClock } from "./iso-text.ts";
import {
  implementationOf,
  splitSubSecond,
  subSecond,
  type Tc39,
  type TemporalImplementation,
  temporalFields,
} from "./tc39.ts";
import { raw } from "./wire.ts";

/** The fields of a time of day. */
export interface ClockFields {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Of the second, 0 to 999,999,999. */
  readonly nanosecond: number;
}

/** A time of day so much later, round midnight if need be; whole days change nothing. */
export function clockPlus(nanosecondOfDay: number, { seconds, nanoseconds }: Duration): number {
  const day = BigInt(nanosPerDay);
  const sum = (BigInt(nanosecondOfDay) + totalNanoseconds(seconds, nanoseconds)) % day;
  return Number(sum < 0n ? sum + day : sum);
}

/** Cypher's LOCAL TIME: a time of day to the nanosecond, without offset (TMP-09). */
export class LocalTime {
  /** 00:00, the first time of a day. */
  static readonly MIDNIGHT: LocalTime = /* @__PURE__ */ new LocalTime(0, 0);
  /** 12:00. */
  static readonly MIDDAY: LocalTime = /* @__PURE__ */ new LocalTime(12, 0);
  /** 00:00. */
  static get MIN(): LocalTime {
    return LocalTime.MIDNIGHT;
  }

  /** 23:59:59.999999999, the last time of a day. */
  static readonly MAX: LocalTime = /* @__PURE__ */ new LocalTime(23, 59, 59, 999_999_999);

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

  /** Reads ISO 8601: `12:34:56.789`, `12:34`, `123456`. @throws RangeError for another form, or a time that doesn't exist. */
  static parse(text: string): LocalTime {
    const { second, nanosecond } = parseClock(text);
    return new LocalTime(second * nanosPerSecond + nanosecond, raw);
  }

  /** From a TC39 `Temporal.PlainTime`, of any implementation. @throws TypeError for anything else. */
  static fromTemporal(value: object): LocalTime {
    const fields = temporalFields(value, "PlainTime");
    return new LocalTime(fields.hour, fields.minute, fields.second, subSecond(fields));
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
  with(fields: Partial<ClockFields>): LocalTime {
    const { hour, minute, second, nanosecond } = this;
    const changed = { hour, minute, second, nanosecond, ...fields };
    return new LocalTime(changed.hour, changed.minute, changed.second, changed.nanosecond);
  }

  /** So much later, round midnight if need be; months and days change nothing, as in Cypher. */
  plus(duration: Duration): LocalTime {
    return new LocalTime(clockPlus(this.nanosecondOfDay, duration), raw);
  }

  /** {@link plus} of the duration negated. */
  minus(duration: Duration): LocalTime {
    return this.plus(duration.negated());
  }

  /** The time to another on the same day, negative if that is earlier. */
  until(other: LocalTime): Duration {
    checkComparable("LocalTime", other);
    const { seconds, nanosecond } = momentOfNanoseconds(BigInt(other.nanosecondOfDay - this.nanosecondOfDay));
    return new Duration(0, 0, seconds, nanosecond);
  }

  /** -1 when this time is before the other, 0 when it is the same, else 1: for `sort`. @throws TypeError for anything but a LocalTime. */
  compare(other: LocalTime): -1 | 0 | 1 {
    checkComparable("LocalTime", other);
    return compareIntegers(this.nanosecondOfDay, other.nanosecondOfDay);
  }

  /** Text that is the same for equal times only: a key for Map and Set. */
  toKey(): string {
    return `LocalTime:${this.nanosecondOfDay}`;
  }

  /**
   * A TC39 `Temporal.PlainTime`.
   *
   * @param implementation default: the global `Temporal`.
   * @throws TypeError where there is no Temporal.
   */
  toTemporal(implementation?: TemporalImplementation): Tc39<"PlainTime"> {
    const { PlainTime } = implementationOf(implementation);
    return new PlainTime(this.hour, this.minute, this.second, ...splitSubSecond(this.nanosecond)) as Tc39<"PlainTime">;
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

  [Symbol.toPrimitive](hint: string): string {
    return primitiveOf(this, hint);
  }

  [inspect](): string {
    return `LocalTime ${this}`;
  }
}
