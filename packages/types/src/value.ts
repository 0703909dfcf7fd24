import type { Node } from "./graph/node.ts";
import type { Path } from "./graph/path.ts";
import type { Relationship } from "./graph/relationship.ts";
import type { UnboundRelationship } from "./graph/unbound-relationship.ts";
import type { Integer } from "./integer.ts";
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

/** What Neo4j may send: the type of a record's field when nothing narrower is known. */
export type Value =
  | null
  | boolean
  | Integer
  | string
  | Uint8Array
  | Value[]
  | { [key: string]: Value }
  | Node
  | Relationship
  | UnboundRelationship
  | Path
  | Date
  | Time
  | LocalTime
  | DateTime
  | LocalDateTime
  | Duration
  | Point
  | Vector
  | UUID
  | UnsupportedType;

/** The properties of a node or relationship when nothing narrower is known. */
export type Properties = { [key: string]: Value };
