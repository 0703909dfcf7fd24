import { DateTime, Date as Day, Duration, LocalDateTime, LocalTime, Time } from "@fulgur/neo4j-driver";
import { Temporal } from "temporal-polyfill";

/** Temporal values at the ends of what is common, and the types that a server sees in them. */
export const temporals: readonly (readonly [what: string, value: object, type: string])[] = [
  ["a Date", new Day(9999, 12, 31), "DATE"],
  ["a LocalTime of the last nanosecond", LocalTime.MAX, "LOCAL TIME"],
  ["a Time of the last nanosecond, far east", new Time(23, 59, 59, 999_999_999, 64_800), "ZONED TIME"],
  ["a Time of the first, far west", new Time(0, 0, 0, 0, -64_800), "ZONED TIME"],
  ["the first LocalDateTime of year 1", new LocalDateTime(1, 1, 1), "LOCAL DATETIME"],
  ["the last LocalDateTime of year 9999", new LocalDateTime(9999, 12, 31, 23, 59, 59, 999_999_999), "LOCAL DATETIME"],
  ["the first DateTime of year 1", new DateTime(1, 1, 1, 0, 0, 0, 0, 0), "ZONED DATETIME"],
  ["the last of year 9999", new DateTime(9999, 12, 31, 23, 59, 59, 999_999_999, -3600), "ZONED DATETIME"],
  ["the last nanosecond before 1970", new DateTime(1969, 12, 31, 23, 59, 59, 999_999_999, 0), "ZONED DATETIME"],
  ["an offset with seconds", new DateTime(2024, 1, 1, 0, 0, 0, 0, 3630), "ZONED DATETIME"],
  ["a negative Duration", new Duration(-1, -2, -3, -4), "DURATION"],
  ["a Duration of mixed signs", Duration.parse("P1M-1DT-0.000000001S"), "DURATION"],
  ["a Duration of every part", Duration.parse("P1Y2M8DT24H59M58.5S"), "DURATION"],
];

/** JavaScript's own temporal values, what a server sees in them, and what comes back. */
export const standardTemporals: readonly (readonly [what: string, value: object, type: string, back: object])[] = [
  ["Date", new Date(-250), "ZONED DATETIME", DateTime.parse("1969-12-31T23:59:59.750Z")],
  ["Temporal.PlainDate", Temporal.PlainDate.from("2024-02-29"), "DATE", new Day(2024, 2, 29)],
  [
    "Temporal.PlainTime",
    Temporal.PlainTime.from("12:34:56.789012345"),
    "LOCAL TIME",
    LocalTime.parse("12:34:56.789012345"),
  ],
  [
    "Temporal.PlainDateTime",
    Temporal.PlainDateTime.from("2024-02-29T12:34"),
    "LOCAL DATETIME",
    LocalDateTime.parse("2024-02-29T12:34"),
  ],
  [
    "Temporal.Instant",
    Temporal.Instant.from("2024-02-29T12:34:56.000000001Z"),
    "ZONED DATETIME",
    DateTime.parse("2024-02-29T12:34:56.000000001Z"),
  ],
  [
    "Temporal.ZonedDateTime",
    Temporal.ZonedDateTime.from("2024-10-27T02:30+01:00[Europe/Paris]"),
    "ZONED DATETIME",
    DateTime.parse("2024-10-27T02:30+01:00[Europe/Paris]"),
  ],
  [
    "Temporal.Duration",
    Temporal.Duration.from("-P1Y2M3W4DT5H6M7.000000008S"),
    "DURATION",
    Duration.parse("-P1Y2M3W4DT5H6M7.000000008S"),
  ],
];
