/** Days, moments and times of a clock, as Arrow counts them. */
import type { DateTime, Date as Day, LocalDateTime, LocalTime } from "@fulgur/neo4j-types";
import type { Cells } from "./arrow-form.ts";
import type { Misfit } from "./arrow-numbers.ts";
import { isNull } from "./arrow-text.ts";

type Numbers = ArrayLike<number | bigint>;

export interface DaysForm extends Cells {
  readonly form: "days";
  /** Since 1970-01-01. */
  readonly days: Int32Array;
  readonly texts: () => (string | null)[];
}

export interface MomentForm extends Cells {
  readonly form: "moment";
  /** Since 1970-01-01T00:00, in UTC or on a local clock, rounded down; and nanoseconds beyond. */
  readonly seconds: Numbers;
  readonly nanoseconds: Numbers;
  /** The zone that all cells have, `"UTC"` for instants of several zones; null: local clocks. */
  readonly zone: string | null;
  readonly texts: () => (string | null)[];
}

export interface ClockForm extends Cells {
  readonly form: "clock";
  /** Since midnight. */
  readonly nanoseconds: Numbers;
}

/** Arrow's numbers of its units of time: how many there are in a second. */
export const perSecond = [1, 1e3, 1e6, 1e9] as const;

/** The finest unit, of micro- and nanoseconds, that all moments fit into; microseconds unless one needs more. */
export function unitOf({
  seconds,
  nanoseconds,
  length,
  validity,
}: MomentForm): "microsecond" | "nanosecond" | undefined {
  let isFine = false;
  let most = 0;
  for (let i = 0; i < length; i++) {
    if (isNull(validity, i)) continue;
    most = Math.max(most, Math.abs(Number(seconds[i])));
    isFine ||= Number(nanoseconds[i]) % 1000 !== 0;
  }
  if (isFine) return most < 2 ** 63 / 1e9 - 1 ? "nanosecond" : undefined;
  return most < 2 ** 63 / 1e6 - 1 ? "microsecond" : undefined;
}

/**
 * The moments as so many of a unit, rounded down; one that needs more than 64 bits doesn't fit.
 *
 * @param scale how many of the unit there are in a second.
 */
export function counted(
  { seconds, nanoseconds, length, validity }: MomentForm,
  scale: number,
  misfit: Misfit,
): BigInt64Array {
  const counts = new BigInt64Array(length);
  const words = new Int32Array(counts.buffer);
  for (let i = 0; i < length; i++) {
    const rest = Math.floor(Number(nanoseconds[i]) / (1e9 / scale));
    const count = Number(seconds[i]) * scale + rest;
    // A BigInt for each would cost several times as much as all else.
    if (Number.isSafeInteger(count)) putInteger(words, i, count);
    else if (!isNull(validity, i)) {
      const exact = BigInt(seconds[i] as number) * BigInt(scale) + BigInt(rest);
      counts[i] = exact;
      if (counts[i] !== exact) misfit(i);
    }
  }
  return counts;
}

const twoTo32 = 2 ** 32;
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Writes a safe integer with 64 bits. */
function putInteger(words: Int32Array, index: number, value: number): void {
  const high = Math.floor(value / twoTo32);
  words[index * 2 + (isLittleEndian ? 1 : 0)] = high;
  words[index * 2 + (isLittleEndian ? 0 : 1)] = value - high * twoTo32;
}

/** Times of day as so many of a unit, rounded down: with 32 bits each up to milliseconds, else 64, as Arrow has them. */
export function timesOf({ nanoseconds }: ClockForm, scale: number): Int32Array | BigInt64Array {
  if (scale === 1e9) return wide(nanoseconds);
  const counts = Float64Array.from(nanoseconds as ArrayLike<number>, (count) =>
    Math.floor(Number(count) / (1e9 / scale)),
  );
  return scale <= 1e3 ? Int32Array.from(counts) : wide(counts);
}

/** Safe integers with 64 bits each. */
export function wide(values: Numbers): BigInt64Array {
  const all = new BigInt64Array(values.length);
  const words = new Int32Array(all.buffer);
  for (let i = 0; i < values.length; i++) putInteger(words, i, Number(values[i]));
  return all;
}

/** An offset as Arrow names it: `+01:00`; one with seconds has no name there. */
function offsetName(seconds: number): string | undefined {
  if (seconds % 60 !== 0) return undefined;
  const minutes = Math.abs(seconds) / 60;
  const two = (part: number) => String(part).padStart(2, "0");
  return `${seconds < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

type Nullable<T> = readonly (T | null)[];

const textsOf = (values: Nullable<object>) => () => values.map((value) => (value === null ? null : String(value)));

/** `undefined`: one is too far away for 32 bits. */
export function daysOf(values: Nullable<Day>, validity: Uint8Array | undefined): DaysForm | undefined {
  const days = Int32Array.from(values, (value) => value?.epochDays ?? 0);
  if (!values.every((value, i) => value === null || value.epochDays === days[i])) return undefined;
  return { form: "days", length: values.length, validity, days, texts: textsOf(values) };
}

export function momentsOf(
  values: Nullable<DateTime> | Nullable<LocalDateTime>,
  validity: Uint8Array | undefined,
): MomentForm {
  return {
    form: "moment",
    length: values.length,
    validity,
    seconds: values.map((value) => value?.epochSeconds ?? 0),
    nanoseconds: values.map((value) => value?.nanosecond ?? 0),
    zone: commonZone(values),
    texts: textsOf(values),
  };
}

function commonZone(values: Nullable<DateTime> | Nullable<LocalDateTime>): string | null {
  let common: string | undefined;
  for (const value of values) {
    if (value === null) continue;
    if (!("timeZoneId" in value)) return null;
    const { timeZoneId, fixedOffsetSeconds } = value;
    const zone = timeZoneId ?? zoneOfOffset(fixedOffsetSeconds ?? 0);
    if (common !== undefined && zone !== common) return "UTC";
    common = zone;
  }
  return common ?? "UTC";
}

/** UTC by its name: everybody knows it. */
export function zoneOfOffset(seconds: number): string {
  return seconds === 0 ? "UTC" : (offsetName(seconds) ?? "UTC");
}

/** JavaScript's own dates: instants. */
export function instantsOf(values: Nullable<globalThis.Date>, validity: Uint8Array | undefined): MomentForm {
  const milliseconds = values.map((value) => value?.getTime() ?? 0);
  return {
    form: "moment",
    length: values.length,
    validity,
    seconds: milliseconds.map((time) => Math.floor(time / 1000)),
    nanoseconds: milliseconds.map((time) => (time - Math.floor(time / 1000) * 1000) * 1e6),
    zone: "UTC",
    texts: () => values.map((value) => value?.toISOString() ?? null),
  };
}

export function clocksOf(values: Nullable<LocalTime>, validity: Uint8Array | undefined): ClockForm {
  const nanoseconds = values.map((value) => value?.nanosecondOfDay ?? 0);
  return { form: "clock", length: values.length, validity, nanoseconds };
}
