import {
  DateTime,
  Date as Day,
  Duration,
  LocalDateTime,
  LocalTime,
  Point,
  Time,
  UUID,
  vector,
} from "@fulgur/neo4j-types";
import neo4j from "neo4j-driver";
import { describe, expect, it } from "vitest";
import { codec, engines, hex } from "./engines.ts";

const { types, int } = neo4j;
const vectors = neo4j as unknown as { vector?: (data: Float32Array) => unknown; uuid?: (text: string) => unknown };

describe.each(engines)("values of the real npm neo4j-driver in the %s engine", (engine) => {
  const cases: readonly (readonly [name: string, theirs: unknown, ours: unknown])[] = [
    ["Integer", int("9007199254740993"), 9007199254740993n],
    ["negative Integer", int(-5), -5],
    ["Date", new types.Date(2024, 2, 29), new Day(2024, 2, 29)],
    ["Date of Integers", new types.Date(int(2024), int(2), int(29)), new Day(2024, 2, 29)],
    ["Time", new types.Time(1, 2, 3, 4, 3600), new Time(1, 2, 3, 4, 3600)],
    ["LocalTime", new types.LocalTime(1, 2, 3, 4), new LocalTime(1, 2, 3, 4)],
    ["LocalDateTime", new types.LocalDateTime(2024, 2, 29, 1, 2, 3, 4), new LocalDateTime(2024, 2, 29, 1, 2, 3, 4)],
    [
      "DateTime with an offset",
      new types.DateTime(2024, 2, 29, 1, 2, 3, 4, -1800),
      new DateTime(2024, 2, 29, 1, 2, 3, 4, -1800),
    ],
    [
      "DateTime with a zone",
      new types.DateTime(2024, 2, 29, 1, 2, 3, 4, undefined, "Europe/Paris"),
      new DateTime(2024, 2, 29, 1, 2, 3, 4, null, "Europe/Paris"),
    ],
    [
      "DateTime in the hour shown twice",
      new types.DateTime(2024, 10, 27, 2, 30, 0, 0, 3600, "Europe/Paris"),
      new DateTime(2024, 10, 27, 2, 30, 0, 0, 3600, "Europe/Paris"),
    ],
    ["Duration", new types.Duration(1, 2, -3, 4), new Duration(1, 2, -3, 4)],
    ["Point", new types.Point(int(4979), 1, 2, 3), new Point(4979, 1, 2, 3)],
  ];

  it.each(cases)("%s (TMP-03, SPA-01)", (_, theirs, ours) => {
    const each = codec({ engine });
    expect(hex(each.encodeValue(theirs))).toBe(hex(each.encodeValue(ours)));
    const rows = Array.from({ length: 60 }, (__, i) => ({ i, value: theirs }));
    expect(hex(each.encodeValue(rows))).toBe(hex(each.encodeValue(rows.map(({ i }) => ({ i, value: ours })))));
  });

  it("Vector and UUID (MAP-18)", () => {
    const each = codec({ engine });
    expect(vectors.vector).toBeTypeOf("function");
    expect(hex(each.encodeValue(vectors.vector?.(Float32Array.of(1, 2))))).toBe(
      hex(each.encodeValue(vector(Float32Array.of(1, 2)))),
    );
    const text = "00112233-4455-6677-8899-aabbccddeeff";
    expect(vectors.uuid).toBeTypeOf("function");
    expect(hex(each.encodeValue(vectors.uuid?.(text)))).toBe(hex(each.encodeValue(UUID.fromString(text))));
  });
});
