import type { Integer } from "../integer.ts";
import { nanosPerSecond } from "./calendar.ts";

/*
 * The way to TC39 Temporal and back. No runtime that is supported has it as a global everywhere, so its types are not assumed, and a
 * polyfill's objects do as well: they are known by their `Symbol.toStringTag`.
 */

/** What is needed of `Temporal`: the global of newer runtimes, or a polyfill. */
export interface TemporalImplementation {
  readonly PlainDate: new (year: number, month: number, day: number) => object;
  readonly PlainTime: new (
    hour: number,
    minute: number,
    second: number,
    millisecond: number,
    microsecond: number,
    nanosecond: number,
  ) => object;
  readonly PlainDateTime: new (
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
    millisecond: number,
    microsecond: number,
    nanosecond: number,
  ) => object;
  readonly ZonedDateTime: new (epochNanoseconds: bigint, timeZone: string) => object;
  readonly Duration: new (
    years: number,
    months: number,
    weeks: number,
    days: number,
    hours: number,
    minutes: number,
    seconds: number,
    milliseconds: number,
    microseconds: number,
    nanoseconds: number,
  ) => object;
}

/** The objects of a class of `Temporal` where the program's library has the types, else `object`. */
export type Tc39<Name extends keyof TemporalImplementation> = typeof globalThis extends { readonly Temporal: infer T }
  ? Name extends keyof T
    ? T[Name] extends abstract new (
        ...parameters: never[]
      ) => infer Instance
      ? Instance
      : object
    : object
  : object;

/** @throws TypeError when there is neither a given implementation nor a global. */
export function implementationOf(given: TemporalImplementation | undefined): TemporalImplementation {
  const found = given ?? (globalThis as { readonly Temporal?: TemporalImplementation }).Temporal;
  if (found !== undefined) return found;
  throw new TypeError(
    "there is no global Temporal in this runtime: give an implementation, such as a polyfill's Temporal",
  );
}

/** `PlainDate` for an object whose `Symbol.toStringTag` is `Temporal.PlainDate`; `undefined` for what isn't Temporal's. */
export function temporalClassOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const tag: unknown = (value as { readonly [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  return typeof tag === "string" && tag.startsWith("Temporal.") ? tag.slice("Temporal.".length) : undefined;
}

/** The fields that Temporal's objects have between them. */
export interface TemporalFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  readonly microsecond: number;
  readonly nanosecond: number;
  readonly epochNanoseconds: bigint;
  readonly timeZoneId: string;
  readonly calendarId?: string;
  withCalendar?(calendar: string): TemporalFields;
}

/**
 * The fields of a Temporal object, as the ISO calendar has them.
 *
 * @throws TypeError when it is of none of these classes.
 */
export function temporalFields(value: unknown, ...classes: readonly string[]): TemporalFields {
  const found = temporalClassOf(value);
  if (found === undefined || !classes.includes(found)) {
    throw new TypeError(`a Temporal.${classes.join(" or Temporal.")} is needed`);
  }
  const fields = value as TemporalFields;
  const other = fields.calendarId !== undefined && fields.calendarId !== "iso8601";
  return other && fields.withCalendar !== undefined ? fields.withCalendar("iso8601") : fields;
}

/** Nanoseconds of the second. */
export function subSecond({ millisecond, microsecond, nanosecond }: TemporalFields): number {
  return millisecond * 1_000_000 + microsecond * 1_000 + nanosecond;
}

/** The reverse of {@link subSecond}, in the order that constructors take. */
export function splitSubSecond(nanosecond: number): [millisecond: number, microsecond: number, nanosecond: number] {
  const micros = Math.trunc(nanosecond / 1_000);
  return [Math.trunc(micros / 1_000), micros % 1_000, nanosecond % 1_000];
}

/** Sums of a `Temporal.Duration`'s parts, as Neo4j keeps them apart. @throws TypeError for anything else. */
export function temporalDurationParts(value: unknown): { months: bigint; days: bigint; nanoseconds: bigint } {
  temporalFields(value, "Duration");
  const fields = value as Readonly<Record<string, number>>;
  const sum = (...parts: readonly (readonly [name: string, size: bigint])[]): bigint =>
    parts.reduce((all, [name, size]) => all + BigInt(fields[name] ?? 0) * size, 0n);
  return {
    months: sum(["years", 12n], ["months", 1n]),
    days: sum(["weeks", 7n], ["days", 1n]),
    nanoseconds: sum(
      ["hours", 3_600_000_000_000n],
      ["minutes", 60_000_000_000n],
      ["seconds", 1_000_000_000n],
      ["milliseconds", 1_000_000n],
      ["microseconds", 1_000n],
      ["nanoseconds", 1n],
    ),
  };
}

/** @throws RangeError when the parts have different signs, or are too large for a `Temporal.Duration`. */
export function temporalDuration(
  implementation: TemporalImplementation | undefined,
  parts: { readonly months: Integer; readonly days: Integer; readonly seconds: Integer; readonly nanoseconds: number },
): object {
  // Its parts all have one sign, ours are floored: minus half a second is -1 and 500,000,000 nanoseconds.
  const floored = parts.seconds < 0 && parts.nanoseconds > 0;
  const seconds = floored ? Number(parts.seconds) + 1 : Number(parts.seconds);
  const nanoseconds = floored ? parts.nanoseconds - nanosPerSecond : parts.nanoseconds;
  for (const part of [parts.months, parts.days, parts.seconds]) {
    if (typeof part === "bigint") throw new RangeError("the duration is too long for a Temporal.Duration");
  }
  const { Duration } = implementationOf(implementation);
  const split = splitSubSecond(nanoseconds).map((part) => part + 0) as [number, number, number];
  return new Duration(0, Number(parts.months), 0, Number(parts.days), 0, 0, seconds, ...split);
}
