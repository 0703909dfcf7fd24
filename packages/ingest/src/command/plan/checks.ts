/** Checks of a plan's values. Each says what is wrong, where, and what is allowed, and gives `undefined` then, so that the others go on. */
import { nearest } from "@fulgur/neo4j-core";
import type { Place } from "./place.ts";

export type Check<T> = (place: Place) => T | undefined;

export const text: Check<string> = (place) => {
  const value = place.scalar;
  // A name such as `2024` or `yes` is meant as it is written.
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string" && value !== "") return value;
  return place.refuse(`it must be a text, and is ${value === "" ? "empty" : place.kind}`);
};

/** A text that may be empty. */
export const anyText: Check<string> = (place) => (place.scalar === "" ? "" : text(place));

export const yesOrNo: Check<boolean> = (place) => {
  const value = place.scalar;
  return typeof value === "boolean" ? value : place.refuse(`it must be true or false, and is ${place.kind}`);
};

export function wholeNumber(least: number): Check<number> {
  return (place) => {
    const value = place.scalar;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return value;
    return place.refuse(
      `it must be a whole number from ${least}, and is ${typeof value === "number" ? value : place.kind}`,
    );
  };
}

export function oneOf<const Choice extends string>(...choices: readonly Choice[]): Check<Choice> {
  return (place) => {
    const value = place.scalar;
    if (choices.includes(value as Choice)) return value as Choice;
    const near = typeof value === "string" ? nearest(value, choices) : undefined;
    const given = typeof value === "string" ? JSON.stringify(value) : place.kind;
    return place.refuse(
      `it must be ${listed(choices)}, and is ${given}${near === undefined ? "" : `; did you mean ${near}?`}`,
    );
  };
}

export function list<T>(item: Check<T>): Check<readonly T[]> {
  return (place) => {
    const items = place.items;
    if (items === undefined) return place.refuse(`it must be a list, and is ${place.kind}`);
    if (items.length === 0) return place.refuse("the list is empty");
    return each(items, item);
  };
}

/** One, or a list of them. */
export function oneOrMore<T>(item: Check<T>): Check<T | readonly T[]> {
  return (place) => {
    if (place.items !== undefined) return list(item)(place);
    if (place.entries !== undefined) return place.refuse(`it must be a text or a list, and is ${place.kind}`);
    return item(place);
  };
}

/** A map whose keys are the plan's author's. */
export function mapOf<T>(value: Check<T>): Check<{ readonly [key: string]: T }> {
  return (place) => {
    const entries = place.entries;
    if (entries === undefined) return place.refuse(`it must be a map, and is ${place.kind}`);
    const values = each(
      entries.map((entry) => entry.value),
      value,
    );
    return values && Object.fromEntries(entries.map(({ key }, at) => [key, values[at]!]));
  };
}

/** What fits the value's kind: a list by one check, a map by another, all else by the third. */
export function byKind<L, M, S>(checks: { list: Check<L>; map: Check<M>; scalar: Check<S> }): Check<L | M | S> {
  return (place) => {
    if (place.items !== undefined) return checks.list(place);
    return place.entries === undefined ? checks.scalar(place) : checks.map(place);
  };
}

export type Shape = { readonly [key: string]: Check<unknown> };
export type Shaped<S extends Shape> = { -readonly [Key in keyof S]?: S[Key] extends Check<infer T> ? T : never };

/**
 * A map with these keys; all but the required ones may be missing.
 *
 * @param refused what stands here for keys that people try
 */
export function object<S extends Shape, R extends keyof S & string = never>(
  shape: S,
  required: readonly R[] = [],
  refused: { readonly [key: string]: string } = {},
): Check<Shaped<S> & { [Key in R]: NonNullable<Shaped<S>[Key]> }> {
  const known = Object.keys(shape);
  return (place) => {
    const entries = place.entries;
    if (entries === undefined)
      return place.refuse(`it must be a map with ${listed(known, "and")}, and is ${place.kind}`);
    const values: { [key: string]: unknown } = {};
    let isWrong = false;
    for (const { key, at, value } of entries) {
      const check = Object.hasOwn(shape, key) ? shape[key] : undefined;
      if (check === undefined) at.refuse(unknownKey(key, known, refused));
      else values[key] = check(value);
      isWrong ||= check === undefined || values[key] === undefined;
    }
    for (const key of required) {
      if (entries.some((entry) => entry.key === key)) continue;
      place.refuse(`the key ${key} is missing`);
      isWrong = true;
    }
    return isWrong ? undefined : (values as never);
  };
}

function unknownKey(key: string, known: readonly string[], refused: { readonly [key: string]: string }): string {
  if (Object.hasOwn(refused, key)) return refused[key]!;
  const near = nearest(key, known);
  return near === undefined
    ? `there is no such key; the keys here are ${listed(known, "and")}`
    : `there is no such key; did you mean ${near}?`;
}

function each<T>(places: readonly Place[], check: Check<T>): readonly T[] | undefined {
  const values = places.map(check);
  return values.includes(undefined) ? undefined : (values as T[]);
}

function listed(names: readonly string[], word = "or"): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1)}`;
}
