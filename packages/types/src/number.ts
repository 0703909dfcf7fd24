import { ParameterError } from "./errors/parameter-error.ts";
import { inspect } from "./inspect.ts";
import { fitsInteger } from "./integer.ts";
import { jsonValue } from "./json.ts";
import { kind, kindOf } from "./kind.ts";

/** A parameter that is sent as INTEGER. Made by {@link int}. */
export class Int {
  readonly value: bigint;

  /** @throws ParameterError when the value doesn't fit in 64 bits. */
  constructor(value: bigint) {
    if (!fitsInteger(value))
      throw new ParameterError("the integer doesn't fit in 64 bits", { path: "", type: "bigint" });
    this.value = value;
  }

  get [kind](): "Int" {
    return "Int";
  }

  equals(other: unknown): boolean {
    return kindOf(other) === "Int" && (other as Int).value === this.value;
  }

  /** Text that is the same for equal values only: a key for Map and Set. */
  toKey(): string {
    return `Int:${this}`;
  }

  toString(): string {
    return this.value.toString();
  }

  /** A number when that is safe, else decimal text. */
  toJSON(): unknown {
    return jsonValue(this.value);
  }

  [inspect](): string {
    return `int(${this.value})`;
  }
}

/** A parameter that is sent as FLOAT, even if it is whole. Made by {@link float}. */
export class Float {
  readonly value: number;

  /** @throws ParameterError when the value is not a number. */
  constructor(value: number) {
    if (typeof value !== "number") {
      throw new ParameterError("a float has to be a number", { path: "", type: typeof value });
    }
    this.value = value;
  }

  get [kind](): "Float" {
    return "Float";
  }

  equals(other: unknown): boolean {
    return kindOf(other) === "Float" && Object.is((other as Float).value, this.value);
  }

  /** Text that is the same for equal values only: a key for Map and Set. */
  toKey(): string {
    return `Float:${this}`;
  }

  toString(): string {
    return Object.is(this.value, -0) ? "-0" : String(this.value);
  }

  toJSON(): number {
    return this.value;
  }

  [inspect](): string {
    return `float(${this})`;
  }
}

/**
 * Sends a whole number as INTEGER (MAP-03). Safe whole numbers and bigints are sent so anyway; this also takes decimal text.
 *
 * @throws ParameterError when it isn't whole, isn't safe as a number, isn't a decimal text, or doesn't fit in 64 bits.
 */
export function int(value: number | bigint | string): Int {
  if (typeof value === "bigint") return new Int(value);
  if (typeof value === "number" && Number.isSafeInteger(value)) return new Int(BigInt(value));
  if (typeof value === "string" && /^[+-]?\d{1,30}$/.test(value)) return new Int(BigInt(value.replace("+", "")));
  const why =
    typeof value === "number"
      ? Number.isInteger(value)
        ? "int() was given a number beyond what a number holds exactly: give a bigint"
        : "int() was given a number that isn't whole"
      : typeof value === "string"
        ? "int() was given a text that isn't a decimal whole number of at most 30 digits"
        : "int() takes a number, a bigint or a decimal text";
  throw new ParameterError(why, { path: "", type: value === null ? "null" : typeof value });
}

/**
 * Sends a number as FLOAT (MAP-04). A whole `number` would be sent as INTEGER: a column of floats needs this, or its
 * whole values are stored as integers.
 *
 * @throws ParameterError when it is not a number.
 */
export function float(value: number): Float {
  return new Float(value);
}
