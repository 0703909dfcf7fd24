/**
 * `@fulgur/neo4j-types`: Neo4j's values for JavaScript, and the base of the errors. Knows no bytes and does no I/O.
 *
 * @packageDocumentation
 */
export * from "./errors.ts";
export { type Effect, type ErrorClass, type ErrorRule, errorRules, type Retry } from "./gen/errors.ts";
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
export { Point } from "./point.ts";
export type { CalendarDay } from "./temporal/calendar.ts";
export { Date } from "./temporal/date.ts";
export { DateTime } from "./temporal/date-time.ts";
export { Duration } from "./temporal/duration.ts";
export { LocalDateTime } from "./temporal/local-date-time.ts";
export { LocalTime } from "./temporal/local-time.ts";
export type { StandardDate } from "./temporal/standard-date.ts";
export { Time } from "./temporal/time.ts";
export { epochSecondsOfWall, isKnownTimeZone, timeZoneOffsetAt, wallSecondsOf } from "./temporal/zone.ts";
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
