import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  Date as CypherDate,
  DateTime,
  Duration,
  float,
  int,
  LocalDateTime,
  LocalTime,
  Node,
  Path,
  Point,
  Relationship,
  Time,
  UnboundRelationship,
  UnsupportedType,
  UUID,
  vector,
} from "../src/index.ts";

const ada = new Node(
  1,
  ["Person", "Author"],
  { name: "Ada", born: new CypherDate(1815, 12, 10), "odd key": 2n ** 60n },
  "4:x:1",
);
const engine = new Node(2, [], {}, "4:x:2");
const wrote = new UnboundRelationship(7, "WROTE_ON", { pages: [1, 2.5, null, true] }, "5:x:7");

describe("printing", () => {
  it.each([
    [ada, 'Node (4:x:1:Person:Author {name: "Ada", born: Date 1815-12-10, "odd key": 1152921504606846976n})'],
    [engine, "Node (4:x:2)"],
    [wrote, "UnboundRelationship -[5:x:7:WROTE_ON {pages: [1, 2.5, null, true]}]-"],
    [new Relationship(7, 1, 2, "R", {}), "Relationship (1)-[7:R]->(2)"],
    [
      Path.fromFields({ nodes: [engine, new Node(3, ["B"], {}, "4:x:3")], relationships: [wrote], indices: [-1, 1] }),
      "Path (4:x:2)<-[5:x:7:WROTE_ON {pages: [1, 2.5, null, true]}]-(4:x:3:B)",
    ],
    [new CypherDate(-5, 1, 2), "Date -0005-01-02"],
    [new CypherDate(12_345, 1, 2), "Date +12345-01-02"],
    [new LocalTime(1, 2, 3), "LocalTime 01:02:03"],
    [new Time(1, 2, 3, 0, 3600), "Time 01:02:03+01:00"],
    [new LocalDateTime(2024, 2, 29, 1, 2, 3), "LocalDateTime 2024-02-29T01:02:03"],
    [new DateTime(2024, 2, 29, 1, 2, 3, 0, null, "Europe/Paris"), "DateTime 2024-02-29T01:02:03+01:00[Europe/Paris]"],
    [new Duration(1, 2, 3, 4), "Duration P1M2DT3.000000004S"],
    [new Point(4979, 12.5, 55.5, 3), "Point{srid: 4979, x: 12.5, y: 55.5, z: 3}"],
    [vector([1, 2.5]), "vector([1, 2.5], 2, FLOAT64)"],
    [vector([1n, -2n]), "vector([1, -2], 2, INT64)"],
    [UUID.fromString("00112233-4455-6677-8899-AABBCCDDEEFF"), "UUID 00112233-4455-6677-8899-aabbccddeeff"],
    [new UnsupportedType("UUID", { major: 6, minor: 1 }, "too new"), "UnsupportedType<UUID, needs Bolt 6.1: too new>"],
    [int(2n ** 62n), "int(4611686018427387904)"],
    [float(-0), "float(-0)"],
  ])("is one readable line in the inspector: %s", (value, line) => {
    expect(inspect(value)).toBe(line);
    expect(inspect({ nested: [value] }, { breakLength: Number.POSITIVE_INFINITY })).toBe(`{ nested: [ ${line} ] }`);
  });

  it("cuts long lists and texts, and says so", () => {
    const big = new Node(1, [], {
      embedding: new Array(768).fill(0.5),
      text: "x".repeat(5000),
      raw: new Uint8Array(9),
    });
    expect(inspect(big).length).toBeLessThan(300);
    expect(inspect(big)).toContain("... 756 more");
    expect(inspect(big)).toContain('x"...');
    expect(inspect(big)).toContain("<9 bytes>");
  });

  it("survives a property that refers to itself", () => {
    const properties: Record<string, unknown> = {};
    properties["self"] = properties;
    expect(String(new Node(1, [], properties))).toBe("(1 {self: {self: {self: {self: {...}}}}})");
  });
});

describe("JSON", () => {
  it("writes graph values as plain fields, with unsafe integers as text", () => {
    expect(JSON.parse(JSON.stringify(ada))).toEqual({
      identity: 1,
      labels: ["Person", "Author"],
      properties: { name: "Ada", born: "1815-12-10", "odd key": "1152921504606846976" },
      elementId: "4:x:1",
    });
    const path = Path.fromFields({ nodes: [ada, engine], relationships: [wrote], indices: [1, 1] });
    expect(JSON.parse(JSON.stringify(path)).segments[0].relationship).toEqual({
      identity: 7,
      start: 1,
      end: 2,
      type: "WROTE_ON",
      properties: { pages: [1, 2.5, null, true] },
      elementId: "5:x:7",
      startNodeElementId: "4:x:1",
      endNodeElementId: "4:x:2",
    });
  });

  it("keeps a property called __proto__ a property", () => {
    const properties = JSON.parse('{"__proto__": {"polluted": true}, "nested": {"__proto__": 1}}');
    const text = JSON.stringify(new Node(1, [], properties));
    expect(text).toContain('{"__proto__":{"polluted":true},"nested":{"__proto__":1}}');
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it.each([
    [int(2n ** 62n), '"4611686018427387904"'],
    [int(5), "5"],
    [float(2), "2"],
    [vector([2n ** 62n, 1n]), '{"elementType":"INT64","data":["4611686018427387904",1]}'],
    [vector(Float32Array.of(1, 0.5)), '{"elementType":"FLOAT32","data":[1,0.5]}'],
    [new Point(7203, 1, 2), '{"srid":7203,"x":1,"y":2}'],
    [new Point(9157, 1, 2, 3), '{"srid":9157,"x":1,"y":2,"z":3}'],
    [new Duration(0, 0, 2n ** 62n, 0), '"PT4611686018427387904S"'],
    [new UnsupportedType("X", { major: 6, minor: 2 }), '{"name":"X","minimumProtocolVersion":{"major":6,"minor":2}}'],
    [DateTime.fromEpochSecondsInZone(0, 0, "Mars/Phobos"), '"1970-01-01T00:00:00Z[Mars/Phobos]"'],
    [UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"), '"00112233-4455-6677-8899-aabbccddeeff"'],
  ])("never throws: %s", (value, json) => {
    expect(JSON.stringify(value)).toBe(json);
  });
});
