import { describe, expect, it, vi } from "vitest";
import * as types from "../src/index.ts";

vi.resetModules();
const copy = await import("../src/index.ts");

const node = (from: typeof types) => new from.Node(1, ["A"], { n: 1 });
const samples: Record<string, (from: typeof types) => unknown> = {
  Node: node,
  Relationship: (from) => new from.Relationship(1, 1, 2, "R", {}),
  UnboundRelationship: (from) => new from.UnboundRelationship(1, "R", {}),
  Path: (from) => from.Path.fromFields({ nodes: [node(from)], relationships: [], indices: [] }),
  PathSegment: (from) =>
    new from.PathSegment(node(from), new from.UnboundRelationship(1, "R", {}).bind(node(from), node(from)), node(from)),
  Date: (from) => new from.Date(2024, 2, 29),
  Time: (from) => new from.Time(1, 2, 3, 4, 0),
  LocalTime: (from) => new from.LocalTime(1, 2),
  DateTime: (from) => new from.DateTime(2024, 2, 29, 1, 2, 3, 4, 3600),
  LocalDateTime: (from) => new from.LocalDateTime(2024, 2, 29),
  Duration: (from) => new from.Duration(1, 2, 3, 4),
  Point: (from) => new from.Point(7203, 1, 2),
  Vector: (from) => from.vector([1, 2, 3]),
  UUID: (from) => from.UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
  UnsupportedType: (from) => new from.UnsupportedType("UUID", { major: 6, minor: 1 }),
  Int: (from) => from.int(1),
  Float: (from) => from.float(1),
};
type Guard = (value: unknown) => boolean;
const guardsOf = (from: typeof types) =>
  Object.entries(from).filter(([name]) => /^is[A-Z]/.test(name) && name !== "isKnownTimeZone") as [string, Guard][];

describe("brands", () => {
  it("cover each guard with a sample", () => {
    expect(copy.Node).not.toBe(types.Node);
    expect(
      guardsOf(types)
        .map(([name]) => name.slice(2))
        .sort(),
    ).toEqual(Object.keys(samples).sort());
  });

  it.each(Object.keys(samples))("tell a %s from everything else, in both copies of the package", (name) => {
    for (const [from, by] of [
      [types, types],
      [types, copy],
      [copy, types],
    ] as const) {
      const sample = samples[name]?.(from);
      expect(by.kindOf(sample)).toBe(name);
      const saying = guardsOf(by).filter(([, guard]) => guard(sample));
      expect(saying.map(([guard]) => guard)).toEqual([`is${name}`]);
    }
  });

  it.each(Object.keys(samples))("let a %s equal that of the other copy", (name) => {
    const mine = samples[name]?.(types) as { equals(other: unknown): boolean };
    expect(mine.equals(samples[name]?.(copy))).toBe(true);
    expect(mine.equals(null)).toBe(false);
    expect(mine.equals({})).toBe(false);
  });

  it("are absent from everything else", () => {
    for (const value of [null, undefined, 1, 1n, "Node", true, {}, [], new Map(), new Date(0), () => 1]) {
      expect(types.kindOf(value)).toBeUndefined();
    }
  });

  it("sit on the prototype, so that instances hold their fields only", () => {
    for (const make of Object.values(samples)) {
      expect(Reflect.ownKeys(make(types) as object)).not.toContain(types.kind);
    }
  });

  it("mark a structure that has no class", () => {
    const gadget = types.brandedStructure("Gadget", { size: 3, parts: ["a"] });
    expect(copy.kindOf(gadget)).toBe("Gadget");
    expect(Object.keys(gadget)).toEqual(["size", "parts"]);
    expect(copy.kindOf({ ...gadget })).toBe("Gadget");
    expect(gadget.size).toBe(3);
  });
});
