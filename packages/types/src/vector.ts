import { inspect, inspectItems } from "./inspect.ts";
import { jsonValue } from "./json.ts";
import { kind, kindOf } from "./kind.ts";

/** The arrays that a vector may hold, by the Cypher name of their elements. */
export interface VectorArrays {
  INT8: Int8Array;
  INT16: Int16Array;
  INT32: Int32Array;
  INT64: BigInt64Array;
  FLOAT32: Float32Array;
  FLOAT64: Float64Array;
}

/** The Cypher name of a vector's elements. */
export type VectorElementType = keyof VectorArrays;

/** The typed arrays that a vector may hold. */
export type VectorArray = VectorArrays[VectorElementType];

const constructors = {
  INT8: Int8Array,
  INT16: Int16Array,
  INT32: Int32Array,
  INT64: BigInt64Array,
  FLOAT32: Float32Array,
  FLOAT64: Float64Array,
} as const;

/** By `Symbol.toStringTag`, which arrays of another realm carry as well. */
const elementTypes: Readonly<Record<string, VectorElementType>> = {
  Int8Array: "INT8",
  Int16Array: "INT16",
  Int32Array: "INT32",
  BigInt64Array: "INT64",
  Float32Array: "FLOAT32",
  Float64Array: "FLOAT64",
};

/** Cypher's VECTOR: numbers of one width (Bolt 6.0 and later, MAP-18). Neo4j takes 1 to 4096 of them, and floats only if finite. */
export class Vector<T extends VectorElementType = VectorElementType> {
  readonly elementType: T;
  /** The elements. Not copied: don't change them. */
  readonly data: VectorArrays[T];

  /** @throws TypeError when the array is none of those that a vector may hold. */
  constructor(data: VectorArrays[T]) {
    this.elementType = elementTypeOf(data) as T;
    this.data = data;
  }

  get [kind](): "Vector" {
    return "Vector";
  }

  /** How many elements it has, its dimension. */
  get length(): number {
    return this.data.length;
  }

  *[Symbol.iterator](): IterableIterator<T extends "INT64" ? bigint : number> {
    for (const element of this.data) yield element as T extends "INT64" ? bigint : number;
  }

  /** Same element type and elements; NaN equals NaN, and 0 equals -0. */
  equals(other: unknown): boolean {
    if (kindOf(other) !== "Vector") return false;
    const that = other as Vector;
    if (that.elementType !== this.elementType || that.length !== this.length) return false;
    for (let i = 0; i < this.length; i++) {
      const [a, b] = [this.data[i], that.data[i]];
      if (a !== b && !(Number.isNaN(a) && Number.isNaN(b))) return false;
    }
    return true;
  }

  /** Text that is the same for equal values only: a key for Map and Set. */
  toKey(): string {
    return `Vector:${this.elementType}:${this.data.join(",")}`;
  }

  /** As Cypher writes it: `vector([1, 2, 3], 3, FLOAT32)`; long ones are cut. */
  toString(): string {
    return `vector([${inspectItems(this.data).replaceAll(/(\d)n\b/g, "$1")}], ${this.length}, ${this.elementType})`;
  }

  /** The elements; INT64 elements that aren't safe as numbers become decimal text. */
  toJSON(): { elementType: T; data: unknown } {
    return { elementType: this.elementType, data: jsonValue(this.data) };
  }

  [inspect](): string {
    return this.toString();
  }
}

/**
 * Makes a VECTOR of a typed array or of plain numbers.
 *
 * @param data a typed array is held, not copied, if it already has the element type.
 * @param elementType default: the typed array's own; FLOAT64 for numbers, INT64 for bigints.
 * @throws TypeError for an array or element of another kind, or an unknown element type.
 * @throws RangeError for an element that isn't whole or doesn't fit into an integer element type.
 */
export function vector<T extends VectorElementType>(data: VectorArrays[T]): Vector<T>;
export function vector<T extends VectorElementType>(
  data: VectorArray | readonly (number | bigint)[],
  elementType: T,
): Vector<T>;
export function vector(data: readonly number[]): Vector<"FLOAT64">;
export function vector(data: readonly bigint[]): Vector<"INT64">;
export function vector(data: VectorArray | readonly (number | bigint)[], elementType?: VectorElementType): Vector {
  if (elementType !== undefined && !Object.hasOwn(constructors, elementType)) {
    throw new TypeError(`unknown vector element type: choose one of ${Object.keys(constructors).join(", ")}`);
  }
  if (!Array.isArray(data)) {
    const own = elementTypeOf(data);
    if (elementType === undefined || elementType === own) return new Vector(data as VectorArray);
  }
  const elements = data as readonly (number | bigint)[];
  return new Vector(fill(elements, elementType ?? (typeof elements[0] === "bigint" ? "INT64" : "FLOAT64")));
}

function elementTypeOf(data: unknown): VectorElementType {
  const tag = ArrayBuffer.isView(data) ? (data as unknown as { [Symbol.toStringTag]: string })[Symbol.toStringTag] : "";
  const type = Object.hasOwn(elementTypes, tag) ? elementTypes[tag] : undefined;
  if (type === undefined) {
    throw new TypeError(`a vector holds one of ${Object.keys(elementTypes).join(", ")}, not ${tag || typeof data}`);
  }
  return type;
}

function fill(elements: readonly (number | bigint)[], type: VectorElementType): VectorArray {
  const array = new constructors[type](elements.length);
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i];
    if (typeof element !== "number" && typeof element !== "bigint") {
      throw new TypeError(
        `a vector's element ${i} has to be a number, not ${element === null ? "null" : typeof element}`,
      );
    }
    if (type === "FLOAT32" || type === "FLOAT64") {
      array[i] = Number(element);
      continue;
    }
    // A number too large wraps when it is stored: what comes back then differs.
    const whole = typeof element === "bigint" || Number.isInteger(element);
    if (whole) array[i] = type === "INT64" ? BigInt(element) : Number(element);
    if (!whole || BigInt(array[i] as number | bigint) !== BigInt(element)) {
      throw new RangeError(
        `a vector's element ${i} ${whole ? "doesn't fit into" : "isn't whole, which is needed for"} ${type}`,
      );
    }
  }
  return array;
}
