// What is said here of sums, products and the time between was compared with the answers of Neo4j 2026.09, which writes the same
// durations with years and hours: P3Y11M30D where ours is P47M30D.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DateTime, Date as Day, Duration, LocalDateTime, LocalTime, MAX_INTEGER, Time } from "../src/index.ts";

const days = fc.integer({ min: -3_000_000, max: 3_000_000 });
const seconds = fc.integer({ min: -100_000_000_000, max: 100_000_000_000 });
const nanos = fc.integer({ min: 0, max: 999_999_999 });
const zones = fc.constantFrom("Europe/Stockholm", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "UTC");
const months = (n: number) => new Duration(n, 0, 0, 0);
const hours = (n: number) => Duration.of({ hours: n });

describe("a date plus a duration (TMP-08)", () => {
  it.each([
    ["2024-01-31", "P1M", "2024-02-29"],
    ["2023-01-31", "P1M", "2023-02-28"],
    ["2024-02-29", "P1Y", "2025-02-28"],
    ["2024-02-29", "P4Y", "2028-02-29"],
    ["2024-03-31", "P-1M", "2024-02-29"],
    ["2024-01-31", "P1M1D", "2024-03-01"],
    ["2024-12-31", "P1D", "2025-01-01"],
    ["0001-01-01", "P-1D", "0000-12-31"],
    ["2024-05-15", "P-14M", "2023-03-15"],
  ])("%s + %s is %s: months first, then days", (from, duration, to) => {
    expect(Day.parse(from).plus(Duration.parse(duration)).toString()).toBe(to);
  });

  it("undoes `until`: a.plus(a.until(b)) is b", () => {
    fc.assert(
      fc.property(days, days, (a, b) => {
        const [from, to] = [Day.fromEpochDays(a), Day.fromEpochDays(b)];
        const between = from.until(to);
        expect(from.plus(between)).toEqual(to);
        // Months and days never point different ways.
        expect(Math.sign(Number(between.months)) * Math.sign(Number(between.days))).not.toBe(-1);
      }),
    );
    expect(String(Day.parse("2024-01-31").until(Day.parse("2024-03-01")))).toBe("P1M1D");
    expect(String(Day.parse("2024-03-31").until(Day.parse("2024-02-29")))).toBe("P-1M");
  });

  it("refuses a duration with a time, and days outside the server's years", () => {
    expect(() => Day.parse("2024-01-01").plus(hours(24))).toThrow("can't be added to a Date");
    expect(() => Day.MAX.plus(new Duration(0, 1, 0, 0))).toThrow("outside the years");
    expect(() => Day.MIN.minus(months(1))).toThrow(RangeError);
    expect(() => Day.MIN.plus(months(Number.MAX_SAFE_INTEGER))).toThrow(RangeError);
    expect(() => Day.MIN.plus(new Duration(0, MAX_INTEGER, 0, 0))).toThrow(RangeError);
  });
});

describe("the calendar of a date (TMP-08)", () => {
  it("has weekdays and weeks as ISO 8601 counts them", () => {
    const fields = (text: string) => {
      const { dayOfWeek, isoWeek, isoWeekYear, dayOfYear, daysInMonth, isLeapYear } = Day.parse(text);
      return [dayOfWeek, isoWeek, isoWeekYear, dayOfYear, daysInMonth, isLeapYear];
    };
    expect(fields("2024-02-29")).toEqual([4, 9, 2024, 60, 29, true]);
    expect(fields("2024-12-30")).toEqual([1, 1, 2025, 365, 31, true]);
    expect(fields("2021-01-03")).toEqual([7, 53, 2020, 3, 31, false]);
    expect(fields("1900-03-01")).toEqual([4, 9, 1900, 60, 31, false]);
    expect(fields("-0001-12-31")[3]).toBe(365);
  });

  it("agrees with JavaScript's weekdays, and its week dates are read again", () => {
    fc.assert(
      fc.property(days, (n) => {
        const day = Day.fromEpochDays(n);
        expect(day.dayOfWeek % 7).toBe(day.toStandardDate().getUTCDay());
        if (day.isoWeekYear < 0 || day.isoWeekYear > 9999) return;
        const week = `${String(day.isoWeekYear).padStart(4, "0")}-W${String(day.isoWeek).padStart(2, "0")}`;
        expect(Day.parse(`${week}-${day.dayOfWeek}`)).toEqual(day);
      }),
    );
  });

  it("changes single fields, and refuses what doesn't exist", () => {
    expect(String(Day.parse("2024-02-29").with({ day: 1, month: 12 }))).toBe("2024-12-01");
    expect(() => Day.parse("2024-02-29").with({ year: 2023 })).toThrow("day of 2023-02");
  });

  it("has a first and a last day", () => {
    expect([String(Day.MIN), String(Day.MAX)]).toEqual(["-999999999-01-01", "+999999999-12-31"]);
  });
});

describe("times of day plus a duration (TMP-09)", () => {
  it("go round midnight, and whole days change nothing", () => {
    expect(String(LocalTime.parse("23:30").plus(hours(1)))).toBe("00:30:00");
    expect(String(LocalTime.parse("00:30").minus(hours(25)))).toBe("23:30:00");
    expect(String(LocalTime.parse("12:00").plus(new Duration(1, 1, 0, 1)))).toBe("12:00:00.000000001");
    expect(String(Time.parse("23:30+01:00").plus(hours(1)))).toBe("00:30:00+01:00");
  });

  it("undo `until`, at the same instant for times with an offset", () => {
    const clock = fc.integer({ min: 0, max: 86_399_999_999_999 });
    const offset = fc.integer({ min: -64_800, max: 64_800 });
    fc.assert(
      fc.property(clock, clock, offset, offset, (a, b, o, p) => {
        const [from, to] = [LocalTime.fromNanosecondOfDay(a), LocalTime.fromNanosecondOfDay(b)];
        expect(from.plus(from.until(to))).toEqual(to);
        const [zonedFrom, zonedTo] = [Time.fromNanosecondOfDay(a, o), Time.fromNanosecondOfDay(b, p)];
        expect(zonedFrom.plus(zonedFrom.until(zonedTo))).toEqual(zonedTo.withOffset(o));
      }),
    );
  });

  it("have midnight, midday, the first and the last", () => {
    const all = [LocalTime.MIDNIGHT, LocalTime.MIN, LocalTime.MIDDAY, LocalTime.MAX];
    expect(all.map(String)).toEqual(["00:00:00", "00:00:00", "12:00:00", "23:59:59.999999999"]);
    expect(String(LocalTime.MAX.with({ hour: 1, nanosecond: 5 }))).toBe("01:59:59.000000005");
    expect(String(Time.parse("12:00Z").with({ timeZoneOffsetSeconds: 3600 }))).toBe("12:00:00+01:00");
    expect(String(Time.parse("12:00Z").withOffset(-3600))).toBe("11:00:00-01:00");
    expect(() => LocalTime.MIN.with({ hour: 24 })).toThrow(RangeError);
  });
});

describe("date-times plus a duration (TMP-10)", () => {
  it.each([
    ["2024-01-31T12:00[Europe/Stockholm]", "P1M", "2024-02-29T12:00:00+01:00[Europe/Stockholm]"],
    // A day on the clock, over the change of clocks; 24 hours are real time.
    ["2024-03-30T12:00[Europe/Stockholm]", "P1D", "2024-03-31T12:00:00+02:00[Europe/Stockholm]"],
    ["2024-03-30T12:00[Europe/Stockholm]", "PT24H", "2024-03-31T13:00:00+02:00[Europe/Stockholm]"],
    // A time that is skipped moves forward; one that is shown twice keeps the offset that it had.
    ["2024-03-30T02:30[Europe/Stockholm]", "P1D", "2024-03-31T03:30:00+02:00[Europe/Stockholm]"],
    ["2024-10-26T02:30[Europe/Stockholm]", "P1D", "2024-10-27T02:30:00+02:00[Europe/Stockholm]"],
    ["2024-10-28T02:30[Europe/Stockholm]", "P-1D", "2024-10-27T02:30:00+01:00[Europe/Stockholm]"],
    ["2024-10-27T02:30+01:00[Europe/Stockholm]", "PT-1H", "2024-10-27T02:30:00+02:00[Europe/Stockholm]"],
    ["2024-01-01T00:00+05:30", "P1M-1DT0.000000001S", "2024-01-31T00:00:00.000000001+05:30"],
  ])("%s + %s is %s", (from, duration, to) => {
    expect(DateTime.parse(from).plus(Duration.parse(duration)).toString()).toBe(to);
  });

  it("undoes `until` to the nanosecond, over changes of clocks", () => {
    fc.assert(
      fc.property(seconds, nanos, seconds, nanos, zones, zones, (s, n, t, m, zone, other) => {
        const [from, to] = [LocalDateTime.fromEpochSeconds(s, n), LocalDateTime.fromEpochSeconds(t, m)];
        expect(from.plus(from.until(to))).toEqual(to);
        const zonedFrom = DateTime.fromEpochSecondsInZone(s, n, zone);
        const zonedTo = DateTime.fromEpochSecondsInZone(t, m, other);
        expect(zonedFrom.plus(zonedFrom.until(zonedTo)).compare(zonedTo)).toBe(0);
      }),
    );
    const from = LocalDateTime.parse("2024-01-31T12:00");
    expect(String(from.until(LocalDateTime.parse("2024-03-01T11:00")))).toBe("P29DT82800S");
  });

  it("refuses results outside the server's years, and is exact at their ends", () => {
    const last = LocalDateTime.combine(Day.MAX, LocalTime.MAX);
    expect(() => last.plus(new Duration(0, 0, 0, 1))).toThrow("outside the years");
    expect(String(last.minus(new Duration(0, 0, 0, 999_999_999)))).toBe("+999999999-12-31T23:59:59");
    expect(String(LocalDateTime.combine(Day.MIN, LocalTime.MIN).plus(hours(1)))).toBe("-999999999-01-01T01:00:00");
    expect(() => DateTime.fromLocal(last, 0).plus(months(1))).toThrow(RangeError);
  });

  it("converts between zones, days, times and instants before 1970", () => {
    const made = DateTime.parse("1969-12-31T23:59:59.5-05:00");
    expect(made.epochSeconds).toBe(5 * 3600 - 1);
    expect(String(made.withTimeZone("Asia/Kathmandu"))).toBe("1970-01-01T10:29:59.500+05:30[Asia/Kathmandu]");
    expect(String(made.withTimeZone(0))).toBe("1970-01-01T04:59:59.500Z");
    expect([made.toDate(), made.toLocalTime(), made.toTime(), made.toLocalDateTime()].map(String)).toEqual([
      "1969-12-31",
      "23:59:59.500",
      "23:59:59.500-05:00",
      "1969-12-31T23:59:59.500",
    ]);
    expect(DateTime.combine(made.toDate(), made.toTime())).toEqual(made);
    expect(String(DateTime.combine(made.toDate(), made.toLocalTime(), "UTC"))).toBe("1969-12-31T23:59:59.500Z[UTC]");
    expect(() => DateTime.combine(made.toDate(), made.toLocalTime() as never)).toThrow("needs a zone");
    expect(() => made.withTimeZone("Mars/Phobos")).toThrow('"Mars/Phobos"');
    expect(String(made.toLocalDateTime().with({ year: 2000, month: 2, nanosecond: 0, day: 29 }))).toBe(
      "2000-02-29T23:59:59",
    );
  });

  it("keeps zone and offset when fields change, in the repeated hour, too", () => {
    const later = DateTime.parse("2024-10-27T02:30+01:00[Europe/Stockholm]");
    expect(String(later.with({ minute: 45 }))).toBe("2024-10-27T02:45:00+01:00[Europe/Stockholm]");
    expect(String(later.with({ month: 7 }))).toBe("2024-07-27T02:30:00+02:00[Europe/Stockholm]");
  });

  it("takes a repeated or skipped hour as it is told (TMP-04)", () => {
    const zone = "Europe/Stockholm";
    const offsetOf = (text: string, how?: "compatible" | "earlier" | "later") =>
      String(DateTime.fromLocal(LocalDateTime.parse(text), zone, how)).slice(11, 22);
    expect(offsetOf("2024-10-27T02:30")).toBe("02:30:00+02");
    expect(offsetOf("2024-10-27T02:30", "earlier")).toBe("02:30:00+02");
    expect(offsetOf("2024-10-27T02:30", "later")).toBe("02:30:00+01");
    expect(offsetOf("2024-03-31T02:30")).toBe("03:30:00+02");
    expect(offsetOf("2024-03-31T02:30", "later")).toBe("03:30:00+02");
    expect(offsetOf("2024-03-31T02:30", "earlier")).toBe("01:30:00+01");
    expect(offsetOf("2024-07-01T02:30", "earlier")).toBe("02:30:00+02");
    for (const [text, why] of [
      ["2024-10-27T02:30", "show that time twice"],
      ["2024-03-31T02:30", "skip that time"],
    ] as const) {
      expect(() => DateTime.fromLocal(LocalDateTime.parse(text), zone, "reject")).toThrow(why);
    }
    expect(() => offsetOf("2024-10-27T02:30", "both" as never)).toThrow("disambiguation has to be");
  });
});

describe("now and today (TMP-14)", () => {
  it("ask the given clock, in UTC unless told otherwise", () => {
    const clock = { now: () => Date.UTC(2024, 1, 29, 23, 30, 0, 250) };
    expect(String(Day.today({ clock }))).toBe("2024-02-29");
    expect(String(Day.today({ clock, timeZoneId: "Europe/Stockholm" }))).toBe("2024-03-01");
    expect(String(DateTime.now({ clock }))).toBe("2024-02-29T23:30:00.250Z");
    expect(String(DateTime.now({ clock, zone: "Asia/Kathmandu" }))).toBe(
      "2024-03-01T05:15:00.250+05:45[Asia/Kathmandu]",
    );
    expect(String(DateTime.now({ clock, zone: -3600 }))).toBe("2024-02-29T22:30:00.250-01:00");
    expect(() => Day.today({ clock, timeZoneId: "Mars/Phobos" })).toThrow(RangeError);
  });

  it("are of this moment without one", () => {
    const before = Date.now();
    const made = DateTime.now().toStandardDate().getTime();
    expect(made >= before && made <= Date.now()).toBe(true);
    expect(Math.abs(Day.today().epochDays - before / 86_400_000)).toBeLessThan(2);
  });
});

describe("durations (TMP-11)", () => {
  const part = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
  const durations = fc.tuple(part, part, part, nanos).map((parts) => new Duration(...parts));

  it("add and subtract part by part, and turn round", () => {
    fc.assert(
      fc.property(durations, durations, (a, b) => {
        expect(a.plus(b).minus(b)).toEqual(a);
        expect(a.plus(a.negated()).isZero).toBe(true);
        expect(a.multiply(3)).toEqual(a.plus(a).plus(a));
        expect(a.multiply(-1)).toEqual(a.negated());
        expect(a.multiply(1_000).divide(1_000)).toEqual(a);
        for (const size of [a.abs().months, a.abs().days, a.abs().seconds]) expect(size >= 0).toBe(true);
      }),
    );
  });

  it.each([
    ["P1M", 0.5, "P15DT18873S"],
    ["P3M", 0.5, "P1M15DT18873S"],
    ["P1D", 0.5, "PT43200S"],
    ["PT1S", 0.1, "PT0.1S"],
    ["P10M", 0.3, "P3M"],
    ["PT-1S", 1e-9, "PT-0.000000001S"],
    ["PT1S", 1e9, "PT1000000000S"],
  ])("%s times %s is %s: what is left of a month becomes days and seconds", (text, factor, product) => {
    expect(String(Duration.parse(text).multiply(factor))).toBe(product);
  });

  it("divide, and refuse zero", () => {
    expect(String(Duration.parse("PT1S").divide(3))).toBe("PT0.333333333S");
    expect(String(Duration.parse("PT2S").divide(-3))).toBe("PT-0.666666666S");
    expect(String(Duration.parse("P7D").divide(2))).toBe("P3DT43200S");
    expect(String(Duration.parse("P1Y").divide(0.5))).toBe("P24M");
    expect(() => Duration.parse("P1D").divide(0)).toThrow("divided by zero");
    expect(() => Duration.parse("P1D").multiply(Number.NaN)).toThrow("factor has to be a finite number");
    expect(() => Duration.parse("P1D").divide(Number.POSITIVE_INFINITY)).toThrow("divisor");
  });

  it("are made of any units", () => {
    const all = { years: 1, quarters: 1, months: 1, weeks: 1, days: 1, hours: 1, minutes: 1, seconds: 1 };
    expect(String(Duration.of({ ...all, milliseconds: 1, microseconds: 1, nanoseconds: 1 }))).toBe(
      "P16M8DT3661.001001001S",
    );
    expect(String(Duration.of({ nanoseconds: -1n }))).toBe("PT-0.000000001S");
    expect(Duration.of({}).isZero).toBe(true);
    expect(() => Duration.of({ hours: 0.5 })).toThrow("hours has to be a whole number");
    expect(() => Duration.of({ centuries: 1 } as never)).toThrow("a duration's units are years");
  });

  it("are limited as the server limits them", () => {
    const most = Duration.of({ seconds: MAX_INTEGER });
    expect(() => most.plus(Duration.of({ seconds: 1 }))).toThrow("longer than the server allows");
    expect(() => Duration.of({ years: MAX_INTEGER })).toThrow(RangeError);
    expect(() => Duration.of({ days: 2n ** 62n })).toThrow(RangeError);
    expect(() => Duration.parse("P999999999999999999Y")).toThrow(RangeError);
    expect(most.negated().seconds).toBe(-MAX_INTEGER);
  });
});
