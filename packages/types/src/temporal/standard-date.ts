import type { Integer } from "../integer.ts";

/** JavaScript's own `Date`, beside this package's `Date`. */
export type StandardDate = globalThis.Date;

const maxSeconds = 8_640_000_000_000;

/**
 * @param seconds since 1970-01-01T00:00Z.
 * @throws RangeError beyond the years -271821 to 275760, which is all that a JavaScript Date holds.
 */
export function toStandard(seconds: Integer, nanosecond: number, what: string): StandardDate {
  if (seconds < -maxSeconds || seconds > maxSeconds) {
    throw new RangeError(`${what} is beyond what a JavaScript Date holds`);
  }
  return new globalThis.Date(Number(seconds) * 1000 + Math.floor(nanosecond / 1_000_000));
}

/**
 * Seconds and nanoseconds of a JavaScript Date, floored.
 *
 * @throws RangeError for an invalid one.
 */
export function fromStandard(date: StandardDate): { seconds: number; nanosecond: number } {
  const millis = date.getTime();
  if (Number.isNaN(millis)) throw new RangeError("the JavaScript Date is invalid");
  const seconds = Math.floor(millis / 1000);
  return { seconds, nanosecond: (millis - seconds * 1000) * 1_000_000 };
}
