import { inspect } from "../inspect.ts";
import { addExact, checkedInteger, exactInteger, type Integer } from "../integer.ts";
import { kind, kindOf } from "../kind.ts";
import { nanosPerSecond } from "./calendar.ts";
import { carriedNanosecond, isWithinSecond } from "./local-date-time.ts";

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

  [inspect](): string {
    return `Duration ${this}`;
  }
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
