import { MAX_INTEGER, MIN_INTEGER } from "../integer.ts";

/** A duration's parts, before they are checked and carried. */
export interface DurationParts {
  readonly months: bigint;
  readonly days: bigint;
  /** With the seconds. */
  readonly nanoseconds: bigint;
}

/** `P1Y2M8DT24H59M58.5S`: each number may have a sign, and so may the whole. */
const form =
  /^([+-])?P(?=.)(?:([+-]?\d{1,19})Y)?(?:([+-]?\d{1,19})M)?(?:([+-]?\d{1,19})W)?(?:([+-]?\d{1,19})D)?(?:T(?=.)(?:([+-]?\d{1,19})H)?(?:([+-]?\d{1,19})M)?(?:([+-]?)(\d{1,19})(?:[.,](\d{1,9}))?S)?)?$/;

/** @throws RangeError for another form. */
export function parseDuration(text: string): DurationParts {
  if (typeof text !== "string") throw new TypeError(`a text is needed, not ${text === null ? "null" : typeof text}`);
  const found = form.exec(text);
  if (found === null) {
    throw new RangeError(
      "a duration's text has the form P1Y2M8DT24H59M58.5S; only seconds may have a fraction, of at most 9 digits",
    );
  }
  const [, sign, years, months, weeks, days, hours, minutes, secondSign, seconds, fraction] = found;
  const whole = BigInt(seconds ?? 0) * 1_000_000_000n + BigInt((fraction ?? "").padEnd(9, "0"));
  const direction = sign === "-" ? -1n : 1n;
  return {
    months: direction * (big(years) * 12n + big(months)),
    days: direction * (big(weeks) * 7n + big(days)),
    nanoseconds:
      direction * ((big(hours) * 3600n + big(minutes) * 60n) * 1_000_000_000n + (secondSign === "-" ? -whole : whole)),
  };
}

function big(text: string | undefined): bigint {
  return text === undefined ? 0n : BigInt(text.replace("+", ""));
}

/** A Gregorian month is 30.436875 days on average; the server counts so, too. */
export const averageSecondsPerMonth = 2_629_746n;

/** @throws RangeError for what doesn't fit in 64 bits, each part on its own and, as the server demands, all together in seconds. */
export function checkParts({ months, days, nanoseconds }: DurationParts): void {
  const seconds = nanoseconds / 1_000_000_000n;
  const all = months * averageSecondsPerMonth + days * 86_400n + seconds;
  for (const part of [months, days, seconds, all]) {
    if (part < MIN_INTEGER || part > MAX_INTEGER) throw new RangeError("the duration is longer than the server allows");
  }
}

/**
 * Parts times a fraction, as the server does it: what is left of a month becomes days and seconds by a month's
 * average length, what is left of a day becomes seconds, and what is left of a nanosecond is cut off.
 */
export function scaleParts(parts: DurationParts, numerator: bigint, denominator: bigint): DurationParts {
  const months = parts.months * numerator;
  const monthsLeft = (months % denominator) * averageSecondsPerMonth * 1_000_000_000n;
  const daysOfMonths = monthsLeft / (denominator * dayNanoseconds);
  const days = parts.days * numerator;
  const left =
    (monthsLeft % (denominator * dayNanoseconds)) +
    (days % denominator) * dayNanoseconds +
    parts.nanoseconds * numerator;
  return {
    months: months / denominator,
    days: days / denominator + daysOfMonths,
    nanoseconds: left / denominator,
  };
}

const dayNanoseconds = 86_400_000_000_000n;

/** A number as a fraction with a positive denominator, as it is written in decimal: 0.1 is 1/10. @throws RangeError unless it is finite. */
export function fractionOf(value: number | bigint, what: string): readonly [numerator: bigint, denominator: bigint] {
  if (typeof value === "bigint") return [value, 1n];
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new RangeError(`a duration's ${what} has to be a finite number`);
  }
  const [digits = "", exponent = "0"] = String(value).split("e");
  const [whole = "", fraction = ""] = digits.split(".");
  const power = Number(exponent) - fraction.length;
  const numerator = BigInt(whole + fraction);
  return power >= 0 ? [numerator * 10n ** BigInt(power), 1n] : [numerator, 10n ** BigInt(-power)];
}
