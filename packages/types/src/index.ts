/**
 * `@fulgur/neo4j-types`: Neo4j's values for JavaScript, and the base of the errors. Knows no bytes and does no I/O.
 *
 * @packageDocumentation
 */
export * from "./errors.ts";
export { type Effect, type ErrorClass, type ErrorRule, errorRules, type Retry } from "./gen/errors.ts";
export { type EntityView, Graph } from "./graph/graph.ts";
export { Node } from "./graph/node.ts";
export { Path, type PathFields } from "./graph/path.ts";
export { PathSegment } from "./graph/path-segment.ts";
export { Relationship } from "./graph/relationship.ts";
export { UnboundRelationship } from "./graph/unbound-relationship.ts";
export * from "./guards.ts";
export { inspect, inspectLine } from "./inspect.ts";
export { addExact, exactInteger, fitsInteger, type Integer, MAX_INTEGER, MIN_INTEGER } from "./integer.ts";
export { jsonValue } from "./json.ts";
export { type BrandedStructure, brandedStructure, type Kind, kind, kindOf } from "./kind.ts";
export { Float, float, Int, int } from "./number.ts";
export { cartesianPoint, Point, type PointSystem, wgs84Point } from "./point.ts";
export { type Columns, columns, fromArrow, list, ndarray, rows } from "./table.ts";
export type { CalendarDay } from "./temporal/calendar.ts";
export type { WallClock } from "./temporal/comparing.ts";
export { Date } from "./temporal/date.ts";
export { DateTime, type TimeZone } from "./temporal/date-time.ts";
export { Duration, type DurationUnits } from "./temporal/duration.ts";
export { fromTemporal } from "./temporal/from-temporal.ts";
export { LocalDateTime } from "./temporal/local-date-time.ts";
export { type ClockFields, LocalTime } from "./temporal/local-time.ts";
export type { StandardDate } from "./temporal/standard-date.ts";
export { implementationOf, type Tc39, type TemporalImplementation } from "./temporal/tc39.ts";
export { Time } from "./temporal/time.ts";
export { type TimestampUnit, timestampColumn } from "./temporal/timestamp-column.ts";
export {
  type Disambiguation,
  epochSecondsOfWall,
  isKnownTimeZone,
  timeZoneOffsetAt,
  wallSecondsOf,
} from "./temporal/zone.ts";
export { type ProtocolVersion, UnsupportedType } from "./unsupported-type.ts";
export { UUID } from "./uuid.ts";
export type { Properties, Value } from "./value.ts";
export {
  Vector,
  type VectorArray,
  type VectorArrays,
  type VectorElementType,
  vector,
} from "./vector.ts";
