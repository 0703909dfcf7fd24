import { inspect } from "./inspect.ts";
import { kind, kindOf } from "./kind.ts";

/** How many coordinates a reference system has; `undefined` for one that isn't known here. */
function dimensionsOf(srid: number): 2 | 3 | undefined {
  if (srid === 4326 || srid === 7203) return 2;
  return srid === 4979 || srid === 9157 ? 3 : undefined;
}

/** The names that Cypher's `point({crs: …})` and `point.crs` use. */
export type PointSystem = "cartesian" | "cartesian-3d" | "wgs-84" | "wgs-84-3d";

const systems: Readonly<Record<number, PointSystem>> = {
  7203: "cartesian",
  9157: "cartesian-3d",
  4326: "wgs-84",
  4979: "wgs-84-3d",
};

/**
 * Cypher's POINT: two or three coordinates in a reference system (SPA-01).
 *
 * | srid | system |
 * |---|---|
 * | 7203, 9157 | Cartesian, 2 and 3 coordinates |
 * | 4326, 4979 | WGS-84: x is the longitude, y the latitude in degrees, z the height in metres |
 */
export class Point {
  /** The reference system's number; one that isn't known here is kept. */
  readonly srid: number;
  readonly x: number;
  readonly y: number;
  /** `undefined` in two dimensions (SPA-05). */
  readonly z: number | undefined;

  /**
   * @throws RangeError when there is one coordinate only, or a known reference system has another number of them (SPA-04).
   * @throws TypeError when the srid or a coordinate is not a number.
   */
  constructor(srid: number, x: number, y: number, z?: number) {
    if (typeof srid !== "number" || typeof x !== "number" || typeof y !== "number") {
      if (y === undefined) throw new RangeError("a point has two or three coordinates");
      throw new TypeError("a point's srid and coordinates have to be numbers");
    }
    if (z !== undefined && typeof z !== "number") throw new TypeError("a point's coordinates have to be numbers");
    const needs = dimensionsOf(srid);
    if (needs !== undefined && needs !== (z === undefined ? 2 : 3)) {
      throw new RangeError(`a point with srid ${srid} has ${needs} coordinates, not ${needs === 2 ? 3 : 2}`);
    }
    this.srid = srid;
    this.x = x;
    this.y = y;
    this.z = z;
  }

  get [kind](): "Point" {
    return "Point";
  }

  /** The reference system's name; `undefined` for one that isn't known here. */
  get crs(): PointSystem | undefined {
    return systems[this.srid];
  }

  /** How many coordinates it has, 2 or 3. */
  get length(): 2 | 3 {
    return this.z === undefined ? 2 : 3;
  }

  /** `x` of a WGS-84 point, in degrees; `undefined` in other systems (SPA-03). */
  get longitude(): number | undefined {
    return isWgs84(this.srid) ? this.x : undefined;
  }

  /** `y` of a WGS-84 point, in degrees; `undefined` in other systems. */
  get latitude(): number | undefined {
    return isWgs84(this.srid) ? this.y : undefined;
  }

  /** `z` of a WGS-84 point, in metres; `undefined` in other systems, and in two dimensions. */
  get height(): number | undefined {
    return isWgs84(this.srid) ? this.z : undefined;
  }

  /** The coordinates. */
  *[Symbol.iterator](): IterableIterator<number> {
    yield this.x;
    yield this.y;
    if (this.z !== undefined) yield this.z;
  }

  /** Text that is the same for equal points only: a key for Map and Set. */
  toKey(): string {
    return `Point:${this.srid}:${[...this].join(":")}`;
  }

  /** Same srid and coordinates; NaN equals NaN, so that a point always equals itself (SPA-06). */
  equals(other: unknown): boolean {
    if (kindOf(other) !== "Point") return false;
    const that = other as Point;
    return this.srid === that.srid && same(this.x, that.x) && same(this.y, that.y) && same(this.z, that.z);
  }

  /** `Point{srid: 4326, x: 12.5, y: 55.5}`. */
  toString(): string {
    const z = this.z === undefined ? "" : `, z: ${this.z}`;
    return `Point{srid: ${this.srid}, x: ${this.x}, y: ${this.y}${z}}`;
  }

  toJSON(): { srid: number; x: number; y: number; z?: number } {
    const { srid, x, y, z } = this;
    return z === undefined ? { srid, x, y } : { srid, x, y, z };
  }

  [inspect](): string {
    return this.toString();
  }
}

function same(a: number | undefined, b: number | undefined): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

function isWgs84(srid: number): boolean {
  return srid === 4326 || srid === 4979;
}

/**
 * A Cartesian point: srid 7203 with two coordinates, 9157 with three (SPA-02).
 *
 * @throws RangeError for another number of coordinates; TypeError when one isn't a number.
 */
export function cartesianPoint(...coordinates: [x: number, y: number, z?: number]): Point {
  return pointOf(7203, 9157, coordinates);
}

/**
 * A point on earth, by WGS-84: srid 4326 with two coordinates, 4979 with three (SPA-03). Longitude first!
 *
 * @param coordinates longitude and latitude in degrees, height in metres.
 * @throws RangeError for another number of coordinates; TypeError when one isn't a number.
 */
export function wgs84Point(...coordinates: [longitude: number, latitude: number, height?: number]): Point {
  return pointOf(4326, 4979, coordinates);
}

function pointOf(flat: number, spatial: number, coordinates: readonly [x: number, y: number, z?: number]): Point {
  const [x, y, z] = coordinates;
  const { length } = coordinates as readonly unknown[];
  if (length < 2 || length > 3) throw new RangeError(`a point has two or three coordinates, not ${length}`);
  return new Point(z === undefined ? flat : spatial, x, y, z);
}
