import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as types from "../src/index.ts";
import {
  DateTime,
  Date as Day,
  Duration,
  float,
  int,
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
  vector,
} from "../src/index.ts";

type Comparable = { compare(other: never): -1 | 0 | 1; equals(other: unknown): boolean; toKey(): string };
const few = fc.integer({ min: -3, max: 3 });
const nanosOfDay = fc.constantFrom(0, 1, 3_600_000_000_000, 7_200_000_000_000);
const offsets = fc.constantFrom(-3600, 0, 3600);
const zones = fc.constantFrom(0, 3600, "Europe/Paris", "UTC");
const ordered: Readonly<Record<string, fc.Arbitrary<Comparable>>> = {
  Date: few.map((n) => Day.fromEpochDays(n)),
  LocalTime: nanosOfDay.map((n) => LocalTime.fromNanosecondOfDay(n)),
  Time: fc.tuple(nanosOfDay, offsets).map(([n, o]) => Time.fromNanosecondOfDay(n, o)),
  LocalDateTime: fc.tuple(few, fc.nat(2)).map(([s, n]) => LocalDateTime.fromEpochSeconds(s, n)),
  DateTime: fc
    .tuple(few, fc.nat(2), zones)
    .map(([s, n, zone]) => DateTime.fromEpochSeconds(s, n, 0).withTimeZone(zone)),
  Duration: fc.tuple(few, few, few, fc.nat(2)).map((parts) => new Duration(...parts)),
};

describe("comparing (TMP-12)", () => {
  it.each(Object.keys(ordered))("orders every %s: totally, and the same both ways", (name) => {
    const any = ordered[name] as fc.Arbitrary<Comparable>;
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        const [ab, bc, ac] = [a.compare(b as never), b.compare(c as never), a.compare(c as never)];
        expect(b.compare(a as never)).toBe(ab === 0 ? 0 : -ab);
        if (ab <= 0 && bc <= 0) expect(ac <= 0).toBe(true);
        if (a.equals(b)) expect(ab).toBe(0);
        expect(a.toKey() === b.toKey()).toBe(a.equals(b));
      }),
    );
  });

  it("goes by the instant where there is one, and equals doesn't", () => {
    const [one, other] = [Time.parse("12:00+01:00"), Time.parse("11:00Z")];
    expect([one.compare(other), one.equals(other)]).toEqual([0, false]);
    const paris = DateTime.parse("2024-01-01T12:00+01:00[Europe/Paris]");
    const utc = DateTime.parse("2024-01-01T11:00Z");
    expect([paris.compare(utc), paris.equals(utc)]).toEqual([0, false]);
    expect(paris.compare(utc.plus(new Duration(0, 0, 0, 1)))).toBe(-1);
    const sorted = ["2024-01-02T00:00Z", "2024-01-01T23:00-05:00", "2024-01-01T12:00+09:00"]
      .map((text) => DateTime.parse(text))
      .sort((a, b) => a.compare(b));
    expect(sorted.map(String)).toEqual([
      "2024-01-01T12:00:00+09:00",
      "2024-01-02T00:00:00Z",
      "2024-01-01T23:00:00-05:00",
    ]);
  });

  it("never takes a local value for a zoned one, nor one kind for another", () => {
    const local = LocalDateTime.parse("2024-01-01T12:00");
    const zoned = DateTime.parse("2024-01-01T12:00Z");
    expect(local.equals(zoned) || zoned.equals(local)).toBe(false);
    expect(() => local.compare(zoned as never)).toThrow(
      new TypeError("a LocalDateTime can only be compared with a LocalDateTime, not with a DateTime"),
    );
    expect(() => Day.MIN.until(local as never)).toThrow(TypeError);
    expect(() => new Duration(0, 0, 0, 0).compare(1 as never)).toThrow("not with a number");
  });

  it("compares durations part by part: PT25H is less than P1D (TMP-11)", () => {
    expect(Duration.parse("PT25H").compare(Duration.parse("P1D"))).toBe(-1);
    expect(Duration.parse("P1M").compare(Duration.parse("P40D"))).toBe(1);
    expect(Duration.parse("PT-0.5S").compare(Duration.parse("PT-0.25S"))).toBe(-1);
  });

  it("by < and - is refused, which would compare texts; text is still made", () => {
    const duration = Duration.parse("PT9S") as unknown as number;
    expect(() => duration < (Duration.parse("PT10S") as unknown as number)).toThrow("use compare()");
    expect(() => duration - 1).toThrow(TypeError);
    expect([`${duration}`, duration + ("" as unknown as number)]).toEqual(["PT9S", "PT9S"]);
  });
});

describe("keys for Map and Set", () => {
  const a = new Node(1, [], {}, "4:x:1");
  const rel = (id: string) => new Relationship(1, 1, 1, "R", {}, id, "4:x:1", "4:x:1");
  const values: readonly { toKey(): string; equals(other: unknown): boolean }[] = [
    a,
    new Node(1, ["A"], { changed: 1 }, "4:x:1"),
    new Node(2, [], {}, "4:x:2"),
    rel("4:x:1"),
    rel("5:x:2"),
    new UnboundRelationship(1, "R", {}, "4:x:1"),
    new PathSegment(a, rel("5:x:2"), a),
    new Path(a, a, [new PathSegment(a, rel("5:x:2"), a)]),
    new Path(a, a, []),
    new Point(7203, 1, 2),
    new Point(7203, 1, 2),
    new Point(7203, Number.NaN, -0),
    new Point(7203, Number.NaN, 0),
    new Point(9157, 1, 2, 3),
    vector([1, 2]),
    vector([1, 2], "FLOAT32"),
    vector([Number.NaN, -0]),
    vector([Number.NaN, 0]),
    UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
    UUID.fromString("00112233-4455-6677-8899-AABBCCDDEEFF"),
    new UnsupportedType("X", { major: 6, minor: 2 }),
    int(1),
    float(1),
    float(-0),
    float(0),
    Day.fromEpochDays(1),
    LocalTime.fromNanosecondOfDay(1),
    Time.fromNanosecondOfDay(1, 0),
    LocalDateTime.fromEpochSeconds(1, 0),
    DateTime.fromEpochSeconds(1, 0, 0),
    DateTime.fromEpochSecondsInZone(1, 0, "Mars/Phobos"),
    new Duration(1, 0, 0, 0),
  ];

  it("are the same for equal values of any kind, and for no others (GRA-10)", () => {
    for (const one of values) {
      for (const other of values)
        expect([one, other, one.toKey() === other.toKey()]).toEqual([one, other, one.equals(other)]);
    }
    expect(new Set(values.map((value) => value.toKey())).size).toBe(values.length - 5);
  });

  it("are there on every class", () => {
    const classes = Object.values(types).filter(
      (each) => typeof each === "function" && /^class (?!.*Error|Graph)/.test(String(each)),
    );
    for (const each of classes as unknown as (new () => object)[]) expect(each.prototype).toHaveProperty("toKey");
    expect(classes.length).toBe(17);
  });
});
