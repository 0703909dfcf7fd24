import { kindOf } from "../kind.ts";

/** @throws TypeError unless the other value is of the same kind: a date is neither before nor after a duration. */
export function checkComparable(kind: string, other: unknown): void {
  if (kindOf(other) !== kind) {
    throw new TypeError(`a ${kind} can only be compared with a ${kind}, not with a ${kindOf(other) ?? typeof other}`);
  }
}

/**
 * What a temporal value becomes in an expression: its text, but not a number, as `<` would compare texts.
 *
 * @throws TypeError that says what to use.
 */
export function primitiveOf(value: { toString(): string }, hint: string): string {
  if (hint !== "number") return value.toString();
  throw new TypeError("<, > and - don't work on temporal values: use compare(), until() or toStandardDate()");
}

/** Where `now()` and `today()` look: something like JavaScript's Date, so that tests can give another. */
export interface WallClock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
}
