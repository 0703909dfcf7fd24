/**
 * A whole number as this package hands it out: a `number` when it is safe (`Number.isSafeInteger`), else a `bigint`.
 * It is never rounded.
 */
export type Integer = number | bigint;

/** The smallest Cypher INTEGER, -2^63. */
export const MIN_INTEGER: bigint = -(2n ** 63n);

/** The largest Cypher INTEGER, 2^63 - 1. */
export const MAX_INTEGER: bigint = 2n ** 63n - 1n;

/** Whether a bigint fits in Cypher's INTEGER, 64 bits with a sign. */
export function fitsInteger(value: bigint): boolean {
  return value >= MIN_INTEGER && value <= MAX_INTEGER;
}

/** The one form of a whole number that {@link Integer} promises: a bigint only when a number would be rounded. */
export function exactInteger(value: Integer): Integer {
  if (typeof value === "number") return value;
  const asNumber = Number(value);
  return Number.isSafeInteger(asNumber) ? asNumber : value;
}

/** `a + b` without rounding; numbers as long as both and the sum are safe. */
export function addExact(a: Integer, b: Integer): Integer {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return exactInteger(BigInt(a) + BigInt(b));
}

/** `a - b` without rounding; numbers as long as both and the difference are safe. */
export function subtractExact(a: Integer, b: Integer): Integer {
  return addExact(a, typeof b === "number" ? -b : -b);
}

/**
 * Checks a whole number that a user gave and brings it to the form that {@link Integer} promises.
 *
 * @param what what the number is, for the message.
 * @throws RangeError when it isn't whole, isn't safe as a number, or doesn't fit in 64 bits.
 */
export function checkedInteger(value: Integer, what: string): Integer {
  if (typeof value === "number") {
    if (Number.isSafeInteger(value)) return value + 0; // -0 becomes 0
    throw new RangeError(
      Number.isInteger(value)
        ? `${what} is beyond what a number holds exactly: give a bigint`
        : `${what} has to be a whole number`,
    );
  }
  if (typeof value !== "bigint") throw new RangeError(`${what} has to be a number or a bigint, not ${typeof value}`);
  if (!fitsInteger(value)) throw new RangeError(`${what} doesn't fit in 64 bits`);
  return exactInteger(value);
}

/**
 * Checks that a number is whole and within bounds.
 *
 * @throws RangeError that names what it is, and the bounds.
 */
export function checkedWithin(value: number, min: number, max: number, what: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= max) return value + 0;
  const got = typeof value === "number" || typeof value === "bigint" ? String(value) : typeof value;
  throw new RangeError(`${what} has to be a whole number from ${min} to ${max}, not ${got}`);
}

/**
 * A wire integer that a value can only hold as a safe number.
 *
 * @throws RangeError when it isn't safe.
 */
export function safeNumber(value: Integer, what: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new RangeError(`${what} is out of range`);
}
