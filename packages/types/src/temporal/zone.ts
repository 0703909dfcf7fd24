import { addExact, type Integer } from "../integer.ts";
import { calendarDayOf, secondOfDay, secondsPer400Years, secondsPerDay } from "./calendar.ts";

/**
 * Offsets of named time zones, from the zone data that the runtime carries (`Intl`). Pure functions: instant and zone in,
 * offset out. Asking the formatter costs a microsecond, which is too much for each of a million values: a zone's changes are looked for
 * once in each stretch of time that is asked about, and kept.
 */
interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** By number of the stretch, its ranges of equal offset: first second and offset, in turn. */
  readonly stretches: Map<number, readonly number[]>;
  /** The range that answered last: the getters of one value, and the values of one result, are near each other. */
  from: number;
  to: number;
  offset: number;
}

/** What to do with a wall time that clocks show twice, or never; the words are those of TC39 Temporal. */
export type Disambiguation = "compatible" | "earlier" | "later" | "reject";

const zones = new Map<string, Zone | undefined>();
/** A hostile or careless server could name ever new zones; there are about 600. */
const maxZones = 2_000;
/** 48 days. */
const stretchSeconds = 2 ** 22;
/**
 * Three days. Two changes closer together that cancel each other would be overlooked; the closest in the history of all zones are four days
 * apart (Freetown, 1939).
 */
const stepSeconds = 2 ** 18;
const maxStretches = 50_000;
let stretchCount = 0;
/** Intl's range is that of a JavaScript Date, less a margin for the offset itself. */
const maxIntlSeconds = 8_640_000_000_000 - 2 * stretchSeconds;

function findZone(zoneId: string): Zone | undefined {
  const known = zones.get(zoneId);
  if (known !== undefined || zones.has(zoneId)) return known;
  if (zones.size >= maxZones) zones.clear();
  const zone = openZone(zoneId);
  zones.set(zoneId, zone);
  return zone;
}

function openZone(zoneId: string): Zone | undefined {
  try {
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone: zoneId,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    return { format, stretches: new Map(), from: 0, to: 0, offset: 0 };
  } catch {
    return undefined;
  }
}

function zoneOf(zoneId: string): Zone {
  const zone = findZone(zoneId);
  if (zone === undefined) throw new RangeError(`the time zone ${JSON.stringify(zoneId)} is not known to this runtime`);
  return zone;
}

/** Whether this runtime knows a time zone, such as `Europe/Stockholm`. */
export function isKnownTimeZone(zoneId: string): boolean {
  return findZone(zoneId) !== undefined;
}

/**
 * The offset from UTC that holds in a zone at an instant.
 *
 * @param zoneId an IANA name.
 * @param epochSeconds seconds since 1970-01-01T00:00Z. Outside a JavaScript Date's range the zone's rules are taken to go on as they
 *   stand at its end: the same second of the 400-year cycle answers.
 * @returns seconds, positive east of Greenwich.
 * @throws RangeError naming the zone when this runtime doesn't know it.
 */
export function timeZoneOffsetAt(zoneId: string, epochSeconds: Integer): number {
  const zone = zoneOf(zoneId);
  const second = intoIntlRange(epochSeconds);
  if (second < zone.from || second >= zone.to) findRange(zone, second);
  return zone.offset;
}

function intoIntlRange(seconds: Integer): number {
  if (seconds >= -maxIntlSeconds && seconds <= maxIntlSeconds) return Number(seconds);
  const cycle = BigInt(secondsPer400Years);
  const rest = Number(BigInt(seconds) % cycle);
  const end = Math.floor(maxIntlSeconds / secondsPer400Years) - 1;
  return rest + (seconds < 0 ? -end : end) * secondsPer400Years;
}

function findRange(zone: Zone, second: number): void {
  const number = Math.floor(second / stretchSeconds);
  let ranges = zone.stretches.get(number);
  if (ranges === undefined) {
    ranges = rangesOf(zone.format, number * stretchSeconds);
    if (++stretchCount > maxStretches) {
      for (const each of zones.values()) each?.stretches.clear();
      stretchCount = 1;
    }
    zone.stretches.set(number, ranges);
  }
  let i = ranges.length - 2;
  while ((ranges[i] as number) > second) i -= 2;
  zone.from = ranges[i] as number;
  zone.to = ranges[i + 2] ?? (number + 1) * stretchSeconds;
  zone.offset = ranges[i + 1] as number;
}

/** The ranges of a stretch: where the offset at a step differs from that at the step before, the change between is found by bisection. */
function rangesOf(format: Intl.DateTimeFormat, start: number): number[] {
  let offset = offsetShown(format, start);
  const ranges = [start, offset];
  for (let step = start + stepSeconds; step <= start + stretchSeconds; step += stepSeconds) {
    // The last second of the step: the next belongs to the next stretch.
    const last = step - 1;
    const lastOffset = offsetShown(format, last);
    while (offset !== lastOffset) {
      let before = Math.max(ranges.at(-2) as number, step - stepSeconds - 1);
      let after = last;
      while (after - before > 1) {
        const middle = Math.floor((before + after) / 2);
        if (offsetShown(format, middle) === offset) before = middle;
        else after = middle;
      }
      offset = offsetShown(format, after);
      ranges.push(after, offset);
    }
  }
  return ranges;
}

const shownParts = /^(\d+), (\d+):(\d+):(\d+)$/;

/** The offset at a second, of what the formatter shows: the day of the month and the time suffice, as no offset reaches a day. */
function offsetShown(format: Intl.DateTimeFormat, second: number): number {
  const shown = shownParts.exec(format.format(second * 1000));
  if (shown === null) throw new RangeError("this runtime's Intl.DateTimeFormat writes times in an unexpected form");
  const wallSecond = Number(shown[2]) * 3600 + Number(shown[3]) * 60 + Number(shown[4]);
  const offset = wallSecond - secondOfDay(second);
  const epochDay = Math.floor(second / secondsPerDay);
  const day = Number(shown[1]);
  if (calendarDayOf(epochDay).day === day) return offset;
  return calendarDayOf(epochDay + 1).day === day ? offset + secondsPerDay : offset - secondsPerDay;
}

/**
 * What a wall clock in a zone shows at an instant, as seconds since 1970-01-01T00:00 of that clock. Bolt 4.4's date-times carry this.
 *
 * @throws RangeError naming the zone when this runtime doesn't know it.
 */
export function wallSecondsOf(zoneId: string, epochSeconds: Integer): Integer {
  return addExact(epochSeconds, timeZoneOffsetAt(zoneId, epochSeconds));
}

/**
 * The instant at which a wall clock in a zone shows a time. By default (`"compatible"`), where it shows it twice (clocks set back) the
 * earlier instant is taken; where it never does (clocks set forward) the time is moved forward by the gap's length. Java does
 * the same, so the server does too. `"earlier"` and `"later"` take the earlier or later of two instants, and move a skipped time back or
 * forward by the gap; `"reject"` throws for both.
 *
 * @param wallSeconds seconds since 1970-01-01T00:00 of that clock.
 * @returns seconds since 1970-01-01T00:00Z.
 * @throws RangeError naming the zone when this runtime doesn't know it; with `"reject"` for a time that is shown twice or never; for
 *   another disambiguation.
 */
export function epochSecondsOfWall(
  zoneId: string,
  wallSeconds: Integer,
  disambiguation: Disambiguation = "compatible",
): Integer {
  // A day to either side lies beyond the change: no offset is larger, and changes are further apart.
  const before = timeZoneOffsetAt(zoneId, addExact(wallSeconds, -secondsPerDay));
  const after = timeZoneOffsetAt(zoneId, addExact(wallSeconds, secondsPerDay));
  const first = addExact(wallSeconds, -before);
  if (before === after) return first;
  const second = addExact(wallSeconds, -after);
  const firstHolds = timeZoneOffsetAt(zoneId, first) === before;
  const secondHolds = timeZoneOffsetAt(zoneId, second) === after;
  if (firstHolds !== secondHolds) return firstHolds ? first : second;
  // Both hold: shown twice, and `first` is the earlier. None does: skipped, and `first` is the later.
  switch (disambiguation) {
    case "compatible":
      return first;
    case "earlier":
      return firstHolds ? first : second;
    case "later":
      return firstHolds ? second : first;
    case "reject":
      throw new RangeError(
        `clocks in ${JSON.stringify(zoneId)} ${firstHolds ? "show that time twice" : "skip that time"}`,
      );
    default:
      throw new RangeError('disambiguation has to be "compatible", "earlier", "later" or "reject"');
  }
}
