import { ParameterError } from "../errors/parameter-error.ts";
import { momentOfNanoseconds } from "./arithmetic.ts";
import { DateTime, type TimeZone } from "./date-time.ts";

/** The units of a column of timestamps: seconds, milliseconds, microseconds, nanoseconds. */
export type TimestampUnit = "s" | "ms" | "us" | "ns";

const nanosecondsPer: Readonly<Record<TimestampUnit, bigint>> = {
  s: 1_000_000_000n,
  ms: 1_000_000n,
  us: 1_000n,
  ns: 1n,
};
/** What columns with 64-bit timestamps write for "not a time". */
const notATime = -(2n ** 63n);

/**
 * Makes a LIST of DATETIMEs of a column of timestamps, as a `BigInt64Array` holds them, which has no unit of its own (TMP-13).
 *
 * @param values counted from 1970-01-01T00:00Z. `null` and, in 64-bit columns, -2^63 ("not a time") become `null`.
 * @param unit what is counted.
 * @param zone a zone's name or an offset in seconds; default UTC.
 * @throws ParameterError for an unknown unit, and for a value that isn't a whole number; RangeError naming a zone that this runtime doesn't
 *   know.
 */
export function timestampColumn(
  values: Iterable<bigint | number | null>,
  unit: TimestampUnit,
  zone: TimeZone = 0,
): (DateTime | null)[] {
  if (!Object.hasOwn(nanosecondsPer, unit)) {
    throw new ParameterError('the unit has to be "s", "ms", "us" or "ns"', { path: "unit", type: typeof unit });
  }
  const size = nanosecondsPer[unit];
  const column: (DateTime | null)[] = [];
  for (const value of values) {
    if (value === null || value === notATime) {
      column.push(null);
      continue;
    }
    if (typeof value !== "bigint" && !Number.isInteger(value)) {
      const message = "a timestamp has to be a whole number or null";
      throw new ParameterError(message, { path: `[${column.length}]`, type: typeof value });
    }
    const { seconds, nanosecond } = momentOfNanoseconds(BigInt(value) * size);
    column.push(DateTime.fromEpochSeconds(seconds, nanosecond, 0).withTimeZone(zone));
  }
  return column;
}
