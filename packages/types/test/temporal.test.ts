import fc from "fast-check";
import { Temporal } from "temporal-polyfill/full";
import { describe, expect, it } from "vitest";
import {
  DateTime,
  Date as Day,
  Duration,
  fromTemporal,
  implementationOf,
  LocalDateTime,
  LocalTime,
} from "../src/index.ts";

// Temporal's range: 100 million days on either side of 1970.
const days = fc.integer({ min: -100_000_000, max: 100_000_000 });
const seconds = fc.integer({ min: -8_600_000_000_000, max: 8_600_000_000_000 });
const nanos = fc.integer({ min: 0, max: 999_999_999 });
const nanosOfDay = fc.integer({ min: 0, max: 86_399_999_999_999 });
const zones = fc.constantFrom("Europe/Stockholm", "America/St_Johns", "UTC", 0, 5400, -64_800);

describe("TC39 Temporal and back", () => {
  it("loses nothing of a Date, LocalTime or LocalDateTime (TMP-03)", () => {
    fc.assert(
      fc.property(days, nanosOfDay, seconds, nanos, (d, t, s, n) => {
        for (const value of [
          Day.fromEpochDays(d),
          LocalTime.fromNanosecondOfDay(t),
          LocalDateTime.fromEpochSeconds(s, n),
        ]) {
          expect(fromTemporal(value.toTemporal(Temporal))).toEqual(value);
        }
      }),
    );
  });

  it("loses nothing of a DateTime, its zone or offset included (TMP-03)", () => {
    fc.assert(
      fc.property(seconds, nanos, zones, (s, n, zone) => {
        const value = DateTime.fromEpochSeconds(s, n, 0).withTimeZone(zone);
        const made = value.toTemporal(Temporal) as Temporal.ZonedDateTime;
        expect(fromTemporal(made)).toEqual(value);
        expect([made.year, made.month, made.day, made.hour, made.minute, made.second]).toEqual([
          value.year,
          value.month,
          value.day,
          value.hour,
          value.minute,
          value.second,
        ]);
      }),
      { numRuns: 50 },
    );
  });

  it("loses nothing of a Duration whose parts have one sign (TMP-11)", () => {
    const part = fc.nat(1_000_000_000);
    fc.assert(
      fc.property(part, part, part, nanos, fc.boolean(), (months, d, s, n, negative) => {
        const value = negative ? new Duration(months, d, s, n).negated() : new Duration(months, d, s, n);
        expect(fromTemporal(value.toTemporal(Temporal))).toEqual(value);
      }),
    );
    expect(() => new Duration(1, -1, 0, 0).toTemporal(Temporal)).toThrow(RangeError);
    expect(() => new Duration(0, 0, 2n ** 60n, 0).toTemporal(Temporal)).toThrow("too long");
  });

  it("takes an Instant for UTC, weeks for days, hours for seconds, and other calendars' days for ISO's", () => {
    const instant = Temporal.Instant.from("2024-02-29T12:00:00.000000001Z");
    expect(String(fromTemporal(instant))).toBe("2024-02-29T12:00:00.000000001Z");
    const duration = Temporal.Duration.from({
      years: 1,
      months: 2,
      weeks: 1,
      days: 1,
      hours: 24,
      minutes: 59,
      seconds: 58,
      milliseconds: 500,
    });
    expect(String(fromTemporal(duration))).toBe("P14M8DT89998.5S");
    const hebrew = Temporal.PlainDate.from("2024-02-29").withCalendar("hebrew");
    expect(hebrew.year).toBe(5784);
    expect(String(fromTemporal(hebrew))).toBe("2024-02-29");
  });

  it("knows no Cypher type for a month or a month and day, nor for anything else", () => {
    for (const value of [
      Temporal.PlainYearMonth.from("2024-02"),
      Temporal.PlainMonthDay.from("02-29"),
      {},
      null,
      1,
      new Date(0),
    ]) {
      expect(fromTemporal(value)).toBeUndefined();
    }
    expect(() => Day.fromTemporal(Temporal.PlainTime.from("12:00"))).toThrow("a Temporal.PlainDate is needed");
    expect(() => DateTime.fromTemporal({})).toThrow(TypeError);
  });

  it("refuses what Temporal doesn't hold", () => {
    expect(() => Day.MAX.toTemporal(Temporal)).toThrow(RangeError);
    expect(() => LocalDateTime.parse("+300000-01-01T00:00").toTemporal(Temporal)).toThrow(RangeError);
    expect(() => DateTime.parse("2024-01-01T00:00+01:00:30").toTemporal(Temporal)).toThrow(RangeError);
    expect(() => DateTime.parse("2024-01-01T00:00Z[Mars/Phobos]").toTemporal(Temporal)).toThrow(RangeError);
  });

  it("uses the global where none is given, and says so where there is none", () => {
    const before = Reflect.get(globalThis, "Temporal");
    try {
      Reflect.set(globalThis, "Temporal", Temporal);
      expect(Day.parse("2024-02-29").toTemporal()).toBeInstanceOf(Temporal.PlainDate);
      Reflect.deleteProperty(globalThis, "Temporal");
      expect(() => implementationOf(undefined)).toThrow("there is no global Temporal in this runtime");
    } finally {
      if (before !== undefined) Reflect.set(globalThis, "Temporal", before);
    }
  });
});
