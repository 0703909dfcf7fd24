import { Date } from "./date.ts";
import { DateTime } from "./date-time.ts";
import { Duration } from "./duration.ts";
import { LocalDateTime } from "./local-date-time.ts";
import { LocalTime } from "./local-time.ts";
import { temporalClassOf } from "./tc39.ts";

/**
 * The value that a TC39 Temporal object of any implementation stands for (TMP-03): PlainDate a {@link Date}, PlainTime a {@link LocalTime},
 * PlainDateTime a {@link LocalDateTime}, ZonedDateTime and Instant a {@link DateTime} (Instant in UTC), Duration a {@link Duration}.
 *
 * @returns `undefined` for everything else, PlainYearMonth and PlainMonthDay included: Cypher has no such types.
 */
export function fromTemporal(value: unknown): Date | LocalTime | LocalDateTime | DateTime | Duration | undefined {
  switch (temporalClassOf(value)) {
    case "PlainDate":
      return Date.fromTemporal(value as object);
    case "PlainTime":
      return LocalTime.fromTemporal(value as object);
    case "PlainDateTime":
      return LocalDateTime.fromTemporal(value as object);
    case "ZonedDateTime":
    case "Instant":
      return DateTime.fromTemporal(value as object);
    case "Duration":
      return Duration.fromTemporal(value as object);
    default:
      return undefined;
  }
}
