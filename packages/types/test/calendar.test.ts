import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Date as CypherDate, LocalDateTime } from "../src/index.ts";
import { calendarDayOf, daysInMonth, epochDaysOf, epochDaysOfSeconds, secondOfDay } from "../src/temporal/calendar.ts";

const anyYear = fc.integer({ min: -999_999_999, max: 999_999_999 });
/** The days that the server sends. */
const anyEpochDay = fc.integer({ min: -365_243_219_162, max: 365_241_780_471 });
const anyDay = fc
  .tuple(anyYear, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
  .filter(([year, month, day]) => day <= daysInMonth(year, month));

describe("the calendar", () => {
  it("turns every day into epoch days and back, over all of Neo4j's years", () => {
    fc.assert(
      fc.property(anyDay, ([year, month, day]) => {
        expect(calendarDayOf(epochDaysOf(year, month, day))).toEqual({ year, month, day });
      }),
    );
  });

  it("turns every number of epoch days into a real day and back", () => {
    fc.assert(
      fc.property(anyEpochDay, (epochDays) => {
        const { year, month, day } = calendarDayOf(epochDays);
        expect(month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)).toBe(true);
        expect(epochDaysOf(year, month, day)).toBe(epochDays);
      }),
    );
  });

  it("makes the day after a day the next of the calendar", () => {
    fc.assert(
      fc.property(anyEpochDay, (epochDays) => {
        const { year, month, day } = calendarDayOf(epochDays);
        const lastOfMonth = day === daysInMonth(year, month);
        const next = calendarDayOf(epochDays + 1);
        if (!lastOfMonth) expect(next).toEqual({ year, month, day: day + 1 });
        else if (month < 12) expect(next).toEqual({ year, month: month + 1, day: 1 });
        else expect(next).toEqual({ year: year + 1, month: 1, day: 1 });
      }),
    );
  });

  it("agrees with JavaScript's Date within its range", () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), (epochDays) => {
        const standard = new Date(epochDays * 86_400_000);
        const ours = CypherDate.fromEpochDays(epochDays);
        expect([ours.year, ours.month, ours.day]).toEqual([
          standard.getUTCFullYear(),
          standard.getUTCMonth() + 1,
          standard.getUTCDate(),
        ]);
        expect(ours.toStandardDate()).toEqual(standard);
        expect(CypherDate.fromStandardDate(standard).epochDays).toBe(epochDays);
      }),
    );
  });

  it("puts the server's first and last day where the server has them", () => {
    expect(new CypherDate(-999_999_999, 1, 1).epochDays).toBe(-365_243_219_162);
    expect(new CypherDate(999_999_999, 12, 31).epochDays).toBe(365_241_780_471);
    expect(CypherDate.fromEpochDays(19_782).toString()).toBe("2024-02-29");
    expect(CypherDate.fromEpochDays(-719_893).toString()).toBe("-0001-01-01");
  });

  it("splits seconds into days and a second of the day, as numbers and as bigints", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (seconds) => {
        const days = epochDaysOfSeconds(seconds);
        expect(BigInt(days) * 86_400n + BigInt(secondOfDay(seconds))).toBe(BigInt(seconds));
        expect([epochDaysOfSeconds(BigInt(seconds)), secondOfDay(BigInt(seconds))]).toEqual([
          days,
          secondOfDay(seconds),
        ]);
      }),
    );
  });

  it("keeps a date-time exact where its seconds are no longer safe as a number (TMP-10)", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 86_399 }), ([year, month, day], second) => {
        const made = new LocalDateTime(
          year,
          month,
          day,
          Math.floor(second / 3600),
          Math.floor(second / 60) % 60,
          second % 60,
        );
        expect(BigInt(made.epochSeconds)).toBe(BigInt(epochDaysOf(year, month, day)) * 86_400n + BigInt(second));
        expect([made.year, made.month, made.day, made.hour * 3600 + made.minute * 60 + made.second]).toEqual([
          year,
          month,
          day,
          second,
        ]);
        expect(typeof made.epochSeconds).toBe(Number.isSafeInteger(Number(made.epochSeconds)) ? "number" : "bigint");
      }),
    );
  });

  it.each([
    [2023, 2, 29, "day of 2023-02 has to be a whole number from 1 to 28, not 29"],
    [2024, 13, 1, "month has to be a whole number from 1 to 12, not 13"],
    [2024, 1.5, 1, "month has to be a whole number from 1 to 12, not 1.5"],
    [1_000_000_000, 1, 1, "year has to be a whole number from -999999999 to 999999999, not 1000000000"],
    [Number.NaN, 1, 1, "year has to be a whole number from -999999999 to 999999999, not NaN"],
  ])("refuses %d-%d-%d and names the field", (year, month, day, message) => {
    expect(() => new CypherDate(year, month, day)).toThrow(new RangeError(message));
  });
});
