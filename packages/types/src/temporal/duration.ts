import { inspect } from "../inspect.ts";
import { addExact, checkedInteger, exactInteger, type Integer } from "../integer.ts";
import { kind, kindOf } from "../kind.ts";
import { compareIntegers, momentOfNanoseconds, totalNanoseconds } from "./arithmetic.ts";
import { nanosPerSecond } from "./calendar.ts";
import { checkComparable, primitiveOf } from "./comparing.ts";
import { checkParts, type DurationParts, fractionOf, parseDuration, scaleParts } from "./duration-parts.ts";
import { type Tc39, type TemporalImplementation, temporalDuration, temporalDurationParts } from "./tc39.ts";
import { carriedNanosecond, isWithinSecond } from "./wall-clock.ts";

/** Whole numbers by unit, each 0 if absent, any of them negative. */
export interface DurationUnits {
  readonly years?: Integer;
  readonly quarters?: Integer;
  readonly months?: Integer;
  readonly weeks?: Integer;
  readonly days?: Integer;
  readonly hours?: Integer;
  readonly minutes?: Integer;
  readonly seconds?: Integer;
  readonly milliseconds?: Integer;
  readonly microseconds?: Integer;
  readonly nanoseconds?: Integer;
}

/** In what a unit is counted, and how many of it the unit has. */
const units: Readonly<Record<keyof DurationUnits, readonly [part: keyof DurationParts, size: bigint]>> = {
  years: ["months", 12n],
  quarters: ["months", 3n],
  months: ["months", 1n],
  weeks: ["days", 7n],
  days: ["days", 1n],
  hours: ["nanoseconds", 3_600_000_000_000n],
  minutes: ["nanoseconds", 60_000_000_000n],
  seconds: ["nanoseconds", 1_000_000_000n],
  milliseconds: ["nanoseconds", 1_000_000n],
  microseconds: ["nanoseconds", 1_000n],
  nanoseconds: ["nanoseconds", 1n],
};

/**
 * Cypher's DURATION: months, days, seconds and nanoseconds, kept apart because a month has no fixed number of days, nor a
 * day of seconds (TMP-11). Any of the first three may be negative.
 */
export class Duration {
  readonly months: Integer;
  readonly days: Integer;
  /** Floored: minus half a second is -1 and 500,000,000 nanoseconds. */
  readonly seconds: Integer;
  /** Of the second, 0 to 999,999,999. */
  readonly nanoseconds: number;

  /**
   * @param nanoseconds may be any whole number; what goes beyond the second is carried into `seconds`.
   * @throws RangeError for a part that isn't whole or doesn't fit in 64 bits.
   */
  constructor(months: Integer, days: Integer, seconds: Integer, nanoseconds: Integer) {
    this.months = safe(months) ? months + 0 : checkedInteger(months, "months");
    this.days = safe(days) ? days + 0 : checkedInteger(days, "days");
    const whole = safe(seconds) ? seconds + 0 : checkedInteger(seconds, "seconds");
    if (isWithinSecond(nanoseconds) && Number.isInteger(nanoseconds)) {
      this.seconds = whole;
      this.nanoseconds = nanoseconds + 0;
    } else {
      const carried = carriedNanosecond(checkedInteger(nanoseconds, "nanoseconds"));
      this.seconds = checkedInteger(addExact(whole, carried.seconds), "seconds");
      this.nanoseconds = carried.nanosecond;
    }
  }

  get [kind](): "Duration" {
    return "Duration";
  }

  /**
   * Of any units: years and quarters are counted as months, weeks as days, hours and smaller ones as seconds and nanoseconds.
   *
   * @throws RangeError for an unknown unit, what isn't whole, and what is longer than the server allows.
   */
  static of(given: DurationUnits): Duration {
    const parts = { months: 0n, days: 0n, nanoseconds: 0n };
    for (const [name, value] of Object.entries(given)) {
      if (!Object.hasOwn(units, name)) throw new RangeError(`a duration's units are ${Object.keys(units).join(", ")}`);
      const [part, size] = units[name as keyof DurationUnits];
      if (value !== undefined) parts[part] += BigInt(checkedInteger(value, name)) * size;
    }
    return ofParts(parts);
  }

  /** Reads ISO 8601: `P1Y2M8DT24H59M58.5S`, `PT-0.5S`, `-P1W`. @throws RangeError for another form, and beyond what the server allows. */
  static parse(text: string): Duration {
    return ofParts(parseDuration(text));
  }

  /** From a TC39 `Temporal.Duration`, of any implementation. @throws TypeError for anything else. */
  static fromTemporal(value: object): Duration {
    return ofParts(temporalDurationParts(value));
  }

  /** Whether all its parts are 0. */
  get isZero(): boolean {
    return this.months === 0 && this.days === 0 && this.seconds === 0 && this.nanoseconds === 0;
  }

  /** Part by part. @throws RangeError beyond what the server allows. */
  plus(other: Duration): Duration {
    const [a, b] = [partsOf(this), partsOf(other)];
    return ofParts({
      months: a.months + b.months,
      days: a.days + b.days,
      nanoseconds: a.nanoseconds + b.nanoseconds,
    });
  }

  /** Part by part. @throws RangeError beyond what the server allows. */
  minus(other: Duration): Duration {
    return this.plus(other.negated());
  }

  /**
   * As Cypher's `*`: what is left of a month by a factor that isn't whole becomes days and seconds by a month's average length (30.436875
   * days), and what is left of a day becomes seconds.
   *
   * @throws RangeError for a factor that isn't finite, and beyond what the server allows.
   */
  multiply(factor: number | bigint): Duration {
    const [numerator, denominator] = fractionOf(factor, "factor");
    return ofParts(scaleParts(partsOf(this), numerator, denominator));
  }

  /** As Cypher's `/`, see {@link multiply}. @throws RangeError for 0, for what isn't finite, and beyond what the server allows. */
  divide(divisor: number | bigint): Duration {
    const [numerator, denominator] = fractionOf(divisor, "divisor");
    if (numerator === 0n) throw new RangeError("a duration can't be divided by zero");
    const sign = numerator < 0n ? -1n : 1n;
    return ofParts(scaleParts(partsOf(this), sign * denominator, sign * numerator));
  }

  /** With the sign of each part turned round. */
  negated(): Duration {
    const { months, days, nanoseconds } = partsOf(this);
    return ofParts({ months: -months, days: -days, nanoseconds: -nanoseconds });
  }

  /** With each part positive. */
  abs(): Duration {
    const { months, days, nanoseconds } = partsOf(this);
    return ofParts({ months: size(months), days: size(days), nanoseconds: size(nanoseconds) });
  }

  /**
   * Part by part: more months are more whatever the days are, then more days, then more seconds. `PT25H` is less than `P1D`: how
   * long a month or day is depends on where it begins.
   *
   * @returns -1, 0 or 1, for `sort`.
   * @throws TypeError for anything but a Duration.
   */
  compare(other: Duration): -1 | 0 | 1 {
    checkComparable("Duration", other);
    return (
      compareIntegers(this.months, other.months) ||
      compareIntegers(this.days, other.days) ||
      compareIntegers(this.seconds, other.seconds) ||
      compareIntegers(this.nanoseconds, other.nanoseconds)
    );
  }

  /** Text that is the same for equal durations only: a key for Map and Set. */
  toKey(): string {
    return `Duration:${this.months}:${this.days}:${this.seconds}:${this.nanoseconds}`;
  }

  /**
   * A TC39 `Temporal.Duration`.
   *
   * @param implementation default: the global `Temporal`.
   * @throws RangeError when its parts have different signs or are too large for one; TypeError where there is no Temporal.
   */
  toTemporal(implementation?: TemporalImplementation): Tc39<"Duration"> {
    return temporalDuration(implementation, this) as Tc39<"Duration">;
  }

  equals(other: unknown): boolean {
    if (kindOf(other) !== "Duration") return false;
    const that = other as Duration;
    return (
      that.months === this.months &&
      that.days === this.days &&
      that.seconds === this.seconds &&
      that.nanoseconds === this.nanoseconds
    );
  }

  /** ISO 8601 without zero parts: `P14M3DT4.5S`, and `PT0S` for none. */
  toString(): string {
    const months = this.months === 0 ? "" : `${this.months}M`;
    const days = this.days === 0 ? "" : `${this.days}D`;
    const seconds = this.seconds === 0 && this.nanoseconds === 0 ? "" : `T${secondsText(this)}S`;
    return `P${months}${days}${seconds}` === "P" ? "PT0S" : `P${months}${days}${seconds}`;
  }

  /** The ISO text. */
  toJSON(): string {
    return this.toString();
  }

  [Symbol.toPrimitive](hint: string): string {
    return primitiveOf(this, hint);
  }

  [inspect](): string {
    return `Duration ${this}`;
  }
}

function partsOf({ months, days, seconds, nanoseconds }: Duration): DurationParts {
  return { months: BigInt(months), days: BigInt(days), nanoseconds: totalNanoseconds(seconds, nanoseconds) };
}

function ofParts(parts: DurationParts): Duration {
  checkParts(parts);
  const { seconds, nanosecond } = momentOfNanoseconds(parts.nanoseconds);
  return new Duration(parts.months, parts.days, seconds, nanosecond);
}

function size(part: bigint): bigint {
  return part < 0n ? -part : part;
}

function safe(value: Integer): value is number {
  return typeof value === "number" && Number.isSafeInteger(value);
}

/** Seconds with their fraction; a negative duration's fraction counts down from the floor. */
function secondsText({ seconds, nanoseconds }: Duration): string {
  if (nanoseconds === 0) return String(seconds);
  const negative = seconds < 0;
  const whole = negative ? exactInteger(-(BigInt(seconds) + 1n)) : seconds;
  const fraction = negative ? nanosPerSecond - nanoseconds : nanoseconds;
  return `${negative ? "-" : ""}${whole}.${String(fraction).padStart(9, "0").replace(/0+$/, "")}`;
}
