import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { epochSecondsOfWall, isKnownTimeZone, timeZoneOffsetAt, wallSecondsOf } from "../src/index.ts";

const utc = (text: string): number => Date.parse(`${text}Z`) / 1000;
const hour = 3600;
const zones = [
  "UTC",
  "Europe/Stockholm",
  "America/New_York",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "Pacific/Apia",
];

describe("named time zones (TMP-04)", () => {
  it("have their offset on both sides of a change of clocks", () => {
    expect(timeZoneOffsetAt("Europe/Stockholm", utc("2024-03-31T00:59:59"))).toBe(hour);
    expect(timeZoneOffsetAt("Europe/Stockholm", utc("2024-03-31T01:00:00"))).toBe(2 * hour);
    expect(timeZoneOffsetAt("Europe/Stockholm", utc("2024-10-27T00:59:59"))).toBe(2 * hour);
    expect(timeZoneOffsetAt("Europe/Stockholm", utc("2024-10-27T01:00:00"))).toBe(hour);
    expect(timeZoneOffsetAt("Asia/Kathmandu", 0)).toBe(5.5 * hour);
    expect(timeZoneOffsetAt("UTC", 0)).toBe(0);
  });

  it("take the earlier instant of a wall time that is shown twice", () => {
    const wall = utc("2024-10-27T02:30:00");
    expect(epochSecondsOfWall("Europe/Stockholm", wall)).toBe(utc("2024-10-27T00:30:00"));
    expect(epochSecondsOfWall("America/New_York", utc("2024-11-03T01:30:00"))).toBe(utc("2024-11-03T05:30:00"));
    expect(epochSecondsOfWall("Australia/Lord_Howe", utc("2024-04-07T01:45:00"))).toBe(utc("2024-04-06T14:45:00"));
  });

  it("move a wall time that is skipped forward by the gap", () => {
    const moved = epochSecondsOfWall("Europe/Stockholm", utc("2024-03-31T02:30:00"));
    expect(moved).toBe(utc("2024-03-31T01:30:00"));
    expect(wallSecondsOf("Europe/Stockholm", moved)).toBe(utc("2024-03-31T03:30:00"));
    // Samoa crossed the date line: a whole day was skipped.
    const day = epochSecondsOfWall("Pacific/Apia", utc("2011-12-30T12:00:00"));
    expect(wallSecondsOf("Pacific/Apia", day)).toBe(utc("2011-12-31T12:00:00"));
  });

  it("round trip every instant through the wall clock, but for the second showing of a repeated time", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: utc("1900-01-01T00:00"), max: utc("2100-01-01T00:00") }),
        (zone, instant) => {
          const wall = wallSecondsOf(zone, instant);
          const back = epochSecondsOfWall(zone, wall);
          expect(wallSecondsOf(zone, back)).toBe(wall);
          expect(back <= instant).toBe(true);
        },
      ),
    );
  });

  it("agree with the formatter of the runtime", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: utc("1700-01-01T00:00"), max: utc("2500-01-01T00:00") }),
        (zone, instant) => {
          const shown = new Date(instant * 1000).toLocaleString("sv-SE", { timeZone: zone });
          expect(wallSecondsOf(zone, instant)).toBe(utc(shown.replace(" ", "T")));
        },
      ),
    );
  });

  it("agree with it in every zone that the runtime has, around changes of clocks and between", () => {
    const formats = new Map<string, Intl.DateTimeFormat>();
    const shownBy = (zone: string, instant: number): number => {
      let format = formats.get(zone);
      if (format === undefined) {
        const [year, month, day, hour, minute, second] = new Array(6).fill("numeric");
        format = new Intl.DateTimeFormat("en-US", {
          timeZone: zone,
          hourCycle: "h23",
          year,
          month,
          day,
          hour,
          minute,
          second,
        });
        formats.set(zone, format);
      }
      const parts = Object.fromEntries(
        format.formatToParts(instant * 1000).map(({ type, value }) => [type, Number(value)]),
      );
      const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
      return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
    };
    const range = { min: utc("1850-01-01T00:00"), max: utc("2100-01-01T00:00") };
    fc.assert(
      fc.property(fc.constantFrom(...Intl.supportedValuesOf("timeZone")), fc.integer(range), (zone, instant) => {
        // A walk of a year by uneven steps crosses the changes; the last ones are about the end of a stretch that is looked up at once.
        for (let at = instant; at < instant + 366 * 86_400; at += 20 * 86_400 + 3_571) {
          expect([zone, at, wallSecondsOf(zone, at)]).toEqual([zone, at, shownBy(zone, at)]);
        }
        for (const at of [-1, 0, 1].map((by) => Math.floor(instant / 2 ** 22) * 2 ** 22 + by)) {
          expect([zone, at, wallSecondsOf(zone, at)]).toEqual([zone, at, shownBy(zone, at)]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("see changes that are days apart, and those that fall on odd seconds", () => {
    // Tunis, 1943: eight days; St. John's changed at a minute past midnight.
    const tunis = [-842_918_401, -842_918_400, -842_223_601, -842_223_600];
    expect(tunis.map((at) => timeZoneOffsetAt("Africa/Tunis", at) / hour)).toEqual([2, 1, 1, 2]);
    const johns = [utc("2010-03-14T03:30:59"), utc("2010-03-14T03:31:00")];
    expect(johns.map((at) => timeZoneOffsetAt("America/St_Johns", at) / hour)).toEqual([-3.5, -2.5]);
  });

  it("reach beyond a JavaScript Date, and before Christ", () => {
    const solar = timeZoneOffsetAt("Europe/Paris", utc("1800-01-01T00:00:00"));
    expect(solar).toBe(561);
    expect(timeZoneOffsetAt("Europe/Paris", utc("-000100-06-01T00:00:00"))).toBe(solar);
    expect(timeZoneOffsetAt("Europe/Paris", -31_557_014_135_596_799n)).toBe(solar);
    // Years 400 apart have the same rules: July has summer time in the year 999,998,000, as in 2000.
    const july = BigInt(utc("2000-07-01T00:00:00")) + ((999_998_000n - 2000n) / 400n) * 146_097n * 86_400n;
    expect(timeZoneOffsetAt("Europe/Stockholm", july)).toBe(2 * hour);
    expect(timeZoneOffsetAt("Europe/Stockholm", july + 184n * 86_400n)).toBe(hour);
    expect(epochSecondsOfWall("Europe/Stockholm", july + 7200n)).toBe(july);
  });

  it("name a zone that the runtime doesn't know", () => {
    expect(isKnownTimeZone("Mars/Phobos")).toBe(false);
    expect(isKnownTimeZone("Europe/Stockholm")).toBe(true);
    const message = 'the time zone "Mars/Phobos" is not known to this runtime';
    expect(() => timeZoneOffsetAt("Mars/Phobos", 0)).toThrow(new RangeError(message));
    expect(() => epochSecondsOfWall("Mars/Phobos", 0)).toThrow(new RangeError(message));
  });
});
