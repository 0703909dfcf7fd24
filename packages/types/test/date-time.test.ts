import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DateTime, LocalDateTime, MAX_INTEGER, MIN_INTEGER } from "../src/index.ts";

const seconds = fc.bigInt({ min: -31_557_014_135_596_800n, max: 31_556_889_832_780_799n });
const nanos = fc.integer({ min: 0, max: 999_999_999 });
const offsets = fc.integer({ min: -64_800, max: 64_800 });

describe("a date-time", () => {
  it("keeps the wire's fields exactly, in the UTC and in the wall-clock form (TMP-05)", () => {
    fc.assert(
      fc.property(seconds, nanos, offsets, (epoch, nanosecond, offset) => {
        const made = DateTime.fromEpochSeconds(epoch, nanosecond, offset);
        expect([BigInt(made.epochSeconds), made.nanosecond, made.timeZoneOffsetSeconds]).toEqual([
          epoch,
          nanosecond,
          offset,
        ]);
        expect(BigInt(made.wallSeconds)).toBe(epoch + BigInt(offset));
        expect(DateTime.fromWallSeconds(made.wallSeconds, nanosecond, offset)).toEqual(made);
      }),
    );
  });

  it("is made again from its own calendar fields", () => {
    fc.assert(
      fc.property(seconds, nanos, offsets, (epoch, nanosecond, offset) => {
        const a = DateTime.fromWallSeconds(epoch, nanosecond, offset);
        const b = new DateTime(a.year, a.month, a.day, a.hour, a.minute, a.second, a.nanosecond, offset);
        expect(b).toEqual(a);
        const c = LocalDateTime.fromEpochSeconds(epoch, nanosecond);
        expect(new LocalDateTime(c.year, c.month, c.day, c.hour, c.minute, c.second, c.nanosecond)).toEqual(c);
      }),
    );
  });

  it("reads 4.4's wall clock and Bolt 5's UTC as the same instant", () => {
    const wall = DateTime.fromWallSecondsInZone(8100, 42, "Europe/Paris");
    const utc = DateTime.fromEpochSecondsInZone(4500, 42, "Europe/Paris");
    expect(wall).toEqual(utc);
    expect(utc.wallSeconds).toBe(8100);
    expect(utc.toString()).toBe("1970-01-01T02:15:00.000000042+01:00[Europe/Paris]");
    expect(DateTime.fromWallSeconds(8100, 42, 3600)).toEqual(DateTime.fromEpochSeconds(4500, 42, 3600));
  });

  it("keeps the two showings of a repeated hour apart (TMP-05)", () => {
    const fields = [2024, 10, 27, 2, 30, 0, 0] as const;
    const zone = "Europe/Stockholm";
    const earlier = new DateTime(...fields, null, zone);
    expect(earlier).toEqual(new DateTime(...fields, 7200, zone));
    const later = new DateTime(...fields, 3600, zone);
    expect(Number(later.epochSeconds) - Number(earlier.epochSeconds)).toBe(3600);
    expect([earlier.timeZoneOffsetSeconds, later.timeZoneOffsetSeconds]).toEqual([7200, 3600]);
    expect([later.hour, later.minute, later.timeZoneId]).toEqual([2, 30, zone]);
    expect(() => new DateTime(...fields, 0, zone)).toThrow(
      'the time zone "Europe/Stockholm" hasn\'t the offset Z at that time',
    );
  });

  it("needs an offset or a zone", () => {
    expect(() => new DateTime(2024, 1, 1, 0, 0, 0, 0)).toThrow("needs a timeZoneOffsetSeconds or a timeZoneId");
    expect(() => new DateTime(2024, 1, 1, 0, 0, 0, 0, null, "Mars/Phobos")).toThrow('"Mars/Phobos"');
  });

  it("loses nothing in a zone that the runtime doesn't know, and says so when the offset is asked for (TMP-06)", () => {
    const made = DateTime.fromEpochSecondsInZone(1_709_206_496, 5, "Mars/Phobos");
    expect([made.epochSeconds, made.nanosecond, made.timeZoneId]).toEqual([1_709_206_496, 5, "Mars/Phobos"]);
    expect(() => made.hour).toThrow('the time zone "Mars/Phobos" is not known');
    expect(made.toString()).toBe("2024-02-29T11:34:56.000000005Z[Mars/Phobos]");
    expect(() => DateTime.fromWallSecondsInZone(0, 0, "Mars/Phobos")).toThrow(RangeError);
  });

  it("converts to and from a JavaScript Date, an instant in UTC (TMP-03)", () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (date) => {
        const made = DateTime.fromStandardDate(date);
        expect(made.toStandardDate()).toEqual(date);
        expect(made.timeZoneOffsetSeconds).toBe(0);
        expect(LocalDateTime.fromStandardDate(date).toStandardDate()).toEqual(date);
      }),
    );
    expect(new DateTime(2024, 2, 29, 12, 0, 0, 999_999_999, 3600).toStandardDate()).toEqual(
      new Date("2024-02-29T11:00:00.999Z"),
    );
    expect(() => DateTime.fromStandardDate(new Date(Number.NaN))).toThrow("the JavaScript Date is invalid");
    expect(() => new LocalDateTime(999_999, 1, 1).toStandardDate()).toThrow("beyond what a JavaScript Date holds");
  });

  it("carries nanoseconds outside the second, as the server does", () => {
    expect(DateTime.fromEpochSeconds(0, -1, 0)).toEqual(DateTime.fromEpochSeconds(-1, 999_999_999, 0));
    expect(LocalDateTime.fromEpochSeconds(5, 2_000_000_001)).toEqual(LocalDateTime.fromEpochSeconds(7, 1));
    expect(LocalDateTime.fromEpochSeconds(0, MAX_INTEGER).nanosecond).toBe(854_775_807);
  });

  it("survives any 64-bit seconds of a strange peer", () => {
    for (const extreme of [MIN_INTEGER, MAX_INTEGER]) {
      expect(LocalDateTime.fromEpochSeconds(extreme, 0).epochSeconds).toBe(extreme);
      expect(LocalDateTime.fromEpochSeconds(extreme, 0).toString()).toMatch(/^[+-]292277\d{6}-\d\d-\d\dT/);
    }
  });

  it("compares instant, offset and zone (TMP-12)", () => {
    const noon = new DateTime(2024, 1, 1, 12, 0, 0, 0, 3600);
    expect(noon.equals(new DateTime(2024, 1, 1, 12, 0, 0, 0, 3600))).toBe(true);
    expect(noon.equals(new DateTime(2024, 1, 1, 11, 0, 0, 0, 0))).toBe(false);
    expect(noon.equals(new DateTime(2024, 1, 1, 12, 0, 0, 0, null, "Europe/Paris"))).toBe(false);
    expect(noon.equals(new LocalDateTime(2024, 1, 1, 12))).toBe(false);
    const unknown = DateTime.fromEpochSecondsInZone(0, 0, "Mars/Phobos");
    expect(unknown.equals(DateTime.fromEpochSecondsInZone(0, 0, "Mars/Phobos"))).toBe(true);
    expect(unknown.equals(DateTime.fromEpochSeconds(0, 0, 0))).toBe(false);
  });
});
