import {
  brandedStructure,
  Date,
  DateTime,
  Duration,
  type Integer,
  isKnownTimeZone,
  LocalDateTime,
  LocalTime,
  Node,
  Path,
  Point,
  Relationship,
  type TemporalImplementation,
  Time,
  UnboundRelationship,
  UnsupportedType,
  UUID,
} from "@fulgur/neo4j-types";
import type { Make, StructureTable, WireType } from "./tables.ts";
import { vectorFields, vectorOfFields } from "./vector-bytes.ts";

/** Gives the fields of a value in wire order, as the newest version has them. */
export type Take = (value: never) => readonly unknown[];

/** Makes a value of the bytes behind a marker of its own. The bytes are not shared. */
export type MakeOpaque = (bytes: Uint8Array) => unknown;

type RawMap = Readonly<Record<string, unknown>>;

/** By value, or value and form where it has several: how the fields of the wire become a value. They may throw: the value is broken then. */
const makers: Readonly<Record<string, Make>> = {
  Node: (id: Integer | null, labels: readonly string[], properties: RawMap, elementId: string) =>
    new Node(id, labels, properties, elementId),
  Relationship: (
    id: Integer | null,
    startNodeId: Integer | null,
    endNodeId: Integer | null,
    type: string,
    properties: RawMap,
    elementId: string,
    startElementId: string,
    endElementId: string,
  ) => new Relationship(id, startNodeId, endNodeId, type, properties, elementId, startElementId, endElementId),
  UnboundRelationship: (id: Integer | null, type: string, properties: RawMap, elementId: string) =>
    new UnboundRelationship(id, type, properties, elementId),
  Path: (nodes: Node[], relationships: UnboundRelationship[], indices: Integer[]) =>
    Path.fromFields({ nodes, relationships, indices }),
  Date: (days: Integer) => Date.fromEpochDays(days),
  Time: (nanoseconds: Integer, offset: Integer) => Time.fromNanosecondOfDay(nanoseconds, offset),
  LocalTime: (nanoseconds: Integer) => LocalTime.fromNanosecondOfDay(nanoseconds),
  LocalDateTime: (seconds: Integer, nanoseconds: Integer) => LocalDateTime.fromEpochSeconds(seconds, nanoseconds),
  "DateTime/utc": (seconds: Integer, nanoseconds: Integer, offset: Integer) =>
    DateTime.fromEpochSeconds(seconds, nanoseconds, offset),
  "DateTime/wall": (seconds: Integer, nanoseconds: Integer, offset: Integer) =>
    DateTime.fromWallSeconds(seconds, nanoseconds, offset),
  "DateTimeZoneId/utc": (seconds: Integer, nanoseconds: Integer, zone: string) => {
    if (!isKnownTimeZone(zone))
      throw new RangeError(`the time zone ${JSON.stringify(zone)} is not known to this runtime`);
    return DateTime.fromEpochSecondsInZone(seconds, nanoseconds, zone);
  },
  "DateTimeZoneId/wall": (seconds: Integer, nanoseconds: Integer, zone: string) =>
    DateTime.fromWallSecondsInZone(seconds, nanoseconds, zone),
  Duration: (months: Integer, days: Integer, seconds: Integer, nanoseconds: Integer) =>
    new Duration(months, days, seconds, nanoseconds),
  Point2D: (srid: Integer, x: number, y: number) => new Point(Number(srid), x, y),
  Point3D: (srid: Integer, x: number, y: number, z: number) => new Point(Number(srid), x, y, z),
  Vector: vectorOfFields,
  UnsupportedType: (name: string, major: Integer, minor: Integer, extra: RawMap) =>
    new UnsupportedType(name, { major: Number(major), minor: Number(minor) }, messageOf(extra)),
};

/** The reverse of the makers, by the same names. */
const takers: Readonly<Record<string, Take>> = {
  Node: (value: Node) => [value.identity, value.labels, value.properties, value.elementId],
  Relationship: (value: Relationship) => [
    value.identity,
    value.start,
    value.end,
    value.type,
    value.properties,
    value.elementId,
    value.startNodeElementId,
    value.endNodeElementId,
  ],
  UnboundRelationship: (value: UnboundRelationship) => [value.identity, value.type, value.properties, value.elementId],
  Path: (value: Path) => {
    const { nodes, relationships, indices } = value.toFields();
    return [nodes, relationships, indices];
  },
  Date: (value: Date) => [value.epochDays],
  Time: (value: Time) => [value.nanosecondOfDay, value.timeZoneOffsetSeconds],
  LocalTime: (value: LocalTime) => [value.nanosecondOfDay],
  LocalDateTime: (value: LocalDateTime) => [value.epochSeconds, value.nanosecond],
  "DateTime/utc": (value: DateTime) => [value.epochSeconds, value.nanosecond, value.timeZoneOffsetSeconds],
  "DateTime/wall": (value: DateTime) => [value.wallSeconds, value.nanosecond, value.timeZoneOffsetSeconds],
  "DateTimeZoneId/utc": (value: DateTime) => [value.epochSeconds, value.nanosecond, value.timeZoneId],
  "DateTimeZoneId/wall": (value: DateTime) => [value.wallSeconds, value.nanosecond, value.timeZoneId],
  Duration: (value: Duration) => [value.months, value.days, value.seconds, value.nanoseconds],
  Point2D: (value: Point) => [value.srid, value.x, value.y],
  Point3D: (value: Point) => [value.srid, value.x, value.y, value.z],
  Vector: vectorFields,
  UnsupportedType: (value: UnsupportedType) => [
    value.name,
    value.minimumProtocolVersion.major,
    value.minimumProtocolVersion.minor,
    value.message === undefined ? {} : { message: value.message },
  ],
};

/** Values that TC39 Temporal has objects for. */
const temporalValues: ReadonlySet<string> = new Set([
  "Date",
  "LocalTime",
  "LocalDateTime",
  "DateTime",
  "DateTimeZoneId",
  "Duration",
]);

/**
 * Values that have properties. They show a field's integer as it is, so that the `integers` option reaches into them, and a property that is
 * null is none (GRA-22).
 */
export const entities: ReadonlySet<string> = new Set(["Node", "Relationship", "UnboundRelationship"]);

/** Takes the nulls out of an entity's properties, which a stored entity never has. */
export function withoutNulls<T extends object>(properties: T): T {
  for (const key in properties) if (properties[key] === null) delete properties[key];
  return properties;
}

const opaqueMakers: Readonly<Record<string, MakeOpaque>> = {
  uuid: (bytes) => new UUID(bytes),
};

/**
 * How a structure's fields become its value: a class of `types`, or a branded plain object where there is none.
 *
 * @param integers where the value shows integers, `"bigint"` makes all of them bigints and `"number"` refuses unsafe ones.
 * @param temporal makes TC39 Temporal's objects instead, of the values that it has objects for.
 */
export function makerOf(
  table: StructureTable,
  integers: "auto" | "bigint" | "number",
  temporal?: TemporalImplementation,
): Make {
  const byHand = find(makers, table);
  const native = byHand === undefined ? branded(table) : withLaterFields(byHand, table);
  const make = temporal !== undefined && temporalValues.has(table.value) ? temporalMaker(native, temporal) : native;
  if (integers === "auto" || (byHand !== undefined && !entities.has(table.value))) return make;
  const convert = integers === "bigint" ? BigInt : safe;
  const types = table.fields.map((field) => field.type);
  const converting = (...fields: unknown[]): unknown =>
    (make as (...fields: unknown[]) => unknown)(...fields.map((field, i) => convertField(types[i], field, convert)));
  return converting as Make;
}

/** Makes Temporal's object of the value, or leaves the value as it is where that is out of Temporal's range. */
function temporalMaker(make: Make, implementation: TemporalImplementation): Make {
  const making = (...fields: unknown[]): unknown => {
    const value = (make as (...fields: unknown[]) => { toTemporal(by: TemporalImplementation): object })(...fields);
    try {
      return value.toTemporal(implementation);
    } catch (error) {
      if (error instanceof RangeError) return value;
      throw error;
    }
  };
  return making as Make;
}

/** The reverse of {@link makerOf}. */
export function takerOf(table: StructureTable): Take {
  const byHand = find(takers, table);
  const known = byHand === undefined ? 0 : (find(makers, table)?.length ?? 0);
  if (byHand !== undefined && table.fields.length <= known) return byHand;
  const later = table.fields.slice(known);
  return (value: RawMap) => {
    const fields = byHand === undefined ? [] : [...byHand(value as never)];
    for (const { name, defaultValue } of later) fields.push(value[name] === undefined ? defaultValue : value[name]);
    return fields;
  };
}

/** The fields that a class doesn't know yet, since a later version added them: own properties of its values. */
function withLaterFields(make: Make, table: StructureTable): Make {
  const known = make.length;
  const later = table.fields.slice(known).map((field) => field.name);
  if (later.length === 0) return make;
  const extended = (...fields: unknown[]): unknown => {
    const value = (make as (...fields: unknown[]) => object)(...fields);
    later.forEach((name, i) => {
      const field = fields[known + i];
      if (field !== undefined) Object.defineProperty(value, name, { value: field, enumerable: true });
    });
    return value;
  };
  return extended as Make;
}

/** How the bytes behind a marker of its own become a value of the marker's type. */
export function opaqueMakerOf(type: string): MakeOpaque {
  return Object.hasOwn(opaqueMakers, type)
    ? (opaqueMakers[type] as MakeOpaque)
    : (bytes) => brandedStructure(type, { bytes });
}

/** The name by which the structure of a value is found, given its kind: two classes are carried by two structures each. */
export function structureNameOf(kind: string, value: object): string {
  if (kind === "DateTime") return (value as DateTime).timeZoneId === undefined ? "DateTime" : "DateTimeZoneId";
  if (kind === "Point") return (value as Point).z === undefined ? "Point2D" : "Point3D";
  return kind;
}

function find<T>(functions: Readonly<Record<string, T>>, { value, form }: StructureTable): T | undefined {
  const withForm = `${value}/${form}`;
  if (form !== "" && Object.hasOwn(functions, withForm)) return functions[withForm];
  return Object.hasOwn(functions, value) ? functions[value] : undefined;
}

function branded(table: StructureTable): Make {
  const names = table.fields.map((field) => field.name);
  const make = (...fields: unknown[]): unknown =>
    brandedStructure(table.value, Object.fromEntries(names.map((name, i) => [name, fields[i]])));
  return make as Make;
}

function convertField(type: WireType | undefined, field: unknown, convert: (value: Integer) => Integer): unknown {
  if (type?.kind === "integer") return field === undefined || field === null ? field : convert(field as Integer);
  if (type?.kind === "list" && Array.isArray(field)) return field.map((item) => convertField(type.of, item, convert));
  return field;
}

function safe(value: Integer): number {
  if (typeof value !== "number") throw new RangeError(unsafeInteger);
  return value;
}

/** What is wrong with an integer that `integers: "number"` can't hold. */
export const unsafeInteger = `an integer is beyond what a number holds exactly: use integers "auto" or "bigint"`;

function messageOf(extra: RawMap): string | undefined {
  const message = extra["message"];
  return typeof message === "string" ? message : undefined;
}
