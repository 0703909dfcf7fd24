import { inspect } from "./inspect.ts";
import { kind, kindOf } from "./kind.ts";

/** How many coordinates a reference system has; `undefined` for one that isn't known here. */
function dimensionsOf(srid: number): 2 | 3 | undefined {
  if (srid === 4326 || srid === 7203) return 2;
  return srid === 4979 || srid === 9157 ? 3 : undefined;
}

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
   * @throws RangeError when a known reference system has another number of coordinates (SPA-04).
   * @throws TypeError when the srid or a coordinate is not a number.
   */
  constructor(srid: number, x: number, y: number, z?: number) {
    if (typeof srid !== "number" || typeof x !== "number" || typeof y !== "number") {
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
