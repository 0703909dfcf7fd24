/** Times as columnar files have them: counted from 1970. */
import { DateTime, Date as Day, LocalDateTime, LocalTime, Time } from "@fulgur/neo4j-driver";

export type EpochUnit = "s" | "ms" | "us" | "ns";

const perSecond: Readonly<Record<EpochUnit, number>> = { s: 1, ms: 1e3, us: 1e6, ns: 1e9 };

/** Days since 1970-01-01. */
export function dayOf(days: number): Day {
  return Day.fromEpochDays(days);
}

/** @param isUtc whether it is an instant, which becomes a DATETIME in UTC; else what a clock showed, a LOCAL DATETIME */
export function momentOf(unit: EpochUnit, isUtc: boolean): (count: bigint | number) => DateTime | LocalDateTime {
  const units = perSecond[unit];
  const nanoseconds = 1e9 / units;
  const make = isUtc
    ? (seconds: number, nanosecond: number) => DateTime.fromEpochSeconds(seconds, nanosecond, 0)
    : (seconds: number, nanosecond: number) => LocalDateTime.fromEpochSeconds(seconds, nanosecond);
  return (count) => {
    const number = Number(count);
    if (Number.isSafeInteger(number)) {
      const seconds = Math.floor(number / units);
      return make(seconds, (number - seconds * units) * nanoseconds);
    }
    const exact = BigInt(count);
    const size = BigInt(units);
    const rest = ((exact % size) + size) % size;
    return make(Number((exact - rest) / size), Number(rest) * nanoseconds);
  };
}

/** @param isUtc whether it has an offset, 0; else it becomes a LOCAL TIME */
export function clockOf(unit: EpochUnit, isUtc: boolean): (count: bigint | number) => Time | LocalTime {
  const nanoseconds = 1e9 / perSecond[unit];
  return (count) => {
    const time = LocalTime.fromNanosecondOfDay(Number(count) * nanoseconds);
    return isUtc ? Time.fromNanosecondOfDay(time.nanosecondOfDay, 0) : time;
  };
}
