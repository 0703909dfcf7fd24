import { describe, expect, it } from "vitest";
import { cartesianPoint, Point, wgs84Point } from "../src/index.ts";

describe("points", () => {
  it("are made by the names of their systems (SPA-02, SPA-03)", () => {
    expect([cartesianPoint(1, 2), cartesianPoint(1, 2, 3)]).toEqual([new Point(7203, 1, 2), new Point(9157, 1, 2, 3)]);
    expect([wgs84Point(12.5, 55.5), wgs84Point(12.5, 55.5, 3)]).toEqual([
      new Point(4326, 12.5, 55.5),
      new Point(4979, 12.5, 55.5, 3),
    ]);
    const crs = [
      cartesianPoint(1, 2),
      cartesianPoint(1, 2, 3),
      wgs84Point(1, 2),
      wgs84Point(1, 2, 3),
      new Point(5, 1, 2),
    ];
    expect(crs.map((point) => point.crs)).toEqual(["cartesian", "cartesian-3d", "wgs-84", "wgs-84-3d", undefined]);
  });

  it("of WGS-84 have longitude, latitude and height; others haven't (SPA-03, SPA-05)", () => {
    const { longitude, latitude, height } = wgs84Point(12.5, 55.5, 3);
    expect([longitude, latitude, height]).toEqual([12.5, 55.5, 3]);
    const flat = wgs84Point(12.5, 55.5);
    expect([flat.z, flat.height, "z" in flat.toJSON()]).toEqual([undefined, undefined, false]);
    const cartesian = cartesianPoint(1, 2, 3);
    expect([cartesian.longitude, cartesian.latitude, cartesian.height, cartesian.z]).toEqual([
      undefined,
      undefined,
      undefined,
      3,
    ]);
  });

  it("list their coordinates (SPA-01)", () => {
    expect([[...cartesianPoint(1, 2)], [...wgs84Point(1, 2, 3)]]).toEqual([
      [1, 2],
      [1, 2, 3],
    ]);
    expect([cartesianPoint(1, 2).length, wgs84Point(1, 2, 3).length]).toEqual([2, 3]);
  });

  it("of one coordinate, or of four, are refused (SPA-04)", () => {
    for (const make of [cartesianPoint, wgs84Point] as ((...coordinates: number[]) => Point)[]) {
      expect(() => make(1)).toThrow(new RangeError("a point has two or three coordinates, not 1"));
      expect(() => make(1, 2, 3, 4)).toThrow(RangeError);
      expect(() => make(1, "2" as never)).toThrow(TypeError);
    }
    expect(() => new Point(7203, 1, undefined as never)).toThrow(RangeError);
  });
});
