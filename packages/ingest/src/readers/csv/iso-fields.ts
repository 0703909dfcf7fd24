/** Dates and times in their usual form, digit by digit: several times faster than the patterns that read all forms. */
import { DateTime, Date as Day, LocalDateTime } from "@fulgur/neo4j-driver";

/** `2024-02-29`; `undefined` for all other texts, which may be dates too. @throws RangeError for a day that doesn't exist */
export function plainDate(text: string): Day | undefined {
  return text.length === 10 && readDay(text) ? new Day(year, month, day) : undefined;
}

/** `2024-02-29T12:34:56.789`, also with a space for the T. @throws RangeError for a time that doesn't exist */
export function plainLocalDateTime(text: string): LocalDateTime | undefined {
  if (!readDayAndClock(text, text.length)) return undefined;
  return new LocalDateTime(year, month, day, hour, minute, second, nanosecond);
}

/** The same with a `Z` behind it. @throws RangeError for a time that doesn't exist */
export function plainDateTime(text: string): DateTime | undefined {
  const end = text.length - 1;
  if (text.charCodeAt(end) !== 90 || !readDayAndClock(text, end)) return undefined;
  return new DateTime(year, month, day, hour, minute, second, nanosecond, 0);
}

// What was read last: a call gives several numbers, and nothing is allocated for them.
let year = 0;
let month = 0;
let day = 0;
let hour = 0;
let minute = 0;
let second = 0;
let nanosecond = 0;

function readDay(text: string): boolean {
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false;
  const century = twoDigits(text, 0);
  year = century * 100 + twoDigits(text, 2);
  month = twoDigits(text, 5);
  day = twoDigits(text, 8);
  return century >= 0 && year >= 0 && month >= 0 && day >= 0;
}

function readDayAndClock(text: string, end: number): boolean {
  if (end < 16 || !readDay(text)) return false;
  const between = text.charCodeAt(10);
  if ((between !== 84 && between !== 32) || text.charCodeAt(13) !== 58) return false;
  hour = twoDigits(text, 11);
  minute = twoDigits(text, 14);
  second = 0;
  nanosecond = 0;
  if (hour < 0 || minute < 0) return false;
  if (end === 16) return true;
  if (end < 19 || text.charCodeAt(16) !== 58) return false;
  second = twoDigits(text, 17);
  return second >= 0 && (end === 19 || readFraction(text, end));
}

function readFraction(text: string, end: number): boolean {
  if (text.charCodeAt(19) !== 46 || end < 21 || end > 29) return false;
  for (let at = 20; at < 29; at++) {
    const digit = at < end ? text.charCodeAt(at) - 48 : 0;
    if (digit < 0 || digit > 9) return false;
    nanosecond = nanosecond * 10 + digit;
  }
  return true;
}

/** -1000 if they are no digits. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1_000;
}
