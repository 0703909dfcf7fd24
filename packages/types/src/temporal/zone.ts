import { addExact, type Integer } from "../integer.ts";
import { epochDaysOf, secondsPer400Years, secondsPerDay } from "./calendar.ts";

/**
 * Offsets of named time zones, from the zone data that the runtime carries (`Intl`). Pure functions: instant and zone in,
 * offset out, with one formatter per zone kept because making one is slow.
 */
interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** The latest question and its answer: the getters of one value ask for the same instant in a row. */
  second: number;
  offset: number;
}

const zones = new Map<string, Zone | undefined>();
/** A hostile or careless server could name ever new zones; there are about 600. */
const maxZones = 2_000;
/** Intl's range is that of a JavaScript Date, less a margin for the offset itself. */
const maxIntlSeconds = 8_640_000_000_000 - 2 * secondsPerDay;

function findZone(zoneId: string): Zone | undefined {
  if (zones.has(zoneId)) return zones.get(zoneId);
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
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    return { format, second: Number.NaN, offset: 0 };
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
  if (zone.second !== second) {
    zone.offset = wallSecondsShown(zone.format, second) - second;
    zone.second = second;
  }
  return zone.offset;
}

function intoIntlRange(seconds: Integer): number {
  if (seconds >= -maxIntlSeconds && seconds <= maxIntlSeconds) return Number(seconds);
  const cycle = BigInt(secondsPer400Years);
  const rest = Number(BigInt(seconds) % cycle);
  const end = Math.floor(maxIntlSeconds / secondsPer400Years) - 1;
  return rest + (seconds < 0 ? -end : end) * secondsPer400Years;
}

function wallSecondsShown(format: Intl.DateTimeFormat, second: number): number {
  let year = 0;
  let [month, day, hour, minute, wallSecond] = [1, 1, 0, 0, 0];
  let beforeChrist = false;
  for (const { type, value } of format.formatToParts(second * 1000)) {
    if (type === "year") year = Number(value);
    else if (type === "month") month = Number(value);
    else if (type === "day") day = Number(value);
    else if (type === "hour") hour = Number(value);
    else if (type === "minute") minute = Number(value);
    else if (type === "second") wallSecond = Number(value);
    else if (type === "era") beforeChrist = value.startsWith("B");
  }
  return (
    epochDaysOf(beforeChrist ? 1 - year : year, month, day) * secondsPerDay + hour * 3600 + minute * 60 + wallSecond
  );
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
 * The instant at which a wall clock in a zone shows a time. Where it shows it twice (clocks set back) the earlier
 * instant is taken; where it never does (clocks set forward) the time is moved forward by the gap's length. Java does the same, so the
 * server does too.
 *
 * @param wallSeconds seconds since 1970-01-01T00:00 of that clock.
 * @returns seconds since 1970-01-01T00:00Z.
 * @throws RangeError naming the zone when this runtime doesn't know it.
 */
export function epochSecondsOfWall(zoneId: string, wallSeconds: Integer): Integer {
  // A day to either side lies beyond the change: no offset is larger, and changes are further apart.
  const before = timeZoneOffsetAt(zoneId, addExact(wallSeconds, -secondsPerDay));
  const after = timeZoneOffsetAt(zoneId, addExact(wallSeconds, secondsPerDay));
  const first = addExact(wallSeconds, -before);
  if (before === after) return first;
  if (timeZoneOffsetAt(zoneId, first) === before) return first;
  const second = addExact(wallSeconds, -after);
  return timeZoneOffsetAt(zoneId, second) === after ? second : first;
}
