import type { Node } from "./graph/node.ts";
import type { Path } from "./graph/path.ts";
import type { PathSegment } from "./graph/path-segment.ts";
import type { Relationship } from "./graph/relationship.ts";
import type { UnboundRelationship } from "./graph/unbound-relationship.ts";
import { kindOf } from "./kind.ts";
import type { Float, Int } from "./number.ts";
import type { Point } from "./point.ts";
import type { Date } from "./temporal/date.ts";
import type { DateTime } from "./temporal/date-time.ts";
import type { Duration } from "./temporal/duration.ts";
import type { LocalDateTime } from "./temporal/local-date-time.ts";
import type { LocalTime } from "./temporal/local-time.ts";
import type { Time } from "./temporal/time.ts";
import type { UnsupportedType } from "./unsupported-type.ts";
import type { UUID } from "./uuid.ts";
import type { Vector } from "./vector.ts";

/*
 * Guards by brand, so that they also know the values of another copy of the package.
 */

/** Whether a value is a {@link Node}. */
export function isNode(value: unknown): value is Node {
  return kindOf(value) === "Node";
}

/** Whether a value is a {@link Relationship}. */
export function isRelationship(value: unknown): value is Relationship {
  return kindOf(value) === "Relationship";
}

/** Whether a value is an {@link UnboundRelationship}. */
export function isUnboundRelationship(value: unknown): value is UnboundRelationship {
  return kindOf(value) === "UnboundRelationship";
}

/** Whether a value is a {@link Path}. */
export function isPath(value: unknown): value is Path {
  return kindOf(value) === "Path";
}

/** Whether a value is a {@link PathSegment}. */
export function isPathSegment(value: unknown): value is PathSegment {
  return kindOf(value) === "PathSegment";
}

/** Whether a value is this package's {@link Date}, not JavaScript's. */
export function isDate(value: unknown): value is Date {
  return kindOf(value) === "Date";
}

/** Whether a value is a {@link Time}. */
export function isTime(value: unknown): value is Time {
  return kindOf(value) === "Time";
}

/** Whether a value is a {@link LocalTime}. */
export function isLocalTime(value: unknown): value is LocalTime {
  return kindOf(value) === "LocalTime";
}

/** Whether a value is a {@link DateTime}. */
export function isDateTime(value: unknown): value is DateTime {
  return kindOf(value) === "DateTime";
}

/** Whether a value is a {@link LocalDateTime}. */
export function isLocalDateTime(value: unknown): value is LocalDateTime {
  return kindOf(value) === "LocalDateTime";
}

/** Whether a value is a {@link Duration}. */
export function isDuration(value: unknown): value is Duration {
  return kindOf(value) === "Duration";
}

/** Whether a value is a {@link Point}. */
export function isPoint(value: unknown): value is Point {
  return kindOf(value) === "Point";
}

/** Whether a value is a {@link Vector}. */
export function isVector(value: unknown): value is Vector {
  return kindOf(value) === "Vector";
}

/** Whether a value is a {@link UUID}. */
export function isUUID(value: unknown): value is UUID {
  return kindOf(value) === "UUID";
}

/** Whether a value is an {@link UnsupportedType}. */
export function isUnsupportedType(value: unknown): value is UnsupportedType {
  return kindOf(value) === "UnsupportedType";
}

/** Whether a value is an {@link Int}, made by `int()`. */
export function isInt(value: unknown): value is Int {
  return kindOf(value) === "Int";
}

/** Whether a value is a {@link Float}, made by `float()`. */
export function isFloat(value: unknown): value is Float {
  return kindOf(value) === "Float";
}
