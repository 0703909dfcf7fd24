import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Duration, LocalTime, MAX_INTEGER, MIN_INTEGER, Time } from "../src/index.ts";

const nanosOfDay = fc.integer({ min: 0, max: 86_399_999_999_999 });

describe("times of day", () => {
  it("round trip their clock fields at every nanosecond (TMP-09)", () => {
    fc.assert(
      fc.property(nanosOfDay, fc.integer({ min: -64_800, max: 64_800 }), (nanos, offset) => {
        const local = LocalTime.fromNanosecondOfDay(nanos);
        expect(new LocalTime(local.hour, local.minute, local.second, local.nanosecond)).toEqual(local);
        const time = Time.fromNanosecondOfDay(nanos, offset);
        expect(new Time(time.hour, time.minute, time.second, time.nanosecond, offset)).toEqual(time);
      }),
    );
  });

  it.each([
    [new LocalTime(0, 0), "00:00:00"],
    [new LocalTime(23, 59, 59, 999_999_999), "23:59:59.999999999"],
    [new LocalTime(12, 34, 56, 500_000_000), "12:34:56.500"],
    [new LocalTime(12, 34, 56, 120_000), "12:34:56.000120"],
    [new Time(12, 34, 56, 789_000_000, 5400), "12:34:56.789+01:30"],
    [new Time(0, 0, 0, 0, -18_000), "00:00:00-05:00"],
    [new Time(0, 0, 0, 1, 0), "00:00:00.000000001Z"],
    [new Time(1, 2, 3, 0, 3630), "01:02:03+01:00:30"],
  ])("print as ISO 8601: %s", (time, text) => {
    expect(time.toString()).toBe(text);
    expect(JSON.stringify(time)).toBe(`"${text}"`);
  });

  it("take an offset of whole seconds within 18 hours (TMP-07)", () => {
    expect(new Time(0, 0, 0, 0, 3630).timeZoneOffsetSeconds).toBe(3630);
    expect(() => new Time(0, 0, 0, 0, 0.5)).toThrow("timeZoneOffsetSeconds has to be a whole number");
    expect(() => new Time(0, 0, 0, 0, 64_801)).toThrow(RangeError);
  });

  it("refuse 24:00 and a nanosecond too many", () => {
    expect(() => new LocalTime(24, 0)).toThrow("hour has to be a whole number from 0 to 23, not 24");
    expect(() => new LocalTime(0, 0, 0, 1_000_000_000)).toThrow("nanosecond has to be");
  });

  it("are not equal when only the instant is (TMP-12)", () => {
    expect(new Time(12, 0, 0, 0, 3600).equals(new Time(11, 0, 0, 0, 0))).toBe(false);
    expect(new Time(12, 0, 0, 0, 3600).equals(new Time(12, 0, 0, 0, 3600))).toBe(true);
    expect(new Time(12, 0, 0, 0, 0).equals(new LocalTime(12, 0))).toBe(false);
  });
});

describe("a duration", () => {
  const int64 = fc.bigInt({ min: MIN_INTEGER, max: MAX_INTEGER });

  it("holds any 64-bit part without rounding (TMP-11)", () => {
    fc.assert(
      fc.property(int64, int64, int64, fc.integer({ min: 0, max: 999_999_999 }), (months, days, seconds, nanos) => {
        const made = new Duration(months, days, seconds, nanos);
        expect([BigInt(made.months), BigInt(made.days), BigInt(made.seconds), made.nanoseconds]).toEqual([
          months,
          days,
          seconds,
          nanos,
        ]);
        expect(made).toEqual(new Duration(made.months, made.days, made.seconds, made.nanoseconds));
      }),
    );
  });

  it("carries nanoseconds into floored seconds, keeping the sum", () => {
    fc.assert(
      fc.property(fc.integer(), fc.maxSafeInteger(), (seconds, nanos) => {
        const made = new Duration(0, 0, seconds, nanos);
        expect(made.nanoseconds >= 0 && made.nanoseconds < 1_000_000_000).toBe(true);
        expect(BigInt(made.seconds) * 1_000_000_000n + BigInt(made.nanoseconds)).toBe(
          BigInt(seconds) * 1_000_000_000n + BigInt(nanos),
        );
      }),
    );
  });

  it.each([
    [new Duration(14, 3, 4, 500_000_000), "P14M3DT4.5S"],
    [new Duration(0, 0, 0, 0), "PT0S"],
    [new Duration(0, 0, -1, 500_000_000), "PT-0.5S"],
    [new Duration(0, 0, 0, -1), "PT-0.000000001S"],
    [new Duration(0, 0, -2, 0), "PT-2S"],
    [new Duration(0, 0, -2, 250_000_000), "PT-1.75S"],
    [new Duration(-1, 2, 0, 0), "P-1M2D"],
    [new Duration(0, 0, MIN_INTEGER, 1), "PT-9223372036854775807.999999999S"],
  ])("prints as ISO 8601: %s", (duration, text) => {
    expect(duration.toString()).toBe(text);
  });

  it("refuses what isn't whole or doesn't fit", () => {
    expect(() => new Duration(0.5, 0, 0, 0)).toThrow("months has to be a whole number");
    expect(() => new Duration(0, 0, 0, 0.5)).toThrow("nanoseconds has to be a whole number");
    expect(() => new Duration(0, 2n ** 63n, 0, 0)).toThrow("days doesn't fit in 64 bits");
    expect(() => new Duration(0, 0, MAX_INTEGER, 1_000_000_000)).toThrow("seconds doesn't fit in 64 bits");
    expect(() => new Duration(0, 0, 2 ** 53, 0)).toThrow("give a bigint");
  });
});
