import {
  ConfigurationError,
  DateTime,
  Date as Day,
  Duration,
  LocalDateTime,
  LocalTime,
  Time,
} from "@fulgur/neo4j-types";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { bytesOf, chunked, codec, concat, engines, hex, replies } from "./engines.ts";

const natives = {
  date: new Day(2024, 2, 29),
  time: new LocalTime(12, 34, 56, 789),
  local: new LocalDateTime(2024, 2, 29, 12, 34, 56, 789),
  zoned: new DateTime(2024, 10, 27, 2, 30, 0, 1, 3600, "Europe/Stockholm"),
  offset: new DateTime(2024, 2, 29, 12, 0, 0, 0, -5400),
  duration: new Duration(14, 3, -2, 500_000_000),
};

describe.each(engines)("temporal values in the %s engine", (engine) => {
  it("keep the wire's fields in their structs (TMP-01, TMP-02)", () => {
    const each = codec({ engine });
    const encoded = (value: unknown) => hex(each.encodeValue(value));
    expect(encoded(new Day(1970, 1, 3))).toBe("b14402");
    expect(encoded(Time.parse("00:00:00.000000001+00:00:05"))).toBe("b2540105");
    expect(encoded(LocalTime.MAX)).toBe("b174cb00004e94914effff");
    expect(encoded(LocalDateTime.parse("1970-01-01T00:00:01.999999999"))).toBe("b26401ca3b9ac9ff");
    expect(encoded(DateTime.parse("1970-01-01T00:00:01+00:00:02"))).toBe("b349ff0002");
    expect(encoded(DateTime.fromEpochSecondsInZone(1, 2, "UTC"))).toBe("b369010283555443");
    expect(encoded(new Duration(1, 2, 3, 4))).toBe("b44501020304");
    for (const value of Object.values(natives)) expect(each.decodeValue(each.encodeValue(value))).toEqual(value);
  });

  it("round trip the hour that clocks show twice: exactly in UTC, by the clock in 4.4 (TMP-05)", () => {
    const utc = codec({ engine, version: "5.0" });
    const patched = codec({ engine, version: "4.4", patches: ["utc"] });
    const legacy = codec({ engine, version: "4.4" });
    const fixed = DateTime.parse("2024-10-27T02:30+01:00");
    for (const each of [utc, patched, legacy]) expect(each.decodeValue(each.encodeValue(fixed))).toEqual(fixed);
    for (const each of [utc, patched]) expect(each.decodeValue(each.encodeValue(natives.zoned))).toEqual(natives.zoned);
    expect(hex(utc.encodeValue(fixed)).slice(0, 4)).toBe("b349");
    expect(hex(legacy.encodeValue(fixed)).slice(0, 4)).toBe("b346");
    expect(hex(legacy.encodeValue(natives.zoned)).slice(0, 4)).toBe("b366");
    const earlier = new DateTime(2024, 10, 27, 2, 30, 0, 1, 7200, "Europe/Stockholm");
    expect(legacy.decodeValue(legacy.encodeValue(natives.zoned))).toEqual(earlier);
  });

  it("of an unknown zone break their field only (TMP-06)", () => {
    const each = codec({ engine });
    const row = "b171 93 01 b369 01 02 87 466f6f2f426172 8178";
    const [seen] = replies(each, [chunked(bytesOf(row))], ["a", "b", "c"]) as [
      { row: [number, { cause: Error }, string] },
    ];
    expect([seen.row[0], seen.row[2]]).toEqual([1, "x"]);
    expect(seen.row[1].cause.message).toContain('the time zone "Foo/Bar" is not known');
  });

  it("are taken from any implementation of TC39 Temporal (TMP-03)", () => {
    const each = codec({ engine });
    const made = Object.values(natives).filter((value) => value !== natives.duration);
    for (const value of made) {
      expect(hex(each.encodeValue(value.toTemporal(Temporal)))).toBe(hex(each.encodeValue(value)));
    }
    const rows = Array.from({ length: 60 }, (_, i) => ({
      i,
      at: Temporal.PlainDate.from("2024-02-29").add({ days: i }),
    }));
    expect(each.decodeValue(each.encodeValue(rows))).toEqual(
      rows.map(({ i, at }) => ({ i, at: Day.fromTemporal(at) })),
    );
    expect(hex(each.encodeValue(Temporal.Instant.fromEpochMilliseconds(0)))).toBe("b349000000");
    expect(hex(each.encodeValue(Temporal.Duration.from("P1Y2M1W1DT1H")))).toBe("b4450e08c90e1000");
    expect(() => each.encodeValue(Temporal.PlainYearMonth.from("2024-02"))).toThrow("no Cypher type");
  });

  it("come out as Temporal's objects when asked for, in batches, too (TMP-03)", () => {
    const each = codec({ engine, temporal: { implementation: Temporal } });
    const native = codec({ engine });
    const values = [natives.date, natives.time, natives.local, natives.zoned, natives.offset];
    const record = concat(
      bytesOf(`b171 9${values.length + 1}`),
      ...[...values, Duration.parse("P1Y")].map((v) => native.encodeValue(v)),
    );
    const wire = concat(...Array.from({ length: 100 }, () => chunked(record)));
    const seen = replies(each, [wire], ["a", "b", "c", "d", "e", "f"]) as { row: object[] }[];
    expect(seen.length).toBe(100);
    for (const { row } of [seen[0], seen[99]] as { row: object[] }[]) {
      expect(row.map((value) => (value as { [Symbol.toStringTag]: string })[Symbol.toStringTag])).toEqual([
        "Temporal.PlainDate",
        "Temporal.PlainTime",
        "Temporal.PlainDateTime",
        "Temporal.ZonedDateTime",
        "Temporal.ZonedDateTime",
        "Temporal.Duration",
      ]);
      expect(row.slice(0, 5).map(String)).toEqual(values.map((value) => String(value.toTemporal(Temporal))));
    }
    // And back, byte by byte.
    expect(hex(each.encodeValue(seen[0]?.row))).toBe(hex(native.encodeValue([...values, Duration.parse("P1Y")])));
  });

  it("stay native where Temporal has no object for them, or the value is out of its range", () => {
    const each = codec({ engine, temporal: { implementation: Temporal } });
    const values = [
      Time.parse("12:00Z"),
      Day.MAX,
      DateTime.parse("2024-01-01T00:00+01:00:30"),
      new Duration(1, -1, 0, 0),
    ];
    for (const value of values) expect(each.decodeValue(each.encodeValue(value))).toEqual(value);
  });
});

describe("the option temporal", () => {
  it("needs a global for `temporal`, and says so (TMP-03)", () => {
    const before = Reflect.get(globalThis, "Temporal");
    try {
      Reflect.deleteProperty(globalThis, "Temporal");
      expect(() => codec({ temporal: "temporal" })).toThrow(ConfigurationError);
      expect(() => codec({ temporal: "temporal" })).toThrow("no global Temporal");
      Reflect.set(globalThis, "Temporal", Temporal);
      const each = codec({ temporal: "temporal" });
      expect(each.decodeValue(bytesOf("b14402"))).toBeInstanceOf(Temporal.PlainDate);
    } finally {
      Reflect.deleteProperty(globalThis, "Temporal");
      if (before !== undefined) Reflect.set(globalThis, "Temporal", before);
    }
  });

  it("refuses everything else", () => {
    for (const temporal of ["Temporal", {}, { implementation: {} }, null]) {
      expect(() => codec({ temporal: temporal as never })).toThrow('temporal has to be "native"');
    }
  });
});
