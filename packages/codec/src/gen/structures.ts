// Generated from spec/fulgur/bolt/v1 by codegen. Edit the spec, then run `pnpm run generate`.

import type * as values from "@fulgur/neo4j-types";
import { derivations } from "../derivations.ts";
import { any, bytes, float, integer, list, map, string, structure, structuresOf } from "../table-rows.ts";
import type { Make, Sink, Source, StructureTable } from "../tables.ts";

/** The class of `@fulgur/neo4j-types` by this name; where there is none, the fields, branded by the name. */
export type ValueOf<Name extends string, Fields extends object> = typeof values extends {
  readonly [N in Name]: { readonly prototype: infer Instance };
}
  ? Instance
  : values.BrandedStructure<Name, Fields>;

/** The fields of the structure Node. A node as a query returned it. A server never accepts one as a parameter. */
export interface NodeFields {
  /**
   * The node's number inside its database, which a server may keep to itself. It may be reused after the node is
   * deleted: prefer `element_id`.
   */
  readonly id: number | bigint | null;
  /** The labels, in no particular order. */
  readonly labels: readonly string[];
  /** The properties by name. */
  readonly properties: { readonly [key: string]: unknown };
  /** The node's identifier, an opaque text. A version that lacks it is given the text of `id`. */
  readonly elementId: string;
}
export type NodeValue = ValueOf<"Node", NodeFields>;

/**
 * The fields of the structure Relationship. A relationship with its two ends, as a query returned it. A server never
 * accepts one as a parameter.
 */
export interface RelationshipFields {
  /** The relationship's number inside its database, which a server may keep to itself; prefer `element_id`. */
  readonly id: number | bigint | null;
  /** The `id` of the node where it starts, if the server tells it. */
  readonly startNodeId: number | bigint | null;
  /** The `id` of the node where it ends, if the server tells it. */
  readonly endNodeId: number | bigint | null;
  /** The relationship's type. */
  readonly type: string;
  /** The properties by name. */
  readonly properties: { readonly [key: string]: unknown };
  /** The relationship's identifier, an opaque text. A version that lacks it is given the text of `id`. */
  readonly elementId: string;
  /** The `element_id` of the node where it starts. A version that lacks it is given the text of `start_node_id`. */
  readonly startElementId: string;
  /** The `element_id` of the node where it ends. A version that lacks it is given the text of `end_node_id`. */
  readonly endElementId: string;
}
export type RelationshipValue = ValueOf<"Relationship", RelationshipFields>;

/**
 * The fields of the structure UnboundRelationship. A relationship without its ends; it appears only inside a path,
 * whose indices tell the ends.
 */
export interface UnboundRelationshipFields {
  /** The relationship's number inside its database, which a server may keep to itself; prefer `element_id`. */
  readonly id: number | bigint | null;
  /** The relationship's type. */
  readonly type: string;
  /** The properties by name. */
  readonly properties: { readonly [key: string]: unknown };
  /** The relationship's identifier, an opaque text. A version that lacks it is given the text of `id`. */
  readonly elementId: string;
}
export type UnboundRelationshipValue = ValueOf<"UnboundRelationship", UnboundRelationshipFields>;

/**
 * The fields of the structure Path. A walk through the graph: its distinct nodes and relationships, and the order in
 * which they are visited.
 */
export interface PathFields {
  /** The distinct nodes; the first is the path's start. */
  readonly nodes: readonly NodeValue[];
  /** The distinct relationships. */
  readonly rels: readonly UnboundRelationshipValue[];
  /**
   * The steps, two numbers each. The first is a position in `rels`, counted from 1, negative if the step goes against
   * the relationship's direction; the second is the position in `nodes`, counted from 0, of the node reached.
   */
  readonly indices: readonly (number | bigint)[];
}
export type PathValue = ValueOf<"Path", PathFields>;

/**
 * The fields of the structure Point2D. A point in a plane or on a globe. Its coordinates are floats even where they are
 * whole.
 */
export interface Point2DFields {
  /** The reference system: 7203 is Cartesian, 4326 is WGS 84. */
  readonly srid: number | bigint;
  /** The first coordinate; in WGS 84 the longitude in degrees. */
  readonly x: number;
  /** The second coordinate; in WGS 84 the latitude in degrees. */
  readonly y: number;
}
export type Point2DValue = ValueOf<"Point2D", Point2DFields>;

/** The fields of the structure Point3D. A point in space. Its coordinates are floats even where they are whole. */
export interface Point3DFields {
  /** The reference system: 9157 is Cartesian, 4979 is WGS 84. */
  readonly srid: number | bigint;
  /** The first coordinate; in WGS 84 the longitude in degrees. */
  readonly x: number;
  /** The second coordinate; in WGS 84 the latitude in degrees. */
  readonly y: number;
  /** The third coordinate; in WGS 84 the height in metres. */
  readonly z: number;
}
export type Point3DValue = ValueOf<"Point3D", Point3DFields>;

/** The fields of the structure Date. A day of the calendar, without a time or a zone. */
export interface DateFields {
  /** Days since 1970-01-01; earlier days are negative. */
  readonly days: number | bigint;
}
export type DateValue = ValueOf<"Date", DateFields>;

/** The fields of the structure Time. A time of day with an offset from UTC. */
export interface TimeFields {
  /** Nanoseconds since midnight on the local clock. */
  readonly nanoseconds: number | bigint;
  /** How far the local clock is ahead of UTC. In seconds. */
  readonly offsetSeconds: number | bigint;
}
export type TimeValue = ValueOf<"Time", TimeFields>;

/** The fields of the structure LocalTime. A time of day on a local clock. */
export interface LocalTimeFields {
  /** Nanoseconds since midnight, below 86,400,000,000,000. */
  readonly nanoseconds: number | bigint;
}
export type LocalTimeValue = ValueOf<"LocalTime", LocalTimeFields>;

/** The fields of the structure LocalDateTime. A day and a time on a local clock, without a zone. */
export interface LocalDateTimeFields {
  /** Seconds between 1970-01-01T00:00 and this, both read from the same local clock, rounded down. */
  readonly seconds: number | bigint;
  /** Nanoseconds since that second, below 1,000,000,000. */
  readonly nanoseconds: number | bigint;
}
export type LocalDateTimeValue = ValueOf<"LocalDateTime", LocalDateTimeFields>;

/** The fields of the structure DateTime. An instant with the offset of its local clock from UTC. */
export interface DateTimeFields {
  /** Seconds since 1970-01-01T00:00Z, rounded down. */
  readonly seconds: number | bigint;
  /** Nanoseconds since that second, below 1,000,000,000. */
  readonly nanoseconds: number | bigint;
  /** How far the local clock is ahead of UTC. In seconds. */
  readonly offsetSeconds: number | bigint;
}
export type DateTimeValue = ValueOf<"DateTime", DateTimeFields>;

/**
 * The fields of the structure DateTimeLegacy. A date-time with an offset as 4.4 has it: what is counted is what the
 * local clock shows. It carries a DateTime.
 */
export interface DateTimeLegacyFields {
  /** Seconds since 1970-01-01T00:00Z plus `offset_seconds`, rounded down. */
  readonly seconds: number | bigint;
  /** Nanoseconds since that second, below 1,000,000,000. */
  readonly nanoseconds: number | bigint;
  /** How far the local clock is ahead of UTC. In seconds. */
  readonly offsetSeconds: number | bigint;
}
export type DateTimeLegacyValue = ValueOf<"DateTime", DateTimeLegacyFields>;

/** The fields of the structure DateTimeZoneId. An instant with the name of its time zone. */
export interface DateTimeZoneIdFields {
  /** Seconds since 1970-01-01T00:00Z, rounded down. */
  readonly seconds: number | bigint;
  /** Nanoseconds since that second, below 1,000,000,000. */
  readonly nanoseconds: number | bigint;
  /** The zone's name in the IANA database, such as `Europe/Stockholm`. */
  readonly zone: string;
}
export type DateTimeZoneIdValue = ValueOf<"DateTimeZoneId", DateTimeZoneIdFields>;

/**
 * The fields of the structure DateTimeZoneIdLegacy. A date-time with a zone's name as 4.4 has it: what is counted is
 * what the local clock shows, so an hour that the clock repeats is ambiguous. It carries a DateTimeZoneId.
 */
export interface DateTimeZoneIdLegacyFields {
  /** Seconds between 1970-01-01T00:00 and this, both read from a clock in the zone, rounded down. */
  readonly seconds: number | bigint;
  /** Nanoseconds since that second, below 1,000,000,000. */
  readonly nanoseconds: number | bigint;
  /** The zone's name in the IANA database, such as `Europe/Stockholm`. */
  readonly zone: string;
}
export type DateTimeZoneIdLegacyValue = ValueOf<"DateTimeZoneId", DateTimeZoneIdLegacyFields>;

/**
 * The fields of the structure Duration. An amount of time. Its parts stand for themselves: a month has no fixed number
 * of days, nor a day of seconds. Each may be negative.
 */
export interface DurationFields {
  /** Months. */
  readonly months: number | bigint;
  /** Days. */
  readonly days: number | bigint;
  /** Seconds, rounded down. */
  readonly seconds: number | bigint;
  /** Nanoseconds since that second, below 1,000,000,000. */
  readonly nanoseconds: number | bigint;
}
export type DurationValue = ValueOf<"Duration", DurationFields>;

/**
 * The fields of the structure UnsupportedType. What a server sends in the place of a value that the version in use
 * can't carry. Before 6.0 a plain map with the keys `reason` and `originalType` stands there.
 */
export interface UnsupportedTypeFields {
  /** The type's name. */
  readonly name: string;
  /** The first version that carries the type: its major number. */
  readonly minimumMajor: number | bigint;
  /** The first version that carries the type: its minor number. */
  readonly minimumMinor: number | bigint;
  /** More about it; `message`, a string, is a hint for people. */
  readonly extra: { readonly [key: string]: unknown };
}
export type UnsupportedTypeValue = ValueOf<"UnsupportedType", UnsupportedTypeFields>;

/** The fields of the structure Vector. A vector of 1 to 4096 numbers of one type and width; its floats are finite. */
export interface VectorFields {
  /** One byte: a `VectorElement`. */
  readonly element: Uint8Array;
  /** The elements one after the other, big-endian; its length is a multiple of the element's width. */
  readonly data: Uint8Array;
}
export type VectorValue = ValueOf<"Vector", VectorFields>;

type Fill = (...fields: unknown[]) => unknown;
const integerFrom = (source: Source) => source.integer();
const anyFrom = (source: Source) => source.any();
const structureNodeFrom = (source: Source) => source.structure("Node");
const structureUnboundRelationshipFrom = (source: Source) => source.structure("UnboundRelationship");
const integerTo = (sink: Sink, value: number | bigint) => sink.integer(value);
const stringTo = (sink: Sink, value: string) => sink.string(value);
const anyTo = (sink: Sink, value: unknown) => sink.any(value);
const structureNodeTo = (sink: Sink, value: unknown) => sink.structure("Node", value);
const structureUnboundRelationshipTo = (sink: Sink, value: unknown) => sink.structure("UnboundRelationship", value);

function readNode(source: Source, size: number, make: Make): unknown {
  const id = source.nullable(integerFrom);
  const labels = source.strings();
  const properties = source.map(anyFrom);
  const elementId = size > 3 ? source.string() : derivations.idAsText({ id, labels, properties }, "elementId");
  return (make as Fill)(id, labels, properties, elementId);
}

function writeNode(sink: Sink, fields: readonly unknown[], size: number): void {
  sink.nullable(fields[0] as number | bigint | null | undefined, integerTo);
  sink.list(fields[1] as readonly string[], stringTo);
  sink.map(fields[2] as { readonly [key: string]: unknown }, anyTo);
  if (size > 3) sink.string(fields[3] as string);
}

function readRelationship(source: Source, size: number, make: Make): unknown {
  const id = source.nullable(integerFrom);
  const startNodeId = source.nullable(integerFrom);
  const endNodeId = source.nullable(integerFrom);
  const type = source.string();
  const properties = source.map(anyFrom);
  const elementId =
    size > 5
      ? source.string()
      : derivations.idAsText({ id, startNodeId, endNodeId, type, properties }, "elementId");
  const startElementId =
    size > 6
      ? source.string()
      : derivations.idAsText({ id, startNodeId, endNodeId, type, properties, elementId }, "startElementId");
  const endElementId =
    size > 7
      ? source.string()
      : derivations.idAsText({ id, startNodeId, endNodeId, type, properties, elementId, startElementId }, "endElementId");
  return (make as Fill)(id, startNodeId, endNodeId, type, properties, elementId, startElementId, endElementId);
}

function writeRelationship(sink: Sink, fields: readonly unknown[], size: number): void {
  sink.nullable(fields[0] as number | bigint | null | undefined, integerTo);
  sink.nullable(fields[1] as number | bigint | null | undefined, integerTo);
  sink.nullable(fields[2] as number | bigint | null | undefined, integerTo);
  sink.string(fields[3] as string);
  sink.map(fields[4] as { readonly [key: string]: unknown }, anyTo);
  if (size > 5) sink.string(fields[5] as string);
  if (size > 6) sink.string(fields[6] as string);
  if (size > 7) sink.string(fields[7] as string);
}

function readUnboundRelationship(source: Source, size: number, make: Make): unknown {
  const id = source.nullable(integerFrom);
  const type = source.string();
  const properties = source.map(anyFrom);
  const elementId = size > 3 ? source.string() : derivations.idAsText({ id, type, properties }, "elementId");
  return (make as Fill)(id, type, properties, elementId);
}

function writeUnboundRelationship(sink: Sink, fields: readonly unknown[], size: number): void {
  sink.nullable(fields[0] as number | bigint | null | undefined, integerTo);
  sink.string(fields[1] as string);
  sink.map(fields[2] as { readonly [key: string]: unknown }, anyTo);
  if (size > 3) sink.string(fields[3] as string);
}

function readPath(source: Source, size: number, make: Make): unknown {
  const nodes = source.list(structureNodeFrom);
  const rels = source.list(structureUnboundRelationshipFrom);
  const indices = source.list(integerFrom);
  return (make as Fill)(nodes, rels, indices);
}

function writePath(sink: Sink, fields: readonly unknown[], size: number): void {
  sink.list(fields[0] as readonly unknown[], structureNodeTo);
  sink.list(fields[1] as readonly unknown[], structureUnboundRelationshipTo);
  sink.list(fields[2] as readonly (number | bigint)[], integerTo);
}

function readPoint2D(source: Source, size: number, make: Make): unknown {
  const srid = source.integer();
  const x = source.float();
  const y = source.float();
  return (make as Fill)(srid, x, y);
}

function writePoint2D(sink: Sink, fields: readonly unknown[], size: number): void {
  sink.integer(fields[0] as number | bigint);
  sink.float(fields[1] as number);
  sink.float(fields[2] as number);
}

function readPoint3D(source: Source, size: number, make: Make): unknown {
  const srid = source.integer();
  const x = source.float();
  const y = source.float();
  const z = source.float();
  return (make as Fill)(srid, x, y, z);
}

function writePoint3D(sink: Sink, fields: readonly unknown[], size: number): void {
  sink.integer(fields[0] as number | bigint);
  sink.float(fields[1] as number);
  sink.float(fields[2] as number);
  sink.float(fields[3] as number);
}

function readDate(source: Source, size: number, make: Make): unknown {
  const days = source.integer();
  return (make as Fill)(days);
}

function writeDate(sink: Sink, fields: readonly unknown[], size: number): void {
  sink.integer(fields[0] as number | bigint);
}

function readTime(source: Source, size: number, make: Make): unknown {
  const nanoseconds = source.integer();
  const offsetSeconds = source.integer();
  return (make as Fill)(nanoseconds, offsetSeconds);
}

function writeTime(sink: Sink, fields: readonly unknown[], size: number): void {
  sink.integer(fields[0] as number | bigint);
  sink.integer(fields[1] as number | bigint);
}

function readLocalTime(source: Source, size: number, make: Make): unknown {
  const nanoseconds = source.integer();
  return (make as Fill)(nanoseconds);
}

function writeLocalTime(sink: Sink, fields: readonly unknown[], size: number): void {
  sink.integer(fields[0] as number | bigint);
}

function readLocalDateTime(source: Source, size: number, make: Make): unknown {
  const seconds = source.integer();
  const nanoseconds = source.integer();
  return (make as Fill)(seconds, nanoseconds);
}

function writeLocalDateTime(sink: Sink, fields: readonly unknown[], size: number): void {
  sink.integer(fields[0] as number | bigint);
  sink.integer(fields[1] as number | bigint);
}

function readDateTime(source: Source, size: number, make: Make): unknown {
  const seconds = source.integer();
  const nanoseconds = source.integer();
  const offsetSeconds = source.integer();
  return (make as Fill)(seconds, nanoseconds, offsetSeconds);
}

function writeDateTime(sink: Sink, fields: readonly unknown[], size: number): void {
  sink.integer(fields[0] as number | bigint);
  sink.integer(fields[1] as number | bigint);
  sink.integer(fields[2] as number | bigint);
}

function readDateTimeLegacy(source: Source, size: number, make: Make): unknown {
  const seconds = source.integer();
  const nanoseconds = source.integer();
  const offsetSeconds = source.integer();
  return (make as Fill)(seconds, nanoseconds, offsetSeconds);
}

function writeDateTimeLegacy(sink: Sink, fields: readonly unknown[], size: number): void {
  sink.integer(fields[0] as number | bigint);
  sink.integer(fields[1] as number | bigint);
  sink.integer(fields[2] as number | bigint);
}

function readDateTimeZoneId(source: Source, size: number, make: Make): unknown {
  const seconds = source.integer();
  const nanoseconds = source.integer();
  const zone = source.string();
  return (make as Fill)(seconds, nanoseconds, zone);
}

function writeDateTimeZoneId(sink: Sink, fields: readonly unknown[], size: number): void {
  sink.integer(fields[0] as number | bigint);
  sink.integer(fields[1] as number | bigint);
  sink.string(fields[2] as string);
}

function readDateTimeZoneIdLegacy(source: Source, size: number, make: Make): unknown {
  const seconds = source.integer();
  const nanoseconds = source.integer();
  const zone = source.string();
  return (make as Fill)(seconds, nanoseconds, zone);
}

function writeDateTimeZoneIdLegacy(sink: Sink, fields: readonly unknown[], size: number): void {
  sink.integer(fields[0] as number | bigint);
  sink.integer(fields[1] as number | bigint);
  sink.string(fields[2] as string);
}

function readDuration(source: Source, size: number, make: Make): unknown {
  const months = source.integer();
  const days = source.integer();
  const seconds = source.integer();
  const nanoseconds = source.integer();
  return (make as Fill)(months, days, seconds, nanoseconds);
}

function writeDuration(sink: Sink, fields: readonly unknown[], size: number): void {
  sink.integer(fields[0] as number | bigint);
  sink.integer(fields[1] as number | bigint);
  sink.integer(fields[2] as number | bigint);
  sink.integer(fields[3] as number | bigint);
}

function readUnsupportedType(source: Source, size: number, make: Make): unknown {
  const name = source.string();
  const minimumMajor = source.integer();
  const minimumMinor = source.integer();
  const extra = source.map(anyFrom);
  return (make as Fill)(name, minimumMajor, minimumMinor, extra);
}

function writeUnsupportedType(sink: Sink, fields: readonly unknown[], size: number): void {
  sink.string(fields[0] as string);
  sink.integer(fields[1] as number | bigint);
  sink.integer(fields[2] as number | bigint);
  sink.map(fields[3] as { readonly [key: string]: unknown }, anyTo);
}

function readVector(source: Source, size: number, make: Make): unknown {
  const element = source.bytes();
  const data = source.bytes();
  return (make as Fill)(element, data);
}

function writeVector(sink: Sink, fields: readonly unknown[], size: number): void {
  sink.bytes(fields[0] as Uint8Array);
  sink.bytes(fields[1] as Uint8Array);
}

/** Every structure of every version. */
export const structures: readonly StructureTable[] = /* @__PURE__ */ structuresOf([
  [
    "Node",
    0x4e,
    readNode,
    writeNode,
    [
      ["id", integer, { optional: true }],
      ["labels", list(string)],
      ["properties", map(any)],
      ["elementId", string, { on: [{ since: 0x0500 }], missing: "idAsText" }],
    ],
    { sendable: false },
  ],
  [
    "Relationship",
    0x52,
    readRelationship,
    writeRelationship,
    [
      ["id", integer, { optional: true }],
      ["startNodeId", integer, { optional: true }],
      ["endNodeId", integer, { optional: true }],
      ["type", string],
      ["properties", map(any)],
      ["elementId", string, { on: [{ since: 0x0500 }], missing: "idAsText" }],
      ["startElementId", string, { on: [{ since: 0x0500 }], missing: "idAsText" }],
      ["endElementId", string, { on: [{ since: 0x0500 }], missing: "idAsText" }],
    ],
    { sendable: false },
  ],
  [
    "UnboundRelationship",
    0x72,
    readUnboundRelationship,
    writeUnboundRelationship,
    [
      ["id", integer, { optional: true }],
      ["type", string],
      ["properties", map(any)],
      ["elementId", string, { on: [{ since: 0x0500 }], missing: "idAsText" }],
    ],
    { sendable: false },
  ],
  [
    "Path",
    0x50,
    readPath,
    writePath,
    [["nodes", list(structure("Node"))], ["rels", list(structure("UnboundRelationship"))], ["indices", list(integer)]],
    { sendable: false },
  ],
  ["Point2D", 0x58, readPoint2D, writePoint2D, [["srid", integer], ["x", float], ["y", float]]],
  ["Point3D", 0x59, readPoint3D, writePoint3D, [["srid", integer], ["x", float], ["y", float], ["z", float]]],
  ["Date", 0x44, readDate, writeDate, [["days", integer, { unit: "d" }]]],
  [
    "Time",
    0x54,
    readTime,
    writeTime,
    [["nanoseconds", integer, { unit: "ns" }], ["offsetSeconds", integer, { unit: "s" }]],
  ],
  ["LocalTime", 0x74, readLocalTime, writeLocalTime, [["nanoseconds", integer, { unit: "ns" }]]],
  [
    "LocalDateTime",
    0x64,
    readLocalDateTime,
    writeLocalDateTime,
    [["seconds", integer, { unit: "s" }], ["nanoseconds", integer, { unit: "ns" }]],
  ],
  [
    "DateTime",
    0x49,
    readDateTime,
    writeDateTime,
    [
      ["seconds", integer, { unit: "s" }],
      ["nanoseconds", integer, { unit: "ns" }],
      ["offsetSeconds", integer, { unit: "s" }],
    ],
    { form: "utc", on: [{ since: 0x0500 }, { until: 0x0404, patch: "utc" }] },
  ],
  [
    "DateTimeLegacy",
    0x46,
    readDateTimeLegacy,
    writeDateTimeLegacy,
    [
      ["seconds", integer, { unit: "s" }],
      ["nanoseconds", integer, { unit: "ns" }],
      ["offsetSeconds", integer, { unit: "s" }],
    ],
    { value: "DateTime", form: "wall", on: [{ until: 0x0404, unlessPatch: "utc" }] },
  ],
  [
    "DateTimeZoneId",
    0x69,
    readDateTimeZoneId,
    writeDateTimeZoneId,
    [["seconds", integer, { unit: "s" }], ["nanoseconds", integer, { unit: "ns" }], ["zone", string]],
    { form: "utc", on: [{ since: 0x0500 }, { until: 0x0404, patch: "utc" }] },
  ],
  [
    "DateTimeZoneIdLegacy",
    0x66,
    readDateTimeZoneIdLegacy,
    writeDateTimeZoneIdLegacy,
    [["seconds", integer, { unit: "s" }], ["nanoseconds", integer, { unit: "ns" }], ["zone", string]],
    { value: "DateTimeZoneId", form: "wall", on: [{ until: 0x0404, unlessPatch: "utc" }] },
  ],
  [
    "Duration",
    0x45,
    readDuration,
    writeDuration,
    [
      ["months", integer],
      ["days", integer, { unit: "d" }],
      ["seconds", integer, { unit: "s" }],
      ["nanoseconds", integer, { unit: "ns" }],
    ],
  ],
  [
    "UnsupportedType",
    0x3f,
    readUnsupportedType,
    writeUnsupportedType,
    [["name", string], ["minimumMajor", integer], ["minimumMinor", integer], ["extra", map(any)]],
    { on: [{ since: 0x0600 }], sendable: false },
  ],
  ["Vector", 0x56, readVector, writeVector, [["element", bytes], ["data", bytes]], { on: [{ since: 0x0600 }] }],
]);
