/** Makes values of the declared types of what rows bring along. */
import {
  Date as CypherDate,
  cartesianPoint,
  DateTime,
  Duration,
  Float,
  float,
  Int,
  LocalDateTime,
  LocalTime,
  Point,
  Time,
  vector,
  wgs84Point,
} from "@fulgur/neo4j-types";
import type { PropertyType } from "./property-type.ts";

/** Why a value can't be one of a type; never with the value. */
export class Inconvertible extends Error {}

/** Gives a value that is sent as one of the type; throws what can't be one as {@link Inconvertible}. Nulls are seen to before. */
export type Convert = (value: unknown) => unknown;

/** @param type as it was declared */
export function converter(type: PropertyType): Convert {
  const isList = type.endsWith("[]");
  const single = (isList ? type.slice(0, -2) : type) as keyof typeof converters;
  const convert = orNull(converters[single], single === "string");
  if (!isList) return convert;
  return orNull((value) => {
    if (Array.isArray(value)) return value.map(convert);
    if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>, convert);
    throw new Inconvertible("no array");
  }, false);
}

/** The empty text is a missing value, as files have it; except where a text is wanted. */
function orNull(convert: Convert, isText: boolean): Convert {
  return (value) => (value === null || value === undefined || (value === "" && !isText) ? null : convert(value));
}

const converters = {
  integer: toInteger,
  float: toFloat,
  string: toText,
  boolean: toBoolean,
  date: (value: unknown) =>
    parsed(
      value,
      CypherDate,
      (text) => CypherDate.parse(text),
      (date) => CypherDate.fromStandardDate(date),
    ),
  datetime: (value: unknown) =>
    parsed(
      value,
      DateTime,
      (text) => DateTime.parse(withT(text)),
      (date) => DateTime.fromStandardDate(date),
    ),
  localdatetime: (value: unknown) =>
    parsed(
      value,
      LocalDateTime,
      (text) => LocalDateTime.parse(withT(text)),
      (date) => LocalDateTime.fromStandardDate(date),
    ),
  time: (value: unknown) => parsed(value, Time, (text) => Time.parse(text)),
  localtime: (value: unknown) => parsed(value, LocalTime, (text) => LocalTime.parse(text)),
  duration: (value: unknown) => parsed(value, Duration, (text) => Duration.parse(text)),
  point: toPoint,
  vector: toVector,
};

function toInteger(value: unknown): number | bigint | Int {
  if (value instanceof Int) return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  if (typeof value === "bigint") return inRange(value);
  if (typeof value === "number") throw new Inconvertible("a number that isn't whole, or not exactly known");
  if (typeof value === "string" && /^\s*[+-]?\d+\s*$/.test(value)) {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number + 0 : inRange(BigInt(value));
  }
  throw new Inconvertible(typeof value === "string" ? "a text that isn't a whole number" : kindOf(value));
}

function inRange(value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  throw new Inconvertible("a number beyond 64 bits");
}

const floatText = /^\s*[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?|Infinity|NaN)\s*$/;

/** Whole numbers have to say that they are floats. */
function toFloat(value: unknown): number | Float {
  // As the readers of files give them.
  if (value instanceof Float) return value;
  const number =
    typeof value === "number" || typeof value === "bigint"
      ? Number(value)
      : typeof value === "string" && floatText.test(value)
        ? Number(value)
        : undefined;
  if (number === undefined) {
    throw new Inconvertible(typeof value === "string" ? "a text that isn't a number" : kindOf(value));
  }
  return Number.isInteger(number) ? float(number) : number;
}

function toText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (value instanceof Date) return value.toISOString();
  throw new Inconvertible(kindOf(value));
}

function toBoolean(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") {
    const text = value.trim().toLowerCase();
    if (text === "true" || text === "false") return text === "true";
  }
  if (value === 0 || value === 1) return value === 1;
  throw new Inconvertible(typeof value === "string" ? "a text that is neither true nor false" : kindOf(value));
}

function parsed<T extends object>(
  value: unknown,
  Type: abstract new (...given: never[]) => T,
  parse: (text: string) => T,
  fromDate?: (date: Date) => T,
): unknown {
  if (typeof value === "string") {
    try {
      return parse(value.trim());
    } catch {
      throw new Inconvertible("a text that isn't one in ISO 8601");
    }
  }
  if (value instanceof Date && fromDate !== undefined) {
    if (Number.isNaN(value.getTime())) throw new Inconvertible("an invalid Date");
    return fromDate(value);
  }
  // Values of TC39 Temporal are sent as what they are.
  if (value instanceof Type || Object.prototype.toString.call(value).startsWith("[object Temporal.")) return value;
  throw new Inconvertible(kindOf(value));
}

/** Most files have a space between a date and its time. */
function withT(text: string): string {
  return text.replace(/^(\S+\d) (?=\d)/, "$1T");
}

function toPoint(value: unknown): Point {
  if (value instanceof Point) return value;
  if (typeof value !== "object" || value === null) throw new Inconvertible(kindOf(value));
  const { x, y, z, longitude, latitude, height, srid } = value as Record<string, unknown>;
  const [a, b, c] = [x ?? longitude, y ?? latitude, z ?? height].map((one) => (one == null ? undefined : Number(one)));
  if (a === undefined || b === undefined || [a, b, c ?? 0].some((one) => Number.isNaN(one))) {
    throw new Inconvertible("an object without x and y, or longitude and latitude, that are numbers");
  }
  const coordinates = (c === undefined ? [a, b] : [a, b, c]) as [number, number, number?];
  if (typeof srid === "number") return new Point(srid, ...coordinates);
  return longitude === undefined ? cartesianPoint(...coordinates) : wgs84Point(...coordinates);
}

function toVector(value: unknown): unknown {
  if (value instanceof Float32Array || value instanceof Float64Array) return vector(value);
  if (Array.isArray(value) && value.every((item) => typeof item === "number")) return vector(Float64Array.from(value));
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new Inconvertible("no array of numbers");
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "an array" : `a value of the type ${typeof value}`;
}
