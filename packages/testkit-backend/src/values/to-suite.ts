/**
 * The driver's values as the suite's. Drivers of the backend give bigints for integers (`integers: "bigint"`), so that a
 * number is always a float.
 */
import {
  type Date,
  type DateTime,
  type Duration,
  type Float,
  type Int,
  isDate,
  isDateTime,
  isDuration,
  isFloat,
  isInt,
  isLocalDateTime,
  isLocalTime,
  isNode,
  isPath,
  isPoint,
  isRelationship,
  isTime,
  type LocalDateTime,
  type LocalTime,
  type Node,
  type Path,
  type Point,
  type Relationship,
  type Time,
} from "@fulgur/neo4j-driver";
import type { Framed } from "../framing.ts";
import { jsonFloat } from "../lossless-json.ts";

const cypher = (name: string, data: object): Framed => ({ name: `Cypher${name}`, data });
const integer = (value: number | bigint | null) => cypher(value === null ? "Null" : "Int", { value });
const float = (value: number) => cypher("Float", { value: floatText(value) });
const text = (value: string) => cypher("String", { value });

/** Each class of values with what makes it. The first that fits is taken. */
const writers: readonly (readonly [is: (value: unknown) => boolean, write: (value: never) => Framed])[] = [
  [isInt, ({ value }: Int) => integer(value)],
  [isFloat, ({ value }: Float) => float(value)],
  [isNode, node],
  [isRelationship, relationship],
  [isPath, path],
  [isPoint, point],
  [isDate, ({ year, month, day }: Date) => cypher("Date", { year, month, day })],
  [isTime, (value: Time) => cypher("Time", { ...clock(value), utc_offset_s: value.timeZoneOffsetSeconds })],
  [isLocalTime, (value: LocalTime) => cypher("Time", clock(value))],
  [isDateTime, dateTime],
  [isLocalDateTime, (value: LocalDateTime) => cypher("DateTime", { ...calendar(value), ...clock(value) })],
  [isDuration, duration],
  [(value) => value instanceof Uint8Array, bytes],
  [(value) => Array.isArray(value) || ArrayBuffer.isView(value), list],
];

/** @throws Error for what the suite has no type for */
export function valueToSuite(value: unknown): Framed {
  if (value === null || value === undefined) return cypher("Null", { value: null });
  if (typeof value === "boolean") return cypher("Bool", { value });
  if (typeof value === "bigint") return integer(value);
  if (typeof value === "number") return float(value);
  if (typeof value === "string") return text(value);
  if (typeof value !== "object") throw new Error(`The suite has no type for a ${typeof value}.`);
  const write = writers.find(([is]) => is(value))?.[1];
  if (write !== undefined) return write(value as never);
  if (value instanceof Map || isPlain(value)) return cypher("Map", { value: mapToSuite(value) });
  throw new Error(`The suite has no type for ${Object.getPrototypeOf(value).constructor.name}.`);
}

/** Parameters, properties, diagnostic records: names with values. */
export function mapToSuite(map: object): { [name: string]: Framed } {
  const entries: Iterable<[string, unknown]> = map instanceof Map ? map : Object.entries(map);
  return Object.fromEntries(Array.from(entries, ([name, value]) => [name, valueToSuite(value)]));
}

/**
 * A diagnostic record. The driver gives metadata in numbers, whole or not: there whole ones are integers, as servers send
 * them.
 */
export function diagnosticRecordToSuite(record: object): { [name: string]: Framed } {
  return mapToSuite(wholeAsIntegers(record) as object);
}

function wholeAsIntegers(value: unknown): unknown {
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  if (Array.isArray(value)) return value.map(wholeAsIntegers);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, wholeAsIntegers(part)]));
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

function floatText(value: number): object | string {
  if (Number.isNaN(value)) return "NaN";
  return Number.isFinite(value) ? jsonFloat(value) : value > 0 ? "+Infinity" : "-Infinity";
}

function list(values: ArrayLike<unknown>): Framed {
  return cypher("List", { value: Array.from(values, valueToSuite) });
}

function bytes(value: Uint8Array): Framed {
  return cypher("Bytes", { value: Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join(" ") });
}

function node({ identity, labels, properties, elementId }: Node): Framed {
  return cypher("Node", {
    id: integer(identity),
    labels: list(labels),
    props: valueToSuite({ ...properties }),
    elementId: text(elementId),
  });
}

function relationship(value: Relationship): Framed {
  const { identity, start, end, type, properties, elementId, startNodeElementId, endNodeElementId } = value;
  return cypher("Relationship", {
    id: integer(identity),
    startNodeId: integer(start),
    endNodeId: integer(end),
    type: text(type),
    props: valueToSuite({ ...properties }),
    elementId: text(elementId),
    startNodeElementId: text(startNodeElementId),
    endNodeElementId: text(endNodeElementId),
  });
}

function path({ nodes, relationships }: Path): Framed {
  return cypher("Path", { nodes: list(nodes), relationships: list(relationships) });
}

function point({ srid, x, y, z }: Point): Framed {
  const system = [7203, 9157].includes(srid) ? "cartesian" : [4326, 4979].includes(srid) ? "wgs84" : undefined;
  if (system === undefined) throw new Error(`The suite has no name for the reference system ${srid}.`);
  return cypher("Point", {
    system,
    x: jsonFloat(x),
    y: jsonFloat(y),
    z: z === undefined || z === null ? null : jsonFloat(z),
  });
}

function clock({ hour, minute, second, nanosecond }: LocalTime | Time | DateTime | LocalDateTime) {
  return { hour, minute, second, nanosecond };
}

function calendar({ year, month, day }: DateTime | LocalDateTime) {
  return { year, month, day };
}

function dateTime(value: DateTime): Framed {
  return cypher("DateTime", {
    ...calendar(value),
    ...clock(value),
    utc_offset_s: value.timeZoneOffsetSeconds,
    timezone_id: value.timeZoneId ?? null,
  });
}

function duration({ months, days, seconds, nanoseconds }: Duration): Framed {
  return cypher("Duration", { months, days, seconds, nanoseconds });
}
