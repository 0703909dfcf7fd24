/** Objects in which npm's `neo4j-driver` groups its guards, its classes and what it does with integers. */
import {
  Date,
  DateTime,
  Duration,
  int,
  isDate,
  isDateTime,
  isDuration,
  isInt,
  isLocalDateTime,
  isLocalTime,
  isNode,
  isPath,
  isPathSegment,
  isPoint,
  isRelationship,
  isTime,
  isUnboundRelationship,
  LocalDateTime,
  LocalTime,
  Node,
  Path,
  PathSegment,
  Point,
  Relationship,
  Time,
  UnboundRelationship,
  UnsupportedType,
  UUID,
  Vector,
} from "@fulgur/neo4j-types";
import { EagerResult } from "./eager.ts";
import { ProtocolVersion } from "./protocol-version.ts";
import { Record } from "./record.ts";

/** Guards of graph values. */
export const graph = { isNode, isPath, isPathSegment, isRelationship, isUnboundRelationship } as const;

/** Guards of spatial values. */
export const spatial = { isPoint } as const;

/** Guards of temporal values. */
export const temporal = { isDuration, isLocalTime, isTime, isDate, isLocalDateTime, isDateTime } as const;

/** The classes of values, for `instanceof`. */
export const types = {
  Node,
  Relationship,
  UnboundRelationship,
  PathSegment,
  Path,
  Record,
  EagerResult,
  Point,
  Date,
  DateTime,
  Duration,
  LocalDateTime,
  LocalTime,
  Time,
  Vector,
  UUID,
  UnsupportedType,
  ProtocolVersion,
} as const;

/** What `integer` takes: an integer as results hold it, one made by `int()`, or its decimal text. */
export type IntegerLike = number | bigint | string | ReturnType<typeof int>;

/** Integers of results are numbers and bigints already; this is for code that doesn't know which of the two it has. */
export const integer = {
  /** Whether a number holds it exactly. */
  inSafeRange(value: IntegerLike): boolean {
    return Number.isSafeInteger(Number(bigintOf(value)));
  },

  /** @throws RangeError where a number would be rounded, which npm's driver does silently */
  toNumber(value: IntegerLike): number {
    const exact = bigintOf(value);
    if (Number.isSafeInteger(Number(exact))) return Number(exact);
    throw new RangeError("The integer is beyond what a number holds exactly: keep it as a bigint.");
  },

  toString(value: IntegerLike): string {
    return bigintOf(value).toString();
  },
} as const;

function bigintOf(value: IntegerLike): bigint {
  return isInt(value) ? value.value : int(value).value;
}
