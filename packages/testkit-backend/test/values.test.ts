import {
  cartesianPoint,
  Date,
  DateTime,
  Duration,
  float,
  int,
  LocalDateTime,
  LocalTime,
  Node,
  Path,
  Relationship,
  Time,
  UnsupportedType,
  wgs84Point,
} from "@fulgur/neo4j-driver";
import { describe, expect, it } from "vitest";
import type { Framed } from "../src/framing.ts";
import { parseLossless, stringifyLossless } from "../src/lossless-json.ts";
import { mapFromSuite, valueFromSuite } from "../src/values/from-suite.ts";
import { valueToSuite } from "../src/values/to-suite.ts";

const wire = (value: unknown) => parseLossless(stringifyLossless(valueToSuite(value))) as Framed;

/** A value as the suite writes it, as the driver takes it, and as the driver gives it where that is another. */
const both: readonly (readonly [suite: Framed, parameter: unknown, given?: unknown])[] = [
  [{ name: "CypherNull", data: { value: null } }, null],
  [{ name: "CypherBool", data: { value: true } }, true],
  [{ name: "CypherString", data: { value: "é" } }, "é"],
  [{ name: "CypherInt", data: { value: 7 } }, int(7), 7n],
  [{ name: "CypherInt", data: { value: 2n ** 63n - 1n } }, int(2n ** 63n - 1n), 2n ** 63n - 1n],
  [{ name: "CypherFloat", data: { value: 7 } }, float(7), 7],
  [{ name: "CypherFloat", data: { value: "+Infinity" } }, float(Infinity), Infinity],
  [{ name: "CypherFloat", data: { value: "-Infinity" } }, float(-Infinity), -Infinity],
  [{ name: "CypherFloat", data: { value: "NaN" } }, float(Number.NaN), Number.NaN],
  [{ name: "CypherBytes", data: { value: "00 7f ff" } }, Uint8Array.of(0, 127, 255)],
  [{ name: "CypherBytes", data: { value: "" } }, new Uint8Array(0)],
  [{ name: "CypherList", data: { value: [{ name: "CypherBool", data: { value: false } }] } }, [false]],
  [{ name: "CypherMap", data: { value: { a: { name: "CypherNull", data: { value: null } } } } }, { a: null }],
  [{ name: "CypherPoint", data: { system: "cartesian", x: 1, y: 2.5, z: null } }, cartesianPoint(1, 2.5)],
  [{ name: "CypherPoint", data: { system: "wgs84", x: 1, y: 2.5, z: 3 } }, wgs84Point(1, 2.5, 3)],
  [{ name: "CypherDate", data: { year: 2022, month: 6, day: 7 } }, new Date(2022, 6, 7)],
  [
    { name: "CypherTime", data: { hour: 11, minute: 52, second: 3, nanosecond: 4, utc_offset_s: 3600 } },
    new Time(11, 52, 3, 4, 3600),
  ],
  [{ name: "CypherTime", data: { hour: 11, minute: 52, second: 3, nanosecond: 4 } }, new LocalTime(11, 52, 3, 4)],
  [
    {
      name: "CypherDateTime",
      data: { ...wall(), utc_offset_s: 7200, timezone_id: "Europe/Stockholm" },
    },
    new DateTime(2022, 6, 7, 11, 52, 3, 4, 7200, "Europe/Stockholm"),
  ],
  [
    { name: "CypherDateTime", data: { ...wall(), utc_offset_s: -60, timezone_id: null } },
    new DateTime(2022, 6, 7, 11, 52, 3, 4, -60),
  ],
  [{ name: "CypherDateTime", data: wall() }, new LocalDateTime(2022, 6, 7, 11, 52, 3, 4)],
  [{ name: "CypherDuration", data: { months: 1, days: -2, seconds: 3, nanoseconds: 4 } }, new Duration(1, -2, 3, 4)],
];

function wall() {
  return { year: 2022, month: 6, day: 7, hour: 11, minute: 52, second: 3, nanosecond: 4 };
}

describe("the suite's values", () => {
  it.each(both.map(([suite, parameter]) => [suite.name, suite, parameter] as const))(
    "are the driver's parameters: %s",
    (_, suite, parameter) => expect(valueFromSuite(suite)).toEqual(parameter),
  );

  it.each(both.map(([suite, parameter, given = parameter]) => [suite.name, given, suite] as const))(
    "are made of what the driver gives: %s",
    (_, given, suite) => expect(wire(given)).toEqual(suite),
  );

  it("are made of parameters, too, as a summary's query has them", () => {
    expect(wire([int(1), float(1)])).toEqual({
      name: "CypherList",
      data: {
        value: [
          { name: "CypherInt", data: { value: 1 } },
          { name: "CypherFloat", data: { value: 1 } },
        ],
      },
    });
  });

  it("tell a whole float from an integer in the text", () => {
    expect(stringifyLossless(valueToSuite(1))).toContain("1.0");
    expect(stringifyLossless(valueToSuite(1n))).not.toContain("1.0");
  });

  it("have an absent map as undefined", () => {
    expect(mapFromSuite(null)).toBeUndefined();
  });

  it("are refused where there is no such type, with its name", () => {
    expect(() => valueFromSuite({ name: "CypherVector" })).toThrow("CypherVector");
    const unsupported = new UnsupportedType("UUID", { major: 6, minor: 1 });
    expect(() => valueToSuite(unsupported)).toThrow("UnsupportedType");
  });

  it("are made of nodes, relationships and paths; a number that the server keeps to itself is null", () => {
    const start = new Node(1n, ["A"], { name: "a" }, "e1");
    const end = new Node(null, ["B"], {}, "e2");
    const knows = new Relationship(3n, 1n, null, "KNOWS", { since: 1n }, "e3", "e1", "e2");
    const suiteStart = wire(start);
    expect(suiteStart).toMatchObject({
      name: "CypherNode",
      data: { id: { data: { value: 1 } }, elementId: { data: { value: "e1" } }, labels: { name: "CypherList" } },
    });
    expect(wire(end)).toMatchObject({ data: { id: { name: "CypherNull" } } });
    const suiteKnows = wire(knows);
    expect(suiteKnows).toMatchObject({
      name: "CypherRelationship",
      data: { startNodeElementId: { data: { value: "e1" } }, endNodeId: { name: "CypherNull" } },
    });
    expect(wire(Path.of(start, knows))).toEqual({
      name: "CypherPath",
      data: {
        nodes: { name: "CypherList", data: { value: [suiteStart, wire(new Node(null, [], {}, "e2"))] } },
        relationships: { name: "CypherList", data: { value: [suiteKnows] } },
      },
    });
  });
});
