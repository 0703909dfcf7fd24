import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DateTime, Date as Day, Duration, LocalDateTime, LocalTime, Time } from "../src/index.ts";

const days = fc.integer({ min: -365_243_219_162, max: 365_241_780_471 });
const seconds = fc.bigInt({ min: -31_557_014_135_500_000n, max: 31_556_889_832_700_000n });
const nanos = fc.oneof(fc.integer({ min: 0, max: 999_999_999 }), fc.constantFrom(0, 1, 1_000, 120_000, 999_999_999));
const nanosOfDay = fc.integer({ min: 0, max: 86_399_999_999_999 });
const offsets = fc.integer({ min: -64_800, max: 64_800 });
const zones = fc.constantFrom("Europe/Stockholm", "America/St_Johns", "Asia/Kathmandu", "UTC", "Mars/Phobos");
const part = fc.oneof(fc.integer(), fc.bigInt({ min: -(2n ** 40n), max: 2n ** 40n }));

describe("ISO 8601: what is printed is read again", () => {
  it("a Date (TMP-02)", () => {
    fc.assert(
      fc.property(days, (n) => {
        expect(Day.parse(String(Day.fromEpochDays(n)))).toEqual(Day.fromEpochDays(n));
      }),
    );
  });

  it("a LocalTime and a Time (TMP-02, TMP-09)", () => {
    fc.assert(
      fc.property(nanosOfDay, offsets, (n, offset) => {
        const local = LocalTime.fromNanosecondOfDay(n);
        expect(LocalTime.parse(String(local))).toEqual(local);
        const time = Time.fromNanosecondOfDay(n, offset);
        expect(Time.parse(String(time))).toEqual(time);
      }),
    );
  });

  it("a LocalDateTime and a DateTime with an offset or a zone, known or not (TMP-02, TMP-10)", () => {
    fc.assert(
      fc.property(seconds, nanos, offsets, zones, (s, n, offset, zone) => {
        const local = LocalDateTime.fromEpochSeconds(s, n);
        expect(LocalDateTime.parse(String(local))).toEqual(local);
        for (const made of [DateTime.fromEpochSeconds(s, n, offset), DateTime.fromEpochSecondsInZone(s, n, zone)]) {
          expect(DateTime.parse(String(made))).toEqual(made);
        }
      }),
    );
  });

  it("a Duration of any signs (TMP-11)", () => {
    fc.assert(
      fc.property(part, part, part, nanos, (months, d, s, n) => {
        const made = new Duration(months, d, s, n);
        expect(Duration.parse(String(made))).toEqual(made);
      }),
    );
  });
});

describe("other forms are read as Cypher reads them", () => {
  it.each([
    ["20240229", "2024-02-29"],
    ["2024-W09-4", "2024-02-29"],
    ["2024W094", "2024-02-29"],
    ["2020-W53-7", "2021-01-03"],
    ["2024-060", "2024-02-29"],
    ["2024366", "2024-12-31"],
    ["+12345-01-02", "+12345-01-02"],
    ["-0001-12-31", "-0001-12-31"],
    ["0000-01-01", "0000-01-01"],
    ["+2024-01-01", "2024-01-01"],
  ])("the date %s (TMP-08)", (text, printed) => {
    expect(Day.parse(text).toString()).toBe(printed);
  });

  it.each([
    ["12", "12:00:00"],
    ["12:34", "12:34:00"],
    ["123456", "12:34:56"],
    ["12:34:56,5", "12:34:56.500"],
    ["12:34:56.000000001", "12:34:56.000000001"],
    ["12:34:56.120", "12:34:56.120"],
    ["12:34:56.12345", "12:34:56.123450"],
  ])("the time %s (TMP-09)", (text, printed) => {
    expect(LocalTime.parse(text).toString()).toBe(printed);
  });

  it.each([
    ["12:00Z", "12:00:00Z"],
    ["12:00z", "12:00:00Z"],
    ["12:00+01", "12:00:00+01:00"],
    ["1200-0130", "12:00:00-01:30"],
    ["12:00:00.5+01:00:30", "12:00:00.500+01:00:30"],
    ["12:00-00:00", "12:00:00Z"],
    ["12:00+18:00", "12:00:00+18:00"],
  ])("the time with offset %s (TMP-07, TMP-09)", (text, printed) => {
    expect(Time.parse(text).toString()).toBe(printed);
  });

  it.each([
    ["2024-07-01T12:00Z", "2024-07-01T12:00:00Z"],
    ["2024-07-01T12:00[Europe/Stockholm]", "2024-07-01T12:00:00+02:00[Europe/Stockholm]"],
    ["2024-07-01T12:00Z[Europe/Stockholm]", "2024-07-01T14:00:00+02:00[Europe/Stockholm]"],
    ["2024-10-27T02:30+01:00[Europe/Stockholm]", "2024-10-27T02:30:00+01:00[Europe/Stockholm]"],
    ["2024-10-27T02:30[Europe/Stockholm]", "2024-10-27T02:30:00+02:00[Europe/Stockholm]"],
    ["2024-03-31T02:30[Europe/Stockholm]", "2024-03-31T03:30:00+02:00[Europe/Stockholm]"],
    ["2024-07-01t12:00+05:00[Mars/Phobos]", "2024-07-01T07:00:00Z[Mars/Phobos]"],
  ])("the date-time %s (TMP-10)", (text, printed) => {
    expect(DateTime.parse(text).toString()).toBe(printed);
  });

  it.each([
    ["P1Y2M8DT24H59M58.5S", new Duration(14, 8, 24 * 3600 + 59 * 60 + 58, 500_000_000)],
    ["PT-0.000000001S", new Duration(0, 0, 0, -1)],
    ["PT-0.5S", new Duration(0, 0, -1, 500_000_000)],
    ["-P1W", new Duration(0, -7, 0, 0)],
    ["-PT-1.5S", new Duration(0, 0, 1, 500_000_000)],
    ["P-1M2D", new Duration(-1, 2, 0, 0)],
    ["PT0,25S", new Duration(0, 0, 0, 250_000_000)],
    ["P0D", new Duration(0, 0, 0, 0)],
  ])("the duration %s (TMP-11)", (text, duration) => {
    expect(Duration.parse(text)).toEqual(duration);
  });
});

describe("what is no ISO 8601 is refused, without repeating it", () => {
  const cases: readonly [what: (text: string) => unknown, texts: readonly string[]][] = [
    [
      Day.parse,
      ["", "2024", "2024-2-29", "2023-02-29", "2024-13-01", "12345-01-01", "-0000-01-01", "2024-W54-1", "2023-366"],
    ],
    [
      Day.parse,
      ["2024-W09-0", "2024-W09-8", "2021-W53-1", "2024-000", "2024-02-29T00:00", " 2024-02-29", "+9999999999-01-01"],
    ],
    [LocalTime.parse, ["", "24:00", "12:60", "12:34:60", "12:34:56.", "12:34:56.1234567890", "1:00", "12:00Z"]],
    [Time.parse, ["12:00", "12:00+18:01", "12:00+19", "12:00+01:60", "12:00+1", "12:00+01:00[Europe/Paris]"]],
    [LocalDateTime.parse, ["2024-01-01", "2024-01-01T", "2024-01-01 12:00", "2024-01-01T12:00Z", "T12:00"]],
    [
      DateTime.parse,
      [
        "2024-01-01T12:00",
        "2024-01-01T12:00+02:00[Europe/Stockholm]",
        "2024-01-01T12:00[Mars/Phobos]",
        "2024-01-01T12:00[]",
      ],
    ],
    [
      Duration.parse,
      ["", "P", "PT", "P1", "1D", "P1.5D", "PT1.0000000001S", "P1DT", "P1D1M", "PT9999999999999999999S"],
    ],
  ];

  it.each(cases)("%# (TMP-02)", (parse, texts) => {
    for (const text of texts) {
      let message = "accepted";
      try {
        parse(text);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        message = (error as Error).message;
      }
      expect([text, message]).not.toEqual([text, "accepted"]);
    }
  });

  it("and a value that is no text is a TypeError", () => {
    for (const parse of [Day.parse, LocalTime.parse, Time.parse, DateTime.parse, Duration.parse]) {
      expect(() => parse(null as never)).toThrow(TypeError);
    }
  });

  it("in linear time, however long the text is", () => {
    const long = "1".repeat(200_000);
    for (const parse of [Day.parse, LocalTime.parse, Time.parse, DateTime.parse, Duration.parse]) {
      for (const text of [long, `P${long}`, `2024-01-01T${long}`, `${long}T12:00[${long}`, `12:00+${long}`]) {
        expect(() => parse(text)).toThrow(RangeError);
      }
    }
  });
});
